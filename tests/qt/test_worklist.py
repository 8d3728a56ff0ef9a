"""The worklist in the window, by keys: list, filter, order, go through, leave, come back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from jiaozhu.qt import theme
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.worklist_list import about, measured, quote
from jiaozhu.qt.worklist_pane import WorklistPane
from jiaozhu.review.worklist import Order
from jiaozhu.store import Store
from sketch import sketch

Open = Callable[[Path | None], MainWindow]

FIRST = (
    "实现GDP⟦486.2亿元⟧，增长⟦6.9%⟧。明年⟪力争跨境电商交易额⟦突破1500亿元⟧⟫，⟪新建5所学校⟫。\n"
    "河西区增长⟦8.1%⟧。"
)
SECOND = "GDP增长⟦7.5%⟧，⟪加快建设智慧港口⟫。"
#: By their words; all others have 0.9.
CONFIDENCES = {"7.5%": 0.31, "新建5所学校": 0.55, "加快建设智慧港口": 0.72}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two documents, nothing of them decided."""
    path = tmp_path / "河东.jiaozhu"
    fields = {"indicator": "GDP", "value": "6.9", "unit": "%", "kind": "growth", "status": "actual"}
    with Store(path, create=True) as store:
        for source, drawing in (("会议.txt", FIRST), ("报告.txt", SECOND)):
            document, extraction = sketch(drawing, source=source, **fields)
            for found in (*extraction.metrics, *extraction.commitments):
                object.__setattr__(found, "confidence", CONFIDENCES.get(found.text, 0.9))
            store.add(document, extraction)
    return path


def press(window: MainWindow, keys: str) -> None:
    """Press keys where the keyboard is, and wait until what they want is made."""
    for key in keys.split():
        QTest.keySequence(window.focusWidget() or window, QKeySequence(key))
        settle(window)


def settle(window: MainWindow) -> None:
    if not window.page.left.is_worklist:
        return
    for _look in range(2000):
        QApplication.processEvents()
        if not window.page.left.worklist.reader.is_reading:
            return
        QTest.qWait(5)
    raise AssertionError("the list is still being made")


def type_into(window: MainWindow, text: str) -> None:
    """Type into the field that has the keyboard, Chinese through the input method."""
    for char in text:
        field = window.focusWidget()
        if char.isascii():
            QTest.keyClicks(field, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(field, chosen)
        settle(window)


def pane(window: MainWindow) -> WorklistPane:
    return window.page.left.worklist


def drawn(window: MainWindow) -> list[str]:
    """Draw the list: what is closed has a sign, the place where one is an arrow."""
    worklist = pane(window).model.worklist
    assert worklist is not None
    return [
        f"{'›' if at == worklist.place else ''}{'' if worklist.is_left(at) else '✓'}{quote(worklist, at)}"
        for at in range(len(worklist))
    ]


def at(window: MainWindow) -> str:
    """Return the words of the annotation with the focus."""
    return window.current.text if window.current is not None else ""


def said(window: MainWindow) -> str:
    return pane(window).summary.text()


def test_one_key_leads_to_the_least_certain_and_decisions_go_along(window: MainWindow) -> None:
    press(window, "Q")
    assert drawn(window)[:4] == ["›7.5%", "新建5所学校", "加快建设智慧港口", "486.2亿元"]
    assert (at(window), said(window)) == ("7.5%", "队列 1/8 · 剩 8 · 最没把握的在前")
    assert window.page.view.hasFocus()
    press(window, "Return")
    assert at(window) == "新建5所学校"  # in the other document
    press(window, "Backspace")
    assert at(window) == "加快建设智慧港口"
    press(window, "Space")
    assert drawn(window)[:4] == ["✓7.5%", "✓新建5所学校", "加快建设智慧港口", "›486.2亿元"]
    assert said(window) == "队列 4/8 · 剩 6 · 最没把握的在前"
    press(window, "Up Up Up")
    assert at(window) == "7.5%"
    press(window, "Tab")
    assert at(window) == "486.2亿元"  # past what was put off
    press(window, "Ctrl+Z Ctrl+Z")
    assert at(window) == "新建5所学校"
    assert drawn(window)[:3] == ["✓7.5%", "›新建5所学校", "加快建设智慧港口"]
    press(window, "Return Return Return Return Return Return Return")
    assert said(window) == "8 条都看过了 · 最没把握的在前"
    assert window.status.said == "队列中的条目都看过了。"
    press(window, "Tab")
    assert window.status.said == "队列中的条目都看过了。"


def test_the_same_key_leaves_it_and_documents_are_gone_through_again(window: MainWindow) -> None:
    press(window, "F12 Return")
    assert at(window) == "新建5所学校"
    press(window, "F12")
    assert not window.page.left.is_worklist
    assert at(window) == "新建5所学校"  # one stays where one is
    assert window.page.view.hasFocus()
    press(window, "Down")
    assert at(window) == "8.1%"
    press(window, "Ctrl+1")
    assert window.page.queue.list.hasFocus()


def test_where_one_left_off_is_remembered(open_window: Open, project: Path) -> None:
    window = open_window(project)
    press(window, "Q Ctrl+F12 Ctrl+F12 Ctrl+F12 Down Down Down")
    assert said(window) == "队列 3/8 · 剩 8 · 按文档次序"
    left = at(window)
    press(window, "Q Home Q")
    assert at(window) == left
    window.close()
    window = open_window(project)
    press(window, "Q")
    assert (at(window), said(window)) == (left, "队列 3/8 · 剩 8 · 按文档次序")


def test_words_filter_the_list(window: MainWindow) -> None:
    press(window, "Q Ctrl+L")
    assert pane(window).text.hasFocus()
    type_into(window, "港口")
    assert drawn(window) == ["加快建设智慧港口"]
    assert at(window) == "7.5%"  # the text stays until one goes on
    press(window, "Return")
    assert pane(window).list.hasFocus()
    press(window, "Return")
    assert at(window) == "加快建设智慧港口"
    assert window.page.view.hasFocus()
    press(window, "Ctrl+L")
    type_into(window, "无")
    assert pane(window).list.said == "没有符合条件的条目。"
    assert said(window) == "0 条 · 最没把握的在前"
    press(window, "Esc")
    assert len(drawn(window)) == 8
    press(window, "Esc")
    assert window.page.view.hasFocus()


def facets(window: MainWindow) -> list[str]:
    """Draw the values that can be chosen, a star on those that are."""
    lines = pane(window).facets.model_.lines
    return [f"{'*' if one.is_on else ''}{one.text} {one.size}" for one in lines if one.kind == "value"]


def choose(window: MainWindow, facet: str, text: str) -> None:
    """Go to a value by the arrows and choose it."""
    press(window, "Home")
    for _step in range(60):
        line = pane(window).facets.model_.lines[pane(window).facets.currentIndex().row()]
        if (line.kind, line.facet, line.text) == ("value", facet, text):
            press(window, "Space")
            return
        if line.kind == "facet" and line.facet == facet and not line.is_on:
            press(window, "Right")
        press(window, "Down")
    raise AssertionError(f"no {text}")


def test_conditions_are_chosen_with_their_counts(window: MainWindow) -> None:
    press(window, "Q Return Shift+Q")
    assert pane(window).facets.hasFocus()
    press(window, "Shift+F12 Shift+F12")
    assert facets(window)[:3] == ["*○ 建议 8", "指标 5", "承诺 3"]
    choose(window, "certainty", "不到 0.50")
    choose(window, "certainty", "0.50 至 0.70")
    choose(window, "type", "承诺")
    assert drawn(window) == ["›新建5所学校"]
    assert pane(window).conditions.text() == "条件 3"
    choose(window, "region", "第1区")
    assert drawn(window) == ["›新建5所学校"]
    press(window, "Esc")
    assert pane(window).list.hasFocus()


def test_a_second_look_is_at_a_tenth_and_confirming_is_enough(open_window: Open, project: Path) -> None:
    window = open_window(project)
    press(window, "Return " * 8 + "Q")
    pane(window).order.setFocus()
    press(window, "End")
    assert len(drawn(window)) == 1
    seed = pane(window).plan.draw.seed
    assert said(window) == f"队列 –/1 · 剩 1 · 复看（种子 {seed}）"
    assert window.session is not None
    decisions = window.session.store.ledger_mark()
    press(window, "Ctrl+2 Tab Return")
    assert said(window) == f"1 条都看过了 · 复看（种子 {seed}）"
    assert window.session.store.ledger_mark() == decisions  # it stands as it was decided
    listed = drawn(window)
    window.close()
    window = open_window(project)
    press(window, "Q")
    assert [one.lstrip("›") for one in drawn(window)] == [one.lstrip("›") for one in listed]
    assert said(window) == f"1 条都看过了 · 复看（种子 {seed}）"
    assert pane(window).again.isVisible()
    pane(window).again.setFocus()
    press(window, "Space")
    assert said(window).startswith("队列 ")


def test_every_order_has_a_title(window: MainWindow) -> None:
    box = pane(window).order
    assert [Order(box.itemData(at)) for at in range(box.count())] == list(Order)


def test_odd_values_come_first_and_say_how_odd_they_are(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "反常.jiaozhu"
    with Store(path, create=True) as store:
        for number, value in enumerate(("10", "100", "1000", "10000", "100000000", "-1000")):
            fields = {"indicator": "GDP", "value": value, "unit": "元", "kind": "level"}
            store.add(*sketch(f"GDP⟦{value}元⟧。", source=f"{number}.txt", **fields))
    window = open_window(path)
    press(window, "Q Ctrl+F12")
    worklist = pane(window).model.worklist
    assert worklist is not None
    # log10: 1, 2, 3, 3, 4, 8; median 3, distances 2, 1, 0, 0, 1, 5, their median 1.
    assert [f"{quote(worklist, place)} {measured(worklist, place)}" for place in range(3)] == [
        "-1000元 符号异常",
        "100000000元 偏离 3.4",
        "10元 偏离 1.3",
    ]
    press(window, "Tab")
    assert (at(window), said(window)) == ("-1000元", "队列 1/6 · 剩 6 · 数值反常的在前")


def test_a_list_that_is_empty_takes_in_what_is_imported(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "空.jiaozhu"
    with Store(path, create=True):
        pass
    window = open_window(path)
    window.page.left.annotations.setFocus()
    press(window, "Space")
    assert pane(window).list.said == "还没有条目；导入讲话后，这里列出其中的指标和承诺。"
    assert window.session is not None
    window.session.store.add(*sketch(SECOND))
    window.page.refresh_documents()
    settle(window)
    assert drawn(window) == ["7.5%", "加快建设智慧港口"]


def test_a_click_goes_to_a_place_and_each_says_what_it_is(window: MainWindow) -> None:
    press(window, "Q")
    view = pane(window).list
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(pane(window).model.index(2)).center()
    )
    assert at(window) == "加快建设智慧港口"
    worklist = pane(window).model.worklist
    assert worklist is not None
    assert (about(worklist, 0), measured(worklist, 0)) == ("GDP 增速 · 报告.txt", "0.31")
    spoken = pane(window).model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "建议 7.5% GDP 增速 · 报告.txt 0.31"


def test_the_model_keeps_qts_rules(window: MainWindow) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(pane(window).model, fatal, window)
    press(window, "Q Ctrl+F12 Return Q Q")
    assert tester.parent() is window


def test_all_controls_have_names(window: MainWindow) -> None:
    press(window, "Q Shift+Q Shift+Q")
    theme.choose("dark")
    window.set_theme(None, remember=False)
    controls = [
        one for one in pane(window).findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) >= 5
    assert [one for one in controls if not one.accessibleName()] == []
