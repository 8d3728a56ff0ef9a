"""The left pane: the project's documents and speeches, with a filter above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.progress_delegate import ProgressDelegate
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


class QueuePane(QWidget):
    """Lists documents with their speeches; choosing one asks for it to be opened."""

    #: Document id, and speech id or an empty text.
    chosen = Signal(str, str)

    def __init__(
        self, fetch_speeches: Callable[[str | None], Sequence[SpeechRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.dress(self)
        self.model = QueueModel(fetch_speeches, self)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("筛选：地区、讲话人、标题"))
        self.text.setAccessibleName(_("筛选文字"))
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.wanted = QComboBox()
        self.wanted.setAccessibleName(_("筛选进度"))
        for wanted, label in _WANTED.items():
            self.wanted.addItem(label, wanted)
        self.tree = QTreeView()
        self.tree.setAccessibleName(_("文档列表"))
        self.tree.setModel(self.model)
        self.tree.setItemDelegateForColumn(PROGRESS, ProgressDelegate(self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.tree.setIndentation(16)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PROGRESS, QHeaderView.ResizeMode.Fixed)
        self.summary = Text(ink="quiet")
        self.summary.setContentsMargins(14, 6, 14, 8)

        above = QHBoxLayout()
        above.setContentsMargins(12, 12, 12, 8)
        above.setSpacing(6)
        above.addWidget(self.text, 1)
        above.addWidget(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.summary)

        self.text.textChanged.connect(self._filter)
        self.wanted.currentIndexChanged.connect(self._filter)
        self.tree.clicked.connect(self._choose)
        self.tree.activated.connect(self._choose)

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """List the documents of a project, keeping the filter and what is marked."""
        self.model.show_documents(documents)
        width = self.tree.fontMetrics().horizontalAdvance("000/0000") + 46
        self.tree.header().resizeSection(PROGRESS, width)
        self._summarise()

    def mark(self, document_id: str, speech_id: str | None = None) -> None:
        """Mark the document, and the speech of it, that is being read."""
        if self.model.current != document_id:
            self.model.current = document_id
            self.tree.viewport().update()
            found = self.model.index_of(document_id)
            if found.isValid() and self.model.canFetchMore(found):
                self.model.fetchMore(found)
            self.tree.expand(found)
        index = self.model.index_of(document_id, speech_id)
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)

    def update_document(self, document_id: str, speeches: Sequence[SpeechRow]) -> None:
        """Take in new counts after a decision."""
        self.model.update_document(document_id, speeches)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter field into the list with the down key; empty it with Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.documents:
                self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
                if not self.tree.currentIndex().isValid():
                    self.tree.setCurrentIndex(self.model.index(0, NAME))
                return True
            if event.key() == Qt.Key.Key_Escape and self.text.text():
                self.text.clear()
                return True
        return super().eventFilter(watched, event)

    def _filter(self) -> None:
        self.model.filter(self.text.text(), Wanted(self.wanted.currentData()))
        self._summarise()
        if self.model.current is not None:
            index = self.model.index_of(self.model.current)
            if index.isValid():
                self.tree.setCurrentIndex(index)

    def _summarise(self) -> None:
        shown, total = len(self.model.documents), self.model.size
        if shown == total:
            text = ngettext("{count} 个文档", "{count} 个文档", total).format(count=total)
        else:
            text = _("{total} 个文档中的 {shown} 个").format(shown=shown, total=total)
        self.summary.setText(text)

    def _choose(self, index: QModelIndex) -> None:
        document, speech = self.model.document_at(index), self.model.speech_at(index)
        if document is not None:
            self.chosen.emit(document.id, speech.id if speech else "")
