"""Draw the window as README shows it: a sample document under review, light and dark, ledger and progress.

Run it where the fonts named in resources/theme/type.toml are installed; the pictures go to docs/screens.
"""

import os
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["JIAOZHU_LANG"] = "zh"

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiaozhu.intake import take
from jiaozhu.model import Action, AnyAnnotation, Reviewer, State
from jiaozhu.paths import sample_docs
from jiaozhu.qt import app, memory
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.deciding import Deed, decide
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
OPENED = "yunling-2024-12-county-secretaries"
#: What has been done when the picture of the review is taken: some accepted, one rejected, one put off.
KEYS = "Return Return Return Backspace Return Space Return Return Up"
REVIEWERS = (Reviewer("王敏"), Reviewer("李静"), Reviewer("陈立"))
#: The first morning of the review that ledger and progress tell of.
BEGIN = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def main() -> int:
    """Draw all pictures; return 0 if they could be written."""
    with TemporaryDirectory() as folder:
        os.environ["JIAOZHU_HOME"] = folder
        memory.note_reviewer("王敏")
        for theme in ("light", "dark"):
            if not review(project(Path(folder, f"县委书记交流会-{theme}.jiaozhu")), theme):
                return 1
        reviewed = project(Path(folder, "年度核对.jiaozhu"))
        decide_most(reviewed)
        return 0 if pages(reviewed) else 1


def project(path: Path) -> Path:
    """Make a project of the sample documents, nothing of it decided."""
    with Store(path, create=True) as store:
        for _ in store_all(store, take(sorted(sample_docs().glob("*.txt")))):
            pass
    return path


def decide_most(path: Path) -> None:
    """Decide on most of the annotations, as three people would in two weeks."""
    draw, now = random.Random(7), BEGIN
    with Store(path) as store:
        for number, row in enumerate(store.documents()):
            reviewer = REVIEWERS[number % len(REVIEWERS)]
            for annotation in store.annotations(row.id):
                now += timedelta(seconds=draw.lognormvariate(1.6, 0.6))
                if draw.random() < 0.75:
                    (decision,) = decide(row.id, [deed(annotation, draw)], reviewer=reviewer)
                    store.record(replace(decision, at=now.isoformat(timespec="microseconds")))
            now += timedelta(days=1 + number % 2)


def deed(annotation: AnyAnnotation, draw: random.Random) -> Deed:
    """Return what somebody does to a suggestion: the surer it is, the likelier it stays."""
    if draw.random() < (annotation.confidence or 0.5):
        return Action.ACCEPT, annotation, replace(annotation, state=State.ACCEPTED)
    if draw.random() < 0.5:
        return Action.REJECT, annotation, replace(annotation, state=State.REJECTED)
    changed = {"status": "target"} if annotation.type == "metric" else {"strength": "aim"}
    return Action.CORRECT, annotation, replace(annotation, state=State.CORRECTED, **changed)  # type: ignore[arg-type]


def review(path: Path, theme: str) -> bool:
    """Draw the review of a project; return whether the picture could be written."""
    window = opened(path, theme)
    assert window.session is not None
    rows = window.session.store.documents()
    window.page.open(next(row.id for row in rows if row.source.startswith(OPENED)))
    QApplication.processEvents()
    for key in KEYS.split():
        QTest.keySequence(window.page.view, QKeySequence(key))
    QApplication.processEvents()
    written = app.draw(window, SCREENS / f"review-{theme}.png")
    window.close()
    return written


def pages(path: Path) -> bool:
    """Draw the ledger and the progress of a project; return whether the pictures could be written."""
    window = opened(path, "light")
    written = True
    for name in "ledger", "progress":
        window.items[f"page_{name}"].trigger()
        page = window.pages.currentWidget()
        while not page.is_settled:  # type: ignore[union-attr]
            QApplication.processEvents()
        QApplication.processEvents()
        written = app.draw(window, SCREENS / f"{name}.png") and written
    window.close()
    return written


def opened(path: Path, theme: str) -> MainWindow:
    """Return a window on a project."""
    app.make_application()
    window = MainWindow()
    window.set_theme(theme, remember=False)
    window.resize(*app.PICTURE)
    window.show()
    window.open_project(path)
    QApplication.processEvents()
    return window


if __name__ == "__main__":
    sys.exit(main())
