"""The lines of a source: where their text stands, and what a line by itself shows of its nature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon

#: Characters without width: soft hyphen, joiners, marks of direction, of annotations, byte order mark; and
#: control characters, such as the mark that DOS put at the end of a file.
ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\ufff9\ufffa\ufffb\ufeff"
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x7f"
)
SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
#: All that may be dropped from a text without losing anything of it.
EMPTY = SPACE + ZERO_WIDTH

_GAP = re.compile(rf"[ \t\xa0\u2000-\u200a\u3000{ZERO_WIDTH}]{{2,}}|\t")
_COLUMNS = {"\u3000": 2, "\t": 4}
#: The indent of a paragraph, two ideographic spaces; as wide a gap inside a line may be one too.
PARAGRAPH_INDENT = 4  # columns
#: Shorter lines hold one paragraph: a gap in them is layout.
_LEAST_OF_PARAGRAPHS = 100  # characters

_CLOSERS = frozenset("”’」』》〉）)】］]〕")
_ENDS = frozenset("。！？；：…｡!?;:")
_STOP = re.compile(r"[。！？；!?;]")
_FULL_STOP = re.compile("[。；;]")
_MARK = re.compile(r"[，。！？；!?;]|(?<!\d),|,(?!\d)")
#: Credits close a paragraph in place of a full stop: (完), 新华社记者 王某摄.
_CREDIT = re.compile(
    r"[（(][^（）()]{0,30}(?:记者|通讯员|编辑|来源|摄|整理|供图|完)[^（）()]{0,30}[）)]$"
    r"|(?:记者|通讯员|摄影|责编|编辑)[^，。；]{1,20}$|摄$"
)
_ITEM = (
    r"#{1,6}\s|[•●○■□◆◇▲△★☆►▶※·]|——|--|－－|[*+]\s|-\s"
    r"|第[一二三四五六七八九十百\d]{1,3}(?:[章节篇编]|部分)"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、．.](?![一二三四五六七八九十]{1,3}[、季月中])"
    r"|\d{1,2}[、．.)）](?!\d)|\d(?:\.\d{1,2}){1,2}\s+\D|0\d(?=[\u4e00-\u9fff])|[①-⑳⑴-⒇]"
    r"|【|编者[按注]|本报讯|新华社\S{2,6}\d{1,2}月"
)
_ADDRESS = re.compile(
    r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们|全体|主席|主任)[^，。；]{0,30}[：:！!]$|同志们"
)
#: A year at the head of a short line without punctuation: a date, or 2011年工作回顾.
_YEAR_LINE = r"[（(]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[年./-][^，。；]{2,30}$"
_LONGEST_NAME = 4  # characters
#: A numbered line without a full stop inside is a heading up to this length.
_LONGEST_HEADING = 60  # characters


@dataclass(slots=True)
class Line:
    """A line that isn't blank. Positions are those of the source."""

    start: int  # of the first character that isn't white space
    end: int  # after the last one
    text: str
    indent: int  # columns of white space before the text
    break_at: int  # the white space character that ends the line; the length of the source if there is none
    blank_at: int | None = None  # the line break of a blank line before this one
    new_page: bool = False  # a form feed or a page number stands before this line


def split(source: str) -> list[Line]:
    """Return the lines of the source that aren't blank.

    Paragraphs set apart by wide gaps inside one long line, as in old reports, are lines too.
    """
    empty = EMPTY if any(char in source for char in ZERO_WIDTH) else None  # None is white space, and faster
    lines: list[Line] = []
    blank_at: int | None = None
    new_page = False
    after = 0
    for raw in source.splitlines(keepends=True):
        start, after = after, after + len(raw)
        text = raw.strip(empty)
        if text:
            lead = 0 if raw[0] == text[0] else len(raw) - len(raw.lstrip(empty))
            first, last = start + lead, start + lead + len(text)
            indent = columns(raw[:lead]) if lead else 0
            line = Line(first, last, text, indent, max(last, after - 1), blank_at, new_page)
            if len(text) >= _LEAST_OF_PARAGRAPHS and ("\u3000" in text or "\t" in text):
                lines.extend(_paragraphs(line))
            else:
                lines.append(line)
            blank_at, new_page = None, False
        elif lines and blank_at is None:
            blank_at = after - 1
        if raw[-1] == "\f":
            new_page = True
    return lines


def columns(space: str) -> int:
    """Return the width of white space; an ideographic space has two columns, a tab four."""
    return sum(_COLUMNS.get(char, 1) for char in space if char not in ZERO_WIDTH)


def _paragraphs(line: Line) -> Iterator[Line]:
    """Yield the paragraphs of a long line.

    It has several if a gap as wide as an indent follows the end of a sentence; then each such gap divides,
    except one between an office and a name.
    """
    text, offset = line.text, line.start
    gaps = [match.span() for match in _GAP.finditer(text) if _is_wide(match.group())]
    if not any(is_ended(text[max(0, start - 4) : start]) for start, _ in gaps):
        yield line
        return
    begin, indent, blank_at, new_page = 0, line.indent, line.blank_at, line.new_page
    for i, (start, end) in enumerate(gaps):
        following = text[end : gaps[i + 1][0]] if i + 1 < len(gaps) else text[end : end + 5]
        if len(following) <= _LONGEST_NAME and text.endswith(_offices(), begin, start):
            continue
        yield Line(
            offset + begin, offset + start, text[begin:start], indent, offset + start, blank_at, new_page
        )
        begin, indent, blank_at, new_page = end, columns(text[start:end]), None, False
    yield Line(offset + begin, line.end, text[begin:], indent, line.break_at, blank_at, new_page)


def _is_wide(gap: str) -> bool:
    return ("\u3000" in gap or "\t" in gap) and columns(gap) >= PARAGRAPH_INDENT


def is_ended(text: str) -> bool:
    """Return whether a line ends its sentence: with a full stop, a colon, or credits in their place."""
    at = len(text) - 1
    while at > 0 and (text[at] in _CLOSERS or "\ue000" <= text[at] <= "\uf8ff"):
        at -= 1  # private characters are leftovers of typesetting
    if text[at] in _ENDS:
        return True
    if text[at] in ".．" and not text[at - 1].isdigit():
        return True
    return is_credited(text)


def is_credited(text: str) -> bool:
    """Return whether a line ends with credits: 新华社记者 王某摄."""
    tail = text[-64:]
    if tail[-1] in "）)" or "摄" in tail or "记者" in tail or "通讯员" in tail or "编" in tail:
        return _CREDIT.search(tail) is not None
    return False


def is_running(text: str) -> bool:
    """Return whether a line looks like running text: commas or full stops inside."""
    return _MARK.search(text) is not None


def has_stop(text: str) -> bool:
    """Return whether a sentence ends inside the line."""
    return _STOP.search(text, 0, max(0, len(text) - 1)) is not None


def begins_item(text: str) -> bool:
    """Return whether a line begins a part of its own: item, heading, address, date, field such as 来源：."""
    return _beginning().match(text) is not None


def is_item(text: str) -> bool:
    """Return whether a line begins with the mark or number of an item, or with a label."""
    return _item().match(text) is not None


def is_heading(text: str) -> bool:
    """Return whether a line is certainly no running text: a marked heading, a date, a field."""
    if text[0] == "#":
        return True
    if len(text) > _LONGEST_HEADING or _FULL_STOP.search(text):
        return False
    return _heading().match(text) is not None


def is_address(text: str) -> bool:
    """Return whether a line speaks to the audience: 各位代表：."""
    return _ADDRESS.match(text) is not None


@cache
def _offices() -> tuple[str, ...]:
    return lexicon.words("reading", "office", "head")


@cache
def _item() -> re.Pattern[str]:
    return re.compile("|".join((_ITEM, _field())))


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile("|".join((_ITEM, _ADDRESS.pattern, _YEAR_LINE, _field())))


@cache
def _heading() -> re.Pattern[str]:
    return re.compile("|".join((_ITEM, _YEAR_LINE, _field())))


def _field() -> str:
    """Return the pattern of a labelled line: 来源：, 【发布时间】."""
    labels = (word for words in lexicon.classes("reading", "label").values() for word in words)
    return rf"[【\[]?(?:{'|'.join(labels)})\s?[：:】\]]"
