"""What was found, by document: a line for each document, below it one for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import labels, readable, theme
from jiaozhu.qt.blocks import Units
from jiaozhu.store import Found, Hit, Snippet

_Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 33  # of every line, in pixels: so none is measured while more come in
_MARGIN = 14
_KIND = 74  # of the column that says what it is and how it stands
_WHO = 0.22  # of the width, at most: who said it
_GOES_ON = "…"
_CENTRE = Qt.AlignmentFlag.AlignVCenter

KINDS = {**labels.TYPES, "note": labels.FIELDS["note"]}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: of a place, or of the document itself if that is None."""

    found: Found
    hit: Hit | None = None

    @property
    def who(self) -> str:
        """Who said it, and of which place."""
        if self.hit is None:
            return readable.day(self.found.date) if self.found.date else ""
        return " ".join(part for part in (self.hit.speaker, self.hit.region) if part)

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        if self.hit is None:
            return self.found.name
        state = labels.STATES[self.hit.state] if self.hit.state is not None else ""
        parts = (KINDS[self.hit.type], state, self.hit.snippet.text, self.who, self.found.name)
        return _("，").join(part for part in parts if part)


class FoundModel(QAbstractListModel):
    """The lines; more can come while one reads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    @property
    def hits(self) -> int:
        """How many places there are."""
        return sum(row.hit is not None for row in self.rows)

    def show_found(self, found: Sequence[Found]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self.rows = _rows(found)
        self.endResetModel()

    def add_found(self, found: Sequence[Found]) -> None:
        """Show more documents below."""
        rows = _rows(found)
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line shows."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.found.name if row.hit is None else row.hit.snippet.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.found.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a line: documents are no places to go to."""
        if index.isValid() and self.rows[index.row()].hit is None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)


def _rows(found: Sequence[Found]) -> list[Row]:
    return [row for one in found for row in (Row(one), *(Row(one, hit) for hit in one.hits))]


class FoundList(QListView):
    """The lines to choose from; the keyboard stays in the field above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel(self)
        self.setModel(self.found)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("找到的地方"))

    @property
    def chosen(self) -> Row | None:
        """The place that is chosen."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, Row) else None

    def go(self, steps: int) -> None:
        """Choose a place so many places on; the first and the last are the ends."""
        rows, at = self.found.rows, self.currentIndex().row()
        places = [number for number, row in enumerate(rows) if row.hit is not None]
        if not places:
            return
        now = places.index(at) if at in places else -1 if steps > 0 else 0
        self.choose(places[max(0, min(now + steps, len(places) - 1))])

    def choose(self, number: int) -> None:
        """Choose a line; with the first of a document the document comes into sight too."""
        if number > 0 and self.found.rows[number - 1].hit is None:
            self.scrollTo(self.found.index(number - 1))
        self.setCurrentIndex(self.found.index(number))


class _Line(QStyledItemDelegate):
    """Draws documents in bold, and of places what they are, the words in their surroundings, and who."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a line."""
        return QSize(0, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a line."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        colours = theme.current()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        area = QRect(option.rect)
        if is_selected:
            painter.fillRect(area, colours.select)
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), colours.focus)
        elif row.hit is not None and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, colours.hover)
        area.adjust(_MARGIN, 0, -_MARGIN, 0)
        quiet = colours.on_select if is_selected else colours.quiet
        area = self._draw_who(painter, area, row, quiet)
        if row.hit is None:
            font = theme.interface_font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(colours.ink)
            name = QFontMetrics(font).elidedText(row.found.name, Qt.TextElideMode.ElideMiddle, area.width())
            painter.drawText(area.adjusted(0, 6, 0, 0), int(_CENTRE), name)
        else:
            ink = colours.on_select if is_selected else colours.ink
            _draw_kind(painter, area, row.hit, quiet if is_selected else None)
            _draw_snippet(painter, area.adjusted(_KIND, 0, 0, 0), row.hit.snippet, ink)
        painter.restore()

    def _draw_who(self, painter: QPainter, area: QRect, row: Row, ink: QColor) -> QRect:
        """Write who said it at the right end; return what is left of the line."""
        if not row.who:
            return area
        font = theme.interface_font("small")
        metrics = QFontMetrics(font)
        width = min(int(area.width() * _WHO), metrics.horizontalAdvance(row.who))
        painter.setFont(font)
        painter.setPen(ink)
        place = QRect(area.right() - width, area.top(), width + 1, area.height())
        if row.hit is None:
            place.translate(0, 3)
        said = metrics.elidedText(row.who, Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, int(_CENTRE | Qt.AlignmentFlag.AlignRight), said)
        return area.adjusted(0, 0, -width - 18, 0)


def _draw_kind(painter: QPainter, area: QRect, hit: Hit, ink: QColor | None) -> None:
    """Say what a place is, and by its sign how it stands."""
    colours = theme.current()
    own = {"metric": colours.metric, "commitment": colours.commitment}.get(hit.type, colours.quiet)
    painter.setFont(theme.interface_font("small"))
    painter.setPen(ink or own)
    sign = labels.SIGNS[hit.state] if hit.state is not None else ""
    painter.drawText(area.adjusted(0, 0, 0, 0), int(_CENTRE), sign)
    painter.drawText(area.adjusted(20, 0, 0, 0), int(_CENTRE), KINDS[hit.type])


def _draw_snippet(painter: QPainter, area: QRect, snippet: Snippet, ink: QColor) -> None:
    """Write on one line what was found, the words as if marked with a pen, and bold."""
    colours = theme.current()
    text, units = snippet.text, Units(snippet.text)
    pen = QTextCharFormat()
    pen.setBackground(QBrush(colours.metric_strong))
    pen.setForeground(QBrush(colours.ink))
    pen.setFontWeight(QFont.Weight.Bold)
    formats = []
    for start, end in snippet.marks:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length, mark.format = units.unit(start), units.unit(end) - units.unit(start), pen
        formats.append(mark)
    layout, line = _on_one_line(text, formats)
    if line.naturalTextWidth() > area.width():
        room = area.width() - QFontMetrics(layout.font()).horizontalAdvance(_GOES_ON)
        whole = line.xToCursor(room, QTextLine.CursorPosition.CursorOnCharacter)
        layout, line = _on_one_line(text[: units.point(whole)] + _GOES_ON, formats)
    painter.setPen(ink)
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2))


def _on_one_line(text: str, formats: list[QTextLayout.FormatRange]) -> tuple[QTextLayout, QTextLine]:
    """Return a text laid out on one line, however long."""
    layout = QTextLayout(text, theme.interface_font())
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setNumColumns(2 * len(text) + 1)
    layout.endLayout()
    return layout, line
