"""The shape "whole": the document is one speech, such as a work report (guideline, section 1)."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.bylines import read_byline
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.people.persons import is_name
from jiaozhu.extraction.places.gazetteer import NATION, Region, lookup
from jiaozhu.extraction.places.regions import find_regions
from jiaozhu.extraction.places.unknown_regions import read_row
from jiaozhu.extraction.speeches.drafts import Atlas, Draft
from jiaozhu.extraction.speeches.layout import Line, is_of_page

_HEAD_LINES = 40
_HEAD_LENGTH = 1500  # characters
_LONGEST_TITLE = 60
_SAMPLE = 20000  # characters that tell which place is named most
_BODY_LINE = 100  # a line as long as that is running text, not head
_NATION = re.compile(
    r"全国人民代表大会|国务院(?:代|副)?总理|国务委员|代表国务院|受国务院|中国共产党第[一二三四五六七八九十]+次全国"
)
_ASSEMBLY = re.compile(
    r"在(?P<place>[一-龥]{2,20}?)(?:第[一二三四五六七八九十百]+|[一二三四五六七八九十]+)届"
)
_REPORT = re.compile(r"(?P<place>[一-龥]{2,20}?)(?:\d{4}年)?(?:人民)?政府工作报告")
_OWN = re.compile(r"[全我](省|市|县|区|州|盟|旗)")
_TITLE_HEAD = re.compile(r"(?:\d{4}年)?(?P<place>[一-龥]{2,7}?(?:自治区|省|市|自治州|自治县|县|区|旗))")
_AGAIN = 3  # times that a text must say the short name of an unknown region
_GIVES = re.compile(r"(?<!工)作.{0,6}报告|报告会")
_TITLE_END = re.compile(r"\s*(?:——|--|—)\s*[\d〇一二三四五六七八九]|[^\S\n]{2,}|\t")


def has_title(text: str, lines: list[Line]) -> bool:
    """Return whether the head of the document calls it a report, a speech …"""
    return _find_title(text, lines, head_end(text, lines)) is not None


def names_speaker(text: str, lines: list[Line]) -> bool:
    """Return whether the head of the document names who speaks."""
    return _find_speaker(text, lines, head_end(text, lines)) is not None


def greets(text: str) -> bool:
    """Return whether the text begins with a salutation: 各位代表."""
    return _salutation().search(text, 0, _HEAD_LENGTH) is not None


def read_whole(text: str, lines: list[Line], year: int | None) -> Draft:
    """Return the document as one speech, from its title to its last line."""
    end = head_end(text, lines)
    title = _find_title(text, lines, end)
    first = next((line for line in lines if not is_of_page(text, line)), lines[0])
    draft = Draft(title[0] if title else first.start, lines[-1].end, heading=title)
    official = _find_speaker(text, lines, end)
    if official:
        draft.give(official)
    else:
        draft.name = _find_name(text, lines, end)
    draft.region = _find_region(text, end, title, official, year)
    return draft


def head_end(text: str, lines: list[Line]) -> int:
    """Return where the head of the document ends: behind the salutation, else before running text."""
    salutation = _salutation().search(text, 0, _HEAD_LENGTH)
    if salutation:
        return salutation.end()
    for line in lines[:_HEAD_LINES]:
        if line.end - line.start >= _BODY_LINE:
            return min(line.start + _BODY_LINE, line.end) if line is lines[0] else line.start
    return lines[min(len(lines), _HEAD_LINES) - 1].end


def _find_title(text: str, lines: list[Line], end: int) -> tuple[int, int] | None:
    """Return the span of the last line of the head that calls the document a report, a speech …"""
    found = None
    for line in lines[:_HEAD_LINES]:
        if line.start >= end:
            break
        cut = _TITLE_END.search(text, line.content, line.end)
        stop = cut.start() if cut else line.end
        title = text[line.content : stop]
        if (
            len(title) <= _LONGEST_TITLE
            and _title().search("".join(title.split()))
            and not any(mark in title for mark in "。;")
            and not _GIVES.search(title)
            and not is_of_page(text, line)
        ):
            found = line.content, stop
    return found


def _find_speaker(text: str, lines: list[Line], end: int) -> Official | None:
    for line in lines[:_HEAD_LINES]:
        if line.start < end and line.end - line.start < _BODY_LINE:
            official = read_byline(text, line.start, line.end)
            if official:
                return official
    return next(find_officials(text, lines[0].start, end), None)


def _find_name(text: str, lines: list[Line], end: int) -> tuple[int, int] | None:
    """Return a personal name that stands in a line of the head alone, behind the title."""
    for line in lines[1:_HEAD_LINES]:
        if line.start < end and is_name("".join(text[line.start : line.end].split())):
            return line.start, line.end
    return None


def _find_region(
    text: str, end: int, title: tuple[int, int] | None, official: Official | None, year: int | None
) -> Region | None:
    """Return the place spoken for: of the office, the assembly, the title, else the one named most."""
    head = "".join(text[:end].split())
    if (official and official.place.nation) or _NATION.search(head):
        return NATION
    if official and official.place.name:
        named = Atlas(find_regions(text, 0, end, year=year), year).named(official.place)
        if named is not None:
            return named
    for pattern, words in ((_ASSEMBLY, "届"), (_REPORT, "政府工作报告")):
        for match in pattern.finditer(head) if words in head else ():
            region = _ends_in_region(match["place"], year)
            if region is not None:
                return region
    headed = _heads_title(text, title, year)
    if headed is not None:
        return headed
    if _NATION.search(text, 0, _HEAD_LENGTH):
        return NATION
    mentions = find_regions(text, 0, min(len(text), _SAMPLE), year=year)
    kind = official.place.kind if official else ""
    own = _OWN.search(text, 0, _HEAD_LENGTH)
    return Atlas(mentions, year).main(0, len(text), kind or (own.group(1) if own else ""))


def _ends_in_region(place: str, year: int | None) -> Region | None:
    """Return the region that the words before 第…届 or 政府工作报告 end in."""
    mentions = find_regions(place, year=year)
    if mentions and mentions[-1].end == len(place):
        return mentions[-1].region
    row = read_row(place)
    return lookup(place, year) or (row[-1] if row else None)


def _heads_title(text: str, title: tuple[int, int] | None, year: int | None) -> Region | None:
    """Return the region that the title begins with: 苇湾市商务局2025年工作要点."""
    match = _TITLE_HEAD.match("".join(text[slice(*title)].split())) if title else None
    if match is None:
        return None
    mentions = find_regions(match["place"], year=year)
    if mentions and mentions[0].start == 0:
        return mentions[0].region
    row = read_row(match["place"])
    return row[-1] if row and text.count(match["place"][:-1]) > _AGAIN else None


@cache
def _title() -> re.Pattern[str]:
    words = "|".join(lexicon.words("reporting", "whole", "title"))
    return re.compile(
        rf"(?:{words})(?:\([^)]*\)|摘要|摘登|选登|全文|稿|关于.*)?$|^\d{{4}}年.{{0,12}}工作报告"
    )


@cache
def _salutation() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("reporting", "whole", "salutation")))
