"""Draws the cells of the ledger: states by sign and colour, numbers to the right, empty cells with a dash."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jiaozhu.model import State
from jiaozhu.qt import theme
from jiaozhu.qt.ledger_columns import COLUMNS, NONE
from jiaozhu.qt.ledger_model import LedgerModel

ROW_HEIGHT = 32
#: Left and right of the text in a cell, in pixels.
MARGIN = 9
#: The width of a sign in front of the words: signs of states are of different widths, words stand in line.
SIGN = 13
_CENTRE = Qt.AlignmentFlag.AlignCenter
#: Columns whose words are second to the others.
_QUIET = frozenset(
    ("kind", "status", "strength", "basis", "document", "date", "rule", "reviewed_at", "scope")
)


def state_ink(state: str) -> QColor:
    """Return the colour in which a state is told."""
    colours = theme.current()
    return {
        State.SUGGESTED: colours.quiet,
        State.ACCEPTED: colours.done,
        State.CORRECTED: colours.commitment,
        State.REJECTED: colours.focus,
        State.ADDED: colours.done,
    }[State(state)]


def type_ink(*, is_metric: bool) -> QColor:
    """Return the colour of the word for a metric or a commitment: a metric's underline is light by day."""
    colours = theme.current()
    if not is_metric:
        return colours.commitment
    return colours.metric if colours.paper.lightness() < 128 else colours.metric.darker(120)


class LedgerDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        model = index.model()
        if not isinstance(model, LedgerModel) or index.row() >= model.rowCount():
            return
        colours = theme.current()
        number, place = index.row(), index.column()
        column = COLUMNS[place]
        text = model.text(number, place)
        state = model.ledger.value(model.row_at(number), "state")
        ink = colours.ink
        sign = ""
        if column.name == "state":
            ink = state_ink(state)
            sign, _space, text = text.partition(" ")
        elif not text:
            ink, text = colours.faint, NONE
        elif column.name == "flagged":
            ink, text = colours.focus, "⚑"
        elif state == State.REJECTED or column.name in _QUIET:
            ink = colours.quiet
        elif column.name == "type":
            is_metric = model.ledger.value(model.row_at(number), "type") == "metric"
            ink = type_ink(is_metric=is_metric)
        struck = column.name == "text" and state == State.REJECTED
        draw_cell(painter, option, text, ink, to_right=column.is_number, struck=struck, sign=sign)


def draw_cell(
    painter: QPainter,
    option: QStyleOptionViewItem,
    text: str,
    ink: QColor,
    *,
    to_right: bool = False,
    struck: bool = False,
    sign: str = "",
) -> None:
    """Draw the ground, the words and the frame of the cell with the cursor."""
    colours = theme.current()
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    area = option.rect
    painter.save()
    if is_selected:
        painter.fillRect(area, colours.select)
        ink = colours.on_select
    font = option.font
    if struck:
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(ink)
    inside = area.adjusted(MARGIN, 0, -MARGIN, 0)
    if sign:
        painter.drawText(QRect(inside.topLeft(), QSize(SIGN, inside.height())), _CENTRE, sign)
        inside.adjust(SIGN + 5, 0, 0, 0)
    shortened = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, shortened)
    hairline = QColor(colours.line)
    hairline.setAlphaF(0.6)
    painter.setPen(hairline)
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    has_cursor = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if has_cursor:
        painter.setPen(colours.focus)
        painter.drawRect(QRect(area.topLeft(), QSize(area.width() - 1, area.height() - 2)))
    painter.restore()
