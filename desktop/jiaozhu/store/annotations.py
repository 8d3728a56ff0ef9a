"""Annotations in the project: suggestions as they came, and how each stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec
from sqlite_utils import Database

from jiaozhu.model import DERIVED, AnyAnnotation, Commitment, Extraction, Metric
from jiaozhu.store import collector


def columns(model: type[AnyAnnotation]) -> tuple[str, ...]:
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


def sort(found: list[AnyAnnotation]) -> None:
    """Bring annotations in the text's order: by start, the longer first; the id decides the rest."""
    found.sort(key=attrgetter("id"))
    found.sort(key=attrgetter("end"), reverse=True)
    found.sort(key=attrgetter("start"))


def standing(db: Database, key: int) -> list[AnyAnnotation]:
    """Return the annotations of the document with this key as they stand now, in the text's order."""
    with collector.held():
        found = [*decided(db, STANDING, key), *undecided(db, key)]
    sort(found)
    return found


#: The query for `decided` of how annotations in the document with a key stand.
STANDING = "SELECT group_concat(after) FROM latest WHERE type = ? AND document = ?"


def decided(db: Database, query: str, *values: object) -> list[AnyAnnotation]:
    """Return the annotations whose snapshots a query gives, joined by commas.

    It is asked once for each type, which is its first parameter; `values` are the others.
    """
    found: list[AnyAnnotation] = []
    for type_, decode in DECODERS.items():
        (snapshots,) = db.conn.execute(query, (type_, *values)).fetchone()
        found += decode(f"[{snapshots or ''}]")
    return found


def undecided(db: Database, key: int) -> list[AnyAnnotation]:
    """Return the suggestions in the document with this key that no decision is about."""
    untouched = (
        "NOT EXISTS (SELECT 1 FROM decisions WHERE document = s.document AND type = ? AND subject = s.id)"
    )
    where = f"document = ? AND {untouched}"
    return [item for type_ in _AS_JSON for item in _read(db, type_, where, (key, type_))]


def suggestion(db: Database, key: int, type_: str, annotation_id: str) -> AnyAnnotation | None:
    """Return the suggestion of this type with this id as it came; None if there is none."""
    found = _read(db, type_, "document = ? AND id = ?", (key, annotation_id))
    return found[0] if found else None


def found_in(db: Database, key: int) -> list[AnyAnnotation]:
    """Return all suggestions in the document with this key as they came, in the text's order."""
    found = [item for type_ in _AS_JSON for item in _read(db, type_, "document = ?", (key,))]
    sort(found)
    return found


def _as_json(table: str, names: tuple[str, ...]) -> str:
    """Return the query for the rows of a table as one JSON list: half the time of fetching cells."""
    pairs = (f"'{name}', " + ("json(metrics)" if name == "metrics" else f'"{name}"') for name in names)
    return f"SELECT json_group_array(json_object({', '.join(pairs)})) FROM {table} AS s WHERE "


_AS_JSON = {"metric": _as_json("metrics", _METRIC), "commitment": _as_json("commitments", _COMMITMENT)}
#: What reads a list of snapshots, by type.
DECODERS: dict[str, Callable[[str], Sequence[AnyAnnotation]]] = {
    "metric": msgspec.json.Decoder(list[Metric]).decode,
    "commitment": msgspec.json.Decoder(list[Commitment]).decode,
}


def _read(db: Database, type_: str, where: str, values: tuple[Any, ...]) -> Sequence[AnyAnnotation]:
    (found,) = db.conn.execute(_AS_JSON[type_] + where, values).fetchone()
    return DECODERS[type_](found)
