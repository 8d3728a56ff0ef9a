"""Lengths of time: 三年, 近三年, 三个月内, 连续6个季度, 60岁, and the dates of those that have some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jiaozhu.extraction.times import dates
from jiaozhu.extraction.times.dates import Days
from jiaozhu.extraction.times.moments import whole_number
from jiaozhu.extraction.times.timewords import patterns


@dataclass(slots=True)
class Length:
    """A length of time as written, with the words before and behind it that make it a stretch of dates."""

    start: int
    end: int  # offset behind its tail
    unit_end: int  # offset behind its unit
    number: int  # the larger one of 三到五年; 0 if it is no whole number
    unit: str
    lead: str | None  # past (近), future (今后), streak (连续), rate (每), order (第)
    tail: str | None  # since (来), within (内), during, before, after, around
    exact: bool  # neither 三年多 nor 三年半
    ranged: bool  # 三到五年, 两三年
    half: bool  # 半年
    age: bool

    @property
    def counted(self) -> bool:
        """Whether it is years or months that are counted from the day of the text."""
        led = self.lead in ("past", "future") or self.tail in ("since", "within")
        return led and self.unit in ("年", "个月")

    def days(self, day: date) -> Days | None:
        """Return its days in a text of `day`, None if it fixes none (近两三年, 五年多来)."""
        number, months = (6, True) if self.half else (self.number, self.unit == "个月")
        ahead = self.lead == "future" or (self.tail == "within" and self.lead != "past")
        if not self.exact or not 0 < number <= _LONGEST or ((self.ranged or self.half) and not ahead):
            return None
        if not ahead:
            return _months_before(day, number) if months else _years_before(day, number)
        if months:
            return day, dates.add_months(day, number)
        first = day.year + (day.month > _JUNE)
        last = date(first + number - 1, 12, 31)
        return (day if self.tail == "within" else date(first, 1, 1)), last


_LONGEST = 200
#: Up to June the years to come begin with this one; in December those gone by end with it.
_JUNE, _DECEMBER = 6, 12
_LEADS = ("past", "future", "streak", "rate", "order")
#: How far 经过 may stand before 近三年.
_NEARLY = 4


def read_length(text: str, at: int, start: int, stop: int) -> Length | None:
    """Return the length of time that begins at `at`; what lies before `start` or behind `stop` isn't read."""
    words = patterns()
    match = words.length.match(text, at, stop)
    if match is None:
        return None
    lead = next((lead for lead in _LEADS if match[lead]), None)
    if match["unit"] == "月" and lead != "streak":
        return None
    if lead == "past" and words.nearly.search(text, max(start, at - _NEARLY), at):
        lead = None
    low, high = match["n"], match["to"]
    if words.pair.fullmatch(low):
        low, high = low[0], low[1]
    tail = words.tail.match(text, match.end(), stop)
    return Length(
        start=at,
        end=tail.end() if tail else match.end(),
        unit_end=match.end(),
        number=0 if "." in low else whole_number(high or low),
        unit=match["unit"],
        lead=lead,
        tail=tail.lastgroup if tail else None,
        exact=not (match["more"] or match["long"] or match["over"]),
        ranged=high is not None,
        half=low == "半",
        age=match["age"] is not None,
    )


def _years_before(day: date, number: int) -> Days:
    """Return the last calendar years that are over, or nearly so."""
    last = day.year - (day.month < _DECEMBER)
    return dates.of_years(last - number + 1, last)


def _months_before(day: date, number: int) -> Days:
    """Return the last full months before that of the day."""
    first = day.replace(day=1)
    return dates.add_months(first, -number), first - timedelta(days=1)
