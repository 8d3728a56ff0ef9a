"""The table of the ledger: columns to choose and to order, cells to edit, rows to open and to copy."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import ledger_memory, theme
from jiaozhu.qt.ledger_columns import COLUMNS, PLACES
from jiaozhu.qt.ledger_delegate import ROW_HEIGHT, LedgerDelegate
from jiaozhu.qt.ledger_editor import LedgerEditor
from jiaozhu.qt.ledger_memory import ColumnPlace
from jiaozhu.qt.ledger_model import LedgerModel

#: How long after a column was changed it is remembered, in milliseconds.
_LATER = 300


def dress_table(table: QTableView) -> None:
    """Give a table the look of the ledger's tables."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(ROW_HEIGHT)
    rows.setDefaultSectionSize(ROW_HEIGHT)
    columns = table.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setMinimumSectionSize(36)
    columns.setFixedHeight(ROW_HEIGHT + 2)
    columns.setTextElideMode(Qt.TextElideMode.ElideRight)
    for part in (columns, table.verticalScrollBar(), table.horizontalScrollBar()):
        theme.dress(part)
    table.setCornerWidget(QWidget())
    table.verticalScrollBar().setAccessibleName(_("表格纵向滚动条"))
    table.horizontalScrollBar().setAccessibleName(_("表格横向滚动条"))


class LedgerTable(QTableView):
    """Shows a LedgerModel; what its keys ask for comes out as signals."""

    #: The row under the cursor is to be seen in its text.
    opened = Signal(int)
    #: Fields of the row under the cursor are to be corrected: document, annotation, fields.
    corrected = Signal(str, str, dict)
    #: The chosen rows are to be copied.
    copied = Signal()
    #: Somebody wants to type what to look for.
    searched = Signal()
    #: The table is left.
    left = Signal()
    #: Something to be said in passing.
    remarked = Signal(str)

    def __init__(self, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._editor: LedgerEditor | None = None
        self._keeping = QTimer(self, interval=_LATER, singleShot=True)
        self._keeping.timeout.connect(self._remember)
        self.setModel(model)
        self.setItemDelegate(LedgerDelegate(self))
        self.setAccessibleName(_("台账"))
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setSectionsClickable(True)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._open_columns_menu)
        columns.sectionClicked.connect(self.sort_by)
        self._place_columns()
        columns.sectionMoved.connect(self._keeping.start)
        columns.sectionResized.connect(self._keeping.start)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().paper)
        self.setPalette(palette)
        self.viewport().update()

    # Rows

    @property
    def identity(self) -> tuple[str, str, str] | None:
        """What tells the annotation under the cursor from all others."""
        index = self.currentIndex()
        return self._model.ledger.identity(self._model.row_at(index.row())) if index.isValid() else None

    @property
    def chosen_numbers(self) -> list[int]:
        """The places of the chosen rows, from the top."""
        ranges = self.selectionModel().selection().toList()
        return sorted({at for one in ranges for at in range(one.top(), one.bottom() + 1)})

    def show_row(self, number: int, column: int | None = None) -> None:
        """Put the cursor into a row and bring it into sight."""
        before = self.currentIndex().column()
        wanted = column if column is not None else before
        if wanted < 0 or self.isColumnHidden(wanted):
            wanted = self.shown_columns[0]
        self.setCurrentIndex(self._model.index(number, wanted))

    @property
    def shown_columns(self) -> list[int]:
        """The columns that are shown, from the left."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    # Columns

    def _place_columns(self) -> None:
        header = self.horizontalHeader()
        for place, kept in enumerate(ledger_memory.columns()):
            column = PLACES[kept.name]
            header.moveSection(header.visualIndex(column), place)
            header.resizeSection(column, kept.width)
            self.setColumnHidden(column, not kept.is_shown)

    def _remember(self) -> None:
        header = self.horizontalHeader()
        places = []
        for place in range(header.count()):
            column = header.logicalIndex(place)
            is_shown = not self.isColumnHidden(column)
            # A hidden column has no width; what it had is what it will have again.
            known = {one.name: one.width for one in ledger_memory.columns()}
            width = header.sectionSize(column) if is_shown else known[COLUMNS[column].name]
            places.append(ColumnPlace(COLUMNS[column].name, width, is_shown))
        ledger_memory.note_columns(places)

    def show_column(self, column: int, *, on: bool) -> None:
        """Show or hide a column; the last one stays."""
        if on or len(self.shown_columns) > 1:
            self.setColumnHidden(column, not on)
            if on and self.columnWidth(column) < 20:
                self.setColumnWidth(column, COLUMNS[column].width)
            self._remember()

    def move_column(self, by: int) -> None:
        """Move the column with the cursor to the left (-1) or the right (+1)."""
        column = self.currentIndex().column()
        shown = self.shown_columns
        if column in shown and 0 <= shown.index(column) + by < len(shown):
            header = self.horizontalHeader()
            neighbour = shown[shown.index(column) + by]
            header.moveSection(header.visualIndex(column), header.visualIndex(neighbour))
            self.scrollTo(self.currentIndex())

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu to choose the columns."""
        menu = QMenu(_("列"), parent)
        for place, column in enumerate(COLUMNS):
            item = menu.addAction(column.title)
            item.setCheckable(True)
            item.setChecked(not self.isColumnHidden(place))
            item.toggled.connect(lambda on, place=place: self.show_column(place, on=on))
        menu.addSeparator()
        for title, key, by in (
            (_("当前列左移"), "Ctrl+Shift+Left", -1),
            (_("当前列右移"), "Ctrl+Shift+Right", +1),
        ):
            item = menu.addAction(
                f"{title}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}"
            )
            item.triggered.connect(lambda _checked=False, by=by: self.move_column(by))
        theme.dress(menu)
        return menu

    def _open_columns_menu(self, at: QPoint) -> None:
        menu = self.columns_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def sort_by(self, column: int) -> None:
        """Sort by a column; if it is sorted by it, the other way round, and then as in the texts again."""
        name, identity = COLUMNS[column].name, self.identity
        before = self._model.sorted_by
        if before == (name, True):
            self._model.sort_by(None)
        else:
            self._model.sort_by(name, descending=before == (name, False))
        self.go_to(identity, column)

    def go_to(self, identity: tuple[str, str, str] | None, column: int | None = None) -> None:
        """Put the cursor on an annotation if it is shown, else into the first row."""
        number = self._model.number_of(identity) if identity is not None else None
        if self._model.rowCount():
            self.show_row(number or 0, column)

    # Editing

    @property
    def editor(self) -> LedgerEditor | None:
        """The editor of a cell, if one is open."""
        return self._editor

    def edit_cell(self) -> None:
        """Open the editor of the cell with the cursor; say why if it can't be edited."""
        index = self.currentIndex()
        if not index.isValid():
            return
        field = self._model.field_at(index)
        if field is None:
            self.remarked.emit(
                _("“{column}”不能在台账中更正；按回车到正文中更正。").format(
                    column=COLUMNS[index.column()].title
                )
            )
            return
        row = self._model.row_at(index.row())
        ledger = self._model.ledger
        stored = ledger.value(row, COLUMNS[index.column()].name)
        document, type_, id_ = ledger.identity(row)
        if field == "region" and stored is not None:
            stored = str(stored)
        editor = LedgerEditor(type_, field, stored, self.visualRect(index), self.viewport())
        editor.submitted.connect(lambda fields: self.corrected.emit(document, id_, fields))
        editor.closed.connect(self._on_editor_closed)
        self._editor = editor

    def _on_editor_closed(self) -> None:
        self._editor = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Close the editor rather than leave it over another cell."""
        if self._editor is not None:
            self._editor.close()
        super().scrollContentsBy(dx, dy)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, edit, copy, look for, sort; everything else as in any table."""
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        at = self.currentIndex()
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if at.isValid():
                self.opened.emit(at.row())
        elif plain and key == Qt.Key.Key_F2:
            self.edit_cell()
        elif plain and key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.text() == "/":
            self.searched.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif plain and key == Qt.Key.Key_F4:
            if at.isValid():
                self.sort_by(at.column())
        elif modifiers == _MOVING and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_column(-1 if key == Qt.Key.Key_Left else +1)
        elif event.text() and event.text().isprintable() and not modifiers & _COMMANDS:
            event.ignore()  # looking for what begins with a letter would go through all rows
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row in its text."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(index.row())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; where there is none, say why."""
        super().paintEvent(event)
        if not self._model.rowCount():
            if not len(self._model.ledger):
                said = _("还没有条目；导入讲话后，这里列出其中的指标和承诺。")
            else:
                said = _("没有符合筛选的条目。")
            painter = QPainter(self.viewport())
            painter.setPen(theme.current().quiet)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, said)


_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
