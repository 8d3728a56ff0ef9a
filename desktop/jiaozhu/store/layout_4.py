"""The fourth layout: an annotation can be flagged and remarked on."""

from __future__ import annotations

from sqlite_utils import Database

from jiaozhu.store.layout_2 import rebuild_decisions


def change(db: Database) -> None:
    """Change a project of the third layout; nothing that was stored is lost."""
    rebuild_decisions(db, _ACTIONS)


_ACTIONS = "'accept', 'correct', 'reject', 'add', 'skip', 'undo', 'redo', 'move', 'carry', 'flag', 'note'"
