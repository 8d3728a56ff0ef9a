"""How fast words are found among two hundred thousand annotations, and what learning them costs."""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_store import as_records, project
from measure import Figure, percentile
from work import BUILD, work

from jiaozhu.store import Store
from jiaozhu.store.word_index import place_of

DOCUMENTS = 10_000  # with 20 annotations each
QUERIES = 200
LENGTHS = (1, 2, 2, 2, 3, 4, 4, 6, 9)  # of what people type, in characters


def bench_search() -> Iterator[Figure]:
    """A project of ten thousand documents: words of its texts, and words that are nowhere."""
    source = as_records(work(DOCUMENTS) / "docs.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        path = project(Path(place, "a.jiaozhu"), source)
        with Store(path, read_only=True) as store:
            queries = list(asked(store))
            yield from figures(store, queries[:5], "looked through, not learnt")
            begun, processor = time.perf_counter(), time.process_time()
            store.learn(3600)
            seconds, processor = time.perf_counter() - begun, time.process_time() - processor
        yield Figure(name=f"search, {DOCUMENTS:,} documents learnt", value=seconds, unit="s")
        yield Figure(name="search, learning a document", value=1000 * processor / DOCUMENTS, unit="ms")
        with Store(path, read_only=True) as store:
            texts = sum(len(store.text(row.id).encode()) for row in store.documents())
            size = os.path.getsize(place_of(path))
            yield Figure(name="search, index on the disk", value=size / 1e6, unit="MB")
            yield Figure(name="search, index beside the texts", value=100 * size / texts, unit="%")
            yield from figures(store, queries, "learnt")


def asked(store: Store) -> Iterator[str]:
    """Yield what might be looked for: parts of the texts, and every fifth time words that are nowhere."""
    chance = random.Random(0)
    rows = store.documents()
    for number in range(QUERIES):
        text = "".join(store.text(chance.choice(rows).id).split())
        at, length = chance.randrange(len(text) - 20), LENGTHS[number % len(LENGTHS)]
        yield text[at : at + length][:: -1 if number % 5 == 0 else 1]


def figures(store: Store, queries: list[str], note: str) -> Iterator[Figure]:
    """Yield how long searches took: until the first is found, and until a hundred places or all are."""
    firsts, alls = [], []
    for query in queries:
        begun = time.perf_counter()
        first = None
        for found in store.search(f'"{query}"'):
            if found is not None and first is None:
                first = time.perf_counter() - begun
        alls.append(1000 * (time.perf_counter() - begun))
        firsts.append(alls[-1] if first is None else 1000 * first)
    for name, taken in (("first place", firsts), ("a hundred places", alls)):
        for percent in 50, 95:
            figure = f"search, {name}, p{percent}"
            yield Figure(name=figure, value=percentile(taken, percent), unit="ms", note=note)
