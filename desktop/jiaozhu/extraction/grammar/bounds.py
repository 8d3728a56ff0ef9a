"""A number with the words beside it that compare: 不少于30, 三十或者以上, 比一半还多, 十几万."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.grammar.percent import sign_at, tenths_at
from jiaozhu.extraction.numbers import comparing
from jiaozhu.extraction.numbers.comparing import Comparison
from jiaozhu.extraction.numbers.units import FoundUnit, all_units


@dataclass(slots=True)
class Bound:
    """A number as one end of a range, or a whole range; `tail` is where its unit ends."""

    start: int
    end: int
    tail: int
    low: Decimal
    high: Decimal | None
    comparator: str  # one of model.COMPARATORS
    unit: str | None


class UnitName(NamedTuple):
    """The name of the unit behind a number, None without one, and where it ends."""

    name: str | None
    end: int


#: 或等于 of 大于或等于 stands before the number, 等于或 before the comparing word.
_OR_EQUAL = re.compile(r" *+(?:或者|或|且)? *+等于 *+$")
_EQUAL_OR = re.compile(r"等于 *+(?:或者|或) *+$")
_EQUAL = re.compile(r"(?<![不近约])等于 *+$")
_VERB = re.compile(r"(?:有|为|是|达到|达|了|到) *+$")  # 至少有10个
_SIGN = re.compile(r"(>=|<=|≥|≤|≧|≦|>|<) *+$")
_SIGNS = {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<="}
_OR_EQUAL_TO = {">": ">=", "<": "<="}
_OR = re.compile(r" *+(?:及|或者|或|还|且)? *+")
_THAN = re.compile(r"比 *+$")
_STILL = re.compile(r" *+(?:还|更|要)? *+")
_MORE = re.compile(r"[多余几]")
_SEVERAL = re.compile(r"来(?=[一-鿿])")
#: The characters before a number among which its comparing words are looked for.
_WINDOW = 16


def unit_behind(text: str, number: Number) -> UnitName:
    """Return the unit behind a number; that of 百分之五 is %."""
    if number.lead is not None:
        return UnitName("%", number.end)
    if sign := sign_at(text, number.end):
        return UnitName(*sign)
    if tenths := tenths_at(text, number):
        return UnitName("%", tenths.end)
    begin = number.end + 1 if text.startswith(" ", number.end) else number.end
    found = all_units().at(text, begin)
    return UnitName(_name(found), found.end) if found else UnitName(None, number.end)


def amount(text: str, number: Number) -> Decimal:
    """Return what a number comes to: 5 for 百分之五, 70 for 七成."""
    tenths = tenths_at(text, number)
    return tenths.value if tenths else number.in_hundredths(number.value)


def _name(found: FoundUnit) -> str:
    return found.word if found.unit.weak or found.unit.factor != 1 else found.unit.base


def bound_at(text: str, number: Number, taken: int) -> Bound | None:
    """Return the number as a bound, None if nothing compares; `taken` is where the last bound ends."""
    if number.crowded and not number.sure:
        return None
    unit = unit_behind(text, number)
    value = amount(text, number)
    if number.high is not None:
        high = number.in_hundredths(number.high)
        return Bound(number.begin, number.end, unit.end, value, high, "range", unit.name)
    if than := _than(text, number, unit, taken):
        return Bound(than.start, than.end, than.end, value, None, than.comparator, unit.name)
    start, end, comparator = number.begin, number.end, ">" if number.vague else None
    if not number.vague and (vague := _vague(text, number, unit)):
        end, comparator = vague.end, vague.comparator
        if found := all_units().at(text, end):
            unit = UnitName(_name(found), found.end)
    before = _before(text, start, taken) or _before_scale(text, number)
    tail = max(end, unit.end)
    if behind := _behind(text, end) or _behind(text, tail):
        end = tail = behind.end
        comparator = behind.comparator
    if before:
        start, comparator = before.start, before.comparator
    if comparator is None:
        return None
    if comparator == "=":
        return Bound(start, end, tail, value, value, "range", unit.name)
    return Bound(start, end, tail, value, None, comparator, unit.name)


def _vague(text: str, number: Number, unit: UnitName) -> Comparison | None:
    """Return the 多 of 四百多, 十几岁, 2.5多; 来 of 十来个 is about as much."""
    at = number.end
    if number.value < 10 and not (unit.end > at and text[number.body].isdigit()):
        return None
    if _MORE.match(text, at):
        is_last = at + 1 >= len(text) or not text[at + 1].isalnum()
        if is_last or all_units().at(text, at + 1) or sign_at(text, at + 1):
            return Comparison(at, at + 1, ">")
    if _SEVERAL.match(text, at) and all_units().at(text, at + 1):
        return Comparison(at, at + 1, "~")
    return None


def _before(text: str, end: int, taken: int) -> Comparison | None:
    """Return the comparing words that end where the number begins."""
    floor = max(taken, end - _WINDOW)
    while end > floor and text[end - 1] == " ":
        end -= 1
    if sign := _SIGN.search(text, floor, end):
        return Comparison(sign.start(), end, _SIGNS.get(sign[1], sign[1]))
    or_equal = _OR_EQUAL.search(text, floor, end)
    verb = _VERB.search(text, floor, end)
    for stop in (or_equal.start() if or_equal else end, verb.start() if verb else floor):
        word = comparing.before(text, stop) if stop > floor else None
        if word is None or word.start < floor:
            continue
        equal_or = _EQUAL_OR.search(text, floor, word.start)
        comparator = word.comparator
        if or_equal or equal_or:
            comparator = _OR_EQUAL_TO.get(comparator, comparator)
        return Comparison(equal_or.start() if equal_or else word.start, end, comparator)
    equal = _EQUAL.search(text, floor, end)
    return Comparison(equal.start(), end, "=") if equal else None


def _before_scale(text: str, number: Number) -> Comparison | None:
    """Return the 过 of 过百亿, the 上 of 上千家."""
    if number.sure or not number.plain or text[number.body] not in "百千万亿":
        return None
    return comparing.before_scale(text, number.start)


@cache
def _bounds() -> dict[str, str]:
    """Return the words that compare behind 或 and the like (30或更多), each with its comparator."""
    classes = lexicon.classes("grammar", "bounds")
    return {word: comparator for comparator, words in classes.items() for word in words}


def _behind(text: str, at: int) -> Comparison | None:
    """Return the comparing words that begin at `at`, behind the number or its unit."""
    link = _OR.match(text, at)
    begin = link.end() if link else at
    word = comparing.behind(text, begin, len(text)) or comparing.behind(text, at, len(text))
    if word is None and begin > at:
        for more, comparator in _bounds().items():
            if text.startswith(more, begin):
                return Comparison(at, begin + len(more), comparator)
    return word


@cache
def _comparatives() -> dict[str, str]:
    """Return the adjectives behind 比 and a number, each with its comparator."""
    classes = lexicon.classes("grammar", "than")
    return {word: comparator for comparator, words in classes.items() for word in words}


def _than(text: str, number: Number, unit: UnitName, taken: int) -> Comparison | None:
    """Return the span of 比三十大, 比一半还多."""
    than = _THAN.search(text, max(taken, number.begin - 3), number.begin)
    if not than:
        return None
    for at in dict.fromkeys((number.end, unit.end)):
        still = _STILL.match(text, at)
        begin = still.end() if still else at
        for word, comparator in _comparatives().items():
            if text.startswith(word, begin):
                return Comparison(than.start(), begin + len(word), comparator)
    return None
