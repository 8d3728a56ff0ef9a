"""Makes worklists beside the window: the ledger is read in a thread, and filtered and put in order in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiaozhu.qt.jobs import Job
from jiaozhu.qt.ledger_reading import LedgerReader, Reading
from jiaozhu.review.ledger import Ledger
from jiaozhu.review.worklist import Plan, make
from jiaozhu.store import LedgerMark


class WorklistReader(QObject):
    """Makes the list of the plan that was wanted last; at first of what was read first."""

    #: A Made.
    made = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledgers = LedgerReader(self)
        self._ledgers.read.connect(self._on_read)
        self._ledgers.failed.connect(self.failed)
        self._ledger: Ledger | None = None
        self._wanted: tuple[Plan, set[str]] | None = None
        self._job: Job | None = None
        self._again = False

    @property
    def is_reading(self) -> bool:
        """Whether there is more to come."""
        return self._ledgers.is_reading or self._job is not None

    def look(self, path: Path, mark: LedgerMark, plan: Plan, seen: set[str]) -> None:
        """Read what is new in the project, then make the list of a plan.

        `mark` tells how far the project has come, `seen` holds what was confirmed before.
        """
        self._wanted = plan, seen
        self._ledgers.look(path, mark)
        if not self._ledgers.is_reading:
            self._make()

    def forget(self) -> None:
        """Stop; the project is closed or there is another one."""
        self._ledgers.forget()
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._ledger = self._wanted = None
        self._again = False

    def _on_read(self, reading: Reading) -> None:
        self._ledger = reading.ledger
        self._make()

    def _make(self) -> None:
        if self._job is not None:
            self._again = True
            return
        if self._ledger is None or self._wanted is None:
            return
        ledger, (plan, seen) = self._ledger, self._wanted

        def work() -> Iterator[object]:
            yield make(ledger, plan, seen)

        self._again = False
        self._job = Job(work, self)
        self._job.made.connect(self._on_made)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_made(self, made: object) -> None:
        if self._job is None or self.sender() is not self._job:
            return  # of a project that is closed
        self._job.taken()
        if not self._again:  # else something else is wanted by now
            self.made.emit(made)

    def _on_finished(self) -> None:
        if self._job is None or self.sender() is not self._job:
            return
        self._job.deleteLater()
        self._job = None
        if self._again:
            self._make()
