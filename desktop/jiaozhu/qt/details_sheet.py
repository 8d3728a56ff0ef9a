"""A sheet of the right pane: what it is about, its fields open for editing, and facts below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Decision
from jiaozhu.qt import labels, theme
from jiaozhu.qt.fields_form import FieldsForm
from jiaozhu.qt.history import history as history_lines
from jiaozhu.qt.history import shortened
from jiaozhu.qt.text import Chip, Text
from jiaozhu.review import ReviewError
from jiaozhu.review.fields import check

#: A title that is longer has its middle left out; it stands whole in the tooltip and in its field.
_LONGEST_TITLE = 56
_TITLE_SIZE = 17


class Sheet(QWidget):
    """What speeches and documents have in common in the right pane; `body` is where facts go."""

    #: Editing is over, one way or the other.
    left = Signal()

    def __init__(self, type_: str, *, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        chip = Chip(labels.TYPES[type_])
        self._said = Text(ink="quiet")
        head = QHBoxLayout()
        head.addWidget(chip)
        head.addStretch()
        head.addWidget(self._said)
        self._title = Text(wraps=True)
        self._title.setFont(theme.reading_font(_TITLE_SIZE))
        self.form = FieldsForm(type_, hint=hint)
        self.form.cancelled.connect(self.cancel)

        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._title)
        column.addSpacing(14)
        self.above = QVBoxLayout()  # what must be seen first
        column.addLayout(self.above)
        column.addWidget(self.form)
        column.addSpacing(18)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)
        column.addStretch()
        self._history_heading = section_heading(_("经过"))
        self._history = Text(ink="quiet", wraps=True)
        self._history.setAccessibleName(_("经过"))

        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroll.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        scroll.setAccessibleName(name)
        scroll.verticalScrollBar().setAccessibleName(name)
        theme.dress(scroll.verticalScrollBar())
        self._scroll = scroll
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        self.layout_.addWidget(scroll, 1)

    def end_body(self) -> None:
        """Put the history at the end, below all facts."""
        self.body.addSpacing(10)
        self.body.addWidget(self._history_heading)
        self.body.addWidget(self._history)

    def show_head(self, title: str, said: str) -> None:
        """Show what it is about, and a few words at the right."""
        self._title.show_text(shortened(title, _LONGEST_TITLE))
        self._title.setToolTip(title if len(title) > _LONGEST_TITLE else "")
        self._said.show_text(said)

    def show_history(self, decisions: Sequence[Decision]) -> None:
        """Show what was decided, the newest first."""
        self._history.show_text(history_lines(decisions))
        for widget in (self._history_heading, self._history):
            widget.setVisible(bool(decisions))

    @property
    def title(self) -> str:
        """What it is about, as it is shown."""
        return self._title.text()

    @property
    def history(self) -> str:
        """What was decided, a line each, the newest first."""
        return self._history.text()

    def focus_on(self, name: str | None = None) -> None:
        """Put the cursor into a field, the first if none is named."""
        self._scroll.verticalScrollBar().setValue(0)
        self.form.focus_on(name)

    def take_keys(self) -> None:
        """Let keys scroll; Tab leads to the first field, so that nothing is typed over unawares."""
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape also where there is no field."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def wrong_field(self, changes: dict[str, str | None]) -> str | None:
        """Explain the first value that can't be stored under its field; return the field's name."""
        for name, value in changes.items():
            try:
                check(self.form.type, name, value)
            except ReviewError as error:
                self.form.explain(str(error), name)
                return name
            self.form.explain(None, name)
        return None

    def finish(self) -> bool:
        """Record what was typed and not recorded yet; return False if a value is wrong."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Forget what was typed and was not recorded."""
        self.left.emit()


def section_heading(text: str) -> Text:
    """Return the heading of a part of a sheet."""
    return Text(text, "quiet", size="small", bold=True)
