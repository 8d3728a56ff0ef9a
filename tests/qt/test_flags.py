"""The flag right of the column, beside the line where a flagged annotation begins."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QBitmap, QHelpEvent, QInputMethodEvent, QKeySequence, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from jiaozhu.qt import theme
from jiaozhu.qt.main_window import MainWindow


def press(window: MainWindow, keys: str) -> None:
    for key in keys.split():
        focus = window.focusWidget()
        assert focus is not None
        QTest.keySequence(focus, QKeySequence(key))


def drawn(window: MainWindow) -> list[QRect]:
    """Return where flags are drawn: the touching pixels of their colour, from the top down."""
    image = window.page.view.viewport().grab().toImage()
    mask = image.createMaskFromColor(theme.current().warning.rgb(), Qt.MaskMode.MaskOutColor)
    found = QRegion(QBitmap.fromImage(mask))
    bands: list[QRect] = []
    for rect in found:  # type: ignore[attr-defined]
        if bands and rect.top() <= bands[-1].bottom() + 1:
            bands[-1] = bands[-1].united(rect)
        else:
            bands.append(rect)
    return bands


def line_of(window: MainWindow, id_: str) -> QRect:
    """Return where the first character of an annotation stands."""
    assert window.session is not None
    one = window.session.annotation(id_)
    assert one is not None
    rect = window.page.view.rect_of(one.start)
    assert rect is not None
    return rect


def focused(window: MainWindow) -> str:
    assert window.session is not None
    assert window.session.current is not None
    return window.session.current.id


def click(window: MainWindow, point: QPoint) -> None:
    QTest.mouseClick(window.page.view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_a_flag_is_drawn_right_of_the_text_beside_its_line_and_goes_with_it(window: MainWindow) -> None:
    assert drawn(window) == []
    press(window, "F")
    (flag,) = drawn(window)
    line = line_of(window, focused(window))
    assert line.top() <= flag.top()
    assert flag.bottom() <= line.bottom()
    text = window.page.view
    ends = [rect.right() for at in range(len(text.text)) if (rect := text.rect_of(at)) is not None]
    assert flag.left() >= max(ends) - line.width()  # beyond the last character, which is as wide as all
    press(window, "F")
    assert drawn(window) == []


def test_flags_of_two_speeches_are_two_and_a_click_on_one_goes_there(window: MainWindow) -> None:
    first = focused(window)
    press(window, "F " + "Down " * 9)  # to the last one
    last = focused(window)
    press(window, "F")
    flags = drawn(window)
    assert len(flags) == 2
    for flag, id_ in zip(flags, (first, last), strict=True):
        click(window, flag.center())
        assert focused(window) == id_


def test_clicks_on_a_flag_go_through_what_is_flagged_in_its_line(window: MainWindow) -> None:
    first = focused(window)
    press(window, "F Down F")
    second = focused(window)
    (flag,) = drawn(window)
    met = []
    for _ in range(3):
        click(window, flag.center())
        met.append(focused(window))
    assert met == [first, second, first]


def test_a_click_beside_a_line_without_a_flag_changes_nothing(window: MainWindow) -> None:
    press(window, "F")
    (flag,) = drawn(window)
    press(window, "Down")
    here = focused(window)
    click(window, QPoint(flag.center().x(), window.page.view.viewport().height() - 20))
    assert focused(window) == here


@pytest.mark.parametrize(("note", "tip"), [("", "⚑  有标记"), ("口径待查", "⚑  口径待查")])
def test_the_mouse_on_a_flag_is_told_of_flag_and_note(
    window: MainWindow, qtbot: QtBot, note: str, tip: str
) -> None:
    press(window, "F")
    if note:
        press(window, "N")
        event = QInputMethodEvent("", [])
        event.setCommitString(note)
        QApplication.sendEvent(window.page.card.remark.field, event)
        press(window, "Return")
    (flag,) = drawn(window)
    viewport = window.page.view.viewport()
    at = flag.center()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    qtbot.waitUntil(lambda: QToolTip.text() == tip)
