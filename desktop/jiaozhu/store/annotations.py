"""Annotations in the project: suggestions as they came, and how each stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec
from sqlite_utils import Database

from jiaozhu.model import DERIVED, AnyAnnotation, Commitment, Extraction, Metric


def columns(model: type[Metric] | type[Commitment]) -> tuple[str, ...]:
    """Return the fields of a suggestion, in order; what follows from decisions is not among them."""
    return tuple(field.name for field in fields(model) if field.name not in DERIVED)


_METRIC = columns(Metric)
_COMMITMENT = columns(Commitment)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _insert(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} (document, version, {_quoted(names)}) VALUES (?, ?{', ?' * len(names)})"


_INSERT_METRIC = _insert("metrics", _METRIC)
_INSERT_COMMITMENT = _insert("commitments", _COMMITMENT)
_METRIC_VALUES = attrgetter(*_METRIC)
_COMMITMENT_VALUES = attrgetter(*_COMMITMENT)
_IDS = _COMMITMENT.index("metrics")


def _commitment_values(commitment: Commitment) -> list[Any]:
    values = list(_COMMITMENT_VALUES(commitment))
    values[_IDS] = msgspec.json.encode(commitment.metrics).decode()
    return values


def insert_suggestions(db: Database, key: int, extraction: Extraction) -> None:
    """Add what the extractor found in the document with this key."""
    version = extraction.version
    db.conn.executemany(
        _INSERT_METRIC, [(key, version, *_METRIC_VALUES(metric)) for metric in extraction.metrics]
    )
    db.conn.executemany(
        _INSERT_COMMITMENT,
        [(key, version, *_commitment_values(commitment)) for commitment in extraction.commitments],
    )


_read_metric = msgspec.json.Decoder(Metric).decode
_read_commitment = msgspec.json.Decoder(Commitment).decode


def from_snapshot(type_: str, snapshot: str | None) -> AnyAnnotation | None:
    """Return the annotation that a decision kept as JSON; None stays None."""
    if snapshot is None:
        return None
    return _read_metric(snapshot) if type_ == "metric" else _read_commitment(snapshot)


def to_snapshot(annotation: AnyAnnotation | None) -> str | None:
    """Return the annotation as JSON: the same annotation is always the same text; None stays None.

    Fields without a value are left out, so that a field added to the model later changes no snapshot.
    """
    if annotation is None:
        return None
    values = {name: getattr(annotation, name) for name in _SNAPSHOT[annotation.type]}
    return _encode({name: value for name, value in values.items() if value not in (None, ())}).decode()


_SNAPSHOT = {"metric": (*_METRIC, "state"), "commitment": (*_COMMITMENT, "state")}
_encode = msgspec.json.Encoder().encode


def position(annotation: AnyAnnotation) -> tuple[int, int]:
    """Return the sort key of the text's order: by start, the longer first."""
    return annotation.start, -annotation.end


def standing(db: Database, key: int) -> list[AnyAnnotation]:
    """Return the annotations of the document with this key as they stand now, in the text's order."""
    rows = db.execute(
        "SELECT type, snapshot FROM current WHERE document = ? AND seq IS NOT NULL AND snapshot IS NOT NULL",
        (key,),
    )
    found = [annotation for row in rows if (annotation := from_snapshot(*row)) is not None]
    found += undecided(db, key)
    found.sort(key=position)
    return found


def undecided(db: Database, key: int) -> list[AnyAnnotation]:
    """Return the suggestions in the document with this key that no decision is about."""
    untouched = "NOT EXISTS (SELECT 1 FROM decisions WHERE document = s.document AND annotation = s.id)"
    return _suggestions(db, f"document = ? AND {untouched}", (key,))


def suggestion(db: Database, key: int, annotation_id: str) -> AnyAnnotation | None:
    """Return the suggestion with this id as it came; None if there is none."""
    found = _suggestions(db, "document = ? AND id = ?", (key, annotation_id))
    return found[0] if found else None


def _suggestions(db: Database, where: str, values: tuple[Any, ...]) -> list[AnyAnnotation]:
    found: list[AnyAnnotation] = []
    rows = db.conn.execute(f"SELECT {_quoted(_METRIC)} FROM metrics AS s WHERE {where}", values)
    found += msgspec.convert([dict(zip(_METRIC, row, strict=True)) for row in rows], list[Metric])
    rows = db.conn.execute(f"SELECT {_quoted(_COMMITMENT)} FROM commitments AS s WHERE {where}", values)
    commitments = [dict(zip(_COMMITMENT, row, strict=True)) for row in rows]
    for commitment in commitments:
        commitment["metrics"] = msgspec.json.decode(commitment["metrics"])
    return found + msgspec.convert(commitments, list[Commitment])
