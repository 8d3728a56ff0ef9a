"""Moments: stretches of the calendar as a text names them, perhaps without their year.

``去年前三季度``, ``12月``, ``“十四五”``, ``90年代末`` are read here into year, first and last day. What
year a moment without one has, and what its surroundings make of it, is for `periods.py` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from jiaozhu import lexicon
from jiaozhu.extraction.numbers.numerals import parse_number
from jiaozhu.extraction.times import dates
from jiaozhu.extraction.times.dates import Days
from jiaozhu.extraction.times.timewords import patterns


@dataclass(slots=True)
class Moment:
    """A stretch of the calendar as written."""

    end: int  # offset behind it
    unit: str
    year: int | None = None  # of its first day; None: none is written
    last_year: int | None = None  # of 2021—2023年
    first: tuple[int, int] = (1, 1)  # month and day
    last: tuple[int, int] = (12, 0)  # day 0: the last of the month
    form: str = "span"  # span, state (底, 末), vague (初)
    whole: bool = False  # 全年 without a year
    lost: bool = False  # what its year is counted from isn't known
    shift: int | None = None  # years behind the other end of its range: 10月至次年3月
    document: bool = False  # the name of a plan, not its years: “十四五”规划

    def days(self, year: int) -> Days | None:
        """Return its days if it begins in `year`, None if the calendar has no such days."""
        last_year = (self.last_year or year) + (self.last[0] < self.first[0])
        month, day = self.last
        try:
            first = date(year, *self.first)
            last = date(last_year, month, day) if day else dates.last_of_month(last_year, month)
        except ValueError:
            return None
        return (last, last) if self.form == "state" else (first, last)


#: Before two digits that mean a year: 在98年.
_LEADS_YEAR = frozenset("从自在到至于比较'’、,;:。(\n ")
#: Behind two digits that mean a length of time: 98年来.
_AFTER_LENGTH = ("来", "前", "后", "内", "间", "的")
#: Arabic digits below these are rather a length of time: 70年.
_FIRST_SHORT_YEAR = "78"
_THIS_CENTURY = 2000
#: Chinese texts name centuries from about here on; 四分之一世纪 names none.
_FIRST_CENTURY = 15
#: A decade without a century lies in the 20th.
_CENTURY_OF_DECADES = 20
#: What counts from the day of the text and so can't follow a year: 今年 本月.
_ALONE = frozenset({"this_month", "this_quarter", "month_end", "ten_days"})


@lru_cache(maxsize=4096)
def whole_number(word: str) -> int:
    """Return the value of a whole number in Arabic or Chinese numerals, blanks left out; 0 if it is none."""
    word = "".join(word.split())
    if word == "元":  # 元月
        return 1
    value = parse_number(word)
    return int(value) if value is not None else 0


@cache
def _offsets(group: str) -> dict[str, tuple[int, int]]:
    """Return the words of a group, each with the first and last distance it stands for."""
    table: dict[str, tuple[int, int]] = {}
    for word, entry in lexicon.entries("periods", group).items():
        try:
            alone = "offset" in entry
            table[word] = (entry["offset"],) * 2 if alone else (entry["first"], entry["last"])
        except KeyError as error:
            raise lexicon.LexiconError(f"periods.toml: [{group}] {word} has no {error}") from None
    return table


class MomentReader:
    """Reads the moments of one text, up to `stop`; `day` is the day of the text."""

    def __init__(self, text: str, day: date | None, start: int, stop: int) -> None:
        self._text, self._day, self._start, self._stop = text, day, start, stop
        self._words = patterns()

    def read(self, at: int, year: int | None, month: int | None) -> Moment | None:
        """Return the year, or part of a year, that begins at `at`.

        `year` and `month` were named last before it in the sentence; 次年 and 当月 count from them.
        """
        text, stop = self._text, self._stop
        match = self._words.year.match(text, at, stop)
        moment = None
        if match:
            moment = self._year(match, year)
            if moment is None:
                return None
            at = moment.end
            while at < stop and text[at] in " \t" and at < moment.end + 2:
                at += 1
        part = self._words.part.match(text, at, stop)
        if part and moment is None:
            moment = self._part(part, Moment(part.end(), "year"), year, month, alone=True)
        elif part and moment and moment.last_year is None:
            moment = self._part(part, moment, year, month, alone=False)
        if moment and moment.form == "span" and not moment.whole:
            self._edge(moment)
        return moment

    def range_end(self, first: Moment) -> Moment | None:
        """Return the moment that 至, 到 or a dash joins to the first, None if none does."""
        joint = self._words.joint.match(self._text, first.end, self._stop)
        if joint is None:
            return None
        if first.unit == "plan":
            second = self.plan(joint.end())
            return second if second and not second.document else None
        second = self.read(joint.end(), first.last_year or first.year, first.first[0])
        if second is not None:
            if second.shift is not None and first.year is None and not first.lost:
                second.lost = False
            return second
        if first.unit == "day":
            day = self._words.day.match(self._text, joint.end(), self._stop)
            if day:
                at = (first.last[0], whole_number(day["days"]))
                return Moment(day.end(), "day", first=at, last=at)
        return None

    # Years -------------------------------------------------------------------------

    def _numbers(self, listed: str) -> list[int]:
        return [whole_number(number) for number in self._words.numbers.findall(listed)]

    def _year(self, match: re.Match[str], before: int | None) -> Moment | None:
        """Return the year, or years, of a match; None if it is a length of time."""
        moment = Moment(match.end(), "year")
        if match["years"]:
            named = self._numbers(match["years"])
            century = named[0] - named[0] % 100
            named = [century + year if year < 100 else year for year in named]
            moment.year, last = min(named), max(named)
            if last != moment.year:
                moment.last_year, moment.unit = last, "years"
        elif match["short"]:
            year = self._short_year(match)
            if year is None:
                return None
            moment.year, moment.lost = (year, False) if self._day else (None, True)
        else:
            self._said_year(moment, match["said"], before)
        return moment

    def _short_year(self, match: re.Match[str]) -> int | None:
        """Return the year that two digits mean, None if they are a length of time (50年, 三五年)."""
        text, end = self._text, match.end()
        word = "".join(match["short"].split())
        part = self._words.part.match(text, end, self._stop)
        certain = word[0] in "0〇零" or text.startswith(("底", "末"), end)
        if part and not part["ten_days"]:
            certain = True
        elif word.isascii():
            led = match.start() == self._start or text[match.start() - 1] in _LEADS_YEAR
            certain |= led and word >= _FIRST_SHORT_YEAR and not text.startswith(_AFTER_LENGTH, end)
        else:
            certain |= not 1 <= whole_number(word[1]) - whole_number(word[0]) <= 2
        if not certain:
            return None
        digits = whole_number(word[0]) * 10 + whole_number(word[1])
        return dates.nearest_year(digits, self._day.year if self._day else _THIS_CENTURY)

    def _said_year(self, moment: Moment, word: str, before: int | None) -> None:
        """Give a moment the year that a word such as 去年 or 次年 means."""
        group = next(group for group in ("year_again", "year", "years") if word in _offsets(group))
        first, last = _offsets(group)[word]
        base = before if group == "year_again" else self._day.year if self._day else None
        if base is None:
            moment.lost = True
            moment.shift = first if group == "year_again" else None
            return
        moment.year = base + first
        if last != first:
            moment.last_year, moment.unit = base + last, "years"

    # Parts of a year ---------------------------------------------------------------

    def _part(
        self, part: re.Match[str], moment: Moment, year: int | None, month: int | None, *, alone: bool
    ) -> Moment | None:
        """Narrow a moment to a part of its year; `alone`: no year stands before the part.

        Returns None if a part that needs a year has none, and the moment as it was if the part can't
        follow a year.
        """
        kind = part.lastgroup or ""
        if kind == "one_year" and (alone or moment.lost):
            return None
        if kind in _ALONE and not alone:
            return moment
        moment.end = part.end()
        if kind == "whole":
            moment.whole = alone
        elif kind == "half":
            moment.unit = "half"
            moment.first, moment.last = ((1, 1), (6, 0)) if part["half"] in "上前" else ((7, 1), (12, 0))
        elif kind == "front_quarters":
            moment.unit, moment.last = "quarters", (whole_number(part["front_quarters"]) * 3, 0)
        elif kind == "front_months":
            moment.unit, moment.last = "months", (whole_number(part["front_months"]), 0)
        elif kind in ("quarters", "first_quarter"):
            named = self._numbers(part["quarters"] or "1")
            moment.unit = "quarter" if len(named) == 1 else "quarters"
            moment.first, moment.last = (named[0] * 3 - 2, 1), (named[-1] * 3, 0)
        elif kind == "months":
            named = self._numbers(part["months"])
            moment.unit = "month" if len(named) == 1 else "months"
            moment.first, moment.last = (named[0], 1), (named[-1], 0)
        elif kind == "year_end":
            moment.form = "state"
        elif kind == "year_start":
            moment.form, moment.last = "vague", (1, 1)
        elif kind == "within_year" and alone:
            moment.year = self._day.year if self._day else None
            moment.lost = moment.year is None
        elif kind in _ALONE:
            self._near(part, kind, moment, year, month)
        if moment.unit == "month" and moment.form == "span" and not moment.lost:
            self._in_month(moment)
        return moment

    def _near(
        self, part: re.Match[str], kind: str, moment: Moment, year: int | None, month: int | None
    ) -> None:
        """Read what is counted from the day of the text, or from the month named before it."""
        word, day = part.group().removesuffix("份"), self._day
        moment.unit = "quarter" if kind == "this_quarter" else "month"
        if word in _offsets("month_again") or (kind == "ten_days" and year and month):
            first = date(year, month, 1) if year and month else None
        elif day is None:
            first = None
        elif kind == "this_quarter":
            quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            first = dates.add_months(quarter, 3 * _offsets("quarter")[word][0])
        else:
            first = dates.add_months(day.replace(day=1), _offsets("month").get(word, (0, 0))[0])
        if first is None:
            moment.lost = True
            return
        moment.year, moment.first = first.year, (first.month, 1)
        moment.last = (first.month + (2 if kind == "this_quarter" else 0), 0)
        if kind == "month_end":
            moment.form = "state"
        elif kind == "ten_days":
            self._ten_days(moment, word)

    def _in_month(self, moment: Moment) -> None:
        """Narrow a month to the days or the ten days that follow it."""
        match = self._words.in_month.match(self._text, moment.end, self._stop)
        if match is None:
            return
        if match["ten_days"]:
            self._ten_days(moment, match["ten_days"])
        else:
            named = self._numbers(match["days"])
            month = moment.first[0]
            moment.unit = "day" if len(named) == 1 else "days"
            moment.first, moment.last = (month, named[0]), (month, named[-1])
        moment.end = match.end()

    @staticmethod
    def _ten_days(moment: Moment, word: str) -> None:
        """Narrow a month to 上旬, 中旬, 下旬 or two of them (中下旬)."""
        month = moment.first[0]
        moment.unit = "ten days"
        moment.first = (month, {"上": 1, "中": 11, "下": 21}[word[0]])
        moment.last = (month, {"上": 10, "中": 20, "下": 0}[word[-2]])

    def _edge(self, moment: Moment) -> None:
        """Take 底, 末 or 初 behind a moment into it."""
        edge = self._words.end.match(self._text, moment.end, self._stop)
        if edge:
            moment.form, moment.end = "state", edge.end()
        elif edge := self._words.vague.match(self._text, moment.end, self._stop):
            moment.form, moment.end = "vague", edge.end()

    # Plans, centuries, decades -----------------------------------------------------

    def plan(self, at: int) -> Moment | None:
        """Return a five-year plan, or years of it (“十四五”前三年); a plan's document is marked as one."""
        match = self._words.plan.match(self._text, at, self._stop)
        name = match and (match["quoted"] or match["ordinal"] or match["long"] or match["bare"])
        years = dates.of_plan(whole_number(name)) if name else None
        if match is None or years is None:
            return None
        rest = self._words.plan_tail.match(self._text, match.end(), self._stop)
        assert rest is not None  # it may be empty
        moment = Moment(rest.end(), "plan", *years)
        titled = bool(match["kind"] or rest["kind"])
        if rest["which"] or rest["first_year"] or rest["last_year"]:
            self._years_of_plan(moment, rest)
            return moment
        self._edge(moment)
        if titled:
            moment.document = moment.form == "span" and not rest["during"]
        elif not rest["during"] and not match["bare"] and moment.form == "span":
            moment.document = bool(self._words.plan_name.match(self._text, moment.end, self._stop))
        return moment

    @staticmethod
    def _years_of_plan(moment: Moment, rest: re.Match[str]) -> None:
        """Narrow a plan to some of its years: 前三年, 后两年, 第一年, 最后一年."""
        n = whole_number(rest["n"] or "1")
        assert moment.year is not None
        assert moment.last_year is not None
        first, last = moment.year, moment.last_year
        if rest["which"] in ("前", "头"):
            last = min(last, first + n - 1)
        elif rest["which"] == "第" or rest["first_year"]:
            first = last = min(last, first + n - 1)
        else:
            first = max(first, last - n + 1)
        moment.year, moment.last_year = first, last
        moment.unit = "year" if first == last else "years"

    def century(self, at: int) -> Moment | None:
        """Return a century, a decade, or the first years of a century: 本世纪头二十年."""
        match = self._words.century.match(self._text, at, self._stop)
        if match is None:
            return None
        moment = Moment(match.end(), "century")
        number = self._century_number(match["century"]) if match["century"] else _CENTURY_OF_DECADES
        if number is None:
            moment.lost = True
        elif number < _FIRST_CENTURY:
            return None
        else:
            first, last = dates.of_century(number)
            if match["head"]:
                last = min(last, first + whole_number(match["head"]) - 1)
                moment.unit = "years"
            elif decade := match["decade"] or match["alone"]:
                low, high = _decades(decade)
                last, first = first + high + 8, first + low - 1
                moment.unit = "decade"
            if not (dates.exists(last) and first <= last):
                return None
            moment.year, moment.last_year = first, last
        self._edge(moment)
        return moment

    def _century_number(self, word: str) -> int | None:
        offset = {"上": -1, "本": 0, "下": 1}.get(word[0])
        if offset is None:
            return whole_number(word)
        return dates.century_of(self._day.year) + offset if self._day else None


def _decades(word: str) -> tuple[int, int]:
    """Return where the decades of 九十, 90 or 七八十 begin in their century, the first and the last."""
    if word.isascii():
        return int(word), int(word)
    tens = [whole_number(digit) * 10 for digit in word.removesuffix("十") or "一" if digit != "十"]
    return (min(tens), max(tens)) if tens else (10, 10)
