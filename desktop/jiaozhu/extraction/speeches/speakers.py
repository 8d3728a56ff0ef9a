"""Who gives a speech that fills a document: told in its head, in its title, or under its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaozhu.extraction.people.bylines import read_byline
from jiaozhu.extraction.people.offices import is_office, places_of
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.people.persons import is_name
from jiaozhu.extraction.speeches.drafts import Span
from jiaozhu.extraction.speeches.layout import Line, read_lines

HEAD_LINES = 40
BODY_LINE = 100  # a line as long as that is running text, not head
_END_LINES = 4
_LONGEST_NOTE = 200  # characters of the page below the text, where a note may name the author
_AUTHOR = re.compile(r"\(?作者(?:现)?(?:系|为|是|单位)?:?\s*(?P<office>[^\s()。]{4,40})\)?$")
_NAME_IN_TITLE = re.compile(r"[—\s]*(?P<name>[一-龥·]{2,12}?)(?:同志)?(?=在[^。]{4,60}[上时中]的|:)")
_INTRODUCES = re.compile(r"我叫(?P<name>[一-龥·]{2,8})(?=[,。])")  # 我叫桑若谷,现任…
_DAY = re.compile(r"[\s(]*(?:\d{4}|[〇零一二三四五六七八九]{4})年.{2,12}[\s)]*")


class Speaker(NamedTuple):
    """The official whose speech it is; `joint` if it is the first of several who sign together."""

    official: Official
    joint: bool = False


def find_speaker(text: str, lines: list[Line], end: int) -> Speaker | None:
    """Return who speaks as the head says, which ends at `end`; None if it doesn't."""
    head = [line for line in lines[:HEAD_LINES] if line.start < end]
    for i, line in enumerate(head):
        signed = list(find_officials(text, line.start, line.end)) if line.end - line.start < BODY_LINE else []
        if len(signed) > 1 and not text[signed[0].end : signed[1].start].strip():
            return Speaker(signed[0], joint=True)
        official = read_byline(text, line.start, line.end) if line.end - line.start < BODY_LINE else None
        if official:
            following = head[i + 1] if i + 1 < len(head) else None
            return Speaker(official, following is not None and _signs(text, following))
    behind = read_lines(text, lines[-1].end, min(len(text), lines[-1].end + _LONGEST_NOTE))
    for line in (*head, *lines[-_END_LINES:], *behind):
        official = _read_author(text, line, head)
        if official:
            return Speaker(official)
    officials = list(find_officials(text, lines[0].start, end))
    if not officials:
        return None
    between = text[officials[0].end : officials[1].start] if len(officials) > 1 else "。"
    return Speaker(officials[0], not between.strip(" \t"))


def find_signature(text: str, lines: list[Line]) -> Speaker | None:
    """Return who signs the text in its last lines; None if nobody does."""
    found: list[Official] = []
    for line in reversed(lines[-_END_LINES:]):
        official = read_byline(text, line.start, line.end) if line.end - line.start < BODY_LINE else None
        if official:
            found.insert(0, official)
        elif not _DAY.fullmatch(text, line.start, line.end):
            break
    return Speaker(found[0], len(found) > 1) if found else None


def find_name(text: str, lines: list[Line], end: int) -> Span | None:
    """Return the name of a speaker without office: alone in a line of the head, or before 在…上的讲话."""
    head = [line for line in lines[:HEAD_LINES] if line.start < end]
    for line in head[1:]:
        if is_name("".join(text[line.start : line.end].split())):
            return line.start, line.end
    titled = next((name for line in head[:3] if (name := _name_in_title(text, line))), None)
    if titled:
        return titled
    himself = _INTRODUCES.search(text, lines[0].start, end + _LONGEST_NOTE)
    return himself.span("name") if himself and is_name(himself["name"]) else None


def _signs(text: str, line: Line) -> bool:
    return line.end - line.start < BODY_LINE and read_byline(text, line.start, line.end) is not None


def _name_in_title(text: str, line: Line, *, colon: bool = False) -> Span | None:
    """Return the name that a title begins with: 沈知远同志在…会议上的讲话; before a colon if that may be."""
    match = _NAME_IN_TITLE.match(text, line.start, line.end)
    if match is None or not is_name(match["name"]) or (text[match.end()] == ":" and not colon):
        return None
    return match.span("name")


def _read_author(text: str, line: Line, head: list[Line]) -> Official | None:
    """Return the author whose office a note tells and whose name the head: (作者系澄江市市长)."""
    match = _AUTHOR.match(text, line.start, line.end)
    if match is None or not is_office(match["office"]):
        return None
    for titled in head:
        name = _name_in_title(text, titled, colon=True)
        if name is None and is_name("".join(text[titled.start : titled.end].split())):
            name = titled.start, titled.end
        if name:
            office = match.span("office")
            return Official(*office, *name, places_of(text, *office))
    return None
