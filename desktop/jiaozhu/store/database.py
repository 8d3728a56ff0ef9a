"""One project file: opened with the settings that keep its promises, refused with a sentence otherwise."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec
from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.store.migrations import APPLICATION_ID, NEWEST, upgrade
from jiaozhu.store.shape import is_ours

#: The least that an SQLite file has, in bytes.
_HEADER = 100


class StoreError(Exception):
    """A project that can't be read or written; the text is one sentence for people."""


class ContentError(StoreError):
    """What is to be stored contradicts itself, its document or the project; nothing of it is stored."""


def open_database(
    path: Path | None,
    *,
    create: bool,
    read_only: bool,
    timeout: float,
    before_upgrade: Callable[[Path], object],
) -> Database:
    """Return the database of a project, brought up to this version; None is one in memory.

    `timeout` is how long, in seconds, another writer is waited for; `before_upgrade` is called with the
    path of a project of an older layout before that is changed. Raises StoreError; a file that is no
    project, or is newer than the program, has then only been looked at.
    """
    if path is None:
        return _prepare(sqlite3.connect(":memory:", isolation_level=None))
    fresh = _is_fresh(path, create)
    if not fresh:
        _look(path)
    if not fresh and not read_only and not _is_writable(path):
        raise _read_only(path)
    with reading(path):
        if read_only:
            return _connect_to_read(path, timeout)
        connection = _connect(path, "rwc" if fresh else "rw", timeout)
        try:
            harden(connection)
            if not fresh and _version(connection) < NEWEST:
                before_upgrade(path)
            return _known(_prepare(connection), path)
        except BaseException:
            connection.close()
            raise


def open_to_examine(path: Path, *, timeout: float = 5.0) -> Database:
    """Return the database of a project of whatever shape, to be looked through and not written.

    Raises StoreError if the file is no project, or is newer than the program.
    """
    _is_fresh(path, create=False)
    _look(path)
    with reading(path):
        connection = _connect(path, mode_to_read(path), timeout)
        try:
            db = _guarded(connection)
            db.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return db


def open_to_repair(path: Path, *, timeout: float = 5.0) -> Database:
    """Return the database of a project of the newest layout, to be written durably; its shape may be wrong.

    Raises StoreError if the file is no project, can't be written, or is of another layout.
    """
    _is_fresh(path, create=False)
    _look(path)
    if not _is_writable(path):
        raise _read_only(path)
    with reading(path):
        connection = _connect(path, "rw", timeout)
        try:
            harden(connection)
            if _version(connection) < NEWEST:
                raise _older(path)
            return _prepare(connection)
        except BaseException:
            connection.close()
            raise


def open_to_restore(path: Path, *, timeout: float = 5.0) -> sqlite3.Connection:
    """Return a connection to a project of whatever layout, whose content is to be replaced, durably."""
    if not _is_writable(path):
        raise _read_only(path)
    connection = _connect(path, "rw", timeout)
    try:
        harden(connection)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def sentences(path: Path | None) -> Iterator[None]:
    """Turn errors of SQLite in the block into a StoreError that names the file and the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error
    except (msgspec.DecodeError, zlib.error) as error:
        raise damaged(path, error) from error


@contextmanager
def reading(path: Path | None) -> Iterator[None]:
    """Turn what content may raise that is none of ours into a StoreError, beside the errors of SQLite."""
    try:
        with sentences(path):
            yield
    except BAD_CONTENT as error:
        raise damaged(path, error) from error


#: What the program may raise when it reads what somebody else has written into a project.
BAD_CONTENT = (
    sqlite3.Error,
    zlib.error,
    msgspec.MsgspecError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)


@contextmanager
def transaction(db: Database, *, inside: bool = False) -> Iterator[None]:
    """Write all of the block or nothing of it.

    Once the outermost is left, the disk has it; one `inside` another only can be undone by itself.
    """
    begin, commit, undo = _INNER if inside else _OUTER
    db.conn.execute(begin)
    try:
        yield
        db.conn.execute(commit)
    except BaseException:
        if db.conn.in_transaction:  # a full disk may have ended it already
            for statement in undo:
                db.conn.execute(statement)
        raise


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Let all queries of the block see one moment of the project, whatever another program writes."""
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.execute("ROLLBACK")  # nothing was written


_OUTER = "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
_INNER = "SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part")


def _is_fresh(path: Path, create: bool) -> bool:
    """Return whether a project is to be made here; raise StoreError if there is nothing to open."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if not create:
            raise StoreError(
                _("找不到项目“{path}”；请检查名称，或先导入讲话来新建项目。").format(path=path)
            ) from None
        if not os.path.isdir(path.parent):
            raise StoreError(
                _("文件夹“{path}”不存在；请先新建它，或换一个位置。").format(path=path.parent)
            ) from None
        return True
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise StoreError(_("“{path}”是文件夹，不是项目文件；请选择一个 .jiaozhu 文件。").format(path=path))
    if not stat.S_ISREG(status.st_mode):  # reading from a pipe would wait for ever
        raise _no_project(path)
    return create and status.st_size == 0


def _unreadable(path: Path, error: OSError | ValueError) -> StoreError:
    reason = getattr(error, "strerror", None) or error
    return StoreError(_("无法读取“{path}”：{reason}；请检查名称和权限。").format(path=path, reason=reason))


def _look(path: Path) -> None:
    """Raise StoreError unless the file is a project that this version may open; change nothing."""
    # SQLite looks, not we: closing a file gives up all locks that this program has on it, also those of
    # connections in other threads, and another program would then remove the log that they write to.
    log = path.with_name(path.name + "-wal").exists()  # what was written last may still stand in it
    with reading(path):
        if path.stat().st_size < _HEADER:
            raise _no_project(path)
        connection = _connect(path, "ro" if log else "ro&immutable=1", timeout=5)
        try:
            harden(connection)
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            version = _version(connection)
        finally:
            connection.close()
    if application_id != APPLICATION_ID:
        raise StoreError(
            _("“{path}”是别的程序的数据库，不是校注项目；请选择一个 .jiaozhu 文件。").format(path=path)
        )
    if version > NEWEST:
        raise StoreError(_("项目“{path}”由更新版本的校注写成；请升级程序后再打开。").format(path=path))


def _no_project(path: Path) -> StoreError:
    return StoreError(_("“{path}”不是校注项目；请选择一个 .jiaozhu 文件。").format(path=path))


def _is_writable(path: Path) -> bool:
    """Return whether the file can be written; SQLite would say so at the first decision only."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def place_of(path: Path, mode: str) -> str:
    """Return the address under which SQLite opens a file in a mode."""
    place = path.absolute().as_posix()
    return "file://" + ("" if place.startswith("/") else "/") + quote(place) + f"?mode={mode}"


def _connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(place_of(path, mode), uri=True, isolation_level=None, timeout=timeout)


def mode_to_read(path: Path) -> str:
    """Return how to open a file that is only read, also where it or its folder can't be written."""
    # A connection that may write leaves no files of the log behind, one that may not does. Where
    # there is no log and we can't write, nobody is taken to be writing.
    log = path.with_name(path.name + "-wal").exists()
    return "rw" if _is_writable(path) else "ro" if log else "ro&immutable=1"


def _read_only(path: Path) -> StoreError:
    return StoreError(_("项目“{path}”是只读的，无法写入；请把它复制到可写的文件夹再打开。").format(path=path))


def _older(path: Path) -> StoreError:
    return StoreError(_("项目“{path}”由旧版本的校注写成，请先打开一次再读取。").format(path=path))


def _connect_to_read(path: Path, timeout: float) -> Database:
    """Return a database that can't be written, also where the file or its folder can't."""
    connection = _connect(path, mode_to_read(path), timeout)
    try:
        db = _guarded(connection)
        if _version(connection) < NEWEST:
            raise _older(path)
        db.execute("PRAGMA query_only = ON")
        return _known(db, path)
    except BaseException:
        connection.close()
        raise


def _known(db: Database, path: Path) -> Database:
    """Return the database if nothing in it would run that is not this program's; raise StoreError else."""
    if not is_ours(db):
        raise StoreError(
            _("项目“{path}”的结构被别的程序改动过；请从备份恢复，或重新导入。").format(path=path)
        )
    return db


def _guarded(connection: sqlite3.Connection) -> Database:
    """Return the connection as a database that trusts nothing in the file."""
    harden(connection)
    return Database(connection, execute_plugins=False)


def harden(connection: sqlite3.Connection) -> None:
    """Let nothing in a file from outside run, write to the schema, or take more than a project needs.

    As SQLite advises (sqlite.org/security.html). Extensions are not loaded: Python never allows it unasked.
    """
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)
        for allowed in "ENABLE_LOAD_EXTENSION", "DQS_DDL", "DQS_DML":
            connection.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{allowed}"), False)


#: The most that a project needs: bytes of a value or row (all decisions on a document are read as one), of a
#: statement, and how deep statements and triggers go.
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 500_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def _prepare(connection: sqlite3.Connection) -> Database:
    """Return the connection as a project's database: durable, guarded and up to date."""
    db = _guarded(connection)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    # Small steps from the log to the file: a reviewer does not feel one of 1 MB, but one of 4 MB.
    db.execute("PRAGMA wal_autocheckpoint = 250")
    upgrade(db)
    return db


_BUSY = _("项目“{path}”正被另一个窗口或程序写入；请稍后再试。")


def busy(path: Path | None) -> StoreError:
    """Return the error for a project that another thread or program is writing to."""
    return StoreError(_BUSY.format(path=path))


def _explain(error: sqlite3.Error, path: Path | None) -> StoreError:
    """Return the sentence for an error of SQLite."""
    denied = _("无法打开项目“{path}”；请检查文件和所在文件夹的权限。")
    known = {
        "SQLITE_BUSY": _BUSY,
        "SQLITE_LOCKED": _BUSY,
        "SQLITE_READONLY": _("项目“{path}”是只读的，无法写入；请把它复制到可写的文件夹再打开。"),
        "SQLITE_FULL": _("磁盘已满，无法写入项目“{path}”；请腾出空间后重试，已保存的决定没有受影响。"),
        "SQLITE_CANTOPEN": denied,
        "SQLITE_PERM": denied,
        "SQLITE_IOERR": _("读写项目“{path}”时磁盘出错({reason})；请检查磁盘后重试。"),
        "SQLITE_NOTADB": _("“{path}”不是校注项目；请选择一个 .jiaozhu 文件。"),
        "SQLITE_CORRUPT": _("项目“{path}”已损坏({reason})；请保留此文件，并从备份恢复。"),
    }
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(path, error)
    # Extended names add to the plain ones: SQLITE_READONLY_DIRECTORY.
    fitting = [sentence for prefix, sentence in known.items() if name.startswith(prefix)]
    otherwise = _("项目“{path}”出错：{reason}；已保存的决定没有受影响。")
    return StoreError((fitting or [otherwise])[0].format(path=path, reason=error))


def damaged(path: Path | None, error: Exception | str) -> StoreError:
    """Return the error for a project whose content can't be read."""
    return StoreError(
        _("项目“{path}”已损坏（{reason}）；请保留此文件，并从备份恢复。").format(path=path, reason=error)
    )
