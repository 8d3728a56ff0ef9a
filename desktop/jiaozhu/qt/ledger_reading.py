"""Reads the ledger beside the window, with a connection of its own; at first what is seen first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiaozhu.qt.jobs import Job
from jiaozhu.qt.ledger_columns import COLUMNS, load_measures
from jiaozhu.review.ledger import Ledger
from jiaozhu.review.ledger.sorting import ranks
from jiaozhu.store import LedgerMark, LedgerRow, Store


@dataclass(frozen=True, slots=True)
class Reading:
    """A ledger, and how far the project had come then."""

    ledger: Ledger
    mark: LedgerMark


class LedgerReader(QObject):
    """Reads a project's ledger, and later on only the documents in which something has changed."""

    #: A Reading: a part of the ledger, or all of it.
    read = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._job: Job | None = None
        self._newest: Reading | None = None
        self._again = False

    def forget(self) -> None:
        """Stop; the project is closed or there is another one."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._path = self._newest = None
        self._again = False

    @property
    def is_reading(self) -> bool:
        """Whether there is more to come."""
        return self._job is not None

    def look(self, path: Path, mark: LedgerMark) -> None:
        """Read what is new since the last time; `mark` tells how far the project has come."""
        if self._job is not None:
            self._again = True
        elif path != self._path or self._newest is None or mark != self._newest.mark:
            self._path = path
            self._start(lambda: self._work(path, self._newest))

    def _start(self, work: Callable[[], Iterator[object]]) -> None:
        self._job = Job(work, self)
        self._job.made.connect(self._on_made)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_made(self, reading: Reading) -> None:
        if self._job is None or self.sender() is not self._job:
            return  # of a project that is closed
        self._newest = reading
        self._job.taken()
        self.read.emit(reading)

    def _on_finished(self) -> None:
        if self._job is None or self.sender() is not self._job:
            return
        self._job.deleteLater()
        self._job = None
        if self._again and self._path is not None and self._newest is not None:
            self._again = False
            path, newest = self._path, self._newest
            self._start(lambda: self._work(path, newest))

    # In the thread

    def _work(self, path: Path, known: Reading | None) -> Iterator[object]:
        with Store(path, read_only=True) as store:
            mark = store.ledger_mark()
            documents = store.ledger_documents()
            if known is not None and known.ledger.is_whole:
                if known.mark == mark:
                    return
                keys = store.ledger_changes(known.mark)
                ledger = known.ledger.extended(documents, store.ledger_rows(keys), instead_of=keys)
            else:
                parts = store.ledger_rows()
                begin = Ledger.read(documents, [next(parts, [])], is_whole=False)
                yield Reading(begin, LedgerMark())
                load_measures()
                ledger = begin.extended(documents, self._until_cancelled(parts))
            for column in COLUMNS:
                ranks(ledger, column.name)
            ledger.fold()
            yield Reading(ledger, mark)

    def _until_cancelled(self, parts: Iterator[list[LedgerRow]]) -> Iterator[list[LedgerRow]]:
        for part in parts:
            if self._job is None or self._job.is_cancelled:
                return
            yield part
