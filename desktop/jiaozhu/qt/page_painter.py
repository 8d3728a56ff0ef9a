"""Draws a page, a block at a time: the strip over a speech, selection, characters, marks, caret."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation
from jiaozhu.qt import speech_title, theme
from jiaozhu.qt.marks import Marks
from jiaozhu.qt.page import STRIP, Page
from jiaozhu.qt.spans import Spans
from jiaozhu.qt.theme import Theme

_ALIGN = Qt.AlignmentFlag.AlignVCenter
#: White right of the column, in pixels, where the last sign of a line may hang.
RIGHT = 28


@dataclass(slots=True)
class Look:
    """What is drawn beside the text itself."""

    spans: Spans
    focus: AnyAnnotation | None = None
    has_keys: bool = False  # the keyboard focus is here
    selection: tuple[int, int] = (0, 0)
    caret: int | None = None
    hovered: str | None = None  # the speech whose strip the mouse is on


class PagePainter:
    """Draws the blocks of one page in the colours of one theme."""

    def __init__(self, page: Page, colours: Theme) -> None:
        self._page = page
        self._colours = colours
        self._marks = Marks(colours, page.em)
        self._small = theme.interface_font("small")
        self._bold = theme.interface_font("small")
        self._bold.setBold(True)

    def draw(self, painter: QPainter, index: int, region: QRegion, look: Look) -> None:
        """Draw those lines of a block that the region touches; the origin is the block's corner."""
        page, colours = self._page, self._colours
        block = page.block(index)
        if index in page.openings:
            self._draw_strip(painter, index, look.hovered)
        area = region.boundingRect()
        first = max(0, (area.top() - block.above) // block.pitch)
        last = min(len(block.lines) - 1, (area.bottom() - block.above) // block.pitch)
        annotations = look.spans.overlapping(block.start, block.end)
        touched = annotations
        if first <= last:
            start, end = block.line_starts[first], block.line_end(last)
            touched = [one for one in annotations if one.start < end and one.end > start]
        self._marks.draw_under(painter, block, touched, look.focus)
        for row, left, right in block.pieces(*look.selection):
            selected = QRectF(left, block.line_top(row) + 2, right - left, block.pitch - 4)
            painter.fillRect(selected, colours.select)
        in_speech = not page.speeches or page.in_speech(max(block.start, block.end - 1))
        painter.setPen(colours.ink if in_speech else colours.quiet)
        width = round(page.width) + RIGHT
        for row in range(first, last + 1):
            if region.intersects(QRect(0, block.line_top(row), width, block.pitch)):
                block.lines[row].draw(painter, QPointF(0, 0))
        self._marks.draw_over(painter, block, touched, look.focus)
        self._marks.draw_rules(painter, block, annotations, look.focus)
        self._marks.draw_flags(painter, block, touched, page.width)
        if look.focus is not None and page.blocks.index(look.focus.start) == index:
            self._marks.draw_pointer(painter, block, look.focus, filled=look.has_keys)
        if look.caret is not None and page.blocks.index(look.caret) == index:
            row = block.line_at(look.caret)
            x = block.x(min(look.caret, block.end), row)
            painter.fillRect(QRectF(x - 1, block.line_top(row) + 3, 2, block.pitch - 6), colours.focus)

    def _draw_strip(self, painter: QPainter, index: int, hovered: str | None) -> None:
        """Draw the strip over a speech: a line, who speaks, as what and where, and its number."""
        page, colours = self._page, self._colours
        speech = page.openings[index]
        is_hovered = speech.id == hovered
        top = page.strip_top(index)
        box = QRectF(0, top + 5, page.width, STRIP - 24)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(QPointF(0, top + 0.5), QPointF(page.width, top + 0.5))
        if is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box.adjusted(-8, 0, 8, 0), 4, 4)
        number = next(at for at, one in enumerate(page.speeches, 1) if one is speech)
        label = _("更正讲话信息") if is_hovered else _("讲话 {number}").format(number=number)
        painter.setFont(self._small)
        painter.setPen(colours.ink if is_hovered else colours.quiet)
        painter.drawText(box, _ALIGN | Qt.AlignmentFlag.AlignRight, label)
        room = page.width - painter.fontMetrics().horizontalAdvance(label) - 24
        painter.setFont(self._bold if speech.speaker else self._small)
        painter.setPen(colours.ink if speech.speaker else colours.quiet)
        name = speech_title.speaker(speech)
        painter.drawText(box, _ALIGN | Qt.AlignmentFlag.AlignLeft, name)
        indent = painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(self._small)
        painter.setPen(colours.ink)
        rest = "".join(f"  ·  {part}" for part in speech_title.circumstances(speech))
        rest = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, round(room - indent))
        painter.drawText(box.adjusted(indent, 0, 0, 0), _ALIGN | Qt.AlignmentFlag.AlignLeft, rest)
