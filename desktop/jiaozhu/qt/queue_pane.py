"""The left pane: the project's documents and speeches, with a filter above them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.queue_delegate import ARROW, ROW_HEIGHT, TALL, QueueDelegate, name_width
from jiaozhu.qt.queue_model import NAME, PROGRESS, QueueModel, Wanted
from jiaozhu.qt.text import Text
from jiaozhu.store import DocumentRow, SpeechRow

_WANTED = {
    Wanted.ALL: _("全部"),
    Wanted.OPEN: _("未完"),
    Wanted.UNTOUCHED: _("未动"),
    Wanted.STARTED: _("进行中"),
    Wanted.DONE: _("已完"),
}


class QueueList(QTableView):
    """The list itself: right and left unfold and fold, Enter and a click choose."""

    #: A row that was chosen.
    picked = Signal(int)

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self.setAccessibleName(_("文档列表"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.hide()
        columns.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(PROGRESS, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(PROGRESS, self.fontMetrics().horizontalAdvance("000/0000") + 46)
        self.verticalScrollBar().setAccessibleName(_("文档列表滚动条"))
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(lambda _parent, first, last: self._make_low(range(first, last + 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold, fold or choose the row; everything else as in any list."""
        index = self.currentIndex()
        key = event.key()
        if not index.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(index.row())
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._model.unfold(self._model.at(index.row()).document.id, on=key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Unfold or fold at the arrow, choose elsewhere."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self._model.at(index.row())
        if row.can_unfold and event.position().x() < ARROW:
            self._model.unfold(row.document.id, on=not row.is_unfolded)
        else:
            self.picked.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick clicks for one more click."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more or fewer lines for the names."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give documents two lines if one of their names needs them, and speeches one."""
        em = self.fontMetrics().horizontalAdvance("字")
        room = 2 * name_width(self.columnWidth(NAME)) / em  # of half the width of a character
        # In this encoding a Chinese character takes two bytes, and a letter, half as wide, takes one.
        long = (len(name.encode("gb18030", "replace")) > room for name in self._model.names())
        height = TALL if any(long) else ROW_HEIGHT
        rows = self.verticalHeader()
        if height != rows.defaultSectionSize():
            rows.setDefaultSectionSize(height)
        if height != ROW_HEIGHT:
            self._make_low(self._model.speech_rows())

    def _make_low(self, rows: Iterable[int]) -> None:
        for row in rows:
            self.verticalHeader().resizeSection(row, ROW_HEIGHT)

    def show_row(self, row: int) -> None:
        """Select a row and bring it into sight, if it is not selected already."""
        if self.currentIndex().row() != row or not self.selectionModel().isRowSelected(row, QModelIndex()):
            self.selectRow(row)
            self.scrollTo(self._model.index(row, NAME))


class QueuePane(QWidget):
    """Lists documents with their speeches; choosing one asks for it to be opened."""

    #: Document id, and speech id or an empty text.
    chosen = Signal(str, str)

    def __init__(
        self, fetch_speeches: Callable[[str | None], Sequence[SpeechRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = QueueModel(fetch_speeches, self)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("筛选：地区、讲话人、标题"))
        self.text.setToolTip(_("筛选：地区、讲话人、标题"))  # of which a narrow pane shows the beginning
        self.text.setAccessibleName(_("筛选文字"))
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.wanted = QComboBox()
        self.wanted.setAccessibleName(_("筛选进度"))
        self.wanted.view().setAccessibleName(_("筛选进度"))
        for wanted, label in _WANTED.items():
            self.wanted.addItem(label, wanted)
        self.list = QueueList(self.model)
        self.summary = Text(ink="quiet", size="small")
        self.summary.setContentsMargins(14, 7, 14, 9)
        for widget in (self.text, self.wanted, self.list.verticalScrollBar()):
            theme.dress(widget)

        above = QHBoxLayout()
        above.setContentsMargins(12, 12, 12, 8)
        above.setSpacing(6)
        above.addWidget(self.text, 1)
        above.addWidget(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)

        self.text.textChanged.connect(self._filter)
        self.wanted.currentIndexChanged.connect(self._filter)
        self.list.picked.connect(self._choose)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme: the list lies on the window, not on a page."""
        palette = self.list.palette()
        palette.setColor(palette.ColorRole.Base, theme.current().surface)
        self.list.setPalette(palette)

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """List the documents of a project, keeping the filter, what is marked and what is in sight."""
        bar, at = self.list.verticalScrollBar(), self.list.currentIndex().row()
        scrolled = bar.value()
        chosen = self.model.at(at) if at >= 0 and self.list.hasFocus() else None
        self.model.show_documents(documents)
        self._summarise()
        self._mark_again()
        if chosen is not None:  # somebody goes through the list while documents come in
            speech = chosen.speech.id if chosen.speech is not None else None
            row = self.model.row_of(chosen.document.id, speech)
            if row is not None:
                self.list.show_row(row)
        self.list.updateGeometries()  # or there is nothing to scroll yet
        bar.setValue(scrolled)

    def mark(self, document_id: str, speech_id: str | None = None) -> None:
        """Mark the document, and the speech of it, that is being read."""
        if self.model.current != document_id:
            before = self.model.current
            self.model.set_current(document_id)
            if before is not None:
                self.model.unfold(before, on=False)
            self.model.unfold(document_id)
        row = self.model.row_of(document_id, speech_id)
        if row is not None:
            self.list.show_row(row)

    def update_document(self, document_id: str, speeches: Sequence[SpeechRow]) -> None:
        """Take in new counts after a decision."""
        self.model.update_document(document_id, speeches)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter field into the list with the down key; empty it with Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.shown:
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                if not self.list.currentIndex().isValid():
                    self.list.show_row(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.text.clear()
                return True
        return super().eventFilter(watched, event)

    def _filter(self) -> None:
        self.model.filter(self.text.text(), Wanted(self.wanted.currentData()))
        self._summarise()
        self._mark_again()

    def _mark_again(self) -> None:
        """Select the document that is being read, which a new list has forgotten."""
        current = self.model.current
        row = self.model.row_of(current) if current is not None else None
        if row is not None:
            self.list.show_row(row)

    def _summarise(self) -> None:
        shown, total = self.model.shown, self.model.size
        if shown == total:
            text = ngettext("{count} 个文档", "{count} 个文档", total).format(count=total)
        else:
            text = _("{total} 个文档中的 {shown} 个").format(shown=shown, total=total)
        self.summary.show_text(text)

    def _choose(self, number: int) -> None:
        row = self.model.at(number)
        self.chosen.emit(row.document.id, row.speech.id if row.speech else "")
