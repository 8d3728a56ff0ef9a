"""How soon the window has painted what one asked for, and a decision is painted and on the disk."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_store import as_records, project
from measure import Figure, peak_memory, percentile
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from work import BUILD, work

from jiaozhu.qt import app
from jiaozhu.qt.main_window import MainWindow

KEYS = 400
SIZE = 1440, 900


class Paints(QObject):
    """Counts how often the text was painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.count = 0
        window.page.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


@contextmanager
def opened(path: Path) -> Iterator[tuple[MainWindow, Callable[[Callable[[], object]], float]]]:
    """Open a project; give the window, and a function that times something until it is painted."""
    application = app.make_application()
    window = MainWindow()
    window.resize(*SIZE)
    window.open_project(path)
    window.show()
    application.processEvents()
    paints = Paints(window)

    def timed(act: Callable[[], object]) -> float:
        """Return the milliseconds until what an act changes has been painted."""
        paints.count = 0
        start = time.perf_counter()
        act()
        application.processEvents()
        taken = time.perf_counter() - start
        assert paints.count, "nothing was painted"
        return 1000 * taken

    try:
        yield window, timed
    finally:
        window.close()


def keys(
    window: MainWindow, timed: Callable[[Callable[[], object]], float], documents: list[str]
) -> list[float]:
    """Return the milliseconds from each key press to its picture: accept and reject, document by document."""
    taken = []
    for document in documents:
        window.page.open(document)
        assert window.session is not None
        # The last decision opens the next document, which is another figure.
        for number in range(min(KEYS // len(documents), window.session.counts.suggested - 1)):
            key = Qt.Key.Key_Backspace if number % 3 else Qt.Key.Key_Return
            taken.append(timed(lambda: QTest.keyClick(window.page.view, key)))  # noqa: B023
    return taken


def percentiles(name: str, taken: list[float], note: str) -> Iterator[Figure]:
    for percent in 50, 99:
        yield Figure(name=f"{name}, p{percent}", value=percentile(taken, percent), unit="ms", note=note)


def bench_window() -> Iterator[Figure]:
    """A hundred documents of twenty spans, and a long one of ten thousand."""
    folder = work(1000, with_long=True)
    short, long = as_records(folder / "docs.jsonl"), as_records(folder / "long.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        path = project(Path(place, "a.jiaozhu"), short, long)
        with opened(path) as (window, timed):
            assert window.session is not None
            rows = window.session.store.documents()
            taken = [timed(lambda: window.page.open(row.id)) for row in rows[1:40]]  # noqa: B023
            yield from percentiles("open 20 spans", taken, "painted")
            taken = []
            for row in rows[1:6]:
                taken.append(timed(lambda: window.page.open(rows[-1].id)))
                window.page.open(row.id)
            yield from percentiles("open 10,000 spans in 1,000,000 characters", taken, "painted")
            bar = window.page.view.verticalScrollBar()
            window.page.open(rows[-1].id)
            places = [bar.maximum() * part // 23 for part in (11, 3, 22, 7, 19, 1, 15, 5, 20, 2) * 4]
            taken = [timed(lambda: bar.setValue(place)) for place in places]  # noqa: B023
            yield from percentiles("jump in 1,000,000 characters", taken, "painted")
            taken = [timed(lambda: QTest.keyClick(window.page.view, Qt.Key.Key_PageDown)) for _ in range(60)]
            yield from percentiles("a page on in 1,000,000 characters", taken, "painted")
            note = "painted and on the disk"
            several = [row.id for row in rows[100:120]]
            yield from percentiles("a decision among 20", keys(window, timed, several), note)
            yield from percentiles("a decision among 10,000", keys(window, timed, [rows[-1].id]), note)
        yield Figure(name="1,000 documents and the long one, peak memory", value=peak_memory(), unit="MB")


def bench_bare_insert() -> Iterator[Figure]:
    """What a decision is measured against: one row and nothing else, durable."""
    with TemporaryDirectory(dir=BUILD) as place, closing(sqlite3.connect(Path(place, "a.db"))) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE decisions (seq INTEGER PRIMARY KEY, after TEXT)")
        db.commit()
        taken = []
        for _ in range(KEYS):
            start = time.perf_counter()
            db.execute("INSERT INTO decisions (after) VALUES (?)", ("x" * 500,))
            db.commit()
            taken.append(1000 * (time.perf_counter() - start))
        yield from percentiles("a bare insert", taken, "on the disk")


def bench_queue() -> Iterator[Figure]:
    """Ten thousand documents in the queue."""
    records = as_records(work(10_000) / "docs.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        with opened(project(Path(place, "a.jiaozhu"), records)) as (window, _timed):
            queue = window.page.queue
            application = app.make_application()

            def list_documents() -> None:
                assert window.session is not None
                queue.show_documents(window.session.store.documents())
                application.processEvents()

            def filter_documents(text: str) -> None:
                queue.text.setText(text)
                application.processEvents()

            listed, filtered = [], []
            filter_documents("义乌")  # the first reads the speeches' names
            for number in range(15):
                filter_documents("")
                start = time.perf_counter()
                list_documents()
                listed.append(1000 * (time.perf_counter() - start))
                start = time.perf_counter()
                filter_documents(f"00{number}")
                filtered.append(1000 * (time.perf_counter() - start))
            yield from percentiles("10,000 documents: list", listed, "read and painted")
            yield from percentiles("10,000 documents: filter", filtered, "painted")
