"""The list of a report: a file's name, what became of it, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.outcomes import NAMES, Became, Outcome
from jiaozhu.review.storing import Treatment

OUTCOME = int(Qt.ItemDataRole.UserRole)
SAID = OUTCOME + 1  # what stands below the name

#: What can be done with a document that was held back, by what is done when it is stored.
CHOICES = {
    Treatment.SKIP: _("不导入"),
    Treatment.KEEP: _("两份都留"),
    Treatment.VERSION: _("作为新版本"),
}

_INKS = {
    Became.NEW: "done",
    Became.VERSION: "commitment",
    Became.HELD: "metric",
    Became.SKIPPED: "quiet",
    Became.FAILED: "warning",
}
_SIGNS = {Became.NEW: "✓", Became.VERSION: "↻", Became.HELD: "≈", Became.SKIPPED: "–", Became.FAILED: "✕"}
_LEFT, _RIGHT, _ABOVE, _SIGN = 24, 16, 9, 24
_MOST_LINES = 3
_BAR = 16  # room for the scroll bar

_Index = QModelIndex | QPersistentModelIndex


class OutcomeModel(QAbstractListModel):
    """Outcomes in the order in which they are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.outcomes: list[Outcome] = []
        self._choices: Mapping[str, Treatment] = {}

    def show_outcomes(self, outcomes: Sequence[Outcome], choices: Mapping[str, Treatment]) -> None:
        """Show other outcomes, with what was chosen for those that were held back, by source."""
        self.beginResetModel()
        self.outcomes, self._choices = list(outcomes), dict(choices)
        self.endResetModel()

    def show_choices(self, choices: Mapping[str, Treatment]) -> None:
        """Show other choices."""
        self._choices = dict(choices)
        if self.outcomes:
            self.dataChanged.emit(self.index(0), self.index(len(self.outcomes) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many outcomes there are."""
        return 0 if parent.isValid() else len(self.outcomes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the words below it, the whole path or all in one for screen readers."""
        if not index.isValid():
            return None
        one = self.outcomes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.source.shown
        if role == Qt.ItemDataRole.ToolTipRole:
            return printable(one.source.name)
        if role == OUTCOME:
            return one
        if role == SAID:
            return self._said(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.source.shown}，{NAMES[one.became]}，{self._said(one)}"
        return None

    def _said(self, one: Outcome) -> str:
        choice = self._choices.get(one.source.name) if one.became is Became.HELD else None
        if choice is not None and one.like is not None:
            return _("已选：{choice}").format(choice=CHOICES[choice])
        return one.sentence + "".join(one.doubts)


class OutcomeDelegate(QStyledItemDelegate):
    """A sign and the name in one line, what became of it at its end; below why, in up to three lines."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._name = theme.interface_font()
        self._why = theme.interface_font("small")
        self._lines = QFontMetrics(self._name).height() + 2, QFontMetrics(self._why).height() + 1

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room for a row."""
        above, line = self._lines
        width = self._view.width() - _BAR
        room = width - _LEFT - _SIGN - _RIGHT
        why, metrics = str(index.data(SAID)), QFontMetrics(self._why)
        lines = 1
        if metrics.horizontalAdvance(why) > room:
            lines = _count_lines(why, self._why, room)
        return QSize(width, above + lines * line + 2 * _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        one = index.data(OUTCOME)
        if not isinstance(one, Outcome):
            return
        colours = theme.current()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(option.rect, colours.select)
            if self._view.hasFocus():
                edge = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
                painter.fillRect(edge, colours.focus)
        else:
            bottom = option.rect.bottom()
            painter.fillRect(_LEFT, bottom, option.rect.width() - _LEFT, 1, colours.line)
        ink = colours.on_select if is_selected else colours.ink
        quiet = colours.on_select if is_selected else colours.quiet
        strong = colours.on_select if is_selected else colours.colours()[_INKS[one.became]]
        line, small = self._lines
        area = option.rect.adjusted(_LEFT, _ABOVE, -_RIGHT, -_ABOVE)
        first = QRect(area.left(), area.top(), area.width(), line)
        painter.setFont(self._name)
        painter.setPen(strong)
        painter.drawText(first, Qt.AlignmentFlag.AlignLeft, _SIGNS[one.became])
        painter.setFont(self._why)
        kind = NAMES[one.became]
        painter.drawText(first, Qt.AlignmentFlag.AlignRight, kind)
        taken = painter.fontMetrics().horizontalAdvance(kind) + 12
        bold = QFont(self._name)
        bold.setBold(one.is_remarkable)
        painter.setFont(bold)
        painter.setPen(ink)
        room = first.width() - _SIGN - taken
        name = painter.fontMetrics().elidedText(one.source.shown, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(first.adjusted(_SIGN, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(self._why)
        painter.setPen(quiet)
        below = area.adjusted(_SIGN, line, 0, 0)
        most = _MOST_LINES * below.width() - 3 * small
        why = painter.fontMetrics().elidedText(str(index.data(SAID)), Qt.TextElideMode.ElideRight, most)
        painter.drawText(QRectF(below), why, _wrapped())
        painter.restore()


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _count_lines(text: str, font: QFont, width: int) -> int:
    """Return how many lines a text takes, as many as are shown at most."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapped())
    layout.beginLayout()
    count = 0
    while count < _MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return count


def printable(text: str) -> str:
    """Return text that a file's name or path brought along, without what can't be shown."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
