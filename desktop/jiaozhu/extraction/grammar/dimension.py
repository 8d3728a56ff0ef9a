"""The view `dimension`: lengths, areas, weights, data and the like, with their units: 250m, 一吨半."""

from __future__ import annotations

from collections.abc import Iterator

from jiaozhu.extraction.grammar.measures import measure_at
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.units import rate_at

_BELOW_ZERO = "零下"
_DEGREES = frozenset(("摄氏度", "华氏度", "度"))


def find_dimensions(sight: Sight) -> Iterator[Mention]:
    """Yield the dimensions; values are in the unit as written."""
    text, end = sight.text, 0
    for number in sight.numbers:
        measure = measure_at(text, number, "measure") if number.start >= end else None
        if measure is None or measure.doubtful:
            continue
        if measure.name in _DEGREES and text.endswith(_BELOW_ZERO, 0, measure.start):
            measure.start -= len(_BELOW_ZERO)
            measure.value = -abs(measure.value)
        rate = rate_at(text, measure.end)
        unit = measure.name + rate.replace("每", "/")
        end = measure.end + len(rate)
        yield Mention("dimension", measure.start, end, measure.value, unit=unit)
