"""The view `range`: bounds and ranges with their words: 大于10小于20, 20到30之间, 三十以上, 十几万.

A unit belongs to the span only where it stands inside; the field has it in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from jiaozhu.extraction.grammar.bounds import Bound, UnitName, amount, bound_at, unit_behind
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.numerals import in_scale_of, parse_number
from jiaozhu.extraction.times.periods import TimeExpression, find_times

_TILL = re.compile(r" *+(?:——|[-–—－~～至到]) *+")
_WITH = re.compile(r" *+[和与跟同及] *+")
_BETWEEN = re.compile(r" *+(?:之间|(?:中)?间(?=[^一-鿿A-Za-z0-9]|$|的))")
_FRAME = re.compile(r"(?:介于|处于|位于|界于|在) *+$")
_AND = re.compile(r" *+[,、]? *+(?:并且|而且|但是|同时|且|并|而|但|又|和|及)? *+")
_DASH = re.compile(r"[-–—]{1,2}")
_MYRIADS = re.compile(r"[万亿]+$")
_SIDES = {">": 1, ">=": 1, "<": -1, "<=": -1}


def find_ranges(sight: Sight) -> Iterator[Mention]:
    """Yield ranges, bounds and vague numbers; years, dates and ordinals are none."""
    for bound in _paired(sight.text, _bounds(sight)):
        yield Mention("range", bound.start, bound.end, bound.low, bound.high, bound.unit, bound.comparator)


def _bounds(sight: Sight) -> Iterator[Bound]:
    """Yield the ranges between two numbers, and the single numbers that are bounds."""
    text = sight.text
    numbers = [number for number in _outside_times(sight) if not number.ordinal]
    taken = index = 0
    while index < len(numbers):
        if numbers[index].begin < taken:  # 五两以上: the 两 is a unit
            index += 1
            continue
        pair = numbers[index : index + 2]
        bound = _joined(text, *pair) if len(pair) == 2 and not _is_chain(text, numbers, index) else None
        index += 2 if bound else 1
        bound = bound or bound_at(text, pair[0], taken)
        if bound:
            taken = bound.end
            yield bound


def _outside_times(sight: Sight) -> Iterator[Number]:
    """Yield the numbers that are not part of a date or a period."""
    times = [time for time in find_times(sight.text, sight.day) if not _is_length(time)]
    at = 0
    for number in sight.numbers:
        while at < len(times) and times[at].end <= number.start:
            at += 1
        if not (at < len(times) and times[at].start < number.end):
            yield number


def _is_length(time: TimeExpression) -> bool:
    """Tell whether the expression says how long: 不少于30天, not 2024年."""
    return time.measures or (time.period is None and time.unit == "count" and time.role != "name")


def _joined(text: str, low: Number, high: Number) -> Bound | None:
    """Return the range from `low` to `high`: 20到30, 20和30之间, 5%-10%."""
    if any(end.high is not None or end.led or end.crowded or _is_code(text, end) for end in (low, high)):
        return None
    unit = unit_behind(text, high)
    is_till = _links(_TILL, text, low, high, unit)
    close = _BETWEEN.match(text, high.end) or _BETWEEN.match(text, unit.end)
    if not is_till and not (close and _links(_WITH, text, low, high, unit)):
        return None
    first, second = amount(text, low), amount(text, high)
    if second != high.value and first == low.value and high.lead is None:
        first *= 10  # 三到五成
    if _scale(text, low) == 1:
        first = in_scale_of(first, second, _scale(text, high))
    if not first < second:
        return None
    start, end = low.begin, high.end
    if close:
        if unit.end == close.end():
            unit = UnitName(None, high.end)  # 20至30间
        end = close.end()
        frame = _FRAME.search(text, max(0, start - 4), start)
        start = frame.start() if frame else start
    return Bound(start, end, max(end, unit.end), first, second, "range", unit.name)


def _links(link: re.Pattern[str], text: str, low: Number, high: Number, unit: UnitName) -> bool:
    """Tell whether the link stands between two numbers, behind the unit of the first if it has the same."""
    if link.fullmatch(text, low.end, high.begin):
        return True
    first = unit_behind(text, low)
    return first.name == unit.name and link.fullmatch(text, first.end, high.begin) is not None


def _scale(text: str, number: Number) -> Decimal:
    """Return the myriads at the end of the number."""
    myriads = _MYRIADS.search(text, max(number.body, number.end - 4), number.end)
    return (parse_number(myriads.group()) if myriads else None) or Decimal(1)


def _is_code(text: str, number: Number) -> bool:
    """Tell whether the digits are those of a telephone or a date: 0571, 03."""
    written = text[number.body : number.end]
    return len(written) > 1 and written[0] == "0" and written.isdigit()


def _is_chain(text: str, numbers: list[Number], index: int) -> bool:
    """Tell whether the numbers are part of a chain, as in 400-800-1234."""
    neighbours = pairwise(numbers[max(0, index - 1) : index + 3])
    dashes = [_DASH.fullmatch(text, low.end, high.begin) for low, high in neighbours]
    return sum(dash is not None for dash in dashes) > 1


def _paired(text: str, bounds: Iterator[Bound]) -> Iterator[Bound]:
    """Yield the bounds, with a lower and an upper one beside each other as one range."""
    waiting: Bound | None = None
    for bound in bounds:
        both = _both(text, waiting, bound) if waiting else None
        if waiting and not both:
            yield waiting
        if both:
            yield both
        waiting = None if both else bound
    if waiting:
        yield waiting


def _both(text: str, first: Bound, second: Bound) -> Bound | None:
    """Return the range between two bounds, None if they don't belong together: 大于50小于12."""
    side = _SIDES.get(first.comparator, 0)
    if side * _SIDES.get(second.comparator, 0) != -1:
        return None
    if not any(_AND.fullmatch(text, at, second.start) for at in (first.end, first.tail)):
        return None
    low, high = (first.low, second.low) if side > 0 else (second.low, first.low)
    if not low < high:
        return None
    return Bound(first.start, second.end, second.tail, low, high, "range", second.unit or first.unit)
