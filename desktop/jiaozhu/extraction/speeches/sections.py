"""The shape "section": headings and bylines, each followed by one official's text (guideline, section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jiaozhu.extraction.people.bylines import read_byline
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.places.gazetteer import Level, Region
from jiaozhu.extraction.speeches.drafts import Atlas, Draft
from jiaozhu.extraction.speeches.layout import Line, is_heading, is_of_page

_LONGEST_BYLINE = 90
_BYLINE_LINES = 3
_BROKEN = re.compile(r"(?<![、,])[^\S\n]*\n")  # inside an office; between two offices a line may break
_FIRST_PERSON = re.compile(r"我们|我[省市县区州]|全[省市县区州]")


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive lines; those before `body` are its heading and byline."""

    first: int
    body: int
    last: int  # behind the last line
    official: Official | None
    heading: Line | None
    below: bool = False  # the byline stands below the text: “…” ——义乌市委书记 周远航


@dataclass(frozen=True, slots=True)
class _Byline:
    first: int
    last: int  # behind its last line
    official: Official
    form: (
        str  # "line", "heading" (01浙江书记王浩:…, …——义乌市委书记王健), "turn" (义乌市委书记王健:今年以来,…)
    )
    heading: Line | None = None  # of the form "heading"


def find_sections(text: str, lines: list[Line]) -> list[Section]:
    """Return the sections with a byline, and those between them with only a heading of the same style."""
    bylines = _find_bylines(text, lines)
    if _stand_below(text, lines, bylines):
        return _bound_by_bylines(text, lines, bylines)
    above = _has_headings_above(text, lines, bylines)
    titled = above and _first_below_title(text, lines, bylines)
    sections: list[Section] = []
    for byline in bylines:
        first, body, heading = byline.first, byline.last, byline.heading
        if byline.form == "turn":
            body = byline.first
        elif byline.form == "line" and above:
            over = _heading_above(text, lines, byline.first)
            if over is not None and not (titled and byline is bylines[0]):
                first, heading = over, lines[over]
        elif byline.form == "line" and _heads(text, lines, byline.last):
            body, heading = byline.last + 1, lines[byline.last]
        sections.append(Section(first, body, len(lines), byline.official, heading))
    return _bound(text, lines, sections)


def read_section(text: str, lines: list[Line], section: Section, atlas: Atlas) -> list[Draft]:
    """Return the speech of a section, and one more wherever it goes over to another place unannounced."""
    draft = Draft(_start(lines, section), lines[section.last - 1].end)
    if section.heading:
        draft.heading = section.heading.content, section.heading.end
    body = lines[section.body].start
    if section.official:
        draft.give(section.official)
        place = section.official.place
        if section.official.private:
            return [draft]
        draft.region = atlas.named(place)
        if draft.region is None and place.kind:
            draft.region = atlas.main(body, draft.end, place.kind) or atlas.main(0, len(text), place.kind)
    if draft.region is None:
        draft.region = _subject(text, lines[section.body], atlas) or atlas.main(body, draft.end)
    if section.official is None and draft.region is None and not _FIRST_PERSON.search(text, body, draft.end):
        return []
    drafts = [draft]
    while following := _goes_over(text, lines[section.body + 1 : section.last], drafts[-1], atlas):
        drafts.append(following)
    return drafts


def _start(lines: list[Line], section: Section) -> int:
    first = lines[section.first]
    if section.below:
        return first.start
    if section.heading and section.heading.start <= first.start:
        return section.heading.content
    return section.official.start if section.official and not section.heading else first.content


# --- bylines and headings --------------------------------------------------------------------------------


def _find_bylines(text: str, lines: list[Line]) -> list[_Byline]:
    bylines: list[_Byline] = []
    i = 0
    while i < len(lines):
        found = _read_byline(text, lines, i)
        if found:
            bylines.append(found)
        i = found.last if found else i + 1
    turns = {byline.official.name(text) for byline in bylines if byline.form == "turn"}
    return [byline for byline in bylines if byline.form != "turn" or len(turns) > 1]


def _read_byline(text: str, lines: list[Line], i: int) -> _Byline | None:
    line = lines[i]
    if line.end - line.start <= _LONGEST_BYLINE:
        official = read_byline(text, line.start, line.end)
        if official:
            return _Byline(i, i + 1, official, "line")
        most = _BYLINE_LINES if text[line.end - 1] in "、," else 2
        for last in range(i + 1, min(i + most, len(lines))):
            if lines[last].end - line.start > _LONGEST_BYLINE:
                break
            official = read_byline(text, line.start, lines[last].end)
            if official and not _BROKEN.search(text, official.office_start, official.office_end):
                return _Byline(i, last + 1, official, "line")
        behind = _read_heading_with_byline(text, line)
        if behind:
            return _Byline(i, i + 1, behind[0], "heading", behind[1])
    colon = text.find(":", line.start, min(line.end, line.start + _LONGEST_BYLINE))
    official = read_byline(text, line.start, colon, sure=True) if colon > 0 else None
    if official is None or not (official.name_end > official.office_end or text[colon - 1] == ")"):
        return None
    if is_heading(text, line):
        return _Byline(i, i + 1, official, "heading", line)
    return _Byline(i, i + 1, official, "turn")


def _read_heading_with_byline(text: str, line: Line) -> tuple[Official, Line] | None:
    """Return the official behind a heading and a dash or gap, and the heading: 做强产业 ——昆山市长陆遥."""
    for official in find_officials(text, line.start, line.end):
        heading = replace(line, end=official.start)
        while heading.end > heading.content and text[heading.end - 1] in " \t\u2002—-|/(":
            heading = replace(heading, end=heading.end - 1)
        behind = text[official.end : line.end].strip(" )")
        if not behind and official.start - heading.end > 1 and is_heading(text, heading):
            return official, heading
    return None


def _heads(text: str, lines: list[Line], i: int) -> bool:
    """Return whether line `i` exists and can be a heading."""
    return 0 <= i < len(lines) and is_heading(text, lines[i])


def _heading_above(text: str, lines: list[Line], i: int) -> int | None:
    """Return the number of the heading above line `i`, over lines of the page and its own second line."""
    over = i - 1
    while over >= 0 and is_of_page(text, lines[over]):
        over -= 1
    if not _heads(text, lines, over):
        return None
    second = not lines[over].style and text.startswith("—", lines[over].start)
    return over - 1 if second and _heads(text, lines, over - 1) else over


def _has_headings_above(text: str, lines: list[Line], bylines: list[_Byline]) -> bool:
    """Return whether the headings of this document stand above the bylines rather than below."""
    plain = [byline for byline in bylines if byline.form == "line"]
    above = sum(_heading_above(text, lines, byline.first) is not None for byline in plain)
    below = sum(
        _heads(text, lines, byline.last) and not _heads(text, lines, byline.last + 1) for byline in plain
    )
    return above >= below


def _stand_below(text: str, lines: list[Line], bylines: list[_Byline]) -> bool:
    """Return whether the bylines stand below quotations: behind a dash each, the last one at the end."""
    return (
        len(bylines) > 1
        and bylines[-1].last == len(lines)
        and all(
            byline.first > 0
            and text[lines[byline.first].start] in "—-"
            and text[lines[byline.first - 1].end - 1] == "”"
            for byline in bylines
        )
    )


def _bound_by_bylines(text: str, lines: list[Line], bylines: list[_Byline]) -> list[Section]:
    """Return the sections that end in their bylines; the first begins with its quotation."""
    sections: list[Section] = []
    position = 0
    for byline in bylines:
        while position < byline.first - 1 and text[lines[position].start] != "“":
            position += 1
        sections.append(Section(position, position, byline.last, byline.official, None, below=True))
        position = byline.last
    return sections


def _first_below_title(text: str, lines: list[Line], bylines: list[_Byline]) -> bool:
    """Return whether the line above the first byline is the document's title, as no other byline has one."""
    others = [byline for byline in bylines if byline.form == "line"][1:]
    return bool(others) and all(_heading_above(text, lines, byline.first) is None for byline in others)


def _bound(text: str, lines: list[Line], sections: list[Section]) -> list[Section]:
    """Return the sections with their ends, and the headed ones without a byline between and behind them."""
    bounded: list[Section] = []
    for section, following in zip(sections, [*sections[1:], None], strict=False):
        end = following.first if following else len(lines)
        style = section.heading.style if section.heading else ""
        same = [
            i
            for i in range(section.body, end)
            if style and lines[i].style == style and _heads(text, lines, i)
        ]
        starts = [section.first, *same]
        for start, last in zip(starts, [*same, end], strict=True):
            part = replace(section, last=last)
            if start != section.first:
                part = Section(start, start + 1, last, None, lines[start])
            if part.body < part.last:
                bounded.append(part)
    return bounded


# --- one section that holds two --------------------------------------------------------------------------


def _subject(text: str, line: Line, atlas: Atlas) -> Region | None:
    """Return the place that the first sentence of a line is about: the first one below a province."""
    stop = text.find("。", line.start, line.end)
    for mention in atlas.between(line.start, stop if stop > 0 else line.end):
        if mention.region.level.rank > Level.PROVINCE.rank:
            return mention.region
    return None


_LEAD = re.compile(r"(?:[^,。]{0,12},)?")


def _goes_over(text: str, lines: list[Line], draft: Draft, atlas: Atlas) -> Draft | None:
    """Return the speech that begins inside a draft without heading or byline, and end the draft there.

    A paragraph that opens with another place begins it, if the draft's own place is not named behind it and
    the other is named again.
    """
    own = draft.region
    for line, before in zip(lines[1:], lines, strict=False):
        if own is None or line.start <= draft.start or text[before.end - 1] not in "。!?”…":
            continue
        lead = _LEAD.match(text, line.start, line.end)
        opening = atlas.between(line.start, line.start + 1)
        opening = opening or (atlas.between(lead.end(), lead.end() + 1) if lead else [])
        if not opening or not opening[0].full:
            continue
        other = opening[0].region
        if other.level is not own.level or other.same(own):
            continue
        behind = [mention.region for mention in atlas.between(line.start, draft.end)]
        if any(region.same(own) for region in behind) or sum(region.same(other) for region in behind) < 2:
            continue
        tail = Draft(line.start, draft.end, region=other)
        draft.end = before.end
        return tail
    return None
