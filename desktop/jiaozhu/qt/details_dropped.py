"""What a document's source has and its text has not: how much of it and why, and each piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Dropped
from jiaozhu.qt import labels, theme
from jiaozhu.qt.text import Text

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 25
_MOST_ROWS = 8  # in sight at once
REASON, WORDS, POSITION = range(3)


class DroppedPieces(QWidget):
    """Counts by reason, and below them a list of the pieces; a piece that is chosen leads to its place."""

    #: The position in the source of the piece that was chosen.
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = Text(wraps=True)
        self.model = DroppedModel(self)
        self.list = QTableView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(_("未收入正文"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(False)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.verticalScrollBar().setAccessibleName(_("未收入正文"))
        theme.dress(self.list.verticalScrollBar())
        rows, columns = self.list.verticalHeader(), self.list.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW_HEIGHT)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        columns.hide()
        columns.setMinimumSectionSize(24)
        columns.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._counts)
        layout.addWidget(self.list)

    @property
    def counts(self) -> str:
        """How many characters were left out, for which reasons."""
        return self._counts.text()

    def show_pieces(self, pieces: Sequence[Dropped]) -> None:
        """Show other pieces."""
        self.apply_theme()
        self.model.show_pieces(pieces)
        counts = Counter(piece.reason for piece in pieces)
        parts = [
            f"{labels.DROPPED.get(reason, reason)}\u00a0{count}" for reason, count in counts.most_common()
        ]
        total = sum(len(piece.text) for piece in pieces)
        said = ngettext("共 {count} 字", "共 {count} 字", total).format(count=f"{total:,}")
        self._counts.show_text(_("，").join([*parts, said]))
        metrics = self.list.fontMetrics()
        for column in (REASON, POSITION):
            shown = {self.model.said(piece, column) for piece in pieces[:_MEASURED]}
            width = max((metrics.horizontalAdvance(text) for text in shown), default=0)
            self.list.setColumnWidth(column, width + 14 if width else 0)
        self.list.setFixedHeight(min(len(pieces), _MOST_ROWS) * _ROW_HEIGHT)

    def apply_theme(self) -> None:
        """Take the colours of the current theme: the list lies on the pane."""
        palette = self.list.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().surface)
        self.list.setPalette(palette)

    def _choose(self, index: QModelIndex) -> None:
        piece = self.model.at(index.row())
        if piece.source_start is not None:
            self.chosen.emit(piece.source_start)


#: How many pieces are looked at to find how wide the columns must be.
_MEASURED = 400


class DroppedModel(QAbstractTableModel):
    """The pieces, a row each: why, what, and where in the source."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: Sequence[Dropped] = ()

    def show_pieces(self, pieces: Sequence[Dropped]) -> None:
        """Hold other pieces."""
        self.beginResetModel()
        self._pieces = pieces
        self.endResetModel()

    def at(self, row: int) -> Dropped:
        """Return the piece in a row."""
        return self._pieces[row]

    def said(self, piece: Dropped, column: int) -> str:
        """Return what a cell shows of a piece."""
        if column == REASON:
            return labels.DROPPED.get(piece.reason, piece.reason)
        if column == WORDS:
            return visible(piece.text[:_LONGEST_TOOLTIP])
        if piece.source_start is None:
            return ""
        return _("第 {position} 字").format(position=f"{piece.source_start + 1:,}")

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many pieces there are."""
        return 0 if parent.isValid() else len(self._pieces)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return three: reason, words, position."""
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        piece = self._pieces[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(piece, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return visible(piece.text[:_LONGEST_TOOLTIP])
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != WORDS:
            return QColor(theme.current().quiet)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == POSITION else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the columns, which a screen reader says."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("原因"), _("文字"), _("位置"))[section]
        return None


_LONGEST_TOOLTIP = 600


def visible(text: str) -> str:
    """Return a piece of text on one line; characters that nobody can see are named by their numbers."""
    line = " ".join(text.split())
    if line.isprintable() and line:
        return line
    return " ".join(f"U+{ord(char):04X}" if not char.isprintable() else char for char in text if char != " ")
