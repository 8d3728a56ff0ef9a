"""The facets beside the ledger: values with how many rows each would leave, to be chosen.

A flat list as the queue is: names of facets, below an unfolded one its values, the most frequent first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.model import CHOICES, State
from jiaozhu.qt import theme
from jiaozhu.qt.ledger_columns import FACET_TITLES, said
from jiaozhu.qt.ledger_delegate import SIGN, state_ink
from jiaozhu.review.ledger import CERTAINTIES, FACETS, Ledger, LedgerFilter, Selection

_Index = QModelIndex | QPersistentModelIndex
_HEAD, _LINE = 34, 27
#: So many values of a facet are listed before it is asked for more.
_FEW = 6
#: Facets that are unfolded from the beginning.
_UNFOLDED = ("state", "type", "status", "year", "region", "measure")
#: Facets whose values have an order of their own.
_ORDERED = {
    "state": tuple(State),
    "type": ("metric", "commitment"),
    "status": CHOICES["metric"]["status"],
    "kind": CHOICES["metric"]["kind"] + CHOICES["commitment"]["kind"],
    "strength": CHOICES["commitment"]["strength"],
    "certainty": CERTAINTIES,
}


class FacetLine(NamedTuple):
    """A line of the list: the name of a facet, one of its values, or the wish for more."""

    kind: str  # "facet", "value" or "more"
    facet: str
    text: str
    value: Any = None
    size: int = 0  # of a value: its rows; of a facet: how many values are chosen
    is_on: bool = False  # of a facet: unfolded; of a value: chosen


class FacetsModel(QAbstractListModel):
    """The lines of some facets."""

    def __init__(self, facets: Sequence[str], unfolded: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facets = facets
        self._unfolded = set(unfolded)
        self._whole: set[str] = set()  # facets that list all of their values
        self._shown: tuple[Ledger, Selection, LedgerFilter] | None = None
        self.lines: list[FacetLine] = []

    def show_selection(self, ledger: Ledger, selection: Selection, filter_: LedgerFilter) -> None:
        """Show the counts of a selection."""
        self._shown = ledger, selection, filter_
        self._list()

    def unfold(self, facet: str, *, on: bool) -> None:
        """Show or hide the values of a facet."""
        (self._unfolded.add if on else self._unfolded.discard)(facet)
        self._list()

    def show_whole(self, facet: str) -> None:
        """List all values of a facet."""
        self._whole.add(facet)
        self._list()

    def _list(self) -> None:
        lines = [line for facet in self._facets for line in self._lines_of(facet)]
        same = [(line.kind, line.facet, line.value) for line in lines] == [
            (line.kind, line.facet, line.value) for line in self.lines
        ]
        if same:  # what is in sight stays where it is
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(max(0, len(lines) - 1)))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def _lines_of(self, facet: str) -> Iterator[FacetLine]:
        if self._shown is None:
            return
        ledger, selection, filter_ = self._shown
        chosen = filter_.chosen.get(facet, frozenset())
        is_unfolded = facet in self._unfolded
        yield FacetLine("facet", facet, FACET_TITLES[facet], size=len(chosen), is_on=is_unfolded)
        if not is_unfolded:
            return
        counts = selection.counts[facet]
        values = ledger.vocabularies[facet].values
        present = [int(code) for code in counts.nonzero()[0]]
        if facet in _ORDERED:
            order = {value: place for place, value in enumerate(_ORDERED[facet])}
            present.sort(key=lambda code: order.get(values[code], len(order)))
        elif facet == "year":
            present.sort(key=lambda code: values[code] or "", reverse=True)
        else:
            present.sort(key=lambda code: -int(counts[code]))
        there = {values[code] for code in present}
        listed = [(values[code], int(counts[code])) for code in present]
        listed += [(value, 0) for value in sorted(chosen - there, key=str)]
        is_long = facet not in self._whole and facet not in _ORDERED and len(listed) > _FEW + 1
        for place, (value, count) in enumerate(listed):
            if is_long and place >= _FEW and value not in chosen:
                continue
            yield FacetLine("value", facet, _name(ledger, facet, value), value, count, value in chosen)
        if is_long:
            rest = len(listed) - _FEW
            yield FacetLine("more", facet, _("其余 {count} 项…").format(count=rest), size=rest)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line.kind == "value":
                chosen = _("已选") if line.is_on else _("未选")
                return _("{facet} {name} {count} 条 {chosen}").format(
                    facet=FACET_TITLES[line.facet], name=line.text, count=line.size, chosen=chosen
                )
            return line.text
        return None


def _name(ledger: Ledger, facet: str, value: Any) -> str:
    if facet == "flagged" and not value:
        return _("无标记")
    return said(ledger, facet, value) or _("（空）")


class FacetsDelegate(QStyledItemDelegate):
    """Draws the lines: a box that is ticked, the value, how many rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> Any:
        """Return how high a line is: names of facets stand apart from what is above."""
        size = super().sizeHint(option, index)
        model = index.model()
        is_head = isinstance(model, FacetsModel) and model.lines[index.row()].kind == "facet"
        size.setHeight(_HEAD if is_head else _LINE)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a line."""
        model = index.model()
        if not isinstance(model, FacetsModel):
            return
        line = model.lines[index.row()]
        colours = theme.current()
        area = QRectF(option.rect)
        has_cursor = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if has_cursor and option.widget is not None and option.widget.hasFocus():
            painter.setPen(QPen(colours.focus, 1))
            painter.drawRoundedRect(area.adjusted(5.5, 1.5, -5.5, -1.5), 4, 4)
        elif option.state & QStyle.StateFlag.State_MouseOver and line.kind != "facet":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        {"facet": _draw_facet, "value": _draw_value, "more": _draw_more}[line.kind](
            painter, option, area, line
        )
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DOWN = ((-3.5, -1.8), (0.0, 1.8), (3.5, -1.8))
_RIGHTWARD = ((-1.8, -3.5), (1.8, 0.0), (-1.8, 3.5))
_TICK = ((2.5, 6.5), (5.2, 9.2), (10.0, 3.2))
_BOX = 13.0


def _draw_facet(painter: QPainter, option: QStyleOptionViewItem, area: QRectF, line: FacetLine) -> None:
    colours = theme.current()
    middle = QPointF(area.left() + 20, area.center().y() + 2)
    painter.setPen(QPen(colours.quiet, 1.4))
    painter.drawPolyline([middle + QPointF(*point) for point in (_DOWN if line.is_on else _RIGHTWARD)])
    font = option.font
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colours.ink)
    painter.drawText(area.adjusted(32, 4, -14, 0), _LEFT, line.text)
    if line.size:
        painter.setPen(colours.focus)
        chosen = _("已选 {count}").format(count=line.size)
        painter.drawText(area.adjusted(32, 4, -14, 0), _RIGHT, chosen)


def _draw_value(painter: QPainter, option: QStyleOptionViewItem, area: QRectF, line: FacetLine) -> None:
    colours = theme.current()
    box = QRectF(area.left() + 14, area.center().y() - _BOX / 2, _BOX, _BOX)
    painter.setPen(QPen(colours.ink if line.is_on else colours.faint, 1))
    painter.setBrush(colours.ink if line.is_on else colours.raised)
    painter.drawRoundedRect(box, 3, 3)
    if line.is_on:
        painter.setPen(QPen(colours.paper, 1.7))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([box.topLeft() + QPointF(*point) for point in _TICK])
    count = f"{line.size:,}"
    room = option.fontMetrics.horizontalAdvance(count) + 10
    name = area.adjusted(36, 0, -14 - room, 0)
    ink = colours.ink if line.size else colours.faint
    painter.setPen(state_ink(line.value) if line.facet == "state" else ink)
    text = line.text
    if line.facet == "state":
        sign, _space, text = text.partition(" ")
        painter.drawText(QRectF(name.left(), name.top(), SIGN, name.height()), _CENTRE, sign)
        name.adjust(SIGN + 5, 0, 0, 0)
    shortened = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, int(name.width()))
    painter.drawText(name, _LEFT, shortened)
    painter.setPen(colours.quiet)
    painter.drawText(area.adjusted(36, 0, -14, 0), _RIGHT, count)


def _draw_more(painter: QPainter, option: QStyleOptionViewItem, area: QRectF, line: FacetLine) -> None:
    painter.setPen(theme.current().commitment)
    painter.drawText(area.adjusted(36, 0, -14, 0), _LEFT, line.text)


class FacetsList(QListView):
    """The list itself: Space or a click chooses a value, left and right fold and unfold a facet."""

    #: A facet, and the values that are chosen in it now.
    chosen = Signal(str, object)
    #: The list is left with Escape.
    left = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        facets: Sequence[str] = FACETS,
        unfolded: Sequence[str] = _UNFOLDED,
    ) -> None:
        super().__init__(parent)
        self.model_ = FacetsModel(facets, unfolded, self)
        self.setModel(self.model_)
        self.setItemDelegate(FacetsDelegate(self))
        self.setAccessibleName(_("筛选"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalScrollBar().setAccessibleName(_("筛选滚动条"))
        theme.dress(self.verticalScrollBar())
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().surface)
        self.setPalette(palette)

    def show_selection(self, ledger: Ledger, selection: Selection, filter_: LedgerFilter) -> None:
        """Show the counts of a selection; the cursor and what is in sight stay."""
        line = self._line()
        scrolled = self.verticalScrollBar().value()
        self.model_.show_selection(ledger, selection, filter_)
        if line is not None and not self.currentIndex().isValid():
            same = (
                at
                for at, one in enumerate(self.model_.lines)
                if one[:2] == line[:2] and one.value == line.value
            )
            place = next(same, None)
            if place is not None:
                self.setCurrentIndex(self.model_.index(place))
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, fold and unfold; everything else as in any list."""
        line, key = self._line(), event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif line is not None and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(line)
        elif line is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._unfold(line.facet, on=key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the value, or fold and unfold the facet, that is clicked."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self._act(self.model_.lines[index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick clicks for one more click."""
        self.mousePressEvent(event)

    def _line(self) -> FacetLine | None:
        index = self.currentIndex()
        return self.model_.lines[index.row()] if index.isValid() else None

    def _act(self, line: FacetLine) -> None:
        if line.kind == "facet":
            self._unfold(line.facet, on=not line.is_on)
        elif line.kind == "more":
            at = self.currentIndex().row()
            self.model_.show_whole(line.facet)
            self.setCurrentIndex(self.model_.index(min(at, self.model_.rowCount() - 1)))
        else:
            held = {
                one.value
                for one in self.model_.lines
                if one.facet == line.facet and one.kind == "value" and one.is_on
            }
            self.chosen.emit(line.facet, held ^ {line.value})

    def _unfold(self, facet: str, *, on: bool) -> None:
        self.model_.unfold(facet, on=on)
        place = next(at for at, line in enumerate(self.model_.lines) if line.facet == facet)
        self.setCurrentIndex(self.model_.index(place))
