"""Speeches and metadata as they stand: as they were found, and as decisions have changed them since."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from operator import attrgetter

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Metadata, Speech, State
from jiaozhu.store.annotations import standing
from jiaozhu.store.database import ContentError

_FIELDS = tuple(field.name for field in fields(Speech))
_VALUES = attrgetter(*_FIELDS)
_COLUMNS = ", ".join(f'"{name}"' for name in _FIELDS)
_ROW = f"(document, {_COLUMNS}) VALUES (?{', ?' * len(_FIELDS)})"
_KNOWN = tuple(field.name for field in fields(Metadata) if field.name != "id")


def insert(db: Database, key: int, speeches: tuple[Speech, ...]) -> None:
    """Add the speeches of a document that is being added."""
    rows = [(key, *_VALUES(speech)) for speech in speeches]
    for table in "speeches", "outline":
        db.conn.executemany(f"INSERT INTO {table} {_ROW}", rows)


def speeches(db: Database, key: int) -> list[Speech]:
    """Return the speeches of a document as they stand, in the order of the text."""
    return _read(db, f"SELECT {_COLUMNS} FROM outline WHERE document = ? ORDER BY start", key)


def suggested_speeches(db: Database, key: int) -> list[Speech]:
    """Return the speeches of a document as they were found, in the order of the text."""
    return _read(db, f"SELECT {_COLUMNS} FROM speeches WHERE document = ? ORDER BY start", key)


def suggested_speech(db: Database, key: int, speech_id: str) -> Speech | None:
    """Return a speech as it was found; None if there is none with this id."""
    found = _read(db, f"SELECT {_COLUMNS} FROM speeches WHERE document = ? AND id = ?", key, speech_id)
    return found[0] if found else None


def _read(db: Database, query: str, *values: object) -> list[Speech]:
    return [
        Speech(**dict(zip(_FIELDS, row, strict=True))) for row in db.conn.execute(query, values).fetchall()
    ]


def change_speech(db: Database, key: int, before: Speech | None, after: Speech | None) -> None:
    """Bring the outline in line with a decision on a speech: changed, new, or gone.

    Raises ContentError if there still are annotations in a speech that goes.
    """
    speech = before or after
    assert speech is not None
    if before is None:
        db.conn.executemany(
            "INSERT INTO progress (document, speech, type) VALUES (?, ?, ?)",
            [(key, speech.id, type_) for type_ in ("metric", "commitment")],
        )
    elif after is None:
        gone = db.conn.execute(
            "DELETE FROM progress WHERE document = ? AND speech = ? "
            "AND suggested + accepted + corrected + rejected + added = 0",
            (key, speech.id),
        )
        if gone.rowcount != 2:
            raise ContentError(_("讲话 {speech} 中还有条目，不能去掉。").format(speech=speech.id))
    db.conn.execute("DELETE FROM outline WHERE document = ? AND id = ?", (key, speech.id))
    if after is not None:
        db.conn.execute(f"INSERT INTO outline {_ROW}", (key, *_VALUES(after)))
    more = (after is not None) - (before is not None)
    db.conn.execute("UPDATE overview SET speeches = speeches + ? WHERE document = ?", (more, key))


def check(db: Database, key: int) -> None:
    """Raise ContentError unless speeches are apart and hold their annotations whole.

    An annotation that was rejected may reach out of its speech.
    """
    found = speeches(db, key)
    (length,) = db.conn.execute("SELECT length(text) FROM documents WHERE key = ?", (key,)).fetchone()
    within = all(0 <= speech.start < speech.end <= length for speech in found)
    if not within or any(after.start < before.end for before, after in pairwise(found)):
        raise ContentError(_("讲话的范围重叠或超出原文。"))
    by_id = {speech.id: speech for speech in found}
    for annotation in standing(db, key):
        speech = by_id[annotation.speech]
        inside = speech.start <= annotation.start and annotation.end <= speech.end
        if not inside and annotation.state is not State.REJECTED:
            raise ContentError(_("“{text}”不在任何一篇讲话之内。").format(text=annotation.text))


def metadata(db: Database, key: int, document_id: str) -> Metadata:
    """Return what is known of a document, as it stands."""
    return _metadata(db, f"SELECT {', '.join(_KNOWN)} FROM overview WHERE document = ?", key, document_id)


def suggested_metadata(db: Database, key: int, document_id: str) -> Metadata:
    """Return what reading the document told."""
    return _metadata(db, f"SELECT {', '.join(_KNOWN)} FROM documents WHERE key = ?", key, document_id)


def _metadata(db: Database, query: str, key: int, document_id: str) -> Metadata:
    row = db.conn.execute(query, (key,)).fetchone()
    return Metadata(id=document_id, **dict(zip(_KNOWN, row, strict=True)))


def change_metadata(db: Database, key: int, after: Metadata) -> None:
    """Bring the overview in line with a decision on a document's metadata."""
    columns = ", ".join(f"{name} = ?" for name in _KNOWN)
    values = [getattr(after, name) for name in _KNOWN]
    db.conn.execute(f"UPDATE overview SET {columns} WHERE document = ?", (*values, key))
