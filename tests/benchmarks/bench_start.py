"""How long the window takes to appear, and what it costs in memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measure import Figure
from work import ROOT, texts

HERE = Path(__file__).resolve().parent
RUNS = 7

#: Runs the program as a user would and ends it at the last picture that is waited for: the first one
#: of the window, and with a project the first after that is open. Says when each came, and the memory.
PROGRAM = """
import json, sys, time
sys.path.insert(0, {here!r})

def watch(has_project):
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication
    from jiaozhu.qt.main_window import MainWindow

    class Pictures(QObject):
        is_open = not has_project
        first = None

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                if self.first is None:
                    QTimer.singleShot(0, self.note_first)
                if self.is_open:
                    QTimer.singleShot(0, self.report)
            return False

        def note_first(self):
            self.first = self.first or time.monotonic()

        def report(self):
            from measure import peak_memory
            print(json.dumps([self.first, time.monotonic(), peak_memory()]), flush=True)
            QApplication.exit()

    run, open_project = QApplication.exec, MainWindow.open_project
    pictures = Pictures()

    def run_watched(*arguments):
        QApplication.instance().installEventFilter(pictures)
        return run()

    def open_watched(*arguments, **options):
        is_open = open_project(*arguments, **options)
        pictures.is_open = True
        return is_open

    QApplication.exec = run_watched
    MainWindow.open_project = open_watched

arguments = {arguments!r}
from jiaozhu.__main__ import main
watch(bool(arguments))
sys.argv = ["jiaozhu", *arguments]
main()
"""


def start(arguments: list[str], home: Path) -> tuple[float, float, float]:
    """Start the program; return the seconds to its first and its last picture, and its peak memory in MB."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "JIAOZHU_HOME": str(home)}
    program = PROGRAM.format(here=str(HERE), arguments=arguments)
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    if done.returncode or not done.stdout:
        raise SystemExit(f"The window did not come up:\n{done.stderr}")
    first, last, memory = json.loads(done.stdout.splitlines()[0])
    return first - begin, last - begin, memory


def bench_start() -> Iterator[Figure]:
    """Start without a project, and with one of forty documents, by turns."""
    with TemporaryDirectory() as folder:
        project = Path(folder) / "bench.jiaozhu"
        command = [sys.executable, "-m", "jiaozhu", "import", str(project), *map(str, texts(40))]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        start([], Path(folder) / "empty")  # the first fills the caches of files and byte code
        empty, filled = [], []
        for run in range(RUNS):
            empty.append(start([], Path(folder) / f"empty-{run}"))
            filled.append(start(["open", str(project)], Path(folder) / f"filled-{run}"))
    yield Figure(name="start to window painted", value=median([first for first, _, _ in empty]), unit="s")
    yield Figure(name="start to project painted", value=median([last for _, last, _ in filled]), unit="s")
    yield Figure(name="start, peak memory", value=max(memory for _, _, memory in filled), unit="MB")
