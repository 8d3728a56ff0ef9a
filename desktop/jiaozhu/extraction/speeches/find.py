"""The speeches of a document: one for each official or place that speaks in it (guideline, section 1)."""

from __future__ import annotations

from jiaozhu.extraction.people.offices import titles
from jiaozhu.extraction.places.regions import find_regions
from jiaozhu.extraction.speeches.drafts import Atlas, Draft
from jiaozhu.extraction.speeches.interview import has_questions, read_interview
from jiaozhu.extraction.speeches.layout import Line, read_lines, trim_page
from jiaozhu.extraction.speeches.reported import read_reported
from jiaozhu.extraction.speeches.sections import find_sections, read_section
from jiaozhu.extraction.speeches.whole import greets, has_title, names_speaker, read_whole
from jiaozhu.model import Document, Speech
from jiaozhu.reading import metadata, occasion

#: A byline in the first lines is the document's.
_HEAD_LINES = 12
_HEAD_LENGTH = 200  # characters of a speech that may tell its day
_DATELINES = 4
_LONGEST_DATELINE = 60  # characters


def find_speeches(document: Document, text: str) -> list[Speech]:
    """Return the speeches of a document in order; they don't overlap.

    `text` is the normalised text of the document. What a speech says of itself is as written in the document.
    A document without any sign of a speech is one speech; an empty one has none.
    """
    lines = trim_page(text, read_lines(text, 0, len(text)))
    if not lines:
        return []
    date = document.date or metadata.find_date(document.text, document.source)
    year = int(date[:4]) if date else None
    drafts = _find_drafts(text, lines, year)
    drafts.sort(key=lambda draft: draft.start)
    first = lines[0].start
    return [
        _finish(
            document, draft, number, (_dateline(document, draft) if draft.start > first else None) or date
        )
        for number, draft in enumerate(drafts, 1)
    ]


def _find_drafts(text: str, lines: list[Line], year: int | None) -> list[Draft]:
    """Return the speeches by the shape of the document: whole, in sections, reported; mixed documents too."""
    sections = find_sections(text, lines)
    heading = sections[0].heading if len(sections) == 1 else None
    speakers = {section.official.name(text) for section in sections if section.official}
    if len(speakers) < 2 and greets(text):
        return [read_whole(text, lines, year)]
    titled = has_title(text, lines) or (len(sections) == 1 and sections[0].first < _HEAD_LINES)
    if len(speakers) < 2 and titled and names_speaker(text, lines) and not has_questions(text, lines):
        return [read_whole(text, lines, year, heading)]
    atlas = Atlas(find_regions(text, year=year), year)
    interview = read_interview(text, lines, atlas)
    if interview:
        return interview
    if len(speakers) < 2 and titled:
        reported = read_reported(text, lines, atlas)
        several = len({text[slice(*draft.name)] for draft in reported if draft.name}) > 1
        return reported if several else [read_whole(text, lines, year)]
    drafts: list[Draft] = []
    position = 0
    for section in sections:
        drafts += read_reported(text, lines[position : section.first], atlas)
        inside = (
            read_reported(text, lines[section.body : section.last], atlas) if not section.official else []
        )
        drafts += inside or read_section(text, lines, section, atlas)
        position = section.last
    drafts += read_reported(text, lines[position:], atlas)
    return drafts or [read_whole(text, lines, year)]


def _finish(document: Document, draft: Draft, number: int, date: str | None) -> Speech:
    """Return the speech with its words as the document has them and its place in the source."""
    source = document.source_map.span(draft.start, draft.end) if document.source_map else (None, None)
    written = document.text
    return Speech(
        id=f"s{number}",
        start=draft.start,
        end=draft.end,
        source_start=source[0],
        source_end=source[1],
        heading=_words(written, draft.heading),
        speaker="".join(written[slice(*draft.name)].split()) if draft.name else None,
        office=_office(written, draft.office),
        region=draft.region.name if draft.region else None,
        region_code=draft.region.code if draft.region else None,
        date=date,
    )


def _dateline(document: Document, draft: Draft) -> str | None:
    """Return the day that a speech in the midst of a document names under its own heading, if it does."""
    head = document.text[draft.start : min(draft.end, draft.start + _HEAD_LENGTH)]
    lines = [line.strip() for line in head.split("\n") if line.strip()][1:_DATELINES]
    short = (line for line in lines if len(line) <= _LONGEST_DATELINE and "。" not in line)
    return next((held for line in short if (held := occasion.find_held(line))), None)


def _office(text: str, span: tuple[int, int] | None) -> str | None:
    """Return an office as written, with a space between two (市委副书记 市长) but not inside one (市 长)."""
    if span is None:
        return None
    first, *parts = text[slice(*span)].split()
    office = first
    for part in parts:
        office += (" " if titles().search(office, len(office) - 2) and len(part) > 1 else "") + part
    return office


def _words(text: str, span: tuple[int, int] | None) -> str | None:
    """Return the words at a span in one line."""
    return " ".join(text[slice(*span)].split()) if span else None
