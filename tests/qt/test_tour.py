"""The first minutes: the sample opens by a button, and each key asked for leads to the next step."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from jiaozhu.paths import user_folder
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.tour import STEPS, Tour
from jiaozhu.review.actions import ACTIONS

Open = Callable[[Path | None], MainWindow]


def tour_of(window: MainWindow) -> Tour:
    tour = window.findChild(Tour)
    assert tour is not None
    return tour


def press(window: MainWindow, keys: str) -> None:
    for key in keys.split():
        focus = window.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, QKeySequence(key))


def test_the_sample_opens_by_a_button_and_the_tour_goes_by_the_keys_it_asks_for(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(None)
    (button,) = [item for item in window.start.findChildren(QPushButton) if item.text() == "打开示例"]
    button.click()
    qtbot.waitUntil(lambda: window.task is None, timeout=60_000)
    assert window.session is not None
    assert len(window.session.store.documents()) == 8
    tour = tour_of(window)
    assert "↵" in tour.said
    window.page.view.setFocus()
    done = [
        "Return",
        "Backspace",
        "Ctrl+Z",
        "Right",
        "E Escape",
        "Space",
        "F7 Shift+Right Shift+Right M Escape",
    ]
    for step, keys in enumerate(done):
        assert tour.step == step
        press(window, keys)
    assert tour.step == len(STEPS)
    assert "F1" in tour.said
    tour.advance()
    qtbot.waitUntil(lambda: window.findChild(Tour) is None)
    assert window.page.view.hasFocus()


def test_the_sample_is_opened_again_as_it_was_left(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(None)
    window.items["open_sample"].trigger()
    qtbot.waitUntil(lambda: window.task is None, timeout=60_000)
    press(window, "Return")
    window.close_project()
    window.items["open_sample"].trigger()
    assert window.task is None  # nothing is imported again
    assert window.session is not None
    assert sum(row.accepted for row in window.session.store.documents()) == 1
    assert list(user_folder().glob("*.jiaozhu"))


def test_every_step_asks_for_actions_that_there_are() -> None:
    known = {action.id for action in ACTIONS}
    assert all(set(step.actions) <= known for step in STEPS)
