"""A project from outside must have the shape that this program makes: no trigger or view of another's."""

from __future__ import annotations

from functools import cache

from sqlite_utils import Database

from jiaozhu.store.migrations import upgrade

#: What a statement of the schema says, by its name: text of views and triggers, columns of tables.
Shape = dict[str, object]


def is_ours(db: Database) -> bool:
    """Return whether tables, views and triggers are those of the newest layout; other tables may be there."""
    there = _shape(db)
    runs_by_itself = {name for name, what in there.items() if isinstance(what, str)}
    return runs_by_itself <= _expected().keys() and all(
        there.get(name) == what for name, what in _expected().items()
    )


@cache
def _expected() -> Shape:
    db = Database(memory=True)
    upgrade(db)
    shape = _shape(db)
    db.close()
    return shape


def _shape(db: Database) -> Shape:
    """Return what runs by itself as its text, and tables as what their columns take."""
    shape: Shape = dict(
        db.conn.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')").fetchall()
    )
    tables = db.conn.execute(
        "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'"
    ).fetchall()
    for name, without_rowid, strict in tables:
        if strict:
            columns = db.conn.execute(
                'SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)', (name,)
            )
            shape[name] = (without_rowid, *columns.fetchall())
    return shape
