"""Flags and notes by keys: F and N, on the card, in its history, by undo, and under an input method."""

from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiaozhu.qt.main_window import MainWindow


def press(window: MainWindow, keys: str) -> None:
    for key in keys.split():
        focus = window.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, QKeySequence(key))


def write(window: MainWindow, text: str) -> None:
    """Write Chinese as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(window.page.card.remark.field, event)


def test_a_note_is_written_by_keys_and_stands_on_the_card(window: MainWindow) -> None:
    card = window.page.card
    press(window, "F N")
    assert card.remark.field.hasFocus()
    write(window, "口径待查")
    press(window, "Return")
    assert card.remark.said == "⚑  口径待查"
    assert window.page.view.hasFocus()
    assert [line.split("　")[1] for line in card.history.splitlines()] == ["备注「口径待查」", "标记"]
    press(window, "Ctrl+Z")
    assert card.remark.said == "⚑  有标记"
    press(window, "Ctrl+Z")
    assert card.remark.said == ""


def test_escape_forgets_what_was_written(window: MainWindow) -> None:
    press(window, "N")
    write(window, "不要")
    press(window, "Escape")
    assert window.session is not None
    assert window.session.annotations[0].note is None
    assert window.page.view.hasFocus()
    press(window, "N")
    assert window.page.card.remark.field.text() == ""


def test_keys_of_decisions_are_letters_in_a_note(window: MainWindow) -> None:
    press(window, "N")
    QTest.keyClicks(window.page.card.remark.field, "FNE")
    press(window, "Return")
    assert window.session is not None
    assert window.session.annotations[0].note == "FNE"
    assert not window.session.annotations[0].flagged
