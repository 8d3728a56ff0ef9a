"""The card: what is known of the annotation in focus, to be read at a glance or edited in place."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import fields

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Decision, State
from jiaozhu.qt import labels, readable, theme
from jiaozhu.qt.fields_form import FieldsForm
from jiaozhu.review import ReviewError
from jiaozhu.review.fields import check

#: Rows of the card by type, in the guideline's order. One row has comparator, value and unit.
ROWS: dict[str, tuple[str, ...]] = {
    "metric": ("indicator", "value", "kind", "basis", "period", "scope", "region", "status"),
    "commitment": ("strength", "kind", "deadline"),
}


#: Records changed fields; gives back why it can't be done, None if it is done.
Record = Callable[[dict[str, str | None]], str | None]


class Fields(QWidget):
    """The fields of one type of annotation as names and values."""

    #: The name of a field that was clicked twice.
    chosen = Signal(str)

    def __init__(self, type_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        for row, name in enumerate(ROWS[type_]):
            label = _label(labels.FIELDS[name], "label")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            value = _label("", "value")
            value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            value.setWordWrap(True)
            value.setObjectName(name)
            value.installEventFilter(self)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
            self._values[name] = value

    def show_fields(self, annotation: AnyAnnotation) -> None:
        """Show the fields of an annotation; one without a value has a dash."""
        for name, label in self._values.items():
            text = readable.shown(annotation, name)
            shown = text or "–"
            if label.text() != shown:
                label.setText(shown)
                label.setAccessibleName(f"{labels.FIELDS[name]}：{text or _('空')}")
            stored = getattr(annotation, name)
            label.setToolTip(stored if stored and stored != text else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a double click on a value for the wish to edit it."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.chosen.emit(watched.objectName())
            return True
        return super().eventFilter(watched, event)


class Card(QWidget):
    """Shows the annotation in focus, why it was suggested and what was decided on it."""

    #: Editing is over, one way or the other.
    left = Signal()

    def __init__(self, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._record = record
        self._annotation: AnyAnnotation | None = None
        self._form: FieldsForm | None = None
        self._forms: dict[str, FieldsForm] = {}

        self._type = _label("", "type")
        self._state = _label("", "state")
        self._confidence = _label("", "quiet")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._type)
        head.addWidget(self._state)
        head.addStretch()
        head.addWidget(self._confidence)

        self._text = _label("", "text")
        self._text.setFont(theme.reading_font(theme.interface_font("large").pixelSize()))
        self._text.setWordWrap(True)

        self._fields = {type_: Fields(type_) for type_ in ROWS}
        self._body = QVBoxLayout()
        for shown in self._fields.values():
            shown.chosen.connect(self.edit)
            self._body.addWidget(shown)
        self._quote = _label("", "quote")
        self._quote.setTextFormat(Qt.TextFormat.RichText)
        self._quote.setFont(theme.reading_font(14))
        self._quote.setWordWrap(True)
        self._quote.setAccessibleName(_("依据"))
        self._why = _label("", "quiet")
        self._why.setWordWrap(True)
        self._history = _label("", "quiet")
        self._history.setTextFormat(Qt.TextFormat.RichText)
        self._history.setWordWrap(True)
        self._history.setAccessibleName(_("经过"))

        page = QWidget()
        page.setObjectName("card_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(12)
        column.addWidget(self._text)
        column.addSpacing(14)
        column.addLayout(self._body)
        column.addSpacing(16)
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(8)
        details.addWidget(self._heading(_("依据")))
        details.addWidget(self._quote)
        details.addWidget(self._why)
        details.addSpacing(10)
        self._history_heading = self._heading(_("经过"))
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
        self._page = scroll
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(20, 10, 20, 14)
        self._buttons.setSpacing(8)
        self._empty = _label("", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._empty, 1)
        layout.addLayout(self._buttons)
        self.show_annotation(None, text="")

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Put buttons for some actions under the fields."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(action.text())
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("action", action.objectName())
            self._buttons.addWidget(button)

    def show_annotation(
        self,
        annotation: AnyAnnotation | None,
        *,
        text: str,
        history: Sequence[Decision] = (),
        skipped: bool = False,
        empty: str = "",
    ) -> None:
        """Show an annotation of a document with this text, or the sentence `empty` if there is none."""
        self._annotation = annotation
        self._page.setVisible(annotation is not None)
        self._empty.setVisible(annotation is None)
        if annotation is None:
            self._empty.setText(empty)
            self._close_form()
            return
        _set(self._type, labels.TYPES[annotation.type])
        _restyle(self._type, "kind", annotation.type)
        put_off = skipped and annotation.state is State.SUGGESTED
        state = _("已搁置") if put_off else labels.STATES[annotation.state]
        _set(self._state, f"{'⏸' if put_off else labels.SIGNS[annotation.state]} {state}")
        _restyle(self._state, "state", annotation.state.value)
        _set(self._confidence, "" if annotation.confidence is None else f"{annotation.confidence:.2f}")
        self._confidence.setToolTip(_("程序的把握，0 到 1"))
        _set(self._text, _shortened(annotation.text))
        if self._form is not None and self._form.type == annotation.type:
            self._form.load(annotation)
        else:
            self._close_form()
            shown = self._fields[annotation.type]
            shown.show_fields(annotation)
            self._show_body(shown)
        _set(self._quote, _quote(text, annotation))
        why = []
        if annotation.cue:
            why.append(_("线索 {cue}").format(cue=annotation.cue))
        if annotation.rule:
            why.append(_("规则 {rule}").format(rule=annotation.rule))
        _set(self._why, "　".join(why))
        self._why.setVisible(bool(why))
        _set(self._history, "<br>".join(_line(decision) for decision in reversed(history)))
        self._history_heading.setVisible(bool(history))
        self._history.setVisible(bool(history))

    # Editing

    @property
    def is_editing(self) -> bool:
        """Return whether the fields are open for editing."""
        return self._form is not None

    def edit(self, name: str | None = None) -> None:
        """Open the fields for editing, with the cursor in the one named or the first."""
        annotation = self._annotation
        if annotation is None:
            return
        form = self._forms.get(annotation.type)
        if form is None:
            form = self._forms[annotation.type] = FieldsForm(annotation.type, self)
            form.submitted.connect(self.finish)
            form.cancelled.connect(self.cancel)
            self._body.addWidget(form)
        form.load(annotation)
        self._form = form
        self._details.hide()
        self._show_body(form)
        form.focus_on(name)

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
            shown = self._fields[self._annotation.type]
            shown.show_fields(self._annotation)
            self._show_body(shown)
        self.left.emit()

    def _close_form(self) -> None:
        self._form = None
        self._details.show()

    def _show_body(self, widget: QWidget) -> None:
        """Show the fields or their editors, and nothing else in their place."""
        for other in (*self._fields.values(), *self._forms.values()):
            other.setVisible(other is widget)

    def _heading(self, text: str) -> QLabel:
        return _label(text, "heading")


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _set(label: QLabel, text: str) -> None:
    """Set a label's text if it is another one: setting it costs a layout of the pane."""
    if label.text() != text:
        label.setText(text)


def _restyle(label: QLabel, name: str, value: str) -> None:
    if label.property(name) != value:
        label.setProperty(name, value)
        label.style().unpolish(label)
        label.style().polish(label)


def _shortened(text: str, longest: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 12]}…{text[-11:]}"


def _quote(text: str, annotation: AnyAnnotation) -> str:
    """Return the sentence around an annotation with its words set off, as rich text."""
    start, end = readable.sentence(text, annotation.start, annotation.end)
    colour = theme.current().metric if annotation.type == "metric" else theme.current().commitment
    before, inside, after = (
        html.escape(part)
        for part in (
            text[start : annotation.start],
            text[annotation.start : annotation.end],
            text[annotation.end : end],
        )
    )
    return f'{before}<u style="color: {colour.name()}">{inside}</u>{after}'


def _line(decision: Decision) -> str:
    """Return what a decision did, when and by whom, as one line of rich text."""
    what = labels.ACTIONS[decision.action]
    if decision.action is Action.CORRECT:
        what = f"{what} {_difference(decision.before, decision.after)}"
    when = readable.moment(decision.at)
    return html.escape(f"{when}　{what}　{decision.reviewer}")


def _difference(before: AnyAnnotation | None, after: AnyAnnotation | None) -> str:
    """Return which fields a correction changed, and to what."""
    if before is None or after is None:
        return ""
    if (before.start, before.end) != (after.start, after.end):
        return f"「{_shortened(before.text, 24)}」→「{_shortened(after.text, 24)}」"
    changed = [
        field.name
        for field in fields(before)
        if field.name in labels.FIELDS and getattr(before, field.name) != getattr(after, field.name)
    ]
    return "，".join(
        f"{labels.FIELDS[name]} {readable.shown(before, name) or '–'}→{readable.shown(after, name) or '–'}"
        for name in changed
    )
