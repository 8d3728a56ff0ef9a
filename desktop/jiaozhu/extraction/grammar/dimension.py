"""The view `dimension`: lengths, areas, weights, data and the like, with their units: 250m, 一吨半."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiaozhu.extraction.grammar.evidence import in_numberless_word
from jiaozhu.extraction.grammar.measures import measure_at
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.numerals import NUMERAL_CHARS
from jiaozhu.extraction.numbers.units import all_units, rate_at, rate_unit

_BELOW_ZERO = "零下"
_DEGREES = frozenset(("摄氏度", "华氏度", "度"))
_SCALES = ("摄氏", "华氏")  # 华氏80度
_HALF = re.compile(r"(?<![上下前后大小多一过个])半(?=[^个])")


def find_dimensions(sight: Sight) -> Iterator[Mention]:
    """Yield the dimensions; values are in the unit as written."""
    text, end = sight.text, 0
    for number in sight.numbers:
        measure = measure_at(text, number, "measure") if number.start >= end else None
        if measure is None or measure.doubtful:
            continue
        name = measure.name
        if name == "度" and text.endswith(_SCALES, 0, measure.start):
            measure.start -= len(_SCALES[0])
            name = text[measure.start : measure.start + len(_SCALES[0])] + name
        if measure.name in _DEGREES and text.endswith(_BELOW_ZERO, 0, measure.start):
            measure.start -= len(_BELOW_ZERO)
            measure.value = -abs(measure.value)
        rate = rate_at(text, measure.end)
        yield from _halves(text, end, measure.start)
        end = measure.end + len(rate)
        yield Mention("dimension", measure.start, end, measure.value, unit=name + rate_unit(rate))
    yield from _halves(text, end, len(text))


def _halves(text: str, start: int, stop: int) -> Iterator[Mention]:
    """Yield the halves of a unit (半斤, 半公里) between `start` and `stop`."""
    for half in _HALF.finditer(text, start, stop):
        found = all_units().at(text, half.end())
        if found is None or found.unit.type != "measure" or found.unit.weak or found.end > stop:
            continue
        if half.start() and text[half.start() - 1] in NUMERAL_CHARS:
            continue
        if not in_numberless_word(text, half.start(), found.end):
            name = found.word if found.unit.factor != 1 else found.unit.base
            yield Mention("dimension", half.start(), found.end, Decimal("0.5"), unit=name)
