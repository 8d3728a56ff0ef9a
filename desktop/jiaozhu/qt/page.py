"""A document set in type: which block stands where, and its lines once they are laid out."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from jiaozhu.model import Document
from jiaozhu.qt import theme
from jiaozhu.qt.blocks import Heights, Units, cut
from jiaozhu.store import SpeechRow

#: Blocks that stay laid out; a screen shows about ten.
_KEPT = 160
#: White above the first block, and height of the strip that names a speech, in pixels.
_TOP = 20
STRIP = 50
_STRIP_GAP = 10  # white above its line

#: What would draw nothing, break a line or turn the order of the text round is drawn as a blank
#: or a replacement sign; each stands for one character, so that offsets hold.
_SHOWN: dict[int, str] = {
    **dict.fromkeys([*range(32), 0x7F, 0x85, 0x2028, 0x2029], " "),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "�"),
}

_JUSTIFIED = QTextOption(Qt.AlignmentFlag.AlignJustify)
_JUSTIFIED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
_JUSTIFIED.setTextDirection(Qt.LayoutDirection.LeftToRight)


class LaidBlock:
    """A block whose lines are known. Offsets are the document's, y counts from the block's top."""

    __slots__ = ("above", "end", "layout", "line_starts", "lines", "pitch", "start", "units")

    def __init__(self, start: int, text: str, font: QFont, *, width: float, pitch: int, above: int) -> None:
        shown = text.translate(_SHOWN)
        self.start = start
        self.end = start + len(text)
        self.above = above  # strip and white over the first line
        self.pitch = pitch  # from line to line
        self.units = Units(text)
        self.lines: list[QTextLine] = []
        self.line_starts: list[int] = []
        self.layout = QTextLayout(shown, font)  # owns the lines
        self.layout.setTextOption(_JUSTIFIED)
        self.layout.setCacheEnabled(True)
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.line_top(len(self.lines)) + (pitch - line.height()) / 2))
            self.line_starts.append(start + self.units.point(line.textStart()))
            self.lines.append(line)
        self.layout.endLayout()

    @property
    def height(self) -> int:
        """Return the height of the block in pixels."""
        return self.above + len(self.lines) * self.pitch

    def line_at(self, offset: int) -> int:
        """Return the line that the character at the offset stands in."""
        return max(0, bisect_right(self.line_starts, offset) - 1)

    def line_end(self, line: int) -> int:
        """Return the offset behind the line's last character."""
        return self.line_starts[line + 1] if line + 1 < len(self.line_starts) else self.end

    def last_gap(self, line: int) -> int:
        """Return the last offset that is drawn in a line: the gap behind it belongs to the next."""
        end = self.line_end(line)
        return end if line == len(self.lines) - 1 else max(self.line_starts[line], end - 1)

    def line_top(self, line: int) -> int:
        """Return where the line's strip of the page begins."""
        return self.above + line * self.pitch

    def baseline(self, line: int) -> float:
        """Return the height at which the line's characters stand."""
        return self.lines[line].y() + self.lines[line].ascent()

    def x(self, offset: int, line: int) -> float:
        """Return the x of the gap before the character at the offset, in that line."""
        return self.lines[line].cursorToX(self.units.unit(offset - self.start))[0]  # type: ignore[index,no-any-return]

    def offset_at(self, x: float, line: int, *, on_character: bool = False) -> int:
        """Return the offset of the gap nearest to `x` in a line, or of the character that is there."""
        kind = QTextLine.CursorPosition
        sought = kind.CursorOnCharacter if on_character else kind.CursorBetweenCharacters
        offset = self.start + self.units.point(self.lines[line].xToCursor(x, sought))
        first, end = self.line_starts[line], self.line_end(line)
        return max(first, min(offset, end - 1 if on_character else end))

    def pieces(self, start: int, end: int) -> list[tuple[int, float, float]]:
        """Return where a span of the document stands in this block: line, left and right of each part."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return []
        found = []
        for line in range(self.line_at(start), self.line_at(end - 1) + 1):
            left = self.x(max(start, self.line_starts[line]), line)
            found.append((line, left, self.x(min(end, self.line_end(line)), line)))
        return found


class Page:
    """The column of a document's blocks; only those that are asked for are laid out.

    `heights` holds the height of every block: as laid out, or as estimated from its characters.
    """

    def __init__(self, document: Document, speeches: Sequence[SpeechRow], *, size: int, columns: int) -> None:
        type_ = theme.reading()
        self.text = document.text
        self.font = theme.reading_font(size)
        self.heading_font = theme.reading_font(size)
        self.heading_font.setBold(True)
        self.pitch = round(size * type_["line_height"])
        self.gap = round(self.pitch * type_["paragraph_gap"])
        self.em = QFontMetricsF(self.font).horizontalAdvance("字")
        self.speeches = sorted(speeches, key=lambda speech: speech.start)
        self._inside = [speech.start for speech in self.speeches]
        self._headings = {document.title, *(speech.heading for speech in self.speeches)} - {None, ""}
        edges = [edge for speech in self.speeches for edge in (speech.start, speech.end)]
        self.blocks = cut(document.text, edges)
        #: Which speech begins with a block: by the number of the block.
        self.openings = {self.blocks.index(speech.start): speech for speech in self.speeches}
        self._laid: OrderedDict[int, LaidBlock] = OrderedDict()
        self.columns = 0
        self.heights = Heights([])
        self.set_columns(columns)

    def set_columns(self, columns: int) -> None:
        """Set the length of a line in characters; everything is to be laid out anew."""
        if columns == self.columns:
            return
        self.columns = columns
        self.width = columns * self.em
        self._laid.clear()
        pitch, gap = self.pitch, self.gap
        estimates = []
        was_blank = True  # the first block has white enough above it
        for index, wide in enumerate(self.blocks.widths()):
            blank = wide < 8 and self._is_blank(index)
            if blank:
                height = gap
            else:
                height = -(-wide // (2 * columns)) * pitch
                if not was_blank and self.blocks.opens_paragraph(index):
                    height += gap
            estimates.append(height)
            was_blank = blank
        for index in self.openings:
            estimates[index] += STRIP
        estimates[0] += _TOP
        self.heights = Heights(estimates)

    def block(self, index: int) -> LaidBlock:
        """Return a block laid out; its height is right from now on."""
        laid = self._laid.get(index)
        if laid is not None:
            self._laid.move_to_end(index)
            return laid
        start, end = self.blocks.starts[index], self.blocks.ends[index]
        blank = self._is_blank(index)
        above = (0 if index else _TOP) + (STRIP if index in self.openings else 0)
        if index and not blank and self.blocks.opens_paragraph(index) and not self._is_blank(index - 1):
            above += self.gap
        laid = LaidBlock(
            start,
            self.text[start:end],
            self.heading_font if self._is_heading(start, end) else self.font,
            width=self.width,
            pitch=self.gap if blank else self.pitch,
            above=above,
        )
        self.heights[index] = laid.height
        self._laid[index] = laid
        if len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return laid

    def strip_top(self, index: int) -> int:
        """Return where the strip of a speech begins, below the top of the block that opens the speech."""
        return self.block(index).above - STRIP + _STRIP_GAP

    def strip_at(self, index: int, y: float) -> SpeechRow | None:
        """Return the speech whose strip is at a height of a block, None if no strip is there."""
        speech = self.openings.get(index)
        top = self.strip_top(index) if speech is not None else 0
        return speech if top <= y < top + STRIP - _STRIP_GAP - 4 else None

    def in_speech(self, offset: int) -> bool:
        """Return whether the character at the offset belongs to a speech."""
        at = bisect_right(self._inside, offset) - 1
        return at >= 0 and offset < self.speeches[at].end

    def line_edges(self, offset: int) -> tuple[int, int, float]:
        """Return the first and last gap of the line that an offset stands in, and the offset's x."""
        block = self.block(self.blocks.index(offset))
        offset = min(offset, block.end)
        line = block.line_at(offset)
        return block.line_starts[line], block.last_gap(line), block.x(offset, line)

    def offset_below(self, offset: int, x: float, lines: int) -> int:
        """Return the offset some lines below the one of `offset` (above: negative), nearest to `x`."""
        index = self.blocks.index(offset)
        block = self.block(index)
        line = block.line_at(min(offset, block.end))
        step = 1 if lines > 0 else -1
        for _line in range(abs(lines)):
            line += step
            if not 0 <= line < len(block.lines):
                if not 0 <= index + step < len(self.blocks):
                    return block.start if step < 0 else block.end
                index += step
                block = self.block(index)
                line = 0 if step > 0 else len(block.lines) - 1
        return min(block.offset_at(x, line), block.last_gap(line))

    def _is_blank(self, index: int) -> bool:
        start, end = self.blocks.starts[index], self.blocks.ends[index]
        return end - start < 8 and not self.text[start:end].strip()

    def _is_heading(self, start: int, end: int) -> bool:
        return end - start < 120 and self.text[start:end].strip("#＃ \u3000") in self._headings
