"""Copies of a project in a folder beside it, and the way back to one.

The folder stands beside the project, not with the user's settings: it goes where the project goes, to
another machine or another reviewer, and whoever looks for a lost project finds it. Each copy is a whole
project that opens by itself, made by SQLite's online backup while others go on writing.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jiaozhu.i18n import gettext as _
from jiaozhu.store.database import StoreError, damaged, open_to_examine, open_to_restore, reading

#: So many of the newest are kept; of those before, the last of each month, for so many months.
NEWEST_KEPT, MONTHS_KEPT = 10, 6
#: When a project that has changed since is backed up again.
AGE = timedelta(days=1)
#: Pages that are copied between two looks whether it was cancelled.
_STEP = 2_000


class Occasion(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    ASKED = "asked"
    UPGRADE = "upgrade"  # before an older layout is changed
    MERGE = "merge"  # before a packet comes back
    REPAIR = "repair"
    RESTORE = "restore"  # what a restored backup has taken the place of


class Backup(NamedTuple):
    """A copy of the project as it was."""

    path: Path
    at: datetime  # UTC
    occasion: Occasion
    size: int  # bytes


class Difference(NamedTuple):
    """What a project and a backup of it do not have in common."""

    documents: int  # in the project alone
    decisions: int
    lost_documents: int  # in the backup alone
    lost_decisions: int


class CancelledError(StoreError):
    """A backup that was given up; nothing of it is left."""


def folder_of(project: Path) -> Path:
    """Return the folder with the backups of a project; it need not exist."""
    return project.with_name(f"{project.stem}.backups")


def listed(project: Path) -> list[Backup]:
    """Return the backups of a project, the newest first."""
    try:
        paths = sorted(folder_of(project).iterdir(), reverse=True)  # their names begin with the time
    except OSError:
        return []
    found = []
    for path in paths:
        if name := _NAME.fullmatch(path.name):
            with suppress(OSError, ValueError):  # it has just gone; a day that is none
                at = datetime.strptime(name["at"], _TIME).replace(tzinfo=UTC)
                found.append(Backup(path, at, Occasion(name["occasion"]), path.stat().st_size))
    return found


def is_due(project: Path, now: datetime | None = None) -> bool:
    """Return whether a project has changed since a backup that is older than a day."""
    newest = next(iter(listed(project)), None)
    if newest is None:
        return True
    changed = 0.0
    for path in project, project.with_name(project.name + "-wal"):
        with suppress(OSError):
            changed = max(changed, path.stat().st_mtime)
    return (now or datetime.now(UTC)) - newest.at > AGE and changed > newest.at.timestamp()


def make(
    project: Path,
    occasion: Occasion,
    *,
    to: Path | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Back a project up, into its folder unless another file is named; return the file.

    Older ones that are not kept are removed then. Raises StoreError if the project can't be read or is
    damaged, or the copy not written; then no other backup has changed. Raises CancelledError if it is
    given up.
    """
    if to is not None and any(to.with_name(to.name + suffix).exists() for suffix in ("-wal", "-lock")):
        raise _unwritable(to, _("正被使用"))
    target = to if to is not None else _place(project, occasion)
    with reading(project), closing(open_to_examine(project)) as db:
        _write(db.conn, target, project, is_cancelled)
    if to is None:
        _thin(project)
    return target


def differs(project: Path, backup: Path) -> Difference:
    """Return what a project and a backup of it do not have in common.

    Raises StoreError if one of them can't be read.
    """
    found = []
    for column, table in ("id", "documents"), ("uid", "decisions"):
        with closing(open_to_examine(project)) as now, closing(open_to_examine(backup)) as then:
            query = f"SELECT {column} FROM {table} ORDER BY {column}"
            with reading(project):
                here = (id_ for (id_,) in now.conn.execute(query))
                there = (id_ for (id_,) in then.conn.execute(query))
                found.append(_apart(here, there))
    (documents, lost_documents), (decisions, lost_decisions) = found
    return Difference(documents, decisions, lost_documents, lost_decisions)


def restore(project: Path, backup: Path) -> Path | None:
    """Bring a project back to a backup; return where it is now as it was, None if there was none.

    Raises StoreError if the backup is no sound project, or if the project can't be written: it is as it
    was then.
    """
    with reading(backup), closing(open_to_examine(backup)) as source:
        _see_that_sound(source.conn, backup)
        if not project.exists():
            has_log = project.with_name(project.name + "-wal").exists()
            aside = _put_aside(project) if has_log else None  # the log of another file would spoil this one
            _write(source.conn, project, backup, lambda: False)
            return aside
        try:
            aside = make(project, Occasion.RESTORE)
            with reading(project), closing(open_to_restore(project)) as target:
                # One transaction: who has the project open sees it as it was, then as it is.
                source.conn.backup(target)
        except StoreError as error:
            if not isinstance(error.__cause__, sqlite3.DatabaseError) or isinstance(
                error.__cause__, sqlite3.OperationalError
            ):
                raise
            aside = _put_aside(project)
            _write(source.conn, project, backup, lambda: False)
    return aside


def _place(project: Path, occasion: Occasion) -> Path:
    """Return a file for a new backup."""
    folder = folder_of(project)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error
    while True:
        path = folder / f"{datetime.now(UTC).strftime(_TIME)}-{occasion}.jiaozhu"
        if not path.exists():
            return path


_TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(rf"(?P<at>\d{{8}}T\d{{12}}Z)-(?P<occasion>{'|'.join(Occasion)})\.jiaozhu", re.ASCII)


def _write(source: sqlite3.Connection, target: Path, project: Path, is_cancelled: Callable[[], bool]) -> None:
    """Write a sound copy of a project into a file that is there whole, and on the disk, or not at all."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(source, draft, project, is_cancelled)
        with draft.open("r+b") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from error
    finally:
        for suffix in "", "-journal":
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: Path, project: Path, is_cancelled: Callable[[], bool]) -> None:
    """Write a sound copy of a project into a new file, which has no log beside it."""

    def look(_status: int, _left: int, _total: int) -> None:
        if is_cancelled():
            raise CancelledError(_("备份已取消。"))

    source.execute("BEGIN")  # a copy of one moment: what others write meanwhile does not begin it anew
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        try:
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                source.backup(copy, pages=_STEP, progress=look, sleep=0)
                copy.execute("PRAGMA journal_mode = DELETE")
                _see_that_sound(copy, project)
        except sqlite3.OperationalError as error:
            raise _unwritable(target, str(error)) from error
    finally:
        source.execute("ROLLBACK")


def _see_that_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError if a file is damaged: it must not take the place of a backup that is not."""
    (line,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if line != "ok":
        error = sqlite3.DatabaseError(line)
        raise damaged(path, error) from error


def _put_aside(project: Path) -> Path:
    """Move a project that SQLite can't read into the folder of its backups, with its log."""
    aside = _place(project, Occasion.RESTORE)
    for suffix in "-wal", "":
        with suppress(FileNotFoundError):
            project.with_name(project.name + suffix).replace(aside.with_name(aside.name + suffix))
    project.with_name(project.name + "-shm").unlink(missing_ok=True)
    return aside


def _thin(project: Path) -> None:
    """Remove backups that are neither among the newest nor the last of a month, and old halves of some."""
    months: set[str] = set()
    for backup in listed(project)[NEWEST_KEPT:]:
        month = backup.at.strftime("%Y-%m")
        if month in months or len(months) >= MONTHS_KEPT:
            with suppress(OSError):
                backup.path.unlink()
        months.add(month)
    for draft in folder_of(project).glob(".*.part*"):  # of a program that was killed
        with suppress(OSError):
            if datetime.now(UTC).timestamp() - draft.stat().st_mtime > AGE.total_seconds():
                draft.unlink()


def _apart(here: Iterator[str], there: Iterator[str]) -> tuple[int, int]:
    """Return how many of two ascending series are in one alone, and in the other."""
    only_here = only_there = 0
    one, other = next(here, None), next(there, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            only_here += 1
            one = next(here, None)
        elif one is None or other < one:
            only_there += 1
            other = next(there, None)
        else:
            one, other = next(here, None), next(there, None)
    return only_here, only_there


def _unwritable(path: Path, reason: str) -> StoreError:
    return StoreError(
        _("无法写入备份“{path}”（{reason}）；请腾出空间或检查权限，项目没有改动。").format(
            path=path, reason=reason
        )
    )
