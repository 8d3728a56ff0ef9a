"""Finding words in the text: a field over it, from which Enter goes from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.reading_view import ReadingView
from jiaozhu.qt.text import Text


class FindBar(QWidget):
    """Selects what it finds, so that it can be added or copied; Escape leaves it selected."""

    left = Signal()

    def __init__(self, view: ReadingView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._from = 0  # where a search begins that grows with each letter
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("在正文中查找"))
        self.field.setAccessibleName(_("在正文中查找"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search_anew)
        theme.dress(self.field)
        self._said = Text(ink="quiet")
        self._said.setAccessibleName(_("查找结果"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(12)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._said)
        self.hide()

    @property
    def said(self) -> str:
        """What was found: which of how many."""
        return self._said.text()

    def open(self) -> None:
        """Show the field; a short selection is what is looked for."""
        selection = self._view.selection
        self._from = selection[0] if selection else self._view.top_offset()
        self.show()
        if selection and selection[1] - selection[0] <= 40:
            self.field.setText(self._view.text[slice(*selection)])
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def go(self, step: int) -> None:
        """Go to the next place (+1) or the one before (-1), round the ends of the text."""
        words, text = self.field.text(), self._view.text
        if not words:
            return
        selection = self._view.selection
        if step > 0:
            start = text.find(words, selection[0] + 1 if selection else self._from)
            found = start if start >= 0 else text.find(words)
        else:
            start = text.rfind(words, 0, selection[1] - 1 if selection else self._from)
            found = start if start >= 0 else text.rfind(words)
        self._show(found)

    def close_bar(self) -> None:
        """Hide the field; what was found stays selected."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter or F3, back with Shift, leave with Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
                self.go(-1 if back else +1)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.go(+1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)

    def _search_anew(self, words: str) -> None:
        if not words:
            self._view.clear_selection()
            self._said.show_text("")
            return
        found = self._view.text.find(words, self._from)
        self._show(found if found >= 0 else self._view.text.find(words))

    def _show(self, found: int) -> None:
        words, text = self.field.text(), self._view.text
        if found < 0:
            self._view.clear_selection()
            self._said.show_text(_("没有找到"))
            return
        self._view.select(found, found + len(words))
        self._view.bring_into_sight(found, found + len(words))
        number, total = text.count(words, 0, found) + 1, text.count(words)
        self._said.show_text(f"{min(number, total)}/{total}")
