"""Imports in the window: what comes in and how, what the report says, what can be chosen in it."""

import gc
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from jiaozhu.model import Document, State
from jiaozhu.qt.drop_sign import DropSign
from jiaozhu.qt.encoding_dialog import EncodingDialog
from jiaozhu.qt.import_report import ImportReport
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.outcomes import Became
from jiaozhu.store import Store
from nameless import nameless
from ordinary import ordinary_user

Open = Callable[[Path | None], MainWindow]

#: Long enough to be known again: twelve clauses of their own.
SPEECH = "".join(
    f"第{number}项，{place}全年生产总值达到{number}00.{number}亿元，增长{number}.5%，新建学校{number}所。\n"
    for number, place in enumerate(("河东县", "河西区", "桥北镇", "山南乡", "海口市", "湖州市"), 1)
)
JAPANESE = "皆さん、こんにちは。今年の目標は七パーセントです。\n" * 6


def press(widget: QWidget, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until an import that was begun is over, and what follows it."""
    qtbot.waitUntil(lambda: window.task is None, timeout=60_000)


def bring_in(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    window.import_paths(paths)
    assert window.task is not None
    settled(window, qtbot)


def report_of(window: MainWindow) -> ImportReport:
    (report,) = window.findChildren(ImportReport)
    assert report.isVisible()
    return report


def listed(report: ImportReport) -> list[tuple[str, str]]:
    return [(one.source.shown, str(one.became)) for one in report.shown]


def button(parent: QWidget, text: str) -> QAbstractButton:
    QApplication.processEvents()  # what was just made is shown with the next events
    found = [
        one for one in parent.findChildren(QAbstractButton) if one.text().startswith(text) and one.isVisible()
    ]
    assert len(found) == 1, (text, [one.text() for one in parent.findChildren(QAbstractButton)])
    return found[0]


def go_to(report: ImportReport, name: str) -> None:
    """Choose a row by its keys, as a person would."""
    report.list.setFocus()
    press(report.list, "Home")
    names = [shown for shown, _ in listed(report)]
    press(report.list, "Down " * names.index(name))


def sources(window: MainWindow) -> list[str]:
    assert window.session is not None
    return [row.source for row in window.session.store.documents()]


@pytest.fixture
def empty(open_window: Open, tmp_path: Path) -> MainWindow:
    """A window on a project without documents."""
    window = open_window(None)
    assert window.open_project(tmp_path / "空.jiaozhu", create=True)
    return window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for files."""
    folder = tmp_path / "讲话"
    folder.mkdir()
    return folder


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_where_all_went_well_only_the_bottom_line_says_so(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "一.txt", SPEECH))
    assert empty.status.said == "导入了 1 个文档。"
    assert empty.findChildren(ImportReport) == []
    empty.items["import_report"].trigger()
    assert listed(report_of(empty)) == [("一.txt", "new")]


def test_the_report_lists_what_asks_for_something_first(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "原文.txt", SPEECH))
    write(folder / "转载.txt", "转载\n" + SPEECH)
    write(folder / "新.txt", "今年增长8%。")
    write(folder / "无字.txt", " \n")
    (folder / "表.xlsx").write_bytes(b"PK")
    bring_in(empty, qtbot, folder)
    report = report_of(empty)
    assert listed(report) == [
        ("转载.txt", "held"),
        ("无字.txt", "failed"),
        ("新.txt", "new"),
        ("表.xlsx", "skipped"),
        ("原文.txt", "skipped"),
    ]
    assert report.title.text() == "导入了 1 个文档，1 个相近待选择，跳过 2 个，失败 1 个。"
    assert all(one.sentence.endswith("。") for one in report.shown)
    button(report, "失败").click()
    assert listed(report) == [("无字.txt", "failed")]
    button(report, "复制报告").click()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == report.title.text()
    assert "失败\t无字.txt\t" in "\n".join(copied)
    assert len(copied) == 6
    press(report, "Esc")
    assert not report.isVisible()


@pytest.mark.parametrize(
    ("choice", "stored", "became"),
    [
        ("不导入", ["原文.txt"], "skipped"),
        ("两份都留", ["原文.txt", "转载.txt"], "new"),
        ("作为新版本", ["转载.txt"], "version"),
    ],
)
def test_what_is_like_another_document_waits_for_a_choice(
    choice: str, stored: list[str], became: str, empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "原文.txt", SPEECH))
    press(empty.page.view, "Return")
    bring_in(empty, qtbot, write(folder / "转载.txt", "转载\n" + SPEECH))
    report = report_of(empty)
    assert listed(report) == [("转载.txt", "held")]
    assert "与“" in report.shown[0].sentence
    assert "相似 9" in report.shown[0].sentence
    assert not report.apply.isEnabled()
    chosen = button(report, choice)
    assert isinstance(chosen, QRadioButton)
    chosen.setFocus()
    QTest.keyClick(chosen, Qt.Key.Key_Space)
    report.apply.setFocus()
    QTest.keyClick(report.apply, Qt.Key.Key_Space)
    settled(empty, qtbot)
    assert listed(report) == [("转载.txt", became)]
    assert not report.apply.isVisible()
    # An earlier version stays in the project, and leaves the list of documents.
    assert [source for source in sources(empty) if source in stored] == stored
    if became == "version":
        assert report.shown[0].sentence.endswith("沿用 1 个决定。")


def test_one_choice_can_be_made_for_all_that_are_alike(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    bring_in(empty, qtbot, write(folder / "原文.txt", SPEECH))
    several = [write(folder / f"转载{number}.txt", f"转载{number}\n{SPEECH}") for number in range(3)]
    bring_in(empty, qtbot, *several)
    report = report_of(empty)
    same = button(report, "3 个相近的都这样")
    assert not same.isEnabled()
    button(report, "两份都留").click()
    same.click()
    report.apply.click()
    settled(empty, qtbot)
    assert {became for _, became in listed(report)} == {"new"}
    assert len(sources(empty)) == 4


def test_decisions_that_could_not_be_carried_over_are_listed_and_lead_to_the_document(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    file = write(folder / "报告.txt", SPEECH)
    bring_in(empty, qtbot, file)
    press(empty.page.view, "Return Return Return")
    assert empty.session is not None
    decided = [one.text for one in empty.session.annotations if one.state is State.ACCEPTED]
    write(file, SPEECH.replace(decided[0], "若干", 1))
    bring_in(empty, qtbot, file)
    report = report_of(empty)
    assert listed(report) == [("报告.txt", "version")]
    (lost,) = report.details.findChildren(QListWidget)
    assert [lost.item(row).text() for row in range(lost.count())] == [f"已采纳　{decided[0]}"]
    assert report.shown[0].sentence.endswith("沿用 2 个决定，1 个未能沿用。")
    before = empty.session.document
    QTest.mouseClick(
        lost.viewport(), Qt.MouseButton.LeftButton, pos=lost.visualItemRect(lost.item(0)).center()
    )
    after = empty.session.document
    assert before is not None
    assert after is not None
    assert (after.id, after.replaces) == (report.shown[0].document, before.id)


def test_an_encoding_can_be_chosen_by_what_the_file_begins_with(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "日文.txt", JAPANESE, "shift_jis"))
    report = report_of(empty)
    assert listed(report) == [("日文.txt", "failed")]
    assert "--" not in report.shown[0].sentence
    button(report, "选择编码").click()
    (dialog,) = report.findChildren(EncodingDialog)
    qtbot.waitUntil(lambda: bool(dialog.encodings))
    shown = []
    for _ in dialog.encodings:
        shown.append(dialog.preview.toPlainText().splitlines()[0])
        press(dialog.list, "Down")
    assert JAPANESE.splitlines()[0] in shown
    dialog.list.setCurrentRow(shown.index(JAPANESE.splitlines()[0]))
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: empty.task is not None)
    settled(empty, qtbot)
    assert listed(report) == [("日文.txt", "new")]
    assert empty.session is not None
    document = empty.session.store.document(report.shown[0].document or "")
    assert document.text.startswith("皆さん")
    qtbot.waitUntil(lambda: report.findChildren(EncodingDialog) == [])


def test_a_project_is_closed_while_an_encoding_is_being_chosen(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "日文.txt", JAPANESE * 999, "shift_jis"))
    button(report_of(empty), "选择编码").click()
    assert empty.close()
    assert QApplication.activeModalWidget() is None


def test_a_file_that_no_encoding_can_read_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    from jiaozhu.qt.outcomes import Source

    damaged = tmp_path / "坏.txt"
    damaged.write_bytes("增长百分之七，".encode() * 9 + b"\xff\x00\xff")
    dialog = EncodingDialog(Source(str(damaged)), window)
    dialog.open()
    qtbot.waitUntil(lambda: "试读" not in dialog.said.text())
    assert dialog.encodings or "另存为 UTF-8" in dialog.said.text()
    gone = EncodingDialog(Source(str(tmp_path / "没有.txt")), window)
    gone.open()
    qtbot.waitUntil(lambda: "找不到文件" in gone.said.text())
    assert not gone.take.isEnabled()
    press(gone, "Esc")
    press(dialog, "Esc")


def test_a_file_that_failed_can_be_tried_again_and_one_left_out_be_imported_by_itself(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    file = write(folder / "一.txt", " ")
    write(folder / "记录.jsonl", "{}")
    bring_in(empty, qtbot, folder)
    report = report_of(empty)
    assert listed(report) == [("一.txt", "failed"), ("记录.jsonl", "skipped")]
    write(file, SPEECH)
    button(report, "再试一次").click()
    settled(empty, qtbot)
    assert listed(report) == [("一.txt", "new"), ("记录.jsonl", "skipped")]
    go_to(report, "记录.jsonl")
    button(report, "单独导入").click()
    settled(empty, qtbot)
    assert listed(report) == [("记录.jsonl", "failed"), ("一.txt", "new")]
    assert "第 1 行不是记录" in report.shown[0].sentence


def test_a_day_that_is_none_is_told_with_the_way_out(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    text = f"河东县召开会议\n2024年10月16日 来源：河东日报\n1016日上午，县长讲话。\n{SPEECH}"
    bring_in(empty, qtbot, write(folder / "会议.txt", text))
    report = report_of(empty)
    (one,) = report.shown
    assert one.became is Became.NEW
    (doubt,) = one.doubts
    assert "1016日" in doubt
    assert "文档信息" in doubt
    button(report, "打开文档").click()
    assert empty.page.view.text.startswith("河东县召开会议")


def test_text_is_pasted_once_and_opened(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(SPEECH)
    press(window.page.view, "Ctrl+V")
    settled(window, qtbot)
    assert window.session is not None
    assert window.session.document is not None
    assert window.session.document.source.startswith("剪贴板 20")
    assert window.session.document.source.endswith(".txt")
    assert window.session.document.text == SPEECH.rstrip("\n")
    assert window.session.store.raw(window.session.document.id) == SPEECH.encode()
    window.page.open(window.session.store.documents()[0].id)
    press(window.page.view, "Shift+Ins")
    settled(window, qtbot)
    assert len(sources(window)) == 2
    assert window.session.document.source.startswith("剪贴板 20")
    assert window.status.said == "这些内容已在项目中，没有再导入一次。"


def test_files_are_pasted_as_files(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(write(folder / "甲.txt", SPEECH)))])
    files.setText("甲.txt")
    QApplication.clipboard().setMimeData(files)
    window.items["paste"].trigger()
    settled(window, qtbot)
    assert sources(window)[1:] == ["甲.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "剪贴板是空的"), ("  \n", "剪贴板是空的"), ("https://a.cn/x.html", "只有一个网址")],
)
def test_a_clipboard_with_nothing_to_import_says_so(text: str, said: str, window: MainWindow) -> None:
    QApplication.clipboard().setText(text)
    press(window.page.view, "Ctrl+V")
    assert window.task is None
    assert said in window.status.said


def test_a_picture_without_words_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    QApplication.clipboard().setImage(picture)
    press(window.page.view, "Ctrl+V")
    settled(window, qtbot)
    report = report_of(window)
    assert [became for _, became in listed(report)] == ["failed"]
    assert report.shown[0].source.shown.endswith(".png")


def test_where_one_types_pasting_is_typing(window: MainWindow) -> None:
    QApplication.clipboard().setText("河东")
    press(window, "Ctrl+L")
    field = window.page.queue.text
    assert isinstance(field, QLineEdit)
    QTest.keySequence(field, QKeySequence("Ctrl+V"))
    assert field.text() == "河东"
    assert window.task is None


def test_a_file_given_twice_is_imported_once(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    file = write(folder / "一.txt", SPEECH)
    bring_in(empty, qtbot, file, folder, file)
    assert empty.status.said == "导入了 1 个文档。"
    records = write(folder / "记录.jsonl", "")  # which of a folder are left out
    bring_in(empty, qtbot, folder, records, write(folder / "同样.txt", SPEECH))
    assert listed(report_of(empty)) == [("一.txt", "skipped"), ("同样.txt", "skipped")]


def test_a_folder_without_files_says_so(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    bring_in(empty, qtbot, folder)
    assert empty.status.said == "没有可以导入的文件；请检查文件夹，或直接选择文件。"
    assert empty.findChildren(ImportReport) == []


def test_names_that_break_lines_stand_in_one(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    try:
        file = write(folder / "a\nb\u202e.txt", " ")
    except OSError:
        pytest.skip("no such names here")
    bring_in(empty, qtbot, file)
    report = report_of(empty)
    assert listed(report) == [("a\ufffdb\ufffd.txt", "failed")]
    assert all("\n" not in str(report.model.data(report.model.index(0), role)) for role in (0, 3))


def test_a_file_that_may_not_be_read_is_listed_with_the_way_out(open_window: Open, qtbot: QtBot) -> None:
    window = open_window(None)
    with ordinary_user() as place:
        assert window.open_project(place / "a.jiaozhu", create=True)
        closed = write(place / "锁.txt", SPEECH)
        closed.chmod(0)
        bring_in(window, qtbot, closed, place / "没有.txt")
        closed.chmod(0o600)
    report = report_of(window)
    assert [one.became for one in report.shown] == [Became.FAILED, Became.FAILED]
    assert "没有权限" in report.shown[0].sentence
    assert "找不到文件" in report.shown[1].sentence


def test_a_cancelled_import_leaves_the_first_files_whole(
    open_window: Open, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    names = [f"{number:03}.txt" for number in range(120)]
    for name in names:
        write(folder / name, f"第{name}篇。{SPEECH * 3}".replace("县", name))
    project = tmp_path / "a.jiaozhu"
    window = open_window(None)
    window.open_project(project, create=True)
    window.import_paths([folder])
    task = window.task
    assert task is not None
    qtbot.waitUntil(lambda: len(task.report.outcomes) >= 3, timeout=60_000)
    task.cancel()
    settled(window, qtbot)
    said = window.status.said
    window.close()
    connection = sqlite3.connect(project)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    with Store(project) as store:
        stored = [row.source for row in store.documents()]
        assert all(store.annotations(row.id) for row in store.documents())
    became = [one.source.shown for one in task.report.outcomes]
    assert became == names[: len(became)]
    assert 3 <= len(became) < len(names)
    assert stored == [one.source.shown for one in task.report.outcomes if one.became is Became.NEW]
    assert said.endswith("其余已取消。")


def test_a_report_holds_no_documents(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for number in range(300):
        write(folder / f"{number}.txt", f"第{number}篇，增长{number}%。")
    bring_in(empty, qtbot, folder)
    assert len(empty.importing.report.outcomes) == 300  # type: ignore[union-attr]
    gc.collect()
    assert sum(isinstance(one, Document) for one in gc.get_objects()) < 10


def test_the_bottom_line_says_which_file_is_being_read(empty: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for number in range(40):
        write(folder / f"讲话{number}.txt", f"第{number}篇。" + SPEECH)
    empty.import_paths([folder])
    assert empty.task is not None
    with qtbot.waitSignal(empty.task.progressed, timeout=60_000) as shown:
        pass
    text, done, total = shown.args or ("", 0, 0)
    assert text.startswith(f"正在导入 {done}/{total}  讲话")
    assert total == 40
    settled(empty, qtbot)


def test_a_decision_that_an_import_held_up_is_saved_when_it_lets_go(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    assert window.session is not None
    with window.turn.taken(1):
        press(window.page.view, "Return")
        assert window.session.unsaved
    bring_in(window, qtbot, write(folder / "一.txt", SPEECH))
    assert not window.session.unsaved
    assert window.session.counts.accepted == 1


def test_a_project_closed_in_the_middle_of_an_import_keeps_its_report_to_itself(
    open_window: Open, tmp_path: Path, project: Path, folder: Path, qtbot: QtBot
) -> None:
    for number in range(60):
        write(folder / f"{number}.txt", f"第{number}篇。" + SPEECH)
    window = open_window(None)
    window.open_project(tmp_path / "a.jiaozhu", create=True)
    window.import_paths([folder, folder / "没有.txt"])
    assert window.open_project(project)
    qtbot.wait(50)
    assert window.task is None
    assert window.findChildren(ImportReport) == []
    window.items["import_report"].trigger()
    assert window.status.said == "打开项目以来还没有导入过。"


def drag(window: MainWindow, *paths: Path) -> QMimeData:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(9, 9), copy, files, left, none)
    QApplication.sendEvent(window, enters)
    assert enters.isAccepted()
    return files


def drop(window: MainWindow, *paths: Path) -> None:
    files = drag(window, *paths)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, files, left, none))


def test_while_files_are_dragged_the_window_says_what_will_be_done(
    window: MainWindow, project: Path, folder: Path
) -> None:
    (sign,) = window.findChildren(DropSign)
    assert not sign.isVisible()
    drag(window, folder)
    assert (sign.isVisible(), sign.word) == (True, "松开即导入")
    window.resize(1100, 700)
    assert sign.size() == window.size()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not sign.isVisible()
    drag(window, project)
    assert sign.word == "松开即打开项目"
    QApplication.sendEvent(window, QDragLeaveEvent())


def test_what_is_dropped_without_a_project_goes_into_a_new_one(
    open_window: Open, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    window = open_window(None)
    write(folder / "一.txt", SPEECH)
    target = tmp_path / "新项目.jiaozhu"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        (field,) = [one for one in dialog.findChildren(QLineEdit) if one.objectName() == "fileNameEdit"]
        field.setText(str(target))
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    drop(window, folder)
    qtbot.waitUntil(lambda: window.session is not None)
    settled(window, qtbot)
    qtbot.waitUntil(lambda: sources(window) == ["一.txt"])
    assert target.exists()


def test_every_control_of_the_report_and_of_the_encodings_has_a_name(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    bring_in(empty, qtbot, write(folder / "原文.txt", SPEECH))
    press(empty.page.view, "Return")
    write(folder / "转载.txt", "转载\n" + SPEECH)
    write(folder / "转载二.txt", "再转载\n" + SPEECH)
    write(folder / "日文.txt", JAPANESE, "shift_jis")
    bring_in(empty, qtbot, folder)
    report = report_of(empty)
    button(report.details, "两份都留")
    assert nameless(report) == []
    go_to(report, "日文.txt")
    button(report, "选择编码").click()
    (dialog,) = report.findChildren(EncodingDialog)
    assert nameless(dialog) == []
    press(dialog, "Esc")
    # All that can be done can be reached with Tab.
    reached: set[QWidget | None] = set()
    report.activateWindow()
    qtbot.waitUntil(report.isActiveWindow)
    report.list.setFocus()
    qtbot.waitUntil(report.list.hasFocus)
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    wanted = [one for one in report.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    assert {*wanted, report.list} <= reached


def test_what_has_come_in_can_be_reviewed_while_the_rest_comes(
    empty: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    for number in range(400):
        write(folder / f"{number:03}.txt", f"第{number}篇。" + SPEECH.replace("县", f"{number}号县"))
    empty.import_paths([folder])
    task = empty.task
    assert task is not None
    session = empty.session
    assert session is not None
    qtbot.waitUntil(lambda: session.document is not None, timeout=60_000)
    assert empty.task is task
    press(empty.page.view, "Return")
    qtbot.waitUntil(lambda: not session.unsaved and session.counts.accepted == 1, timeout=60_000)
    task.cancel()
    settled(empty, qtbot)
    assert session.counts.accepted == 1
