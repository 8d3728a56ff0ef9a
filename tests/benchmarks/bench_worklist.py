"""How soon the worklist of a hundred thousand annotations is there, and how long a decision in it takes."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_store import as_records, project
from bench_window import percentiles
from measure import Figure, peak_memory
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from work import BUILD, work

from jiaozhu.qt import app
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.worklist import Order

DOCUMENTS = 5_000  # of twenty spans each
TEXTS = ("增长", "粮食", "GDP", "没有这样的", "亿元", "")


def bench_worklist() -> Iterator[Figure]:
    """A hundred thousand annotations in five thousand documents."""
    records = as_records(work(DOCUMENTS) / "docs.jsonl")
    name = f"{20 * DOCUMENTS:,} annotations"
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        path = project(Path(place, "a.jiaozhu"), records)
        application = app.make_application()
        window = MainWindow()
        window.resize(1440, 900)
        window.open_project(path)
        window.show()
        application.processEvents()

        def settle(is_there: Callable[[], bool]) -> float:
            """Wait until something is there; return the longest stand of the window, in milliseconds."""
            stand = 0.0
            while not is_there():
                before = time.perf_counter()
                application.processEvents()
                stand = max(stand, 1000 * (time.perf_counter() - before))
                time.sleep(0.001)
            application.processEvents()
            return stand

        settle(lambda: "jiaozhu.qt.worklist_pane" in sys.modules)  # is loaded a second after the start
        start = time.perf_counter()
        QTest.keySequence(window.page.view, QKeySequence("Q"))
        pressed = 1000 * (time.perf_counter() - start)
        pane = window.page.left.worklist
        shown = settle(lambda: pane.model.rowCount() > 0)
        first = 1000 * (time.perf_counter() - start)
        yield Figure(name=f"{name}: worklist", value=first, unit="ms", note="first rows painted")
        stand = max(pressed, shown, settle(lambda: not pane.reader.is_reading))
        yield Figure(name=f"{name}: all of it in order", value=time.perf_counter() - start, unit="s")
        yield Figure(name="the window at a stand meanwhile", value=stand, unit="ms")

        def changed(act: Callable[[], object]) -> tuple[float, float]:
            begin = time.perf_counter()
            act()
            acted = 1000 * (time.perf_counter() - begin)
            longest = max(acted, settle(lambda: not pane.reader.is_reading))
            return 1000 * (time.perf_counter() - begin), longest

        made = [changed(lambda: pane.set_order(order)) for order in list(Order) * 2]  # noqa: B023
        yield from percentiles(f"{name}: another order", [one for one, _stand in made], "painted")
        made += (found := [changed(lambda: pane.text.setText(text)) for text in TEXTS * 2])  # noqa: B023
        yield from percentiles(f"{name}: filter by words", [one for one, _stand in found], "painted")
        yield Figure(
            name="the window at a stand meanwhile", value=max(stand for _one, stand in made), unit="ms"
        )

        pane.set_order(Order.UNCERTAIN)
        settle(lambda: not pane.reader.is_reading)
        view, taken = window.page.view, []
        view.setFocus()
        for _fact in range(60):
            begin = time.perf_counter()
            QTest.keySequence(view, QKeySequence("Return"))
            application.processEvents()
            taken.append(1000 * (time.perf_counter() - begin))
        yield from percentiles(f"{name}: a decision", taken, "durable, the next one painted")
        begin = time.perf_counter()
        QTest.keySequence(view, QKeySequence("Q"))
        QTest.keySequence(view, QKeySequence("Q"))
        settle(lambda: not pane.reader.is_reading)
        back = 1000 * (time.perf_counter() - begin)
        yield Figure(name=f"{name}: left and taken up again", value=back, unit="ms")
        yield Figure(name=f"{name}: worklist, peak memory", value=peak_memory(), unit="MB")
        window.close()
