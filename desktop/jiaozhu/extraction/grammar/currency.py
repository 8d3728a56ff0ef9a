"""The view `currency`: sums of money: 1.5亿元, 人民币 50元, $100, 五元三毛, 两美元又三美分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.measures import Measure, measure_at
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.units import Unit, all_units

#: A unit that is money only behind a larger one: 三毛二分, not 得了3分.
_CENT = "分"
#: Units that any currency may be counted in whose name stands before the number.
_PLAIN = frozenset(("元", "块", "圆"))
_LINK = re.compile(r" *+(?:又|零|〇)? *+")
_BLANKS = re.compile(r" {0,3}")


class _Name(NamedTuple):
    """The name or sign of a currency in the text."""

    start: int
    end: int
    unit: str
    is_sign: bool  # stands only before a number


@cache
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    """Return the pattern of names and signs, and the unit of each."""
    table: dict[str, tuple[str, bool]] = {}
    for name in lexicon.words("grammar", "currencies", "names"):
        unit = all_units().get(name)
        if unit is None:
            raise lexicon.LexiconError(f"grammar.toml: [currencies] {name} is no unit in units.toml")
        table[name] = unit.base, False
    for code, unit in all_units().items():
        if unit.type == "money" and code.isascii():
            table[code] = unit.base, True
    for sign, entry in lexicon.entries("grammar", "signs").items():
        table[sign] = entry["base"], True
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def find_currencies(sight: Sight) -> Iterator[Mention]:
    """Yield the sums of money in the currency as written, and names of currencies without a number."""
    names = _find_names(sight.text)
    sums = list(_sums(sight, names))
    for measure in _joined(sight.text, sums):
        yield Mention("currency", measure.start, measure.end, measure.value, unit=measure.name)
    taken = 0
    counted = {number.end for number in sight.numbers}  # 数十亿美元, 十几美元: an amount that is not told
    for name in names:
        while taken < len(sums) and sums[taken].end <= name.start:
            taken += 1
        if name.is_sign or name.start in counted:
            continue
        if not (taken < len(sums) and sums[taken].start < name.end):
            yield Mention("currency", name.start, name.end, unit=name.unit)


def _find_names(text: str) -> list[_Name]:
    pattern, table = _names()
    return [_Name(match.start(), match.end(), *table[match.group()]) for match in pattern.finditer(text)]


def _sums(sight: Sight, names: list[_Name]) -> Iterator[Measure]:
    """Yield each number with its currency, behind it or before it."""
    text = sight.text
    first = last_end = 0
    for number in sight.numbers:
        if number.start < last_end:
            continue
        measure = measure_at(text, number, "money")
        while first < len(names) and names[first].end <= number.start:
            first += 1
        name = names[first - 1] if first else None
        if name and not (last_end <= name.start and _BLANKS.fullmatch(text, name.end, number.start)):
            name = None
        if measure is None:
            measure = _named(text, number, name)
        elif name and measure.word in _PLAIN:
            measure.start, measure.doubtful = name.start, False  # 人民币50元, 港币30元
            measure.word, measure.unit = name.unit, _currency(name.unit)
        elif name and name.unit == measure.unit.base:
            measure.start = name.start
        if measure is None:
            continue
        last_end = measure.end
        yield measure


def _named(text: str, number: Number, name: _Name | None) -> Measure | None:
    """Return the sum whose currency stands before its number: ￥100, 人民币500万."""
    if name is None or number.high is not None or number.led or not number.sure:
        return None
    if all_units().at(text, number.end) is not None:
        return None
    return Measure(name.start, number.end, number.value, name.unit, _currency(name.unit))


def _currency(name: str) -> Unit:
    return Unit(name, "money", Decimal(1), weak=False)


def _joined(text: str, sums: list[Measure]) -> Iterator[Measure]:
    """Yield the sums, with those of one amount in several units as one: 五元三毛二分."""
    whole: Measure | None = None
    least = Decimal(0)  # the factor of the last part
    for part in sums:
        if (
            whole is not None
            and part.unit.base == whole.unit.base
            and part.unit.factor < least
            and _LINK.fullmatch(text, whole.end, part.start)
        ):
            whole.value += part.value * part.unit.factor / whole.unit.factor
            whole.end, whole.doubtful, least = part.end, False, part.unit.factor
            continue
        if whole is not None and _is_money(whole):
            yield whole
        whole, least = part, part.unit.factor
    if whole is not None and _is_money(whole):
        yield whole


def _is_money(measure: Measure) -> bool:
    return not measure.doubtful and measure.word != _CENT
