"""How long the window takes to appear, and what it costs in memory."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Figure
from work import ROOT, texts

HERE = Path(__file__).resolve().parent
RUNS = 7

#: Runs the program as a user would, and ends it when the first picture is on the screen.
PROGRAM = """
import json, sys, time
sys.path.insert(0, {here!r})

def watch():
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                QTimer.singleShot(0, self.report)
            return False

        def report(self):
            from measure import peak_memory
            print(json.dumps([time.monotonic(), peak_memory()]), flush=True)
            QApplication.exit()

    run = QApplication.exec

    def run_watched(*arguments):
        application = QApplication.instance()
        application.first_paint = FirstPaint()
        application.installEventFilter(application.first_paint)
        return run()

    QApplication.exec = run_watched

watch()
sys.argv = ["jiaozhu", *{arguments!r}]
from jiaozhu.__main__ import main
main()
"""


def start(arguments: list[str], home: str) -> tuple[float, float]:
    """Start the program and return the seconds to its first picture and its peak memory in MB."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "JIAOZHU_HOME": home}
    program = PROGRAM.format(here=str(HERE), arguments=arguments)
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    if done.returncode or not done.stdout:
        raise SystemExit(f"The window did not come up:\n{done.stderr}")
    painted, memory = json.loads(done.stdout.splitlines()[0])
    return painted - begin, memory


def bench_start() -> Iterator[Figure]:
    """Start with a project of a thousand speeches' size and with none; an empty interpreter is the floor."""
    with TemporaryDirectory() as home:
        project = Path(home) / "bench.jiaozhu"
        paths = [str(path) for path in texts(40)]
        command = [sys.executable, "-m", "jiaozhu", "import", str(project), *paths]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        for name, arguments in (("a project", ["open", str(project)]), ("no project", [])):
            start(arguments, home)  # the first fills the caches of files and byte code
            taken, memory = zip(*(start(arguments, home) for _ in range(RUNS)), strict=True)
            yield Figure(name=f"window painted, {name}", value=statistics.median(taken), unit="s")
            yield Figure(name=f"window painted, {name}, peak memory", value=max(memory), unit="MB")
