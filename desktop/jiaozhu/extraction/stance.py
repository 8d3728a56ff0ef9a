"""Whether a clause looks back, looks ahead, or reports what is.

A speech is read once from its start. Headings and leading time expressions set a mode that lasts
(``2011年工作回顾``, ``2025年,义乌将…``, ``今年…预期目标是:``); marks inside a sentence
(``了``, ``力争``) change the reading of that clause or sentence only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto
from functools import cache
from typing import Protocol

from jiaozhu import lexicon
from jiaozhu.extraction.outline import PART, find_headings
from jiaozhu.extraction.text import Clause


class Stance(StrEnum):
    """How a clause stands to the day of the speech."""

    PAST = "past"
    FUTURE = "future"
    REPORTED = "reported"  # current practice or standing fact


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


class _Mark(Enum):
    """What a word in a clause is evidence of."""

    TIME_PAST = auto()
    TIME_FUTURE = auto()
    TIME_NOW = auto()
    DONE = auto()
    ACHIEVED = auto()
    PLAN = auto()
    MODAL = auto()
    AHEAD = auto()
    STRIVING = auto()
    SOON = auto()
    ASIDE = auto()


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled words of stance.toml."""

    pattern: re.Pattern[str]
    marks: dict[str, _Mark]
    heading_past: re.Pattern[str]
    heading_future: re.Pattern[str]


#: 了 as the aspect of a verb, not as part of 了解 or 为了.
_ASPECT = r"(?<![为除未明])了(?![解然如结却断得不])"
#: 要 as "must": at the head of a clause or after who must; 重要, 需要, 主要, 要素, 要求 … are other words.
_MUST = (
    r"(?:(?<=[,。;:!?\n“ ])|(?<=我们)|(?<=各级)|(?<=部门)|(?<=政府)|(?<=地区)|(?<=人员)|(?<=干部)|(?<=一定)"
    r"|(?<=全市)|(?<=全省)|(?<=全县)|(?<=全区)|(?<=时期)|(?<=[年月]))(?:[一二三四五六七八九十]是?)?要(?![素求点事闻闹害道地领义件案目员职么]|不是)"
)
#: 将 as "will": after a subject or an adverb, or before an adverb; with 作为, 纳入 … in its clause, or
#: at the head of a clause before a noun, it is 把.
_WILL = (
    r"(?<=[一-鿿\d”\"])(?<![即必终])将(?![军领士来相帅心]|近)"
    r"(?![^,。;、\n把]{1,30}(?:作为|纳入|列入|并入|列为|转化为|转为|调整为|确定为|建成为|提高到|提升到|提高至|提升至|降至|降低到))"
    r"|将(?=继续|进一步|坚持|加快|全力|大力|着力|努力|持续|全面|深入|紧扣|聚焦|围绕|按照|坚决|积极|重点|突出|牢牢|更加)"
)
#: A year, or a five-year plan, with what follows it as far as it changes the reading.
_YEAR = r"(?P<to>到)?(?P<year>(?:19|20)\d\d)年(?P<since>以来|末|底)?"
_PLAN = (
    r"“?(?P<plan>十[一二三四五六七八九]?五)”?"
    r"(?=时期|期间|以来|的?[前后头]|开局|末|[,、及和]|发展|规划)(?P<plansince>以来)?"
)


@cache
def _words() -> _Words:
    """Return the words of stance.toml, compiled."""
    marks: dict[str, _Mark] = {}
    for group, names in (
        ("time", {"past": _Mark.TIME_PAST, "future": _Mark.TIME_FUTURE, "now": _Mark.TIME_NOW}),
        (
            "mark",
            {
                "done": _Mark.DONE,
                "achieved": _Mark.ACHIEVED,
                "plan": _Mark.PLAN,
                "will": _Mark.MODAL,
                "ahead": _Mark.AHEAD,
                "striving": _Mark.STRIVING,
                "soon": _Mark.SOON,
                "aside": _Mark.ASIDE,
            },
        ),
    ):
        for name, mark in names.items():
            marks.update(dict.fromkeys(lexicon.words("stance", group, name), mark))
    literal = "|".join(re.escape(word) for word in sorted(marks, key=len, reverse=True))
    pattern = re.compile(
        f"(?P<word>{literal})|{_YEAR}|{_PLAN}|(?P<aspect>{_ASPECT})|(?P<must>{_MUST})|(?P<will>{_WILL})"
    )
    heading = {
        key: re.compile("|".join(map(re.escape, lexicon.words("stance", "heading", key))))
        for key in ("past", "future")
    }
    return _Words(pattern, marks, heading["past"], heading["future"])


#: Years of the five-year plans since 十五, by name.
_PLANS = {"十五": 2001} | {f"十{digit}五": 2006 + 5 * i for i, digit in enumerate("一二三四五六七八九")}


def _year_mark(match: re.Match[str], day: date | None) -> _Mark | None:
    """Return what a year or a five-year plan is evidence of, None if it is of nothing."""
    if match["since"] == "以来" or match["plansince"]:
        return _Mark.TIME_PAST
    if day is None:
        return _Mark.TIME_FUTURE if match["to"] else None
    if match["year"]:
        first = last = int(match["year"])
    else:
        first = _PLANS[match["plan"]]
        last = first + 4
    if last < day.year:
        return _Mark.TIME_PAST
    if first > day.year or match["to"]:
        return _Mark.TIME_FUTURE
    return _Mark.TIME_NOW


def _expression_mark(period: str, day: date) -> _Mark:
    """Return what a time expression with a period is evidence of, seen from the day of the text."""
    start, _, end = period.partition("/")
    today = day.isoformat()
    if end <= today:
        return _Mark.TIME_PAST
    return _Mark.TIME_FUTURE if start > today or (start == today and end > today) else _Mark.TIME_NOW


_Marks = list[tuple[int, _Mark]]


def _find_marks(
    text: str, clauses: list[Clause], day: date | None, times: Sequence[TimedSpan] | None
) -> list[_Marks | None]:
    """Return for each clause its marks with their positions, None where it has none."""
    found: list[_Marks | None] = [None] * len(clauses)
    words = _words()
    marks = words.marks
    dated = {t.start: _expression_mark(t.period, day) for t in times if t.period} if times and day else {}
    i = 0
    for match in words.pattern.finditer(text, clauses[0].start, clauses[-1].end):
        at = match.start()
        while clauses[i].end <= at:
            i += 1
        kind = match.lastgroup
        clause = clauses[i].start
        if text.rfind("“", clause + 1, at) > text.rfind("”", clause, at):
            continue  # the name of something, “三个确保”, unless the clause itself is a quotation
        mark: _Mark | None
        if kind == "word":
            mark = marks[match.group()]
            if mark in (_Mark.TIME_PAST, _Mark.TIME_FUTURE, _Mark.TIME_NOW):
                mark = dated.get(at, mark)
        elif kind == "aspect":
            mark = _Mark.DONE
        elif kind in ("must", "will"):
            mark = _Mark.MODAL
        else:
            mark = dated.get(at) or _year_mark(match, day)
        if mark is not None:
            here = found[i]
            if here is None:
                found[i] = [(at, mark)]
            else:
                here.append((at, mark))
    return found


#: A time expression this near to the head of its clause governs what follows.
_HEAD = 8
#: One that looks back has to stand nearer: 继续坚持多年来行之有效的制度 is a plan.
_LEAD = 3
#: Work reports are read in the first months of a year and plan the rest of it.
_LAST_REPORT_MONTH = 4


@dataclass(slots=True)
class _Reader:
    """Reads a speech clause by clause and remembers which part it is in."""

    day: date | None
    section: Stance | None = None  # set by a heading, until the next heading of its rank
    numbered: bool = False  # the heading that set it was numbered
    mode: Stance = Stance.REPORTED  # lasts over sentences
    sentence: Stance | None = None  # lasts to the end of the sentence
    paragraph: Stance | None = None  # lasts to the end of the paragraph

    def heading(self, line: str, words: _Words) -> None:
        """Enter the part that a heading opens."""
        numbered = PART.match(line) is not None
        sub = not numbered and line[:1] in "(#*—" and not line.startswith("# ")
        past, future = bool(words.heading_past.search(line)), bool(words.heading_future.search(line))
        if sub:
            return
        if not past and not future:
            if numbered and self.numbered:
                self.section = None
            return
        self.numbered = numbered
        if past and future:
            self.section, self.mode = None, Stance.PAST
            return
        if future and self.day:
            years = [int(year) for year in re.findall(r"(?:19|20)\d\d(?=年)", line)]
            past = bool(years) and max(years) < self.day.year
        self.section = self.mode = Stance.PAST if past else Stance.FUTURE

    def clause(self, clause: Clause, marks: _Marks | None, first: bool) -> Stance:
        """Return the stance of a clause; `first`: it opens its sentence."""
        if marks is None:
            return self.paragraph or self.sentence or self.mode
        done = achieved = ahead = soon = plan = False
        for at, mark in marks:
            head = at - clause.start <= _HEAD
            lead = at - clause.start <= _LEAD or clause.end - at <= 2  # … or 党的十八大以来,
            if mark is _Mark.DONE:
                done = True
            elif mark is _Mark.ACHIEVED:
                achieved = True
            elif mark is _Mark.AHEAD:
                ahead = True
            elif mark is _Mark.STRIVING:
                ahead = ahead or (self.sentence or self.mode) is not Stance.PAST
            elif mark is _Mark.SOON:
                soon = True
            elif mark is _Mark.ASIDE:
                if self.mode is Stance.FUTURE:
                    self.sentence = Stance.REPORTED
                else:
                    self.paragraph = Stance.REPORTED
            elif mark is _Mark.PLAN:
                plan = True
            elif mark is _Mark.MODAL:
                if self.section is Stance.PAST:
                    self.sentence = Stance.FUTURE
                else:
                    self._plan()
            elif mark is _Mark.TIME_FUTURE:
                if self.section is not Stance.PAST and (head or self.mode is not Stance.PAST):
                    if first and head:
                        self._plan()
                    else:
                        self.sentence = Stance.FUTURE
            elif mark is _Mark.TIME_PAST and lead:
                if self.section is Stance.FUTURE or not first:
                    self.sentence = Stance.PAST
                else:
                    self.mode, self.sentence = Stance.PAST, None
            elif mark is _Mark.TIME_NOW and head and first and self._plans_this_year():
                self._plan()
        if plan and not done:
            self._plan()
            self.section = None if self.section is Stance.PAST else self.section
        if done or (achieved and self._outside_plan(ahead)):
            if first and self.section is not Stance.FUTURE and not ahead:
                self.sentence = Stance.PAST
                if self.section is None and self.mode is Stance.REPORTED:
                    self.mode = Stance.PAST
            return Stance.PAST
        if ahead and self.section is not Stance.PAST and (self.sentence or self.mode) is not Stance.FUTURE:
            self.sentence = Stance.FUTURE
        stance = self.paragraph or self.sentence or self.mode
        return Stance.FUTURE if soon and stance is Stance.REPORTED else stance

    def _plan(self) -> None:
        self.mode, self.sentence, self.paragraph = Stance.FUTURE, None, None

    def _plans_this_year(self) -> bool:
        early = self.day is None or self.day.month <= _LAST_REPORT_MONTH
        return early and self.section is not Stance.PAST

    def _outside_plan(self, ahead: bool) -> bool:
        return not ahead and (self.sentence or self.mode) is not Stance.FUTURE


def find_stances(
    text: str, clauses: list[Clause], day: date | None, *, times: Sequence[TimedSpan] | None = None
) -> list[Stance]:
    """Return the stance of each clause of one speech in the normalised `text`.

    `day` is the day of the text; without it years say nothing. `times` are the time expressions of
    the speech, if they are known: their periods then decide in place of the words alone.
    """
    if not clauses:
        return []
    words = _words()
    marks = _find_marks(text, clauses, day, times)
    headings = find_headings(clauses)
    reader = _Reader(day)
    stances: list[Stance] = []
    sentence = paragraph = -1
    for i, clause in enumerate(clauses):
        first = clause.sentence != sentence
        if first:
            sentence, reader.sentence = clause.sentence, None
            if clause.paragraph != paragraph:
                paragraph, reader.paragraph = clause.paragraph, None
        if headings[i]:
            if first:
                last = i
                while last + 1 < len(clauses) and clauses[last + 1].paragraph == paragraph:
                    last += 1
                reader.heading(text[clause.start : clauses[last].end], words)
            stances.append(reader.mode)
        else:
            stances.append(reader.clause(clause, marks[i], first))
    return stances
