"""What the grammar sees at one place of a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

#: Of numbers without an end (三分之一) so many digits are kept.
FRACTIONS = Context(prec=15)


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity as it stands in the text; `start` and `end` are half-open code points."""

    type: str  # one of TYPES
    start: int
    end: int
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None  # of a range: = > >= < <= ~ range
    period: str | None = None  # ISO start/end, both inclusive
