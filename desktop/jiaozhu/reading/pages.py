"""Numbers of pages that stand alone on a line between the lines of the text."""

from __future__ import annotations

import re

from jiaozhu.reading.lines import Line, is_ended, is_running

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

#: Bare numbers count pages if there are two of them in a row, with at least this much text to a page.
_LEAST_PAGE = 80  # characters


def page_number(text: str) -> int | None:
    """Return the number of a line that holds nothing but a page number, marked or bare; None for others."""
    if len(text) > _LONGEST or not (_MARKED.fullmatch(text) or _BARE.fullmatch(text)):
        return None
    digits = _COUNTED.search(text) or _DIGITS.search(text)
    return int(digits[1]) if digits else None


def find_page_numbers(lines: list[Line]) -> set[int]:
    """Return the indices of the lines that hold nothing but a page number.

    A number with a mark of its own is one wherever it stands. Bare numbers must go up one by one through the
    document (a missing one is forgiven), and one of them at least must interrupt a sentence or stand at a
    form feed: sections are numbered too, but no section ends in the middle of a sentence.
    """
    marked: set[int] = set()
    bare: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if len(line.text) > _LONGEST or not (line.text[0].isdigit() or line.text[0] in _FIRST):
            continue
        if _MARKED.fullmatch(line.text):
            marked.add(i)
        elif match := _BARE.fullmatch(line.text):
            bare.append((i, int(match[1])))
    numbers = _longest_count(bare, lines)
    interrupts = any(_interrupts(lines, i) for i in numbers)
    return marked | set(numbers) if interrupts and len(numbers) > 1 else marked


def _longest_count(bare: list[tuple[int, int]], lines: list[Line]) -> list[int]:
    """Return the indices of the longest run of numbers that go up by one, or by two, through the document."""
    longest: dict[int, tuple[int, int]] = {}  # number -> length of the run that it ends, index of its line
    before: dict[int, int] = {}  # index of a line -> index of the line before it in the run
    best = (0, -1)
    for i, number in bare:
        length = 1
        for previous in (number - 1, number - 2):
            count, at = longest.get(previous, (0, -1))
            if count >= length and lines[i].start - lines[at].end >= _LEAST_PAGE:
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


def _interrupts(lines: list[Line], i: int) -> bool:
    """Return whether the line stands at a form feed, or in the middle of a sentence."""
    if lines[i].new_page or (i + 1 < len(lines) and lines[i + 1].new_page):
        return True
    return 0 < i < len(lines) - 1 and is_running(lines[i - 1].text) and not is_ended(lines[i - 1].text)
