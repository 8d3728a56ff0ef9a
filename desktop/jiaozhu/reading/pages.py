"""What pages leave between the lines of a text: their numbers, alone on a line, and running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.reading.lines import Line, is_running
from jiaozhu.reading.repeated import find_heads, has_page_number, interrupts, part_title

_DASH = r"[-—–－~～·]{1,2}"
#: A number that says itself that it is one of a page: 第3页 共12页, — 3 —, Page 3 of 12.
_MARKED = re.compile(
    rf"第\s*\d{{1,4}}\s*页(?:\s*[,，/、（(]?\s*共\s*\d{{1,4}}\s*页\s*[）)]?)?"
    rf"|共\s*\d{{1,4}}\s*页\s*[,，/、]?\s*第\s*\d{{1,4}}\s*页"
    rf"|{_DASH}\s*(?:第\s*)?\d{{1,4}}\s*(?:页\s*)?{_DASH}"
    r"|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
#: A number that may be one: 3, 3 / 12.
_BARE = re.compile(r"(\d{1,4})(?:\s*[/／]\s*\d{1,4})?")
_COUNTED, _DIGITS = re.compile(r"第\s*(\d{1,4})"), re.compile(r"(\d{1,4})")
_LONGEST = 24  # characters
_FIRST = "第共Pp-—–－~～·"  # what both begin with, apart from digits
_LAST = frozenset("0123456789页-—–－~～·")
_LONGEST_TITLED = 44  # characters of a head with its number
_LEAST_HEADS = 3

#: Bare numbers count pages if there are two of them in a row, with at least this much text to a page.
_LEAST_PAGE = 80  # characters
_LEAST_BEFORE = 12  # characters of a line of running text that a number ends


def page_number(text: str) -> int | None:
    """Return the number of a line that holds nothing but a page number, marked or bare; None for others."""
    if len(text) > _LONGEST or not (_MARKED.fullmatch(text) or _BARE.fullmatch(text)):
        return None
    digits = _COUNTED.search(text) or _DIGITS.search(text)
    return int(digits[1]) if digits else None


class PageMarks(NamedTuple):
    """The lines that belong to the pages and not to the text, by their indices."""

    numbers: set[int]
    heads: set[int]  # running heads and feet


def find_page_marks(lines: list[Line]) -> PageMarks:
    """Return the lines that hold page numbers, and the heads that pages of the text repeat.

    A number with a mark of its own is one wherever it stands. Bare numbers, and lines that are alike but for
    their number, must go up one by one through the document (a missing one is forgiven), and one of them at
    least must interrupt a sentence or stand at a form feed: sections are numbered too, but no section ends in
    the middle of a sentence. One bare number is enough between a number and its unit: 19.3, 7, 亿元.
    """
    marked: set[int] = set()
    bare: list[tuple[int, int]] = []
    titled: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST_TITLED or not (text[0].isdigit() or text[0] in _FIRST or text[-1] in _LAST):
            continue
        if len(text) <= _LONGEST and _MARKED.fullmatch(text):
            marked.add(i)
        elif match := _BARE.fullmatch(text):
            bare.append((i, int(match[1])))
            if 0 < i < len(lines) - 1 and _parts_number(lines[i - 1].text, lines[i + 1].text):
                marked.add(i)
        elif has_page_number(text) and (title := part_title(text)) and title.number is not None:
            titled[title.words].append((i, title.number))
    heads = {i for found in titled.values() if len(found) >= _LEAST_HEADS for i in _counted(found, lines)}
    counted = set(_longest_count(bare, lines))
    for numbers in (marked | counted, marked) if len(counted) > 1 else (marked,):
        repeated = find_heads(lines, numbers | heads)
        apart = numbers | heads | repeated
        found = numbers & counted
        if not found or any(_is_new_page(lines, i) or interrupts(lines, i, apart) for i in found):
            break
    return PageMarks(numbers, heads | repeated)


def _parts_number(before: str, after: str) -> bool:
    """Return whether running text ends in a number whose unit begins the line `after`."""
    return (
        before[-1].isdigit() and after[0] in _units() and is_running(before) and len(before) >= _LEAST_BEFORE
    )


@cache
def _units() -> frozenset[str]:
    return frozenset(
        char for char in lexicon.words("reading", "number", "after") if char.isalpha() or char in "%％‰℃"
    )


def _is_new_page(lines: list[Line], i: int) -> bool:
    """Return whether a line stands at a form feed."""
    return lines[i].new_page or (i + 1 < len(lines) and lines[i + 1].new_page)


def _counted(found: list[tuple[int, int]], lines: list[Line]) -> list[int]:
    """Return the lines of heads that count pages; none if they interrupt nothing."""
    run = _longest_count(found, lines)
    apart = set(run)
    return run if len(run) >= _LEAST_HEADS and any(interrupts(lines, i, apart) for i in run) else []


def _longest_count(bare: list[tuple[int, int]], lines: list[Line]) -> list[int]:
    """Return the indices of the longest run of numbers that go up by one, or by two, through the document."""
    longest: dict[int, tuple[int, int]] = {}  # number -> length of the run that it ends, index of its line
    before: dict[int, int] = {}  # index of a line -> index of the line before it in the run
    best = (0, -1)
    for i, number in bare:
        length = 1
        least = _LEAST_PAGE if i < len(lines) - 1 else 1  # the last page may be nearly empty
        for previous in (number - 1, number - 2):
            count, at = longest.get(previous, (0, -1))
            if count >= length and lines[i].start - lines[at].end >= least:
                length, before[i] = count + 1, at
        if length >= longest.get(number, (0, -1))[0]:
            longest[number] = (length, i)
        best = max(best, (length, i))
    run: list[int] = []
    at = best[1]
    while at >= 0:
        run.append(at)
        at = before.get(at, -1)
    return run
