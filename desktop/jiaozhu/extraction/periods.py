"""Time expressions and the dates they stand for: 去年前三季度 is 2023-01-01/2023-09-30 in a text of 2024.

The rules are those of the page "Periods" (resources/guideline). Words and marks stand in
resources/lexicon/periods.toml, patterns in `timewords.py`, calendar arithmetic in `dates.py`; here an
expression is put together from its parts, given a year where none is written, and turned into dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from jiaozhu import lexicon
from jiaozhu.extraction import dates
from jiaozhu.extraction.dates import Days
from jiaozhu.extraction.numerals import parse_number
from jiaozhu.extraction.timewords import BEFORE_TRIGGER, BEHIND_TRIGGER, Patterns, patterns

#: Roles of expressions whose number says how long or how old, so that it may be a value as well.
MEASURES = frozenset({"duration", "streak", "age"})


@dataclass(slots=True)
class TimeExpression:
    """A time expression in a text; `period` is ISO `start/end`, both inclusive, None if it fixes no dates."""

    start: int
    end: int
    period: str | None
    #: Why there is a period or none: period, comparison, streak, rate, duration, age, name, event, vague, open
    #: (a beginning without an end). A "period" without dates needs the day of the text, or a year before it.
    role: str = "period"
    #: What it names: day, ten days, month, months, quarter, quarters, half, year, years, plan, decade, century, count.
    unit: str | None = None
    #: How it names it: span, state (at a day), deadline (from the day of the text), since (to the day of the text).
    form: str = "span"
    #: No year is written and none stands before it in the sentence: the year is inferred.
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


# ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Moment:
    """A stretch of the calendar as written, perhaps without its year."""

    end: int  # offset behind it
    unit: str
    year: int | None = None
    last_year: int | None = None  # of 2021—2023年
    first: tuple[int, int] = (1, 1)  # month and day
    last: tuple[int, int] = (12, 0)  # day 0: the last of the month
    form: str = "span"  # span, state, vague
    fixed: bool = False  # the year isn't to be inferred
    lost: bool = False  # what its year is counted from isn't known
    whole: bool = False  # 全年
    shift: int | None = None  # years after the other end of the range: 10月至次年3月

    @property
    def dated(self) -> bool:
        """Whether its year is known."""
        return self.year is not None

    def days(self, year: int) -> Days | None:
        """Return its first and last day in a year, None if the calendar has no such days."""
        last_year = (self.last_year or year) + (self.last[0] < self.first[0])
        try:
            first = date(year, *self.first)
            last = (
                date(last_year, *self.last) if self.last[1] else dates.last_of_month(last_year, self.last[0])
            )
        except ValueError:
            return None
        return (last, last) if self.form == "state" else (first, last)


#: Statistics of a period are still "expected" (预计) this many days after its end.
_STATISTICS_LAG = timedelta(days=45)
#: Up to this month a report speaks of the year before.
_REVIEW_MONTHS = 3
#: How far a clause is searched for its marks.
_CLAUSE = 120
_CLAUSE_MARKS = frozenset(",;:。!?\n")
_SENTENCE_MARK = re.compile(r"[。!?\n]")
_TITLE = re.compile(r"《[^《》\n]{1,120}》")
_VALUE_BEHIND = re.compile(
    r"的\s?(?:百分之|[0-9.一二三四五六七八九十百千万]+(?![0-9.年个一二三四五六七八九十百千万]))"
)
_FROM = re.compile(r"[从自由]\Z")
_UNTIL = ("截至到", "截止到", "截至", "截止")
#: Two numerals for about as many: 两三年, 三五年.
_PAIR = re.compile(r"[一二两三四五六七八][二两三四五六七八九]")
#: Before two digits that mean a year: 在98年.
_LEADS_YEAR = frozenset("从自在到至于比较'’、,;:。(\n ")
_BIG_UNITS = frozenset({"plan", "decade", "century", "count"})
#: 前 after these leaves their last day in: 6月底前.
_DAY_LIKE = frozenset({"day", "ten days"})
_LONGEST_COUNT = 200
_FIRST_CENTURY = 15
#: 2000年来, 2000年历史: a length of time after all.
_MILLENNIA, _AGO = 2000, ("来", "前", "历史", "文明")
_DECEMBER = 12
#: Years of a text from which centuries can be counted both ways.
_CALENDAR = range(1000, 9000)


@lru_cache(maxsize=4096)
def _whole(word: str) -> int:
    """Return the value of a whole number in Arabic or Chinese numerals, blanks left out."""
    word = word.replace(" ", "").replace("\t", "")
    if word == "元":
        return 1
    value = parse_number(word)
    return int(value) if value is not None else 0


@cache
def _offsets(group: str) -> dict[str, tuple[int, int]]:
    """Return the words of a group, each with the first and last distance it stands for."""
    table: dict[str, tuple[int, int]] = {}
    for word, entry in lexicon.entries("periods", group).items():
        try:
            table[word] = (
                (entry["offset"], entry["offset"]) if "offset" in entry else (entry["first"], entry["last"])
            )
        except KeyError as error:
            raise lexicon.LexiconError(f"periods.toml: [{group}] {word} has no {error}") from None
    return table


class _Reader:
    """Reads one text from its start and remembers the year and month named last in the sentence."""

    def __init__(self, text: str, day: date | None, start: int, stop: int) -> None:
        self.text, self.day, self.start, self.stop = text, day, start, stop
        self.words: Patterns = patterns()
        self.found: list[TimeExpression] = []
        self.done = start  # nothing before it may be taken any more
        self.seen = start  # the sentence is known up to here
        self.year: int | None = None
        self.month: int | None = None
        self.narrow = False  # the expression before lies within one year
        self.titles = self._titles()
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

    def _titles(self) -> Iterator[tuple[int, int]]:
        if self.text.find("《", self.start, self.stop) < 0:
            return iter(())
        return (match.span() for match in _TITLE.finditer(self.text, self.start, self.stop))

    def _enter(self, at: int) -> None:
        """Forget what the sentence before named."""
        if _SENTENCE_MARK.search(self.text, self.seen, at):
            self.year = self.month = None
            self.narrow = False
        self.seen = max(self.seen, at)

    def _in_title(self, at: int) -> bool:
        while self.title and self.title[1] <= at:
            self.title = next(self.titles, None)
        return self.title is not None and self.title[0] <= at

    def _expression(self, match: re.Match[str]) -> TimeExpression | None:
        """Return the expression that begins where the pattern of beginnings matched."""
        kind, at = match.lastgroup, match.start()
        if kind == "moment":
            return self._moments(at) or self._length(at)
        if kind == "length":
            return self._length(at)
        if kind == "plan":
            return self._plan(at) or self._length(at)
        if kind == "century":
            return self._century(at)
        if kind == "now":
            period = dates.iso((self.day, self.day)) if self.day else None
            return TimeExpression(at, match.end(), period, unit="day", form="state")
        return TimeExpression(at, match.end(), None, "name")

    # Years and their parts ---------------------------------------------------------

    def _moments(self, at: int) -> TimeExpression | None:
        """Return the expression of a moment, or of a range of two: 去年9月至今年2月."""
        first = self._moment(at, self.year, self.month)
        if first is None:
            return None
        if first.year == _MILLENNIA and self.text.startswith(_AGO, first.end):
            return TimeExpression(at, first.end, None, "duration", "count")
        end, second = first.end, None
        tail = self.words.tail.match(self.text, end, self.stop)
        if tail is None or tail.lastgroup != "since":
            second = self._range_end(first)
        if second is not None:
            end = second.end
            tail = self.words.tail.match(self.text, end, self.stop)
        return self._settled(at, end, first, second, tail)

    def _moment(self, at: int, year: int | None, month: int | None) -> _Moment | None:
        """Return the moment that begins at `at`; `year` and `month` were named before it."""
        match = self.words.year.match(self.text, at, self.stop)
        moment = None
        if match:
            moment = self._year(match, year)
            if moment is None:
                return None
            at = moment.end
            while at < self.stop and self.text[at] in " \t" and at < moment.end + 2:
                at += 1
        part = self.words.part.match(self.text, at, self.stop)
        if part and (moment is None or moment.last_year is None):
            moment = self._part(part, moment, year, month) or moment
        if moment is None:
            return None
        if moment.form == "span" and not moment.whole:
            self._edge(moment)
        return moment

    def _year(self, match: re.Match[str], before: int | None) -> _Moment | None:
        moment = _Moment(match.end(), "year", fixed=True)
        if match["years"]:
            named = [_whole(number) for number in self.words.numbers.findall(match["years"])]
            century = named[0] - named[0] % 100
            named = [century + year if year < 100 else year for year in named]
            moment.year, last = min(named), max(named)
            if last != moment.year:
                moment.last_year, moment.unit = last, "years"
            if not all(map(dates.exists, named)):
                return None
        elif match["short"]:
            year = self._short_year(match)
            if year is None:
                return None
            moment.year, moment.lost = (year, False) if self.day else (None, True)
        else:
            self._said_year(moment, match["said"], before)
        return moment

    def _short_year(self, match: re.Match[str]) -> int | None:
        """Return the year that two digits mean, None if they are a length of time (98年, 三五年)."""
        word, end = match["short"].replace(" ", ""), match.end()
        text = self.text
        part = self.words.part.match(text, end, self.stop)
        certain = (
            word[0] in "0〇零" or bool(part and not part["ten_days"]) or text.startswith(("底", "末"), end)
        )
        if word.isdigit() and word.isascii():
            led = match.start() == self.start or text[match.start() - 1] in _LEADS_YEAR
            certain = certain or (
                led and word >= "78" and not text.startswith(("来", "前", "后", "内", "间", "的"), end)
            )
        else:
            low, high = _whole(word[0]), _whole(word[1])
            certain = certain or not (1 <= high - low <= 2)
        if not certain:
            return None
        return dates.nearest_year(_whole(word[0]) * 10 + _whole(word[1]), self.day.year if self.day else 2000)

    def _said_year(self, moment: _Moment, word: str, before: int | None) -> None:
        """Give a moment the year that a word such as 去年 or 次年 means."""
        group = next(group for group in ("year_again", "year", "years") if word in _offsets(group))
        if group == "year_again":
            base, (first, last) = before, _offsets(group)[word]
        else:
            base, (first, last) = self.day.year if self.day else None, _offsets(group)[word]
        if base is None and group == "year_again":
            moment.shift = first
        if base is None or not (dates.exists(base + first) and dates.exists(base + last)):
            moment.lost = True
            return
        moment.year = base + first
        if last != first:
            moment.last_year, moment.unit = base + last, "years"

    def _part(
        self, part: re.Match[str], moment: _Moment | None, year: int | None, month: int | None
    ) -> _Moment | None:
        """Return the part of a year; None if it can't follow the year before it."""
        kind = part.lastgroup or ""
        alone = moment is None
        if moment is None:
            moment = _Moment(part.end(), "year")
        elif kind in ("this_month", "this_quarter", "month_end", "ten_days"):
            return None
        moment.end = part.end()
        if kind == "whole":
            moment.whole = alone
        elif kind == "half":
            moment.unit = "half"
            moment.first, moment.last = ((1, 1), (6, 0)) if part["half"] in "上前" else ((7, 1), (12, 0))
        elif kind == "front_quarters":
            moment.unit, moment.last = "quarters", (_whole(part["front_quarters"]) * 3, 0)
        elif kind == "front_months":
            moment.unit, moment.last = "months", (_whole(part["front_months"]), 0)
        elif kind in ("quarters", "first_quarter"):
            named = [_whole(number) for number in self.words.numbers.findall(part["quarters"] or "1")]
            moment.unit = "quarter" if len(named) == 1 else "quarters"
            moment.first, moment.last = (named[0] * 3 - 2, 1), (named[-1] * 3, 0)
        elif kind == "months":
            named = [_whole(number) for number in self.words.numbers.findall(part["months"])]
            moment.unit = "month" if len(named) == 1 else "months"
            moment.first, moment.last = (named[0], 1), (named[-1], 0)
        elif kind == "year_end":
            moment.form = "state"
        elif kind == "one_year":
            if alone or moment.lost:
                return None
        elif kind == "within_year":
            if alone and self.day:
                moment.year = self.day.year
            moment.lost = moment.year is None
        elif kind == "year_start":
            moment.form, moment.last = "vague", (1, 1)
        else:
            self._near_month(part, kind, moment, year, month)
        if moment.unit == "month" and not moment.lost:
            self._in_month(moment)
        return moment

    def _near_month(
        self, part: re.Match[str], kind: str, moment: _Moment, year: int | None, month: int | None
    ) -> None:
        """Read what is counted from the month of the text, or from the one before it in the sentence."""
        moment.unit, day = "month", self.day
        word = part.group().removesuffix("份")
        if word in _offsets("month_again") or (kind == "ten_days" and month):
            moment.lost = month is None or year is None
            if moment.lost:
                return
            assert month is not None
            moment.year, moment.first, moment.last = year, (month, 1), (month, 0)
        elif day is None:
            moment.lost = True
        elif kind == "this_quarter":
            moment.unit = "quarter"
            first = dates.add_months(
                date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * _offsets("quarter")[word][0]
            )
            moment.year, moment.first, moment.last = first.year, (first.month, 1), (first.month + 2, 0)
        else:
            offset = _offsets("month")[word][0] if kind == "this_month" else 0
            first = dates.add_months(day.replace(day=1), offset)
            moment.year, moment.first, moment.last = first.year, (first.month, 1), (first.month, 0)
        if kind == "month_end":
            moment.form = "state"
        elif kind == "ten_days":
            self._ten_days(moment, word)

    def _in_month(self, moment: _Moment) -> None:
        """Narrow a month to the days or the ten days that follow it."""
        if moment.unit != "month" or moment.form == "state":
            return
        match = self.words.in_month.match(self.text, moment.end, self.stop)
        if match is None:
            return
        if match["ten_days"]:
            self._ten_days(moment, match["ten_days"])
        else:
            named = [_whole(number) for number in self.words.numbers.findall(match["days"])]
            moment.unit = "day"
            moment.first, moment.last = (moment.first[0], named[0]), (moment.first[0], named[-1])
        moment.end = match.end()

    @staticmethod
    def _ten_days(moment: _Moment, word: str) -> None:
        month = moment.first[0]
        moment.unit = "ten days"
        moment.first = (month, {"上": 1, "中": 11, "下": 21}[word[0]])
        moment.last = (month, {"上": 10, "中": 20, "下": 0}[word[-2]])

    def _edge(self, moment: _Moment) -> None:
        """Take 底, 末 or 初 behind a moment into it."""
        edge = self.words.end.match(self.text, moment.end, self.stop)
        if edge:
            moment.form = "state"
        else:
            edge = self.words.vague.match(self.text, moment.end, self.stop)
            if edge is None:
                return
            moment.form = "vague"
        moment.end = edge.end()

    def _range_end(self, first: _Moment) -> _Moment | None:
        """Return the moment that 至, 到 or a dash joins to the first, None if none does."""
        joint = self.words.joint.match(self.text, first.end, self.stop)
        if joint is None:
            return None
        last_year = first.last_year or first.year
        second = self._moment(joint.end(), last_year, first.first[0])
        if second is not None:
            if second.shift is not None and first.year is None and not first.lost:
                second.lost = False
            return second
        if first.unit == "day":
            day = self.words.day.match(self.text, joint.end(), self.stop)
            if day:
                at = (first.last[0], _whole(day["days"]))
                return _Moment(day.end(), "day", first=at, last=at)
        return None

    # From moments to dates ---------------------------------------------------------

    def _settled(
        self, at: int, end: int, first: _Moment, second: _Moment | None, tail: re.Match[str] | None
    ) -> TimeExpression:
        """Return the expression of a moment or a range, with its dates."""
        kind = tail.lastgroup if tail else None
        final = second or first
        if tail:
            end = tail.end()
        begin, head = self._head(at, end)
        expression = TimeExpression(
            begin, end, None, unit=first.unit if second is None else _wider(first, final)
        )
        deadline = (
            head == "to"
            or kind == "within"
            or (kind == "before" and (final.form == "state" or final.unit in _DAY_LIKE))
        )
        if first.lost or final.lost:
            days = None
        else:
            days = self._dated(expression, first, second, deadline, head)
        self._fix(expression, days, first, final, kind, head, deadline)
        return expression

    def _dated(
        self,
        expression: TimeExpression,
        first: _Moment,
        second: _Moment | None,
        deadline: bool,
        head: str | None,
    ) -> Days | None:
        """Return the days of a moment or a range; the year of one without a year is inferred."""

        def within(year: int) -> Days | None:
            days = first.days(year)
            if second is None or days is None:
                return days
            last = second.days(second.year if second.year is not None else days[1].year + (second.shift or 0))
            if last and second.year is None and last[1] < days[0]:
                last = second.days(days[1].year + 1)
            return (days[0], last[1]) if last and days[0] <= last[1] else None

        if first.year is not None:
            return within(first.year)
        if second is not None and second.year is not None:
            return within(second.year) or within(second.year - 1)
        year = (
            self._whole_year(expression)
            if first.whole
            else self._inferred_year(expression, within, deadline, head)
        )
        return within(year) if year is not None else None

    def _whole_year(self, expression: TimeExpression) -> int | None:
        """Return the year of 全年: the one just before it, else by the season and the tense."""
        if self.year is not None or self.day is None:
            return self.year
        expression.assumed = True
        early = self.day.month <= _REVIEW_MONTHS
        return self.day.year - (early and self._future_mark(expression) is None)

    def _inferred_year(
        self,
        expression: TimeExpression,
        within: Callable[[int], Days | None],
        deadline: bool,
        head: str | None,
    ) -> int | None:
        """Return the year of a part of a year that is written without one."""
        if self.narrow and self.year is not None:
            return self.year
        if self.day is None:
            return None
        expression.assumed = True
        day, year = self.day, self.day.year
        days = within(year)
        if days is None:  # 29 February
            return year
        mark = self._future_mark(expression)
        if mark == "预计" and days[1] < day <= days[1] + _STATISTICS_LAG:
            mark = None
        if mark:
            return year + 1 if days[1] < day else year
        if deadline and (head != "to" or day.month > _REVIEW_MONTHS):
            return year  # a deadline looks ahead by itself
        unfinished = (days[0].month, days[0].day) == (1, 1) and days[1] > day
        return year - 1 if days[0] > day or unfinished else year

    def _future_mark(self, expression: TimeExpression) -> str | None:
        """Return a mark of the future in the clause around an expression."""
        text = self.text
        low, high = expression.start, expression.end
        floor, roof = max(self.start, low - _CLAUSE), min(self.stop, high + _CLAUSE)
        while low > floor and text[low - 1] not in _CLAUSE_MARKS:
            low -= 1
        while high < roof and text[high] not in _CLAUSE_MARKS:
            high += 1
        marks = [match.group() for match in self.words.future.finditer(text, low, high)]
        return next((mark for mark in marks if mark != "预计"), marks[0] if marks else None)

    def _head(self, at: int, end: int) -> tuple[int, str | None]:
        """Return where an expression begins with 到, 至 or 截至 before it, and which it is: to, until."""
        text, begin = self.text, at
        while begin > self.done and text[begin - 1] in " \t" and at - begin < 2:
            begin -= 1
        for word in _UNTIL:
            if begin - len(word) >= self.done and text.startswith(word, begin - len(word)):
                return begin - len(word), "until"
        if begin > self.done and text[begin - 1] in "到至":
            verb = self.words.reaching.search(text, max(self.start, begin - 6), begin - 1)
            if verb is None and not _VALUE_BEHIND.match(text, end):
                return begin - 1, "to"
        return at, None

    def _fix(
        self,
        expression: TimeExpression,
        days: Days | None,
        first: _Moment,
        final: _Moment,
        tail: str | None,
        head: str | None,
        deadline: bool,
    ) -> None:
        """Give an expression its form, its role and, unless the role forbids it, its period."""
        day = self.day
        role = self._role(expression, tail, head, ranged=first is not final)
        if role is None and final.form == "vague" and tail != "since":
            role = "vague"
        if role is None and tail == "before" and not deadline:
            role = "open"
        shown = days
        if head == "until":
            expression.form = "state"
            shown = (days[1], days[1]) if days else None
        elif tail == "since":
            expression.form = "since"
            shown = (days[0], day) if days and day and days[0] <= day else None
        elif deadline:
            expression.form = "deadline"
            shown = _until(day, days[1]) if days and day else None
        elif final.form == "state":
            expression.form = "state"
        if role:
            expression.role = role
        elif shown:
            expression.period = dates.iso(shown)
        if days and role not in ("comparison", "name", "event"):
            self._remember(days, shown or days, expression.unit)

    def _remember(self, days: Days, shown: Days, unit: str | None) -> None:
        """Keep what later expressions of the sentence may be counted from."""
        self.narrow = shown[0].year == shown[1].year
        self.year = days[1].year
        self.month = days[1].month if unit in ("day", "ten days", "month") else None

    def _role(
        self, expression: TimeExpression, tail: str | None, head: str | None, *, ranged: bool = False
    ) -> str | None:
        """Return why an expression has no period, None if it may have one."""
        text, words = self.text, self.words
        start, end = expression.start, expression.end
        if self._in_title(start):
            return "name"
        if self._compared(start, end):
            return "comparison"
        if tail == "after":
            return "open"
        if tail == "around":
            return "vague"
        if tail == "since" and words.record.match(text, end, self.stop):
            return "streak"
        if tail is None and words.festival.match(text, end, self.stop):
            return "event"
        if head is None and tail != "since" and not ranged:
            if words.beginning.search(text, max(self.start, start - 2), start):
                return "open"
            if text.startswith("开始", end) and _FROM.search(text, max(self.start, start - 1), start):
                return "open"
        return None

    def _compared(self, start: int, end: int) -> bool:
        """Tell whether a figure is compared with what stands there: 比上年, 与2018年相比, 去年同期."""
        text, words = self.text, self.words
        low = max(self.start, start - 7)
        if words.compared_before.search(text, low, start) or words.compared_behind.match(
            text, end, self.stop
        ):
            return True
        return bool(
            words.together.search(text, low, start) and words.together_behind.match(text, end, self.stop)
        )

    # Plans, centuries, decades -----------------------------------------------------

    def _plan(self, at: int) -> TimeExpression | None:
        """Return a five-year plan, or years of it: “十四五”期间, “十四五”前三年."""
        match = self.words.plan.match(self.text, at, self.stop)
        if match is None:
            return None
        years = dates.of_plan(_whole(match["quoted"] or match["ordinal"] or match["long"] or match["bare"]))
        if years is None:
            return None
        first, last = years
        rest = self.words.plan_tail.match(self.text, match.end(), self.stop)
        assert rest is not None
        moment = _Moment(rest.end(), "plan", first, last, fixed=True)
        document = match["kind"] or rest["kind"]
        if rest["which"] or rest["last"] or rest["first"]:
            n = _whole(rest["n"]) if rest["n"] else 1
            if rest["which"] in ("前", "头"):
                last = min(last, first + n - 1)
            elif rest["which"] == "第":
                first = last = min(last, first + n - 1)
            elif rest["first"]:
                last = first
            else:
                first = max(first, last - n + 1)
            moment = _Moment(rest.end(), "year" if first == last else "years", first, last, fixed=True)
        elif document and not rest["during"] and not self.words.end.match(self.text, rest.end(), self.stop):
            return TimeExpression(at, rest.end(), None, "name", "plan")
        elif not document and not rest["during"] and not match["bare"]:
            if self.words.plan_name.match(self.text, match.end(), self.stop):
                return TimeExpression(at, match.end(), None, "name", "plan")
        return self._fixed(at, moment)

    def _fixed(self, at: int, moment: _Moment) -> TimeExpression:
        """Return the expression of a moment whose dates are fixed, with what follows it."""
        self._edge(moment)
        unit, end, second = moment.unit, moment.end, None
        tail = self.words.tail.match(self.text, end, self.stop)
        if tail is None:
            joint = self.words.joint.match(self.text, end, self.stop)
            plan = joint and self.words.plan.match(self.text, joint.end(), self.stop)
            years = plan and dates.of_plan(
                _whole(plan["quoted"] or plan["ordinal"] or plan["long"] or plan["bare"])
            )
            if plan and years and unit == "plan":
                rest = self.words.plan_tail.match(self.text, plan.end(), self.stop)
                end = rest.end() if rest and not rest["which"] else plan.end()
                second = _Moment(end, "plan", *years, fixed=True)
                self._edge(second)
                end = second.end
                tail = self.words.tail.match(self.text, end, self.stop)
        year, month, narrow = self.year, self.month, self.narrow
        expression = self._settled(at, end, moment, second, tail)
        if unit in _BIG_UNITS:  # no year to count from
            self.year, self.month, self.narrow = year, month, narrow and expression.period is None
        return expression

    def _century(self, at: int) -> TimeExpression | None:
        """Return a century, a decade, or the first years of a century: 本世纪头二十年."""
        match = self.words.century.match(self.text, at, self.stop)
        assert match is not None
        if self.words.event.match(self.text, match.end(), self.stop):
            return TimeExpression(at, match.end(), None, "name", "century")
        moment = _Moment(match.end(), "century", fixed=True)
        number: int | None = 20
        if word := match["century"]:
            number = self._century_number(word)
            if number is not None and number < _FIRST_CENTURY:
                return None  # 四分之一世纪
        if number is None:
            moment.lost = True
            return self._fixed(at, moment)
        first, last = dates.of_century(number)
        if head := match["head"]:
            last = min(last, first + _whole(head) - 1)
            moment.unit = "years"
        elif decade := match["decade"] or match["alone"]:
            moment.unit = "decade"
            low, high = _decade(decade)
            first, last = first - 1 + low, first - 1 + high + 9
        if not (1 <= first <= last <= date.max.year):
            return None
        moment.year, moment.last_year = first, last
        return self._fixed(at, moment)

    def _century_number(self, word: str) -> int | None:
        offset = {"上": -1, "本": 0, "下": 1}.get(word[0])
        if offset is None:
            return _whole(word)
        return dates.century_of(self.day.year) + offset if self.day else None

    # Lengths of time ---------------------------------------------------------------

    def _length(self, at: int) -> TimeExpression | None:
        """Return a length of time: 近三年 and 三年内 have dates, 三年, 连续三年, 三年行动 have none."""
        match = self.words.length.match(self.text, at, self.stop)
        if match is None:
            return None
        text, unit, end = self.text, match["unit"], match.end()
        if unit == "月" and not match["streak"]:
            return None
        if unit == "日" and (same := self._day_of_month(match)):
            return same
        low, high = match["n"], match["to"]
        if _PAIR.fullmatch(low):  # 两三年
            low, high = low[0], low[1]
        n = _whole(high or low) if "." not in low else 0
        expression = TimeExpression(at, end, None, "duration", "count")
        tail = self.words.tail.match(text, end, self.stop)
        kind = tail.lastgroup if tail else None
        if tail and kind in ("since", "during", "within", "before", "after", "around"):
            expression.end = end = tail.end()
        exact = not (match["more"] or match["long"] or match["half"]) and 0 < n <= _LONGEST_COUNT
        past = match["past"] and not self.words.nearly.search(text, max(self.start, at - 4), at)
        if match["age"]:
            expression.role = "age"
        elif match["streak"]:
            expression.role = "streak"
        elif match["rate"] or self.words.every.match(text, match.end(), self.stop):
            expression.role = "rate"
        elif self._in_title(at):
            expression.role = "name"
        elif (past or kind == "since") and self.words.record.match(text, end, self.stop):
            expression.role = "streak"
        elif self._compared(at, end) and not match["past"]:
            expression.role = "comparison"
        elif unit in ("年", "个月") and (past or match["future"] or kind in ("since", "within")):
            half = low == "半"
            if self._compared(at, end):
                expression.role = "comparison"
            elif (
                (exact and not high)
                or (half and kind == "within")
                or (exact and (match["future"] or kind == "within"))
            ):
                self._counted(expression, 6 if half else n, "个月" if half else unit, bool(past), kind)
            else:
                expression.role = "vague"
        elif kind in ("before", "after", "around", "since"):
            expression.role = "vague"
        elif self.words.length_name.match(text, match.end(), self.stop):
            expression.role = "name"
        return expression

    def _day_of_month(self, match: re.Match[str]) -> TimeExpression | None:
        """Return 15日 as a day of the month named before it in the sentence (7月1日、15日)."""
        before = self.found[-1] if self.found else None
        if self.month is None or self.year is None or before is None or before.unit != "day":
            return None
        if self.text[before.end : match.start()] not in ("、", "和", "与") or match["to"]:
            return None
        try:
            day = date(self.year, self.month, _whole(match["n"]))
        except ValueError:
            return None
        return TimeExpression(match.start(), match.end(), dates.iso((day, day)), unit="day")

    def _counted(self, expression: TimeExpression, n: int, unit: str, past: bool, tail: str | None) -> None:
        """Give N years or months, past or to come, their dates."""
        expression.role, day = "period", self.day
        if day is None:
            return
        months = unit == "个月"
        if tail == "within" and not past:
            expression.form = "deadline"
            last = dates.add_months(day, n) if months else date(_next_year(day) + n - 1, 12, 31)
            days = (day, last)
        elif past or tail == "since":
            if months:
                days = (dates.add_months(day.replace(day=1), -n), day.replace(day=1) - timedelta(days=1))
            else:
                last_year = day.year - (day.month < _DECEMBER)
                days = dates.of_years(last_year - n + 1, last_year)
        elif months:
            days = (day, dates.add_months(day, n))
        else:
            days = dates.of_years(_next_year(day), _next_year(day) + n - 1)
        expression.period = dates.iso(days)
        self.narrow = days[0].year == days[1].year
        if self.narrow:
            self.year, self.month = days[1].year, None


def _next_year(day: date) -> int:
    """Return the first of the years to come: still this year up to June."""
    return day.year + (day.month > 6)


def _until(day: date, last: date) -> Days:
    """Return the stretch to a deadline, from the day of the text on."""
    return (last, last) if last < day else (day, last)


def _decade(word: str) -> tuple[int, int]:
    """Return the first years of the decades in 九十, 90 or 七八十, counted in their century."""
    if word.isascii():
        return int(word), int(word)
    digits = word.removesuffix("十") or "一"
    values = [_whole(digit) * 10 for digit in digits if digit != "十"]
    return (min(values), max(values)) if values else (10, 10)


def _wider(first: _Moment, second: _Moment) -> str:
    """Return the unit of a range."""
    return (
        first.unit
        if first.unit.endswith("s") or first.unit == "plan"
        else {"day": "days"}.get(second.unit, f"{second.unit}s")
    )
