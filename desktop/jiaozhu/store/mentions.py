"""The same words in other places: suggestions that nobody has decided on yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sqlite_utils import Database

from jiaozhu.model import AnyAnnotation, State
from jiaozhu.store.annotations import suggestion
from jiaozhu.store.snapshots import from_snapshot

#: Characters of the text that are told on both sides of a mention.
AROUND = 24


@dataclass(frozen=True, slots=True)
class Mention:
    """An undecided annotation, where it stands, and the text around it."""

    document: str  # Document.id
    title: str  # of the document, or the name of its file
    annotation: AnyAnnotation
    before: str
    after: str


def mentions(db: Database, type_: str, text: str) -> Iterator[Mention]:
    """Yield the undecided annotations of a type that were suggested in these words, by document and place.

    Of a document with versions only the newest counts.
    """
    rows = db.conn.execute(
        f"SELECT s.document, s.id, d.id, ifnull(o.title, d.source), "
        f"(SELECT after FROM latest WHERE document = s.document AND type = ?1 AND subject = s.id) "
        f"FROM {type_}s AS s JOIN documents AS d ON d.key = s.document "
        "JOIN overview AS o ON o.document = s.document "
        "WHERE s.text = ?2 AND o.replaced_by IS NULL ORDER BY s.document, s.start",
        (type_, text),
    ).fetchall()
    for key, id_, document_id, title, snapshot in rows:
        standing = from_snapshot(type_, snapshot) if snapshot else suggestion(db, key, type_, id_)
        annotation = cast("AnyAnnotation", standing)
        if annotation.state is State.SUGGESTED and annotation.text == text:
            yield Mention(document_id, title, annotation, *_around(db, key, annotation))


def _around(db: Database, key: int, annotation: AnyAnnotation) -> tuple[str, str]:
    """Return the text on both sides of an annotation, on one line."""
    start = max(0, annotation.start - AROUND)
    before, after = db.conn.execute(
        "SELECT substr(text, ?2 + 1, ?3), substr(text, ?4 + 1, ?5) FROM documents WHERE key = ?1",
        (key, start, annotation.start - start, annotation.end, AROUND),
    ).fetchone()
    return " ".join(before.split()), " ".join(after.split())
