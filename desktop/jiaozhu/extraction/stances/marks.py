"""Marks of time and aspect: the words and dates in a clause that tell whether it looks back or ahead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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
    automaton: ahocorasick.Automaton  # finds words and the particles 了, 要, 须, 将, 计划
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
    intends = re.compile(_intends()), Mark.AHEAD
    particles = {"了": (_ASPECT, Mark.DONE), "要": must, "须": must, "将": will, "计划": intends}
    for particle in particles:
        automaton.add_word(particle, (len(particle), None, particle))
    automaton.make_automaton()
    return _Words(automaton, particles)


def _must() -> str:
    """Return the pattern of 要 as "must": behind who must, or at the head of a clause."""
    who = "|".join(f"(?<={word})" for word in lexicon.words("stance", "must", "who"))
    other = "|".join(lexicon.words("stance", "must", "other_words"))
    numbers = "一二三四五六七八九十"
    return rf"(?:(?<=[,。;:!?\n“ 年月{numbers}])|(?<=[{numbers}]是)|{who})[要须](?!{other})"


def _intends() -> str:
    """Return the pattern of 计划 as "intends": between who or how long, and a verb."""
    who = "|".join(f"(?<={word})" for word in lexicon.words("stance", "intends", "who"))
    verbs = "|".join(lexicon.words("stance", "intends", "verbs"))
    return rf"(?:{who})计划(?={verbs})"


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
) -> dict[int, list[Marked]]:
    """Return the marks of each clause that has any, with their spans, in order.

    Marks inside a quotation are left out: “两个争取” is a name.
    """
    found: dict[int, list[Marked]] = {}
    ends = [clause.end for clause in clauses]
    i = 0
    for at, end, mark in _find(text, clauses[0].start, ends[-1], _dated(text, day, times)):
        i = min(bisect_right(ends, at, i), len(clauses) - 1)
        if not _is_quoted(text, clauses[i].start, at):
            found.setdefault(i, []).append((at, end, mark))
    return found


def _find(text: str, start: int, end: int, dates: list[tuple[int, int, Mark | None]]) -> Iterator[Marked]:
    """Yield dates and words that are marks, in order; words inside a time expression are none."""
    words = _words()
    covered = 0  # up to here a time expression has been read
    upcoming = iter(dates)
    first, last, dated = next(upcoming, _NO_DATE)
    for stop, (length, known, word) in words.automaton.iter_long(text, start, end):
        at = stop + 1 - length
        while first <= at:
            if dated:
                yield first, last, dated
            covered = last
            first, last, dated = next(upcoming, _NO_DATE)
        if at < covered:
            continue
        if known is None:
            pattern, known = words.particles[word]
            if not pattern.match(text, at):
                continue
        yield at, stop + 1, known
    while first < end:
        if dated:
            yield first, last, dated
        first, last, dated = next(upcoming, _NO_DATE)


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Return whether a place is inside a quotation that begins behind `start`, where its clause does."""
    begin = max(start, at - _LONGEST_QUOTATION)
    opening = text.rfind("“", begin, at)
    return opening > start and opening > text.rfind("”", begin, at)


#: Behind all text.
_NO_DATE: tuple[int, int, Mark | None] = (1 << 60, 1 << 60, None)


def _dated(text: str, day: date | None, times: Iterable[TimedSpan]) -> list[tuple[int, int, Mark | None]]:
    """Return the time expressions as marks; those of comparisons and names are evidence of nothing."""
    dates: list[tuple[int, int, Mark | None]] = []
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
        dates.append((time.start, time.end, mark))
    return dates
