"""The fourth layout: an annotation can be flagged and remarked on, and found by its words."""

from __future__ import annotations

from sqlite_utils import Database

from jiaozhu.store.layout_2 import rebuild_decisions


def change(db: Database) -> None:
    """Change a project of the third layout; nothing that was stored is lost."""
    rebuild_decisions(db, _ACTIONS)
    for table in "metrics", "commitments":  # the same words elsewhere are looked for at a key
        db.execute(f"CREATE INDEX {table}_text ON {table} (text)")


_ACTIONS = "'accept', 'correct', 'reject', 'add', 'skip', 'undo', 'redo', 'move', 'carry', 'flag', 'note'"
