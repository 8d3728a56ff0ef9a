"""The record layout: one JSON line a document, in and out (CONTRIBUTING, "Records").

Unknown or inapplicable fields are null, decimals are strings, offsets are half-open code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from jiaozhu.model import Commitment, Document, Extraction, Metric, Speech

SCHEMA = "jiaozhu/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDocument:
    """The document as a record shows it."""

    id: str
    source: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document with its speeches and annotations."""

    schema: str = SCHEMA
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
        text=document.text,
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
    return msgspec.json.schema(Record)
