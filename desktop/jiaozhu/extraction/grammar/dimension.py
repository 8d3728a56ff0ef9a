"""The view `dimension`: lengths, areas, weights, data and the like, with their units: 250m, 一吨半."""

from __future__ import annotations

from collections.abc import Iterator

from jiaozhu.extraction.grammar.measures import measure_at
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.units import rate_at


def find_dimensions(sight: Sight) -> Iterator[Mention]:
    """Yield the dimensions; values are in the unit as written."""
    for number in sight.numbers:
        measure = measure_at(sight.text, number, "measure")
        if measure and not measure.doubtful:
            rate = rate_at(sight.text, measure.end)
            yield Mention(
                "dimension",
                measure.start,
                measure.end + len(rate),
                measure.value,
                unit=measure.name + rate.replace("每", "/"),
            )
