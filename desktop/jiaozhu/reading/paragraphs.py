"""Which printed lines go on with the paragraph of the line before, as their places on the page tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jiaozhu.reading.lines import begins_item, is_ended, is_running
from jiaozhu.reading.metadata import is_byline
from jiaozhu.reading.printed import PrintedLine

# Lengths are in sizes of the characters.
_INDENT = 1.2  # a paragraph begins
_RAGGED = 0.4  # a line lacks so much more than the next word when it is full
_CENTRED = 1.5  # the two margins of a centred line are alike, and wider than this
_SAME_EDGE = 0.3
#: The edge of full lines is certain if so many lines end there: a third of all, three at least.
_COMMON, _LEAST_FULL = 3, 3
_MARGIN = 3.0  # the two margins of a page differ by less
_OTHER_SIZE = 0.12  # lines whose sizes differ by this share belong to no common paragraph
_TITLE = 1.1  # times the size of the text
_OTHER_LETTERS = 0.35  # the same where a line has letters only, which tell their size less exactly
_LONG_TITLE = 0.6  # of the column: so long is a line of a title that goes on
_CHINESE = re.compile(r"[\u3400-\u9fff]")

#: Paragraphs are set apart if lines behind short ones stand so much farther off than lines behind full ones.
_APART = 1.12


def find_continued(lines: list[PrintedLine], widths: dict[int, float]) -> list[bool]:
    """Return for each line whether it goes on with the paragraph of the line before.

    `widths` are those of the pages, in points.
    """
    setting = _Setting(lines, widths)
    return [False] * bool(lines) + [setting.goes_on(before, line) for before, line in pairwise(lines)]


@dataclass(slots=True)
class _Edges:
    """Where the lines of a column begin and end, in points."""

    left: float
    right: float


class _Setting:
    """How the lines of a document are set: edges of the columns, distances, indents."""

    def __init__(self, lines: list[PrintedLine], widths: dict[int, float]) -> None:
        self._size = median(line.size for line in lines) if lines else 0.0
        self._edges = _find_edges(lines, widths)
        below = [(before, line) for before, line in pairwise(lines) if _stands_below(before, line)]
        after_full = [_distance(*pair) for pair in below if self._is_full(*pair)]
        self._pitch = median(after_full) if after_full else 2.0
        fresh = [(before, line) for before, line in below if not self._is_full(before, line)]
        apart = [_distance(*pair) for pair in fresh]
        ratio = median(apart) / self._pitch if apart else 1.0
        self._is_spaced = ratio > _APART
        self._most = self._pitch * ((1 + min(ratio, 2)) / 2 if self._is_spaced else 1.4)
        starts = [line for _, line in fresh if not self._is_centred(line)]
        self._is_indented = 2 * sum(self._indent(line) > _INDENT for line in starts) > len(starts)

    def goes_on(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Return whether a line goes on with the paragraph of the line before."""
        is_exact = _CHINESE.search(before.text) and _CHINESE.search(line.text)
        if abs(before.size - line.size) > (_OTHER_SIZE if is_exact else _OTHER_LETTERS) * before.size:
            return False
        if _stands_below(before, line) and _distance(before, line) > self._most:
            return False
        if self._is_broken_title(before, line):
            return True
        if not self._is_full(before, line):
            return False
        if self._indent(line) > _INDENT:
            if is_ended(before.text):
                return False
            if self._is_centred(line):
                return not is_byline(line.text)
            return not (begins_item(line.text) or _is_heading(before))
        return self._is_indented or not (is_ended(before.text) and begins_item(line.text))

    def _is_broken_title(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Return whether two lines are parts of one title: centred, and broken where it reads well."""
        if line.size < _TITLE * self._size or not self._is_centred(line):
            return False
        edges = self._edges[before.page, before.column]
        is_long = before.right - before.left > _LONG_TITLE * (edges.right - edges.left)
        return is_long and not is_ended(before.text) and _stands_below(before, line)

    def _is_full(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Return whether the first word of `line` had no room in the line before."""
        room = self._edges[before.page, before.column].right - before.right
        return room < line.first_word() + _RAGGED * before.size

    def _indent(self, line: PrintedLine) -> float:
        return (line.left - self._edges[line.page, line.column].left) / line.size

    def _is_centred(self, line: PrintedLine) -> bool:
        edges = self._edges[line.page, line.column]
        left, right = line.left - edges.left, edges.right - line.right
        return min(left, right) > _CENTRED * line.size and abs(left - right) < line.size


def _is_heading(line: PrintedLine) -> bool:
    return begins_item(line.text) and not is_running(line.text)


def _stands_below(before: PrintedLine, line: PrintedLine) -> bool:
    """Return whether the two are neighbours in one column."""
    return (before.page, before.column) == (line.page, line.column) and line.top > before.top


def _distance(before: PrintedLine, line: PrintedLine) -> float:
    """Return how far apart two neighbours stand, in sizes of their characters."""
    return (line.bottom - before.bottom) / max(before.size, line.size)


def _find_edges(lines: list[PrintedLine], widths: dict[int, float]) -> dict[tuple[int, int], _Edges]:
    """Return the edges of each column of each page.

    Lines tell them where enough are full. A cover or the last page has those of the page with the most
    lines; if no page has full lines, its margins are taken for alike.
    """
    columns: dict[tuple[int, int], list[PrintedLine]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    several = {page for page, column in columns if column > 0}
    edges: dict[tuple[int, int], _Edges] = {}
    usual: dict[tuple[bool, int], tuple[int, _Edges]] = {}
    for (page, column), those in columns.items():
        size = median(line.size for line in those)
        left = -_outermost([-line.left for line in those], size)
        right, is_common = _right_edge([line.right for line in those], size)
        margin = widths.get(page, 0.0) - left
        if page not in several and not is_common and right < margin - _MARGIN * size:
            right = margin
        edges[page, column] = own = _Edges(left, right)
        kind = page in several, column
        if len(those) > usual.get(kind, (0,))[0]:
            usual[kind] = len(those), own
    for (page, column), own in edges.items():
        _, other = usual[page in several, column]
        size = columns[page, column][0].size
        if own.right - own.left < other.right - other.left - size:
            if abs(own.left - other.left) > size:
                own.left = other.left
            own.right = own.left + other.right - other.left
    return edges


def _outermost(values: list[float], size: float) -> float:
    """Return the largest of the values that another one comes near to, else the largest."""
    ordered = sorted(values, reverse=True)
    return next((a for a, b in pairwise(ordered) if a - b < _SAME_EDGE * size), ordered[0])


def _right_edge(values: list[float], size: float) -> tuple[float, bool]:
    """Return where full lines end, and whether so many end there that it is certain.

    Marks may hang over the edge; where no end is common, the outermost one of two counts.
    """
    ordered = sorted(values, reverse=True)
    near = {value: sum(abs(value - other) < _SAME_EDGE * size for other in ordered) for value in ordered}
    common = max(near, key=lambda value: (near[value], value))
    if near[common] >= max(_LEAST_FULL, len(ordered) / _COMMON):
        return common, True
    return _outermost(values, size), False
