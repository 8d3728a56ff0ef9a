"""The pictures of the progress page, in a grid of two columns under four headings.

This module loads pyqtgraph, half a second's work; the page imports it in its thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import progress_pictures as pictures
from jiaozhu.qt import theme
from jiaozhu.qt.indicator_picture import IndicatorPicture, named
from jiaozhu.qt.picture import Picture
from jiaozhu.qt.text import Text
from jiaozhu.review import statistics
from jiaozhu.store import Store

#: Sections with their pictures: name of each, heading, and whether it takes both columns.
_SECTIONS = (
    (
        _("审到哪里"),
        (
            ("by_state", _("条目的状态"), True),
            ("by_day", _("每天决定多少"), False),
            ("by_reviewer", _("谁决定了多少"), False),
        ),
    ),
    (
        _("提取得准不准"),
        (("by_rule", _("每条规则准不准"), False), ("by_confidence", _("自报的把握准不准"), False)),
    ),
    (_("审得快不快"), (("by_speed", _("一条要几秒"), True),)),
    (_("看一个指标"), (("indicator", _("指标的目标和实绩"), True),)),
)


def contents(store: Store) -> Iterator[tuple[str, object]]:
    """Yield what each picture shows, by its name, the quick ones first; and the `summary` of all."""
    states = store.by_state()
    yield "summary", pictures.summary(states)
    yield "by_state", pictures.by_state(states)
    settled = store.settled()
    yield "by_day", pictures.by_day(statistics.by_day(settled))
    yield "by_reviewer", pictures.by_reviewer(statistics.by_reviewer(settled))
    judged = store.judged()
    yield "by_rule", pictures.by_rule(statistics.by_rule(judged), statistics.precision(judged))
    yield "by_confidence", pictures.by_confidence(statistics.by_confidence(judged))
    single, bulk = store.paces(statistics.PAUSE)
    yield "by_speed", pictures.by_speed(statistics.speed_by_day(single, bulk), statistics.speed(single, bulk))
    yield "indicator", named(store.indicators())


class Sheet(QWidget):
    """The grid; `made` holds the pictures by name, which `make` makes one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: dict[str, Picture] = {}
        self._lines: list[QFrame] = []
        self._makers = self._steps()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(48)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def make(self) -> str | None:
        """Make the next picture; return its name, None if all are made. Each takes the window 40 ms."""
        return next(self._makers, None)

    def apply_theme(self) -> None:
        """Draw all pictures in the colours of the current theme."""
        for line in self._lines:
            palette = QPalette(line.palette())
            palette.setColor(QPalette.ColorRole.Window, theme.current().ink)
            line.setPalette(palette)
        for picture in self.made.values():
            picture.apply_theme()

    def _steps(self) -> Iterator[str]:
        row = 0
        for section, several in _SECTIONS:
            self._grid.addWidget(self._section(section), row, 0, 1, 2)
            row, column = row + 1, 0
            for name, heading, is_wide in several:
                make: Callable[[str], Picture] = IndicatorPicture if name == "indicator" else Picture
                picture = self.made[name] = make(heading)
                self._grid.addWidget(picture, row, column, 1, 2 if is_wide else 1)
                column = (column + (2 if is_wide else 1)) % 2
                row += column == 0
                yield name

    def _section(self, name: str) -> QWidget:
        """Return the rule and the name above a section."""
        section = QWidget()
        line = QFrame()
        line.setFixedHeight(1)
        line.setAutoFillBackground(True)
        palette = QPalette(line.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.current().ink)
        line.setPalette(palette)
        self._lines.append(line)
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 14, 0, 2)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(Text(name, "quiet", size="small", bold=True))
        return section
