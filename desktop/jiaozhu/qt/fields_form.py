"""The fields of an annotation, a speech or a document, open for editing: each with its own editor."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import CHOICES, Subject
from jiaozhu.qt import labels, readable, theme
from jiaozhu.qt.fields_view import names_width
from jiaozhu.qt.text import Text
from jiaozhu.qt.words import next_stop
from jiaozhu.review import ReviewError
from jiaozhu.review.fields import EDITABLE, check

_PLACEHOLDERS = {
    "value": _("如 突破1500亿元，或基本单位的数"),
    "period": _("如 2025，2025年上半年"),
    "deadline": _("如 2025，2025年6月"),
    "date": _("如 2025年3月7日，2025-03-07"),
    "url": _("如 https://www.example.gov.cn/…"),
    "speaker": _("姓名"),
    "office": _("如 县委书记"),
    "region": _("如 义乌市"),
}
#: Gives what a text typed into a field may become, the likeliest first.
Offers = Callable[[str, str], list[str]]

#: Fields whose value is wrong until it is typed to its end.
_LATE = ("date", "url")


class FieldsForm(QWidget):
    """Editors for the fields of one type of annotation, of speeches or of metadata.

    Enter submits from every field, Escape cancels; a wrong value is explained under its field. In a list
    a digit chooses. Under a text stands what it may become: the arrows down and up take one of that, the
    one to the right a word.
    """

    submitted = Signal()
    cancelled = Signal()
    #: The name of a field that the cursor has left for another one.
    passed = Signal(str)

    def __init__(
        self, type_: str, parent: QWidget | None = None, *, hint: str = "", offers: Offers | None = None
    ) -> None:
        super().__init__(parent)
        self.type = type_
        self._find_offers = offers
        self._offered: tuple[str, ...] = ()  # what was typed, and what it may become
        self._taken = 0  # which of them stands in the field
        self._subject: Subject | None = None
        self._editors: dict[str, QLineEdit | QComboBox] = {}
        self._problems: dict[str, Text] = {}
        self._offers: dict[str, Text] = {}
        theme.dress(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, names_width(self.fontMetrics()))
        for row, name in enumerate(EDITABLE[type_]):
            label = Text(labels.FIELDS[name], "quiet")
            label.setMinimumWidth(label.sizeHint().width())
            editor = self._make_editor(name)
            label.setBuddy(editor)
            problem = Text(ink="warning", wraps=True)
            problem.hide()
            offer = Text(ink="quiet", size="small", wraps=True)
            offer.setAccessibleName(_("{field}可取").format(field=labels.FIELDS[name]))
            offer.hide()
            grid.addWidget(label, 3 * row, 0)
            grid.addWidget(editor, 3 * row, 1)
            grid.addWidget(offer, 3 * row + 1, 1)
            grid.addWidget(problem, 3 * row + 2, 1)
            self._offers[name] = offer
            self._editors[name] = editor
            self._problems[name] = problem
        self._general = Text(ink="warning", wraps=True)
        self._general.hide()
        hint = hint or _("回车保存，Esc 放弃，Tab 下一项")
        rows = 3 * len(EDITABLE[type_])
        grid.addWidget(self._general, rows, 1)
        grid.addWidget(Text(hint, "quiet", size="small", wraps=True), rows + 1, 1)

    def load(self, subject: Subject, *, keeping: Collection[str] = ()) -> None:
        """Show the fields as they are stored, except for some whose typed text stays."""
        self._subject = subject
        for name, editor in self._editors.items():
            if name in keeping:
                continue
            value = self._stored(name)
            editor.blockSignals(True)
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            elif editor.text() != value:
                editor.setText(value)
                editor.setCursorPosition(0)  # of a long value, the beginning is seen
            editor.blockSignals(False)
            self.explain(None, name)
        self.explain(None)

    def focus_on(self, name: str | None = None, *, typed: str | None = None) -> None:
        """Put the cursor into a field, the first if none is named; `typed`: as if that had been typed."""
        editor = self._editors[name if name in self._editors else next(iter(self._editors))]
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
            if typed is not None:
                editor.insert(typed)

    @property
    def focused(self) -> str | None:
        """The name of the field that has the cursor, None if none has."""
        return next((name for name, editor in self._editors.items() if editor.hasFocus()), None)

    def offers(self, name: str) -> tuple[str, ...]:
        """Return what stands under a field that has the cursor: what its text may become, in order."""
        return self._offered[1:] if self._editors[name].hasFocus() else ()

    def changes(self) -> dict[str, str | None]:
        """Return the fields that differ from those that are stored, by name, as they would be stored."""
        assert self._subject is not None
        found: dict[str, str | None] = {}
        for name, editor in self._editors.items():
            typed = editor.currentData() if isinstance(editor, QComboBox) else editor.text()
            before = getattr(self._subject, name)
            if (typed.strip() or None) == before:
                continue
            # A typed quantity fills unit and comparator too; those come later in the order of the
            # fields, so that what was chosen by hand counts.
            found |= _read(name, typed)
        return {name: value for name, value in found.items() if value != getattr(self._subject, name)}

    def explain(self, problem: str | None, name: str | None = None) -> None:
        """Show why a field, or the whole, can't be stored; None takes the explanation away."""
        label = self._problems[name] if name is not None else self._general
        label.setText(problem or "")
        label.setVisible(problem is not None)
        if name is not None:
            editor = self._editors[name]
            if bool(editor.property("wrong")) == (problem is not None):
                return
            editor.setProperty("wrong", problem is not None)
            editor.style().unpolish(editor)
            editor.style().polish(editor)

    def problem(self, name: str | None = None) -> str:
        """Return what is said to be wrong with a field, or with the whole; empty if nothing is."""
        return (self._general if name is None else self._problems[name]).text()

    def editor(self, name: str) -> QLineEdit | QComboBox:
        """Return the editor of a field."""
        return self._editors[name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Submit with Enter and cancel with Escape, in every field; tell when the cursor has left one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text().isprintable() and event.text() and not event.modifiers() & _COMMAND:
                event.accept()  # a letter chooses in a list of choices; it is no shortcut here
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
                self.submitted.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
            if isinstance(watched, QComboBox) and event.text().isdecimal():
                if int(event.text()) < watched.count():
                    watched.setCurrentIndex(int(event.text()))
                return True
            if event.key() in _STEPS and isinstance(watched, QLineEdit):
                self._take(watched, self._taken + _STEPS[Qt.Key(event.key())])
                return True
            is_right = event.key() == Qt.Key.Key_Right and not event.modifiers() & ~_KEYPAD
            if is_right and isinstance(watched, QLineEdit) and self._take_word(watched):
                return True
        elif isinstance(event, QFocusEvent):
            name = next(name for name, editor in self._editors.items() if editor is watched)
            if event.gotFocus():
                self._offer(name)
            elif event.reason() in _PASSING:
                self.passed.emit(name)
        return super().eventFilter(watched, event)

    def _offer(self, name: str, typed: str = "") -> None:
        """Show under a field what its text may become, and nothing under the others."""
        found: list[str] = []
        if self._find_offers is not None and isinstance(self._editors[name], QLineEdit):
            found = self._find_offers(name, typed)
            if typed and name in _OF_YEARS:
                years = dict.fromkeys(
                    value[:4] for value in [self._stored(name), *self._find_offers(name, "")]
                )
                dated = (_of_year(name, year, typed) for year in years if year)
                found = [value for value in dict.fromkeys(dated) if value and value not in found] + found
        self._offered, self._taken = (typed, *found), 0
        for other, label in self._offers.items():
            if other != name:
                label.hide()
        self._show_offers(name)

    def _show_offers(self, name: str) -> None:
        said = (
            f"{'▸' if number == self._taken else '↓'} {_shown(name, value)}"
            for number, value in enumerate(self._offered[1:], 1)
        )
        label = self._offers[name]
        label.show_text("\n".join(said))
        label.setVisible(len(self._offered) > 1)

    def _take(self, field: QLineEdit, number: int) -> None:
        """Put what is offered into a field; what was typed is the first of it."""
        if 0 <= number < len(self._offered):
            name = next(name for name, editor in self._editors.items() if editor is field)
            self._taken = number
            field.setText(self._offered[number] if number or self._offered[0] else self._stored(name))
            self._show_offers(name)

    def _take_word(self, field: QLineEdit) -> bool:
        """Add to a text a word of the first offer that goes on from it; return whether one does."""
        text = field.text()
        longer = next((one for one in self._offered[1:] if one.startswith(text) and one != text), None)
        if not text or longer is None or field.hasSelectedText() or field.cursorPosition() < len(text):
            return False
        field.insert(longer[len(text) : next_stop(longer, len(text))])
        self._offer(next(name for name, editor in self._editors.items() if editor is field), field.text())
        return True

    def _stored(self, name: str) -> str:
        return getattr(self._subject, name) or ""

    def _make_editor(self, name: str) -> QLineEdit | QComboBox:
        editor: QLineEdit | QComboBox
        choices = CHOICES.get(self.type, {}).get(name)
        if choices is None:
            editor = QLineEdit(self)
            editor.setPlaceholderText(_PLACEHOLDERS.get(name, ""))
            editor.setToolTip(_PLACEHOLDERS.get(name, ""))
            editor.textChanged.connect(lambda text: self._check(name, text))
            editor.textEdited.connect(lambda text: self._offer(name, text.strip()))
        else:
            editor = QComboBox(self)
            editor.addItem(f"0 {_('（空）')}", "")
            for number, choice in enumerate(choices, 1):
                editor.addItem(f"{number} {labels.VALUES[self.type][name][choice]}", choice)
            editor.view().setAccessibleName(labels.FIELDS[name])
        editor.setAccessibleName(labels.FIELDS[name])
        editor.installEventFilter(self)
        return editor

    def _check(self, name: str, text: str) -> None:
        """Explain at once what is wrong with a value; nothing while it may still become right."""
        problem = None
        for field, value in _read(name, text).items():
            try:
                check(self.type, field, value)
            except ReviewError as error:
                problem = str(error)
        if problem is None or name not in _LATE:
            self.explain(problem, name)


#: Fields whose value needs a year, which is not typed if it stands near by.
_OF_YEARS = ("period", "deadline")
#: Keys that take what is offered under a field.
_STEPS = {Qt.Key.Key_Down: +1, Qt.Key.Key_Up: -1}
#: Why the cursor leaves a field for good: not for another window, nor for a menu.
_PASSING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
)
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _shown(name: str, value: str) -> str:
    """Return a value that is offered as people read it."""
    reading = {"period": readable.period, "deadline": readable.day}.get(name)
    return reading(value) if reading is not None else value


def _of_year(name: str, year: str, text: str) -> str | None:
    """Return the value that a text stands for in a year: 9 and 9月 are September; None if for nothing."""
    for way in (f"{year}年{text}", f"{year}年{text}月"):
        value = _read(name, way)[name]
        if value != way:
            return value
    return None


def _read(name: str, text: str) -> dict[str, str | None]:
    """Return the fields that a typed text stands for."""
    text = text.strip()
    if name == "value":
        return readable.typed_value(text)
    if name == "period":
        return {name: readable.typed_period(text) or None}
    if name == "deadline":
        return {name: readable.typed_day(readable.deadline_of(text)) or None}
    if name == "date":
        return {name: readable.typed_day(text) or None}
    return {name: text or None}
