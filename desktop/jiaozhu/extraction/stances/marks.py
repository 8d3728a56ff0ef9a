"""Marks of time and aspect: the words and dates in a clause that tell whether it looks back or ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import Protocol

import ahocorasick

from jiaozhu import lexicon
from jiaozhu.extraction.text import Clause


class Mark(Enum):
    """What a word or a date is evidence of; the classes of stance.toml."""

    PAST = auto()  # a time that is over
    NOW = auto()  # a year that is not over
    FUTURE = auto()  # a time to come
    SOON = auto()  # a month or quarter not yet over: holds for its clause
    DONE = auto()  # 了, 已: stands even in the middle of a plan
    ACHIEVED = auto()  # 入选, 累计: outside a plan only
    PLAN = auto()  # 预期目标是: opens a plan
    WILL = auto()  # 要, 将, 我们将
    AHEAD = auto()  # 力争: looks ahead for its sentence
    STRIVING = auto()  # 争取: the same, but not where the text looks back
    ASIDE = auto()  # 清醒地看到: neither did nor promises


#: A mark with its start and end.
Marked = tuple[int, int, Mark]


class TimedSpan(Protocol):
    """A time expression with its dates, as extraction/periods.py finds it."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""

    @property
    def period(self) -> str | None:
        """ISO start/end, both inclusive; None where the words fix no dates."""

    @property
    def role(self) -> str:
        """Why there is a period or none: period, comparison, name …"""

    @property
    def unit(self) -> str | None:
        """What it names: year, quarter, month …"""

    @property
    def assumed(self) -> bool:
        """Whether the year is inferred, perhaps from the very tense that is asked for here."""


#: How far back an opening quotation mark is looked for.
_LONGEST_QUOTATION = 120
#: Shorter than a year: a date for one clause, not the beginning of a part.
_SHORT = frozenset(("day", "ten days", "month", "months", "quarter", "quarters", "half"))

#: 了 as the aspect of a verb, not as part of 了解 or 为了.
_ASPECT = re.compile(r"(?<![为除未明])了(?![解然如结却断得不])")


@dataclass(frozen=True, slots=True)
class _Words:
    automaton: ahocorasick.Automaton  # finds words and the particles 了, 要, 须, 将
    particles: dict[str, tuple[re.Pattern[str], Mark]]  # when a particle is a mark


@cache
def _words() -> _Words:
    """Return the words of stance.toml, compiled."""
    automaton = ahocorasick.Automaton()
    for group in ("time", "mark"):
        for key, words in lexicon.classes("stance", group).items():
            for word in words:
                automaton.add_word(word, (len(word), Mark[key.upper()], word))
    must, will = (re.compile(_must()), Mark.WILL), (re.compile(_will()), Mark.WILL)
    particles = {"了": (_ASPECT, Mark.DONE), "要": must, "须": must, "将": will}
    for particle in particles:
        automaton.add_word(particle, (1, None, particle))
    automaton.make_automaton()
    return _Words(automaton, particles)


def _must() -> str:
    """Return the pattern of 要 as "must": behind who must, or at the head of a clause."""
    who = "|".join(f"(?<={word})" for word in lexicon.words("stance", "must", "who"))
    other = "|".join(lexicon.words("stance", "must", "other_words"))
    numbers = "一二三四五六七八九十"
    return rf"(?:(?<=[,。;:!?\n“ 年月{numbers}])|(?<=[{numbers}]是)|{who})[要须](?!{other})"


def _will() -> str:
    """Return the pattern of 将 as "will": behind a subject, or before an adverb.

    With 作为, 纳入 … in its clause, or before a noun at the head of a clause, 将 is 把.
    """
    disposes = "|".join(lexicon.words("stance", "will", "disposes"))
    before = "|".join(lexicon.words("stance", "will", "before"))
    behind = "|".join(lexicon.words("stance", "will", "other_words_behind"))
    ahead = "|".join(lexicon.words("stance", "will", "other_words_before"))
    return (
        rf"(?<=[一-鿿\d”])(?<![{ahead}])将(?!{behind})(?![^,。;、\n把]{{1,30}}(?:{disposes}))"
        rf"|将(?={before})"
    )


def find_marks(
    text: str, clauses: list[Clause], day: date | None, times: Iterable[TimedSpan]
) -> list[list[Marked] | None]:
    """Return for each clause its marks with their spans, in order; None where it has none.

    Marks inside a quotation are left out: “两个争取” is a name.
    """
    found: list[list[Marked] | None] = [None] * len(clauses)
    dates = _dated(text, day, times)
    words = _words()
    covered = 0  # up to here a time expression has been read
    upcoming = iter(dates)
    start, mark, end = next(upcoming, _NO_DATE)
    i = 0
    last = clauses[-1].end
    for stop, (length, known, word) in words.automaton.iter_long(text, clauses[0].start, last):
        at = stop + 1 - length
        while start <= at:
            i = _add(text, clauses, found, i, start, end, mark)
            covered = end
            start, mark, end = next(upcoming, _NO_DATE)
        if at < covered:
            continue
        if known is None:
            pattern, known = words.particles[word]
            if not pattern.match(text, at):
                continue
        i = _add(text, clauses, found, i, at, stop + 1, known)
    while start < last:
        i = _add(text, clauses, found, i, start, end, mark)
        start, mark, end = next(upcoming, _NO_DATE)
    return found


#: Behind all text.
_NO_DATE: tuple[int, Mark | None, int] = (1 << 60, None, 1 << 60)


def _dated(text: str, day: date | None, times: Iterable[TimedSpan]) -> list[tuple[int, Mark | None, int]]:
    """Return the time expressions as marks; those of comparisons and names are evidence of nothing."""
    dates: list[tuple[int, Mark | None, int]] = []
    today = day.isoformat() if day else ""
    for time in times:
        mark: Mark | None = None
        if time.period and today:
            first, _, last = time.period.partition("/")
            if last <= today:
                mark = None if time.assumed else Mark.PAST
            elif time.unit in _SHORT:
                mark = Mark.SOON
            elif first >= today:
                mark = Mark.FUTURE
            elif first[:4] == today[:4]:
                mark = Mark.NOW  # a five-year plan under way says nothing
        elif time.role in ("period", "vague", "event"):
            continue  # left to the words of stance.toml
        dates.append((time.start, mark, time.end))
    return dates


def _add(
    text: str,
    clauses: list[Clause],
    found: list[list[Marked] | None],
    i: int,
    at: int,
    end: int,
    mark: Mark | None,
) -> int:
    """Add a mark to its clause and return the index of that clause, searched from `i` on."""
    while i < len(clauses) - 1 and clauses[i].end <= at:
        i += 1
    if mark is None:
        return i
    begin = max(clauses[i].start, at - _LONGEST_QUOTATION)
    opening = text.rfind("“", begin, at)
    if opening > clauses[i].start and opening > text.rfind("”", begin, at):
        return i  # unless the clause itself is a quotation
    marks = found[i]
    if marks is None:
        found[i] = [(at, end, mark)]
    else:
        marks.append((at, end, mark))
    return i
