"""How long the window stands still while it imports, and what a report of thousands of files keeps."""

import os
import pickle
import time
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import Figure
from PySide6.QtCore import QEventLoop, QTimer
from work import BUILD, texts, work

from jiaozhu.qt import app
from jiaozhu.qt.main_window import MainWindow

TINY = 2_000


class Gaps:
    """Asks for an event every millisecond, and notes how long the longest wait for one was."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def measured(name: str, paths: Sequence[Path]) -> Iterator[Figure]:
    """Import files into a new project in a window; yield how long it stood still, and how fast it was."""
    with TemporaryDirectory(dir=BUILD) as place:
        os.environ["JIAOZHU_HOME"] = place
        application = app.make_application()
        window = MainWindow()
        window.open_project(Path(place, "a.jiaozhu"), create=True)
        window.show()
        application.processEvents()
        gaps, loop = Gaps(), QEventLoop()
        start = time.perf_counter()
        window.import_paths(paths)
        assert window.task is not None
        window.task.finished.connect(loop.quit)
        # What follows the import, lists and the first document, is measured by bench_window.
        window._listed_next = inf
        window.task.finished.disconnect(window._on_finished)
        gaps.start()
        loop.exec()
        gaps.stop()
        seconds = time.perf_counter() - start
        outcomes = window.task.report.outcomes
        window.task = None
        yield Figure(name=f"{name}: the window stands still, longest", value=1000 * gaps.longest, unit="ms")
        yield Figure(name=f"{name}: imported", value=len(outcomes) / seconds, unit="documents/s")
        if len(outcomes) >= TINY:
            kept = len(pickle.dumps(outcomes)) / len(outcomes)
            yield Figure(name=f"{name}: a document in the report, pickled", value=kept, unit="bytes")
        window.close()


def bench_importing() -> Iterator[Figure]:
    """Thousands of tiny files, hundreds of usual ones, and one as long as a book."""
    with TemporaryDirectory(dir=BUILD) as place:
        for number in range(TINY):
            text = f"第{number}篇讲话。今年生产总值增长{number}%，新建学校{number}所。"
            Path(place, f"{number:04}.txt").write_text(text, "utf-8")
        yield from measured("2,000 tiny files", [Path(place)])
    yield from measured("250 files of 3,000 characters", texts(250))
    yield from measured("1,000,000 characters", [work(1000, with_long=True) / "long.txt"])
