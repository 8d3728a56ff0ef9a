"""The start page: what it proposes to do first, and what its buttons say of themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from jiaozhu.qt import keymap, theme
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.actions import ACTIONS, CHOSEN_KEYS

Open = Callable[[Path | None], MainWindow]


@pytest.fixture(autouse=True)
def _standard_keys() -> Iterator[None]:
    yield
    CHOSEN_KEYS.clear()


def button(window: MainWindow, text: str) -> QPushButton:
    (found,) = [item for item in window.start.findChildren(QPushButton) if item.text() == text]
    return found


def filled(window: MainWindow) -> list[str]:
    """Return the texts of the buttons that are drawn in the colour of the ink."""
    ink = theme.current().ink
    return [
        one.text()
        for one in window.start.findChildren(QPushButton)
        if one.property("role") != "link" and one.grab().toImage().pixelColor(one.width() // 2, 4) == ink
    ]


def test_the_sample_is_proposed_first_until_there_is_a_project(open_window: Open, project: Path) -> None:
    window = open_window(None)
    assert filled(window) == ["打开示例"]
    assert window.open_project(project)
    window.close_project()
    assert filled(window) == ["打开项目"]


def test_a_button_tells_the_key_that_it_has_now(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(None)
    opening = button(window, "打开项目")
    (action,) = [action for action in ACTIONS if action.id == "open_project"]
    for key in ("Ctrl+O", "Ctrl+F9"):
        keymap.choose(action, [key])
        window.show_keys()
        centre = opening.rect().center()
        QApplication.sendEvent(opening, QHelpEvent(QEvent.Type.ToolTip, centre, opening.mapToGlobal(centre)))
        qtbot.waitUntil(lambda: QToolTip.text() == f"{action.help}  {key}")  # noqa: B023
