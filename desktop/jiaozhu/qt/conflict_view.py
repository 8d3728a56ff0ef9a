"""One conflict: the text, and what each reviewer has made of it, side by side."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Commitment, Decision, Metric, State, Subject
from jiaozhu.qt import labels, readable, theme
from jiaozhu.qt.text import Chip, Patch, Text
from jiaozhu.review.fields import EDITABLE
from jiaozhu.store import Conflict
from jiaozhu.store.joining import differing

#: Keys that let one of two count, as they are written beside them.
_KEYS = ("←", "→")


class ConflictView(QFrame):
    """The sentence on paper; under it a column for each reviewer, fields that differ marked."""

    #: The decision that is to count.
    chosen = Signal(object)
    #: Nothing is decided now.
    skipped = Signal()
    #: The text is to be seen.
    text_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict: Conflict | None = None
        self.buttons: list[QPushButton] = []
        self._sentence = "", 0, 0
        self.where = Text("", "quiet", wraps=True)
        self.sentence = Text("", wraps=True)
        self.sentence.setFont(theme.reading_font())
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setAccessibleName(_("原文"))
        self._table: QWidget | None = None
        self.skip = QPushButton(_("搁置  Space"))
        self.skip.setAccessibleName(_("搁置"))
        self.skip.clicked.connect(self.skipped)
        self.go = QPushButton(_("看原文"))
        self.go.setAccessibleName(_("看原文"))
        self.go.clicked.connect(self.text_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(36, 22, 36, 26)
        self._column.setSpacing(16)
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.skip)
        row.addWidget(self.go)
        self._column.addLayout(row)
        self._column.addWidget(self.sentence)
        self._column.addStretch(1)

    def show_conflict(self, conflict: Conflict, where: str, text: str) -> None:
        """Show a conflict: where it is, and the document's text."""
        self.conflict = conflict
        self.where.show_text(where)
        standing = conflict.standing
        if isinstance(standing, Metric | Commitment):
            first, last = readable.sentence(text, standing.start, standing.end)
            self._sentence = text[first:last], standing.start - first, standing.end - first
        else:
            self._sentence = "", 0, 0
        self.sentence.setVisible(bool(self._sentence[0]))
        self._show_sentence()
        self._show_table(conflict)

    def choose(self, number: int) -> None:
        """Let the decision in a column count; nothing happens if there is no such column."""
        if self.conflict is not None and 0 <= number < len(self.conflict.heads):
            self.chosen.emit(self.conflict.heads[number])

    def apply_theme(self) -> None:
        """Take the colours from the current theme."""
        self._show_sentence()
        if self.conflict is not None:
            self._show_table(self.conflict)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the paper."""
        QPainter(self).fillRect(self.rect(), theme.current().paper)

    def _show_sentence(self) -> None:
        text, start, end = self._sentence
        tint = theme.current().metric_strong.name()
        before, quote, after = (
            escape(" ".join(part.split())) for part in (text[:start], text[start:end], text[end:])
        )
        marked = f'<span style="background-color:{tint}"><u>{quote}</u></span>'
        self.sentence.setText(f'<p style="line-height:170%">{before}{marked}{after}</p>')

    def _show_table(self, conflict: Conflict) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons)
        if self._table is not None:
            self._column.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        self._table = table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 84)
        self.buttons = []
        for number, head in enumerate(conflict.heads):
            grid.setColumnStretch(number + 1, 1)
            grid.addWidget(_who(head), 0, number + 1)
        for number, head in enumerate(conflict.heads):
            key = _KEYS[number] if len(conflict.heads) == 2 else str(number + 1)
            button = QPushButton(_("采用{reviewer}的  {key}").format(reviewer=head.reviewer, key=key))
            button.setAccessibleName(_("采用{reviewer}的").format(reviewer=head.reviewer))
            button.clicked.connect(lambda _checked=False, number=number: self.choose(number))
            grid.addWidget(button, 1, number + 1)
            self.buttons.append(button)
        rows = sorted(_rows(conflict), key=lambda row: not _differs(conflict, row[0]))
        for row, (name, title) in enumerate(rows, 2):
            is_different = _differs(conflict, name)
            grid.addWidget(Text(f"≠ {title}" if is_different else title, "quiet", bold=is_different), row, 0)
            for number, head in enumerate(conflict.heads):
                value = _shown(head.after, name) or "–"
                cell = Patch(value, "warning", "warning_tint") if is_different else Text(value, wraps=True)
                if not isinstance(cell, Patch):
                    cell.setContentsMargins(10, 3, 10, 3)
                grid.addWidget(cell, row, number + 1)
        theme.dress(table)
        self._column.insertWidget(2, table)
        if had_focus:
            self.buttons[0].setFocus()


def _who(head: Decision) -> QWidget:
    """Return who decided what and when, over a column."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 4)
    row.setSpacing(8)
    row.addWidget(Text(head.reviewer, bold=True))
    state = getattr(head.after, "state", None)
    said = labels.STATES[state] if state is not None else labels.ACTIONS[head.action]
    sign = labels.SIGNS[state] if state is not None else ""
    row.addWidget(Chip(f"{sign} {said}".strip(), "ink", "line"))
    row.addWidget(Text(readable.moment(head.at), "quiet"))
    row.addStretch(1)
    return whole


def _rows(conflict: Conflict) -> list[tuple[str, str]]:
    """Return the fields that any of the reviewers has a value in, with what they are called."""
    names = ["state", "text"] if isinstance(conflict.standing, Metric | Commitment) else []
    names += EDITABLE[conflict.type]
    titles = {"state": _("决定"), "text": _("文字"), **labels.FIELDS}
    return [
        (name, titles[name]) for name in names if any(_shown(head.after, name) for head in conflict.heads)
    ]


def _differs(conflict: Conflict, name: str) -> bool:
    if name == "state":
        states = {getattr(head.after, "state", None) for head in conflict.heads}
        return len(states & {State.REJECTED, None}) > 0 and len(states) > 1
    first = conflict.heads[0].after
    for head in conflict.heads[1:]:
        fields = differing(first, head.after)
        if name in fields or (name == "text" and {"start", "end"} & set(fields)):
            return True
    return False


def _shown(subject: Subject | None, name: str) -> str:
    if subject is None:
        return _("已去掉") if name == "state" else ""
    if name == "state":
        return labels.STATES[subject.state] if isinstance(subject, Metric | Commitment) else ""
    if name == "text":
        return " ".join(getattr(subject, name).split())
    return readable.shown(subject, name)
