"""The text as the rules see it: one form for each character, and clauses.

Normalising never changes the number of characters, so every offset holds in both texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Full-width ASCII to ASCII, and the few punctuation marks that are written in several ways.
_ONE_FORM = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\xa0": " ",
    "﹪": "%",
    "−": "-",
    "○": "〇",
    "◯": "〇",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
}
_OTHER_FORMS = re.compile(f"[{re.escape(''.join(_ONE_FORM))}]")
#: The raised point of decimals in older texts: 8·5%; 12·9 without a unit is a day.
_RAISED_POINT = re.compile(
    r"(?<=[0-9])[·•‧](?=[0-9]{1,4}(?:[%‰℃万亿千百倍元吨米亩斤里]|公[里顷斤]|平方|立方|个百分))"
)
#: A thin blank between groups of three digits (GB/T 15835-2011, 5.2.1).
_THIN_BLANK = re.compile(r"(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")


def normalise(text: str) -> str:
    """Return the text with one form for each character, of the same length.

    Full-width letters, digits and punctuation become half-width (``，`` is ``,`` and ``：`` is
    ``:`` in all rules); ``。`` ``、`` ``“”`` ``《》`` and dashes stay.
    """
    for written in set(_OTHER_FORMS.findall(text)):  # few of them in one text: much faster than translate
        text = text.replace(written, _ONE_FORM[written])
    if "·" in text or "•" in text or "‧" in text:
        text = _RAISED_POINT.sub(".", text)
    if "\u2009" in text or "\u202f" in text:
        text = _THIN_BLANK.sub(",", text)
    return text


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

#: A dash counts if it is a double one. A single set of characters to begin with makes the search fast.
_BREAK = re.compile(r"[,;:。!?\n“”《》()…—](?:(?<!—)|—)")
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
    resume = start  # marks before this position are inside a quotation
    for match in _BREAK.finditer(text, start, end):
        at = match.start()
        if at < resume:
            continue
        mark = match.group()
        if mark in _CLOSES:
            close = text.find(_CLOSES[mark], at + 1, min(end, at + _LONGEST_QUOTE))
            if close >= 0 and "\n" not in text[at:close]:
                # 。” ends the sentence with the quotation, unless the sentence goes on behind it.
                resume = close + 1
                if text[close - 1] in "。!?" and mark == "“":
                    _add(clauses, text, begin, resume, text[close - 1], sentence, paragraph)
                    begin = resume
                    sentence += 1
            continue
        if mark in "”》)":
            continue
        _add(clauses, text, begin, at, mark, sentence, paragraph)
        begin = match.end()
        if mark in "。!?\n…":
            if clauses and clauses[-1].sentence == sentence:
                sentence += 1
            if mark == "\n" or text.startswith(_INDENTS, begin, end):
                paragraph += 1
    _add(clauses, text, begin, end, "", sentence, paragraph)
    _mark_headings(clauses)
    return clauses


def _add(
    clauses: list[Clause], text: str, start: int, end: int, mark: str, sentence: int, paragraph: int
) -> None:
    """Add the clause from `start` to `end` without the white space around it, if there is anything else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        clauses.append(Clause(start, end, mark, sentence, paragraph))


def _mark_headings(clauses: list[Clause]) -> None:
    """Mark the clauses of paragraphs of one sentence, at most 60 characters long, that end with the line."""
    for i, clause in enumerate(clauses):
        if clause.mark != "\n":
            continue
        first = i
        while first and clauses[first - 1].paragraph == clause.paragraph:
            first -= 1
            if clauses[first].sentence != clause.sentence:
                break
        else:
            if clause.end - clauses[first].start <= _LONGEST_HEADING:
                for heading in clauses[first : i + 1]:
                    heading.heading = True
