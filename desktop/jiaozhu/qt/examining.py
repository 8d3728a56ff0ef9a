"""The doctor in the window: a project is looked through in a thread, and what is wrong is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt.tasks import Task
from jiaozhu.review.examination import examine
from jiaozhu.store import Fault, Rule, StoreError

#: How often the window looks how far it is, in milliseconds.
_LOOK = 100


class Examination(Task):
    """Looks through a project; it is only read."""

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(self._work, parent)
        self._project = project
        self._now = 0, 0  # how many documents were looked at; the thread writes, the window looks
        self._found: list[Fault] | None = None
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(lambda: self.progressed.emit(_("正在检查项目"), *self._now))
        self._job.started.connect(self._clock.start)
        self._job.finished.connect(self._clock.stop)

    def summarise(self) -> None:
        """Say how many faults there are; each is a line of the report."""
        if self._found is None:
            self.report.sentence = _("没有检查完。")
            return
        faults = [fault for fault in self._found if fault.rule is not Rule.HINT]
        if not faults:
            self.report.sentence = _("项目完好。")
            return
        count = len(faults)
        self.report.problems += [fault.sentence for fault in faults]
        self.report.sentence = ngettext(
            "项目有 {count} 处错误；用 jiaozhu check --repair 修复，或从备份恢复。",
            "项目有 {count} 处错误；用 jiaozhu check --repair 修复，或从备份恢复。",
            count,
        ).format(count=count)

    def _work(self) -> Iterator[object]:
        self._found = examine(self._project, self._see)
        yield None

    def _see(self, done: int, total: int) -> None:
        self._now = done, total
        if self._job.is_cancelled:
            raise StoreError(_("没有检查完。"))
