"""The view `ordinal`: 第三, 第3万, 榜首; what is counted does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.patterns import FIRST

_FIRST = re.compile(FIRST)


def find_ordinals(sight: Sight) -> Iterator[Mention]:
    """Yield the ordinal numbers, with their 第."""
    for number in sight.numbers:
        if number.ordinal and number.high is None and not number.led:
            start = sight.text.rindex("第", 0, number.start)
            yield Mention("ordinal", start, number.end, number.value)
    for match in _FIRST.finditer(sight.text):
        yield Mention("ordinal", match.start(), match.end(), Decimal(1))
