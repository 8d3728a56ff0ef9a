"""Full text over speeches and annotations: documents that hold the words, and where."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterator
from contextlib import suppress
from heapq import merge
from itertools import groupby, islice
from typing import NamedTuple

from sqlite_utils import Database

from jiaozhu.model import Commitment, Metric, Speech, State
from jiaozhu.store import outline
from jiaozhu.store.annotations import STANDING, decided
from jiaozhu.store.database import snapshot
from jiaozhu.store.query import Query, Snippet, Span, cut
from jiaozhu.store.word_index import Candidate, WordIndex, changed, said

SPEECHES = frozenset({Speech.type})
ANNOTATIONS = frozenset({Metric.type, Commitment.type, "note"})
#: So many documents are looked through in vain before the caller may think again.
_IN_VAIN = 25
_SEPARATOR = " · "


class Hit(NamedTuple):
    """A paragraph, an annotation or a note in which all words are."""

    type: str  # "speech", "metric", "commitment" or "note"
    start: int  # in the document: of the words in a paragraph, or of the annotation
    end: int
    snippet: Snippet
    speech: str  # id; "" outside speeches
    speaker: str | None
    region: str | None
    annotation: str | None = None  # id; None for a paragraph
    state: State | None = None


class Found(NamedTuple):
    """A document in which something was found."""

    document: str  # id
    name: str  # its title, else its file's name
    date: str | None
    hits: list[Hit]


def search(
    db: Database,
    index: WordIndex | None,
    query: Query,
    *,
    kinds: Collection[str],
    versions: bool,
    most: int,
) -> Iterator[Found | None]:
    """Yield the documents that hold the words, in the order in which they were added.

    None comes now and then where nothing is found, so that the caller may stop. At most `most` hits come.
    Earlier versions of documents are left out unless `versions`.
    """
    if not query.words:
        return
    in_vain = 0
    for candidate in _candidates(db, index, query):
        look_at_text = candidate.in_text and not SPEECHES.isdisjoint(kinds)
        look_at_annotations = candidate.in_annotations and not ANNOTATIONS.isdisjoint(kinds)
        found = None
        if look_at_text or look_at_annotations:
            with snapshot(db):
                row = db.conn.execute(_DOCUMENT, (candidate.key, versions)).fetchone()
                if row is not None:
                    reader = _Reader(db, candidate.key, row[3], query)
                    found = reader.hits(look_at_text, look_at_annotations, kinds, most)
        if found:
            in_vain = 0
            document, name, date, _text = row
            yield Found(document, name, date, found)
            most -= len(found)
            if most <= 0:
                return
        else:
            in_vain += 1
            if in_vain % _IN_VAIN == 0:
                yield None


_DOCUMENT = """
SELECT d.id, ifnull(o.title, d.source), o.date, d.text FROM documents AS d
JOIN overview AS o ON o.document = d.key WHERE d.key = ? AND (o.replaced_by IS NULL OR ?)"""


def _candidates(db: Database, index: WordIndex | None, query: Query) -> Iterator[Candidate]:
    """Yield the documents to look at: those the index names, and those it has not taken in."""
    behind, known = 0, None
    with suppress(sqlite3.Error):  # of the index: then all is looked through
        if index is not None:
            mark = index.mark(db)
            known = index.candidates(query.words)
            if known is not None:
                later = [Candidate(key, False, True) for key in changed(db, mark.decision)]
                for key, same in groupby(merge(later, known), key=lambda one: one.key):
                    if key > mark.document:
                        break
                    every = list(same)
                    in_annotations = any(one.in_annotations for one in every)
                    yield Candidate(key, any(one.in_text for one in every), in_annotations)
                    behind = key
                behind = mark.document
    while True:
        keys = db.conn.execute(
            "SELECT key FROM documents WHERE key > ? ORDER BY key LIMIT 500", (behind,)
        ).fetchall()
        if not keys:
            return
        for (behind,) in keys:
            yield Candidate(behind, True, True)


class _Reader:
    """Looks through one document."""

    def __init__(self, db: Database, key: int, text: str, query: Query) -> None:
        self._db, self._key, self._text, self._query = db, key, text, query
        self._speeches: list[Speech] | None = None

    def hits(
        self, look_at_text: bool, look_at_annotations: bool, kinds: Collection[str], most: int
    ) -> list[Hit]:
        """Return what is found, in the text's order.

        A paragraph whose words are all in annotations that were found is not named again.
        """
        found = list(self._annotations(kinds)) if look_at_annotations else []
        if look_at_text:
            spans = [(hit.start, hit.end) for hit in found if hit.type != "note"]
            found += islice(self._paragraphs(spans), most)
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found[:most]

    def _annotations(self, kinds: Collection[str]) -> Iterator[Hit]:
        query = self._query
        for annotation in _words_of_annotations(self._db, self._key):
            words = said(annotation.text, annotation.indicator)
            if not query.holds_all(said(words, annotation.note)):
                continue
            type_ = annotation.type if query.holds_all(words) else "note"
            if type_ not in kinds:
                continue
            yield Hit(
                type_,
                annotation.start,
                annotation.end,
                self._of_annotation(annotation),
                annotation.speech,
                *self._who(annotation.speech),
                annotation.id,
                annotation.state,
            )

    def _of_annotation(self, annotation: _Words) -> Snippet:
        """Return what to show of an annotation: its words in the text, and what else holds words."""
        text, query = self._text, self._query
        start, end = annotation.start, annotation.end
        indicator, note = annotation.indicator or "", annotation.note or ""
        marks = query.spans(text, start, end)
        line = _line(text, start, end) if marks else (start, end)
        parts = [cut(text, marks[:1] or [(start, start)], *line, marks)]
        if found := query.spans(indicator):
            parts.insert(0, Snippet(indicator, tuple(found)))
        if query.spans(note):
            parts.append(query.snippet(note, 0, len(note)))
        shown, places = "", []
        for part in parts:
            shown += _SEPARATOR if shown else ""
            places += [Span(mark.start + len(shown), mark.end + len(shown)) for mark in part.marks]
            shown += part.text
        return Snippet(shown, tuple(places))

    def _paragraphs(self, known: list[tuple[int, int]]) -> Iterator[Hit]:
        text = self._text
        for start, end in self._query.paragraphs(text):
            spans = self._query.spans(text, start, end)
            if all(any(first <= one.start and one.end <= last for first, last in known) for one in spans):
                continue
            speech = self._speech_at(spans[0].start)
            snippet = self._query.snippet(text, start, end)
            yield Hit("speech", *spans[0], snippet, speech, *self._who(speech))

    def _who(self, speech_id: str) -> tuple[str | None, str | None]:
        """Return the speaker and the region of a speech."""
        for speech in self._outline():
            if speech.id == speech_id:
                return speech.speaker, speech.region
        return None, None

    def _speech_at(self, offset: int) -> str:
        speeches = self._outline()
        place = bisect_right(speeches, offset, key=lambda speech: speech.start) - 1
        return speeches[place].id if place >= 0 and offset < speeches[place].end else ""

    def _outline(self) -> list[Speech]:
        if self._speeches is None:
            self._speeches = outline.speeches(self._db, self._key)
        return self._speeches


class _Words(NamedTuple):
    """What can be found of an annotation, as it stands."""

    type: str
    id: str
    speech: str
    start: int
    end: int
    text: str
    indicator: str | None
    note: str | None = None
    state: State = State.SUGGESTED


_DECIDED = "SELECT 1 FROM decisions WHERE document = ? LIMIT 1"
_SUGGESTED = """
SELECT 'metric', id, speech, start, "end", text, indicator FROM metrics AS s
WHERE document = ?1 {metric} UNION ALL
SELECT 'commitment', id, speech, start, "end", text, NULL FROM commitments AS s
WHERE document = ?1 {commitment}"""
_ALL = _SUGGESTED.format(metric="", commitment="")
_UNDECIDED = _SUGGESTED.format_map(
    {
        type_: "AND NOT EXISTS (SELECT 1 FROM decisions "
        f"WHERE document = s.document AND type = '{type_}' AND subject = s.id)"
        for type_ in (Metric.type, Commitment.type)
    }
)


def _words_of_annotations(db: Database, key: int) -> list[_Words]:
    """Return what can be found of the annotations of a document: a fifth of the time for all fields."""
    is_decided = db.conn.execute(_DECIDED, (key,)).fetchone() is not None
    rows = db.conn.execute(_UNDECIDED if is_decided else _ALL, (key,)).fetchall()
    found = list(map(_Words._make, ((*row, None, State.SUGGESTED) for row in rows)))
    for one in decided(db, STANDING, key) if is_decided else ():
        indicator = one.indicator if isinstance(one, Metric) else None
        place = one.speech, one.start, one.end
        found.append(_Words(one.type, one.id, *place, one.text, indicator, one.note, one.state))
    return found


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the line, or lines, in which a part of a text stands."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last
