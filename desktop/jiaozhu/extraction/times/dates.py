"""Stretches of days: the calendar arithmetic behind time expressions.

A stretch is its first and its last day, both inclusive.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

Days = tuple[date, date]

#: First years of the five-year plans that don't follow the rule of five years each.
_EARLY_PLANS = {1: (1953, 1957), 2: (1958, 1962), 3: (1966, 1970)}
_LAST_PLAN = 30


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def of_months(year: int, first: int, last: int) -> Days:
    """Return the stretch from month `first` to month `last` of a year."""
    return date(year, first, 1), last_of_month(year, last)


def of_years(first: int, last: int) -> Days:
    """Return the stretch of the calendar years `first` to `last`."""
    return date(first, 1, 1), date(last, 12, 31)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` on (or back); the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_plan(number: int) -> tuple[int, int] | None:
    """Return the first and last year of the five-year plan `number`, None if there is no such plan."""
    if number in _EARLY_PLANS:
        return _EARLY_PLANS[number]
    if not 4 <= number <= _LAST_PLAN:
        return None
    first = 1951 + 5 * number
    return first, first + 4


def of_century(number: int) -> tuple[int, int]:
    """Return the first and last year of a century: the 20th runs from 1901 to 2000."""
    return number * 100 - 99, number * 100


def century_of(year: int) -> int:
    """Return the number of the century that a year lies in."""
    return (year + 99) // 100


def nearest_year(two_digits: int, to: int) -> int:
    """Return the year ending in these two digits that lies nearest to the year `to`."""
    base = to - to % 100 + two_digits
    return min((base - 100, base, base + 100), key=lambda year: abs(year - to))


def exists(year: int) -> bool:
    """Tell whether the calendar has this year."""
    return 1 <= year <= MAXYEAR


def iso(days: Days) -> str:
    """Return the stretch as `start/end` in ISO dates."""
    return f"{days[0].isoformat()}/{days[1].isoformat()}"
