"""The ledger in the window, by keys: filter, sort, correct, undo, to the text and back, out of it, pivot."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from jiaozhu import settings
from jiaozhu.export import EXPORTERS
from jiaozhu.model import State
from jiaozhu.qt import ledger_memory, theme
from jiaozhu.qt.ledger_columns import COLUMNS, PLACES
from jiaozhu.qt.ledger_delegate import state_ink, type_ink
from jiaozhu.qt.ledger_page import LedgerPage
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.ledger import LedgerFilter
from jiaozhu.store import Store
from sketch import sketch

Open = Callable[[Path | None], MainWindow]

FIRST = (
    "实现GDP⟦486.2亿元⟧，增长⟦6.9%⟧。明年⟪力争跨境电商交易额⟦突破1500亿元⟧⟫，⟪新建5所学校⟫。\n"
    "河西区增长⟦8.1%⟧。"
)
SECOND = "GDP增长⟦7.5%⟧，⟪加快建设智慧港口⟫。"
PERIOD = "2024-01-01/2024-12-31"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two documents, nothing of them decided."""
    path = tmp_path / "河东.jiaozhu"
    fields = {"indicator": "GDP", "indicator_id": "gdp", "value": "6.9", "unit": "%", "comparator": "="}
    fields |= {"kind": "growth", "period": PERIOD, "status": "actual"}
    with Store(path, create=True) as store:
        store.add(*sketch(FIRST, source="会议.txt", **fields))
        store.add(*sketch(SECOND, source="报告.txt", **(fields | {"value": "7.5"})))
    return path


def press(widget: QWidget, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


def type_into(field: QWidget, text: str) -> None:
    """Type over what stands in a field, Chinese through the input method."""
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    for char in text:
        if char.isascii():
            QTest.keyClicks(field, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(field, chosen)


def ledger(window: MainWindow) -> LedgerPage:
    """Go to the ledger and wait until all of it has been read."""
    press(window.page.view, "Alt+2")
    page = window.pages.currentWidget()
    assert isinstance(page, LedgerPage)
    settle(page)
    return page


def settle(page: LedgerPage) -> None:
    def is_still() -> bool:
        QApplication.processEvents()
        return not page.reader.is_reading and page.model.ledger.is_whole and page._job is None

    for _look in range(2000):
        if is_still():
            return
        QTest.qWait(5)
    raise AssertionError("the ledger is still being read")


def drawn(page: LedgerPage, *columns: str) -> list[str]:
    """Draw the rows, the words of some columns each."""
    names = columns or ("text",)
    return [
        " ".join(page.model.text(number, PLACES[name]) for name in names)
        for number in range(page.model.rowCount())
    ]


def go_to(page: LedgerPage, text: str, column: str) -> None:
    """Move the cursor by the arrows to the row of some words, and there into a column."""
    table = page.table
    table.setFocus()
    press(table, "Ctrl+Home")
    while page.model.text(table.currentIndex().row(), PLACES["text"]) != text:
        press(table, "Down")
    press(table, "Home")
    while table.currentIndex().column() != PLACES[column]:
        press(table, "Right")


def said(window: MainWindow) -> str:
    return window.status.said


def test_all_annotations_stand_in_the_order_of_the_texts(window: MainWindow) -> None:
    page = ledger(window)
    assert drawn(page, "type", "text", "document") == [
        "指标 486.2亿元 会议.txt",
        "指标 6.9% 会议.txt",
        "承诺 力争跨境电商交易额突破1500亿元 会议.txt",
        "指标 突破1500亿元 会议.txt",
        "承诺 新建5所学校 会议.txt",
        "指标 8.1% 会议.txt",
        "指标 7.5% 报告.txt",
        "承诺 加快建设智慧港口 报告.txt",
    ]
    assert page.summary.text() == "8 条"
    assert page.table.hasFocus()
    assert window.windowTitle().startswith("河东")


def test_the_models_keep_qts_rules(window: MainWindow) -> None:
    page = ledger(window)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, fatal, page)
        for model in (page.model, page.facets.model_, page.pivot.model_)
    ]
    press(page.table, "Ctrl+F")
    type_into(page.bar.field, "GDP")
    press(page.bar.field, "Return F4 F4 F4 Ctrl+Shift+P Ctrl+Shift+P Ctrl+Backspace")
    assert len(testers) == 3


def test_typed_words_filter_the_rows(window: MainWindow) -> None:
    page = ledger(window)
    press(page.table, "/")
    assert page.bar.field.hasFocus()
    type_into(page.bar.field, "学校")
    assert drawn(page) == ["新建5所学校"]
    assert page.summary.text() == "8 条中的 1 条"
    press(page.bar.field, "Down")
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == 0
    press(page.table, "Ctrl+Backspace")
    assert len(drawn(page)) == 8
    assert drawn(page)[page.table.currentIndex().row()] == "新建5所学校"  # the cursor stays on its row
    press(page.table, "Ctrl+F")
    type_into(page.bar.field, "无")
    assert drawn(page) == []
    press(page.bar.field, "Esc Esc")
    assert len(drawn(page)) == 8
    assert page.table.hasFocus()


def lines(page: LedgerPage, facet: str) -> list[str]:
    """Draw the values of a facet with their counts, a star on the chosen ones."""
    return [
        f"{'*' if line.is_on else ''}{line.text} {line.size}"
        for line in page.facets.model_.lines
        if line.facet == facet and line.kind == "value"
    ]


def choose(page: LedgerPage, facet: str, text: str) -> None:
    """Go to a value of a facet by the arrows and choose it with Space."""
    page.facets.setFocus()
    press(page.facets, "Home")
    for _step in range(200):
        line = page.facets.model_.lines[page.facets.currentIndex().row()]
        if line.facet == facet and line.kind == "facet" and not line.is_on:
            press(page.facets, "Right")
        if (line.kind, line.facet, line.text) == ("value", facet, text):
            press(page.facets, "Space")
            return
        press(page.facets, "Down")
    raise AssertionError(f"no {text}")


def test_facets_count_and_filter(window: MainWindow) -> None:
    page = ledger(window)
    assert lines(page, "type") == ["指标 5", "承诺 3"]
    assert lines(page, "document") == []  # folded
    assert lines(page, "measure") == ["地区生产总值 5", "（空） 3"]
    choose(page, "type", "指标")
    assert lines(page, "type") == ["*指标 5", "承诺 3"]
    assert page.model.rowCount() == 5
    choose(page, "document", "报告.txt")
    assert drawn(page) == ["7.5%"]
    assert lines(page, "type") == ["*指标 1", "承诺 1"]
    assert lines(page, "document") == ["会议.txt 4", "*报告.txt 1"]
    choose(page, "type", "指标")  # once more: it is taken back
    assert drawn(page) == ["7.5%", "加快建设智慧港口"]
    press(page.facets, "Esc")
    assert page.table.hasFocus()


def test_columns_sort_up_down_and_not(window: MainWindow) -> None:
    page = ledger(window)
    go_to(page, "7.5%", "value")
    press(page.table, "F4")
    assert drawn(page, "value")[:5] == ["6.9%"] * 4 + ["7.5%"]
    assert page.model.headerData(PLACES["value"], Qt.Orientation.Horizontal) == "数值 ↑"
    assert drawn(page)[page.table.currentIndex().row()] == "7.5%"
    press(page.table, "F4")
    assert drawn(page, "value")[0] == "7.5%"
    header = page.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(PLACES["value"]) + 5, 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert drawn(page)[0] == "486.2亿元"
    assert page.model.headerData(PLACES["value"], Qt.Orientation.Horizontal) == "数值"


def test_a_value_wrong_then_right_then_undone(window: MainWindow) -> None:
    page = ledger(window)
    go_to(page, "7.5%", "value")
    press(page.table, "F2")
    editor = page.table.editor
    assert editor is not None
    assert isinstance(editor.widget, QLineEdit)
    assert editor.widget.text() == "7.5"
    type_into(editor.widget, "很多")
    press(editor.widget, "Return")
    assert editor.problem.isVisible()
    assert "“很多”不是数值" in editor.problem.text()
    assert page.table.editor is editor
    type_into(editor.widget, "突破1500亿元")
    assert not editor.problem.isVisible()
    press(editor.widget, "Return")
    assert page.table.editor is None
    settle(page)
    number = drawn(page).index("7.5%")
    assert drawn(page, "value", "state")[number] == ">1500亿元 ✎ 已更正"
    assert page.table.currentIndex().row() == number
    assert page.table.hasFocus()
    assert window.session is not None
    assert window.session.document is not None
    assert window.session.document.source == "会议.txt"  # what is read stays open
    assert lines(page, "state") == ["○ 建议 7", "✎ 已更正 1"]
    assert window.page.queue.model.at(0).document.source == "会议.txt"
    counts = {row.source: row.corrected for row in window.session.store.documents()}
    assert counts == {"会议.txt": 0, "报告.txt": 1}
    press(page.table, "Ctrl+Z")
    settle(page)
    assert drawn(page, "value", "state")[number] == "7.5% ○ 建议"
    press(page.table, "Ctrl+Shift+Z")
    settle(page)
    assert drawn(page, "value", "state")[number] == ">1500亿元 ✎ 已更正"


def test_a_choice_is_made_from_a_list(window: MainWindow) -> None:
    page = ledger(window)
    go_to(page, "7.5%", "status")
    press(page.table, "F2")
    assert page.table.editor is not None
    box = page.table.editor.widget
    assert isinstance(box, QComboBox)
    assert box.currentText() == "实绩"
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle(page)
    assert drawn(page, "status")[drawn(page).index("7.5%")] == "目标"


def test_two_fields_that_contradict_each_other_are_refused(window: MainWindow) -> None:
    page = ledger(window)
    go_to(page, "新建5所学校", "period")
    press(page.table, "F2")
    assert page.table.editor is not None
    type_into(page.table.editor.widget, "2025年上半年")
    press(page.table.editor.widget, "Return")
    settle(page)
    assert drawn(page, "period")[4] == "2025年6月30日"
    go_to(page, "新建5所学校", "period")
    press(page.table, "F2")
    type_into(page.table.editor.widget, "2025年13月")
    press(page.table.editor.widget, "Return")
    assert page.table.editor.problem.text().startswith("“2025年13月”不是日期")
    press(page.table.editor.widget, "Esc")
    assert page.table.editor is None
    assert page.table.hasFocus()


def test_what_can_not_be_corrected_here_says_so(window: MainWindow) -> None:
    page = ledger(window)
    go_to(page, "7.5%", "state")
    press(page.table, "F2")
    assert page.table.editor is None
    assert said(window) == "“状态”不能在台账中更正；按回车到正文中更正。"
    go_to(page, "新建5所学校", "value")  # a commitment has none
    press(page.table, "F2")
    assert page.table.editor is None


def test_a_row_that_leaves_the_filter_goes_and_comes_back(window: MainWindow) -> None:
    page = ledger(window)
    choose(page, "state", "○ 建议")
    go_to(page, "6.9%", "region")
    press(page.table, "F2")
    assert page.table.editor is not None
    type_into(page.table.editor.widget, "河西区")
    press(page.table.editor.widget, "Return")
    settle(page)
    assert "6.9%" not in drawn(page)
    assert page.table.currentIndex().row() == 1
    press(page.table, "Ctrl+Z")
    settle(page)
    assert drawn(page)[page.table.currentIndex().row()] == "6.9%"


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_to_the_text_and_back(window: MainWindow, by: str) -> None:
    page = ledger(window)
    choose(page, "type", "指标")
    go_to(page, "7.5%", "kind")
    if by == "key":
        press(page.table, "Return")
    else:
        at = page.table.visualRect(page.table.currentIndex()).center()
        QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.pages.is_review
    assert window.current is not None
    assert window.current.text == "7.5%"
    assert window.page.view.hasFocus()
    press(window.page.view, "Return")  # accepted in the text
    press(window.page.view, "Alt+2")
    settle(page)
    assert page.table.hasFocus()
    assert drawn(page, "text", "state")[page.table.currentIndex().row()] == "7.5% ✓ 已采纳"
    assert page.table.currentIndex().column() == PLACES["kind"]
    press(page.table, "Esc")
    assert window.pages.is_review
    assert window.page.view.hasFocus()


def test_documents_that_come_in_are_listed(window: MainWindow, project: Path) -> None:
    page = ledger(window)
    with Store(project, turn=window.turn) as store:
        store.add(*sketch("增长⟦1%⟧。", source="新.txt"))
    page.refresh()
    settle(page)
    assert drawn(page)[-1] == "1%"


def chosen_columns(page: LedgerPage) -> list[str]:
    return [COLUMNS[column].name for column in page.table.shown_columns]


def test_columns_are_chosen_ordered_and_remembered(open_window: Open, project: Path) -> None:
    window = open_window(project)
    page = ledger(window)
    before = chosen_columns(page)
    assert before[:4] == ["state", "type", "text", "indicator"]
    assert "rule" not in before
    menu = page.table.columns_menu(page)
    by_title = {item.text(): item for item in menu.actions()}
    by_title["规则"].trigger()
    by_title["语气"].trigger()
    go_to(page, "7.5%", "text")
    press(page.table, "Ctrl+Shift+Left Ctrl+Shift+Left")
    page.table.horizontalHeader().resizeSection(PLACES["text"], 333)
    QTest.qWait(400)
    after = chosen_columns(page)
    assert after[:3] == ["text", "state", "type"]
    assert ("rule" in after, "strength" in after) == (True, False)
    window.close()
    again = ledger(open_window(project))
    assert chosen_columns(again) == after
    assert again.table.columnWidth(PLACES["text"]) == 333


def test_settings_that_were_spoilt_are_left_aside() -> None:
    settings.write(ledger={"columns": [["text", "wide", True], ["nothing", 90, True], 3], "filters": [1]})
    assert [one.name for one in ledger_memory.columns()] == [column.name for column in COLUMNS]
    assert ledger_memory.filters() == {}


def test_filters_with_names(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ledger(window)
    choose(page, "type", "承诺")
    ledger_memory.note_filter("全部承诺", page.model.filter)
    press(page.facets, "Ctrl+Backspace")
    assert page.model.rowCount() == 8
    menu = page.bar.saved.menu()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "全部承诺"
    menu.actions()[0].trigger()
    assert page.model.rowCount() == 3
    assert page.model.filter == LedgerFilter("", {"type": frozenset({"commitment"})})
    ledger_memory.note_filter("全部承诺", None)
    assert ledger_memory.filters() == {}


def table_of(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_what_is_shown_goes_to_a_file(window: MainWindow, tmp_path: Path) -> None:
    page = ledger(window)
    choose(page, "type", "指标")
    go_to(page, "7.5%", "region")
    press(page.table, "F2")
    assert page.table.editor is not None
    type_into(page.table.editor.widget, "=1+1")
    press(page.table.editor.widget, "Return")
    settle(page)
    menu = page.table.columns_menu(page)
    for item in menu.actions():
        if item.isCheckable() and item.text() not in ("原文", "数值", "地区"):
            item.setChecked(False)
    page.export_to(tmp_path / "表.csv")
    settle(page)
    assert said(window) == "导出 5 行到 表.csv。"
    assert table_of(tmp_path / "表.csv") == [
        ["原文", "数值", "地区"],
        ["486.2亿元", "6.9%", "第1区"],
        ["6.9%", "6.9%", "第1区"],
        ["突破1500亿元", "6.9%", "第1区"],
        ["8.1%", "6.9%", "第2区"],
        ["7.5%", "7.5%", "'=1+1"],
    ]


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda one: one.name)
def test_what_is_shown_goes_to_each_exporter(window: MainWindow, tmp_path: Path, exporter) -> None:
    page = ledger(window)
    press(page.table, "Ctrl+F")
    type_into(page.bar.field, "学校")
    target = tmp_path / f"out{exporter.suffix}"
    page.export_to(target, exporter)
    settle(page)
    assert said(window) == f"导出 1 行到 {target.name}。"
    assert target.is_file()


def test_a_file_that_can_not_be_written_is_named(window: MainWindow, tmp_path: Path) -> None:
    page = ledger(window)
    page.export_to(tmp_path / "没有" / "表.csv")
    settle(page)
    assert "不存在" in said(window)


def test_rows_are_copied_with_tabs(window: MainWindow) -> None:
    page = ledger(window)
    for item in page.table.columns_menu(page).actions():
        if item.isCheckable() and item.text() not in ("类型", "原文"):
            item.setChecked(False)
    go_to(page, "突破1500亿元", "text")
    press(page.table, "Shift+Down")
    assert page.summary.text() == "8 条 · 选中 2"
    press(page.table, "Ctrl+C")
    settle(page)
    assert QGuiApplication.clipboard().text() == "指标\t突破1500亿元\n承诺\t新建5所学校"


def accept_all(window: MainWindow) -> None:
    """Accept all that is in the first document, by keys."""
    window.page.view.setFocus()
    assert window.session is not None
    for _each in range(window.session.counts.suggested):
        press(window.page.view, "Return")


def test_the_pivot_and_its_cells(window: MainWindow, tmp_path: Path) -> None:
    accept_all(window)
    page = ledger(window)
    press(page.table, "Ctrl+F")
    type_into(page.bar.field, "会议")
    press(page.bar.field, "Return Ctrl+Shift+P")
    assert page.is_pivot
    assert page.pivot.hasFocus()
    pivot = page.pivot.model_
    assert pivot.header == ["指标", "类别", "地区", "2024"]
    assert [list(line) for line in pivot.lines()] == [
        ["地区生产总值", "增速", "第1区", "6.9%"],
        ["地区生产总值", "增速", "第2区", "6.9%"],
    ]
    assert page.summary.text() == "核实过的指标 4 条"
    page.export_to(tmp_path / "透视.csv")
    settle(page)
    assert len(table_of(tmp_path / "透视.csv")) == 3
    press(page.pivot, "Right Right Right Return")
    assert not page.is_pivot
    assert drawn(page) == ["486.2亿元", "6.9%", "突破1500亿元"]
    go_to(page, "486.2亿元", "value")
    press(page.table, "F2")
    assert page.table.editor is not None
    type_into(page.table.editor.widget, "7.2")
    press(page.table.editor.widget, "Return")
    settle(page)
    press(page.table, "Esc")  # back to the pivot, with the filter from before
    assert page.is_pivot
    assert page.bar.field.text() == "会议"
    assert pivot.lines()[0][3] == "2 值  6.9% – 7.2%"
    press(page.pivot, "Esc")
    assert window.pages.is_review


def test_a_project_that_is_closed_leaves_nothing(open_window: Open, project: Path, tmp_path: Path) -> None:
    window = open_window(project)
    page = ledger(window)
    other = tmp_path / "空.jiaozhu"
    assert window.open_project(other, create=True)
    assert page.model.rowCount() == 0
    assert window.pages.is_review
    press(window.page.view, "Alt+2")
    settle(page)
    assert page.summary.text() == "0 条"


def test_every_control_has_a_name(window: MainWindow) -> None:
    page = ledger(window)
    kinds = (QLineEdit, QToolButton, QComboBox, QAbstractScrollArea)
    nameless = [
        one
        for kind in kinds
        for one in page.findChildren(kind)
        if one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.accessibleName()
        and not one.objectName().startswith("qt_")
    ]
    assert nameless == []
    index = page.model.index(0, PLACES["state"])
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "状态 ○ 建议"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_states_can_be_read_in_each_theme(name: str) -> None:
    theme.choose(name)
    try:
        inks = {state: state_ink(state) for state in State}
        inks |= {is_metric: type_ink(is_metric=is_metric) for is_metric in (True, False)}
        for ground in (theme.current().paper, theme.current().surface):
            assert [what for what, ink in inks.items() if contrast(ink, ground) < 4.5] == []
    finally:
        theme.choose(None)


def contrast(one, other) -> float:
    """Return the contrast of two colours as WCAG defines it."""

    def luminance(colour) -> float:
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_window_stays_awake_while_much_is_read(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "大.jiaozhu"
    text = "。".join(f"第{number}年增长⟦{number}%⟧" for number in range(400)) + "。"
    with Store(path, create=True) as store, store.batch():
        for number in range(20):
            store.add(*sketch(f"{number}、{text}", source=f"{number}.txt"))
    page = ledger(open_window(path))
    assert page.model.rowCount() == 8000
    press(page.table, "Ctrl+End")
    assert drawn(page)[page.table.currentIndex().row()] == "399%"
