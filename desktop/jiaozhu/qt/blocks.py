"""The page without Qt: a text in blocks, and how high they stand.

A block is a paragraph, or a piece of one that is very long or that a speech divides. Only the
blocks in sight are ever laid out; the height of the others is estimated from their characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: A block longer than this is divided at the end of a sentence, in characters.
LONGEST = 1_000

_SENTENCE_END = re.compile(r"[。！？!?；;…][”’」』）)》]*")
_CLAUSE_END = re.compile(r"[，,、：:][”’」』）)》]*")
#: Signs before a heading; a speech that begins behind them takes them along.
_LEADING = re.compile(r"[\s#＃*＊>]*")
#: Characters that must not open a block: they belong to the one before them.
_JOINED = re.compile(r"[\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(slots=True)
class Blocks:
    """The blocks of a text: every offset belongs to one; a newline belongs to the block it ends."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # of what is shown, before the newline

    def __len__(self) -> int:
        return len(self.starts)

    def index(self, offset: int) -> int:
        """Return the block that the offset lies in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def opens_paragraph(self, index: int) -> bool:
        """Return whether the block begins a paragraph, rather than going on with one."""
        return index == 0 or self.ends[index - 1] < self.starts[index]

    def widths(self) -> list[int]:
        """Return the width of each block in half characters: two for a Chinese one, one for a Latin."""
        # UTF-8 has three bytes for a Chinese character and one for a Latin, so their mean tells both.
        text = self.text
        return [
            (len(text[start:end].encode("utf-8", "replace")) + end - start) // 2
            for start, end in zip(self.starts, self.ends, strict=True)
        ]


def cut(text: str, boundaries: Iterable[int] = (), *, longest: int = LONGEST) -> Blocks:
    """Return the text in blocks: at newlines, at the boundaries, and in long paragraphs at sentences."""
    blocks = Blocks(text)
    marks = sorted({_line_start(text, offset) for offset in boundaries if 0 < offset < len(text)})
    mark = 0
    start = 0
    while True:
        newline = text.find("\n", start)
        stop = newline if newline >= 0 else len(text)
        while mark < len(marks) and marks[mark] <= start:
            mark += 1
        while mark < len(marks) and marks[mark] < stop:
            _divide(blocks, start, marks[mark], longest)
            start = marks[mark]
            mark += 1
        _divide(blocks, start, stop, longest)
        if newline < 0:
            return blocks
        start = newline + 1


def _line_start(text: str, offset: int) -> int:
    """Return the start of the line if nothing but leading signs stands before the offset, else the offset."""
    start = text.rfind("\n", 0, offset) + 1
    return start if _LEADING.fullmatch(text, start, offset) else offset


def _divide(blocks: Blocks, start: int, end: int, longest: int) -> None:
    """Append the blocks of one stretch without newlines."""
    while end - start > longest:
        at = _good_end(blocks.text, start + longest // 2, start + longest)
        blocks.starts.append(start)
        blocks.ends.append(at)
        start = at
    blocks.starts.append(start)
    blocks.ends.append(end)


def _good_end(text: str, low: int, high: int) -> int:
    """Return the best place to divide between two offsets: behind a sentence, a clause, else anywhere."""
    for ends in (_SENTENCE_END, _CLAUSE_END):
        found = [match.end() for match in ends.finditer(text, low, high)]
        if found:
            return found[-1]
    while high > low + 1 and _JOINED.match(text, high):
        high -= 1
    return high


class Heights:
    """A column of heights that can be summed, searched and changed in the logarithm of its length.

    A Fenwick tree. Heights are whole pixels, so that corrections never drift.
    """

    __slots__ = ("_heights", "_step", "_tree")

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._tree = [0, *heights]
        size = len(self._heights)
        for position in range(1, size + 1):
            parent = position + (position & -position)
            if parent <= size:
                self._tree[parent] += self._tree[position]
        self._step = 1 << max(0, size.bit_length() - 1)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        change = height - self._heights[index]
        if not change:
            return
        self._heights[index] = height
        position = index + 1
        while position < len(self._tree):
            self._tree[position] += change
            position += position & -position

    @property
    def total(self) -> int:
        """Return the height of the whole column."""
        return self.top(len(self._heights))

    def top(self, index: int) -> int:
        """Return where the block begins: the sum of the heights before it."""
        total = 0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    def at(self, y: int) -> int:
        """Return the block that stands at height `y`: the first or the last if `y` lies beyond."""
        index, step = 0, self._step
        while step:
            beyond = index + step
            if beyond < len(self._tree) and self._tree[beyond] <= y:
                index = beyond
                y -= self._tree[beyond]
            step >>= 1
        return min(index, len(self._heights) - 1)


class Units:
    """Positions in a piece of text as Python counts them and as Qt does.

    Python counts code points, Qt UTF-16 units: a character beyond the basic plane is one of
    the former and two of the latter.
    """

    __slots__ = ("_points", "_units")

    def __init__(self, text: str) -> None:
        beyond = [at for at, char in enumerate(text) if char > "\uffff"] if not _basic(text) else []
        self._points = beyond  # code point offsets of the characters beyond the basic plane
        self._units = [at + before for before, at in enumerate(beyond)]  # the same in units

    def unit(self, point: int) -> int:
        """Return the offset in UTF-16 units of an offset in code points."""
        return point + bisect_right(self._points, point - 1) if self._points else point

    def point(self, unit: int) -> int:
        """Return the offset in code points of an offset in UTF-16 units; inside a pair, its start."""
        if not self._units:
            return unit
        before = bisect_right(self._units, unit - 1)
        if before and self._units[before - 1] == unit - 1:  # between the halves of a pair
            return self._points[before - 1]
        return unit - before


def _basic(text: str) -> bool:
    return text.isascii() or max(text, default="") <= "\uffff"
