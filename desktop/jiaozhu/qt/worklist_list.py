"""A worklist as a list of two lines each: the words and how certain they are, then what they are about.

A table of one column and not a list: Qt asks a list about each of hundred thousand rows before it draws
the first, and a table about those in sight only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Metric, State
from jiaozhu.qt import labels, theme
from jiaozhu.qt.ledger_columns import said
from jiaozhu.qt.ledger_delegate import SIGN, state_ink, type_ink
from jiaozhu.review.worklist import Worklist

_Index = QModelIndex | QPersistentModelIndex
_HEIGHT, _PITCH, _MARGIN = 50, 19, 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ELIDE = Qt.TextElideMode.ElideRight


class WorklistModel(QAbstractListModel):
    """The places of a worklist; nothing is made of one before it is in sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worklist: Worklist | None = None

    def show_worklist(self, worklist: Worklist | None) -> None:
        """Show another list, or none."""
        self.beginResetModel()
        self.worklist = worklist
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many there are."""
        return 0 if parent.isValid() or self.worklist is None else len(self.worklist)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a place says."""
        if not index.isValid() or self.worklist is None or index.row() >= len(self.worklist):
            return None
        place = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return quote(self.worklist, place)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((quote(self.worklist, place), about(self.worklist, place)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.worklist.state(place)
            stands = labels.STATES[state] if state is not None else _("已不存在")
            parts = (stands, quote(self.worklist, place), about(self.worklist, place))
            return " ".join((*parts, measured(self.worklist, place)))
        return None


def quote(worklist: Worklist, place: int) -> str:
    """Return the words of an annotation."""
    return said(worklist.ledger, "text", worklist.value(place, "text"))


def about(worklist: Worklist, place: int) -> str:
    """Return what an annotation is about, and its document."""
    name = said(worklist.ledger, "document", worklist.value(place, "document"))
    return " · ".join(part for part in (_subject(worklist, place), name) if part)


def _subject(worklist: Worklist, place: int) -> str:
    kind = said(worklist.ledger, "kind", worklist.value(place, "kind"))
    if worklist.value(place, "type") == Metric.type:
        return " ".join(
            part for part in (worklist.value(place, "indicator") or labels.TYPES["metric"], kind) if part
        )
    return " ".join(part for part in (labels.TYPES["commitment"], kind) if part)


def measured(worklist: Worklist, place: int) -> str:
    """Return how certain an annotation is, or how unlike the others its value, if that is the order."""
    if worklist.scores is not None and worklist.is_odd is not None:
        if worklist.is_odd[place]:
            return _("符号异常")
        score = worklist.scores[place]
        return "" if np.isnan(score) else _("偏离 {score}").format(score=f"{score:.1f}")
    return said(worklist.ledger, "confidence", worklist.value(place, "confidence"))


class WorklistDelegate(QStyledItemDelegate):
    """Draws a place; what is done there is paler."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a place."""
        model = index.model()
        if not isinstance(model, WorklistModel) or model.worklist is None:
            return
        worklist, place = model.worklist, index.row()
        colours = theme.current()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        area = QRectF(option.rect)
        painter.save()
        if is_selected:
            painter.fillRect(option.rect, colours.select)
            if option.widget is not None and option.widget.hasFocus():
                painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colours.focus)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colours.hover)

        top = (area.height() - 2 * _PITCH) / 2
        first = QRectF(area.left() + _MARGIN, area.top() + top, area.width() - 2 * _MARGIN, _PITCH)
        state = worklist.state(place)
        sign = labels.SIGNS[state] if state is not None else "–"
        painter.setFont(option.font)
        painter.setPen(colours.on_select if is_selected else state_ink(state or State.SUGGESTED))
        painter.drawText(QRectF(first.left(), first.top(), SIGN, _PITCH), _CENTRE, sign)
        words = first.adjusted(SIGN + 6, 0, 0, 0)

        small = theme.interface_font("small")
        painter.setFont(small)
        figure = measured(worklist, place)
        painter.setPen(colours.on_select if is_selected else colours.quiet)
        painter.drawText(first, _RIGHT, figure)
        room = painter.fontMetrics().horizontalAdvance(figure) + 8 if figure else 0
        font = option.font
        font.setStrikeOut(state is State.REJECTED)
        painter.setFont(font)
        ink = colours.ink if worklist.is_left(place) else colours.quiet
        painter.setPen(colours.on_select if is_selected else ink)
        words.setRight(words.right() - room)
        text = painter.fontMetrics().elidedText(quote(worklist, place), _ELIDE, int(words.width()))
        painter.drawText(words, _LEFT, text)

        second = first.adjusted(SIGN + 6, _PITCH, 0, _PITCH)
        painter.setFont(small)
        subject = painter.fontMetrics().elidedText(
            _subject(worklist, place), _ELIDE, int(second.width() * 0.6)
        )
        is_metric = worklist.value(place, "type") == Metric.type
        painter.setPen(colours.on_select if is_selected else type_ink(is_metric=is_metric))
        painter.drawText(second, _LEFT, subject)
        second.setLeft(second.left() + painter.fontMetrics().horizontalAdvance(subject) + 8)
        name = said(worklist.ledger, "document", worklist.value(place, "document"))
        painter.setPen(colours.on_select if is_selected else colours.quiet)
        painter.drawText(second, _LEFT, painter.fontMetrics().elidedText(name, _ELIDE, int(second.width())))
        painter.restore()


class WorklistView(QTableView):
    """The list itself: Enter, Space or a click goes to a place."""

    picked = Signal(int)
    left = Signal()

    def __init__(self, model: WorklistModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._said_if_empty = ""
        self.setModel(model)
        self.setItemDelegate(WorklistDelegate(self))
        self.setAccessibleName(_("条目列表"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_HEIGHT)
        rows.setDefaultSectionSize(_HEIGHT)
        columns.hide()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalScrollBar().setAccessibleName(_("条目列表滚动条"))
        theme.dress(self.verticalScrollBar())
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme: the list lies on the window, not on a page."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().surface)
        self.setPalette(palette)

    def show_place(self, place: int) -> None:
        """Select a place and bring it into sight; -1: none, and the beginning."""
        before = self.currentIndex()
        if place < 0:
            self.setCurrentIndex(QModelIndex())
            self.scrollToTop()
        elif before.row() != place:
            self.selectRow(place)
        for index in before, self.currentIndex():
            self.update(index)  # what was done there shows; to draw all rows takes longer than a key may

    def say_if_empty(self, text: str) -> None:
        """Say why there is nothing, where there is nothing."""
        self._said_if_empty = text
        self.viewport().update()

    @property
    def said(self) -> str:
        """What is said in place of a list."""
        return "" if self._model.rowCount() else self._said_if_empty

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place with the cursor, or leave the list; everything else as in any list."""
        at, key = self.currentIndex(), event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif at.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(at.row())
        elif event.text() and event.text().isprintable():
            event.ignore()  # looking for what begins with a letter would go through all places
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place that is clicked."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick clicks for one more click."""
        self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the places; where there is none, say why."""
        super().paintEvent(event)
        if self.said:
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().quiet)
            area = self.viewport().rect().adjusted(24, 0, -24, 0)
            painter.drawText(area, _CENTRE | Qt.TextFlag.TextWordWrap, self.said)
