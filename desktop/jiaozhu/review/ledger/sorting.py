"""The rows by one column: numbers as numbers, choices in their order, Chinese by its sounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from jiaozhu.model import CHOICES, State
from jiaozhu.review.ledger.table import Array, Ledger

#: So many bytes of a text decide where it stands: twelve characters.
_LONGEST = 24


def sort(ledger: Ledger, rows: Array, column: str, *, descending: bool = False) -> Array:
    """Return rows in the order of a column; those without a value come last, equal ones stay as they are."""
    found = ranks(ledger, column)[ledger.codes[column][rows]]
    last = np.iinfo(np.int32).max
    order: Array = np.argsort(np.where(found < 0, last, -found if descending else found), kind="stable")
    return rows[order]


def ranks(ledger: Ledger, column: str) -> Array:
    """Return the rank of each value of a column by its number; -1 for none.

    They are kept until there are more values: to rank hundred thousand texts takes a while.
    """
    vocabulary = ledger.vocabularies[column]
    known = vocabulary.ranks
    size = len(vocabulary)
    if known is None or len(known) < size:
        known = _ranked([_key(ledger, column)(value) for value in vocabulary.values[:size]])
        vocabulary.ranks = known
    return known


def _ranked(keys: list[Any]) -> Array:
    """Return the rank of each key, the same for equal ones; -1 for None."""
    there = [at for at, key in enumerate(keys) if key is not None]
    ranks = np.full(len(keys), -1, np.int32)
    if there:
        _values, inverse = np.unique(np.array([keys[at] for at in there]), return_inverse=True)
        ranks[there] = inverse
    return ranks


def _key(ledger: Ledger, column: str) -> Callable[[Any], Any]:
    """Return what a value of a column is sorted by."""
    if column == "document":
        return lambda id_: sound(ledger.documents[id_].name) if id_ in ledger.documents else None
    return _KEYS.get(column, sound)


def sound(value: str | None) -> bytes | None:
    """Return what puts Chinese in the order of its sounds: in this encoding common characters stand so."""
    return value.encode("gb18030", "replace")[:_LONGEST] if value else None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _place_in(order: tuple[str, ...]) -> Callable[[Any], Any]:
    places = {value: place for place, value in enumerate(order)}
    return lambda value: None if value is None else places.get(value, len(places))


_KINDS = CHOICES["metric"]["kind"] + CHOICES["commitment"]["kind"]
_KEYS: dict[str, Callable[[Any], Any]] = {
    "state": _place_in(tuple(State)),
    "type": _place_in(("metric", "commitment")),
    "kind": _place_in(_KINDS),
    "status": _place_in(CHOICES["metric"]["status"]),
    "strength": _place_in(CHOICES["commitment"]["strength"]),
    "basis": _place_in(CHOICES["metric"]["basis"]),
    "value": _number,
    "confidence": _number,
    "flagged": lambda value: 0 if value else None,
}
