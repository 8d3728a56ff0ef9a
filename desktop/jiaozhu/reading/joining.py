"""Which lines go on with the sentence of the line before: breaks of pages and of hard-wrapped text."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.reading.lines import Line, begins_item, has_stop, is_ended, is_heading, is_running

#: Running text without a full stop inside is taken for a heading below this length, and for a part of a
#: sentence from it on.
_LONG = 40  # characters
#: The least that a line must have to be a part of a sentence at all.
_SHORTEST = 8  # characters

#: Hard-wrapped lines fill their width but for a few columns, or for a word that no longer fitted.
_SLACK = 7  # columns
_NARROWEST, _WIDEST = 24, 160  # columns of a wrapped line
_JUDGED = 500  # lines looked at to tell wrapped text from other lines of one length

_INDENT = 2  # columns more than the other lines have: a paragraph begins

_UNBREAKABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.%"
_NUMBER = "0123456789０１２３４５６７８９.．"
_BRACKETS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
}
_LEFT_OPEN = re.compile(rf"([{re.escape(''.join(_BRACKETS))}])[^{re.escape(''.join(_BRACKETS.values()))}]*$")
_LONGEST_QUOTE = 60  # characters that a quotation is believed to have on either side of the break

#: An occasion cut in two: ——2012年1月14日在…第五届 | 人民代表大会第二次会议上.
_OCCASION = re.compile(
    r"(?:[—－-]{1,2}|[（(])?\s*[\d〇○零一二三四五六七八九十年月日至和、 ]{6,}\s*在[^。]{0,60}$"
)
_OCCASION_END = re.compile(r"[^，。]{0,40}上[）)]?$")


class Layout(NamedTuple):
    """How the lines of a document are set; both in columns."""

    margin: int  # an indent up to here begins no paragraph
    width: int | None = None  # at which the text is hard-wrapped; None if it isn't


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
    ended, running = is_ended(lines[0].text), is_running(lines[0].text)
    for before, line in pairwise(lines):
        was_ended, was_running = ended, running
        ended, running = is_ended(line.text), is_running(line.text)
        if was_ended:
            verdicts.append(_Verdict.BREAK)
        else:
            inside = verdicts[-1] is _Verdict.JOIN
            verdicts.append(_judge(before, line, inside, inside or was_running, running or ended, layout))
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
    if wrapped and _is_full(before, second, layout):
        return _Verdict.JOIN
    if is_heading(first) and first[-1] not in "，,、":
        return _Verdict.BREAK
    if (prose or continues) and (number or _is_open(first, second)):
        return _Verdict.JOIN
    if not (prose and continues):
        return _Verdict.BREAK
    if inside or has_stop(first) or len(first) >= _LONG:
        return _Verdict.JOIN
    if len(first) >= _SHORTEST and not second.startswith(lexicon.words("reading", "first", "fresh")):
        return _Verdict.UNSURE
    return _Verdict.BREAK


def _is_cut_number(first: str, second: str) -> bool:
    """Return whether the lines end and begin with parts of one quantity: 19.3 | 亿元, 20 | 00名."""
    if len(first) < 3 or first[-1] not in _NUMBER:
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


def find_layout(lines: list[Line]) -> Layout:
    """Return the margin of the text and, if it is hard-wrapped, the width at which it is.

    Lines of a wrapped text have one length, hold sentences and parts of sentences, and end anywhere;
    headlines of one length hold no full stops, paragraphs of one length end in them.
    """
    margin = Counter(line.indent for line in lines).most_common(1)[0][0]
    long = sum(len(line.text) > _WIDEST // 2 for line in lines)
    counts = Counter(_width(line, margin) for line in lines if _NARROWEST // 2 <= len(line.text) <= _WIDEST)
    if not counts or 20 * long > len(lines):
        return Layout(min(line.indent for line in lines))
    full = {
        width: sum(counts[narrower] for narrower in range(width - _SLACK, width + 1))
        for width in counts
        if width <= _WIDEST
    }
    if not full:
        return Layout(min(line.indent for line in lines))
    width = max(full, key=lambda width: (full[width], width))
    wider = sum(count for other, count in counts.items() if other > width + 2)
    if full[width] < 3 or 3 * full[width] < len(lines) or 20 * (wider + long) > len(lines):
        return Layout(min(line.indent for line in lines))
    texts = [line.text for line in lines if width - _SLACK <= _width(line, margin) <= width][:_JUDGED]
    running = sum(map(is_running, texts))
    stopped = sum(map(has_stop, texts))
    ended = sum(map(is_ended, texts))
    if 5 * running < 3 * len(texts) or 10 * stopped < len(texts) or 2 * ended > len(texts):
        return Layout(min(line.indent for line in lines))
    return Layout(margin, width)


def _is_full(line: Line, following: str, layout: Layout) -> bool:
    """Return whether the line is so full that what follows had no room in it."""
    assert layout.width is not None
    word = len(following) - len(following.lstrip(_UNBREAKABLE))
    return layout.width - _width(line, layout.margin) <= _SLACK + word


def _width(line: Line, margin: int) -> int:
    """Return the columns that a line takes from the margin, two for a Chinese character or mark."""
    # GB18030 has two bytes for those; encoding is much faster than counting.
    return len(line.text.encode("gb18030", "replace")) + max(0, line.indent - margin)


@cache
def _characters(group: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.words("reading", group, key))
