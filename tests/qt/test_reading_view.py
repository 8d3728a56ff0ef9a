"""The reading view: any length, any character, and nothing moves that is being read."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.qt.reading_view import ReadingView
from jiaozhu.store import SpeechRow
from sketch import sketch

LINE = "全县实现生产总值⟦83亿元⟧，比上年增长⟦7.3%⟧，⟪加快建设新的产业园区⟫，群众看得见。"


def show(view: ReadingView, drawing: str) -> None:
    """Show a drawn document; each of its lines is a speech."""
    document, extraction = sketch(drawing)
    speeches = [
        SpeechRow(document.id, one.id, one.start, one.end, None, None, None, one.region, None, 0, 0, 0, 0, 0)
        for one in extraction.speeches
    ]
    view.show_document(document, speeches, [*extraction.metrics, *extraction.commitments])
    QApplication.processEvents()


@pytest.fixture
def view(qtbot: QtBot) -> ReadingView:
    shown = ReadingView()
    qtbot.addWidget(shown)
    shown.resize(860, 700)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def long_view(view: ReadingView) -> ReadingView:
    """A text of 300 paragraphs, each a screen line or many."""
    show(view, "\n".join(LINE * (1 + number % 9) for number in range(300)))
    return view


class Painted(QObject):
    """Keeps the height of what is painted."""

    def __init__(self, view: ReadingView) -> None:
        super().__init__()
        self.heights: list[int] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.heights.append(sum(rect.height() for rect in event.region()))  # type: ignore[attr-defined]
        return False


def test_an_empty_view_and_an_empty_text_are_ordinary(view: ReadingView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(99, 99))
    show(view, "")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(99, 99))
    view.set_caret(True)
    QTest.keySequence(view, QKeySequence("Right"))
    assert view.selection is None


@pytest.mark.parametrize(
    "text", ["增长7.3%，GDP", "𠮷林市𡈽地😀增长7.3%。", "é字\u0301👨‍👩‍👧家", "　　开头有空格"]
)
def test_a_place_and_its_offset_give_back_each_other_beyond_the_basic_plane(
    view: ReadingView, text: str
) -> None:
    show(view, text * 30)
    for offset in range(len(text) * 3):
        rect = view.rect_of(offset)
        assert rect is not None
        found = view.offset_at(QPoint(rect.left(), rect.center().y()))
        again = view.rect_of(found)
        assert again is not None
        assert again.left() == rect.left()  # a joined sign has the place of the one it joins
        if text.startswith("𠮷"):
            assert found == offset


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.integers(-3_000, 3_000), min_size=1, max_size=12))
def test_scrolling_moves_the_text_by_as_much_as_asked_whatever_heights_turn_out(
    long_view: ReadingView, steps: list[int]
) -> None:
    view = long_view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for step in steps:
        offset = view.top_offset()
        before = view.rect_of(offset)
        assert before is not None
        bar.setValue(bar.value() + step)
        if after := view.rect_of(offset):
            assert after.top() - before.top() == -step


def test_correcting_heights_above_moves_nothing_in_sight(long_view: ReadingView) -> None:
    bar = long_view.verticalScrollBar()
    bar.setValue(bar.maximum() * 2 // 3)  # a leap: everything above is estimated only
    offset = long_view.top_offset()
    first = long_view.rect_of(offset)
    assert first is not None
    for _ in range(40):
        QTest.keyClick(long_view, Qt.Key.Key_PageUp)
    for _ in range(40):
        QTest.keyClick(long_view, Qt.Key.Key_PageDown)
    again = long_view.rect_of(offset)
    assert again is not None
    assert again.top() == first.top()


def test_the_last_line_can_be_reached_and_not_passed(long_view: ReadingView) -> None:
    QTest.keyClick(long_view, Qt.Key.Key_End)
    end = long_view.rect_of(len(long_view.text) - 1)
    assert end is not None
    assert 0 < end.bottom() < long_view.viewport().height()
    bar = long_view.verticalScrollBar()
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("width", [520, 640, 1400])
def test_the_first_line_in_sight_stays_when_the_width_changes(long_view: ReadingView, width: int) -> None:
    bar = long_view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    offset = long_view.top_offset()
    long_view.resize(width, 700)
    rect = long_view.rect_of(offset)
    assert rect is not None
    assert -40 < rect.top() < 60


def test_a_decision_draws_its_lines_and_no_others(long_view: ReadingView) -> None:
    metric = long_view.annotations_at(find(long_view, "83亿元"))[0]
    painted = Painted(long_view)
    long_view.put(replace(metric, state=State.ACCEPTED))
    QApplication.processEvents()
    assert painted.heights
    assert max(painted.heights) <= 3 * 32


def test_the_focus_is_brought_into_sight_from_far_away(long_view: ReadingView) -> None:
    last = long_view.spans_in(len(long_view.text) - 60, len(long_view.text))[-1]
    for one in (last, long_view.spans_in(0, 60)[0]):
        long_view.focus_on(one.id)
        rect = long_view.rect_of(one.start)
        assert rect is not None
        assert long_view.viewport().rect().contains(rect.center())


def test_a_click_finds_the_innermost_and_another_click_what_is_around_it(
    view: ReadingView, qtbot: QtBot
) -> None:
    show(view, "⟪力争完成投资⟦83亿元⟧以上⟫，其余不变。")
    clicked: list[str] = []
    view.annotation_clicked.connect(clicked.append)
    for _ in range(3):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=find(view, "83亿元"))
    assert clicked == ["m1", "c1", "m1"]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=find(view, "其余不变"))
    assert len(clicked) == 3


def test_a_double_click_selects_the_number_with_its_unit(view: ReadingView) -> None:
    show(view, "实现GDP1607.8亿元，增长7.3%。")
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=find(view, "07.8"))
    assert view.selection is not None
    assert view.text[slice(*view.selection)] == "1607.8亿元"


CARET = {
    "characters": ("Right Right Left", "", 1),
    "words": ("Ctrl+Right Ctrl+Right", "", 5),
    "selection by character": ("Shift+Right Shift+Right Shift+Right", "GDP", 3),
    "selection by word, back": ("Right Right Right Ctrl+Shift+Left", "GDP", 0),
    "end and start of the line": ("End Shift+Home", "GDP增长7.3%。", 0),
    "end of the text": ("Ctrl+End", "", 14),
    "next line and back": ("Right Down Up", "", 1),
    "selection across lines": ("Right Shift+Down", "DP增长7.3%。\n第", 12),
    "the start of the text is the start": ("Left Up Ctrl+Left", "", 0),
}


@pytest.mark.parametrize(("keys", "selected", "place"), CARET.values(), ids=CARET)
def test_the_caret_goes_where_keys_lead_and_selects_with_shift(
    view: ReadingView, keys: str, selected: str, place: int
) -> None:
    show(view, "GDP增长7.3%。\n第二行")
    view.set_caret(True)
    for key in keys.split():
        QTest.keySequence(view, QKeySequence(key))
    assert view.caret is not None
    assert view.caret.position == place
    assert (view.text[slice(*view.selection)] if view.selection else "") == selected
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.caret is None
    assert view.selection is None


def test_no_input_method_takes_the_letters(view: ReadingView) -> None:
    for widget in (view, view.viewport()):
        assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def find(view: ReadingView, words: str) -> QPoint:
    """Return a point on the first of some words."""
    rect = view.rect_of(view.text.index(words))
    assert rect is not None
    return rect.center() - QPoint(3, 0)
