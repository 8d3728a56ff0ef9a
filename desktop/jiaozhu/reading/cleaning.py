"""The text of a source: broken lines joined, indents and what pages add left out, and the map back.

Nothing is rewritten: the text is made of runs of the source, and what isn't white space is either kept, in
order, or reported as dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from jiaozhu.model import Dropped, SourceMap
from jiaozhu.reading.buttons import find_buttons
from jiaozhu.reading.content import INVISIBLE, PAGE_NUMBER, RUNNING_HEAD, VIEWER_BUTTON
from jiaozhu.reading.joining import find_joins
from jiaozhu.reading.lines import ZERO_WIDTH, Line, split
from jiaozhu.reading.pages import find_page_marks

_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]+")

#: Digits set one by one, as some converters write them: 增长 1 0 ．3 ％, with a space of one width.
_SPACED = re.compile(r"(?<!\d)\d(?= [\d.．](?!\d))")
_SPACED_LEFT_OUT = re.compile(rf"{_ZERO_WIDTH.pattern}|(?<=[\d.．]) (?=[\d.．])")
#: So many of them are the manner of a text; a table may have a few.
_MANY_SPACED = 12
#: In such a text hardly a number has its digits together.
_TOGETHER = re.compile(r"\d\d")
_FEW = 10


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text of a source, the map back to it, and what was left out."""

    text: str
    source_map: SourceMap
    dropped: list[Dropped]


def clean(source: str, *, set_in_lines: bool = True) -> Cleaned:
    """Return the text of the source, a paragraph a line.

    Lines that break inside a sentence are joined, unless the source is not `set_in_lines`: a paragraph has
    one line there already. White space at the ends of lines, characters without width, page numbers, running
    heads and the buttons of a page are dropped; blank lines in a row become one, and digits that the whole
    text has set apart one by one are put together. Each character of the text
    stands at its place in the source, except that a white space character may stand for another one: LF for
    a lone CR, a form feed or a wide gap between paragraphs, and a space for the line break between two Latin
    words.
    """
    lines = split(source)
    buttons = find_buttons(lines)
    dropped = [_drop(lines[i], VIEWER_BUTTON) for i in sorted(buttons)]
    lines = [line for i, line in enumerate(lines) if i not in buttons]
    marks = find_page_marks(lines)
    dropped += [_drop(lines[i], PAGE_NUMBER) for i in marks.numbers]
    dropped += [_drop(lines[i], RUNNING_HEAD) for i in marks.heads]
    if marks.numbers or marks.heads:
        lines = _without(lines, marks.numbers | marks.heads)
    dropped += _invisible(source, dropped)
    joins = find_joins(lines) if set_in_lines else [False] * len(lines)
    writer = _Writer(source)
    if lines:
        writer.copy(lines[0].start, lines[0].end)
    for (before, line), joined in zip(pairwise(lines), joins[1:], strict=True):
        if not joined:
            writer.put(before.break_at, "\n")
            if line.blank_at is not None:
                writer.put(line.blank_at, "\n")
        elif _is_latin(before.text[-1]) and _is_latin(line.text[0]):
            writer.put(before.break_at, " ")
        writer.copy(line.start, line.end)
    dropped.sort(key=lambda item: item.source_start or 0)
    return Cleaned(*writer.finish(), dropped)


def _drop(line: Line, reason: str) -> Dropped:
    return Dropped(line.text, reason, line.start, line.end)


def _invisible(source: str, dropped: list[Dropped]) -> list[Dropped]:
    """Return what of the source has no width, but for what stands in lines that are `dropped` already."""
    if _ZERO_WIDTH.search(source) is None:
        return []
    lines = sorted((item.source_start or 0, item.source_end or 0) for item in dropped)
    at = 0
    found: list[Dropped] = []
    for match in _ZERO_WIDTH.finditer(source):
        start, end = match.span()
        while at < len(lines) and lines[at][1] <= start:
            at += 1
        if at == len(lines) or start < lines[at][0]:
            found.append(Dropped(match[0], INVISIBLE, start, end))
    return found


def _inside_lines(source: str) -> re.Pattern[str] | None:
    """Return what is left out inside lines: characters without width, spaces between digits set apart."""
    if sum(1 for _ in islice(_SPACED.finditer(source), _MANY_SPACED)) == _MANY_SPACED:
        apart, together = _SPACED.findall(source), _TOGETHER.findall(source)
        if len(together) * _FEW < len(apart):
            return _SPACED_LEFT_OUT
    return _ZERO_WIDTH if _ZERO_WIDTH.search(source) else None


def _without(lines: list[Line], numbers: set[int]) -> list[Line]:
    """Return the lines without page numbers and heads; the line behind them begins a page."""
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if i in numbers:
            continue
        if i - 1 in numbers and kept:
            line.new_page = True
            line.blank_at = next(
                at for at in (lines[i - 1].blank_at, lines[i - 1].break_at) if at is not None
            )
        kept.append(line)
    return kept


def _is_latin(char: str) -> bool:
    return char.isalpha() and char < "\u0250"


class _Writer:
    """Puts the text together from pieces of the source and keeps the map."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._left_out = _inside_lines(source)
        self._pieces: list[str] = []
        self._text_starts: list[int] = []
        self._source_starts: list[int] = []
        self._length = 0  # of the text so far
        self._start = self._end = -1  # the piece of the source that is still to be written

    def copy(self, start: int, end: int) -> None:
        """Append the source from `start` to `end`, without what is left out inside a line."""
        if self._left_out is not None:
            for match in self._left_out.finditer(self._source, start, end):
                self._extend(start, match.start())
                start = match.end()
        self._extend(start, end)

    def put(self, at: int, char: str) -> None:
        """Append one white space character in place of the one at `at`."""
        self._extend(at, at + 1)
        if self._source[at] != char:
            self._end = at
            self._write()
            self._pieces.append(char)
            self._start = self._end = at + 1

    def finish(self) -> tuple[str, SourceMap]:
        """Return the text and its map."""
        self._write()
        if not self._pieces:
            return "", SourceMap()
        return "".join(self._pieces), SourceMap(tuple(self._text_starts), tuple(self._source_starts))

    def _extend(self, start: int, end: int) -> None:
        """Take the source from `start` to `end` into the text; where it doesn't go on, a run begins."""
        if start == end:
            return
        if start != self._end:
            self._write()
            self._start = start
            self._text_starts.append(self._length)
            self._source_starts.append(start)
        self._end = end
        self._length += end - start

    def _write(self) -> None:
        """Write the piece of the source that is still to be written."""
        if self._start < self._end:
            self._pieces.append(self._source[self._start : self._end])
        self._start = self._end
