"""How soon the ledger shows a hundred thousand annotations, filters, sorts and scrolls them."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_store import as_records, project
from bench_window import percentiles
from measure import Figure, peak_memory, percentile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from work import BUILD, work

from jiaozhu.qt import app
from jiaozhu.qt.ledger_columns import PLACES
from jiaozhu.qt.ledger_page import LedgerPage
from jiaozhu.qt.main_window import MainWindow

DOCUMENTS = 5_000  # of twenty spans each
TEXTS = ("增长", "粮食", "学校 2", "GDP", "9", "没有这样的", "就业 人", "亿元")


def bench_ledger() -> Iterator[Figure]:
    """A hundred thousand annotations in five thousand documents."""
    records = as_records(work(DOCUMENTS) / "docs.jsonl")
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        yield from ledger(project(Path(place, "a.jiaozhu"), records), f"{20 * DOCUMENTS:,} annotations")


def ledger(path: Path, name: str) -> Iterator[Figure]:
    """Open a project, turn to its ledger, and go through it."""
    application = app.make_application()
    window = MainWindow()
    window.resize(1440, 900)
    start = time.perf_counter()
    window.open_project(path)
    window.show()
    application.processEvents()
    yield Figure(name=f"{name}: project opened", value=time.perf_counter() - start, unit="s", note="painted")
    start = time.perf_counter()
    window.pages.turn_to("ledger")
    page = window.pages.currentWidget()
    assert isinstance(page, LedgerPage)
    while not page.model.rowCount():
        application.processEvents()
    application.processEvents()
    yield Figure(
        name=f"{name}: ledger",
        value=1000 * (time.perf_counter() - start),
        unit="ms",
        note="first rows painted",
    )
    stops = []
    while page.reader.is_reading:
        before = time.perf_counter()
        application.processEvents()
        stops.append(1000 * (time.perf_counter() - before))
        time.sleep(0.001)
    yield Figure(name=f"{name}: all of the ledger read", value=time.perf_counter() - start, unit="s")
    for percent in 99, 100:
        yield Figure(
            name=f"the window at a stand meanwhile, p{percent}",
            value=percentile(stops, percent),
            unit="ms",
        )

    def timed(act: Callable[[], object]) -> float:
        begin = time.perf_counter()
        act()
        application.processEvents()
        return 1000 * (time.perf_counter() - begin)

    field = page.bar.field
    taken = [timed(lambda: field.setText(text)) for text in TEXTS * 4]  # noqa: B023
    yield from percentiles(f"{name}: filter by words", taken, "with all counts, painted")
    field.clear()
    types = [{"metric"}, {"commitment"}, set()]
    taken = [timed(lambda: page.facets.chosen.emit("type", held)) for held in types * 8]  # noqa: B023
    yield from percentiles(f"{name}: filter by a value", taken, "with all counts, painted")
    columns = ["text", "value", "period", "document", "state", "region"]
    taken = [timed(lambda: page.table.sort_by(PLACES[one])) for one in columns * 3]  # noqa: B023
    yield from percentiles(f"{name}: sort", taken, "painted")
    page.table.setFocus()
    taken = [timed(lambda: QTest.keyClick(page.table, Qt.Key.Key_PageDown)) for _ in range(60)]
    yield from percentiles(f"{name}: a page on", taken, "painted")
    bar = page.table.verticalScrollBar()
    places = [bar.maximum() * part // 23 for part in (11, 3, 22, 7, 19, 1, 15, 5, 20, 2) * 4]
    taken = [timed(lambda: bar.setValue(place)) for place in places]  # noqa: B023
    yield from percentiles(f"{name}: jump", taken, "painted")
    yield Figure(name=f"{name}: ledger, peak memory", value=peak_memory(), unit="MB")
    window.close()
