"""The doctor: looks through a project file, and puts right what follows from the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.store.check import Progress, check
from jiaozhu.store.database import StoreError, open_to_examine, open_to_repair, reading, snapshot
from jiaozhu.store.faults import Fault
from jiaozhu.store.migrations import NEWEST, upgrade
from jiaozhu.store.repair import repair


def examine(path: Path, progress: Progress = lambda done, total: None) -> list[Fault]:
    """Return what is wrong with a project; nothing is written.

    One of an older layout is looked through as it would be after it is opened. Raises StoreError if the
    file is no project, or is newer than the program.
    """
    with reading(path), _opened(path) as db, snapshot(db):
        return list(check(db, progress))


def cure(path: Path, faults: list[Fault], *, timeout: float = 5.0) -> list[Fault]:
    """Put right those faults that are curable, and return what is wrong then.

    It is done on a copy first; only if that is better for it, it is done to the project, in one transaction:
    what another program records meanwhile is kept. Raises StoreError, nothing having changed, otherwise.
    """
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder, reading(path):
        copy = Path(folder, "copy")
        _copy(path, copy)
        with _closing(open_to_repair(copy)) as db:
            repair(db, faults)
        if any(fault.is_curable for fault in examine(copy)):
            raise StoreError(_("项目“{path}”修复后仍有错误，没有改动；请从备份恢复。").format(path=path))
        with _closing(open_to_repair(path, timeout=timeout)) as db:
            repair(db, faults)
    return examine(path)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """Yield the database of a project, or of an upgraded copy of it."""
    with _closing(open_to_examine(path)) as db:
        (version,) = db.conn.execute("PRAGMA user_version").fetchone()
        if version == NEWEST:
            yield db
            return
        with TemporaryDirectory() as folder, _closing(Database(Path(folder, "copy"))) as copy:
            db.conn.backup(copy.conn)
            copy.conn.isolation_level = None
            upgrade(copy)
            yield copy


@contextmanager
def _closing(db: Database) -> Iterator[Database]:
    try:
        yield db
    finally:
        db.close()


def _copy(path: Path, target: Path) -> None:
    with _closing(open_to_examine(path)) as db, _closing(Database(target)) as copy:
        db.conn.backup(copy.conn)
