"""Every annotation of the project in one table: read in parts, and again where something has changed.

Of a document with versions only the newest is in it, as in exports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.store.annotations import DECODERS
from jiaozhu.store.curation import DECIDED_BY
from jiaozhu.store.database import snapshot

#: So many annotations are read at once; the first part is small, it is what is seen first.
_PART, _FIRST = 4_000, 400


class LedgerDocument(NamedTuple):
    """A document of the table, with its title and date as they stand."""

    key: int  # in the order in which documents were added
    id: str
    source: str
    title: str | None
    date: str | None

    @property
    def name(self) -> str:
        """What it is called: its title, else its file's name."""
        return self.title or self.source


class LedgerRow(NamedTuple):
    """An annotation as it stands, with what its speech says of it."""

    key: int  # of its document
    id: str
    type: str
    state: str
    start: int
    end: int
    text: str
    indicator: str | None
    indicator_id: str | None
    value: str | None
    value_high: str | None
    unit: str | None
    comparator: str | None
    kind: str | None
    basis: str | None
    strength: str | None
    period: str | None  # of a commitment its deadline
    scope: str | None
    region: str | None  # its own, else that of its speech
    status: str | None
    confidence: float | None
    rule: str | None
    flagged: bool
    note: str | None
    speaker: str | None
    reviewer: str | None  # who gave it its state, and when (ISO 8601, UTC)
    reviewed_at: str | None


class LedgerMark(NamedTuple):
    """How far a project had come when its table was read."""

    decision: int = 0
    document: int = 0


def mark(db: Database) -> LedgerMark:
    """Return how far the project has come: the same as long as nothing is added."""
    row = db.conn.execute("SELECT (SELECT max(seq) FROM decisions), (SELECT max(key) FROM documents)")
    decision, document = row.fetchone()
    return LedgerMark(decision or 0, document or 0)


def changed(db: Database, since: LedgerMark) -> set[int]:
    """Return the keys of the documents that were added, replaced or decided on since then."""
    rows = db.conn.execute(
        "SELECT document FROM decisions WHERE seq > ?1 UNION SELECT key FROM documents WHERE key > ?2 "
        "UNION SELECT old.key FROM documents AS new JOIN documents AS old ON old.id = new.replaces "
        "WHERE new.key > ?2",
        since,
    )
    return {key for (key,) in rows.fetchall()}


def documents(db: Database) -> list[LedgerDocument]:
    """Return the documents of the table in the order in which they were added."""
    rows = db.conn.execute(
        "SELECT d.key, d.id, d.source, o.title, o.date FROM documents AS d "
        "JOIN overview AS o ON o.document = d.key WHERE o.replaced_by IS NULL ORDER BY d.key"
    )
    return [LedgerDocument(*row) for row in rows.fetchall()]


def rows(db: Database, keys: Collection[int] | None = None) -> Iterator[list[LedgerRow]]:
    """Yield the rows of some documents, or of all, in parts of some thousand, document by document."""
    wanted = f"AND document IN ({', '.join(str(int(key)) for key in keys)})" if keys is not None else ""
    sizes = db.conn.execute(
        "SELECT document, suggested + accepted + corrected + rejected + added FROM overview "
        f"WHERE replaced_by IS NULL {wanted} ORDER BY document"
    ).fetchall()
    for first, last in _parts(sizes):
        with snapshot(db):
            part = _undecided(db, first, last) + _decided(db, first, last)
        if keys is not None:
            part = [row for row in part if row.key in keys]
        yield part


def _parts(sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last document of each part."""
    first, count, room = None, 0, _FIRST
    for key, size in sizes:
        first = key if first is None else first
        count += size
        if count >= room:
            yield first, key
            first, count, room = None, 0, _PART
    if first is not None:
        yield first, sizes[-1][0]


_NOT_THERE = {
    "metric": {"strength": "NULL"},
    "commitment": {
        **dict.fromkeys(("indicator", "indicator_id", "value", "value_high", "unit", "comparator"), "NULL"),
        **dict.fromkeys(("basis", "scope", "status"), "NULL"),
        "period": "s.deadline",
        "region": "o.region",
    },
}
_FROM_ELSEWHERE = {
    "key": "s.document",
    "state": "'suggested'",
    "region": "coalesce(s.region, o.region)",
    "flagged": "0",
    "note": "NULL",
    "speaker": "o.speaker",
    "reviewer": "NULL",
    "reviewed_at": "NULL",
}


def _suggested(type_: str) -> str:
    """Return the query for the suggestions of a type that no decision is about."""
    places = _FROM_ELSEWHERE | {"type": f"'{type_}'"} | _NOT_THERE[type_]
    columns = ", ".join(places.get(name, f's."{name}"') for name in LedgerRow._fields)
    return (
        f"SELECT {columns} FROM {type_}s AS s JOIN overview AS v ON v.document = s.document "
        "LEFT JOIN outline AS o ON o.document = s.document AND o.id = s.speech "
        "WHERE s.document BETWEEN ? AND ? AND v.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM decisions "
        f"WHERE document = s.document AND type = '{type_}' AND subject = s.id)"
    )


def _undecided(db: Database, first: int, last: int) -> list[LedgerRow]:
    found: list[LedgerRow] = []
    for type_ in _NOT_THERE:
        found += map(LedgerRow._make, db.conn.execute(_suggested(type_), (first, last)).fetchall())
    return found


_DECIDED = f"""
SELECT c.document, o.speaker, o.region, w.reviewer, w.at, c.after
FROM latest AS c {DECIDED_BY} JOIN overview AS v ON v.document = c.document
LEFT JOIN outline AS o ON o.document = c.document AND o.id = c.speech
WHERE c.document BETWEEN ? AND ? AND v.replaced_by IS NULL AND c.type = ? AND c.after IS NOT NULL"""

#: The fields of a row that an annotation has, under the name that they have there.
_OWN = LedgerRow._fields[LedgerRow._fields.index("id") : LedgerRow._fields.index("note") + 1]
_NAMES = {
    "metric": _OWN,
    "commitment": tuple("deadline" if name == "period" else name for name in _OWN),
}


def _decided(db: Database, first: int, last: int) -> list[LedgerRow]:
    found: list[LedgerRow] = []
    for type_, names in _NAMES.items():
        rows = db.conn.execute(_DECIDED, (first, last, type_)).fetchall()
        annotations = DECODERS[type_](f"[{','.join(row[-1] for row in rows)}]")
        for (key, speaker, region, reviewer, at, _after), annotation in zip(rows, annotations, strict=True):
            own = [getattr(annotation, name, None) for name in names]
            row = LedgerRow._make((key, *own, speaker, reviewer, at))
            found.append(row if row.region else row._replace(region=region))
    return found
