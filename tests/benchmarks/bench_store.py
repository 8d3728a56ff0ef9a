"""How fast projects take in, list, open and give out documents, and how fast a decision is on the disk."""

import json
import os
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Figure, medians, peak_memory, percentile
from work import BUILD, work

from jiaozhu import records
from jiaozhu.export import EXPORTERS, write
from jiaozhu.intake import take
from jiaozhu.model import Commitment, Metric, Speech, State
from jiaozhu.review import Filter, Session
from jiaozhu.review.queue import outline
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store

DECISIONS = 300


def as_records(source: Path) -> Path:
    """Return the spans of a work as a file of records; made if need be."""
    target = source.with_name(f"records-{source.name}")
    if not target.is_file():
        draft = target.with_suffix(".part")
        with source.open(encoding="utf-8") as lines, draft.open("wb") as out:
            out.writelines(records.encode(record(json.loads(line))) + b"\n" for line in lines)
        draft.replace(target)
    return target


def record(document: dict) -> records.Record:
    """Return the record of a document of the work, its spans as suggestions with all their fields."""
    text = document["text"]
    digest = sha256(text.encode()).hexdigest()
    metrics, commitments = [], []
    for number, span in enumerate(document["spans"], 1):
        start, end = span["start"], span["end"]
        place = {
            "speech": "s1",
            "start": start,
            "end": end,
            "source_start": start,
            "source_end": end,
            "text": text[start:end],
            "confidence": 0.9,
            "rule": "work",
        }
        if span["label"] == "metric":
            metrics.append(
                Metric(
                    id=f"m{number}",
                    indicator="GDP",
                    value="160780000000",
                    unit="元",
                    comparator="=",
                    kind="level",
                    period="2024-01-01/2024-09-30",
                    region="义乌市",
                    status="actual",
                    **place,
                )
            )
        else:
            commitments.append(
                Commitment(
                    id=f"c{number}",
                    strength="aim",
                    kind="directional",
                    deadline="2025-12-31",
                    cue="力争",
                    **place,
                )
            )
    return records.Record(
        document=records.RecordDocument(
            id=digest[:16], source=f"{document['id']}.txt", sha256=digest, title=document["title"], text=text
        ),
        speeches=[Speech(id="s1", start=0, end=len(text), region="义乌市", speaker="王敏")],
        metrics=metrics,
        commitments=commitments,
    )


def project(path: Path, *sources: Path) -> Path:
    """Make a project of files of records."""
    with Store(path, create=True) as store:
        for _ in store_all(store, take(list(sources))):
            pass
    return path


def milliseconds(name: str, *functions: Callable[[], object], note: str | None = None) -> Iterator[Figure]:
    """Yield how long a function takes, in milliseconds."""
    for seconds in medians(*functions, runs=9):
        yield Figure(name=name, value=seconds * 1000, unit="ms", note=note)


def decisions(store: Store, document: str) -> list[float]:
    """Return the seconds that each of some hundred decisions took, durable and with all that follows."""
    session = Session(store, reviewer="王敏")
    session.open(document)
    taken = []
    for number in range(DECISIONS):
        start = time.perf_counter()
        session.skip() if number % 2 else session.accept()
        taken.append(time.perf_counter() - start)
    return taken


def bench_thousand() -> Iterator[Figure]:
    """A thousand documents of twenty spans, and a long one of ten thousand."""
    folder = work(1000, with_long=True)
    short, long = as_records(folder / "docs.jsonl"), as_records(folder / "long.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        numbers = iter(range(99))
        (seconds,) = medians(lambda: project(Path(place, f"{next(numbers)}.jiaozhu"), short))
        yield Figure(name="import 1,000 documents as records", value=1000 / seconds, unit="documents/s")
        yield Figure(name="import 1,000 documents as records, peak memory", value=peak_memory(), unit="MB")
        with Store(project(Path(place, "a.jiaozhu"), short, long)) as store:
            rows = store.documents()
            first, last = rows[0].id, rows[-1].id
            yield from milliseconds("open 20 spans", lambda: Session(store, reviewer="-").open(first))
            yield from milliseconds("open 10,000 spans", lambda: Session(store, reviewer="-").open(last))
            for name, document in ("20", first), ("10,000", last):
                taken = [1000 * seconds for seconds in decisions(store, document)]
                for percent in 50, 99:
                    yield Figure(
                        name=f"a decision among {name}, p{percent}",
                        value=percentile(taken, percent),
                        unit="ms",
                        note="on the disk",
                    )
        only_short = project(Path(place, "b.jiaozhu"), short)
        for exporter in EXPORTERS:
            with Store(only_short, read_only=True) as store:
                target = Path(place, "out" + exporter.suffix)
                states = [State.SUGGESTED]
                (seconds,) = medians(lambda: write(store.curated(states), target, exporter))  # noqa: B023
                yield Figure(name=f"export 20,000 annotations, {exporter.name}", value=seconds, unit="s")


def bench_ten_thousand() -> Iterator[Figure]:
    """Ten thousand documents: the list, and the list filtered."""
    short = as_records(work(10_000) / "docs.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        path = project(Path(place, "a.jiaozhu"), short)
        yield Figure(name="10,000 documents on the disk", value=os.path.getsize(path) / 1e6, unit="MB")
        with Store(path) as store:
            yield from milliseconds("10,000 documents: list", store.documents)
            yield from milliseconds("10,000 documents: their speeches", store.speeches)
            both = lambda: (store.documents(), store.speeches())  # noqa: E731
            yield from milliseconds("10,000 documents: list with speeches and counts", both)
            wanted = Filter(title="0099", states=frozenset({State.SUGGESTED}))
            yield from milliseconds("10,000 documents: filter", lambda: outline(store, wanted))
        yield Figure(name="10,000 documents, peak memory", value=peak_memory(), unit="MB")
