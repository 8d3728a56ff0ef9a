"""Which lines go on with the sentence of the line before: breaks of pages and of hard-wrapped text."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from itertools import pairwise

from jiaozhu import lexicon
from jiaozhu.reading.layout import Layout, find_layout
from jiaozhu.reading.lines import Line, begins_item, has_stop, is_ended, is_heading, is_running

#: Running text without a full stop inside is taken for a heading below this length, and for a part of a
#: sentence from it on.
_LONG = 40  # characters
#: The least that a line must have to be a part of a sentence at all.
_SHORTEST = 8  # characters
_INDENT = 2  # columns more than the other lines have: a paragraph begins

_NUMBER = "0123456789０１２３４５６７８９.．"
_BRACKETS = dict(zip("“‘《〈「『（(【〔", "”’》〉」』）)】〕", strict=True))
_LEFT_OPEN = re.compile(rf"([{re.escape(''.join(_BRACKETS))}])[^{re.escape(''.join(_BRACKETS.values()))}]*$")
_LONGEST_QUOTE = 60  # characters that a quotation is believed to have on either side of the break

#: An occasion cut in two: ——2012年1月14日在…第五届 | 人民代表大会第二次会议上.
_OCCASION = re.compile(
    r"(?:[—－-]{1,2}|[（(])?\s*[\d〇○零一二三四五六七八九十年月日至和、 ]{6,}\s*在[^。]{0,60}$"
)
_OCCASION_END = re.compile(r"[^，。]{0,40}上[）)]?$")


class _Verdict(Enum):
    """Whether a line goes on with the one before it; UNSURE waits for the rest of the document."""

    BREAK = 0
    UNSURE = 1
    JOIN = 2


def find_joins(lines: list[Line]) -> list[bool]:
    """Return for each line whether it goes on with a sentence, a word or a number of the line before."""
    if not lines:
        return []
    layout = find_layout(lines)
    verdicts = [_Verdict.BREAK]
    begun = False  # the text, behind title and byline
    ended, running = is_ended(lines[0].text), is_running(lines[0].text)
    for before, line in pairwise(lines):
        was_ended, was_running = ended, running
        begun = begun or (ended and running)
        ended, running = is_ended(line.text), is_running(line.text)
        if was_ended:
            verdicts.append(_Verdict.BREAK)
        else:
            inside = verdicts[-1] is _Verdict.JOIN
            verdict = _judge(before, line, inside, inside or was_running, running or ended, layout)
            verdicts.append(verdict if begun or verdict is _Verdict.JOIN else _Verdict.BREAK)
    # A page ends anywhere in a paragraph, so it seldom ends in the short first part of one: many lines that
    # look so are headings. And a document that nowhere else breaks inside a sentence won't begin there.
    trusted = 3 * verdicts.count(_Verdict.UNSURE) <= verdicts.count(_Verdict.JOIN)
    return [verdict is _Verdict.JOIN or (trusted and verdict is _Verdict.UNSURE) for verdict in verdicts]


def _judge(before: Line, line: Line, inside: bool, prose: bool, continues: bool, layout: Layout) -> _Verdict:
    """Return whether `line` goes on with `before`, which doesn't end its sentence.

    `inside`: the line before is a continuation itself; `prose`: it is running text; `continues`: the line is.
    """
    first, second = before.text, line.text
    if len(first) < _LONG and _OCCASION.match(first) and "上" not in first[-2:]:
        return _Verdict.JOIN if _OCCASION_END.match(second) else _Verdict.BREAK
    wrapped = layout.width is not None and (line.blank_at is None or line.new_page)
    if line.indent >= layout.margin + _INDENT or not (prose or continues or wrapped):
        return _Verdict.BREAK
    number = _is_cut_number(first, second)
    if begins_item(second) and not number and first[-1] != "第":
        return _Verdict.BREAK
    if wrapped and layout.is_full(before, second):
        return _Verdict.JOIN
    if is_heading(first) and first[-1] not in "，,、":
        return _Verdict.BREAK
    if (prose or continues) and (number or _is_open(first, second)):
        return _Verdict.JOIN
    if not (prose and continues):
        return _Verdict.BREAK
    if inside or line.new_page or has_stop(first) or len(first) >= _LONG:
        return _Verdict.JOIN
    if len(first) >= _SHORTEST and not second.startswith(lexicon.words("reading", "first", "fresh")):
        return _Verdict.UNSURE
    return _Verdict.BREAK


def _is_cut_number(first: str, second: str) -> bool:
    """Return whether the lines end and begin with parts of one quantity: 19.3 | 亿元, 20 | 00名."""
    if first[-1] not in _NUMBER or not first.rstrip(_NUMBER):
        return False
    unit = second.lstrip(_NUMBER)
    if unit == second and not first[-1].isdigit():
        return False
    return unit[:1] in _characters("number", "after")


def _is_open(first: str, second: str) -> bool:
    """Return whether the two ends show that something was cut in two there: a list, a phrase, a quotation."""
    if first[-1] in _characters("last", "never") or second[0] in _characters("first", "never"):
        return True
    match = _LEFT_OPEN.search(first, max(0, len(first) - _LONGEST_QUOTE))
    if match is None:
        return False
    opener = match[1]
    close = second.find(_BRACKETS[opener], 0, _LONGEST_QUOTE)
    return close >= 0 and opener not in second[:close]


@cache
def _characters(group: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.words("reading", group, key))
