"""Paragraphs and sentences of a press report, quotations kept together with who said them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jiaozhu.extraction.speeches.layout import Line, is_heading

_BROKEN_LINE = 20  # a shorter line without a mark at its end is no broken sentence
_MARK = re.compile(r"[。!?]+|…+|[“”]")
_ENDS = "。!?…:;”)"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, or one that is a heading."""

    start: int
    end: int
    heading: bool


def find_paragraphs(text: str, lines: list[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs; a line that ends inside a sentence goes on in the next."""
    begin: int | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        if begin is None and is_heading(text, line) and text[line.end - 1] not in _ENDS:
            yield Paragraph(line.start, line.end, heading=True)
            continue
        begin = line.start if begin is None else begin
        broken = line.end - line.start >= _BROKEN_LINE and text[line.end - 1] not in _ENDS
        if following is None or not broken or following.style:
            yield Paragraph(begin, line.end, heading=False)
            begin = None


def split_sentences(
    text: str, start: int, end: int, is_attributed: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences between `start` and `end`.

    A quotation is not divided, and not parted from what follows it where `is_attributed` says, of the
    position behind it and `end`, that there stands who said it. Marks of quotation that don't pair up are
    not believed.
    """
    begin, quoted = start, False
    balanced = text.count("“", start, end) == text.count("”", start, end)
    for mark in _MARK.finditer(text, start, end):
        if mark.group() == "“":
            quoted = balanced
            continue
        if mark.group() == "”":
            quoted = False
            ends = text[mark.start() - 1] in "。!?…" and not is_attributed(mark.end(), end)
        else:
            ends = not quoted and (mark.group()[0] != "…" or mark.end() == end)
        if ends:
            yield from _without_blanks(text, begin, mark.end())
            begin = mark.end()
    yield from _without_blanks(text, begin, end)


def _without_blanks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
