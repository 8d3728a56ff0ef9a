"""Fields corrected, edges moved and facts added with as few keys as there can be."""

import pytest
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiaozhu.model import State
from jiaozhu.qt.fields_form import FieldsForm
from jiaozhu.qt.main_window import MainWindow


def press(window: MainWindow, keys: str) -> None:
    """Press keys where the keyboard focus is, a character as what it types."""
    for key in keys.split():
        where = window.focusWidget() or window.page.view
        QTest.keySequence(where, QKeySequence(key))


def go_to(window: MainWindow, text: str) -> None:
    while window.current is not None and window.current.text != text:
        press(window, "Down")


def form(window: MainWindow) -> FieldsForm:
    return next(one for one in window.page.card.findChildren(FieldsForm) if one.isVisible())


def found(window: MainWindow, text: str) -> object:
    assert window.session is not None
    return next(one for one in window.session.annotations if one.text == text)


def test_a_digit_opens_the_field_of_its_row_and_a_second_one_chooses(window: MainWindow) -> None:
    press(window, "8 2 Return")
    first = found(window, "486.2亿元")
    assert (first.status, first.state) == ("estimate", State.CORRECTED)  # type: ignore[attr-defined]
    assert window.current is not None
    assert window.current.text == "6.9%"  # Enter has accepted it, too


def test_the_fields_of_a_commitment_have_digits_as_well(window: MainWindow) -> None:
    go_to(window, "新建5所学校")
    press(window, "1 3 Tab 2 Return")
    one = found(window, "新建5所学校")
    assert (one.strength, one.kind) == ("plan", "deliverable")  # type: ignore[attr-defined]


def test_zero_empties_a_list_and_a_digit_without_a_choice_does_nothing(window: MainWindow) -> None:
    press(window, "3 0 Return")
    assert found(window, "486.2亿元").kind is None  # type: ignore[attr-defined]
    press(window, "8 9 Escape")
    assert window.current is not None
    assert (window.current.text, window.current.state) == ("6.9%", State.SUGGESTED)


def test_a_row_that_is_not_there_is_said(window: MainWindow) -> None:
    go_to(window, "新建5所学校")
    press(window, "8")
    assert window.status.said == "这一条没有第 8 项。"
    assert not window.page.card.is_editing


def test_ctrl_alt_and_a_digit_go_from_field_to_field_and_what_was_typed_stays(window: MainWindow) -> None:
    press(window, "1 X Ctrl+Alt+8 3 Ctrl+Alt+3 2 Return")
    one = found(window, "486.2亿元")
    assert (one.indicator.upper(), one.status, one.kind) == ("X", "target", "count")  # type: ignore[attr-defined]


def test_a_digit_fills_a_field_with_what_is_selected(window: MainWindow) -> None:
    start = window.page.view.text.index("跨境电商交易额")
    window.page.view.select(start, start + 7)
    press(window, "1")
    assert form(window).editor("indicator").text() == "跨境电商交易额"  # type: ignore[union-attr]
    press(window, "Return")
    assert found(window, "486.2亿元").indicator == "跨境电商交易额"  # type: ignore[attr-defined]


def test_evidence_is_picked_while_the_fields_are_open(window: MainWindow) -> None:
    press(window, "8 2")
    view = window.page.view
    view.setFocus()
    start = view.text.index("跨境电商交易额")
    view.select(start, start + 7)
    press(window, "1 Return")
    one = found(window, "486.2亿元")
    assert (one.indicator, one.status) == ("跨境电商交易额", "estimate")  # type: ignore[attr-defined]
    assert view.selection is None


def test_enter_accepts_what_was_opened_and_left_as_it_is(window: MainWindow) -> None:
    press(window, "E Return")
    assert found(window, "486.2亿元").state is State.ACCEPTED  # type: ignore[attr-defined]


def test_what_is_offered_is_taken_with_down_and_what_was_typed_comes_back_with_up(
    window: MainWindow,
) -> None:
    go_to(window, "突破1500亿元")
    press(window, "1")
    editor = form(window).editor("indicator")
    QTest.keyClicks(editor, "G")
    offers = form(window).offers("indicator")
    assert "GDP" in offers
    press(window, " ".join(["Down"] * (offers.index("GDP") + 1)))
    assert editor.text() == "GDP"  # type: ignore[union-attr]
    press(window, " ".join(["Up"] * (offers.index("GDP") + 1)))
    assert editor.text() == "G"  # type: ignore[union-attr]
    press(window, "Down " * 99)
    assert editor.text() == offers[-1]  # type: ignore[union-attr]


def test_the_arrow_to_the_right_takes_a_word_of_what_is_offered(window: MainWindow) -> None:
    go_to(window, "突破1500亿元")
    press(window, "1")
    editor = form(window).editor("indicator")
    press(window, "Backspace")
    commit = QInputMethodEvent()
    commit.setCommitString("跨")
    QApplication.sendEvent(editor, commit)
    press(window, "Right Right")
    assert editor.text() == "跨境电商交"  # type: ignore[union-attr]
    press(window, "Left Right")  # inside the text it is an arrow as everywhere
    assert editor.text() == "跨境电商交"  # type: ignore[union-attr]


def test_what_was_done_to_one_name_is_offered_for_the_next(window: MainWindow) -> None:
    press(window, "1 Home")
    QTest.keyClicks(form(window).editor("indicator"), "X")
    press(window, "Return 1")
    assert form(window).offers("indicator")[0] == "XGDP"
    press(window, "Down Return")
    assert found(window, "6.9%").indicator == "XGDP"  # type: ignore[attr-defined]


EDGES = [
    ("Ctrl+Left", "明年力争跨境电商交易额突破1500亿元"),
    ("Ctrl+Left ]", "明年力争跨境电商交易额突破1500亿元，新建5所学校"),
    ("Ctrl+Left ] [", "明年力争跨境电商交易额突破1500亿元"),
]


@pytest.mark.parametrize(("keys", "expected"), EDGES)
def test_edges_go_by_clauses(window: MainWindow, keys: str, expected: str) -> None:
    go_to(window, "突破1500亿元")
    press(window, keys)
    assert window.current is not None
    assert window.current.text == expected


def test_with_the_caret_a_metric_is_the_number_there(window: MainWindow) -> None:
    go_to(window, "8.1%")
    press(window, "F7 Ctrl+Down Ctrl+Right Ctrl+Right Ctrl+Right M Return")
    assert found(window, "12个").state is State.ADDED  # type: ignore[attr-defined]
    assert window.page.view.caret is None


def test_with_the_caret_a_commitment_is_the_clause_there(window: MainWindow) -> None:
    go_to(window, "8.1%")
    press(window, "F7 Ctrl+Down C Return")
    assert found(window, "引进重大项目12个").state is State.ADDED  # type: ignore[attr-defined]


def test_the_caret_takes_over_what_was_found_and_selects_on_to_the_end_of_the_clause(
    window: MainWindow,
) -> None:
    press(window, "Ctrl+F")
    QTest.keyClicks(window.focusWidget(), "12")
    press(window, "Escape F7 Shift+Ctrl+Down")
    view = window.page.view
    assert view.selection is not None
    assert view.text[slice(*view.selection)] == "12个"


def test_a_year_that_stands_near_by_is_not_typed_again(window: MainWindow) -> None:
    press(window, "5")
    QTest.keyClicks(form(window).editor("period"), "2024")
    press(window, "Return 5")
    QTest.keyClicks(form(window).editor("period"), "9")
    press(window, "Down Return")
    assert found(window, "6.9%").period == "2024-09-01/2024-09-30"  # type: ignore[attr-defined]


def test_a_deadline_can_be_typed_as_a_day(window: MainWindow) -> None:
    go_to(window, "新建5所学校")
    press(window, "3")
    editor = form(window).editor("deadline")
    assert editor.text() == ""  # type: ignore[union-attr]
    QTest.keyClicks(editor, "2025.4.30")
    press(window, "Return")
    assert found(window, "新建5所学校").deadline == "2025-04-30"  # type: ignore[attr-defined]


def test_digits_are_no_keys_of_fields_on_another_page(window: MainWindow) -> None:
    assert window.items["edit_row_1"].isEnabled()
    window.pages.turn_to("ledger")
    assert not window.items["edit_row_1"].isEnabled()
    window.pages.turn_to("review")
    press(window, "8 2 Return")
    assert found(window, "486.2亿元").state is State.CORRECTED  # type: ignore[attr-defined]
