"""The shape "whole": the document is one speech, such as a work report (guideline, section 1)."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.officials import Official
from jiaozhu.extraction.places.gazetteer import NATION, Region, lookup
from jiaozhu.extraction.places.regions import find_regions
from jiaozhu.extraction.places.unknown_regions import read_row
from jiaozhu.extraction.speeches.drafts import Atlas, Draft, Span
from jiaozhu.extraction.speeches.layout import Line, is_heading, is_of_page
from jiaozhu.extraction.speeches.speakers import (
    BODY_LINE,
    HEAD_LINES,
    find_name,
    find_signature,
    find_speaker,
)

_HEAD_LENGTH = 1500  # characters
_LONGEST_TITLE = 60
_TITLES = 3  # first lines that may be the title of the document
_AGENDA = re.compile("(?:议程|日程)$")
_SAMPLE = 20000  # characters that tell which place is named most
_NATION = re.compile(
    r"全国人民代表大会|国务院(?:代|副)?总理|国务委员|代表国务院|受国务院|中国共产党第[一二三四五六七八九十]+次全国"
)
_ASSEMBLY = re.compile(
    r"在(?:中国共产党|中共|中国人民政治协商会议|政协)?(?P<place>[一-龥]{2,20}?)"
    r"(?:(?:第[一二三四五六七八九十百]+|[一二三四五六七八九十]+)届|第[一二三四五六七八九十]+次(?:党员)?代表大会)"
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
    return find_speaker(text, lines, head_end(text, lines)) is not None


def greets(text: str) -> bool:
    """Return whether the text begins with a salutation: 各位代表."""
    return _salutation().search(text, 0, _HEAD_LENGTH) is not None


def read_whole(text: str, lines: list[Line], year: int | None, heading: Line | None = None) -> Draft:
    """Return the document as one speech, from its title to its last line.

    `heading` is one that stands at the speaker's line; it counts where no title is.
    """
    end = head_end(text, lines)
    title = _find_title(text, lines, end)
    first = next((line for line in lines if not is_of_page(text, line)), lines[0])
    title, main = _with_main_title(text, lines, title)
    draft = Draft(
        main[0] if main else title[0] if title else first.start, lines[-1].end, heading=main or title
    )
    if draft.heading is None and heading:
        draft.heading = heading.content, heading.end
    agenda = title is None and any(_AGENDA.search(text, line.start, line.end) for line in lines[:_TITLES])
    speaker = None if agenda else find_speaker(text, lines, end) or find_signature(text, lines)
    if speaker and not speaker.joint:
        draft.give(speaker.official)
    else:
        draft.name = None if speaker or agenda else find_name(text, lines, end)
    draft.region = _find_region(text, end, title, speaker.official if speaker else None, year)
    return draft


def _with_main_title(text: str, lines: list[Line], title: Span | None) -> tuple[Span | None, Span | None]:
    """Return the title without its dash, and the main title over it if it is a second one."""
    if title is None or text[title[0]] not in "—-":
        return title, None
    start = title[0]
    while text[start] in "—- ":
        start += 1
    over = [line for line in lines if line.start < title[0]][-1:]
    main = (over[0].content, over[0].end) if over and is_heading(text, over[0]) else None
    return (start, title[1]), main


def head_end(text: str, lines: list[Line]) -> int:
    """Return where the head of the document ends: behind the salutation, else before running text."""
    salutation = _salutation().search(text, 0, _HEAD_LENGTH)
    if salutation:
        return salutation.end()
    for line in lines[:HEAD_LINES]:
        if line.end - line.start >= BODY_LINE:
            return min(line.start + BODY_LINE, line.end) if line is lines[0] else line.start
    return lines[min(len(lines), HEAD_LINES) - 1].end


def _find_title(text: str, lines: list[Line], end: int) -> tuple[int, int] | None:
    """Return the span of the last line of the head that calls the document a report, a speech …"""
    found = None
    for line in lines[:HEAD_LINES]:
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
        rf"(?:{words})(?:\([^)]*\)|摘要|摘登|选登|摘编|节选|提纲|全文|稿|关于.*)?$|^\d{{4}}年.{{0,12}}工作报告"
    )


@cache
def _salutation() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("reporting", "whole", "salutation")))
