"""CSV: two tables for R, Python and Excel, a row a metric and a row a commitment.

The two have different columns, and a table whose rows mean different things is no use in R, so
commitments go to a file of their own, `NAME-commitments.csv`. UTF-8 with the mark that Excel
needs; what is unknown is an empty cell. A cell that a spreadsheet would take for a formula gets an
apostrophe in front; numbers never do.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from io import StringIO
from itertools import chain
from operator import attrgetter
from typing import Any, BinaryIO

from jiaozhu.export.exporter import Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Commitment, Metric, Speech
from jiaozhu.records import Record, RecordDocument
from jiaozhu.sentences import Sentences

_DOCUMENT = ("id", "source", "title", "publisher", "date")
_SPEECH = ("heading", "speaker", "office", "region", "region_code", "date")
_METRIC = tuple(field.name for field in fields(Metric))
_COMMITMENT = tuple(field.name for field in fields(Commitment))

#: What Excel, LibreOffice and WPS may read as the beginning of a formula, also in full width.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def columns(model: type[Metric] | type[Commitment]) -> list[str]:
    """Return the names in the first line of the table of metrics or of commitments."""
    return [
        *(f"document_{name}" for name in _DOCUMENT),
        *(f"speech_{name}" for name in _SPEECH),
        *(field.name for field in fields(model)),
        "sentence",
    ]


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe in front says it is text."""
    if not isinstance(cell, str) or cell[:1] not in _FORMULA or len(cell) < 2 or _NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


def write(records: Iterable[Record], streams: Sequence[BinaryIO]) -> None:
    """Write the table of metrics and the table of commitments."""
    metrics, commitments = streams
    for stream, model in (metrics, Metric), (commitments, Commitment):
        stream.write(BOM_UTF8)
        _append(stream, [columns(model)])
    for record in records:
        sentences = Sentences(record.document.text)
        places = {speech.id: _place(record.document, speech) for speech in record.speeches}
        _append(metrics, _rows(record.metrics, _metric, places, sentences))
        _append(commitments, _rows(record.commitments, _commitment, places, sentences))


def _append(stream: BinaryIO, rows: Iterable[list[Any]]) -> None:
    """Write rows; a document's rows go to the file at once, which takes half the time."""
    lines = StringIO(newline="")
    csv.writer(lines).writerows(rows)
    stream.write(lines.getvalue().encode())


_document_values = attrgetter(*_DOCUMENT)
_speech_values = attrgetter(*_SPEECH)
_metric = attrgetter(*_METRIC)
_commitment_values = attrgetter(*_COMMITMENT)
_IDS = _COMMITMENT.index("metrics")


def _place(document: RecordDocument, speech: Speech) -> list[Any]:
    return [harmless(cell) for cell in chain(_document_values(document), _speech_values(speech))]


def _commitment(commitment: AnyAnnotation) -> list[Any]:
    values = list(_commitment_values(commitment))
    values[_IDS] = " ".join(values[_IDS])
    return values


def _rows(
    found: Sequence[AnyAnnotation],
    values: Callable[[AnyAnnotation], Iterable[Any]],
    places: dict[str, list[Any]],
    sentences: Sentences,
) -> Iterable[list[Any]]:
    for annotation in found:
        cells = [*values(annotation), sentences.around(annotation.start, annotation.end)]
        # Most cells are no text or begin with a digit or a letter; only the others are worth a call.
        cells = [
            cell
            if cell.__class__ is not str or "A" <= cell < "\uff00" or "0" <= cell < ":"
            else harmless(cell)
            for cell in cells
        ]
        yield places[annotation.speech] + cells


EXPORTER = Exporter(
    name="csv",
    title=_("CSV 表格（指标和承诺各一个文件）"),
    suffix=".csv",
    parts=("", "-commitments"),
    write=write,
)
