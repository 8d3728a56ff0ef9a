"""The page: lines, paragraphs, and which lines are headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon

#: Texts without line breaks part their paragraphs by spaces; only in lines longer than this.
_LONGEST_LINE = 400
_LONGEST_HEADING = 60
_BREAKS = re.compile(r"[^\S\n]{2,}")
_PAGE_NUMBER = re.compile(r".|[\d\s—-]{1,8}")
_CREDIT = re.compile(r"\([一-龥·]{1,14}\)")  # (澄湾日报), (完)
_DATED = re.compile(r"[—(]*(?:\d{4}|[〇零一二三四五六七八九]{4})年.{1,8}日\)?")
_STYLES = (
    ("#", re.compile(r"#{1,6}\s*")),
    ("01", re.compile(r"0[0-9](?!\d)[.、:\s]*")),
    ("一、", re.compile(r"[一二三四五六七八九十]{1,3}、")),
    ("(一)", re.compile(r"\([一二三四五六七八九十]{1,3}\)")),
    ("1.", re.compile(r"[0-9]{1,2}[.、](?!\d)")),
    ("【", re.compile(r"【")),
    ("■", re.compile(r"[■●▲◆★▎▌]\s*")),
)
_MARKS = frozenset("#0123456789一二三四五六七八九十(【■●▲◆★▎▌")  # what any of them begins with


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't empty, without the spaces at its ends."""

    start: int
    end: int
    style: str  # what marks it as a heading: "##", "一、" …; empty if nothing does
    content: int  # where it begins behind # and 【, which are no words of it; numbers are


def read_lines(text: str, start: int, end: int) -> list[Line]:
    """Return the lines between `start` and `end`."""
    lines: list[Line] = []
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        if stop - position > _LONGEST_LINE:
            at = position
            for gap in _BREAKS.finditer(text, position, stop):
                _add(lines, text, at, gap.start())
                at = gap.end()
            _add(lines, text, at, stop)
        else:
            _add(lines, text, position, stop)
        position = stop + 1
    return lines


def is_heading(text: str, line: Line) -> bool:
    """Return whether a line can be a heading: short, one sentence, not closed by a mark of running text."""
    written = text[line.content : line.end]
    if not 2 <= len(written) <= _LONGEST_HEADING or is_of_page(text, line) or _DATED.fullmatch(written):
        return False
    if line.style:
        return not written.endswith(("。", ";", ",", ":"))
    return "。" not in written and not written.endswith((";", ",", ":", "、", "…", "”。"))


def is_of_page(text: str, line: Line) -> bool:
    """Return whether a line belongs to the page around the text: source, editor, buttons."""
    return line.end - line.start <= 40 and text.startswith(_page(), line.start) and text[line.end - 1] != "。"


def trim_page(text: str, lines: list[Line]) -> list[Line]:
    """Return the lines without those of the page at the end."""
    last = len(lines)
    while last and (
        is_of_page(text, lines[last - 1])
        or _PAGE_NUMBER.fullmatch(text, *_span(lines[last - 1]))
        or _CREDIT.fullmatch(text, *_span(lines[last - 1]))
    ):
        last -= 1
    return lines[:last]


def _add(lines: list[Line], text: str, start: int, end: int) -> None:
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    if start == end:
        return
    if text[start] not in _MARKS:
        lines.append(Line(start, end, "", start))
        return
    for style, mark in _STYLES:
        match = mark.match(text, start, end)
        if match:
            name = match.group().strip() if style == "#" else style
            lines.append(Line(start, end, name, match.end() if style in "#【■" else start))
            return
    lines.append(Line(start, end, "", start))


def _span(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\ufeff\u200b"


@cache
def _page() -> tuple[str, ...]:
    return lexicon.words("reporting", "page", "line")
