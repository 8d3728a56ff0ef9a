"""The window's backups: one a day beside the work, a list of them, and a project taken elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import dialogs
from jiaozhu.qt.jobs import Job
from jiaozhu.store import Store, StoreError, backups
from jiaozhu.store.backups import Occasion

if TYPE_CHECKING:
    from jiaozhu.qt.main_window import MainWindow


class DailyBackup(QObject):
    """Backs the open project up in a thread if the last time is more than a day ago."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None

    def begin(self) -> None:
        """Look whether a backup is due, and make it."""
        session = self._window.session
        path = session.store.path if session is not None else None
        if path is None or self._job is not None:
            return
        job = self._job = Job(lambda: self._work(path, job), self)
        job.made.connect(lambda _made: job.taken())
        job.failed.connect(self._window.status.remark)
        job.finished.connect(self._on_finished)
        job.start()

    def stop(self) -> None:
        """Give it up: the project is being closed."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
            self._job = None

    @property
    def is_running(self) -> bool:
        """Whether it is being made."""
        return self._job is not None

    def _work(self, path: Path, job: Job) -> Iterator[object]:
        if backups.is_due(path):
            backups.make(path, Occasion.DAILY, is_cancelled=lambda: job.is_cancelled)
        yield None

    def _on_finished(self) -> None:
        self._job = None


def restore(window: MainWindow, backup: Path) -> None:
    """Bring the project of the window back to a backup; how it was is kept among the backups."""
    path = window.session.store.path if window.session is not None else None
    if path is None or not window.is_saved():
        return
    window.close_project()
    try:
        aside = backups.restore(path, backup)
    except StoreError as error:
        dialogs.tell_problem(window, _("没有恢复"), str(error))
        aside = None
    if window.open_project(path) and aside is not None:
        window.status.remark(_("已恢复；恢复前的项目在备份中：{name}").format(name=aside.name))


def save_as(window: MainWindow, target: Path) -> None:
    """Take the project to another place and go on there, with a decision that could not be saved here."""
    session = window.session
    if session is None or session.store.path is None:
        return
    waiting = session.unsaved
    try:
        backups.make(session.store.path, Occasion.ASKED, to=target)
        if waiting:
            with Store(target) as store:
                store.record(waiting)
    except StoreError as error:
        dialogs.tell_problem(window, _("没有另存"), str(error))
        return
    session.discard()  # it is saved, there
    if window.open_project(target):
        window.status.remark(_("已另存为 {name}，此后在这里工作。").format(name=target.name))
