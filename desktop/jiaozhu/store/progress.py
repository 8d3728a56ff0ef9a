"""How far the review is: documents and speeches as lists show them, with counts by state.

The counts are kept beside the decisions and change in the same transaction; a list of ten thousand
documents is read from them without looking at an annotation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Document, Extraction, State
from jiaozhu.store import collector
from jiaozhu.store.database import ContentError


class Counts(NamedTuple):
    """How many annotations stand in each state."""

    suggested: int = 0
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    added: int = 0

    @property
    def total(self) -> int:
        """All annotations."""
        return sum(self)

    @property
    def decided(self) -> int:
        """Those that a reviewer has decided on."""
        return sum(self) - self.suggested


class DocumentRow(NamedTuple):
    """A document as lists show it; its title and date as they stand."""

    id: str
    source: str
    title: str | None
    date: str | None
    replaced_by: str | None  # id of the document that is a new version of this one
    speeches: int
    suggested: int
    accepted: int
    corrected: int
    rejected: int
    added: int

    @property
    def counts(self) -> Counts:
        """How its annotations stand."""
        return Counts(*self[-5:])


class SpeechRow(NamedTuple):
    """A speech as lists show it."""

    document: str
    id: str
    start: int
    end: int
    heading: str | None
    speaker: str | None
    office: str | None
    region: str | None
    date: str | None
    suggested: int
    accepted: int
    corrected: int
    rejected: int
    added: int

    @property
    def counts(self) -> Counts:
        """How its annotations stand."""
        return Counts(*self[-5:])


def start_counting(db: Database, key: int, document: Document, extraction: Extraction) -> None:
    """List a document that is being added, and count its suggestions."""
    rows = []
    for type_, found in (("metric", extraction.metrics), ("commitment", extraction.commitments)):
        counts = Counter(map(attrgetter("speech"), found))
        rows += [(key, speech.id, type_, counts[speech.id]) for speech in extraction.speeches]
    db.conn.executemany("INSERT INTO progress (document, speech, type, suggested) VALUES (?, ?, ?, ?)", rows)
    db.conn.execute(
        "INSERT INTO overview (document, title, publisher, date, url, speeches, suggested) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            document.title,
            document.publisher,
            document.date,
            document.url,
            len(extraction.speeches),
            sum(row[-1] for row in rows),
        ),
    )
    if document.replaces is not None:
        db.conn.execute(
            "UPDATE overview SET replaced_by = ? WHERE document = (SELECT key FROM documents WHERE id = ?)",
            (document.id, document.replaces),
        )


class Tally:
    """Changes of the counts, gathered: a bulk act writes each count once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._changes: Counter[tuple[int, str, str, str]] = Counter()

    def add(self, key: int, annotation: AnyAnnotation | None, step: int) -> None:
        """Count an annotation in (+1) or out (-1), in its speech and in the state that it has."""
        if annotation is not None:
            self._changes[key, annotation.speech, annotation.type, State(annotation.state)] += step

    def write(self) -> None:
        """Bring the counts in line with what was gathered.

        Raises ContentError if a document has no such speech.
        """
        totals: Counter[tuple[int, str]] = Counter()
        for (key, speech, type_, state), step in self._changes.items():
            counted = self._db.conn.execute(
                f"UPDATE progress SET {state} = {state} + ? WHERE document = ? AND speech = ? AND type = ?",
                (step, key, speech, type_),
            )
            if counted.rowcount != 1:
                raise ContentError(_("条目所属的讲话 {speech} 不存在。").format(speech=speech))
            totals[key, state] += step
        for (key, state), step in totals.items():
            if step:
                self._db.conn.execute(
                    f"UPDATE overview SET {state} = {state} + ? WHERE document = ?", (step, key)
                )
        self._changes.clear()


def documents(db: Database) -> list[DocumentRow]:
    """Return all documents in the order in which they were added."""
    rows = db.conn.execute(
        "SELECT d.id, d.source, o.title, o.date, o.replaced_by, o.speeches, o.suggested, o.accepted, "
        "o.corrected, o.rejected, o.added "
        "FROM documents AS d JOIN overview AS o ON o.document = d.key ORDER BY d.key"
    )
    with collector.held():
        return list(map(partial(tuple.__new__, DocumentRow), rows.fetchall()))


def waiting(db: Database, after: str | None = None) -> Iterator[str]:
    """Yield the ids of documents with undecided annotations: those behind `after`, then round to it.

    Those of which there is a new version are passed over.
    """
    row = db.conn.execute("SELECT key FROM documents WHERE id = ?", (after,)).fetchone()
    here = -1 if row is None else row[0]
    for place, end in (here, _BEHIND_ALL), (-1, here):
        # One after the other: a query left open would hold on to the project as it was.
        while (
            found := db.conn.execute(
                "SELECT o.document, d.id FROM overview AS o JOIN documents AS d ON d.key = o.document "
                "WHERE o.suggested > 0 AND o.replaced_by IS NULL AND o.document > ? AND o.document < ? "
                "ORDER BY o.document LIMIT 1",
                (place, end),
            ).fetchone()
        ) is not None:
            place, id_ = found
            yield id_


_BEHIND_ALL = 2**63 - 1


def speeches(
    db: Database,
    document_id: str | None = None,
    *,
    type_: str | None = None,
    states: Collection[State] = (),
    title: str = "",
    region: str = "",
    speaker: str = "",
) -> list[SpeechRow]:
    """Return the speeches of a document, or of all, in the order of the text; see `Store.speeches`."""
    counted = [f"c.{state}" if type_ is not None else f"m.{state} + c.{state}" for state in Counts._fields]
    conditions = {
        "d.id = :document": document_id,
        f"{' + '.join(counted[Counts._fields.index(state)] for state in states)} > 0": states,
        "s.region LIKE :region ESCAPE '!'": region,
        "s.speaker LIKE :speaker ESCAPE '!'": speaker,
        _IN_TITLE: title,
    }
    where = " AND ".join(condition for condition, wanted in conditions.items() if wanted)
    other = "JOIN progress AS m ON m.document = s.document AND m.speech = s.id AND m.type = 'metric' "
    rows = db.conn.execute(
        'SELECT d.id, s.id, s.start, s."end", s.heading, s.speaker, s.office, s.region, s.date, '
        f"{', '.join(counted)} FROM documents AS d JOIN outline AS s ON s.document = d.key "
        f"{'JOIN overview AS o ON o.document = d.key' if title else ''} "
        f"{other if type_ is None else ''}"
        "JOIN progress AS c ON c.document = s.document AND c.speech = s.id AND c.type = :type "
        f"{where and 'WHERE ' + where} ORDER BY d.key, s.start",
        {
            "document": document_id,
            "type": type_ or "commitment",
            "region": _part(region),
            "speaker": _part(speaker),
            "title": _part(title),
        },
    )
    with collector.held():
        return list(map(partial(tuple.__new__, SpeechRow), rows.fetchall()))


#: Where a title is looked for: what somebody remembers of a document or a speech.
_TITLES = ("o.title", "d.source", "s.heading", "s.speaker", "s.office", "s.region")
_IN_TITLE = "(" + " OR ".join(f"{column} LIKE :title ESCAPE '!'" for column in _TITLES) + ")"


def _part(text: str) -> str:
    """Return the LIKE pattern for texts that hold `text`."""
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
