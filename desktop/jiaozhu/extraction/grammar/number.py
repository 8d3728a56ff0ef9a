"""The view `number`: numbers without their units; 第三 and 5% are shown by other views."""

from __future__ import annotations

from collections.abc import Iterator

from jiaozhu.extraction.grammar.evidence import is_number
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.percent import sign_at
from jiaozhu.extraction.grammar.sight import Sight


def find_numbers(sight: Sight) -> Iterator[Mention]:
    """Yield the numbers; of 百分之五 it is the 五."""
    for number in sight.numbers:
        if is_number(sight.text, number) and not sign_at(sight.text, number.end):
            yield Mention("number", number.start, number.end, number.value)
