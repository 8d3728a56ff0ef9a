"""Draws the rows of the queue: names, and how far each has come as a disc that fills.

A name that is too long for one line goes on in a second one; then all documents have two lines, and
the second line of the others says what tells them apart.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jiaozhu.qt import theme
from jiaozhu.qt.blocks import Units
from jiaozhu.qt.queue_model import NAME, ROW, Row
from jiaozhu.store import Counts

ROW_HEIGHT = 30
#: The height of a row with two lines, and from one line to the next.
TALL, _PITCH = 48, 18
#: Room for the sign that a document can be unfolded, and how far its speeches stand in, in pixels.
ARROW, _INDENT = 22, 16
_DISC = 11.0
_MARGIN = 12  # right of the disc
_DOWN = ((-3.5, -1.8), (0.0, 1.8), (3.5, -1.8))
_RIGHTWARD = ((-1.8, -3.5), (1.8, 0.0), (-1.8, 3.5))
_TICK = ((0.5, 6.0), (4.0, 9.5), (11.0, 1.5))  # in the disc
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(QStyledItemDelegate):
    """A ring for nothing decided, a disc that fills for something, a tick for everything."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        colours = theme.current()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_selected:
            painter.fillRect(option.rect, colours.select)
        if index.column() == NAME:
            if is_selected and option.widget is not None and option.widget.hasFocus():
                painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colours.focus)
            _draw_name(painter, option, row, is_selected)
        else:
            is_done = row.counts.decided == row.counts.total
            ink = colours.done if is_done else colours.quiet
            _draw_progress(painter, option, row.counts, colours.on_select if is_selected else ink)
        painter.restore()


def name_width(column: int, speech: bool = False) -> int:
    """Return how much of a column's width there is for a name, in pixels."""
    return column - ARROW - (_INDENT if speech else 0) - 4


def _first_line(option: QStyleOptionViewItem) -> QRectF:
    """Return where the first line of a row is, or the only one."""
    area = QRectF(option.rect)
    if option.rect.height() > ROW_HEIGHT:
        area.setHeight(_PITCH)
        area.translate(0, (TALL - 2 * _PITCH) / 2)
    return area


def _draw_name(painter: QPainter, option: QStyleOptionViewItem, row: Row, is_selected: bool) -> None:
    area = _first_line(option)
    colours = theme.current()
    if row.can_unfold:
        middle = QPointF(area.left() + ARROW / 2 + 2, area.center().y())
        shape = _DOWN if row.is_unfolded else _RIGHTWARD
        painter.setPen(QPen(theme.current().quiet, 1.4))
        painter.drawPolyline([middle + QPointF(*point) for point in shape])
    width = name_width(option.rect.width(), row.speech is not None)
    area = QRectF(area.right() - 4 - width, area.top(), width, area.height())
    font = QFont(option.font)
    font.setBold(row.is_current and row.speech is None)
    painter.setFont(font)
    painter.setPen(colours.on_select if is_selected else colours.ink)
    first, rest = row.name, ""
    if option.rect.height() > ROW_HEIGHT:
        first, rest = broken(row.name, font, width)
    elide = Qt.TextElideMode.ElideRight
    painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(first, elide, width))
    if option.rect.height() > ROW_HEIGHT:
        area.translate(0, _PITCH)
        if not rest:
            painter.setFont(theme.interface_font("small"))
            painter.setPen(colours.on_select if is_selected else colours.quiet)
        painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(rest or row.note, elide, width))


def broken(name: str, font: QFont, width: int) -> tuple[str, str]:
    """Return what of a name stands in its first line, and the rest."""
    layout = QTextLayout(name, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    end = Units(name).point(line.textLength())
    return name[:end].rstrip(), name[end:].strip()


def _draw_progress(painter: QPainter, option: QStyleOptionViewItem, counts: Counts, ink: QColor) -> None:
    if not counts.total:
        return
    area = _first_line(option).adjusted(0, 0, -_MARGIN, 0)
    disc = QRectF(area.right() - _DISC, area.center().y() - _DISC / 2, _DISC, _DISC)
    painter.setFont(option.font)
    painter.setPen(ink)
    painter.drawText(area.adjusted(0, 0, -_DISC - 7, 0), _RIGHT, f"{counts.decided}/{counts.total}")
    if counts.decided == counts.total:
        painter.setPen(QPen(ink, 1.8))
        painter.drawPolyline([disc.topLeft() + QPointF(*point) for point in _TICK])
        return
    painter.setPen(QPen(ink, 1.3))
    painter.drawEllipse(disc)
    if counts.decided:
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(disc, 90 * 16, -round(360 * 16 * counts.decided / counts.total))
