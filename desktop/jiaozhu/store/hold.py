"""One window at a time on a project: a lock that dies with the program that holds it.

The lock is on a small file beside the project, as SQLite's own files are. The system gives it up when
the program ends, however it ends, so that nobody has to remove anything by hand. It is advice: import,
export and backup from the command line pass by, and SQLite keeps them apart.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

_guard = Lock()
#: What this program holds: the open file, and how often. Closing another handle would give the lock up.
_held: dict[str, tuple[int, int]] = {}


class Hold:
    """A project held for this program."""

    def __init__(self, name: str) -> None:
        self._name: str | None = name

    def release(self) -> None:
        """Give it up; once is enough."""
        with _guard:
            if self._name is None:
                return
            handle, count = _held.pop(self._name)
            if count > 1:
                _held[self._name] = handle, count - 1
            else:
                # The file goes before the lock: who gets the lock finds out that it is another file's.
                if sys.platform != "win32":
                    _remove(self._name)
                os.close(handle)
                if sys.platform == "win32":  # an open file can't be removed there
                    _remove(self._name)
            self._name = None


def hold(project: Path) -> Hold | None:
    """Hold a project for this program; return None if another one holds it.

    Raises OSError if there can be no file beside the project.
    """
    name = os.path.realpath(project) + "-lock"
    with _guard:
        if name in _held:
            handle, count = _held[name]
            _held[name] = handle, count + 1
            return Hold(name)
        while True:
            handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o666)
            if not _lock(handle):
                os.close(handle)
                return None
            if sys.platform == "win32" or _is_there(name, handle):
                _held[name] = handle, 1
                return Hold(name)
            os.close(handle)  # the one who held it has just removed it


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        # Not flock: a process that was forked would go on holding it.
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True  # no locks on this file system: SQLite has none there either
        return True


def _is_there(name: str, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(name), os.fstat(handle))
    except FileNotFoundError:
        return False


def _remove(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)
