"""A number with the unit behind it; what the views of money and of dimensions have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.evidence import in_numberless_word, is_scale_only
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.numbers import comparing
from jiaozhu.extraction.numbers.numerals import SCALE_CHARS, parse_number, read_number
from jiaozhu.extraction.numbers.units import FoundUnit, Unit, all_units, half_behind, units

_BLANKS = re.compile(r" {0,2}")
_VAGUE = re.compile(r" ?[多余来几]")

#: What may stand behind the digit of 一米八, 三块五.
_TAIL = re.compile(r"(?:[一二三四五六七八九]{1,2}|\d{1,2})(?=[^一-鿿A-Za-z0-9.%]|[的左上以之高长宽深]|$)")


@dataclass(slots=True)
class Measure:
    """A number with its unit; the value is as written, not in the base unit."""

    start: int
    end: int
    value: Decimal
    word: str
    unit: Unit
    doubtful: bool = False  # the unit is often another word: 3角, 5块, 两节

    @property
    def name(self) -> str:
        """The unit's usual name: 公里 of 千米 and km, but 毛 where the value would change."""
        return self.word if self.unit.weak or self.unit.factor != 1 else self.unit.base


def measure_at(text: str, number: Number, type_: str) -> Measure | None:
    """Return the number with the unit of that type behind it, if there is one."""
    if number.high is not None or number.led or number.ordinal or number.lead is not None or number.crowded:
        return None
    value = number.value
    found = _scaled(text, number)
    if found:
        shorter = read_number(text, number.body, number.end - 1, loose=True)
        if shorter is None:
            return None
        value = shorter.value.copy_negate() if number.start < number.body else shorter.value
    else:
        found = _unit_behind(text, number.end)
    if found is None or found.unit.type != type_:
        return None
    if not number.sure and (
        in_numberless_word(text, number.body, found.end)
        or (is_scale_only(text, number) and not _counts(text, number))
        or (found.word == "两" and all_units().at(text, found.end) is not None)  # 三两个
    ):
        return None
    measure = Measure(number.start, found.end, value, found.word, found.unit)
    if found.unit.weak:
        is_enough = number.sure and units().get(found.word) == found.unit
        measure.doubtful = not (is_enough or _is_last(text, found.end))
    _take_rest(text, measure)
    return measure


def _unit_behind(text: str, end: int) -> FoundUnit | None:
    """Return the unit behind a number, with blanks or 多 between them."""
    blanks = _BLANKS.match(text, end)
    found = all_units().at(text, blanks.end() if blanks else end)
    if found is None and (vague := _VAGUE.match(text, end)):
        found = all_units().at(text, vague.end())
    return found


def _scaled(text: str, number: Number) -> FoundUnit | None:
    """Return the unit that begins with the last scale of the number: 12千米, 五十兆字节."""
    at = number.end - 1
    if not number.plain or number.end - number.body < 2 or text[at] not in SCALE_CHARS:
        return None
    found = all_units().at(text, at)
    return found if found and found.end > number.end else None


def _counts(text: str, number: Number) -> bool:
    """Tell whether a number without a digit counts: 超千亩, 百万元; not 千克, 百度."""
    if number.end - number.body > 1:
        return True
    return bool(comparing.before(text, number.start) or comparing.before_scale(text, number.start))


def _is_last(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum()


@cache
def _tailed() -> frozenset[str]:
    return frozenset(lexicon.words("grammar", "tailed", "words"))


def _take_rest(text: str, measure: Measure) -> None:
    """Take 半 of 一吨半 and the digits of 一米八 and 三块五 into the measure."""
    rest = Decimal(0)
    if half_behind(text, measure.end):
        rest, length = Decimal("0.5"), 1
    elif measure.word in _tailed() and (tail := _TAIL.match(text, measure.end)):
        numeral = parse_number(tail.group())
        length = len(tail.group())
        rest = numeral.scaleb(-length) if numeral is not None else rest
    if rest:
        measure.end += length
        measure.value += rest.copy_sign(measure.value)
        measure.doubtful = False
