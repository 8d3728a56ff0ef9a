"""The window around the text: menus, keys, names for screen readers, bad days, imports."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.paths import sample_docs
from jiaozhu.qt import app, memory, theme
from jiaozhu.qt.actions import MENUS
from jiaozhu.qt.command_list import CommandList
from jiaozhu.qt.import_report import ImportReport
from jiaozhu.qt.key_sheet import KeySheet
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.text import Text
from jiaozhu.review.actions import ACTIONS, ReviewAction
from jiaozhu.store import Store
from nameless import nameless
from sketch import sketch

Open = Callable[[Path | None], MainWindow]


def press(widget: QWidget, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


def test_every_control_has_a_name(window: MainWindow) -> None:
    window.page.card.edit()
    window.status.show_task("…", 1, 2)
    window.page.show_details()
    assert window.session is not None
    window.page.edit_speech(window.session.outline.speeches[0].id)
    assert nameless(window) == []


def test_every_control_of_the_start_page_and_the_key_sheet_has_a_name(open_window: Open) -> None:
    window = open_window(None)
    press(window, "F1")
    assert nameless(window) == []


def test_every_action_is_in_one_menu_and_in_the_key_sheet(window: MainWindow, qtbot: QtBot) -> None:
    found = [
        item.objectName()
        for menu in window.menuBar().actions()
        for item in menu.menu().actions()  # type: ignore[union-attr]
    ]
    assert sorted(found) == sorted(action.id for action in ACTIONS)
    assert {action.group for action in ACTIONS} == set(MENUS)
    press(window, "F1")
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    said = {text.text() for text in sheet.findChildren(Text)}
    assert {action.title for action in ACTIONS} <= said


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_an_action_says_what_it_does(action: ReviewAction) -> None:
    assert action.help.endswith("。")
    assert all(not QKeySequence(key).isEmpty() for key in action.keys)


def test_holding_a_key_decides_once(window: MainWindow) -> None:
    assert not window.items["accept"].autoRepeat()
    assert not window.items["reject"].autoRepeat()
    assert window.items["start_left"].autoRepeat()


def test_without_a_project_the_window_says_what_to_do(open_window: Open) -> None:
    window = open_window(None)
    shown = [button.text() for button in window.findChildren(QPushButton) if button.isVisible()]
    assert shown == ["打开项目", "新建项目", "打开示例"]
    assert not window.items["accept"].isEnabled()
    assert not window.items["import_files"].isEnabled()
    press(window, "Return Backspace Ctrl+Z M")


def test_a_project_without_documents_says_what_to_do(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "新.jiaozhu"
    window = open_window(None)
    assert window.open_project(path, create=True)
    shown = [button.text() for button in window.page.findChildren(QPushButton) if button.isVisible()]
    assert shown == ["导入文件", "导入文件夹"]
    assert window.windowTitle() == "新 — 校注"


def test_a_document_without_annotations_says_how_to_add_one(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("没有数字。"))
    window = open_window(path)
    assert "按 M 新增指标" in window.page.card.empty_text
    press(window.page.view, "Return Down Left E Ctrl+Return")


def test_a_project_that_cannot_be_opened_leaves_the_other_one_open(
    window: MainWindow, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.jiaozhu"
    bad.write_bytes(b"no database" * 99)
    assert not window.open_project(bad)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "坏.jiaozhu" in box.text()
    assert window.session is not None
    press(window.page.view, "Return")
    assert window.session.counts.accepted == 1


def test_a_decision_that_cannot_be_written_is_not_shown_as_saved(window: MainWindow, project: Path) -> None:
    assert window.session is not None
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window.page.view, "Return")
    assert window.session.counts.accepted == 0
    buttons = {
        button.text(): button for button in window.status.findChildren(QToolButton) if button.isVisible()
    }
    assert set(buttons) == {"重试", "另存为…", "放弃这一步"}
    assert window.status.problem
    press(window.page.view, "Backspace")  # nothing else until that is settled
    assert window.session.counts.rejected == 0
    buttons["重试"].click()
    assert window.session.counts.accepted == 0
    other.execute("ROLLBACK")
    other.close()
    buttons["重试"].click()
    assert window.session.counts.accepted == 1
    assert not window.status.problem
    assert window.status.saved.startswith("已保存 ")


def test_a_decision_that_cannot_be_written_can_be_given_up(window: MainWindow, project: Path) -> None:
    assert window.session is not None
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window.page.view, "Return")
    (give_up,) = [one for one in window.status.findChildren(QToolButton) if one.text() == "放弃这一步"]
    give_up.click()
    other.execute("ROLLBACK")
    other.close()
    press(window.page.view, "Backspace")
    assert (window.session.counts.accepted, window.session.counts.rejected) == (0, 1)


def test_the_window_stays_open_while_a_decision_is_not_saved(window: MainWindow, project: Path) -> None:
    other = sqlite3.connect(project, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    press(window.page.view, "Return")
    assert not window.close()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "请重试，或放弃这一步" in box.text()
    box.close()
    other.execute("ROLLBACK")
    other.close()
    assert window.close()  # which tries once more
    with Store(project, read_only=True) as store:
        assert store.documents()[0].accepted == 1


def test_files_are_imported_beside_the_window(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(None)
    window.open_project(tmp_path / "a.jiaozhu", create=True)
    broken = tmp_path / "坏.txt"
    broken.write_bytes(bytes(range(256)) * 9)
    samples = sorted(sample_docs().glob("*.txt"))
    window.import_paths([*samples, broken])
    assert window.task is not None
    with qtbot.waitSignal(window.task.finished, timeout=60_000):
        window.import_paths(samples)  # one at a time
        assert window.status.said == "请等上一个任务完成，或先取消它。"
    assert window.session is not None
    assert len(window.session.store.documents()) == len(samples)
    assert window.session.document is not None
    assert window.current is not None
    assert window.status.said == f"导入了 {len(samples)} 个文档，失败 1 个。"
    report = window.findChild(ImportReport)
    assert report is not None
    assert [one.source.shown for one in report.shown][:1] == ["坏.txt"]


def test_an_import_can_be_cancelled_and_the_project_closed_meanwhile(
    open_window: Open, tmp_path: Path
) -> None:
    window = open_window(None)
    window.open_project(tmp_path / "a.jiaozhu", create=True)
    window.import_paths(sorted(sample_docs().glob("*.txt")))
    window.close()
    with Store(tmp_path / "a.jiaozhu") as store:
        assert len(store.documents()) <= len(list(sample_docs().glob("*.txt")))


def test_the_window_follows_the_theme(window: MainWindow) -> None:
    try:
        for name in ("dark", "light"):
            window.perform(next(action for action in ACTIONS if action.id == name))
            paper = theme.current().paper
            assert theme.current() is theme.named(name)
            assert window.page.view.grab().toImage().pixelColor(5, 5) == paper
            assert memory.theme() == name
    finally:
        window.set_theme(None)


def test_the_text_can_be_made_larger_and_that_is_remembered(open_window: Open, project: Path) -> None:
    first = open_window(project)
    usual = first.page.view.size_of_text
    press(first, "Ctrl++ Ctrl++ Ctrl+-")
    assert first.page.view.size_of_text == usual + 1
    first.close()
    second = open_window(project)
    assert second.page.view.size_of_text == usual + 1
    press(second, "Ctrl+0")
    assert second.page.view.size_of_text == usual


def test_the_reviewer_is_named_in_decisions(open_window: Open, project: Path) -> None:
    memory.note_reviewer("王敏")
    window = open_window(project)
    press(window.page.view, "Return")
    assert window.session is not None
    document = window.session.document
    assert document is not None
    assert [one.reviewer for one in window.session.store.history(document.id, "metric", "m1")] == ["王敏"]


def test_settings_that_were_spoilt_by_hand_are_ignored(open_window: Open, project: Path, home: Path) -> None:
    file = home / "jiaozhu" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(
        json.dumps({"projects": [1, {"path": 2}, {"path": "x"}], "window": 5, "size_of_text": "a"})
    )
    window = open_window(project)
    assert memory.recent_projects() == [project]
    memory.restore_window(window, window.page)


def test_what_is_copied_is_the_selection_or_the_annotation(window: MainWindow) -> None:
    press(window.page.view, "Ctrl+C")
    assert QApplication.clipboard().text() == "486.2亿元"
    window.page.view.select(0, 2)
    press(window.page.view, "Ctrl+C")
    assert QApplication.clipboard().text() == "今年"


def test_a_window_is_drawn_into_a_picture(project: Path, tmp_path: Path) -> None:
    picture = tmp_path / "a" / "window.png"
    assert app.run(project, render=picture, size=(1280, 720)) == 0
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1280, 720)
    colours = {image.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 720, 7)}
    assert len(colours) > 20


def test_keys_work_under_every_pane(window: MainWindow) -> None:
    press(window, "Ctrl+1")
    assert window.page.queue.list.hasFocus()
    press(window.page.queue.list, "Ctrl+L")
    assert window.page.queue.text.hasFocus()
    QTest.keyClick(window.page.queue.text, Qt.Key.Key_Space)
    assert window.page.queue.text.text() == " "
    press(window.page.queue.text, "Ctrl+2")
    assert window.page.view.hasFocus()
    assert window.session is not None
    assert window.session.counts.decided == 0


def test_finding_selects_and_what_is_found_can_be_added(window: MainWindow) -> None:
    press(window.page.view, "Ctrl+F")
    field = window.page.find_bar.field
    assert field.hasFocus()
    field.setText("增长")
    assert window.page.find_bar.said == "1/2"
    press(field, "Return")
    assert window.page.find_bar.said == "2/2"
    press(field, "Return")
    assert window.page.find_bar.said == "1/2"
    press(field, "Shift+Return")
    assert window.page.find_bar.said == "2/2"
    field.setText("没有的话")
    assert window.page.find_bar.said == "没有找到"
    field.setText("12个")
    press(field, "Escape")
    assert window.page.view.hasFocus()
    press(window.page.view, "M")
    assert window.current is not None
    assert (window.current.text, window.current.state) == ("12个", State.ADDED)


def test_every_command_can_be_found_by_its_name_and_done(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Ctrl+K")
    commands = window.findChild(CommandList)
    assert commands is not None
    qtbot.waitUntil(commands.isActiveWindow)
    enabled = [action.id for action in ACTIONS if window.items[action.id].isEnabled()]
    assert commands.list.count() == len(enabled)
    commands.field.setText("驳回 当前")
    assert commands.list.count() == 1
    assert nameless(commands) == []
    press(commands.field, "Return")
    assert window.session is not None
    assert window.session.counts.rejected == 1


def test_files_are_dropped_onto_the_window(
    open_window: Open, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    def drop(window: MainWindow, path: Path) -> None:
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path))])
        move, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enters = QDragEnterEvent(QPoint(9, 9), move, files, left, none)
        QApplication.sendEvent(window, enters)
        assert enters.isAccepted()
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), move, files, left, none))

    window = open_window(None)
    text = tmp_path / "新.txt"
    text.write_text("今年工业增加值增长8.1%。", "utf-8")
    drop(window, project)
    qtbot.waitUntil(lambda: window.session is not None)
    assert window.session is not None
    drop(window, text)
    qtbot.waitUntil(lambda: window.task is not None)
    assert window.task is not None
    with qtbot.waitSignal(window.task.finished, timeout=60_000):
        pass
    assert len(window.session.store.documents()) == 2
