"""Draws how far a document has come: its counts, and a disc that fills."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jiaozhu.qt import theme
from jiaozhu.qt.queue_model import COUNTS
from jiaozhu.store import Counts

_SIZE = 11.0  # of the disc, in pixels
_MARGIN = 12
_TICK = ((0.5, 6.0), (4.0, 9.5), (11.0, 1.5))  # in the disc


class ProgressDelegate(QStyledItemDelegate):
    """A ring for nothing, a disc that fills for something, a tick for everything."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the counts and, right of them, the disc."""
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        counts = index.data(COUNTS)
        if not isinstance(counts, Counts) or not counts.total:
            return
        colours = theme.current()
        is_done = counts.decided == counts.total
        if option.state & QStyle.StateFlag.State_Selected:
            ink = colours.on_select
        else:
            ink = colours.done if is_done else colours.quiet
        area = QRectF(option.rect).adjusted(0, 0, -_MARGIN, 0)
        disc = QRectF(area.right() - _SIZE, area.center().y() - _SIZE / 2, _SIZE, _SIZE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        painter.setPen(ink)
        painter.drawText(area.adjusted(0, 0, -_SIZE - 7, 0), right, f"{counts.decided}/{counts.total}")
        if is_done:
            painter.setPen(QPen(ink, 1.8))
            painter.drawPolyline([disc.topLeft() + QPointF(*point) for point in _TICK])
        else:
            painter.setPen(QPen(ink, 1.3))
            painter.drawEllipse(disc)
            painter.setBrush(ink)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPie(disc, 90 * 16, -round(360 * 16 * counts.decided / counts.total))
        painter.restore()
