"""All that a project keeps of one document, as it stands in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.model import Commitment, Metric


class Place(NamedTuple):
    """A suggestion, without what it says beyond its place."""

    id: str
    speech: str
    start: int
    end: int
    source_start: int | None
    source_end: int | None
    text: str


class Recorded(NamedTuple):
    """A decision, its subject still as JSON."""

    seq: int
    subject: str
    type: str
    action: str
    before: str | None
    after: str | None
    state: str | None
    speech: str | None
    start: int | None
    end: int | None
    text: str | None
    reviewer: str
    at: str
    uid: str
    reviewer_id: str | None
    parents: str | None


#: A subject: its type and id.
Of = tuple[str, str]


class Together(NamedTuple):
    """What is kept of a subject on which several decided: a row of `joined` without the document's key."""

    type: str
    subject: str
    seq: int
    leaves: str
    contested: int
    after: str | None
    state: str | None
    speech: str | None
    start: int | None
    end: int | None
    text: str | None
    counting: Recorded | None  # the decision that counts; None: there is none with this number


def is_branched(history: Sequence[Recorded]) -> bool:
    """Return whether decisions on a subject are more than one after the other."""
    before = None
    for one in history:
        if one.parents != before:
            return True
        before = one.uid
    return False


def _leading_to(together: Together) -> Recorded:
    assert together.counting is not None
    return together.counting._replace(
        after=together.after,
        state=together.state,
        speech=together.speech,
        start=together.start,
        end=together.end,
        text=together.text,
    )


class Kept(NamedTuple):
    """A document with its suggestions and the decisions on it; the source bytes are left out."""

    key: int
    id: str
    source: str
    title: str | None
    publisher: str | None
    date: str | None
    url: str | None
    replaces: str | None
    sha256: str
    encoding: str | None
    source_map: str | None
    text: str
    suggestions: dict[str, list[Place]]
    speeches: dict[str, tuple[object, ...]]  # by id, without the document's key
    decisions: list[Recorded]
    joined: dict[Of, Together]

    @property
    def name(self) -> str:
        """What it is called: its title, else its file's name."""
        return self.title or self.source

    def latest(self) -> dict[Of, Recorded]:
        """Return the newest decision on each subject, or what several lead to, by its type and id."""
        return {(one.type, one.subject): one for one in self.decisions} | {
            of: _leading_to(one) for of, one in self.joined.items()
        }

    def histories(self) -> dict[Of, list[Recorded]]:
        """Return the decisions on each subject, the oldest first."""
        found: dict[Of, list[Recorded]] = {}
        for one in self.decisions:
            found.setdefault((one.type, one.subject), []).append(one)
        return found


_PLACES = """SELECT id, speech, start, "end", source_start, source_end, text FROM {} WHERE document = ?"""
_TABLES = {Metric.type: "metrics", Commitment.type: "commitments"}


def keys(db: Database) -> list[int]:
    """Return the keys of all documents, in the order in which they were added."""
    return [key for (key,) in db.conn.execute("SELECT key FROM documents ORDER BY key").fetchall()]


def gather(db: Database, key: int) -> Kept:
    """Return what is kept of the document with this key."""
    row = db.conn.execute(
        "SELECT key, id, source, title, publisher, date, url, replaces, sha256, encoding, source_map, text "
        "FROM documents WHERE key = ?",
        (key,),
    ).fetchone()
    suggestions = {
        type_: list(map(Place._make, db.conn.execute(_PLACES.format(table), (key,)).fetchall()))
        for type_, table in _TABLES.items()
    }
    decisions = _decisions(db, key)
    joined = _joined(db, key, {one.seq: one for one in decisions})
    return Kept._make((*row, suggestions, dict(_speeches(db, key)), decisions, joined))


def _joined(db: Database, key: int, by_seq: Mapping[int, Recorded]) -> dict[Of, Together]:
    rows = db.conn.execute(
        'SELECT type, subject, seq, leaves, contested, after, state, speech, start, "end", text '
        "FROM joined WHERE document = ?",
        (key,),
    ).fetchall()
    found = (Together._make((*row, by_seq.get(row[2]))) for row in rows)
    return {(one.type, one.subject): one for one in found if one.counting is not None}


def _speeches(db: Database, key: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    for row in db.conn.execute(f"SELECT {SPEECH} FROM speeches WHERE document = ?", (key,)):
        yield row[0], row


def _decisions(db: Database, key: int) -> list[Recorded]:
    rows = db.conn.execute(
        'SELECT seq, subject, type, action, before, after, state, speech, start, "end", text, reviewer, at, '
        "uid, reviewer_id, parents FROM decisions WHERE document = ? ORDER BY seq",
        (key,),
    )
    return list(map(Recorded._make, rows.fetchall()))


#: The columns of a speech, in the tables of suggestions and of how they stand.
SPEECH = 'id, start, "end", source_start, source_end, heading, speaker, office, region, region_code, date'
