"""A project as large as any should become: ten thousand speeches, a million annotations."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_ledger import ledger
from bench_store import project, record
from measure import Figure
from work import BUILD, work

from jiaozhu import records
from jiaozhu.store.migrations import NEWEST

DOCUMENTS, SPANS = 10_000, 100


def bench_large() -> Iterator[Figure]:
    """Opening it, and its ledger."""
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        yield from ledger(large_project(), f"{DOCUMENTS * SPANS:,} annotations")


def large_project() -> Path:
    """Return the project; made if need be, which takes minutes."""
    path = BUILD / f"large-{NEWEST}.jiaozhu"
    if not path.is_file():
        source = work(DOCUMENTS) / "docs.jsonl"
        crowded = source.with_name("crowded.jsonl")
        with source.open(encoding="utf-8") as lines, crowded.open("wb") as out:
            out.writelines(records.encode(record(crowd(json.loads(line)))) + b"\n" for line in lines)
        project(path.with_suffix(".part"), crowded).rename(path)
        crowded.unlink()
    return path


def crowd(document: dict) -> dict:
    """Return a document of the work with as many spans as the large project has in each, side by side."""
    step = len(document["text"]) // SPANS
    kinds = [span["label"] for span in document["spans"]]
    spans = [
        {"start": number * step, "end": number * step + min(step, 9), "label": kinds[number % len(kinds)]}
        for number in range(SPANS)
    ]
    return {**document, "spans": spans}
