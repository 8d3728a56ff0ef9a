"""Pages of lines become a text: running heads left out, notes behind their paragraphs, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from jiaozhu.model import Box, Dropped
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import NOTE_MARK, PAGE_NUMBER, RUNNING_HEAD, Content
from jiaozhu.reading.notes import Note, place_notes
from jiaozhu.reading.paragraphs import find_continued
from jiaozhu.reading.printed import RAISED, Page, PrintedLine
from jiaozhu.reading.running import find_heads
from jiaozhu.reading.urls import leading_url

_SMALL = 0.93  # of the size of the text; notes are smaller
_MARK = re.compile(rf"(?:{RAISED}.)+")
_NOTE_MARK = re.compile(
    rf"{RAISED}?[\[〔［(（]?((?:{RAISED}?\d){{1,3}}|{RAISED}?[①-⑳*＊†])(?:{RAISED}?[\]〕］)）])?\s*"
)
_BRACKETS = "[]〔〕［］()（）"
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")


def compose(pages: list[Page], *, name: str | None = None) -> Content:
    """Return the text of pages whose lines are in reading order; `name` is a title from elsewhere."""
    heads, numbers = find_heads(pages)
    dropped = [Dropped(line.text, RUNNING_HEAD) for line in heads]
    dropped += [Dropped(line.text, PAGE_NUMBER) for line in numbers]
    left_out = {id(line) for line in (*heads, *numbers)}
    lines = [
        replace(line, page=page.number) for page in pages for line in page.lines if id(line) not in left_out
    ]
    body, notes = _part(lines)
    marks = _take_marks(body)
    dropped += [Dropped(mark, NOTE_MARK) for _line, mark in marks]
    widths = {page.number: page.width for page in pages}
    source, starts = _source(body, widths)
    cleaned = clean(source, set_in_lines=False)
    dropped += map(_without_place, cleaned.dropped)

    offsets = [cleaned.source_map.offset(start) for start in starts]
    placed = place_notes(cleaned.text, _anchored(notes, body, offsets, marks, dropped))
    where = [(placed.offset(offset), line) for offset, line in zip(offsets, body, strict=True)]
    where += zip(placed.starts, [note[0] for note in notes], strict=True)
    sizes = {page.number: (page.width, page.height) for page in pages}
    return Content(
        text=placed.text,
        boxes=_boxes(where, sizes),
        name=name,
        url=next((url for line in heads if (url := leading_url(line.text))), None),  # as browsers print it
        dropped=tuple(dropped),
    )


def _part(lines: list[PrintedLine]) -> tuple[list[PrintedLine], list[list[PrintedLine]]]:
    """Return the lines of the text and the notes, which are the lines of small print at the foot of a column.

    The first of them begins with a mark, which stands raised in the text of the page.
    """
    if not lines:
        return [], []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    small = _SMALL * sizes.most_common(1)[0][0]
    body: list[PrintedLine] = []
    notes: list[list[PrintedLine]] = []
    for _, group in groupby(lines, key=attrgetter("page")):
        page = list(group)
        raised = {mark.replace(RAISED, "").strip(_BRACKETS) for line in page for mark in _raised(line.text)}
        for _, column in groupby(page, key=attrgetter("column")):
            those = list(column)
            foot = len(those)
            while foot and those[foot - 1].size < small:
                foot -= 1
            first = next((i for i in range(foot, len(those)) if _mark(those[i]) in raised), len(those))
            body += those[:first]
            for line in those[first:]:
                if _mark(line) in raised:
                    notes.append([line])
                else:
                    notes[-1].append(line)
    return body, notes


def _raised(text: str) -> list[str]:
    """Return the marks of notes in running text: what is raised, but not behind a letter."""
    return [
        match[0]
        for match in _MARK.finditer(text)
        if match.start() and not _LETTER.match(text[match.start() - 1])
    ]


def _mark(line: PrintedLine) -> str | None:
    """Return the mark that a line begins with, None if there is none."""
    match = _NOTE_MARK.match(line.text)
    return match[1].replace(RAISED, "") if match else None


def _take_marks(lines: list[PrintedLine]) -> list[tuple[int, str]]:
    """Take the marks of notes out of the lines; return the index of the line of each, and the mark.

    What is raised behind a letter is no mark: m².
    """
    marks: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        text, done = "", 0
        for match in _MARK.finditer(line.text):
            mark = match[0].replace(RAISED, "")
            text += line.text[done : match.start()]
            done = match.end()
            if text and _LETTER.match(text[-1]):
                text += mark
            else:
                marks.append((i, mark.strip(_BRACKETS)))
        line.text = text + line.text[done:]
    return marks


def _source(lines: list[PrintedLine], widths: dict[int, float]) -> tuple[str, list[int]]:
    """Return the lines as one source, a paragraph a line, and where each of them starts in it."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for i, (line, continued) in enumerate(zip(lines, find_continued(lines, widths), strict=True)):
        if i:
            before = lines[i - 1]
            if continued:
                letters = _LETTER.match(before.text[-1]) and _LETTER.match(line.text[0])
                between = " " if letters else ""
            else:
                between = "\n" if before.page == line.page else "\f"
            pieces.append(between)
            length += len(between)
        starts.append(length)
        pieces.append(line.text)
        length += len(line.text)
    return "".join(pieces), starts


def _anchored(
    notes: list[list[PrintedLine]],
    body: list[PrintedLine],
    offsets: list[int],
    marks: list[tuple[int, str]],
    dropped: list[Dropped],
) -> list[Note]:
    """Return the notes, each to stand behind the paragraph with its mark; add to `dropped` what they lose."""
    anchored: list[Note] = []
    for note in notes:
        page, mark = note[0].page, _mark(note[0])
        line = next(i for i, own in marks if own == mark and body[i].page == page)
        source, _ = _source(note, {})
        text = re.sub(r"[\n\f]", "", source)
        match = _NOTE_MARK.match(text)
        if match:
            text = f"{match[0].strip()} {text[match.end() :]}"
        cleaned = clean(text.replace(RAISED, ""))
        dropped += map(_without_place, cleaned.dropped)
        anchored.append(Note(offsets[line], cleaned.text))
    return anchored


def _without_place(item: Dropped) -> Dropped:
    """Return what was left out without its place, which is none of the file's."""
    return replace(item, source_start=None, source_end=None)


def _boxes(where: list[tuple[int, PrintedLine]], sizes: dict[int, tuple[float, float]]) -> tuple[Box, ...]:
    """Return the boxes of the lines, in the order of the text."""
    boxes: dict[int, Box] = {}
    for start, line in sorted(where, key=lambda pair: pair[0]):
        width, height = sizes[line.page]
        edges = (line.left / width, line.top / height, line.right / width, line.bottom / height)
        boxes[start] = Box(start, line.page, *(round(min(max(edge, 0.0), 1.0), 4) for edge in edges))
    return tuple(boxes.values())
