"""A project from outside must have the shape that this program makes: no trigger or view of another's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.store.migrations import upgrade


class Shape(NamedTuple):
    """What the schema of a project says."""

    #: Text of views, triggers and virtual tables, by name: what runs by itself.
    running: dict[str, str]
    #: What the columns of tables take, by name.
    tables: dict[str, tuple[object, ...]]
    #: Text of the indexes that statements have made, by name, and the table of each.
    indexes: dict[str, tuple[str, str]]


class Difference(NamedTuple):
    """Something that is not as this program makes it."""

    name: str
    is_curable: bool  # it holds no data: it can be made anew


def is_ours(db: Database) -> bool:
    """Return whether tables, views and triggers are those of the newest layout; other tables may be there."""
    there, expected = _shape(db), _expected()
    return there.running == expected.running and all(
        there.tables.get(name) == columns for name, columns in expected.tables.items()
    )


def differences(db: Database) -> Iterator[Difference]:
    """Yield what of the schema is not that of the newest layout; other tables may be there."""
    there, expected = _shape(db), _expected()
    for name, columns in expected.tables.items():
        if there.tables.get(name) != columns:
            yield Difference(name, is_curable=False)
    for name in there.running.keys() | expected.running.keys():
        if there.running.get(name) != expected.running.get(name):
            yield Difference(name, is_curable=name not in _virtual(db))
    for name, index in expected.indexes.items():
        if there.indexes.get(name) != index:
            yield Difference(name, is_curable=True)
    for name, (table, _sql) in there.indexes.items():
        if table in expected.tables and name not in expected.indexes:
            yield Difference(name, is_curable=True)


def remake(db: Database) -> None:
    """Make triggers, views and indexes those of the newest layout; the caller has opened a transaction."""
    names = {difference.name for difference in differences(db) if difference.is_curable}
    rows = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    for type_, name, _sql in db.conn.execute(rows).fetchall():
        if name in names:
            quoted = name.replace('"', '""')
            db.conn.execute(f'DROP {type_} "{quoted}"')
    model = Database(memory=True)
    upgrade(model)
    for _type, name, sql in model.conn.execute(rows).fetchall():
        if name in names:
            db.conn.execute(sql)
    model.close()


@cache
def _expected() -> Shape:
    db = Database(memory=True)
    upgrade(db)
    shape = _shape(db)
    db.close()
    return shape


def _shape(db: Database) -> Shape:
    virtual = _virtual(db)
    statements = db.conn.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    ).fetchall()
    running = {
        name: sql
        for type_, name, _table, sql in statements
        if type_ in ("view", "trigger") or name in virtual
    }
    indexes = {name: (table, sql) for type_, name, table, sql in statements if type_ == "index"}
    tables = {}
    for name, without_rowid, strict in db.conn.execute(
        "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'"
    ).fetchall():
        if strict:
            columns = db.conn.execute(
                'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)', (name,)
            )
            tables[name] = (without_rowid, *columns.fetchall())
    return Shape(running, tables, indexes)


def _virtual(db: Database) -> set[str]:
    """Return the names of the virtual tables."""
    rows = db.conn.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'")
    return {name for (name,) in rows.fetchall()}
