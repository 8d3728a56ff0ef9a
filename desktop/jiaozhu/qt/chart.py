"""A picture drawn by pyqtgraph in the colours and type of the theme, with points to go through by key.

Nothing of it pans or zooms: a picture is read, and the page around it scrolls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QWheelEvent

from jiaozhu.qt import theme

#: How near to a point the mouse must be, in pixels.
_NEAR = 28
#: What the digits of a large number are parted by: a narrow space that does not break.
_THIN = "\u202f"


def grouped(number: float) -> str:
    """Return a number as pictures write it: 1 204, 0.35; at most four digits behind the point."""
    whole = f"{number:,.4f}".rstrip("0").rstrip(".") if number != int(number) else f"{int(number):,}"
    return whole.replace(",", _THIN)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture that says something, and what it opens."""

    x: float
    y: float
    says: str
    place: tuple[str, str] | None = None  # ids of document and annotation


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis without ticks, whose numbers are grouped and of one kind."""

    whole = True

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [grouped(round(value * scale, 6)) for value in values]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return the distance of numbers: 1, 2 or 5 times a power of ten, some 70 pixels at least."""
        most = max(2.0, size / (70 if self.orientation == "bottom" else 44))
        step = 10.0**-6
        while (high - low) / step > most:
            step *= 2.5 if f"{step:e}"[0] == "2" else 2
        return [(max(step, 1.0) if self.whole else step, 0)]


class Chart(pg.PlotWidget):  # type: ignore[misc]
    """What is drawn, in the order in which it is drawn; arrows go through its points, Enter opens one."""

    #: What the point says that is pointed at, "" for none.
    pointed = Signal(str)
    #: A document and an annotation in it.
    place_chosen = Signal(str, str)

    def __init__(self, name: str) -> None:
        self._left, self._bottom = _Axis("left"), _Axis("bottom")
        super().__init__(axisItems={"left": self._left, "bottom": self._bottom})
        self.setObjectName("chart")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.getPlotItem().setContentsMargins(2, 6, 14, 2)
        self.points: list[Point] = []
        self._at: int | None = None
        self._ring = pg.ScatterPlotItem(size=17, pxMode=True)
        self.begin()

    # Drawing

    def begin(self) -> None:
        """Take everything away, and take the colours of the theme."""
        self.clear()
        self.points, self._at = [], None
        colours = theme.current()
        self.setBackground(colours.paper)
        font = theme.interface_font("small")
        for axis in self._left, self._bottom:
            axis.whole = True
            axis.setTicks(None)
            axis.setLabel(None)
            axis.setStyle(tickLength=0, tickFont=font, tickTextOffset=6, hideOverlappingLabels=False)
            axis.setPen(pg.mkPen(colours.paper))
            axis.setZValue(-1000)
            axis.setTextPen(colours.quiet)
            axis.setGrid(False)
        self._bottom.setHeight(int(QFontMetricsF(font).height()) + 12)
        self._ring.setPen(pg.mkPen(colours.focus, width=2))
        self._ring.setBrush(None)
        self._ring.setData([], [])
        self._ring.setZValue(50)
        self.addItem(self._ring, ignoreBounds=True)

    def frame(self, x: tuple[float, float], y: tuple[float, float], *, downwards: bool = False) -> None:
        """Show this part of the plane."""
        self.getViewBox().invertY(downwards)
        self.setRange(xRange=x, yRange=y, padding=0)

    def rules(self, *, across: bool = False, along: bool = False, whole: bool = True) -> None:
        """Draw hairlines at the numbers of the left axis (`across`) or the bottom axis (`along`)."""
        for wanted, axis in ((across, self._left), (along, self._bottom)):
            if wanted:
                axis.whole = whole
                axis.setPen(pg.mkPen(theme.current().line, width=1))
                axis.setGrid(255)

    def name_left(self, names: Mapping[float, str]) -> None:
        """Name places on the left axis; long names are shortened."""
        self._name(self._left, {at: _short(name) for at, name in names.items()}, "ink")
        metrics = QFontMetricsF(theme.interface_font("small"))
        self._left.setWidth(
            max((metrics.horizontalAdvance(_short(name)) for name in names.values()), default=0) + 14
        )

    def name_bottom(self, names: Mapping[float, str]) -> None:
        """Name places on the bottom axis; without names it takes no room."""
        self._name(self._bottom, names, "quiet")
        if not names:
            self._bottom.setHeight(4)

    def free_left(self) -> None:
        """Let the left axis be as wide as its numbers."""
        self._left.setWidth(None)

    def bars(
        self, boxes: Sequence[tuple[float, float, float, float]], colour: str, *, hollow: bool = False
    ) -> None:
        """Draw boxes, each from x0, y0 to x1, y1: filled, or their outlines."""
        if not boxes:
            return
        x0, y0, x1, y1 = (list(part) for part in zip(*boxes, strict=True))
        ink = theme.current().colours()[colour]
        self.addItem(
            pg.BarGraphItem(
                x0=x0,
                y0=y0,
                x1=x1,
                y1=y1,
                brush=pg.mkBrush(None if hollow else ink),
                pen=pg.mkPen(ink if hollow else theme.current().paper, width=1),
            )
        )

    def line(
        self, x: Sequence[float], y: Sequence[float], colour: str, *, width: float = 1, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        pen = pg.mkPen(theme.current().colours()[colour], width=width, style=style)
        self.addItem(pg.PlotCurveItem(list(x), list(y), pen=pen, antialias=True))

    def dots(
        self,
        x: Sequence[float],
        y: Sequence[float],
        colour: str,
        *,
        sign: str = "o",
        hollow: bool = False,
        size: float = 9,
    ) -> None:
        """Draw signs at points: "o" a circle, "d" a diamond, "t1" a triangle, "s" a square."""
        ink = theme.current().colours()[colour]
        paper = theme.current().paper
        self.addItem(
            pg.ScatterPlotItem(
                list(x),
                list(y),
                symbol=sign,
                size=size,
                pen=pg.mkPen(ink if hollow else paper, width=1.6 if hollow else 1),
                brush=pg.mkBrush(paper if hollow else ink),
                antialias=True,
            )
        )

    def word(
        self, x: float, y: float, text: str, colour: str = "quiet", *, anchor: tuple[float, float]
    ) -> None:
        """Write at a point; `anchor` is which part of the words is at it, 0 to 1 from left and top."""
        item = pg.TextItem(text, color=theme.current().colours()[colour], anchor=anchor)
        item.setFont(theme.interface_font("small"))
        self.addItem(item, ignoreBounds=True)
        item.setPos(x, y)

    def set_points(self, points: Sequence[Point]) -> None:
        """Let these be gone through, in this order."""
        self.points = list(points)

    def _name(self, axis: Any, names: Mapping[float, str], colour: str) -> None:
        axis.setTicks([list(names.items())])
        axis.setTextPen(theme.current().colours()[colour])

    # Going through points

    @property
    def at(self) -> Point | None:
        """The point that is pointed at."""
        return None if self._at is None else self.points[self._at]

    def point_at(self, number: int | None) -> None:
        """Point at one of the points, the first being 0, or at none."""
        if number is not None:
            number = max(0, min(number, len(self.points) - 1)) if self.points else None
        if number == self._at:
            return
        self._at = number
        point = self.at
        self._ring.setData([] if point is None else [point.x], [] if point is None else [point.y])
        self.pointed.emit("" if point is None else point.says)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the points; open the one that is pointed at."""
        here = self._at
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in steps:
            self.point_at(0 if here is None else here + steps[key])
        elif key == Qt.Key.Key_Home:
            self.point_at(0)
        elif key == Qt.Key.Key_End:
            self.point_at(len(self.points) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at is not None and self.at.place:
            self.place_chosen.emit(*self.at.place)
        elif key == Qt.Key.Key_Escape and here is not None:
            self.point_at(None)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        self.point_at(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the point that is clicked at."""
        near = self._nearest(event.position())
        self.point_at(near)
        if (
            near is not None
            and event.button() == Qt.MouseButton.LeftButton
            and (place := self.points[near].place)
        ):
            self.place_chosen.emit(*place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: all was done when it was pressed."""

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing when the mouse is gone, unless the keyboard is here."""
        if not self.hasFocus():
            self.point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        self.point_at(None)
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _nearest(self, where: QPointF) -> int | None:
        """Return the number of the point that is near to a place in the widget."""
        box = self.getViewBox()
        best, found = float(_NEAR), None
        for number, point in enumerate(self.points):
            there = self.mapFromScene(box.mapViewToScene(QPointF(point.x, point.y)))
            distance = (there.x() - where.x()) ** 2 + (there.y() - where.y()) ** 2
            if distance**0.5 < best:
                best, found = distance**0.5, number
        return found


def _short(name: str) -> str:
    return name if len(name) <= 14 else name[:13] + "…"
