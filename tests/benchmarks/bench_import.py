"""How fast files come into a project: read, extracted and stored, by all cores; and what memory it takes."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Figure
from work import BUILD, texts

from jiaozhu.extraction import extract
from jiaozhu.intake import Refused, Taken
from jiaozhu.reading import read
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store

DOCUMENTS = 1_000
SHARES = 100  # documents from which the share of each step is told


def bench_import() -> Iterator[Figure]:
    """The command line imports a folder of a thousand documents into a new project."""
    for count in (DOCUMENTS // 4, DOCUMENTS):
        seconds, processor, peak = imported(texts(count))
        name = f"import {count:,} documents"
        yield Figure(name=name, value=count / seconds, unit="documents/s")
        yield Figure(name=f"{name}, cores used", value=processor / seconds, unit="cores")
        yield Figure(name=f"{name}, peak memory of a process", value=peak, unit="MB")


def imported(paths: list[Path]) -> tuple[float, float, float]:
    """Return the seconds that an import took, those of processors, and the most MB a process held."""
    with TemporaryDirectory(dir=BUILD) as place:
        for path in paths:
            Path(place, path.name).symlink_to(path)
        command = [sys.executable, "-m", "jiaozhu", "import", str(Path(place, "a.jiaozhu")), place]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        with Store(Path(place, "a.jiaozhu"), read_only=True) as store:
            assert len(store.documents()) == len(paths)
    return seconds, processor, after.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def bench_shares() -> Iterator[Figure]:
    """What part of the work each step is, in one process."""
    paths = texts(SHARES)
    extract(read(paths[0]))  # what is loaded at first use is no part of the work
    start = time.perf_counter()
    documents = [read(path) for path in paths]
    is_read = time.perf_counter()
    taken = [
        Taken(str(path), document, extract(document)) for path, document in zip(paths, documents, strict=True)
    ]
    is_extracted = time.perf_counter()
    with TemporaryDirectory(dir=BUILD) as place, Store(Path(place, "a.jiaozhu"), create=True) as store:
        run_out(store_all(store, taken))
        is_stored = time.perf_counter()
    total = is_stored - start
    for name, seconds in (
        ("reading", is_read - start),
        ("extraction", is_extracted - is_read),
        ("storing", is_stored - is_extracted),
    ):
        yield Figure(name=f"import, share of {name}", value=100 * seconds / total, unit="%")
        yield Figure(name=f"import, {name}", value=1000 * seconds / SHARES, unit="ms/document")


def run_out(items: Iterable[object]) -> None:
    """Take all items; none may be refused."""
    for item in items:
        assert not isinstance(item, Refused)
