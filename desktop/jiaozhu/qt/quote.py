"""The sentence that an annotation was found in, its own words set off."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation
from jiaozhu.qt import readable, theme
from jiaozhu.qt.blocks import Units

_SIZE = 14
_LINE = 22
#: A sentence that is longer is cut; it stands whole in the text.
_MOST_LINES = 5


class Quote(QWidget):
    """Draws a few lines of a document's text with an annotation in it underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("依据"))
        self._layout = QTextLayout()
        self._marked = 0, 0  # in UTF-16 units
        self._kind = "metric"

    def show_quote(self, text: str, annotation: AnyAnnotation) -> None:
        """Show the sentence around an annotation of a document with this text."""
        start, end = readable.sentence(text, annotation.start, annotation.end)
        quoted = " ".join(text[start:end].split("\n"))  # as many characters as before
        units = Units(quoted)
        first = units.unit(max(annotation.start, start) - start)
        self._marked = first, units.unit(min(annotation.end, end) - start) - first
        self._kind = annotation.type
        self._layout = QTextLayout(quoted, theme.reading_font(_SIZE))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.setAccessibleDescription(quoted)
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the lines."""
        return QSize(220, min(self._layout.lineCount(), _MOST_LINES) * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        colours = theme.current()
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = self._marked
        look = QTextCharFormat()
        look.setFontUnderline(True)
        look.setForeground(colours.metric if self._kind == "metric" else colours.commitment)
        marked.format = look
        painter.setPen(colours.ink)
        painter.setClipRect(self.rect())
        # Of a sentence that is too long, the lines around the annotation.
        line = self._layout.lineForTextPosition(self._marked[0])
        hidden = max(0, min(line.lineNumber() - 1, self._layout.lineCount() - _MOST_LINES))
        self._layout.draw(painter, QPointF(0, -hidden * _LINE), [marked])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines to the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        before = self.sizeHint().height()
        self._layout.beginLayout()
        y = 0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(60, self.width()))
            line.setPosition(QPointF(0, y + (_LINE - line.height()) / 2))
            y += _LINE
        self._layout.endLayout()
        if self.sizeHint().height() != before:
            self.updateGeometry()
