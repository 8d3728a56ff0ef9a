"""The view `period`: time expressions that stand for dates."""

from __future__ import annotations

from collections.abc import Iterator

from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.times.periods import find_times


def find_periods(sight: Sight) -> Iterator[Mention]:
    """Yield the periods; those that need the day of the text only if it is known."""
    for time in find_times(sight.text, sight.day):
        if time.period is not None:
            yield Mention("period", time.start, time.end, period=time.period)
