"""Reads from a project beside the window: a thread with a connection of its own, the latest wish counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiaozhu.qt.jobs import Job
from jiaozhu.store import Store

#: What is to be read: it yields what it finds, part by part.
Wish = Callable[[Store], Iterator[object]]


class ReadingAside(QObject):
    """Fulfils one wish at a time. One that comes meanwhile is fulfilled next, in place of all before it."""

    #: A part of what was wished last.
    found = Signal(object)
    failed = Signal(str)
    #: All of what was wished last has been found, or it failed.
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: tuple[Path, Wish] | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a wish is being fulfilled."""
        return self._job is not None

    def wish(self, project: Path, wish: Wish) -> None:
        """Read from a project; what was wished before is given up."""
        if self._job is not None:
            self._next = project, wish
            self._job.cancel()
            return

        def work() -> Iterator[object]:
            with Store(project, read_only=True) as store:
                yield from wish(store)

        self._job = Job(work, self)
        self._job.made.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def forget(self) -> None:
        """Give up what was wished, and wait for the thread: the project is being closed."""
        self._next = None
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
            self._job.finished.disconnect()
            self._job.deleteLater()
            self._job = None

    def _on_made(self, item: object) -> None:
        if self.sender() is self._job and self._job is not None:
            if not self._job.is_cancelled:
                self.found.emit(item)
            self._job.taken()

    def _on_failed(self, sentence: str) -> None:
        if self._job is not None and not self._job.is_cancelled:
            self.failed.emit(sentence)

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        if self._next is not None:
            project, wish = self._next
            self._next = None
            self.wish(project, wish)
        else:
            self.finished.emit()
