"""The signs that the confidence of a metric goes by."""

from __future__ import annotations

from jiaozhu.extraction.confidence import Signs, length_class, opening
from jiaozhu.extraction.metrics.indicators import Name
from jiaozhu.extraction.metrics.place import Place

_MARKS = frozenset(",;。!?、)”:\n ")


def metric_signs(
    place: Place,
    name: Name,
    listed: bool,
    kind: str,
    status: str,
    cue: str | None,
    comparator: str,
    time: str,
) -> Signs:
    """Return the signs of a metric; `time` is its period, "" if it has none."""
    quantity, clause, phrase = place.quantity, place.clause, place.phrase
    value = quantity.value
    return (
        quantity.type,
        kind,
        status,
        place.stance,
        "cued" if cue else "",
        "chinese" if quantity.chinese else "",
        "weak" if quantity.weak else "",
        comparator,
        "one digit" if value < 10 else "two digits" if value < 100 else "",
        _source(place, name, listed),
        phrase.movement,
        "verbs" if phrase.verbs else "",
        "mark"
        if quantity.end >= clause.end
        else "mark inside"
        if place.text[quantity.end] in _MARKS
        else "words",
        length_class(clause.end - clause.start),
        _among(place.n, len(place.quantities)),
        opening(place.clauses, place.index),
        "own" if place.times else "",
        _duration(time),
    )


def _source(place: Place, name: Name, listed: bool) -> str:
    """Return where the indicator's name is from."""
    if not name.text:
        return "none"
    if listed:
        return "listed"
    if name.start is not None:
        return "own" if name.start >= place.begin else "carried"
    return "own" if place.phrase.name else "carried"


def _among(n: int, count: int) -> str:
    """Return whether a figure stands alone, opens a row or follows in it."""
    if count == 1:
        return "alone"
    return "first" if n == 0 else "later"


def _duration(period: str) -> str:
    """Return how long a period is."""
    if not period:
        return "none"
    if period[:4] != period[11:15]:
        return "years"
    return "year" if period[5:10] == "01-01" and period[16:] == "12-31" else "part"
