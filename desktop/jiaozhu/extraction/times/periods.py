"""Time expressions and the dates they stand for: 去年前三季度 is 2023-01-01/2023-09-30 in a text of 2024.

The rules are those of the page "Periods" of the guideline. Words and marks stand in
resources/lexicon/periods.toml, their patterns in `timewords.py`. `moments.py` and `lengths.py` read what is
written; here it is given a year where none is written, and its surroundings turn it into dates, or tell why
it has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhu.extraction.times import dates
from jiaozhu.extraction.times.dates import Days
from jiaozhu.extraction.times.lengths import Length, read_length
from jiaozhu.extraction.times.moments import Moment, MomentReader
from jiaozhu.extraction.times.timewords import BEFORE_TRIGGER, BEHIND_TRIGGER, patterns

#: Roles of expressions whose number says how long or how old, so that it may be a value as well.
MEASURES = frozenset({"duration", "streak", "age"})


@dataclass(slots=True)
class TimeExpression:
    """A time expression in a text; `period` is ISO `start/end`, both inclusive, None if it fixes no dates."""

    start: int
    end: int
    period: str | None
    #: Why there is a period or none: period, comparison, streak, rate, duration, age, name, event, vague, or
    #: open (a beginning without an end). A "period" without dates lacks the day of the text, or a year.
    role: str = "period"
    #: What it names: day, ten days, month, quarter, half, year, plan, decade, century, the plural of one of
    #: these, or count (近三年).
    unit: str | None = None
    #: How it names it: span, state (at a day), deadline (from the day of the text), since (up to that day).
    form: str = "span"
    #: No year is written, nor one before it in the sentence: the year is inferred from the day and the tense.
    assumed: bool = False

    @property
    def measures(self) -> bool:
        """Whether its number is a length of time, which may be a value (连续6个季度, 压缩至3天)."""
        return self.role in MEASURES


def find_times(text: str, day: date | None, start: int = 0, end: int | None = None) -> list[TimeExpression]:
    """Return the time expressions of the normalised `text` between `start` and `end`, in order.

    `day` is the day of the text; without it only expressions that name their year get a period.
    Expressions without dates are returned as well, with their role. None overlaps another.
    """
    if day is not None and day.year not in _CALENDAR:
        day = None
    return _Reader(text, day, start, len(text) if end is None else end).read()


#: Years of a text from which centuries can be counted both ways.
_CALENDAR = range(1000, 9000)
#: Statistics of a period are still "expected" (预计) this many days after its end.
_STATISTICS_LAG = timedelta(days=45)
_ESTIMATE = "预计"
#: Up to this month a report speaks of the year before.
_REVIEW_MONTHS = 3
#: How far a clause is searched for its marks, and what ends it.
_CLAUSE = 120
_CLAUSE_MARKS = frozenset(",;:。!?\n")
_SENTENCE_MARK = re.compile(r"[。!?\n]")
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_UNTIL = ("截至到", "截止到", "截至", "截止")
#: 提高到2024年的63%: what is reached is the value, not the year.
_VALUE_BEHIND = re.compile(
    r"的\s?(?:百分之|[0-9.一二三四五六七八九十百千万]{1,12}(?![0-9.年个一二三四五六七八九十百千万]))"
)
_FROM = re.compile(r"[从自由]\Z")
_BEGINS = "开始"
_SAME_YEAR = ("当年", "同年")
_SAME_MONTH = ("、", "和", "与")
#: Names of stretches that no year is counted from.
_WITHOUT_YEAR = frozenset({"plan", "plans", "decade", "century", "count"})
#: 前 behind these leaves their last day in: 6月底前.
_DAY_LIKE = frozenset({"day", "days", "ten days"})
#: 2000年来, 2000年历史: a length of time after all.
_MILLENNIA, _AGO = 2000, ("来", "前", "历史", "文明")
#: Before an expression, as far as words that change its role may reach.
_BEFORE = 8


class _Reader:
    """Reads one text from its start and remembers the year and month named last in the sentence."""

    def __init__(self, text: str, day: date | None, start: int, stop: int) -> None:
        self.text, self.day, self.start, self.stop = text, day, start, stop
        self.words = patterns()
        self.moments = MomentReader(text, day, start, stop)
        self.found: list[TimeExpression] = []
        self.done = start  # nothing before it may be taken any more
        self.seen = start  # the sentence is known up to here
        self.year: int | None = None
        self.month: int | None = None
        self.narrow = False  # the expression before lies within one year
        self.assumed = False  # its year was inferred
        self.titles = self._find_titles()
        self.title = next(self.titles, None)

    def read(self) -> list[TimeExpression]:
        """Return the expressions in order."""
        text, search = self.text, self.words.start.search
        for region in self.words.region.finditer(text, self.start, self.stop):
            at = max(self.done, region.start() - BEFORE_TRIGGER)
            limit = min(self.stop, region.end() + BEHIND_TRIGGER)
            while match := search(text, at, limit):
                self._enter(match.start())
                expression = self._expression(match)
                if expression is None:
                    at = match.start() + 1
                else:
                    self.found.append(expression)
                    at = self.done = expression.end
        return self.found

    def _find_titles(self) -> Iterator[tuple[int, int]]:
        if self.text.find("《", self.start, self.stop) < 0:
            return iter(())
        return (match.span() for match in _TITLE.finditer(self.text, self.start, self.stop))

    def _in_title(self, at: int) -> bool:
        while self.title and self.title[1] <= at:
            self.title = next(self.titles, None)
        return self.title is not None and self.title[0] <= at

    def _enter(self, at: int) -> None:
        """Forget what the sentence before named."""
        if _SENTENCE_MARK.search(self.text, self.seen, at):
            self.year = self.month = None
            self.narrow = self.assumed = False
        self.seen = max(self.seen, at)

    def _expression(self, match: re.Match[str]) -> TimeExpression | None:
        """Return the expression that begins where the pattern of beginnings matched."""
        kind, at = match.lastgroup, match.start()
        moment = None
        if kind == "moment":
            moment = self.moments.read(at, self.year, self.month)
        elif kind == "plan":
            moment = self.moments.plan(at)
        elif kind == "century":
            moment = self.moments.century(at)
        elif kind == "now":
            period = dates.iso((self.day, self.day)) if self.day else None
            return TimeExpression(at, match.end(), period, unit="day", form="state")
        elif kind != "length":
            return TimeExpression(at, match.end(), None, "name")
        if moment is None:
            length = read_length(self.text, at, self.start, self.stop)
            return self._length(length) if length else None
        return self._moment(at, moment)

    # Moments -----------------------------------------------------------------------

    def _moment(self, at: int, first: Moment) -> TimeExpression:
        """Return the expression of a moment, or of a range of two (去年9月至今年2月), with what follows."""
        text, words = self.text, self.words
        if first.document or words.event.match(text, first.end, self.stop):
            return TimeExpression(at, first.end, None, "name", first.unit)
        if first.year == _MILLENNIA and text.startswith(_AGO, first.end):
            return TimeExpression(at, first.end, None, "duration", "count")
        tail = words.tail.match(text, first.end, self.stop)
        second = None if tail and tail.lastgroup == "since" else self.moments.range_end(first)
        if second is not None:
            tail = words.tail.match(text, second.end, self.stop)
        final = second or first
        end = tail.end() if tail else final.end
        kind = tail.lastgroup if tail else None
        start, head = self._head(at, end)
        expression = TimeExpression(start, end, None, unit=_wider(first.unit, second))
        last_day = kind == "before" and (final.form == "state" or final.unit in _DAY_LIKE)
        deadline = head == "to" or kind == "within" or last_day
        days = None
        if not (first.lost or final.lost):
            days = self._dated(expression, first, second, looks_ahead=deadline, head=head)
        self._give_form(expression, days, final.form, kind, head, deadline=deadline)
        role = self._role(expression, kind, ranged=second is not None or head is not None)
        if role is None and final.form == "vague" and kind != "since":
            role = "vague"
        if role is None and kind == "before" and not deadline:
            role = "open"
        if days and role in (None, "open", "vague"):
            self._remember(expression, days)
        if role:
            expression.role, expression.period = role, None
        return expression

    def _head(self, at: int, end: int) -> tuple[int, str | None]:
        """Return where an expression begins with 到, 至 or 截至 before it, and which it is: to, until."""
        text, begin = self.text, at
        while begin > self.done and text[begin - 1] in " \t" and at - begin < 2:
            begin -= 1
        if text.endswith(_UNTIL, self.done, begin):
            word = next(word for word in _UNTIL if text.endswith(word, self.done, begin))
            return begin - len(word), "until"
        if begin > self.done and text[begin - 1] in "到至":
            verb = self.words.reaching.search(text, max(self.start, begin - _BEFORE), begin - 1)
            if verb is None and not _VALUE_BEHIND.match(text, end):
                return begin - 1, "to"
        return at, None

    def _give_form(
        self,
        expression: TimeExpression,
        days: Days | None,
        written: str,
        tail: str | None,
        head: str | None,
        *,
        deadline: bool,
    ) -> None:
        """Give an expression its form and period."""
        day = self.day
        if head == "until":
            expression.form = "state"
            days = (days[1], days[1]) if days else None
        elif tail == "since":
            expression.form = "since"
            days = (days[0], day) if days and day and days[0] <= day else None
        elif deadline:
            expression.form = "deadline"
            days = (min(day, days[1]) if days[1] >= day else days[1], days[1]) if days and day else None
        elif written == "state":
            expression.form = "state"
        expression.period = dates.iso(days) if days else None

    def _remember(self, expression: TimeExpression, days: Days) -> None:
        """Keep what later expressions of the sentence may be counted from."""
        shown = expression.period or dates.iso(days)
        first, _, last = shown.partition("/")
        self.narrow, self.assumed = first[:4] == last[:4], expression.assumed
        if expression.unit not in _WITHOUT_YEAR or self.narrow:
            self.year = days[1].year
        self.month = days[1].month if expression.unit in ("day", "ten days", "month") else None

    # The year of what is written without one ---------------------------------------

    def _dated(
        self,
        expression: TimeExpression,
        first: Moment,
        second: Moment | None,
        *,
        looks_ahead: bool,
        head: str | None,
    ) -> Days | None:
        """Return the days of a moment or a range; the year of one without a year is inferred."""

        def within(year: int) -> Days | None:
            days = first.days(year)
            if second is None or days is None:
                return days
            last = second.days(days[1].year + (second.shift or 0) if second.year is None else second.year)
            if last and second.year is None and last[1] < days[0]:
                last = second.days(days[1].year + 1)
            return (days[0], last[1]) if last and days[0] <= last[1] else None

        if first.year is not None:
            if self.text.startswith(_SAME_YEAR, expression.start):
                expression.assumed = self.assumed
            return within(first.year)
        if second is not None and second.year is not None:
            return within(second.year) or within(second.year - 1)
        if first.whole:
            year = self._whole_year(expression)
        elif self.narrow and self.year is not None:
            year, expression.assumed = self.year, self.assumed
        else:
            year = self._inferred_year(expression, within, looks_ahead=looks_ahead, head=head)
        return within(year) if year is not None else None

    def _whole_year(self, expression: TimeExpression) -> int | None:
        """Return the year of 全年: the one just before it, else by the season and the tense."""
        if self.year is not None or self.day is None:
            expression.assumed = self.assumed
            return self.year
        expression.assumed = True
        early = self.day.month <= _REVIEW_MONTHS
        return self.day.year - (early and self._future_mark(expression) is None)

    def _inferred_year(
        self,
        expression: TimeExpression,
        within: Callable[[int], Days | None],
        *,
        looks_ahead: bool,
        head: str | None,
    ) -> int | None:
        """Return the year of a part of a year by the day of the text and the tense of the clause."""
        day = self.day
        if day is None:
            return None
        expression.assumed = True
        days = within(day.year)
        if days is None:  # 29 February
            return day.year
        mark = self._future_mark(expression)
        if mark == _ESTIMATE and days[1] < day <= days[1] + _STATISTICS_LAG:
            mark = None
        if mark:
            return day.year + (days[1] < day)
        if looks_ahead and (head != "to" or day.month > _REVIEW_MONTHS):
            return day.year  # a deadline looks ahead by itself; 到年底 in a review need not
        unfinished = (days[0].month, days[0].day) == (1, 1) and days[1] > day
        return day.year - (days[0] > day or unfinished)

    def _future_mark(self, expression: TimeExpression) -> str | None:
        """Return a mark of the future in the clause around an expression."""
        text, low, high = self.text, expression.start, expression.end
        floor, roof = max(self.start, low - _CLAUSE), min(self.stop, high + _CLAUSE)
        while low > floor and text[low - 1] not in _CLAUSE_MARKS:
            low -= 1
        while high < roof and text[high] not in _CLAUSE_MARKS:
            high += 1
        marks = [match.group() for match in self.words.future.finditer(text, low, high)]
        return next((mark for mark in marks if mark != _ESTIMATE), marks[0] if marks else None)

    # What the surroundings make of an expression -----------------------------------

    def _role(self, expression: TimeExpression, tail: str | None, *, ranged: bool) -> str | None:
        """Return why an expression has no period, None if it may have one."""
        text, words = self.text, self.words
        start, end = expression.start, expression.end
        if self._in_title(start):
            return "name"
        if self._compared(start, end):
            return "comparison"
        if words.recurring.search(text, max(self.start, start - 2), start):
            return "rate"
        if tail == "after":
            return "open"
        if tail == "around":
            return "vague"
        if tail == "since":
            return "streak" if words.record.match(text, end, self.stop) else None
        if tail is None and words.festival.match(text, end, self.stop):
            return "event"
        if ranged:
            return None
        from_here = words.beginning.search(text, max(self.start, start - 2), start)
        begins = text.startswith(_BEGINS, end) and _FROM.search(text, max(self.start, start - 1), start)
        return "open" if from_here or begins else None

    def _compared(self, start: int, end: int) -> bool:
        """Tell whether a figure is compared with what stands there: 比上年, 与2018年相比, 去年同期."""
        text, words = self.text, self.words
        low = max(self.start, start - _BEFORE)
        if words.compared_before.search(text, low, start):
            return True
        if words.compared_behind.match(text, end, self.stop):
            return True
        together = words.together.search(text, low, start)
        return bool(together and words.together_behind.match(text, end, self.stop))

    # Lengths of time ---------------------------------------------------------------

    def _length(self, length: Length) -> TimeExpression:
        """Return the expression of a length of time."""
        if length.unit == "日" and (same := self._day_of_month(length)):
            return same
        expression = TimeExpression(length.start, length.end, None, "duration", "count")
        expression.role = self._length_role(length)
        if expression.role == "period" and self.day:
            days = length.days(self.day)
            assert days is not None
            expression.form = "deadline" if length.tail == "within" and days[0] == self.day else "span"
            expression.period = dates.iso(days)
            self._remember(expression, days)
        return expression

    def _length_role(self, length: Length) -> str:
        """Return what a length of time is in its place."""
        text, stop, words = self.text, self.stop, self.words
        compared = self._compared(length.start, length.end)
        looks_back = length.lead == "past" or length.tail == "since"
        if length.age:
            return "age"
        if length.lead == "streak" or (looks_back and words.record.match(text, length.end, stop)):
            return "streak"
        if length.lead == "rate" or words.every.match(text, length.unit_end, stop):
            return "rate"
        if self._in_title(length.start):
            return "name"
        if compared:
            return "comparison"
        if length.counted:
            return "period" if length.days(self.day or _ANY_DAY) else "vague"
        if length.tail in ("before", "after", "around", "since"):
            return "vague"
        return "name" if words.length_name.match(text, length.unit_end, stop) else "duration"

    def _day_of_month(self, length: Length) -> TimeExpression | None:
        """Return 15日 as a day of the month named before it in the sentence (7月1日、15日)."""
        before = self.found[-1] if self.found else None
        if self.month is None or self.year is None or before is None or before.unit != "day":
            return None
        if self.text[before.end : length.start] not in _SAME_MONTH or length.ranged:
            return None
        try:
            day = date(self.year, self.month, length.number)
        except ValueError:
            return None
        return TimeExpression(length.start, length.unit_end, dates.iso((day, day)), unit="day")


#: Stands for the day of a text that has none, where only whether there are dates is asked.
_ANY_DAY = date(2000, 1, 1)
_PLURALS = {"day": "days", "ten days": "days", "half": "halves", "century": "centuries"}


def _wider(unit: str, second: Moment | None) -> str:
    """Return the unit of a moment, or of the range up to a second one."""
    if second is None or (unit.endswith("s") and unit != "ten days"):
        return unit
    return _PLURALS.get(second.unit, second.unit if second.unit.endswith("s") else f"{second.unit}s")
