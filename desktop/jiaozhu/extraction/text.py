"""The text as the rules see it: one form for each character, and clauses.

Normalising never changes the number of characters, so every offset holds in both texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Full-width ASCII to ASCII, and the few punctuation marks that are written in several ways.
_ONE_FORM = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): ord(" "),
    0xA0: ord(" "),
    ord("﹪"): ord("%"),
    ord("〇"): ord("〇"),
    ord("○"): ord("〇"),
    ord("◯"): ord("〇"),
    ord("「"): ord("“"),
    ord("」"): ord("”"),
    ord("『"): ord("“"),
    ord("』"): ord("”"),
}


def normalise(text: str) -> str:
    """Return the text with one form for each character, of the same length.

    Full-width letters, digits and punctuation become half-width (``，`` is ``,`` and ``：`` is
    ``:`` in all rules); ``。`` ``、`` ``“”`` ``《》`` and dashes stay.
    """
    return text.translate(_ONE_FORM)


@dataclass(slots=True)
class Clause:
    """A run of text between clause marks; `sentence` and `paragraph` count from 0 in the speech."""

    start: int
    end: int  # before the closing mark
    mark: str  # the closing mark: one of , ; : 。 ! ? or "\n" or "" at the end
    sentence: int
    paragraph: int
    heading: bool = False  # it stands in one: a short paragraph that no mark closes


#: A heading is one line that no full stop ends; longer lines are running text that lost its mark.
_LONGEST_HEADING = 60

_BREAK = re.compile(r"[,;:。!?\n“”《》()…]|——")
_CLOSES = {"“": "”", "《": "》", "(": ")"}
#: How a paragraph begins whose line break was lost: indented by two characters.
_INDENTS = ("  ", "\t  ")
#: How far a quotation mark is believed to reach; one that is never closed must not swallow the page.
_LONGEST_QUOTE = 120


def split_clauses(text: str, start: int, end: int) -> list[Clause]:
    """Return the clauses of the normalised `text` between `start` and `end`, in order.

    Marks inside quotation marks, titles and brackets do not divide a clause.
    Leading and trailing white space belongs to no clause; empty clauses are left out.
    """
    clauses: list[Clause] = []
    sentence = paragraph = 0
    begin = start
    fresh_sentence = True
    resume = start  # marks before this position are inside a quotation

    def add(stop: int, mark: str) -> None:
        nonlocal fresh_sentence
        first, last = begin, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            clauses.append(Clause(first, last, mark, sentence, paragraph))
            fresh_sentence = False

    for match in _BREAK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if at < resume:
            continue
        if mark in _CLOSES:
            close = text.find(_CLOSES[mark], at + 1, min(end, at + _LONGEST_QUOTE))
            if close >= 0 and "\n" not in text[at:close]:
                # 。” ends the sentence with the quotation, unless the sentence goes on behind it.
                resume = close + 1
                if text[close - 1] in "。!?" and mark == "“":
                    add(close + 1, text[close - 1])
                    begin = close + 1
                    sentence += 1
            continue
        if mark in "”》)":
            continue
        add(at, mark)
        begin = match.end()
        if mark in "。!?\n…":
            if not fresh_sentence:
                sentence += 1
                fresh_sentence = True
            if mark == "\n" or text.startswith(_INDENTS, begin, end):
                paragraph += 1
    add(end, "")
    _mark_headings(clauses)
    return clauses


def _mark_headings(clauses: list[Clause]) -> None:
    """Mark the clauses of paragraphs of one sentence, at most 60 characters long, that end with the line."""
    first = 0
    for i, clause in enumerate(clauses):
        if i + 1 < len(clauses) and clauses[i + 1].paragraph == clause.paragraph:
            continue
        if (
            clause.mark == "\n"
            and clause.end - clauses[first].start <= _LONGEST_HEADING
            and clauses[first].sentence == clause.sentence
        ):
            for heading in clauses[first : i + 1]:
                heading.heading = True
        first = i + 1
