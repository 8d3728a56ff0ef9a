"""The rows of the ledger that are shown, for a table: nothing is made of a row before it is in sight."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiaozhu.i18n import gettext as _
from jiaozhu.qt.ledger_columns import COLUMNS, field_of, shown
from jiaozhu.review.ledger import Ledger, LedgerFilter, Selection, select, sort

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LedgerModel(QAbstractTableModel):
    """A ledger, filtered and sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = Ledger.read([], [])
        self.filter = LedgerFilter()
        self.sorted_by: tuple[str, bool] | None = None  # a column, and whether it descends
        self.selection = select(self.ledger, self.filter)
        self._rows = self.selection.rows

    def show_ledger(self, ledger: Ledger) -> None:
        """Show another ledger with the same filter in the same order."""
        self.ledger = ledger
        self._select()

    def set_filter(self, filter_: LedgerFilter) -> None:
        """Show the rows that a filter leaves."""
        self.filter = filter_
        self._select()

    def sort_by(self, column: str | None, *, descending: bool = False) -> None:
        """Show the rows in the order of a column; None: of the texts."""
        self.sorted_by = None if column is None else (column, descending)
        self._arrange(self.selection)

    def _select(self) -> None:
        self._arrange(select(self.ledger, self.filter))

    def _arrange(self, selection: Selection) -> None:
        rows = selection.rows
        if self.sorted_by is not None and len(rows):
            rows = sort(self.ledger, rows, self.sorted_by[0], descending=self.sorted_by[1])
        self.beginResetModel()
        self.selection, self._rows = selection, rows
        self.endResetModel()

    # Rows

    @property
    def rows(self) -> Any:
        """The rows of the ledger that are shown, in their order."""
        return self._rows

    def row_at(self, number: int) -> int:
        """Return the row of the ledger that is shown at a place."""
        return int(self._rows[number])

    def number_of(self, identity: tuple[str, str, str]) -> int | None:
        """Return where an annotation is shown, None if it is not."""
        row = self.ledger.find(identity)
        found = np.flatnonzero(self._rows == row) if row is not None else np.zeros(0, int)
        return int(found[0]) if len(found) else None

    def field_at(self, index: _Index) -> str | None:
        """Return the field of the annotation that a cell stands for, None if it can't be edited."""
        type_ = self.ledger.value(self.row_at(index.row()), "type")
        return field_of(type_, COLUMNS[index.column()].name)

    def text(self, number: int, column: int) -> str:
        """Return what a cell says."""
        return shown(self.ledger, self.row_at(number), COLUMNS[column].name)

    # For Qt

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are, hidden ones too."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, or how."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.text(index.row(), index.column()) or _("空")
            return f"{COLUMNS[index.column()].title} {text}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[index.column()].is_number else _LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a column is called; rows have no names."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            column = COLUMNS[section]
            if self.sorted_by is not None and self.sorted_by[0] == column.name:
                return f"{column.title} {'↓' if self.sorted_by[1] else '↑'}"
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].is_number else _LEFT
        return None
