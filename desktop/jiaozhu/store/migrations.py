"""The layout of a project file, as numbered steps: new ones go at the end, a shipped one never changes.

Suggestions, sources and decisions are only ever added; triggers refuse everything else. The view
`latest` has the one rule for where a subject stands: its latest decision counts, else what was
suggested; `joined` has those subjects on which several decided without seeing each other's decisions.
`current` shows all annotations by it, for whoever opens a project with another tool.
Beside them stands what lists read and what follows from them, changed in the same transaction:
`overview` has a row for each document, `outline` for each speech as it stands, `progress` counts the
states in each speech, `fingerprints` tells which documents have words in common.
No view or trigger calls a JSON function: SQLite 3.40 does not trust them in a file from outside.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from jiaozhu.store import layout_1, layout_2, layout_4, layout_5

#: "JIAO": marks an SQLite file as a project.
APPLICATION_ID = 0x4A49414F

migrations = Migrations("jiaozhu")


def upgrade(db: Database, *, stop_before: str | None = None) -> None:
    """Bring a project's database to the newest layout, all steps or none of them."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version == NEWEST:
        return
    with db.atomic():
        migrations.apply(db, stop_before=stop_before)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(migrations.applied(db))}")


@migrations()
def create_project(db: Database) -> None:
    """Documents, speeches, suggestions, decisions, and the views on them."""
    layout_1.create(db)


@migrations()
def decide_on_speeches(db: Database) -> None:
    """Decisions on speeches and metadata; versions of a document; documents that are alike."""
    layout_2.change(db)


@migrations()
def name_indicators(db: Database) -> None:
    """The id of a metric's indicator, however it is written."""
    db.execute("ALTER TABLE metrics ADD COLUMN indicator_id TEXT")


@migrations()
def flag_and_note(db: Database) -> None:
    """Decisions that flag an annotation or remark on it; its state stays."""
    layout_4.change(db)


@migrations()
def join_decisions(db: Database) -> None:
    """Who decided and what they had seen; which project this is; decisions of several joined."""
    layout_5.change(db)


#: The number of steps: a project's user_version.
NEWEST = len(migrations.pending(Database(memory=True)))
