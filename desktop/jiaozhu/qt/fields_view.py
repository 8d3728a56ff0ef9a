"""Fields of an annotation or facts of a document, to be read: names on the left, values on the right.

One widget draws all of them: sixteen labels would be laid out and drawn anew at each key press.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation
from jiaozhu.qt import labels, readable, theme

#: What is shown by type, in the guideline's order. One row has comparator, value and unit.
ROWS: dict[str, tuple[str, ...]] = {
    "metric": ("indicator", "value", "kind", "basis", "period", "scope", "region", "status"),
    "commitment": ("strength", "kind", "deadline"),
}
#: Between two rows, and between name and value, in pixels.
_ROW_GAP, _COLUMN_GAP = 7, 12
#: Before a name, for the digit that is the key of its field, in pixels.
_DIGIT = 16
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FieldsView(QWidget):
    """Shows the fields of one annotation, or other facts; what has no value has a dash."""

    #: The name of a field that was clicked twice.
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._annotation: AnyAnnotation | None = None
        self._rows: list[tuple[str, str, str]] = []  # field, its name on the screen, its value
        self._places: list[QRect] = []  # of the values
        self._names_width = names_width(self.fontMetrics())

    def show_fields(self, annotation: AnyAnnotation) -> None:
        """Show the fields of an annotation."""
        self._annotation = annotation
        names = ROWS[annotation.type]
        self._show(
            _("字段"), [(name, labels.FIELDS[name], readable.shown(annotation, name)) for name in names]
        )

    def show_facts(self, facts: Sequence[tuple[str, str]], *, name: str) -> None:
        """Show facts, each with what it is called; `name` is what all are called for a screen reader."""
        self._annotation = None
        self._show(name, [("", label, value) for label, value in facts])

    def _show(self, name: str, rows: list[tuple[str, str, str]]) -> None:
        self._rows = rows
        said = (f"{label} {value or _('空')}" for _name, label, value in self._rows)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("；").join(said))
        self._arrange()
        self.update()

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the fields that are shown, from the top."""
        return tuple(name for name, _label, _value in self._rows)

    def sizeHint(self) -> QSize:
        """Return the size that all rows take."""
        return QSize(220, self._places[-1].bottom() + 1 if self._places else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and values."""
        colours = theme.current()
        painter = QPainter(self)
        names = QRect(self._indent, 0, self._names_width, self.height())
        for number, ((name, label, value), place) in enumerate(zip(self._rows, self._places, strict=True), 1):
            painter.setPen(colours.quiet)
            if name:
                painter.drawText(QRect(0, place.top(), _DIGIT, place.height()), _TOP_LEFT, str(number))
            painter.drawText(names.translated(0, place.top()), _TOP_LEFT, label)
            painter.setPen(colours.ink if value else colours.quiet)
            painter.drawText(place, _TOP_LEFT | _WRAPPED, value or "–")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap long values anew."""
        super().resizeEvent(event)
        self._arrange()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click on a row for the wish to edit its field."""
        name = self._name_at(round(event.position().y()))
        if name:
            self.chosen.emit(name)

    def event(self, event: QEvent) -> bool:
        """Show a value as it is stored where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            name = self._name_at(event.pos().y())
            stored = getattr(self._annotation, name) if name else None
            QToolTip.showText(event.globalPos(), stored or "", self)
            return True
        return super().event(event)

    @property
    def _indent(self) -> int:
        """Where names begin: behind the digits of fields, facts have none."""
        return _DIGIT if self._annotation is not None else 0

    def _name_at(self, y: int) -> str | None:
        for (name, _label, _value), place in zip(self._rows, self._places, strict=True):
            if place.top() <= y <= place.bottom() + _ROW_GAP:
                return name
        return None

    def _arrange(self) -> None:
        """Give each row its place; the layout hears of it only if the height has changed."""
        metrics = self.fontMetrics()
        before = self.sizeHint().height()
        left = self._indent + self._names_width + _COLUMN_GAP
        width = max(60, self.width() - left)
        top = 0
        self._places = []
        for _name, _label, value in self._rows:
            height = metrics.height()
            if metrics.horizontalAdvance(value) > width:
                height = metrics.boundingRect(QRect(0, 0, width, 999), _WRAPPED, value).height()
            self._places.append(QRect(left, top, width, height))
            top += height + _ROW_GAP
        if self.sizeHint().height() != before:
            self.updateGeometry()


def names_width(metrics: QFontMetrics) -> int:
    """Return how much room the names take, in pixels: the same for all, so that values stand in line."""
    names = {labels.FIELDS[name] for rows in ROWS.values() for name in rows}
    return max(metrics.horizontalAdvance(name) for name in names)
