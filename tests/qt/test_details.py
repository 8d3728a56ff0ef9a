"""What is known of a document in the right pane: corrected in place, its doubts, versions, dropped pieces."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton

from jiaozhu.model import Box, Document, Doubt, Dropped, Extraction, Metadata
from jiaozhu.qt import labels
from jiaozhu.qt.details import Details
from jiaozhu.qt.details_dropped import DroppedModel, visible
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.reading import content
from jiaozhu.store import Store
from sketch import sketch

TEXT = "去年实现GDP⟦486亿元⟧，增长⟦7%⟧。" + "平" * 900 + "。\n" + "李四：达到⟦8%⟧。"
DROPPED = (
    Dropped("12", content.PAGE_NUMBER, 10, 12),
    Dropped("13", content.PAGE_NUMBER, 910, 912),
    Dropped("\u200b\u200b", content.INVISIBLE, 20, 22),
    Dropped("删去的话", content.DELETED),
)


def made() -> tuple[Document, Extraction]:
    """Return a document of two pages, about which not all is certain."""
    document, extraction = sketch(TEXT, source="会议.txt")
    second = document.text.index("\n")
    boxes = (Box(0, 1, 0, 0, 1, 1), Box(second, 2, 0, 0, 1, 1))
    doubts = (Doubt(content.DATE, "1016日上午"), Doubt(content.ENCODING, "cp950"))
    return replace(document, boxes=boxes, dropped=DROPPED, doubts=doubts, title="旧标题"), extraction


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with that document alone."""
    path = tmp_path / "河东.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*made())
    return path


def press(window: MainWindow, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(window.page.view, QKeySequence(key))


def details(window: MainWindow) -> Details:
    found = window.page.aside.details
    assert found is not None
    return found


def type_into(window: MainWindow, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Go to a field with Tab, type over it, and end it with a key."""
    form = details(window).form
    editor = form.editor(name)
    for _step in range(9):
        if editor.hasFocus():
            break
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert editor.hasFocus()
    QTest.keySequence(editor, QKeySequence("Ctrl+A"))
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    for char in text:
        if char.isascii():
            QTest.keyClicks(editor, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(editor, chosen)
    QTest.keyClick(editor, key)


def is_in_sight(window: MainWindow, offset: int) -> bool:
    rect = window.page.view.rect_of(offset)
    return rect is not None and window.page.view.viewport().rect().contains(rect)


def metadata(window: MainWindow) -> Metadata:
    assert window.session is not None
    return window.session.outline.metadata


def test_keys_that_are_pressed_to_read_type_over_nothing(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "jk mc")
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert window.page.view.hasFocus()
    assert window.page.aside.is_card
    assert window.session is not None
    assert window.session.undo_title is None
    press(window, "Ctrl+D Ctrl+D")
    assert window.page.aside.is_card


def test_a_date_wrong_then_right(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    type_into(window, "date", "2024年13月2日")
    form = details(window).form
    assert form.problem("date") == "“2024年13月2日”不是日期；请写成 2025-12-31。"
    assert form.editor("date").hasFocus()
    assert metadata(window).date is None
    type_into(window, "date", "2024年10月16日")
    assert form.problem("date") == ""
    assert metadata(window).date == "2024-10-16"
    assert form.editor("date").hasFocus()
    assert window.status.said == "文档信息已保存。"
    assert details(window).history.split("　")[1] == "更正 日期 –→2024年10月16日"


def test_tab_records_a_field_and_goes_on(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    type_into(window, "title", "在大会上的讲话", Qt.Key.Key_Tab)
    assert metadata(window).title == "在大会上的讲话"
    assert details(window).form.editor("publisher").hasFocus()
    assert details(window).title == "在大会上的讲话"
    assert window.page.queue.model.at(0).name == "在大会上的讲话"
    type_into(window, "publisher", "河东日报", Qt.Key.Key_Tab)
    type_into(window, "date", "昨天", Qt.Key.Key_Tab)
    type_into(window, "url", "https://example.org/a", Qt.Key.Key_Return)
    form = details(window).form
    assert form.problem("date").startswith("“昨天”不是日期")  # and what was typed is still there
    assert form.editor("date").text() == "昨天"  # type: ignore[union-attr]
    type_into(window, "date", "", Qt.Key.Key_Return)
    assert metadata(window) == Metadata(
        id=metadata(window).id, title="在大会上的讲话", publisher="河东日报", url="https://example.org/a"
    )
    window.page.view.setFocus()
    press(window, "Ctrl+Z Ctrl+Z")
    assert (metadata(window).url, metadata(window).publisher) == (None, None)
    assert not window.page.aside.is_card  # what undo does is seen
    assert form.editor("publisher").text() == ""  # type: ignore[union-attr]


def test_a_window_with_a_wrong_value_stays_open(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    type_into(window, "url", "example", Qt.Key.Key_Tab)
    assert not window.close()
    assert details(window).form.problem("url").startswith("“example”不是网址")
    type_into(window, "url", "x", Qt.Key.Key_Escape)
    assert window.close()


def test_what_was_corrected_is_there_after_closing(
    open_window: Callable[[Path | None], MainWindow], project: Path
) -> None:
    first = open_window(project)
    press(first, "Ctrl+D")
    type_into(first, "title", "新标题")
    first.close()
    second = open_window(project)
    assert second.page.queue.model.at(0).name == "新标题"
    press(second, "Ctrl+D")
    assert details(second).title == "新标题"
    assert details(second).history.split("　")[1] == "更正 标题 旧标题→新标题"


def test_facts_doubts_and_what_was_dropped(window: MainWindow) -> None:
    assert (
        window.page.notice.said
        == "日期写作“1016日上午”，请核对。编码按 Big5 读取，不能完全确定，请核对文字。"
    )
    window.page.notice.link.click()
    sheet = details(window)
    assert sheet.doubts.splitlines() == [
        "日期写作“1016日上午”，请核对。",
        "编码按 Big5 读取，不能完全确定，请核对文字。",
    ]
    said = sheet.facts.accessibleDescription()
    assert said.startswith("文件名 会议.txt；编码 UTF-8；字数 ")
    assert "页数 2；讲话 2 篇；导入于 " in said
    assert sheet.dropped.counts == "页码\u00a02，不可见字符\u00a01，修订中删去\u00a01，共 10 字"
    model = sheet.dropped.model
    assert [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())] == [
        ["页码", "12", "第 11 字"],
        ["页码", "13", "第 911 字"],
        ["不可见字符", "U+200B U+200B", "第 21 字"],
        ["修订中删去", "删去的话", ""],
    ]


def test_a_date_that_was_corrected_is_no_doubt_any_more(window: MainWindow) -> None:
    press(window, "Ctrl+D")
    type_into(window, "date", "2024-10-16")
    assert "日期" not in window.page.notice.said + details(window).doubts
    window.page.view.setFocus()
    press(window, "Ctrl+Z")
    assert "日期写作" in window.page.notice.said
    assert "日期写作" in details(window).doubts


def test_a_dropped_piece_leads_to_its_place(window: MainWindow) -> None:
    window.resize(960, 560)
    press(window, "Ctrl+D")
    pieces = details(window).dropped
    assert not is_in_sight(window, 912)
    index = pieces.model.index(1, 1)
    QTest.mouseClick(
        pieces.list.viewport(), Qt.MouseButton.LeftButton, pos=pieces.list.visualRect(index).center()
    )
    assert is_in_sight(window, 912)
    assert not window.page.aside.is_card


def test_the_card_says_on_which_page_an_annotation_stands(window: MainWindow) -> None:
    assert window.page.card.page_number == "第 1 页"
    press(window, "Down Down")
    assert window.page.card.page_number == "第 2 页"


def test_an_earlier_version_is_not_listed_but_can_be_opened(
    open_window: Callable[[Path | None], MainWindow], project: Path
) -> None:
    old, _extraction = made()
    new, extraction = sketch(f"{TEXT}新增一句。", source="会议.txt")
    with Store(project) as store:
        store.add(replace(new, replaces=old.id, title="新标题"), extraction)
    window = open_window(project)
    assert window.session is not None
    assert window.page.queue.model.size == 1
    window.page.open(new.id)
    assert window.page.notice.said == ""
    press(window, "Ctrl+D")
    links = [one for one in details(window).findChildren(QPushButton) if one.isVisible()]
    assert [link.text()[:5] for link in links] == ["第 1 版"]
    links[0].click()
    assert window.session.document is not None
    assert window.session.document.id == old.id
    assert window.page.notice.said == "这是旧版，已由“新标题”替换。"
    assert window.page.queue.model.size == 1
    window.page.notice.link.click()
    assert window.session.document.id == new.id
    window.page.open(old.id)
    window.close()
    again = open_window(project)
    assert again.session is not None
    assert again.session.document is not None
    assert again.session.document.id == new.id


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12", "12"),
        ("\u200b", "U+200B"),
        ("a\u200bb", "a U+200B b"),
        (" 一\n二 ", "一 二"),
        ("\ufeff", "U+FEFF"),
    ],
)
def test_characters_that_nobody_sees_are_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_the_list_of_dropped_pieces_keeps_qts_rules() -> None:
    model = DroppedModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_pieces(DROPPED * 500)
    model.show_pieces(())


def test_every_reason_has_a_name() -> None:
    constants = [value for name, value in vars(content).items() if name.isupper() and isinstance(value, str)]
    assert set(labels.DROPPED) | {content.DATE, content.ENCODING} == set(constants)


def test_the_list_is_filtered_by_the_names_as_they_stand(window: MainWindow, project: Path) -> None:
    window.open_project(project)
    session, queue = window.session, window.page.queue
    assert session is not None
    queue.text.setText("旧标题")
    assert queue.model.shown == 1
    session.outline.describe(title="新标题")
    session.outline.rename("s1", speaker="王五")
    for text, shown in ("旧标题", 0), ("新标题", 1), ("王五", 1):
        queue.text.setText(text)
        assert queue.model.shown == shown, text
