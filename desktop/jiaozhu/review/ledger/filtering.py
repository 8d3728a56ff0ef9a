"""Which rows are shown, and how many would be: a facet is a column whose values can be chosen.

The count beside a value is the number of rows that are shown if it is the only one chosen in its
facet, everything else staying as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from jiaozhu.review.ledger.table import SEARCHED, Array, Ledger

#: The columns whose values can be chosen, in the order of the screen.
FACETS: Final = (
    *("state", "type", "status", "kind", "strength", "year", "region"),
    *("measure", "speaker", "document", "reviewer", "flagged", "certainty", "rule"),
)


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Words that a row must hold, separated by spaces, and the values chosen in each facet; none: all."""

    text: str = ""
    chosen: Mapping[str, frozenset[Any]] = field(default_factory=dict)

    def with_chosen(self, facet: str, values: Iterable[Any]) -> LedgerFilter:
        """Return the filter with other values chosen in a facet."""
        chosen = {name: held for name, held in self.chosen.items() if name != facet}
        wanted = frozenset(values)
        return LedgerFilter(self.text, chosen | {facet: wanted} if wanted else chosen)

    @property
    def is_empty(self) -> bool:
        """Whether all rows are shown."""
        return not self.text.split() and not self.chosen

    def to_json(self) -> dict[str, object]:
        """Return the filter as it is kept among the settings."""
        chosen = {name: sorted(held, key=str) for name, held in self.chosen.items()}
        return {"text": self.text, "chosen": chosen}

    @classmethod
    def from_json(cls, kept: object) -> LedgerFilter:
        """Return the filter that was kept; what is not understood is left out."""
        if not isinstance(kept, dict):
            return cls()
        text, chosen = kept.get("text"), kept.get("chosen")
        named = chosen.items() if isinstance(chosen, dict) else ()
        return cls(
            text if isinstance(text, str) else "",
            {
                name: frozenset(value for value in held if value is None or isinstance(value, str | bool))
                for name, held in named
                if name in FACETS and isinstance(held, list) and held
            },
        )


class Counts(dict[str, Array]):
    """How many rows there are with each value of a facet, by its number; counted when first asked for."""

    def __init__(self, ledger: Ledger, lacking: Array, unmet: Mapping[str, Array], rows: Array) -> None:
        super().__init__()
        self._ledger, self._lacking, self._unmet, self._rows = ledger, lacking, unmet, rows

    def __missing__(self, facet: str) -> Array:
        near = self._rows
        if facet in self._unmet:  # what is chosen in a facet does not count for the facet itself
            near = np.flatnonzero(self._lacking == self._unmet[facet])
        codes = self._ledger.codes[facet]
        found = codes if len(near) == len(codes) else codes[near]
        self[facet] = counts = np.bincount(found, minlength=len(self._ledger.vocabularies[facet]))
        return counts


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The rows that a filter leaves, in the table's order, and in each facet the rows with each value."""

    rows: Array
    counts: Counts


def select(ledger: Ledger, filter_: LedgerFilter) -> Selection:
    """Return the rows that a filter leaves, and the counts of the facets."""
    lacking = np.zeros(len(ledger), np.uint8)  # how many of the conditions a row does not meet
    unmet: dict[str, Array] = {}
    for word in filter_.text.casefold().split():
        lacking += ~_holds(ledger, word)
    for facet, values in filter_.chosen.items():
        unmet[facet] = ~_has(ledger, facet, values)
        lacking += unmet[facet]
    rows = np.flatnonzero(lacking == 0)
    return Selection(rows, Counts(ledger, lacking, unmet, rows))


def _has(ledger: Ledger, facet: str, values: Iterable[Any]) -> Array:
    """Return for each row whether it has one of the values."""
    vocabulary = ledger.vocabularies[facet]
    wanted = np.zeros(len(vocabulary) + 1, bool)
    wanted[[code for value in values if (code := vocabulary.code(value)) is not None]] = True
    return wanted[ledger.codes[facet]]


def _holds(ledger: Ledger, word: str) -> Array:
    """Return for each row whether a word stands in it, whatever the case of its letters."""
    found = np.zeros(len(ledger), bool)
    for column in SEARCHED:
        hits = [word in text for text in ledger.folded(column)]
        if any(hits):
            found |= np.array(hits, bool)[ledger.codes[column]]
    return found
