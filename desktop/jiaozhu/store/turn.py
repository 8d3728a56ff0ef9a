"""Whose turn it is to write, among the threads of one program.

SQLite lets a writer that waits look in from time to time; one that writes again and again is hardly ever
met between two writes. Threads that share a turn get the project one after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turn:
    """Held by one thread at a time."""

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def taken(self, seconds: float) -> Iterator[bool]:
        """Wait for the turn so long at most and hold it in the block; give whether it was got."""
        is_mine = self._lock.acquire(timeout=seconds)
        try:
            yield is_mine
        finally:
            if is_mine:
                self._lock.release()
