"""Deciding on several at once: the list comes first, some can be left out, one undo takes all back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.qt.bulk_dialog import BulkDialog
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.store import Store
from sketch import sketch


def press(widget: QWidget, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


@pytest.fixture
def window(open_window: Callable[[Path | None], MainWindow], tmp_path: Path) -> MainWindow:
    path = tmp_path / "重复.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("⟦第一⟧、⟦第一⟧、⟦第二⟧。\n又是⟦第一⟧。"))
        store.add(*sketch("别处也有⟦第一⟧。"))
    return open_window(path)


def answer(window: MainWindow, qtbot: QtBot, keys: str) -> None:
    """Press keys in the dialog that is open; close it if it is open still."""
    dialog = window.findChild(BulkDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(dialog.list, keys)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def states(window: MainWindow) -> list[State]:
    assert window.session is not None
    return [
        item.state
        for row in window.session.store.documents()
        for item in window.session.store.annotations(row.id)
    ]


S, A, R = State.SUGGESTED, State.ACCEPTED, State.REJECTED


@pytest.mark.parametrize(
    ("keys", "after"),
    [
        ("Return", [R, R, S, S, S]),  # this speech, as that is the nearest
        ("2 Return", [R, R, S, R, S]),
        ("3 Return", [R, R, S, R, R]),
        ("3 Space Return", [R, S, S, R, R]),  # one left out
        ("3 Down Space Return", [R, R, S, S, R]),
        ("3 Ctrl+A Return Escape", [R, S, S, S, S]),  # none left: there is nothing to do
        ("Escape", [R, S, S, S, S]),
    ],
)
def test_identical_mentions_far_and_near(
    window: MainWindow, qtbot: QtBot, keys: str, after: list[State]
) -> None:
    press(window.page.view, "Backspace Up")
    press(window.page.view, "Ctrl+Shift+A")
    answer(window, qtbot, keys)
    assert states(window) == after
    if after.count(R) > 1:
        press(window.page.view, "Ctrl+Z")
        assert states(window) == [R, S, S, S, S]


def test_the_rest_of_a_speech_is_listed_before_it_is_accepted(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Ctrl+Return")
    answer(window, qtbot, "Down Space Return")
    assert states(window) == [A, S, A, S, S]
    press(window.page.view, "Ctrl+Z")
    assert states(window) == [S] * 5
