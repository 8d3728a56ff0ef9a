"""What is learned from: annotations as the extractor finds them, each with whether the gold has it.

What is found today in texts that the rules were made with: the sample documents, the excerpts of the split
``dev`` (their words are in ../shared/corpus) and the gold in ../shared/gold; these two are left out where
../shared is absent. And what was found at first sight, before rules were made after a text: first_sight.py.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from jiaozhu.extraction import extract
from jiaozhu.extraction.confidence import SIGNS, Signs, watched
from jiaozhu.model import Document
from jiaozhu.paths import sample_docs
from jiaozhu.reading import read
from jiaozhu.records import Record, decode
from jiaozhu.review.scoring import ROW, match, same, spans

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TYPES = tuple(SIGNS)
FIRST_SIGHT = ROOT / "tests" / "excerpts" / "first_sight.json"

sys.path.append(str(ROOT / "tests"))  # the excerpts are read as the tests read them


@dataclass(frozen=True)
class Example:
    """An annotation that was found: its type, its signs, and the truth."""

    document: str
    type: str
    signs: Signs
    right: bool
    familiar: bool  # the rules were made with this text in view


@dataclass(frozen=True)
class Text:
    """A document with its gold, and the file that holds the gold."""

    document: Document
    gold: Record
    file: Path
    inside: Callable[[Any], Any] = lambda annotation: annotation  # None for what the gold does not tell of
    is_part: bool = False  # the gold tells of an excerpt only


def training_texts() -> Iterator[Text]:
    """Yield the texts to learn from, as far as they are at hand."""
    yield from sample_texts()
    yield from excerpts("dev")
    yield from gold_texts("dev")
    yield from gold_texts("reports")


def sample_texts() -> Iterator[Text]:
    """Yield the sample documents."""
    for path in sorted(sample_docs().glob("*.txt")):
        file = sample_docs() / "gold" / f"{path.stem}.jsonl"
        yield Text(read(path), decode(file.read_bytes()), file)


def gold_texts(name: str) -> Iterator[Text]:
    """Yield the documents of a gold file beside the checkout; none if it is absent."""
    file = SHARED / "gold" / f"{name}.jsonl"
    for line in file.read_bytes().splitlines() if file.is_file() else ():
        gold = decode(line)
        yield Text(read(file.parent / gold.document.source), gold, file)


def excerpts(split: str) -> Iterator[Text]:
    """Yield the excerpts of a split; none without the folder they are cut from."""
    from excerpts import GOLD, load

    if (SHARED / "corpus").is_dir():
        for excerpt in load(SHARED / "corpus"):
            if excerpt.split == split:
                file = GOLD / f"{excerpt.name}.jsonl"
                yield Text(excerpt.report, excerpt.gold, file, excerpt.inside, is_part=True)


def examples(text: Text) -> list[Example]:
    """Return what the extractor finds in a text, with whether it is right."""
    with watched() as seen:
        extraction = extract(text.document)
    name = text.gold.document.source
    found: dict[str, list[Any]] = {"metric": [], "commitment": []}
    signs: dict[str, list[Signs]] = {"metric": [], "commitment": []}
    for type_, items in (("metric", extraction.metrics), ("commitment", extraction.commitments)):
        of_type = (those for of, those in seen if of == type_)
        for annotation, those in zip(items, of_type, strict=True):
            if (inside := text.inside(annotation)) is not None:
                found[type_].append(inside)
                signs[type_].append(those)
    right = judge(text.gold, replace(text.gold, metrics=found["metric"], commitments=found["commitment"]))
    return [
        Example(name, type_, those, truth, familiar=True)
        for type_ in TYPES
        for those, truth in zip(signs[type_], right[type_], strict=True)
    ]


def first_sight() -> list[Example]:
    """Return what was found in texts that the rules were not yet made with."""
    return [
        Example(
            entry["document"],
            row["type"],
            tuple(row["signs"].get(name, "") for name in SIGNS[row["type"]]),
            row["right"],
            familiar=False,
        )
        for entry in json.loads(FIRST_SIGHT.read_text("utf-8"))
        for row in entry["found"]
    ]


def judge(gold: Record, found: Record) -> dict[str, list[bool]]:
    """Return for each annotation that was found whether it is right.

    A metric is right if span and row are (CONTRIBUTING, "Measures"), a commitment if half of its span is.
    """
    index = [0, *accumulate(not char.isspace() for char in gold.document.text)]
    metrics, commitments = [False] * len(found.metrics), [False] * len(found.commitments)
    for i, j in match(spans(index, gold.metrics), spans(index, found.metrics), 1.0):
        one, other = gold.metrics[i], found.metrics[j]
        metrics[j] = all(same(field, one, other, strict=True) for field in ROW)
    for _, j in match(spans(index, gold.commitments), spans(index, found.commitments), 0.5):
        commitments[j] = True
    return {"metric": metrics, "commitment": commitments}


def hashes(texts: list[Text]) -> dict[str, str]:
    """Return the SHA-256 of each gold file, by its path from the project or from beside it."""
    told = {}
    for file in sorted({FIRST_SIGHT, *(text.file for text in texts)}):
        root = ROOT if file.is_relative_to(ROOT) else ROOT.parent
        told[file.relative_to(root).as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    return told
