"""Speeches corrected in the window, with real keys: split, merged, bounded, renamed, and taken back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.actions import ACTIONS
from jiaozhu.store import Store
from sketch import sketch

#: One speech that is two; then another one.
DRAWING = "各位代表：去年实现GDP⟦486亿元⟧，增长⟦7%⟧。\n李四：⟪力争明年翻番⟫，达到⟦8%⟧。"
ONE, TWO = "各位代表：去年实现GDP486亿元，增长7%。", "李四：力争明年翻番，达到8%。"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two speeches of nobody's, and a document that comes after it."""
    path = tmp_path / "河东.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING, source="会议.txt", region="第1区"))
        store.add(*sketch("别处增长⟦9%⟧。", source="别处.txt"))
    return path


def press(window: MainWindow, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(window.page.view, QKeySequence(key))


def type_and_enter(window: MainWindow, **fields: str) -> None:
    """Type over fields of the speech that is open, Chinese through the input method, then press Enter."""
    sheet = window.page.aside.speech
    assert sheet is not None
    for name, value in fields.items():
        editor = sheet.form.editor(name)
        editor.setFocus()
        QTest.keySequence(editor, QKeySequence("Ctrl+A"))
        for char in value:
            if char.isascii():
                QTest.keyClicks(editor, char)
            else:
                chosen = QInputMethodEvent()
                chosen.setCommitString(char)
                QApplication.sendEvent(editor, chosen)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def said(window: MainWindow) -> list[tuple[str | None, str, int]]:
    """Return who says what in each speech, and how many annotations are in it."""
    session = window.session
    assert session is not None
    assert session.document is not None
    return [
        (
            speech.speaker,
            session.document.text[speech.start : speech.end],
            sum(one.speech == speech.id for one in session.annotations),
        )
        for speech in session.outline.speeches
    ]


def put_caret(window: MainWindow, words: str) -> None:
    """Turn on the caret and move it in front of some words."""
    press(window, "F7")
    caret = window.page.view.caret
    assert caret is not None
    target = window.page.view.text.index(words)
    while caret.position != target:
        press(window, "Right" if caret.position < target else "Left")


BEFORE = [(None, ONE, 2), (None, TWO, 2)]
SPLIT = [(None, "各位代表：", 0), (None, ONE[5:], 2), (None, TWO, 2)]
NAMED = [SPLIT[0], ("李四", *SPLIT[1][1:]), SPLIT[2]]


def test_split_name_undo_and_redo(window: MainWindow) -> None:
    put_caret(window, "去年")
    press(window, "F9")
    assert said(window) == SPLIT
    assert window.status.said == "已拆分，2 条随之归入另一篇。"
    sheet = window.page.aside.speech
    assert sheet is not None
    assert sheet.form.editor("speaker").hasFocus()
    assert (sheet.title, sheet.form.editor("region").text()) == ("讲话人未定", "第1区")  # type: ignore[union-attr]
    type_and_enter(window, speaker="李四")
    assert said(window) == NAMED
    assert window.page.view.hasFocus()
    assert window.page.aside.is_card
    press(window, "Ctrl+Z")
    assert said(window) == SPLIT
    press(window, "Ctrl+Z")
    assert said(window) == BEFORE
    press(window, "Ctrl+Shift+Z Ctrl+Shift+Z")
    assert said(window) == NAMED


def test_a_speech_that_undo_takes_away_is_shown_no_longer(window: MainWindow) -> None:
    put_caret(window, "去年")
    press(window, "F9")
    assert not window.page.aside.is_card
    window.page.view.setFocus()
    press(window, "Ctrl+Z")
    assert said(window) == BEFORE
    assert window.page.aside.is_card


def test_a_split_that_the_disk_refuses_waits_and_is_done_later(window: MainWindow, project: Path) -> None:
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    put_caret(window, "去年")
    press(window, "F9")
    assert said(window) == BEFORE
    assert window.status.problem
    other.execute("ROLLBACK")
    other.close()
    (retry,) = [one for one in window.status.findChildren(QToolButton) if one.text() == "重试"]
    retry.click()
    assert said(window) == SPLIT


@pytest.mark.parametrize("key", ["D", "F9"])
def test_a_selection_says_where_to_split(window: MainWindow, key: str) -> None:
    start = window.page.view.text.index("去年")
    window.page.view.select(start, start + 2)
    press(window, key)
    assert said(window) == SPLIT


def test_else_the_paragraph_of_the_focus_begins_a_new_speech(window: MainWindow) -> None:
    press(window, "Alt+Shift+Down")
    assert len(said(window)) == 1
    press(window, "Down Down F9")
    assert said(window) == BEFORE


def test_merge_with_the_next_and_with_the_one_before(window: MainWindow) -> None:
    press(window, "Alt+Shift+Down")
    assert said(window) == [(None, f"{ONE}\n{TWO}", 4)]
    assert window.status.said == "已合并，2 条随之归入另一篇。"
    press(window, "Ctrl+Z")
    assert said(window) == BEFORE
    press(window, "Alt+Shift+Up")
    assert window.status.said == "这是第一篇讲话，前面没有可以合并的。"
    press(window, "Down Down Alt+Shift+Up")
    assert said(window) == [(None, f"{ONE}\n{TWO}", 4)]
    press(window, "Alt+Shift+Down")
    assert window.status.said == "这是最后一篇讲话，后面没有可以合并的。"


@pytest.mark.parametrize("key", ["P", "F4"])
def test_a_speech_is_renamed_and_its_region_is_that_of_its_metrics(window: MainWindow, key: str) -> None:
    press(window, f"Return Up {key}")
    type_and_enter(window, speaker="张三", office="县长", region="义乌市", date="2025年3月7日")
    session = window.session
    assert session is not None
    speech = session.outline.speeches[0]
    assert (speech.speaker, speech.office, speech.region, speech.date) == (
        "张三",
        "县长",
        "义乌市",
        "2025-03-07",
    )
    assert [getattr(one, "region", None) for one in session.annotations][:2] == ["第1区", "义乌市"]
    assert window.status.said == "讲话信息已保存，1 条未决指标的地区随之改变。"
    assert [one.state for one in session.annotations][:2] == [State.ACCEPTED, State.SUGGESTED]
    row = window.page.queue.model.at(1)
    assert row.name == "义乌市 · 张三"


def test_the_code_of_a_region_follows_what_is_typed(window: MainWindow) -> None:
    press(window, "P")
    sheet = window.page.aside.speech
    assert sheet is not None
    sheet.form.editor("region").setText("义乌市")  # type: ignore[union-attr]
    assert "地区代码 330782" in sheet.facts.accessibleDescription()
    sheet.form.editor("region").setText("无此地")  # type: ignore[union-attr]
    assert "地区代码 没有这个地名" in sheet.facts.accessibleDescription()


def test_a_wrong_date_is_explained_and_nothing_changes(window: MainWindow) -> None:
    press(window, "P")
    type_and_enter(window, date="2025-13-01")
    sheet = window.page.aside.speech
    assert sheet is not None
    assert sheet.form.problem("date") == "“2025-13-01”不是日期；请写成 2025-12-31。"
    assert sheet.form.editor("date").hasFocus()
    press_escape = sheet.form.editor("date")
    QTest.keyClick(press_escape, Qt.Key.Key_Escape)
    assert window.page.view.hasFocus()
    assert window.session is not None
    assert window.session.undo_title is None


@pytest.mark.parametrize("key", ["Shift+S", "Shift+F8"])
def test_a_speech_gets_the_bounds_of_the_selection(window: MainWindow, key: str) -> None:
    window.page.view.select(5, len(ONE))
    press(window, key)
    assert said(window) == [(None, ONE[5:], 2), (None, TWO, 2)]
    assert window.status.said == "范围已改变。"
    press(window, "Ctrl+Z")
    window.page.view.select(14, len(ONE))
    press(window, key)
    assert "486亿元" in window.status.said
    assert said(window) == BEFORE


@pytest.mark.parametrize("key", ["A", "Shift+F9"])
def test_a_selection_becomes_a_speech(window: MainWindow, key: str) -> None:
    press(window, key)
    assert window.status.said == "请先选中文字。"
    window.page.view.select(5, len(ONE))
    press(window, key)
    assert said(window) == SPLIT
    type_and_enter(window, speaker="李四")
    assert said(window) == NAMED


def test_a_click_on_the_strip_opens_the_speech(window: MainWindow) -> None:
    view = window.page.view
    session = window.session
    assert session is not None
    for speech in session.outline.speeches:
        rect = view.rect_of(speech.start)
        assert rect is not None
        at = QPoint(rect.left() + 30, rect.top() - 20)
        strip = view.speech_at(at)
        assert strip is not None
        assert strip.id == speech.id
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert window.page.aside.speech_id == speech.id
    assert view.speech_at(QPoint(rect.left() + 30, rect.center().y())) is None
    metric = view.rect_of(view.text.index("7%"))
    assert metric is not None
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=metric.center())
    assert window.page.aside.is_card  # on with the annotations


def menu_at(window: MainWindow, at: QPoint) -> QMenu:
    view = window.page.view
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), asked)
    menu = window.page.findChildren(QMenu)[-1]
    assert [item.text() for item in menu.actions()][:2] == ["编辑讲话信息", "在此处拆分讲话"]
    return menu


def choose(menu: QMenu, title: str, qtbot: QtBot) -> None:
    (item,) = [item for item in menu.actions() if item.text() == title]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(item).center())


def test_the_menu_of_a_strip_is_about_its_speech(window: MainWindow, qtbot: QtBot) -> None:
    rect = window.page.view.rect_of(len(ONE) + 1)
    assert rect is not None
    strip = QPoint(rect.left() + 30, rect.top() - 20)
    choose(menu_at(window, strip), "与上一篇合并", qtbot)
    assert said(window) == [(None, f"{ONE}\n{TWO}", 4)]
    qtbot.waitUntil(lambda: window.page._pointed is None)


def test_the_menu_of_a_place_splits_at_its_sentence(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Alt+Shift+Down")
    rect = window.page.view.rect_of(window.page.view.text.index("翻番"))
    assert rect is not None
    choose(menu_at(window, rect.center()), "在此处拆分讲话", qtbot)
    assert said(window) == BEFORE


def test_strips_say_who_speaks_what_is_not_known_is_said(window: MainWindow) -> None:
    from jiaozhu.qt import speech_title

    session = window.session
    assert session is not None
    assert [speech_title.title(row) for row in session.speeches] == [
        "讲话人未定 · 第1区",
        "讲话人未定 · 第2区",
    ]
    session.outline.rename("s1", speaker="李四", office="县长", date="2025-03-07")
    assert speech_title.title(session.speeches[0]) == "李四 · 县长 · 第1区 · 2025年3月7日"


def test_letters_have_aliases_that_no_input_method_takes() -> None:
    ours = [action for action in ACTIONS if action.group == "讲话"]
    assert len(ours) == 7
    for action in ours:
        letters = [key for key in action.keys if len(key.removeprefix("Shift+")) == 1]
        assert len(letters) < len(action.keys)


def test_a_journey_survives_closing(open_window: Callable[[Path | None], MainWindow], project: Path) -> None:
    first = open_window(project)
    put_caret(first, "去年")
    press(first, "D")
    type_and_enter(first, speaker="李四")
    press(first, "Escape Return")
    drawn = said(first)
    first.close()
    second = open_window(project)
    assert said(second) == drawn == NAMED
    press(second, "Up Down P")
    sheet = second.page.aside.speech
    assert sheet is not None
    assert sheet.title == "李四"
    assert [line.split("　")[1] for line in sheet.history.splitlines()] == ["更正 讲话人 –→李四", "新增"]
