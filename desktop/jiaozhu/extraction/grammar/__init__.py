"""The grammar's view of a text: what it counts, measures and dates, one kind beside the other.

The metrics' view (`extraction.quantities`) decides what a number in a speech is; here each kind is shown for
itself, by the conventions that recognisers share: units are no part of a number, 千分之一 is 0.1 %.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from jiaozhu.extraction.grammar.currency import find_currencies
from jiaozhu.extraction.grammar.dimension import find_dimensions
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.number import find_numbers
from jiaozhu.extraction.grammar.ordinal import find_ordinals
from jiaozhu.extraction.grammar.percent import find_percents
from jiaozhu.extraction.grammar.period import find_periods
from jiaozhu.extraction.grammar.ranges import find_ranges
from jiaozhu.extraction.grammar.sight import Sight, look

__all__ = ["TYPES", "Mention", "find_mentions"]

_VIEWS: dict[str, Callable[[Sight], Iterable[Mention]]] = {
    "number": find_numbers,
    "percent": find_percents,
    "ordinal": find_ordinals,
    "currency": find_currencies,
    "dimension": find_dimensions,
    "range": find_ranges,
    "period": find_periods,
}

#: The types of mentions, one a view.
TYPES = tuple(_VIEWS)


def find_mentions(text: str, *, types: Collection[str] = TYPES, day: date | None = None) -> list[Mention]:
    """Return the mentions of the types asked for, in the order of the text; of two types they may overlap.

    `text` is as it was given, `day` the day that it is of.
    """
    sight = look(text, day)
    found = [mention for type_ in TYPES if type_ in types for mention in _VIEWS[type_](sight)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
