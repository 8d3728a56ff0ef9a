"""What the grammar of quantities reads in the words of a metric, so that nobody has to type it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast

from jiaozhu.model import Commitment, Metric, State
from jiaozhu.review.fields import EDITABLE
from jiaozhu.review.opened import Opened


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


def around(opened: Opened, type_: str, place: Mapping[str, object]) -> dict[str, object]:
    """Return by field what the rules read in an annotation that a reviewer adds at a place, and around it."""
    from jiaozhu.extraction.asked import ask_commitment, ask_metric

    document = opened.document
    start, end = cast("int", place["start"]), cast("int", place["end"])
    speech = next(one for one in opened.outline if one.id == place["speech"])
    if type_ == Commitment.type:
        inside = [
            one
            for one in opened.annotations
            if isinstance(one, Metric) and start <= one.start and one.end <= end
        ]
        standing = [one for one in inside if one.state is not State.REJECTED]
        return dict(ask_commitment(document, speech, standing, start, end))
    metric = ask_metric(document, speech, start, end)
    if metric is not None:
        return {name: getattr(metric, name) for name in EDITABLE[Metric.type]}
    found = read(document.text[start:end])
    return {"region": speech.region, **(asdict(found) if found is not None else {})}


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
