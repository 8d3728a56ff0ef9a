"""Documents and their speeches in the project, added once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from sqlite_utils import Database

from jiaozhu.fingerprint import fingerprints
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Box, Document, Doubt, Dropped, Extraction, SourceMap
from jiaozhu.store import outline
from jiaozhu.store.annotations import insert_suggestions
from jiaozhu.store.database import ContentError
from jiaozhu.store.progress import start_counting

#: Fields of a document that are stored as they are, and those that are stored as JSON.
_PLAIN = ("id", "source", "sha256", "encoding", "text", "replaces", "title", "publisher", "date", "url")
_MAPS = ("source_map", "boxes", "dropped", "doubts")
_CORRECTABLE = ("title", "publisher", "date", "url")
_PLAIN_VALUES = attrgetter(*_PLAIN)
_MAPS_VALUES = attrgetter(*_MAPS)
_INSERT_DOCUMENT = "INSERT INTO documents ({}) VALUES (?{})".format(
    ", ".join((*_PLAIN, *_MAPS, "raw", "added_at")), ", ?" * (len(_PLAIN) + len(_MAPS) + 1)
)
_READ_MAPS: dict[str, Callable[[str], Any]] = {
    "source_map": msgspec.json.Decoder(SourceMap).decode,
    "boxes": msgspec.json.Decoder(tuple[Box, ...]).decode,
    "dropped": msgspec.json.Decoder(tuple[Dropped, ...]).decode,
    "doubts": msgspec.json.Decoder(tuple[Doubt, ...]).decode,
}

#: As it stands: a reviewer may have corrected the metadata.
_SELECT_DOCUMENT = (
    "SELECT {} FROM documents AS d JOIN overview AS o ON o.document = d.key WHERE d.id = ?".format(
        ", ".join(f"{'o' if name in _CORRECTABLE else 'd'}.{name}" for name in (*_PLAIN, *_MAPS))
    )
)


#: No source was larger; a project from outside may claim otherwise.
_LARGEST = 200_000_000  # bytes


class Alike(NamedTuple):
    """A document that has words in common with another; its title and date as they stand."""

    id: str
    source: str
    title: str | None
    date: str | None


def insert(db: Database, document: Document, extraction: Extraction) -> None:
    """Add a document with all that was found in it; the caller has opened a transaction.

    Raises ContentError, naming what is wrong, if an annotation is not what the document says.
    """
    _check(document, extraction)
    cursor = db.conn.execute(
        _INSERT_DOCUMENT,
        (
            *_PLAIN_VALUES(document),
            *map(_as_json, _MAPS_VALUES(document)),
            zlib.compress(document.raw, 1) if document.raw else b"",
            datetime.now(UTC).isoformat(timespec="microseconds"),
        ),
    )
    key = cursor.lastrowid
    assert key is not None
    outline.insert(db, key, extraction.speeches)
    insert_suggestions(db, key, extraction)
    start_counting(db, key, document, extraction)
    db.conn.executemany(
        "INSERT INTO fingerprints VALUES (?, ?)", [(item, key) for item in fingerprints(document.text)]
    )


def _as_json(part: object) -> str | None:
    return None if part is None or part == () else msgspec.json.encode(part).decode()


def _check(document: Document, extraction: Extraction) -> None:
    """Raise ContentError unless ids are unique, spans hold what they quote, and speeches are there."""
    speeches = {speech.id for speech in extraction.speeches}
    ids = set()
    for annotation in (*extraction.metrics, *extraction.commitments):
        if annotation.id in ids:
            problem = _("编号重复")
        elif annotation.speech not in speeches:
            problem = _("所属的讲话不存在")
        elif not (0 <= annotation.start < annotation.end <= len(document.text)):
            problem = _("位置超出原文")
        elif annotation.text != document.text[annotation.start : annotation.end]:
            problem = _("文字与原文不符")
        else:
            ids.add(annotation.id)
            continue
        raise ContentError(
            _("“{source}”的条目 {id} 有误：{problem}；请重新提取。").format(
                source=document.source, id=annotation.id, problem=problem
            )
        )
    if len(speeches) < len(extraction.speeches):
        raise ContentError(_("“{source}”的讲话编号重复；请重新提取。").format(source=document.source))


def has(db: Database, sha256: str) -> bool:
    """Return whether a document with these source bytes is in the project."""
    found = db.conn.execute("SELECT 1 FROM documents WHERE sha256 = ? OR id = ?", (sha256, sha256[:16]))
    return found.fetchone() is not None


def key_of(db: Database, document_id: str) -> int | None:
    """Return the document's key in the tables, or None if it is not in the project."""
    row = db.execute("SELECT key FROM documents WHERE id = ?", (document_id,)).fetchone()
    return None if row is None else int(row[0])


def document(db: Database, document_id: str) -> Document | None:
    """Return a document without its source bytes, or None if it is not in the project."""
    row = db.conn.execute(_SELECT_DOCUMENT, (document_id,)).fetchone()
    if row is None:
        return None
    maps = {
        name: _READ_MAPS[name](value)
        for name, value in zip(_MAPS, row[len(_PLAIN) :], strict=True)
        if value is not None
    }
    return Document(**dict(zip(_PLAIN, row, strict=False)), **({"source_map": None} | maps))


def read_maps(db: Database, key: int) -> None:
    """Read what is stored as JSON of a document; raise msgspec.DecodeError if it is none of ours."""
    row = db.conn.execute(f"SELECT {', '.join(_MAPS)} FROM documents WHERE key = ?", (key,)).fetchone()
    for name, value in zip(_MAPS, row, strict=True):
        if value is not None:
            _READ_MAPS[name](value)


def versions(db: Database, document_id: str) -> list[str]:
    """Return the ids of all versions of a document, the oldest first; it is one of them."""
    rows = db.execute(_VERSIONS, (document_id,)).fetchall()
    return [id_ for (id_,) in rows]


#: UNION, not UNION ALL: should a file from outside go round in a circle, it ends.
_VERSIONS = """
WITH RECURSIVE older (id) AS (SELECT ? UNION SELECT d.replaces FROM older JOIN documents AS d USING (id)
    WHERE d.replaces IS NOT NULL),
all_ (id) AS (SELECT id FROM older UNION SELECT d.id FROM all_ JOIN documents AS d ON d.replaces = all_.id)
SELECT d.id FROM all_ JOIN documents AS d USING (id) ORDER BY d.key"""


def alike(db: Database, text: str, most: int) -> list[Alike]:
    """Return at most so many documents that have clauses in common with a text, those with the most first.

    One clause is not enough, unless the text has no other; earlier versions are left out.
    """
    wanted = fingerprints(text)
    rows = db.execute(
        "SELECT d.id, d.source, o.title, o.date FROM fingerprints AS f JOIN overview AS o USING (document) "
        f"JOIN documents AS d ON d.key = document WHERE f.fingerprint IN ({', '.join('?' * len(wanted))}) "
        "AND o.replaced_by IS NULL GROUP BY document HAVING count(*) >= ? "
        "ORDER BY count(*) DESC, document LIMIT ?",
        (*wanted, min(2, len(wanted)), most),
    )
    return [Alike(*row) for row in rows.fetchall()]


def added_at(db: Database, document_id: str) -> str | None:
    """Return when a document came into the project (ISO 8601, UTC), or None if it is not there."""
    row = db.execute("SELECT added_at FROM documents WHERE id = ?", (document_id,)).fetchone()
    return None if row is None else str(row[0])


def text(db: Database, document_id: str) -> str | None:
    """Return the text of a document, or None if it is not in the project."""
    row = db.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()
    return None if row is None else str(row[0])


def raw(db: Database, document_id: str) -> bytes | None:
    """Return a document's source bytes; empty if the project never had them."""
    row = db.execute("SELECT raw FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    if not row[0]:
        return b""
    stream = zlib.decompressobj()
    data = stream.decompress(row[0], _LARGEST)
    if not stream.eof:
        raise zlib.error("incomplete or too large")
    return data
