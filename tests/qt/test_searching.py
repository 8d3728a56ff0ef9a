"""Searching the project with real keys: what is listed as one types, and where Enter leads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.search_dialog import SearchDialog
from jiaozhu.store import Store
from sketch import sketch

OTHER = "河东县要办好教育，实现GDP⟦７％⟧。\n河东县的路修好了。"


@pytest.fixture
def project(project: Path) -> Path:
    """The press document, and another one."""
    with Store(project) as store:
        store.add(*sketch(OTHER, source="另一次会议.txt"))
    return project


@pytest.fixture
def searching(window: MainWindow, qtbot: QtBot) -> SearchDialog:
    """The search, opened by its keys from the text."""
    QTest.keySequence(window.page.view, QKeySequence("Ctrl+Shift+F"))
    assert window.searching is not None
    qtbot.waitUntil(window.searching.field.hasFocus)
    return window.searching


def type_(qtbot: QtBot, searching: SearchDialog, text: str) -> None:
    """Type words, Chinese through the input method, and wait for what is found."""
    for char in text:
        if char.isascii():
            QTest.keyClicks(searching.field, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(searching.field, chosen)
    settle(qtbot, searching)


def settle(qtbot: QtBot, searching: SearchDialog) -> None:
    qtbot.waitUntil(lambda: not searching.is_searching)


def press(searching: SearchDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(searching.field, key)


def be_back(window: MainWindow, qtbot: QtBot) -> None:
    """Wait for the keyboard to be in the text; without a display nobody brings the window to the front."""
    window.activateWindow()
    qtbot.waitUntil(window.page.view.hasFocus)


def drawn(searching: SearchDialog) -> str:
    """Draw the list: documents, below them what was found, the chosen place with an arrow."""
    lines = []
    for number, row in enumerate(searching.list.found.rows):
        if row.hit is None:
            lines.append(row.found.name)
            continue
        text, marks = row.hit.snippet
        for start, end in reversed(marks):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        arrow = "→" if number == searching.list.currentIndex().row() else " "
        lines.append(f"{arrow} {row.hit.type} {text}")
    return "\n".join(lines)


def test_typing_lists_what_is_found_by_document(searching: SearchDialog, qtbot: QtBot) -> None:
    type_(qtbot, searching, "gdp")
    assert drawn(searching).splitlines() == [
        "会议.txt",
        "→ speech 今年以来，河东县经济稳中向好，实现[GDP]486.2亿元，增长6.9%。"
        "明年力争跨境电商交易额突破1500亿元，新建5所学校。",
        "  metric [GDP] · 486.2亿元",
        "  metric [GDP] · 6.9%",
        "  metric [GDP] · 突破1500亿元",
        "  metric [GDP] · 8.1%",
        "另一次会议.txt",
        "  speech 河东县要办好教育，实现[GDP]７％。",
    ]
    type_(qtbot, searching, " 教育")
    assert drawn(searching) == "另一次会议.txt\n→ speech 河东县要办好[教育]，实现[GDP]７％。"
    assert searching.said == "1 处"
    type_(qtbot, searching, "不在")
    assert (drawn(searching), searching.said) == ("", "没有找到")


def test_preedit_of_an_input_method_is_not_looked_for(searching: SearchDialog, qtbot: QtBot) -> None:
    type_(qtbot, searching, "路")
    before = drawn(searching)
    QApplication.sendEvent(searching.field, QInputMethodEvent("xiu'hao", []))
    settle(qtbot, searching)
    assert drawn(searching) == before == "另一次会议.txt\n→ speech 河东县的[路]修好了。"


def test_enter_leads_to_the_words_in_the_text(
    window: MainWindow, searching: SearchDialog, qtbot: QtBot
) -> None:
    type_(qtbot, searching, "河东县")
    press(searching, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    chosen = searching.list.chosen
    assert chosen is not None
    assert chosen.hit is not None
    assert chosen.hit.snippet.text.startswith("河东县要办好")
    press(searching, Qt.Key.Key_Return)
    be_back(window, qtbot)
    assert window.session is not None
    assert window.session.document is not None
    assert window.session.document.source == "另一次会议.txt"
    assert window.page.view.selection == (0, 3)


def test_enter_leads_to_the_annotation(window: MainWindow, searching: SearchDialog, qtbot: QtBot) -> None:
    type_(qtbot, searching, "智慧港口")
    press(searching, Qt.Key.Key_Return)
    be_back(window, qtbot)
    assert window.current is not None
    assert window.current.text == "加快建设智慧港口"
    assert window.page.view.selection is None


def test_escape_leads_back_and_the_words_stay(
    window: MainWindow, searching: SearchDialog, qtbot: QtBot
) -> None:
    before = window.current
    type_(qtbot, searching, "教育")
    press(searching, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    be_back(window, qtbot)
    assert window.current is before
    QTest.keySequence(window.page.view, QKeySequence("Ctrl+F3"))  # the key without letters
    settle(qtbot, searching)
    assert searching.field.text() == searching.field.selectedText() == "教育"
    assert drawn(searching) == "另一次会议.txt\n→ speech 河东县要办好[教育]，实现GDP７％。"


def test_a_selection_is_what_is_looked_for(window: MainWindow, qtbot: QtBot) -> None:
    start = window.page.view.text.index("跨境电商")
    window.page.view.select(start, start + 4)
    QTest.keySequence(window.page.view, QKeySequence("Ctrl+Shift+F"))
    assert window.searching is not None
    settle(qtbot, window.searching)
    assert drawn(window.searching).startswith("会议.txt\n→ commitment ")


def test_only_speeches_or_only_annotations(searching: SearchDialog, qtbot: QtBot) -> None:
    type_(qtbot, searching, "GDP")
    for title, types in ("讲话", {"speech"}), ("条目", {"metric"}), ("全部", {"speech", "metric"}):
        button = next(one for one in searching._kinds.buttons() if one.text() == title)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        settle(qtbot, searching)
        assert {row.hit.type for row in searching.list.found.rows if row.hit is not None} == types


def test_what_has_changed_is_found_anew(window: MainWindow, searching: SearchDialog, qtbot: QtBot) -> None:
    type_(qtbot, searching, "486")
    press(searching, Qt.Key.Key_Return)
    be_back(window, qtbot)
    QTest.keySequence(window.page.view, QKeySequence("Return"))  # accept
    QTest.keySequence(window.page.view, QKeySequence("Ctrl+Shift+F"))
    settle(qtbot, searching)
    assert "→ metric " in drawn(searching)
    chosen = searching.list.chosen
    assert chosen is not None
    assert chosen.hit is not None
    assert (chosen.hit.state, chosen.hit.snippet.text[slice(*chosen.hit.snippet.marks[0])]) == (
        "accepted",
        "486",
    )


def test_a_project_that_is_closed_is_forgotten(
    window: MainWindow, searching: SearchDialog, qtbot: QtBot, project: Path
) -> None:
    type_(qtbot, searching, "教育")
    window.close_project()
    assert not searching.isVisible()
    assert (searching.field.text(), drawn(searching)) == ("", "")
    window.open_project(project)
    QTest.keySequence(window.page.view, QKeySequence("Ctrl+Shift+F"))
    type_(qtbot, searching, "路")
    assert searching.said == "1 处"


def test_what_a_screen_reader_says(searching: SearchDialog, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    type_(qtbot, searching, "1500亿元")
    assert searching.field.accessibleDescription() == (
        "承诺，建议，…2亿元，增长6.9%。明年力争跨境电商交易额突破1500亿元，新建5所学校。，第1区，会议.txt"
    )
    qtmodeltester.check(searching.list.found)


def test_it_is_there_with_a_project_only(open_window: Callable[[Path | None], MainWindow]) -> None:
    window = open_window(None)
    assert not window.items["search"].isEnabled()
    window.show_search()
    assert window.searching is None
