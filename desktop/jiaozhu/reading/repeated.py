"""Running heads and feet between the lines of a text: what stands at the break of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from jiaozhu.reading.lines import Line, is_ended, is_running

_LEAST = 3  # breaks at which a head stands …
_SHARE = 0.2  # … of all: left and right pages may have their own, and chapters
_ELSEWHERE = 2  # places apart from breaks at which its words may stand: as the title, on the cover
_DEPTH = 2  # lines of a head
_LONGEST = 40  # characters
_SENTENCE_ENDS = ("，", "、", ",")  # no head ends so
#: 第3页 政府工作报告, 政府工作报告 3; 2025年工作回顾 has no number of a page.
_NUMBER = r"第\s*\d{1,4}\s*页"
_GAP = r"[\s|｜/·—–-]"
_TITLE = re.compile(
    rf"(?:(?P<first>{_NUMBER}{_GAP}*|{_GAP}*\d{{1,4}}{_GAP}+))?(?P<words>.*?)(?P<last>{_GAP}*{_NUMBER}|{_GAP}+\d{{1,4}}{_GAP}*)?"
)
_NUMBERED = re.compile(rf"^(?:第\s*\d|{_GAP}*\d{{1,4}}{_GAP})|(?:{_GAP}\d{{1,4}}|\d\s*页){_GAP}*$")
_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_LEAST_WORDS = 4  # characters
_DIGITS = re.compile(r"\d+")


class Title(NamedTuple):
    """What a line would be as a head: its words, and the number of the page beside them."""

    words: str
    number: int | None


def part_title(text: str) -> Title | None:
    """Return the words and the number that a head may be made of; None if the line can't be one."""
    if len(text) > _LONGEST + 4 or is_ended(text) or text.endswith(_SENTENCE_ENDS):
        return None
    match = _TITLE.fullmatch(text)
    words = "".join(match["words"].split()) if match else ""
    if match is None or len(words) > _LONGEST or len(_WORD.findall(words)) < _LEAST_WORDS:
        return None
    number = _DIGITS.search(match["first"] or match["last"] or "")
    return Title(words, int(number[0]) if number else None)


def has_page_number(text: str) -> bool:
    """Return whether a line may be a head with the number of the page in it."""
    return _NUMBERED.search(text) is not None


def find_heads(lines: list[Line], marks: set[int]) -> set[int]:
    """Return the lines that are heads or feet; the pages break at form feeds and at the lines in `marks`.

    A head stands at several breaks and hardly anywhere else, and a number in it goes up with the pages. One
    of its breaks at least interrupts a sentence: a text whose parts begin on pages of their own may call each
    of them the same.
    """
    text = [i for i in range(len(lines)) if i not in marks]
    breaks = [at for at, (before, line) in enumerate(pairwise(text), 1) if _is_break(lines, before, line)]
    if len(breaks) < _LEAST:
        return set()
    heads: set[int] = set()
    ends = [0, *breaks, len(text)]
    pages = list(pairwise(ends))
    above = [[text[at] for at in range(end - 1, max(start, end - _DEPTH) - 1, -1)] for start, end in pages]
    below = [[text[at] for at in range(start, min(end, start + _DEPTH))] for start, end in pages]
    for edges in (above, below[1:]):  # what the first page begins with may be the title
        for depth in range(_DEPTH):
            at_breaks = [
                edge[depth] for edge in edges if len(edge) > depth and heads.issuperset(edge[:depth])
            ]
            by_words: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
            for i in at_breaks:
                if title := part_title(lines[i].text):
                    by_words[title.words].append((i, title.number))
            likely = {
                words: [i for i, _ in found]
                for words, found in by_words.items()
                if len(found) >= max(_LEAST, _SHARE * len(breaks)) and _goes_up([n for _, n in found])
            }
            everywhere = _count(lines, text, likely)
            heads.update(
                i
                for words, found in likely.items()
                if everywhere[words] - len(found) <= _ELSEWHERE
                for i in found
            )
    apart = marks | heads
    interrupting = {
        part.words for i in heads if interrupts(lines, i, apart) if (part := part_title(lines[i].text))
    }
    return {i for i in heads if (part := part_title(lines[i].text)) and part.words in interrupting}


def interrupts(lines: list[Line], i: int, apart: set[int]) -> bool:
    """Return whether a line stands in the middle of a sentence.

    Those in `apart` are passed over: they are no part of the text either.
    """
    before, after = i - 1, i + 1
    while before in apart:
        before -= 1
    while after in apart:
        after += 1
    if before < 0 or after >= len(lines):
        return False
    return is_running(lines[before].text) and not is_ended(lines[before].text)


def _count(lines: list[Line], text: list[int], words: Collection[str]) -> Counter[str]:
    """Return how often words stand in a line of the text by themselves, or with a number."""
    if not words:
        return Counter()
    firsts = {word[0] for word in words}
    likely = (lines[i].text for i in text if lines[i].text[0] in firsts or not lines[i].text[0].isalpha())
    return Counter(title.words for line in likely if (title := part_title(line)) and title.words in words)


def _is_break(lines: list[Line], before: int, line: int) -> bool:
    """Return whether a page ends between two lines of the text."""
    return line - before > 1 or lines[line].new_page


def _goes_up(numbers: list[int | None]) -> bool:
    """Return whether no line has a number, or each one a higher one than that before it."""
    if all(number is None for number in numbers):
        return True
    return all(a is not None and b is not None and a < b for a, b in pairwise(numbers))
