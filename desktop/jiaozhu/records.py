"""The record layout: one JSON line a document, in and out (CONTRIBUTING, "Records").

Unknown or inapplicable fields are null, decimals are strings, offsets are half-open code points.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal, TypeVar

import msgspec

from jiaozhu import __version__
from jiaozhu.model import (
    CHOICES,
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Extraction,
    Metric,
    Speech,
    State,
)

SCHEMA: Final = "jiaozhu/1"

_A = TypeVar("_A", Metric, Commitment)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """The document as a record shows it."""

    id: str
    source: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document with its speeches and annotations."""

    schema: Literal["jiaozhu/1"] = SCHEMA
    document: RecordDocument
    speeches: list[Speech] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


def from_extraction(document: Document, extraction: Extraction) -> Record:
    """Return the record of a document as extracted, nothing of it reviewed."""
    return Record(
        document=describe(document),
        speeches=list(extraction.speeches),
        metrics=list(extraction.metrics),
        commitments=list(extraction.commitments),
    )


def describe(document: Document) -> RecordDocument:
    """Return the record's view of a document."""
    return RecordDocument(
        id=document.id,
        source=document.source,
        sha256=document.sha256,
        title=document.title,
        publisher=document.publisher,
        date=document.date,
        url=document.url,
        text=document.text,
    )


def to_extraction(record: Record) -> tuple[Document, Extraction, list[Decision]]:
    """Return the document, the suggestions and the decisions that a record tells of.

    The suggestions are the annotations as they stand in the record, since it does not say what they
    were before. A decision is taken over only with the name of its reviewer and its time.
    Raises ValueError if the document's hash or a time is none.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", record.document.sha256):
        raise ValueError(f"sha256 {record.document.sha256!r}")
    if record.document.id != record.document.sha256[:16]:
        raise ValueError(f"id {record.document.id!r}")
    decisions: list[Decision] = []
    metrics = tuple(_suggestions(record.document.id, record.metrics, decisions))
    commitments = tuple(_suggestions(record.document.id, record.commitments, decisions))
    document = Document(
        id=record.document.id,
        source=record.document.source,
        sha256=record.document.sha256,
        encoding=None,
        title=record.document.title,
        publisher=record.document.publisher,
        date=record.document.date,
        url=record.document.url,
        text=record.document.text,
        source_map=None,
    )
    extraction = Extraction(
        speeches=tuple(record.speeches),
        metrics=metrics,
        commitments=commitments,
        version=record.schema,
    )
    return document, extraction, decisions


def _suggestions(document: str, annotations: list[_A], decisions: list[Decision]) -> Iterator[_A]:
    """Yield annotations as they were suggested, and add to `decisions` what was decided on them."""
    for annotation in annotations:
        if annotation.state is State.SUGGESTED and not (annotation.reviewer or annotation.reviewed_at):
            yield annotation
            continue
        suggestion = replace(annotation, state=State.SUGGESTED, reviewer=None, reviewed_at=None)
        decision = _decision(document, suggestion, annotation)
        if decision is not None:
            decisions.append(decision)
        if decision is None or decision.before is not None:
            yield suggestion


_ACTIONS = {
    State.ACCEPTED: Action.ACCEPT,
    State.CORRECTED: Action.CORRECT,
    State.REJECTED: Action.REJECT,
    State.ADDED: Action.ADD,
}


def _decision(document: str, suggestion: AnyAnnotation, annotation: AnyAnnotation) -> Decision | None:
    """Return the decision that gave an annotation its state; None if nobody is named for it."""
    action, reviewer, at = _ACTIONS.get(annotation.state), annotation.reviewer, annotation.reviewed_at
    if action is None or not reviewer or not at:
        return None
    datetime.fromisoformat(at)
    # The same decision from two copies of a record is one.
    told = "\n".join((document, annotation.id, action, reviewer, at))
    return Decision(
        uid=str(uuid.uuid5(uuid.NAMESPACE_URL, told)),
        document=document,
        subject=annotation.id,
        type=annotation.type,
        action=action,
        before=None if action is Action.ADD else suggestion,
        after=replace(suggestion, state=annotation.state),
        reviewer=reviewer,
        at=at,
        program=__version__,
    )


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """Return the record as one line of UTF-8 JSON, without the newline."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> Record:
    """Return the record in one line of JSON.

    Raises msgspec.ValidationError, whose text names the field, if the line is not a record.
    """
    return _decoder.decode(line)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, generated from the model."""
    schema = msgspec.json.schema(Record)
    for model in Metric, Commitment:
        properties = schema["$defs"][model.__name__]["properties"]
        for name, choices in CHOICES[model.type].items():
            properties[name] = {"enum": [*choices, None], "default": None}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}
