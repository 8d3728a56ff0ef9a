"""What every page and dialog owes: names of controls, an order of focus, nothing cut off, both themes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QWidget,
)

from gallery import make_project, open_sample, visit
from jiaozhu.qt import theme
from jiaozhu.qt.main_window import MainWindow
from nameless import nameless

RGB = QImage.Format.Format_RGB32
#: Pixels that may have a colour by chance, where characters meet their ground.
STRAY = 200
#: Colours of large areas and of most words: what is left of them in another theme is no chance.
MUCH_USED = ("paper", "surface", "raised", "line", "hover", "select", "ink", "quiet")
#: Where the program's icon is, whose paper is white in both themes.
WITH_ICON = ("start", "about")

Open = Callable[[Path | None], MainWindow]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the sample documents, read once."""
    return make_project(tmp_path_factory.mktemp("samples") / "示例.jiaozhu")


@pytest.fixture
def window(open_window: Open, samples: Path, tmp_path: Path) -> MainWindow:
    """A window at a sample document, some of which is decided; the cursor does not blink."""
    QApplication.setCursorFlashTime(0)
    window = open_window(Path(shutil.copy(samples, tmp_path)))
    window.resize(1280, 720)
    open_sample(window)
    return window


def focusable(place: QWidget) -> Iterator[QWidget]:
    """Yield what Tab goes to, in its order, as far as it can be seen."""
    first = here = place
    while True:
        if (
            here.window() is place.window()
            and here.isVisible()
            and here.isEnabled()
            and here.focusPolicy() & Qt.FocusPolicy.TabFocus
            and here.focusProxy() is None
            and not is_second_of_group(here)
        ):
            yield here
        here = here.nextInFocusChain()
        if here is first:
            return


def is_second_of_group(widget: QWidget) -> bool:
    """Return whether the arrow keys lead to a widget, from the one of its group that Tab stops at."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def at(widget: QWidget) -> QRect:
    """Return where a widget is in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def is_seen(widget: QWidget) -> bool:
    """Return whether anything of a widget, or in it, is on the screen or can be scrolled there."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        return not widget.size().isEmpty()
    inside = [one for one in widget.children() if isinstance(one, QWidget)]
    return not widget.visibleRegion().isEmpty() or any(is_seen(one) for one in inside)


def told(wrong: dict[str, list[str]]) -> str:
    """Return what is wrong, a line each."""
    return "\n".join(f"{name}: {one}" for name, those in wrong.items() for one in those)


def called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text or widget.objectName()}"


def test_everything_that_takes_keys_has_a_name(window: MainWindow) -> None:
    found = {name: nameless(place) for name, place in visit(window)}
    assert told(found) == ""


def test_tab_goes_round_every_dialog_and_nothing_it_stops_at_is_hidden(window: MainWindow) -> None:
    """A dialog is gone through by real keys; in the text Tab is an action, so of pages the chain counts."""
    wrong: dict[str, list[str]] = {}
    for name, place in visit(window):
        expected = list(focusable(place))
        assert expected, name
        wrong[name] = [f"hidden: {called(one)}" for one in expected if not is_seen(one)]
        if place is window:
            continue
        place.activateWindow()
        reached = []
        for _ in range(len(expected) + 1):
            here = QApplication.focusWidget()
            if here is None or here in reached:
                break
            reached.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
        ends = {one.focusProxy() or one for one in reached}
        wrong[name] += [f"not reached: {called(one)}" for one in expected if one not in ends]
    assert told(wrong) == ""


def test_focus_goes_as_one_reads(window: MainWindow) -> None:
    """From left to right and down; to the top again only where another pane begins, further right."""
    wrong: dict[str, list[str]] = {}
    for name, place in visit(window):
        order = list(focusable(place))  # a ring: it begins where the eye does
        first = min(range(len(order)), key=lambda number: (at(order[number]).top(), at(order[number]).left()))
        order = order[first:] + order[:first]
        for one, other in pairwise(order):
            here, there = at(one), at(other)
            goes_up = there.bottom() < here.top() and there.left() < here.right()
            goes_left = there.right() < here.left() and abs(there.center().y() - here.center().y()) < 8
            if goes_up or goes_left:
                wrong.setdefault(name, []).append(f"{called(one)} → {called(other)}")
    assert told(wrong) == ""


@pytest.mark.parametrize("size", [(1280, 720), (960, 560)], ids=["small screen", "least"])
def test_nothing_is_cut_off_and_nothing_lies_over_something_else(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    wrong = {name: [*cut_off(place), *overlapping(place), *outside(place)] for name, place in visit(window)}
    assert told(wrong) == ""


def test_nothing_is_cut_off_at_200_percent() -> None:
    """The scale is taken when the program starts, so another one is started."""
    chosen = [str(Path(__file__)), "-k", "cut_off_and_nothing", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "2 passed" in done.stdout


def cut_off(place: QWidget) -> Iterator[str]:
    """Yield words that are not wholly seen and have no tooltip to read them in."""
    for one in place.findChildren(QWidget):
        if not one.isVisible() or one.window() is not place or one.toolTip():
            continue
        if isinstance(one, QLabel) and one.text():
            needed = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
            if needed > one.height() or (not one.wordWrap() and one.sizeHint().width() > one.width()):
                yield f"cut off: {called(one)} {one.text()}"
        elif isinstance(one, QAbstractButton) and one.text() and one.sizeHint().width() > one.width():
            yield f"cut off: {called(one)}"
        elif isinstance(one, QLineEdit) and not one.text():
            room = one.width() - 18
            if one.fontMetrics().horizontalAdvance(one.placeholderText()) > room:
                yield f"cut off: {called(one)} {one.placeholderText()}"
        elif isinstance(one, QComboBox):
            if one.fontMetrics().horizontalAdvance(one.currentText()) > one.width() - 34:
                yield f"cut off: {called(one)} {one.currentText()}"


def overlapping(place: QWidget) -> Iterator[str]:
    """Yield widgets of one layout that lie over each other."""
    for parent in [place, *place.findChildren(QWidget)]:
        if not parent.isVisible() or parent.layout() is None:
            continue
        laid = [parent.layout().itemAt(number) for number in range(parent.layout().count())]
        boxes = [item for item in laid if item is not None and not item.isEmpty()]
        if isinstance(parent, QMainWindow):
            continue
        for number, one in enumerate(boxes):
            for other in boxes[:number]:
                if one.geometry().intersects(other.geometry()) and type(parent).__name__ != "QStackedWidget":
                    yield f"over each other in {called(parent)}: {one.geometry()} {other.geometry()}"


def outside(place: QWidget) -> Iterator[str]:
    """Yield widgets that reach beyond what they stand in, but for what can be scrolled."""
    loose = (QScrollBar, QSplitterHandle, QAbstractItemView)
    for one in place.findChildren(QWidget):
        parent = one.parentWidget()
        if not one.isVisible() or parent is None or one.isWindow() or isinstance(one, loose):
            continue
        if isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea):
            continue
        if not parent.rect().contains(one.geometry()):
            yield f"beyond {called(parent)}: {called(one)} {one.geometry()}"


@pytest.mark.parametrize(("before", "after"), [("light", "dark"), ("dark", "light")])
def test_a_change_of_theme_reaches_all_that_is_open(window: MainWindow, before: str, after: str) -> None:
    """Nothing of a page or dialog keeps a colour of the theme in which it was opened."""
    taken = {colour.rgb() for colour in theme.named(after).colours().values()}
    gone = {one: theme.named(before).colours()[one].rgb() for one in MUCH_USED}
    wrong: dict[str, list[str]] = {}
    window.set_theme(before, remember=False)
    for name, place in visit(window):
        window.set_theme(after, remember=False)
        QApplication.processEvents()
        pixels = np.frombuffer(place.grab().toImage().convertToFormat(RGB).constBits(), np.uint32)
        kept = {one: int((pixels == rgb).sum()) for one, rgb in gone.items() if rgb not in taken}
        if name in WITH_ICON:
            kept.pop("paper")
        wrong[name] = [f"{one}: {count} pixels" for one, count in kept.items() if count > STRAY]
        window.set_theme(before, remember=False)
    assert told(wrong) == ""
