"""The flag and the note of an annotation on its card, and the field where a note is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation
from jiaozhu.qt import labels, theme
from jiaozhu.qt.text import Patch


class Remark(QWidget):
    """Hidden while there is neither flag nor note. Enter records what is written, Escape forgets it."""

    #: The note that was written; empty: it is to go.
    written = Signal(str)
    #: Writing is over, one way or the other.
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patch = Patch("", "warning", "warning_tint")
        self._field = QLineEdit()
        self._field.setPlaceholderText(_("备注：为什么拿不准，要查什么"))
        self._field.setAccessibleName(_("备注"))
        self._field.installEventFilter(self)
        self._field.hide()
        theme.dress(self._field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(6)
        layout.addWidget(self._patch)
        layout.addWidget(self._field)
        self.hide()

    @property
    def said(self) -> str:
        """The sign and the note as they are shown; empty if there are none."""
        return self._patch.text() if not self._patch.isHidden() else ""

    @property
    def field(self) -> QLineEdit:
        """The field where a note is written."""
        return self._field

    def show_remark(self, annotation: AnyAnnotation) -> None:
        """Show the flag and the note of an annotation; what was being written to another one is forgotten."""
        said = labels.remark(annotation)
        self._patch.show_text(said)
        self._patch.setVisible(bool(said))
        self._field.setText(annotation.note or "")
        self._field.hide()
        self.setVisible(bool(said))

    def write(self) -> None:
        """Put the cursor into the field for the note."""
        self._patch.hide()
        self._field.show()
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Record with Enter, forget with Escape or by going elsewhere."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.written.emit(self._field.text())
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
