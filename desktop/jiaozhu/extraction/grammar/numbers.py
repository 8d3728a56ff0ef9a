"""A number of a text, with what its form tells. The views take from this what they show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class Number:
    """A number in the text; `start` is where its sign stands, `body` where its numerals begin."""

    start: int
    body: int
    end: int
    value: Decimal
    high: Decimal | None = None  # 七八十: the upper end
    joined: Decimal | None = None  # 七八 read digit by digit
    vague: bool = False  # 一千多万, 数十
    led: bool = False  # 数十, 几百: no digit of its own
    plain: bool = True  # numerals only, so that a unit may take the last of them (12千米)
    sure: bool = False  # a number whatever stands around it
    crowded: bool = False  # beside a numeral that is not part of it: 十五五
    ordinal: bool = False  # behind 第
    lead: int | None = None  # where the 百分之 before it begins
    parts: Decimal = Decimal(100)  # 100 of 百分之, 10000 of 万分之

    @property
    def begin(self) -> int:
        """Where the number begins, with the 百分之 before it."""
        return self.start if self.lead is None else self.lead

    def in_hundredths(self, value: Decimal) -> Decimal:
        """Return a value of this number, in hundredths if it stands behind 百分之, 千分之 and the like."""
        return value if self.lead is None else value * 100 / self.parts
