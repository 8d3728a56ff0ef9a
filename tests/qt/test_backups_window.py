"""Backups in the window: one a day in the background, the list, the way back, and another place to save."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from jiaozhu.qt import dialogs
from jiaozhu.qt.backup_list import BackupList
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.store import Store, backups
from jiaozhu.store.backups import Occasion


def decided(path: Path) -> int:
    with Store(path, read_only=True) as store:
        return sum(row.counts.decided for row in store.documents())


def opened(window: MainWindow) -> BackupList:
    window.items["backups"].trigger()
    (dialog,) = window.findChildren(BackupList)
    return dialog


def test_a_project_is_backed_up_once_a_day(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    for _ in range(2):
        window.daily_backup.begin()
        qtbot.waitUntil(lambda: not window.daily_backup.is_running)
        assert [backup.occasion for backup in backups.listed(project)] == [Occasion.DAILY]


def test_the_list_says_what_differs_and_brings_it_back(
    qtbot: QtBot, window: MainWindow, project: Path
) -> None:
    backups.make(project, Occasion.ASKED)
    window.session.accept()
    dialog = opened(window)
    qtbot.waitUntil(lambda: dialog.list.topLevelItem(0).text(3) == "此后新增 0 个文档、1 个决定")
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert decided(project) == 0
    assert window.session.counts.decided == 0
    assert "恢复前" in window.status.said
    (newest, _first) = backups.listed(project)
    assert (newest.occasion, decided(newest.path)) == (Occasion.RESTORE, 1)


def test_a_backup_is_made_from_the_list(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    dialog = opened(window)
    assert not dialog.restore.isEnabled()
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert dialog.list.topLevelItemCount() == 1
    assert dialog.restore.isEnabled()
    dialog.close()


def test_what_the_disk_refuses_is_saved_elsewhere(
    qtbot: QtBot, window: MainWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    session.store._db.execute("PRAGMA query_only = ON")  # a disk that takes nothing
    session.accept()
    assert session.unsaved
    target = project.with_name("别处.jiaozhu")
    monkeypatch.setattr(dialogs, "ask_copy", lambda parent, project: target)
    (button,) = (
        button for button in window.status.findChildren(QAbstractButton) if button.text() == "另存为…"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.store.path == target
    assert (decided(project), decided(target), window.session.counts.decided) == (0, 1, 1)
    assert not window.session.unsaved
    window.session.accept()
    assert decided(target) == 2


def test_a_window_holds_its_project_as_long_as_it_is_open(window: MainWindow, project: Path) -> None:
    assert project.with_name(project.name + "-lock").exists()
    window.close()
    assert not project.with_name(project.name + "-lock").exists()


def test_the_project_is_checked_in_the_window(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    window.items["check_project"].trigger()
    qtbot.waitUntil(lambda: window.status.said == "项目完好。")
    with Store(project) as store:
        store._db.execute("UPDATE overview SET rejected = 9")
    window.items["check_project"].trigger()
    qtbot.waitUntil(lambda: "1 处错误" in window.status.said)
    (box,) = window.findChildren(QMessageBox)
    assert "各状态的条数与决定不符" in box.detailedText()
    box.close()
