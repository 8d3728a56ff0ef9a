"""Long work beside the window: a thread computes, the window's thread takes what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

from PySide6.QtCore import QObject, QSemaphore, QThread, Signal

#: How many results may wait for the window; then the work waits.
_WAITING = 4


class Job(QThread):
    """Runs through an iterator in a thread of its own; its items come out as signals, one by one.

    `made` is delivered in the window's thread; a receiver calls `taken` when it is done with an item.
    """

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], Iterator[object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = Event()
        self._room = QSemaphore(_WAITING)

    def run(self) -> None:
        """Do the work; what goes wrong comes out as one sentence."""
        try:
            for item in self._work():
                while not self._room.tryAcquire(1, 100):
                    if self._cancelled.is_set():
                        return
                if self._cancelled.is_set():
                    return
                self.made.emit(item)
        except Exception as error:  # a thread has nobody above it who could be told
            self.failed.emit(str(error) or type(error).__name__)

    def taken(self) -> None:
        """Make room for another item."""
        self._room.release()

    def cancel(self) -> None:
        """Stop after the item at hand."""
        self._cancelled.set()

    def drop(self) -> None:
        """Stop and wait for the end; nothing that it made is delivered any more."""
        self.made.disconnect()
        self.finished.disconnect()
        self.cancel()
        self.wait()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()
