"""Parts of a project taken away for review, and the decisions that come back with them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.store.database import mode_to_read, place_of

#: What a packet takes along of its documents, with the column that has the document's key.
_TABLES = {
    "documents": "key",
    "speeches": "document",
    "metrics": "document",
    "commitments": "document",
    "decisions": "document",
    "joined": "document",
    "overview": "document",
    "outline": "document",
    "progress": "document",
    "fingerprints": "document",
}


#: An earlier version is named only if it goes along.
_EARLIER = "iif(replaces IN (SELECT id FROM chosen), replaces, NULL)"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which project a file is, and of a packet whose."""

    project: str  # the same in a project and its packets
    packet: str | None = None  # its own id; None: it is no packet
    reviewer: str | None = None  # for whom it was made
    made_at: str | None = None  # ISO 8601, UTC


class Asked(NamedTuple):
    """A speech that a packet is about."""

    document: str  # Document.id
    speech: str


def identity(db: Database) -> Identity:
    """Return which project a file is."""
    known = dict(db.conn.execute("SELECT name, value FROM project").fetchall())
    return Identity(known.get("id", ""), known.get("packet"), known.get("reviewer"), known.get("made_at"))


def asked(db: Database) -> list[Asked]:
    """Return the speeches that a packet is about; none: all."""
    rows = db.conn.execute(
        "SELECT d.id, a.speech FROM asked AS a JOIN documents AS d ON d.key = a.document ORDER BY a.document"
    )
    return [Asked(*row) for row in rows.fetchall()]


def fill(db: Database, project: Path, chosen: Mapping[str, Sequence[str]], *, reviewer: str) -> Identity:
    """Fill a new project with chosen documents of another, as they stand there; it becomes a packet.

    `chosen` are ids of documents, each with the ids of the speeches that are asked for; none: all.
    The other project is only read. The caller has not opened a transaction.
    """
    db.conn.execute("ATTACH ? AS source", (place_of(project, mode_to_read(project)),))
    try:
        with db.atomic():
            (id_,) = db.conn.execute("SELECT value FROM source.project WHERE name = 'id'").fetchone()
            made = Identity(id_, str(uuid.uuid4()), reviewer, datetime.now(UTC).isoformat(timespec="seconds"))
            db.conn.execute("CREATE TEMP TABLE chosen (key INTEGER PRIMARY KEY, id TEXT)")
            db.conn.executemany(
                "INSERT INTO chosen SELECT key, id FROM source.documents WHERE id = ?",
                [(document,) for document in chosen],
            )
            for table, column in _TABLES.items():
                names = [f'"{row[1]}"' for row in db.conn.execute(f"PRAGMA main.table_info({table})")]
                values = [_EARLIER if name == '"replaces"' else name for name in names]
                db.conn.execute(
                    f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {', '.join(values)} "
                    f"FROM source.{table} WHERE {column} IN (SELECT key FROM chosen)"
                )
            db.conn.execute("UPDATE overview SET replaced_by = NULL")
            db.conn.executemany(
                "INSERT INTO asked SELECT key, ?2 FROM chosen WHERE id = ?1",
                [(document, speech) for document, speeches in chosen.items() for speech in speeches],
            )
            db.conn.executemany(
                "INSERT OR REPLACE INTO project VALUES (?, ?)",
                [
                    ("id", made.project),
                    ("packet", made.packet),
                    ("reviewer", made.reviewer),
                    ("made_at", made.made_at),
                ],
            )
            db.conn.execute("DROP TABLE temp.chosen")
    finally:
        db.conn.execute("DETACH source")
    return made
