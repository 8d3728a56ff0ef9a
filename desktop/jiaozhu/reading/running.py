"""Running heads and page numbers: what stands at the edge of page after page and is no part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median

from jiaozhu.reading.pages import page_number
from jiaozhu.reading.printed import Page, PrintedLine

_NUMBER = re.compile(r"[\d\s〇一二三四五六七八九十百]+")
_SENTENCE_ENDS = ("。", "；", "，")  # no head ends so
_ZONE = 0.2  # of the page's height: heads stand no lower, feet no higher
_EDGE_ROWS = 2  # at either end of a page that may be heads
_SAME_HEIGHT = 6.0  # points
_SHARE = 0.4  # of the pages on which a head stands; left and right pages may have their own


def find_heads(pages: list[Page]) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Return the lines that are running heads or feet, and those that are page numbers.

    A head says the same, apart from numbers, at one height of several pages. A page number counts them.
    """
    alike: dict[tuple[bool, str], list[tuple[Page, PrintedLine]]] = defaultdict(list)
    for page in pages:
        for at_top, line in _at_edges(page):
            if line.text.endswith(_SENTENCE_ENDS):
                continue
            alike[at_top, _NUMBER.sub("", line.text)].append((page, line))
    heads: list[PrintedLine] = []
    numbers: list[PrintedLine] = []
    for (at_top, _words), found in alike.items():
        found = _at_one_height(found, at_top)
        if all(page_number(line.text) is not None for _, line in found):
            numbers += _counting(found, len(pages))
        elif len({page.number for page, _ in found}) >= max(2, _SHARE * len(pages) / 2):
            heads += [line for _, line in found]
    return heads, numbers


def _at_edges(page: Page) -> list[tuple[bool, PrintedLine]]:
    """Return the lines of the outermost rows of a page, those at the top as True."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(page.lines, key=lambda line: line.middle):
        if rows and rows[-1][0].shares_row(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    top = [line for row in rows[:_EDGE_ROWS] for line in row if line.bottom < _ZONE * page.height]
    bottom = [line for row in rows[-_EDGE_ROWS:] for line in row if line.top > (1 - _ZONE) * page.height]
    return [(True, line) for line in top] + [(False, line) for line in bottom]


def _at_one_height(found: list[tuple[Page, PrintedLine]], at_top: bool) -> list[tuple[Page, PrintedLine]]:
    """Return those that stand where most of them do, measured from the nearer edge."""

    def height(page: Page, line: PrintedLine) -> float:
        return line.middle if at_top else page.height - line.middle

    usual = median(height(page, line) for page, line in found)
    return [(page, line) for page, line in found if abs(height(page, line) - usual) < _SAME_HEIGHT]


def _counting(found: list[tuple[Page, PrintedLine]], pages: int) -> list[PrintedLine]:
    """Return the lines whose numbers go up with the pages."""
    by_first: dict[int, list[PrintedLine]] = defaultdict(list)
    for page, line in found:
        number = page_number(line.text)
        if number is not None:
            by_first[number - page.number].append(line)
    if not by_first:
        return []
    lines = max(by_first.values(), key=len)
    first = next(first for first, those in by_first.items() if those is lines)
    return lines if len(lines) > 1 or (pages == 1 and first == 0) else []
