"""Documents and their speeches in the project, added once."""

from __future__ import annotations

import zlib
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter

import msgspec
from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Box, Document, Extraction, SourceMap, Speech
from jiaozhu.store.annotations import insert_suggestions
from jiaozhu.store.database import ContentError
from jiaozhu.store.progress import start_counting

#: Fields of a document that are stored as they are, and those that are stored as JSON.
_PLAIN = ("id", "source", "sha256", "encoding", "title", "publisher", "date", "text")
_MAPS = ("source_map", "boxes")
_PLAIN_VALUES = attrgetter(*_PLAIN)
_MAPS_VALUES = attrgetter(*_MAPS)
_INSERT_DOCUMENT = "INSERT INTO documents ({}) VALUES (?{})".format(
    ", ".join((*_PLAIN, *_MAPS, "raw", "added_at")), ", ?" * (len(_PLAIN) + len(_MAPS) + 1)
)
_read_source_map = msgspec.json.Decoder(SourceMap).decode
_read_boxes = msgspec.json.Decoder(tuple[Box, ...]).decode

_SPEECH_FIELDS = tuple(field.name for field in fields(Speech))
_SPEECH_VALUES = attrgetter(*_SPEECH_FIELDS)
_INSERT_SPEECH = "INSERT INTO speeches (document, {}) VALUES (?{})".format(
    ", ".join(f'"{name}"' for name in _SPEECH_FIELDS), ", ?" * len(_SPEECH_FIELDS)
)


#: No source was larger; a project from outside may claim otherwise.
_LARGEST = 200_000_000  # bytes


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
    db.conn.executemany(_INSERT_SPEECH, [(key, *_SPEECH_VALUES(speech)) for speech in extraction.speeches])
    insert_suggestions(db, key, extraction)
    start_counting(db, key, extraction)


def _as_json(part: object) -> str | None:
    return None if part is None else msgspec.json.encode(part).decode()


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


def speech_details(db: Database, key: int) -> list[Speech]:
    """Return the speeches of a document with all their fields, in the order of the text."""
    columns = ", ".join(f'"{name}"' for name in _SPEECH_FIELDS)
    rows = db.execute(f"SELECT {columns} FROM speeches WHERE document = ? ORDER BY start", (key,))
    return [Speech(**dict(zip(_SPEECH_FIELDS, row, strict=True))) for row in rows]


def document(db: Database, document_id: str) -> Document | None:
    """Return a document without its source bytes, or None if it is not in the project."""
    row = db.conn.execute(
        f"SELECT {', '.join((*_PLAIN, *_MAPS))} FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    if row is None:
        return None
    source_map, boxes = row[len(_PLAIN) :]
    return Document(
        **dict(zip(_PLAIN, row, strict=False)),
        source_map=None if source_map is None else _read_source_map(source_map),
        boxes=None if boxes is None else _read_boxes(boxes),
    )


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
