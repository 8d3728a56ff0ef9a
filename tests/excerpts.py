"""Excerpts of published work reports, annotated by hand.

The reports are not part of the project. ``tests/excerpts/NAME.jsonl`` tells where an excerpt stands in them,
and the places and values of its annotations, counted from its beginning; the words come from the folder
``../shared/corpus``, which lies beside some checkouts only. An excerpt from the middle of a part stands under
the heading of that part. What is compared is what is found in the excerpt when the whole report is read, for
what tells its time may stand pages before. The files come from ``tools/annotate_excerpts.py``.

Rules may be made after the excerpts of the split ``dev``; those of the split ``test`` say how well the rules
bear what they were not made after, and nobody looks at single errors there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from jiaozhu.extraction import extract
from jiaozhu.model import Commitment, Document, Metric, Speech
from jiaozhu.reading import read
from jiaozhu.records import Record, describe

GOLD = Path(__file__).resolve().parent / "excerpts"

SPLITS = ("dev", "test")

_A = TypeVar("_A", Metric, Commitment)


@dataclass(frozen=True)
class Excerpt:
    """One excerpt: its place in the corpus, itself as a document, and what is to be found in it."""

    name: str
    file: str  # below the corpus folder
    sha256: str  # of that file when it was annotated
    split: str
    document: Document  # the excerpt alone
    report: Document  # the whole
    start: int  # of the excerpt in the report's source
    end: int
    gold: Record

    def inside(self, annotation: _A) -> _A | None:
        """Return an annotation of the report as one of the excerpt; None if it does not stand there."""
        start, end = annotation.source_start, annotation.source_end
        if start is None or end is None or not self.start <= start < end <= self.end:
            return None
        above = len(self.document.text) - (self.end - self.start)  # the heading
        place = _span(start - self.start + above, end - self.start + above)
        return replace(
            annotation, speech="s1", text=self.document.text[place["start"] : place["end"]], **place
        )

    def found(self) -> Record:
        """Return what is found in the excerpt."""
        extraction = extract(self.report)
        return replace(
            self.gold,
            metrics=[metric for item in extraction.metrics if (metric := self.inside(item))],
            commitments=[one for item in extraction.commitments if (one := self.inside(item))],
        )


def load(corpus: Path) -> list[Excerpt]:
    """Return all excerpts, by name; raises OSError if the corpus lacks a file."""
    return [_load(path, corpus) for path in sorted(GOLD.glob("*.jsonl"))]


def _load(path: Path, corpus: Path) -> Excerpt:
    about, *annotations = map(json.loads, path.read_text("utf-8").splitlines())
    place = about["excerpt"]
    report = (corpus / place["file"]).read_bytes().decode()
    text = report[place["start"] : place["end"]]
    if place["heading"]:
        text = report[slice(*place["heading"])] + "\n" + text
    document = _document(path.stem, text, place["date"])
    whole = Speech(id="s1", region=place["region"], date=place["date"], **_span(0, len(text)))
    metrics = [
        Metric(id=f"m{number}", **_place(line["metric"], text))
        for number, line in enumerate((line for line in annotations if "metric" in line), start=1)
    ]
    commitments = [
        Commitment(
            id=f"c{number}", metrics=_inside(line["commitment"], metrics), **_place(line["commitment"], text)
        )
        for number, line in enumerate((line for line in annotations if "commitment" in line), start=1)
    ]
    gold = Record(document=describe(document), speeches=[whole], metrics=metrics, commitments=commitments)
    return Excerpt(
        name=path.stem,
        file=place["file"],
        sha256=place["sha256"],
        split=place["split"],
        document=document,
        report=read(corpus / place["file"]),
        start=place["start"],
        end=place["end"],
        gold=gold,
    )


def _document(name: str, text: str, date: str) -> Document:
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    return Document(
        id=digest[:16], source=f"{name}.txt", sha256=digest, encoding="utf-8", text=text, date=date, raw=raw
    )


def _span(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "source_start": start, "source_end": end}


def _place(told: dict[str, Any], text: str) -> dict[str, Any]:
    start, end = told["start"], told["end"]
    return told | _span(start, end) | {"speech": "s1", "text": text[start:end]}


def _inside(commitment: dict[str, Any], metrics: list[Metric]) -> tuple[str, ...]:
    """Return the ids of the metrics that stand inside the commitment."""
    start, end = commitment["start"], commitment["end"]
    return tuple(metric.id for metric in metrics if start <= metric.start and metric.end <= end)
