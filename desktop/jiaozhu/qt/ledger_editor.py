"""Edits one cell of the ledger where it stands; a wrong value is explained below and stays to be mended."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import labels, theme
from jiaozhu.qt.ledger_columns import choices_of, typed
from jiaozhu.qt.text import Patch
from jiaozhu.review import ReviewError
from jiaozhu.review.fields import check

_LEAST = 150  # pixels


class LedgerEditor(QObject):
    """An editor over a cell, gone when it is done."""

    #: The fields as they would be stored.
    submitted = Signal(dict)
    #: It was given up, or left.
    closed = Signal()

    def __init__(self, type_: str, field: str, stored: str | None, place: QRect, parent: QWidget) -> None:
        super().__init__(parent)
        self._type, self._field, self._parent = type_, field, parent
        self._begin = stored or ""
        self._done = False
        choices = choices_of(type_, field)
        self.widget: QLineEdit | QComboBox
        if choices is None:
            self.widget = QLineEdit(self._begin, parent)
            self.widget.selectAll()
            self.widget.textEdited.connect(lambda: self.explain(None))
        else:
            self.widget = QComboBox(parent)
            self.widget.addItem(_("（空）"), "")
            for choice in choices:
                self.widget.addItem(labels.VALUES[type_][field][choice], choice)
            self.widget.setCurrentIndex(max(0, self.widget.findData(self._begin)))
            self.widget.view().setAccessibleName(labels.FIELDS[field])
        self.widget.setAccessibleName(labels.FIELDS[field])
        self.problem = Patch(ink="warning", patch="warning_tint")
        self.problem.setParent(parent)
        self.problem.hide()
        theme.dress(self.widget)
        width = max(place.width(), _LEAST)
        left = max(0, min(place.left(), parent.width() - width))
        height = max(place.height(), self.widget.sizeHint().height())
        self.widget.setGeometry(left, place.center().y() - height // 2, width, height)
        self.widget.installEventFilter(self)
        self.widget.show()
        self.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def explain(self, problem: str | None) -> None:
        """Say below the cell why its value can't be stored; None takes it away."""
        self.problem.setVisible(problem is not None)
        if problem is None:
            return
        parent = self._parent
        self.problem.setText(problem)
        width = min(320, parent.width())
        height = self.problem.heightForWidth(width)
        place = self.widget.geometry()
        top = place.bottom() + 3
        if top + height > parent.height():
            top = place.top() - height - 3
        self.problem.setGeometry(min(place.left(), parent.width() - width), top, width, height)
        self.problem.raise_()

    def close(self) -> None:
        """Take the editor away."""
        if self._done:
            return
        self._done = True
        self.widget.removeEventFilter(self)
        self.widget.hide()
        self.problem.hide()
        for one in (self.widget, self.problem, self):
            one.deleteLater()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Submit with Enter, give up with Escape or by going elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text().isprintable() and event.text():
                event.accept()  # a letter is typed, or chooses in a list; it is no shortcut here
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._submit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        elif event.type() == QEvent.Type.FocusOut and not self._is_choosing():
            self.close()
        return super().eventFilter(watched, event)

    def _is_choosing(self) -> bool:
        return isinstance(self.widget, QComboBox) and self.widget.view().isVisible()

    def _submit(self) -> None:
        text = self.widget.currentData() if isinstance(self.widget, QComboBox) else self.widget.text()
        if text.strip() == self._begin:
            self.close()
            return
        try:
            fields = {
                name: check(self._type, name, value) for name, value in typed(self._field, text).items()
            }
        except ReviewError as error:
            self.explain(str(error))
            return
        self.submitted.emit(fields)
