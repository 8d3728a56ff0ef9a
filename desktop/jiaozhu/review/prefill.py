"""What the grammar of quantities reads in the words of a metric, so that nobody has to type it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Read:
    """The fields that follow from a value expression."""

    value: str
    value_high: str | None
    unit: str | None
    comparator: str


def read(text: str) -> Read | None:
    """Return what a value expression says; None unless it holds one quantity and no more."""
    from jiaozhu.extraction.numbers.numerals import plain
    from jiaozhu.extraction.numbers.quantities import find_quantities  # loads the lexicon
    from jiaozhu.extraction.text import normalise

    found = find_quantities(normalise(text))
    if len(found) != 1:
        return None
    (quantity,) = found
    high = quantity.value_high
    return Read(
        value=plain(quantity.value),
        value_high=None if high is None else plain(high),
        unit=quantity.unit,
        comparator=quantity.comparator,
    )


def reread(fields: dict[str, object], before: str, after: str) -> dict[str, object]:
    """Return those fields of a metric that change with its words, from `before` to `after`.

    A field that says something else than `before` does was put there by somebody, and stays.
    """
    old, new = read(before), read(after)
    if old is None or new is None:
        return {}
    return {
        name: getattr(new, name)
        for name in Read.__slots__
        if fields[name] == getattr(old, name) != getattr(new, name)
    }
