"""The pivot of the ledger: a line an indicator and a place, a column a year; a cell opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Metric
from jiaozhu.qt import labels, readable, theme
from jiaozhu.qt.ledger_columns import FACET_TITLES, measure_name
from jiaozhu.qt.ledger_delegate import draw_cell
from jiaozhu.qt.ledger_table import dress_table
from jiaozhu.review.ledger import Ledger, Pivot, PivotCell, pivot
from jiaozhu.review.ledger.pivot import Quantity

_Index = QModelIndex | QPersistentModelIndex
#: The columns before the years, with their widths in pixels.
_HEADS = (("measure", 230), ("kind", 64), ("region", 110))
_YEAR = 148
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def quantity_text(quantity: Quantity, kind: str | None) -> str:
    """Return a value as people read it, with how it is meant unless it was reached."""
    value, high, unit, comparator, status = quantity
    metric = Metric(
        id="", speech="", start=0, end=0, text="",
        value=value, value_high=high, unit=unit, comparator=comparator, kind=kind,
    )  # fmt: skip
    meant = (
        ""
        if status in (None, "actual")
        else labels.VALUES["metric"]["status"].get(status or "", status or "")
    )
    return f"{readable.quantity(metric)}{meant and ' ' + meant}"


def cell_text(cell: PivotCell, kind: str | None) -> str:
    """Return what a cell says: its value, two beside one another, or how many differ and between what."""
    texts = [quantity_text(one, kind) for one in cell.quantities]
    if len(texts) <= 1:
        return "".join(texts)
    several = ngettext("{count} 值", "{count} 值", len(texts)).format(count=len(texts))
    known = [one for one in cell.quantities if one.value is not None]
    if not known or len({one.unit for one in known}) > 1:
        return several
    low, high = (
        quantity_text(one._replace(comparator="=", value_high=None, status=None), kind)
        for one in (f(known, key=lambda one: Decimal(one.value or 0)) for f in (min, max))
    )
    return f"{several}  {low}" if low == high else f"{several}  {low} – {high}"


class PivotModel(QAbstractTableModel):
    """A pivot as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pivot = Pivot(ledger := Ledger.read([], []), ledger.codes["key"])

    def show_rows(self, ledger: Ledger, rows: Any) -> None:
        """Show the pivot of some rows of a ledger."""
        self.beginResetModel()
        self.pivot = pivot(ledger, rows)
        self.endResetModel()

    def cell(self, index: _Index) -> PivotCell | None:
        """Return the cell of a year; None for an empty one and for the columns before the years."""
        place = index.column() - len(_HEADS)
        return self.pivot.cell(index.row(), place) if place >= 0 else None

    def text(self, line: int, column: int) -> str:
        """Return what a cell says."""
        row = self.pivot.row(line)
        if column == 0:
            return measure_name(row.measure)
        if column == 1:
            return labels.VALUES["metric"]["kind"].get(row.kind or "", row.kind or "")
        if column == 2:
            return row.region or ""
        cell = self.pivot.cell(line, column - len(_HEADS))
        return cell_text(cell, row.kind) if cell is not None else ""

    def repeats(self, line: int, column: int) -> bool:
        """Return whether a column before the years says what it says in the line above."""
        if not line or column > 1:
            return False
        return self.pivot.row(line)[: column + 1] == self.pivot.row(line - 1)[: column + 1]

    @property
    def header(self) -> list[str]:
        """The names of all columns."""
        return [FACET_TITLES[name] for name, _width in _HEADS] + self.pivot.years

    def lines(self) -> Sequence[Sequence[str]]:
        """Return all cells as texts."""
        columns = range(self.columnCount())
        return [[self.text(line, column) for column in columns] for line in range(len(self.pivot))]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.pivot)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADS) + len(self.pivot.years)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; where the mouse rests, all its values."""
        if not index.isValid() or index.row() >= len(self.pivot):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self.cell(index)
            if cell is None:
                return self.text(index.row(), index.column())
            kind = self.pivot.row(index.row()).kind
            values = [quantity_text(one, kind) for one in cell.quantities]
            count = len(cell.rows)
            return "\n".join([*values, ngettext("{count} 条", "{count} 条", count).format(count=count)])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.text(index.row(), index.column()) or _("空")
            return f"{self.header[index.column()]} {text}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a column is called."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.header[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section < len(_HEADS) else _RIGHT
        return None


class PivotDelegate(QStyledItemDelegate):
    """Draws the cells: what is said above is not said again, several values are told by their colour too."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a cell."""
        model = index.model()
        if not isinstance(model, PivotModel) or index.row() >= len(model.pivot):
            return
        colours = theme.current()
        column = index.column()
        text = model.text(index.row(), column)
        ink = colours.ink
        if column < len(_HEADS):
            ink = colours.quiet if column == 1 else ink
            text = "" if model.repeats(index.row(), column) else text
        else:
            cell = model.cell(index)
            if cell is not None and len(cell.quantities) > 1:
                ink = colours.warning
        draw_cell(painter, option, text, ink, to_right=column >= len(_HEADS))


class PivotTable(QTableView):
    """Shows a PivotModel."""

    #: A line and a year whose rows are to be seen: an index of the model.
    opened = Signal(object)
    left = Signal()
    copied = Signal()
    searched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = PivotModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(PivotDelegate(self))
        self.setAccessibleName(_("透视表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        dress_table(self)
        self.model_.modelReset.connect(self._fit)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().paper)
        self.setPalette(palette)
        self.viewport().update()

    def _fit(self) -> None:
        for place, (_name, width) in enumerate(_HEADS):
            self.setColumnWidth(place, width)
        for place in range(len(_HEADS), self.model_.columnCount()):
            self.setColumnWidth(place, _YEAR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, copy, look for; everything else as in any table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() == "/":
            self.searched.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_C:
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the rows of the cell."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines; where there is none, say why."""
        super().paintEvent(event)
        if not len(self.model_.pivot):
            said = _("没有核实过的指标。采纳、更正或新增之后，这里按指标、地区和年份列出数值。")
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().quiet)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, said)
