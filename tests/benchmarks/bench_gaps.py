"""The longest stops of the window's event loop, in which it takes no key, while much is going on."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_store import as_records, project, record
from measure import Figure, percentile
from PySide6.QtCore import QEventLoop, QTimer
from work import BUILD, texts, work

from jiaozhu import records
from jiaozhu.export import EXPORTERS
from jiaozhu.model import State
from jiaozhu.qt import app
from jiaozhu.qt.ledger_page import LedgerPage
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.progress_page import ProgressPage
from jiaozhu.store import Store

FILES = 50
#: Stops are counted for so long after something is over: then comes what it has put off, in seconds.
AFTER = 0.5


def stops(
    name: str, act: Callable[[], object], is_over: Callable[[], bool] = lambda: True
) -> Iterator[Figure]:
    """Do something in the event loop; yield how long the loop stopped until all that it began was over.

    The loop is asked for an event every millisecond; a stop is the time between two answers.
    """
    loop, taken = QEventLoop(), []
    last, over = time.perf_counter(), 0.0

    def tick() -> None:
        nonlocal last, over
        now = time.perf_counter()
        taken.append(1000 * (now - last))
        last = now
        if not over:
            over = now if is_over() else 0.0
        elif now - over > AFTER:
            loop.quit()

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    act()
    timer.start()
    loop.exec()
    timer.stop()
    for percent, word in (99, "p99"), (100, "longest"):
        yield Figure(name=f"{name}: stop, {word}", value=percentile(taken, percent), unit="ms")


def bench_gaps() -> Iterator[Figure]:
    """A thousand documents with twenty thousand annotations, and a long one of ten thousand."""
    folder = work(1000, with_long=True)
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        accepted = write_accepted(folder / "docs.jsonl", Path(place, "accepted.jsonl"))
        path = project(Path(place, "a.jiaozhu"), accepted, as_records(folder / "long.jsonl"))
        with Store(path, read_only=True) as store:
            *short, long = sorted(store.documents(), key=lambda row: row.suggested)
        app.make_application().processEvents()
        window = MainWindow()
        window.resize(1440, 900)
        window.show()
        yield from stops("nothing", lambda: None)
        yield from stops("open 1,000 documents", lambda: window.open_project(path))
        is_loaded = lambda: "jiaozhu.qt.worklist_pane" in sys.modules  # noqa: E731
        yield from stops("what is loaded a second after that", lambda: None, is_loaded)
        window.page.open(short[0].id)
        yield from stops("open 1,000,000 characters", lambda: window.page.open(long.id))
        yield from stops("to the ledger", lambda: window.pages.turn_to("ledger"), lambda: is_read(window))
        progress = lambda: window.pages.turn_to("progress")  # noqa: E731
        yield from stops("to the progress", progress, lambda: is_counted(window))
        for name in "dark", "light":
            yield from stops(f"{name} theme, on the progress", lambda: window.set_theme(name))  # noqa: B023
        window.pages.turn_to("review")
        for name in "dark", "light":
            yield from stops(f"{name} theme, on the text", lambda: window.set_theme(name))  # noqa: B023
        csv = next(one for one in EXPORTERS if one.name == "csv")
        yield from stops(
            "export to CSV", lambda: window.export_to(Path(place, "a.csv"), csv), lambda: window.task is None
        )
        begun = texts(FILES)
        yield from stops(
            f"import {FILES} files", lambda: window.import_paths(begun), lambda: window.task is None
        )
        window.close()


def write_accepted(source: Path, target: Path) -> Path:
    """Write the documents of a work as records, all their annotations accepted."""
    accepted = {"state": State.ACCEPTED, "reviewer": "王敏", "reviewed_at": "2026-01-02T03:04:05Z"}
    with source.open(encoding="utf-8") as lines, target.open("wb") as out:
        for line in lines:
            one = record(json.loads(line))
            one = replace(
                one,
                metrics=[replace(metric, **accepted) for metric in one.metrics],
                commitments=[replace(commitment, **accepted) for commitment in one.commitments],
            )
            out.write(records.encode(one) + b"\n")
    return target


def is_read(window: MainWindow) -> bool:
    """Return whether all of the ledger is read."""
    page = window.pages.currentWidget()
    return isinstance(page, LedgerPage) and page.model.rowCount() > 0 and not page.reader.is_reading


def is_counted(window: MainWindow) -> bool:
    """Return whether all pictures of the progress are made, and what they show is read."""
    page = window.pages.currentWidget()
    return isinstance(page, ProgressPage) and page.is_settled
