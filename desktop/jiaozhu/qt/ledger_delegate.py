"""Draws the cells of the ledger: states by sign and colour, numbers to the right, empty cells with a dash."""

from __future__ import annotations

from functools import cache

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
    """Return the colour of the word for a metric or a commitment."""
    return theme.current().metric if is_metric else theme.current().commitment


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
            ink, text = colours.quiet, NONE
        elif column.name == "flagged":
            ink, text = colours.focus, "⚑"
        elif state == State.REJECTED or column.name in _QUIET:
            ink = colours.quiet
        elif column.name == "type":
            is_metric = model.ledger.value(model.row_at(number), "type") == "metric"
            ink = type_ink(is_metric=is_metric)
        struck = column.name == "text" and state == State.REJECTED
        draw_cell(painter, option, text, ink, to_right=column.is_number, struck=struck, sign=sign)


@cache
def _hairline(of: theme.Theme) -> QColor:
    """Return the colour of the line between two rows: fainter than that between two panes."""
    faint = QColor(of.line)
    faint.setAlphaF(0.6)
    return faint


_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_TO_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TO_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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
    """Draw the ground, the words and the frame of the cell with the cursor.

    A page has three hundred cells: what each costs is felt when one scrolls.
    """
    colours = theme.current()
    area = option.rect
    state = option.state.value
    if state & _SELECTED:
        painter.fillRect(area, colours.select)
        ink = colours.on_select
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, _hairline(colours))
    font = option.font
    if struck:
        font.setStrikeOut(True)
    painter.setFont(font)
    painter.setPen(ink)
    inside = area.adjusted(MARGIN, 0, -MARGIN, 0)
    if sign:
        painter.drawText(QRect(inside.topLeft(), QSize(SIGN, inside.height())), _CENTRE, sign)
        inside.adjust(SIGN + 5, 0, 0, 0)
    if len(text) * font.pixelSize() > inside.width():  # no character is wider than it is high
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, _TO_RIGHT if to_right else _TO_LEFT, text)
    if state & _FOCUSED:
        painter.setPen(colours.focus)
        painter.drawRect(QRect(area.topLeft(), QSize(area.width() - 1, area.height() - 2)))
