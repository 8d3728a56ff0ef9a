"""The card: what is known of the annotation in focus, to be read at a glance or edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Decision, State
from jiaozhu.qt import labels, theme
from jiaozhu.qt.fields_view import ROWS, FieldsView
from jiaozhu.qt.history import history as history_lines
from jiaozhu.qt.history import shortened
from jiaozhu.qt.quote import Quote
from jiaozhu.qt.remark import Remark
from jiaozhu.qt.text import Chip, Text
from jiaozhu.review import ReviewError
from jiaozhu.review.fields import check

if TYPE_CHECKING:
    from jiaozhu.qt.fields_form import FieldsForm, Offers

#: The colours of the states; those that are not here are done.
_STATE_INKS = {State.SUGGESTED: "quiet", State.REJECTED: "warning"}

#: Records changed fields; gives back why it can't be done, None if it is done.
Record = Callable[[dict[str, str | None]], str | None]


class Card(QWidget):
    """Shows the annotation in focus, why it was suggested and what was decided on it."""

    #: Editing is over, one way or the other.
    left = Signal()
    #: What was typed is recorded, and the annotation is right as it stands now.
    submitted = Signal()

    def __init__(
        self, record: Record, *, offers: Offers | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._record = record
        self._offers = offers
        self._annotation: AnyAnnotation | None = None
        self._form: FieldsForm | None = None
        self._forms: dict[str, FieldsForm] = {}

        self._type = Chip()
        self._state = Text()
        self._confidence = Text(ink="quiet")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._type)
        head.addWidget(self._state)
        head.addStretch()
        head.addWidget(self._confidence)

        self._text = Text(wraps=True)
        self._text.setFont(theme.reading_font(theme.interface_font("large").pixelSize()))
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

        self.fields = FieldsView()
        self.fields.chosen.connect(self.edit)
        self._body = QVBoxLayout()
        self._body.addWidget(self.fields)
        self.quote = Quote()
        self._why = Text(ink="quiet", wraps=True)
        self._history = Text(ink="quiet", wraps=True)
        self._history.setAccessibleName(_("经过"))

        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._text)
        column.addSpacing(14)
        column.addLayout(self._body)
        column.addSpacing(16)
        self.remark = Remark()
        self.remark.left.connect(self._end_remark)
        column.addWidget(self.remark)
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(8)
        above = QHBoxLayout()
        above.addWidget(Text(_("依据"), "quiet", size="small", bold=True))
        above.addStretch()
        self._page_number = Text(ink="quiet", size="small")
        above.addWidget(self._page_number)
        details.addLayout(above)
        details.addWidget(self.quote)
        details.addWidget(self._why)
        details.addSpacing(10)
        self._history_heading = Text(_("经过"), "quiet", size="small", bold=True)
        details.addWidget(self._history_heading)
        details.addWidget(self._history)
        column.addWidget(self._details)
        column.addStretch()

        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(_("当前条目"))
        theme.dress(scroll.verticalScrollBar())
        self._page = scroll
        buttons = QWidget()
        theme.dress(buttons)
        self._buttons = QHBoxLayout(buttons)
        self._buttons.setContentsMargins(20, 10, 20, 14)
        self._buttons.setSpacing(8)
        self._empty = Text(ink="quiet", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(buttons)
        self.show_annotation(None, text="")

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Put buttons for some actions under the fields."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(action.text())
            button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            button.setProperty("action", action.objectName())
            self._buttons.addWidget(button)

    def show_annotation(
        self,
        annotation: AnyAnnotation | None,
        *,
        text: str,
        history: Sequence[Decision] = (),
        skipped: bool = False,
        contested: bool = False,
        pages: Sequence[int] = (),
        empty: str = "",
    ) -> None:
        """Show an annotation of a document with this text, or the sentence `empty` if there is none.

        `pages` are those that it stands on, the first and the last, for a document that has pages.
        """
        self._annotation = annotation
        self._page.setVisible(annotation is not None)
        self._empty.setVisible(annotation is None)
        if annotation is None:
            self._empty.setText(empty)
            self._close_form()
            return
        self._type.show_text(labels.TYPES[annotation.type])
        is_metric = annotation.type == "metric"
        self._type.set_ink("ink" if is_metric else "commitment")
        self._type.set_patch("metric_strong" if is_metric else "commitment_tint")
        put_off = skipped and annotation.state is State.SUGGESTED
        sign, state = (
            ("⏸", _("已搁置"))
            if put_off
            else (labels.SIGNS[annotation.state], labels.STATES[annotation.state])
        )
        if contested:
            sign, state = "≠", _("有分歧")
        self._state.show_text(f"{sign} {state}")
        self._state.set_ink("warning" if contested else _STATE_INKS.get(annotation.state, "done"))
        self._confidence.show_text("" if annotation.confidence is None else f"{annotation.confidence:.2f}")
        self._confidence.setToolTip(_("程序的把握，0 到 1"))
        # As many lines for each type, needed or not: what stands below stays where the eye expects it.
        self._text.setFixedHeight((1 if is_metric else 2) * self._text.fontMetrics().lineSpacing() + 2)
        self._text.show_text(shortened(annotation.text, 14 if is_metric else 28))
        if self._form is not None and self._form.type == annotation.type:
            self._form.load(annotation)
        else:
            self._close_form()
            self.fields.show_fields(annotation)
            self._show_body(self.fields)
        self.remark.show_remark(annotation)
        self.quote.show_quote(text, annotation)
        number = "–".join(str(page) for page in dict.fromkeys(pages))
        self._page_number.show_text(_("第 {number} 页").format(number=number) if number else "")
        why = []
        if annotation.cue:
            why.append(_("线索 {cue}").format(cue=annotation.cue))
        if annotation.rule:
            why.append(_("规则 {rule}").format(rule=labels.rule(annotation.rule)))
        self._why.show_text("　".join(why))
        self._why.setVisible(bool(why))
        self._history.show_text(history_lines(history))
        self._history_heading.setVisible(bool(history))
        self._history.setVisible(bool(history))

    @property
    def empty_text(self) -> str:
        """What stands in place of an annotation; empty if one is shown."""
        return self._empty.text() if self._annotation is None else ""

    @property
    def state(self) -> str:
        """The state as it is shown, sign and word."""
        return self._state.text()

    @property
    def history(self) -> str:
        """What was decided, a line each, the newest first."""
        return self._history.text()

    @property
    def page_number(self) -> str:
        """On which page of the source the annotation stands, as it is said; empty without pages."""
        return self._page_number.text()

    # Editing

    @property
    def is_editing(self) -> bool:
        """Return whether the fields are open for editing."""
        return self._form is not None

    def edit(self, name: str | None = None, *, typed: str | None = None) -> None:
        """Open the fields for editing, with the cursor in the one named or the first.

        `typed` takes the place of what stands in that field, as if it had been typed.
        """
        annotation = self._annotation
        if annotation is None:
            return
        form = self._forms.get(annotation.type)
        if form is None:
            from jiaozhu.qt.fields_form import FieldsForm  # not when the window opens

            form = self._forms[annotation.type] = FieldsForm(
                annotation.type,
                self,
                hint=_("回车采纳，转下一条；Esc 放弃；↓ 取所列，→ 只取一词"),
                offers=self._offers,
            )
            form.submitted.connect(self._submit)
            form.cancelled.connect(self.cancel)
            self._body.addWidget(form)
        form.load(annotation)
        self._form = form
        self._details.hide()
        self._show_body(form)
        form.focus_on(name, typed=typed)

    def edit_row(self, number: int, *, typed: str | None = None) -> bool:
        """Open the field of a row, the first being 1; return False if there is no such row.

        If the fields are open already, the cursor goes there and what was typed in others stays.
        """
        if self._annotation is None or not 1 <= number <= len(ROWS[self._annotation.type]):
            return False
        name = ROWS[self._annotation.type][number - 1]
        if self._form is not None:
            self._form.focus_on(name, typed=typed)
        else:
            self.edit(name, typed=typed)
        return True

    def write_note(self) -> None:
        """Put the cursor into the field for a note, if an annotation is shown."""
        if self._annotation is not None:
            self.remark.write()

    def _end_remark(self) -> None:
        if self._annotation is not None:
            self.remark.show_remark(self._annotation)
        self.left.emit()

    def _submit(self) -> None:
        if self.finish():
            self.submitted.emit()

    def finish(self) -> bool:
        """End editing and ask for the changes to be recorded; return False if a value is wrong."""
        if self._form is None:
            return True
        form = self._form
        changes = form.changes()
        for name, value in changes.items():
            try:
                check(form.type, name, value)
            except ReviewError as error:
                form.explain(str(error), name)
                form.focus_on(name)
                return False
        problem = self._record(changes) if changes else None
        form.explain(problem)
        if problem is not None:
            return False
        self._leave()
        return True

    def cancel(self) -> None:
        """End editing and forget what was typed."""
        self._leave()

    def _leave(self) -> None:
        self._close_form()
        if self._annotation is not None:
            self.fields.show_fields(self._annotation)
            self._show_body(self.fields)
        self.left.emit()

    def _close_form(self) -> None:
        self._form = None
        self._details.show()

    def _show_body(self, widget: QWidget) -> None:
        """Show the fields or their editors, and nothing else in their place."""
        for other in (self.fields, *self._forms.values()):
            other.setVisible(other is widget)
