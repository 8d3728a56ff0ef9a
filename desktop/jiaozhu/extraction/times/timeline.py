"""Which time expression governs a place in a speech (guideline, section 2, "period").

An expression at the head of a clause goes on governing until the next one; one inside a clause governs
that clause. How far a head reaches depends on what it names: ``2025年,义乌将…`` and ``今年以来`` go on
over paragraphs, ``11月,`` and ``到2027年,`` to the end of the paragraph, ``12月6日国务院批复`` to the end
of the sentence. A heading (``2011年工作回顾``) governs its section, and what deviates inside it ends with
the paragraph. What a figure is compared with never governs, nor does the time of what is only planned
(谋划好明年工作). What something rose or fell from belongs to the start (origins.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import IntEnum
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.outline import ENUMERATOR, PART
from jiaozhu.extraction.text import Clause
from jiaozhu.extraction.times.origins import Origins
from jiaozhu.extraction.times.periods import TimeExpression, find_times


class _Reach(IntEnum):
    """How far an expression at the head of a clause governs."""

    SENTENCE = 1
    PARAGRAPH = 2
    SPEECH = 3


#: The reach of what is named; anything else reaches over the speech.
_REACH = {
    "day": _Reach.SENTENCE,
    "days": _Reach.SENTENCE,
    "ten days": _Reach.SENTENCE,
    "decade": _Reach.SENTENCE,
    "century": _Reach.SENTENCE,
    "month": _Reach.PARAGRAPH,
}
#: Stretches that statistics are made for: inside a clause, they hold for the rest of the sentence.
_STATISTICAL = frozenset({"months", "quarter", "quarters", "half", "year", "years"})
#: What a state at its end, or a deadline, goes on for to the end of the paragraph: 到2027年.
_LONG = frozenset({"year", "years", "plan", "month", "quarter"})
#: A heading names one of these.
_OF_SECTIONS = _STATISTICAL | {"count", "plan"}
_LONGEST_LEAD = 30
_PLACE = re.compile(r"[一-鿿]{0,8}[省市县区州旗镇乡]")
_BETWEEN = re.compile(r"[的、和与及,\s]*|特别是|尤其是")
_TOPIC = re.compile(r"(?:做好|抓好|部署|安排|关于)\Z")
_WORK = re.compile(r"的?(?:各项|重点|经济|政府)?工作")
#: “十五五”良好开局 is its first year's work, not the plan's.
_EDGE_OF_PLAN = re.compile(
    r"规?划?(?:的|实现|圆满|良好|胜利|顺利)*(?:开局|开好局|开门红|开篇|起好步|起步|收官|收好官|收尾)"
)
_MARK = re.compile(r".*[,;:。!?“]", re.DOTALL)
_INSIDE = r"[^,;。:!?、\n]"
_TAKEN = re.compile(r"(?:用|再用|利用|集中|花)\Z")
_TIME = re.compile(r"(?:左右)?的?时间")
#: 2025年,… and 2025年我们将… open what follows.
_FRAMES = re.compile(r",|[^,;。:!?、\n]{0,8}?[将要]|[^,;。!?、\n]{0,24}?:|\s*\Z|是")
#: 一是…;二是…: items of a list inside a paragraph.
_ITEM = re.compile(r"(?:(?P<first>一)|[二三四五六七八九十])(?:是|要)")
_ITEM_FIRSTS = frozenset("一二三四五六七八九十")
_LINE = re.compile(r"[^\s][^\n]*")
_LOOKS_BACK = re.compile(r"回看|回顾|回望")
_REPORT = re.compile(r"(?P<year>[12]\d{3})年[^\n,。;:!?]{0,24}工作报告")
_TO_DELEGATES = re.compile(r"各位代表|请予审议")
_REVIEW = re.compile(
    r"\n\s*(?:一、)?\s*(?P<year>[12]\d{3}) ?年(?:政府|主要|国内|全市|全县|全省|全区)*工作的?(?:回顾|总结)"
)
_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: In front of this many characters a report's review has begun.
_FRONT = 3000
#: Work reports are given in January, most of them.
_REPORT_DAY = (1, 15)


#: Stands for a time to come that has no dates.
_NOTHING = TimeExpression(0, 0, None, "vague")


class _Carry:
    """What is carried on, by reach; the nearer wins. Kept for the clauses where it changes."""

    def __init__(self, clauses: list[Clause], after: str, handed_over: TimeExpression | None) -> None:
        """Carry on expressions that end later than `after`, an ISO date; begin with what is handed over."""
        self._clauses = clauses
        self.after = after
        self._sentence: TimeExpression | None = None
        self._paragraph: TimeExpression | None = None
        self._speech = handed_over if handed_over and _last(handed_over) > after else None
        self._section: TimeExpression | None = None  # the heading that governs the speech
        self._before_items: tuple[TimeExpression | None] | None = None  # the paragraph's before a list
        self._numbered = False  # that heading has the number of a part
        self._changes: list[int] = []  # twice the clause, and one more for a change behind it
        self._kept: list[tuple[TimeExpression | None, ...]] = [
            (self._sentence, self._paragraph, self._speech)
        ]

    def to(self, clause: int) -> TimeExpression | None:
        """Return what is carried on to a clause from those before it."""
        n = bisect_left(self._changes, 2 * clause + 1)
        sentence, paragraph, speech = self._kept[n]
        if not n:
            return speech
        here, there = self._clauses[clause], self._clauses[self._changes[n - 1] // 2]
        if here.paragraph != there.paragraph:
            return speech
        return (sentence if here.sentence == there.sentence else None) or paragraph or speech

    def speech(self, clause: int) -> TimeExpression | None:
        """Return what is carried on to a clause over paragraphs."""
        return self._kept[bisect_left(self._changes, 2 * clause + 1)][2]

    def enter(self, clause: int) -> None:
        """Let go what ended with the sentence or paragraph before a clause."""
        if self._changes:
            here, before = self._clauses[clause], self._clauses[self._changes[-1] // 2]
            if here.paragraph != before.paragraph:
                self._paragraph = self._sentence = self._before_items = None
            elif here.sentence != before.sentence:
                self._sentence = None

    @property
    def now(self) -> TimeExpression | None:
        """What governs here."""
        return self._sentence or self._paragraph or self._speech

    @property
    def section(self) -> TimeExpression | None:
        """The heading that governs here, if it names one time."""
        return self._section

    def take(self, expression: TimeExpression, reach: _Reach, *, leaves: bool = False) -> None:
        """Carry an expression on as far as it reaches; `leaves`: the section of a heading ends here."""
        if leaves:
            self._section = None
        if reach is _Reach.SPEECH and self._section:
            reach = _Reach.PARAGRAPH
        self._sentence = None
        if reach is _Reach.SENTENCE:
            self._sentence = expression
        elif reach is _Reach.PARAGRAPH:
            self._paragraph = expression
        else:
            self._speech, self._paragraph = expression, None

    def open_section(self, expression: TimeExpression, *, single: bool, numbered: bool) -> None:
        """Enter the section of a heading; one that names several times leaves it to its paragraphs."""
        self._sentence = self._paragraph = None
        self._speech = expression if _last(expression) > self.after else None
        self._section = self._speech if single else None
        self._numbered = numbered

    def open_item(self, *, first: bool) -> None:
        """Enter an item of a list; what one before it took for the paragraph ends with it."""
        if first or self._before_items is None:
            self._before_items = (self._paragraph,)
        else:
            self._sentence, self._paragraph = None, self._before_items[0]

    def open_part(self, day: str) -> None:
        """Enter a numbered part whose heading names no time: a review before it, over by `day`, has ended."""
        self._sentence = self._paragraph = None
        if self._section and self._numbered and _last(self._section) <= day:
            self._speech = self._section = None

    def let_go(self, day: str) -> None:
        """Carry nothing on for the paragraph; nothing at all if what governs is over by `day`."""
        self._sentence = None
        self._paragraph = None if self._section else _NOTHING
        if self._section is None and self._speech and _last(self._speech) <= day:
            self._speech = None

    def leave(self, clause: int, *, within: bool = False) -> None:
        """Keep what is carried on behind a clause, or already `within` it."""
        self._changes.append(2 * clause + (not within))
        self._kept.append((self._sentence, self._paragraph, self._speech))


class Timeline:
    """The time expressions of one speech and what they govern."""

    def __init__(
        self,
        text: str,
        clauses: list[Clause],
        times: Sequence[TimeExpression],
        day: date | None = None,
        *,
        handed_over: TimeExpression | None = None,
    ) -> None:
        """Read the normalised `text`; `clauses` and `times` are those of one speech, in order.

        `day` is the day of the text, as it was given to find_times; `handed_over` governs until the speech
        names a time itself (see find_handed_over).
        """
        self._text, self._clauses, self._day = text, clauses, day
        self._own: dict[int, list[TimeExpression]] = {}  # by the clause
        self._lengths: dict[int, list[TimeExpression]] = {}
        self._taken: dict[int, tuple[int, str]] = {}  # 用三年时间, leads its sentence: the clause, the date
        self._sections: set[int] = set()  # where the expressions of headings begin
        self._origins = Origins(text, day)
        self._share_out(times)
        self._carried = _Carry(clauses, "", handed_over)
        self._ahead = _Carry(clauses, day.isoformat() if day else "", handed_over)
        parts = {i for i, clause in enumerate(clauses) if clause.heading and PART.match(text, clause.start)}
        vague, items = self._find_openings()
        for i in sorted(parts | vague | items.keys() | self._own.keys()):
            if i in items:
                self._open_item(i, first=items[i]["first"] is not None)
            if i in vague:
                self._let_go(i)
            elif i in parts or i in self._own:
                self._carry(i, self._own.get(i, []), part=i in parts)

    def governing(self, clause: int, position: int | None = None) -> TimeExpression | None:
        """Return what governs the clause, or the place `position` in it; None if nothing does.

        The nearest expression before the place wins, then one behind it in the clause (8个项目本月开工),
        then what is carried on from before.
        """
        carried = self._carried.to(clause)
        carried = carried if carried and carried.period else None
        own = [self._anchored(expression, carried) for expression in self._own.get(clause, ())]
        governing = _nearest(own, position) or carried
        if position is None:
            return governing
        return self._origins.governing(self._clauses[clause], position, governing) or governing

    def to_come(self, clause: int, governing: TimeExpression) -> TimeExpression | None:
        """Return what governs a figure to be reached: not what is over, but what is carried on beside it."""
        if self._day is None or self._is_ahead(governing):
            return governing
        coming = self._ahead.to(clause)
        return coming if coming and coming.period else None

    def due(self, expression: TimeExpression) -> str:
        """Return "deadline" or "ahead" for a period that is not over on the day of the text, else ""."""
        if self._day is None or not self._is_ahead(expression):
            return ""
        return "deadline" if expression.form == "deadline" else "ahead"

    def spanning(self, clause: int) -> TimeExpression | None:
        """Return the stretch of several years that the speech is about at a clause, if it is."""
        speech = self._carried.speech(clause)
        return speech if speech and _spans_years(speech) else None

    def compared(self, clause: int) -> TimeExpression | None:
        """Return what the figures of a clause are compared with in its sentence (与2018年相比), if known."""
        return self._origins.compared(self._clauses[clause])

    def deadline(self, clause: int, position: int | None = None, end: int = 0) -> str | None:
        """Return the ISO date by which a commitment at the place is due; None if nothing says so.

        A commitment's own expression is the one behind its start, in the last of its clauses up to `end` that
        has one; one that is over governs no commitment.
        """
        following = clause + 1
        while following < len(self._clauses) and self._clauses[following].start < end:
            if any(self._is_ahead(self._coming(other)) for other in self._own.get(following, ())):
                clause, position = following, None
            following += 1
        for expression in self._lengths.get(clause, ()):
            if date_ := self._time_taken(expression):
                return date_
        lead, date_taken = self._taken.get(self._clauses[clause].sentence, (clause, ""))
        if lead < clause and clause not in self._own:
            return date_taken
        chosen = self._ahead.to(clause)
        if clause in self._own:
            own = [self._coming(self._anchored(expression, chosen)) for expression in self._own[clause]]
            own = [expression for expression in own if self._is_ahead(expression)]
            behind = [expression for expression in own if position is not None and expression.end > position]
            chosen = behind[-1] if behind else own[-1] if own else chosen
        return _last(chosen) or None if chosen else None

    def _find_openings(self) -> tuple[set[int], dict[int, re.Match[str]]]:
        """Return the clauses that begin with a time to come without dates (下一步), and items of lists."""
        text, ahead = self._text, _vague_ahead()
        vague: set[int] = set()
        items: dict[int, re.Match[str]] = {}
        for i, clause in enumerate(self._clauses):
            first = text[clause.start]
            if first in _ITEM_FIRSTS and (item := _ITEM.match(text, clause.start)):
                items[i] = item
            opens = not clause.heading and first in ahead.firsts and i not in self._own
            if opens and ahead.beginning(text, clause.start, clause.end):
                vague.add(i)
        return vague, items

    def _open_item(self, i: int, *, first: bool) -> None:
        """Let go, at an item of a list, what the item before it named."""
        for carry in (self._carried, self._ahead):
            carry.enter(i)
            carry.open_item(first=first)
            carry.leave(i, within=True)

    def _let_go(self, i: int) -> None:
        """Let go what governs where clause `i` turns to a time that has no dates."""
        for carry in (self._carried, self._ahead):
            carry.enter(i)
            carry.let_go(self._day.isoformat() if self._day else "")
            carry.leave(i, within=True)

    def _share_out(self, times: Sequence[TimeExpression]) -> None:
        """Give each clause the expressions in it that may govern."""
        starts = [clause.start for clause in self._clauses]
        for expression in times:
            i = bisect_right(starts, expression.start) - 1
            if i < 0 or expression.start >= self._clauses[i].end:
                continue
            clause = self._clauses[i]
            if self._origins.takes(clause, expression):
                continue
            if expression.period and not self._only_planned(clause, expression):
                self._own.setdefault(i, []).append(expression)
            elif expression.role == "duration":
                self._lengths.setdefault(i, []).append(expression)
                rest = self._text[expression.end : clause.end]
                if _TIME.fullmatch(rest) and (date_ := self._time_taken(expression)):
                    self._taken[clause.sentence] = i, date_

    def _only_planned(self, clause: Clause, expression: TimeExpression) -> bool:
        """Tell whether the time is that of what a clause plans, not of the planning."""
        before = self._text[max(clause.start, expression.start - _LONGEST_LEAD) : expression.start]
        if expression.unit == "plan" and _EDGE_OF_PLAN.match(self._text, expression.end):
            return True
        return any(word in before for word in _planning())

    def _carry(self, i: int, own: list[TimeExpression], *, part: bool) -> None:
        """Carry on the expressions of clause `i`; `part`: it is the heading of a numbered part."""
        clause = self._clauses[i]
        heads = self._heads(clause, own)
        head_starts = {head.start for head in heads}
        opens = not i or self._clauses[i - 1].sentence != clause.sentence
        is_heading = opens and bool(heads) and self._is_heading(clause, heads[0])
        if is_heading:
            self._sections.add(heads[0].start)
        for carry in (self._carried, self._ahead):
            carry.enter(i)
            frame = carry.now
            if is_heading:
                carry.open_section(heads[0], single=len(own) == 1, numbered=part)
            elif part and not own:
                carry.open_part(self._day.isoformat() if self._day else "")
            else:
                for expression in own:
                    if _last(expression) > carry.after and not self._is_attribute(expression):
                        self._take(clause, expression, self._anchored(expression, frame), head_starts, carry)
            carry.leave(i)

    def _take(
        self,
        clause: Clause,
        expression: TimeExpression,
        anchored: TimeExpression,
        head_starts: set[int],
        carry: _Carry,
    ) -> None:
        """Carry an expression on as far as it reaches, if it goes on governing behind its clause."""
        if expression.start in head_starts and not self._dates_an_event(clause, expression):
            leaves = self._leaves(clause, expression, carry.section)
            carry.take(anchored, self._reach(clause, expression, carry.now), leaves=leaves)
        elif self._is_topic(expression):
            carry.take(anchored, _Reach.PARAGRAPH)
        elif (
            expression.unit in _STATISTICAL
            and expression.form == "span"
            and self._is_over(expression)
            and not _event_verbs().match(self._text, expression.end)
        ):
            carry.take(anchored, _Reach.SENTENCE)

    def _reach(self, clause: Clause, expression: TimeExpression, frame: TimeExpression | None) -> _Reach:
        """Return how far an expression at the head of a clause governs."""
        if expression.form in ("state", "deadline"):
            return _Reach.PARAGRAPH if expression.unit in _LONG else _Reach.SENTENCE
        reach = _REACH.get(expression.unit or "", _Reach.SPEECH)
        if reach is _Reach.SPEECH and frame and self._is_ahead(frame):
            if not self._is_ahead(expression) and not self._opens_paragraph(clause):
                return _Reach.PARAGRAPH  # a look back in the middle of a plan
            if _last(expression) > _last(frame) and not _FRAMES.match(self._text, expression.end):
                return _Reach.SENTENCE  # 2015年覆盖全市, in the middle of this year's plan
        if (
            reach is _Reach.SPEECH
            and frame
            and _spans_years(frame)
            and not _spans_years(expression)
            and _covers(frame, expression)
            and not self._opens_paragraph(clause)
            and not _FRAMES.match(self._text, expression.end)
        ):
            return _Reach.SENTENCE  # 2025年达到7.6万元, in the middle of five years' review
        return reach

    def _leaves(self, clause: Clause, expression: TimeExpression, section: TimeExpression | None) -> bool:
        """Tell whether a review ends where the year under way comes up: 2026年是…, 今年,我们将…."""
        return bool(
            section
            and self._day
            and expression.form == "span"
            and expression.unit in ("year", "years", "plan")
            and self._is_over(section)
            and self._is_ahead(expression)
            and self._opens_sentence(clause)
            and _FRAMES.match(self._text, expression.end)
        )

    def _opens_sentence(self, clause: Clause) -> bool:
        at = bisect_left(self._clauses, clause.start, key=lambda other: other.start)
        return at == 0 or self._clauses[at - 1].sentence != clause.sentence

    def _opens_paragraph(self, clause: Clause) -> bool:
        at = bisect_left(self._clauses, clause.start, key=lambda other: other.start)
        return at == 0 or self._clauses[at - 1].paragraph != clause.paragraph

    def _heads(self, clause: Clause, own: list[TimeExpression]) -> list[TimeExpression]:
        """Return the expressions at the head of a clause: nothing but leading words stands before them."""
        heads: list[TimeExpression] = []
        at = clause.start
        for expression in own:
            before = self._text[at : expression.start]
            mark = _MARK.search(before)  # a clause may be a quotation with clauses of its own
            if heads and not mark:
                leads = _BETWEEN.fullmatch(before) is not None
            else:
                before = before[mark.end() :] if mark else before
                leads = len(before) <= _LONGEST_LEAD and _only_leads(before)
            if leads:
                heads.append(expression)
            at = expression.end
        return heads

    def _is_heading(self, clause: Clause, expression: TimeExpression) -> bool:
        """Tell whether a clause is a heading that names the time of its section: 2011年工作回顾."""
        if expression.unit not in _OF_SECTIONS or expression.form not in ("span", "since"):
            return False
        rest = self._text[expression.end : clause.end]
        alone = clause.heading or (
            len(rest) <= _LONGEST_LEAD and clause.mark in "。\n" and rest.endswith(_headings())
        )
        if not alone or any(word in rest for word in _titles()):
            return False
        lead = ENUMERATOR.sub("", self._text[clause.start : expression.start]).strip("#* ")
        return (not lead or _only_leads(lead)) and any(word in rest for word in _headings())

    def _is_attribute(self, expression: TimeExpression) -> bool:
        """Tell whether a time belongs to a thing spoken of: 2019年启动的棚改项目."""
        return _attribute().match(self._text, expression.end) is not None

    def _dates_an_event(self, clause: Clause, expression: TimeExpression) -> bool:
        """Tell whether a part of a year inside a clause dates what it tells: 力争一季度开工."""
        return (
            expression.start > clause.start
            and expression.unit in ("month", "quarter", "half")
            and expression.form == "span"
            and _event_verbs().match(self._text, expression.end) is not None
        )

    def _is_topic(self, expression: TimeExpression) -> bool:
        """Tell whether a clause says what the following is about: 就做好四季度工作."""
        text = self._text
        return bool(
            _TOPIC.search(text, max(0, expression.start - 4), expression.start)
            and _WORK.match(text, expression.end)
        )

    def _is_ahead(self, expression: TimeExpression) -> bool:
        return self._day is None or _last(expression) > self._day.isoformat()

    def _is_over(self, expression: TimeExpression) -> bool:
        return self._day is None or _last(expression) <= self._day.isoformat()

    def _anchored(self, expression: TimeExpression, frame: TimeExpression | None) -> TimeExpression:
        """Return an expression whose year was inferred, with the year that governs where it stands."""
        if not expression.assumed or not expression.period or frame is None or not frame.period:
            return expression
        if expression.unit in ("day", "days", "ten days") and expression.form != "deadline":
            return expression
        first, _, last = frame.period.partition("/")
        own_first, _, own_last = expression.period.partition("/")
        year, own_year = int(first[:4]), int(own_last[:4])
        if frame.form != "span" or first[:4] != last[:4] or frame.unit != "year" or year == own_year:
            return expression
        if frame.start not in self._sections and not self._is_ahead(frame):
            return expression
        cumulative = expression.unit in ("months", "quarters") and own_first[5:] == "01-01"
        if cumulative and year > own_year:
            return expression  # 1至11月 in a plan for the next year looks back
        if expression.form == "deadline":
            own_first = own_first if own_first < f"{year}{own_last[4:]}" else f"{year}{own_last[4:]}"
            return replace(expression, period=f"{own_first}/{_moved(own_last, year)}")
        shift = year - own_year
        return replace(
            expression,
            period=f"{_moved(own_first, int(own_first[:4]) + shift)}/{_moved(own_last, year)}",
        )

    def _coming(self, expression: TimeExpression) -> TimeExpression:
        """Return an expression whose year was inferred from the tense, the next one if it is over.

        A commitment is about the future, whether its clause has a mark of it or not.
        """
        if not expression.assumed or not expression.period or self._is_ahead(expression):
            return expression
        first, _, last = expression.period.partition("/")
        if not self._day or int(last[:4]) not in (self._day.year, self._day.year - 1):
            return expression
        year = int(last[:4]) + 1
        if _moved(last, year) <= self._day.isoformat():
            year += 1
        period = f"{_moved(first, int(first[:4]) + year - int(last[:4]))}/{_moved(last, year)}"
        return replace(expression, period=period)

    def _time_taken(self, expression: TimeExpression) -> str | None:
        """Return when 用三年时间 is over: when 三年内 is."""
        text = self._text
        if not (
            self._day
            and _TAKEN.search(text, max(0, expression.start - 2), expression.start)
            and _TIME.match(text, expression.end)
        ):
            return None
        within = find_times(f"{text[expression.start : expression.end]}内", self._day)
        return within[0].period.partition("/")[2] if within and within[0].period else None


def guess_day(text: str, start: int = 0, source: str = "") -> date | None:
    """Return the day in January that a work report of a year is given on, None for other texts.

    The year is that of the title (2010年…工作报告), looked for in the first lines of the normalised `text`
    and before `start`, else the one after that of the review (2009年工作回顾), else that in the name of
    the `source` file.
    """
    if title := _REPORT.search(text, 0, max(start, 200)):
        return date(int(title["year"]), *_REPORT_DAY)
    if not _TO_DELEGATES.search(text, start, start + 200):
        return None
    if review := _REVIEW.search(text, start, start + _FRONT):
        return date(int(review["year"]) + 1, *_REPORT_DAY)
    named = _NAMED_YEAR.findall(source)
    return date(int(named[0]), *_REPORT_DAY) if len(named) == 1 else None


def find_handed_over(text: str, floor: int, start: int, day: date | None) -> TimeExpression | None:
    """Return the time that a report hands over to a speech (回看前三季度, …), None if it hands over none.

    The words stand at the head of the last paragraph between `floor`, the end of the speech before, and
    `start`, where the speech begins in the normalised `text`.
    """
    lines = list(_LINE.finditer(text, floor, start))
    match = _LOOKS_BACK.match(text, lines[-1].start(), start) if lines else None
    times = find_times(text, day, match.end(), start) if match else []
    return times[0] if match and times and times[0].start == match.end() and times[0].period else None


def _nearest(own: list[TimeExpression], position: int | None) -> TimeExpression | None:
    """Return the last expression before a place, else the first behind it."""
    if not own:
        return None
    if position is None:
        return own[-1]
    before = [expression for expression in own if expression.end <= position]
    return before[-1] if before else own[0]


def _last(expression: TimeExpression) -> str:
    """Return the last day of an expression that has a period."""
    return (expression.period or "").partition("/")[2]


def _spans_years(expression: TimeExpression) -> bool:
    """Tell whether an expression names several years."""
    first, _, last = (expression.period or "").partition("/")
    return expression.form in ("span", "since") and first[:4] != last[:4]


def _covers(frame: TimeExpression, expression: TimeExpression) -> bool:
    """Tell whether a stretch holds another one."""
    first, _, last = (frame.period or "").partition("/")
    return first <= (expression.period or "").partition("/")[0] and _last(expression) <= last


def _moved(day: str, year: int) -> str:
    """Return an ISO date in another year; the end of February stays the end of February."""
    if day[5:] in ("02-28", "02-29"):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return f"{year:04}-02-{29 if leap else 28}"
    return f"{year:04}{day[4:]}"


def _only_leads(before: str) -> bool:
    """Tell whether what stands before an expression leaves it the head of its clause."""
    before = ENUMERATOR.sub("", before.strip()).strip("#*“ ")
    while before:
        word = _openers().ending(before, len(before))
        if not word:
            return _PLACE.fullmatch(before) is not None
        before = before[: -len(word)].rstrip()
    return True


@cache
def _event_verbs() -> re.Pattern[str]:
    return re.compile(
        rf"(?:全面|正式|集中|全部|如期)?(?:{'|'.join(lexicon.words('periods', 'event_verbs', 'words'))})"
    )


@cache
def _attribute() -> re.Pattern[str]:
    words = lexicon.words("periods", "event_verbs", "words")
    return re.compile(rf"{_INSIDE}{{0,10}}?(?:{'|'.join(words)}){_INSIDE}{{0,8}}?的")


@cache
def _vague_ahead() -> Affixes:
    return Affixes(lexicon.words("periods", "lead", "vague_ahead"))


@cache
def _openers() -> Affixes:
    return Affixes(lexicon.words("periods", "lead", "openers"))


@cache
def _headings() -> tuple[str, ...]:
    return lexicon.words("periods", "heading", "words")


@cache
def _titles() -> tuple[str, ...]:
    return lexicon.words("periods", "heading", "titles")


@cache
def _planning() -> tuple[str, ...]:
    return lexicon.words("periods", "verbs", "planning")
