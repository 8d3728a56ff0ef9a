"""Draw the window as README shows it: a sample document under review, light and dark.

Run it where the fonts named in resources/theme/type.toml are installed; the pictures go to docs/screens.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["JIAOZHU_LANG"] = "zh"

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from jiaozhu.intake import take
from jiaozhu.paths import sample_docs
from jiaozhu.qt import app, memory
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
OPENED = "yunling-2024-12-county-secretaries"
#: What has been done when the picture is taken: some accepted, one rejected, one put off.
KEYS = "Return Return Return Backspace Return Space Return Return Up"


def main() -> int:
    """Draw both pictures; return 0 if they could be written."""
    with TemporaryDirectory() as folder:
        os.environ["JIAOZHU_HOME"] = folder
        memory.note_reviewer("王敏")
        for theme in ("light", "dark"):
            project = Path(folder, f"县委书记交流会-{theme}.jiaozhu")
            with Store(project, create=True) as store:
                for _ in store_all(store, take(sorted(sample_docs().glob("*.txt")))):
                    pass
            if not picture(project, theme):
                return 1
    return 0


def picture(project: Path, theme: str) -> bool:
    """Draw the window on a project; return whether the picture could be written."""
    application = app.make_application()
    window = MainWindow()
    window.set_theme(theme, remember=False)
    window.resize(*app.PICTURE)
    window.show()
    window.open_project(project)
    assert window.session is not None
    rows = window.session.store.documents()
    window.page.open(next(row.id for row in rows if row.source.startswith(OPENED)))
    application.processEvents()
    for key in KEYS.split():
        QTest.keySequence(window.page.view, QKeySequence(key))
    application.processEvents()
    written = app.draw(window, SCREENS / f"review-{theme}.png")
    window.close()
    return written


if __name__ == "__main__":
    sys.exit(main())
