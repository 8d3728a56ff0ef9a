"""Keys of one's own: they work at once and after a restart, and no key ever means two things."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiaozhu import settings
from jiaozhu.model import State
from jiaozhu.qt import keymap
from jiaozhu.qt.key_editor import KeyEditor
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.actions import ACTIONS, CHOSEN_KEYS

BY_ID = {action.id: action for action in ACTIONS}


@pytest.fixture(autouse=True)
def _standard_keys() -> Iterator[None]:
    yield
    CHOSEN_KEYS.clear()


def editor_of(window: MainWindow, qtbot: QtBot) -> KeyEditor:
    window.items["change_keys"].trigger()
    editor = window.findChild(KeyEditor)
    assert editor is not None
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


def take(editor: KeyEditor, id_: str, key: str, button: str = "只用此键") -> None:
    """Choose an action by the keyboard, press the key into the field, and press the button."""
    editor.choose_action(id_)
    editor.field.setFocus()
    QTest.keySequence(editor.field, QKeySequence(key))
    QTest.qWait(0)
    press(editor, button)


def press(editor: KeyEditor, text: str) -> None:
    from PySide6.QtWidgets import QPushButton

    (button,) = [item for item in editor.findChildren(QPushButton) if item.text() == text]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_no_key_means_two_things_by_standard() -> None:
    counted = Counter(keymap.standard_name(key) for action in ACTIONS for key in action.standard_keys)
    assert [key for key, count in counted.items() if count > 1] == []


def test_a_chosen_key_works_at_once_and_after_a_restart(
    window: MainWindow, open_window: Callable[[Path | None], MainWindow], project: Path, qtbot: QtBot
) -> None:
    editor = editor_of(window, qtbot)
    take(editor, "accept", "Y")
    editor.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keySequence(window.page.view, QKeySequence("Y"))
    assert window.session is not None
    assert window.session.annotations[0].state is State.ACCEPTED
    QTest.keySequence(window.page.view, QKeySequence("Return"))  # no key of it any more
    assert window.session.counts.accepted == 1
    assert settings.read()["keys"] == {"accept": ["Y"]}
    window.close()
    again = open_window(project)
    QTest.keySequence(again.page.view, QKeySequence("Y"))
    assert again.session is not None
    assert again.session.counts.accepted == 2


def test_a_key_that_is_taken_is_said_and_moves_at_the_second_press(window: MainWindow, qtbot: QtBot) -> None:
    editor = editor_of(window, qtbot)
    take(editor, "accept", "Backspace", "另加此键")
    assert "驳回" in editor.said
    assert BY_ID["reject"].keys == ("Backspace", "Del")
    press(editor, "另加此键")
    assert BY_ID["reject"].keys == ("Del",)
    assert "Backspace" in BY_ID["accept"].keys
    editor.choose_action("reject")
    press(editor, "恢复标准")
    assert (BY_ID["reject"].keys, BY_ID["accept"].keys) == (("Backspace", "Del"), ("Return", "Enter"))
    assert settings.read().get("keys") is None


def test_all_keys_can_be_restored(window: MainWindow, qtbot: QtBot) -> None:
    editor = editor_of(window, qtbot)
    take(editor, "accept", "Y")
    take(editor, "reject", "R")
    press(editor, "全部恢复标准")
    assert CHOSEN_KEYS == {}
    assert window.items["accept"].shortcuts() == [QKeySequence("Return"), QKeySequence("Enter")]


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ({"accept": ["Y"]}, {"accept": ("Y",)}),
        ({"accept": []}, {"accept": ()}),
        ({"no_such_action": ["Y"]}, {}),
        ({"accept": ["nonsense key"]}, {}),
        ({"accept": ["Backspace"]}, {}),  # which is reject's
        ({"accept": 7, "reject": ["R"]}, {"reject": ("R",)}),
        ("nothing of use", {}),
    ],
)
def test_what_was_written_by_hand_is_taken_as_far_as_it_makes_sense(
    written: object, taken: dict[str, tuple[str, ...]]
) -> None:
    settings.write(keys=written)
    keymap.load()
    assert taken == CHOSEN_KEYS
