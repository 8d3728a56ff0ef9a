"""What is measured against what: gold and found records, from files of records or from projects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from jiaozhu import records
from jiaozhu.extraction import extract
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Commitment, Metric
from jiaozhu.records import Record
from jiaozhu.store import Store

SUFFIX = ".jiaozhu"
_A = TypeVar("_A", Metric, Commitment)


class EvaluationError(Exception):
    """Records that can't be measured; the text is a sentence for the user."""


def pairs(gold: Path, found: Path) -> list[tuple[Record, Record]]:
    """Return the gold record of each document with the found one: by the hash of the source, else its name.

    A project stands for what is verified in it on the side of the gold, and for what the extractor finds
    in its documents on the other. Of a project only speeches with nothing undecided count, on both sides.
    A document that was not found counts with nothing found. Raises EvaluationError, StoreError.
    """
    wanted = list(_verified(gold) if gold.suffix == SUFFIX else _read(gold))
    if not wanted:
        raise EvaluationError(_("{file} 里没有可以对照的文档。").format(file=gold))
    given = list(_extracted(found) if found.suffix == SUFFIX else _read(found))
    by_hash = {record.document.sha256: record for record in given}
    by_name = {record.document.source: record for record in given}
    matched = []
    for record in wanted:
        other = by_hash.get(record.document.sha256) or by_name.get(record.document.source)
        if other is None:
            other = replace(record, speeches=[], metrics=[], commitments=[])
        if gold.suffix == SUFFIX:
            other = _inside(other, record)
        matched.append((record, other))
    return matched


def _read(path: Path) -> Iterator[Record]:
    """Yield the records of a file, one JSON line a document."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _decode(line, path, number)
    except FileNotFoundError as error:
        raise EvaluationError(_("没有文件 {file}；请检查路径。").format(file=path)) from error
    except OSError as error:
        raise EvaluationError(
            _("读不了 {file}：{reason}。").format(file=path, reason=error.strerror)
        ) from error


def _decode(line: bytes, path: Path, number: int) -> Record:
    try:
        return records.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        sentence = _("{file} 第 {line} 行不是记录：{reason}。")
        raise EvaluationError(sentence.format(file=path, line=number, reason=error)) from error


def _verified(path: Path) -> Iterator[Record]:
    """Yield what is verified in a project, of the speeches that are done."""
    with Store(path, read_only=True) as store:
        for record in store.curated():
            rows = store.speeches(record.document.id)
            done = {row.id for row in rows if not row.suggested}
            if done:
                speeches = [speech for speech in record.speeches if speech.id in done]
                yield _inside(replace(record, speeches=speeches), record, speeches=done)


def _extracted(path: Path) -> Iterator[Record]:
    """Yield what the extractor of this program finds in the documents of a project."""
    with Store(path, read_only=True) as store:
        for row in store.documents():
            document = store.document(row.id)
            yield records.from_extraction(document, extract(document))


def _inside(record: Record, gold: Record, *, speeches: set[str] | None = None) -> Record:
    """Return the record with only what lies in the gold's speeches."""
    kept = [speech for speech in gold.speeches if speeches is None or speech.id in speeches]
    starts = [speech.start for speech in kept]
    ends = [speech.end for speech in kept]

    def within(annotations: Iterable[_A]) -> list[_A]:
        found = []
        for annotation in annotations:
            at = bisect_right(starts, annotation.start) - 1
            if at >= 0 and annotation.end <= ends[at]:
                found.append(annotation)
        return found

    return replace(record, metrics=within(record.metrics), commitments=within(record.commitments))
