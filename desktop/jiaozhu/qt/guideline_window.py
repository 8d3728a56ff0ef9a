"""The guideline beside the text: it stays open while one reviews, and opens at what is at hand."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.guideline import sections
from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme

_SIZE = 720, 560
_LIST = 190
_MARGIN = 22
_LINE = 135  # per cent
_FONT = 15  # pixels
_ROW = 30


class GuidelineWindow(QDialog):
    """A list of the sections, and the one that is chosen. It leaves the main window usable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("标注指南"))
        self.setObjectName("guideline")
        self.resize(*_SIZE)
        self._sections = sections()
        self.list = QListWidget()
        self.list.setAccessibleName(_("标注指南的各节"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        for section in self._sections:
            item = QListWidgetItem(section.title)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._show)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("标注指南"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(_MARGIN)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST, _SIZE[0] - _LIST])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        theme.dress(self)
        for key in "G", "Shift+F1":  # the keys that opened it close it
            QShortcut(QKeySequence(key), self).activated.connect(self.close)
        self.list.setCurrentRow(0)

    def open_at(self, id_: str) -> None:
        """Show the window at a section."""
        rows = [row for row, section in enumerate(self._sections) if section.id == id_]
        self.list.setCurrentRow(rows[0] if rows else 0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    @property
    def section(self) -> str:
        """The id of the section that is shown."""
        return self._sections[self.list.currentRow()].id

    def _show(self, row: int) -> None:
        section = self._sections[row]
        document = self.text.document()
        font = theme.interface_font()
        font.setPixelSize(_FONT)
        document.setDefaultFont(font)
        self.text.setMarkdown(f"## {section.title}\n\n{section.text}")
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
