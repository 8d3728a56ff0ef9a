"""What follows from suggestions and decisions, worked out anew: lists, counts and fingerprints.

The program keeps it in step, decision by decision; here it is made from the beginning, to compare with
what is there and to put it right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from typing import NamedTuple, cast

from sqlite_utils import Database

from jiaozhu.fingerprint import fingerprints
from jiaozhu.model import Commitment, Metadata, Metric, Speech, State
from jiaozhu.store.gathering import SPEECH, Kept
from jiaozhu.store.snapshots import from_snapshot

Row = tuple[object, ...]


class Derived(NamedTuple):
    """The rows of one document in the tables that follow from others, without its key."""

    overview: frozenset[Row]
    outline: frozenset[Row]
    progress: frozenset[Row]
    fingerprints: frozenset[Row]


_STATES = tuple(State)
_COLUMNS = {
    "overview": "title, publisher, date, url, replaced_by, speeches, "
    "suggested, accepted, corrected, rejected, added",
    "outline": SPEECH,
    "progress": "speech, type, suggested, accepted, corrected, rejected, added",
    "fingerprints": "fingerprint",
}


class Stored:
    """What the tables say."""

    def __init__(self, db: Database) -> None:
        self._db = db
        # All at once: by document they can't be looked up.
        self._fingerprints: defaultdict[int, set[Row]] = defaultdict(set)
        for number, key in db.conn.execute("SELECT fingerprint, document FROM fingerprints"):
            self._fingerprints[key].add((number,))

    def of(self, key: int) -> Derived:
        """Return what the tables say of a document."""
        rows = (
            frozenset(self._db.conn.execute(f"SELECT {columns} FROM {table} WHERE document = ?", (key,)))
            for table, columns in _COLUMNS.items()
            if table != "fingerprints"
        )
        return Derived._make((*rows, frozenset(self._fingerprints[key])))


def recount(kept: Kept, replaced_by: str | None) -> Derived:
    """Return what the tables should say; `replaced_by` is the id of the document's next version."""
    outline = dict(kept.speeches)
    metadata = kept.title, kept.publisher, kept.date, kept.url
    counts: Counter[tuple[str, str, str]] = Counter()
    latest = kept.latest()
    for (type_, subject), decision in latest.items():
        if type_ == Speech.type:
            outline.pop(subject, None)
            if decision.after is not None:
                outline[subject] = astuple(cast("Speech", from_snapshot(type_, decision.after)))
        elif type_ == Metadata.type:
            after = cast("Metadata", from_snapshot(type_, decision.after))
            metadata = after.title, after.publisher, after.date, after.url
        elif decision.after is not None:
            counts[decision.speech or "", type_, decision.state or ""] += 1
    for type_, places in kept.suggestions.items():
        for place in places:
            if (type_, place.id) not in latest:
                counts[place.speech, type_, State.SUGGESTED] += 1
    of_all: Counter[str] = Counter()
    for (_speech, _type, state), count in counts.items():
        of_all[state] += count
    return Derived(
        overview=frozenset({(*metadata, replaced_by, len(outline), *(of_all[state] for state in _STATES))}),
        outline=frozenset(outline.values()),
        progress=frozenset(
            (speech, type_, *(counts[speech, type_, state] for state in _STATES))
            for speech in outline
            for type_ in (Metric.type, Commitment.type)
        ),
        fingerprints=frozenset((number,) for number in fingerprints(kept.text)),
    )


def clear(db: Database, keys: Sequence[int]) -> None:
    """Delete what the tables say of some documents."""
    for first in range(0, len(keys), _AT_ONCE):
        some = ", ".join(map(str, keys[first : first + _AT_ONCE]))
        for table in _COLUMNS:
            db.conn.execute(f"DELETE FROM {table} WHERE document IN ({some})")


def write(db: Database, key: int, derived: Derived) -> None:
    """Write what the tables should say of a document of which they say nothing."""
    for (table, columns), rows in zip(_COLUMNS.items(), derived, strict=True):
        marks = ", ?" * (columns.count(",") + 1)
        db.conn.executemany(
            f"INSERT INTO {table} (document, {columns}) VALUES (?{marks})", [(key, *row) for row in rows]
        )


_AT_ONCE = 10_000


def replacements(db: Database) -> dict[str, str]:
    """Return by the id of each document that has a newer version the id of that version."""
    return dict(
        db.conn.execute(
            "SELECT replaces, id FROM documents WHERE replaces IS NOT NULL ORDER BY key"
        ).fetchall()
    )


#: The tables whose rows follow from others.
TABLES = tuple(_COLUMNS)
