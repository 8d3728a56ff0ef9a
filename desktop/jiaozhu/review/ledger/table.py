"""The table in columns: each value is kept once, and a row is a number for each column.

A hundred thousand rows are filtered, counted and sorted in milliseconds that way. A table never
changes; one that has taken in changes is another one, with the same vocabularies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from jiaozhu.model import Metric
from jiaozhu.store import LedgerDocument, LedgerRow

#: A row of numbers.
Array = np.ndarray[Any, np.dtype[Any]]

#: Columns beside those of a row, made of these: the year of its period, its indicator however it is written,
#: the range of its confidence, and what is known of its document.
DERIVED: Final = ("year", "measure", "certainty", "document", "date")
COLUMNS: Final = (*LedgerRow._fields, *DERIVED)
#: The columns that are searched for words.
SEARCHED: Final = ("text", "indicator", "region", "speaker", "scope", "note", "reviewer", "document")
#: Where the ranges of confidence begin, the least certain first.
CERTAINTIES: Final = ("0.00", "0.50", "0.70", "0.80", "0.90", "0.95")
_BEGINS = [float(begin) for begin in CERTAINTIES[1:]]


class Vocabulary:
    """The different values of a column, numbered in the order in which they came; it only ever grows."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.ranks: Array | None = None  # of the values, once somebody has sorted by them
        self._codes: dict[Any, int] = {}
        self._folded: list[str] = []

    def __len__(self) -> int:
        return len(self.values)

    def encode(self, values: Sequence[Any]) -> Array:
        """Return the numbers of some values, new ones taken in."""
        codes = self._codes
        for value in dict.fromkeys(values):
            if value not in codes:
                self.values.append(value)
                codes[value] = len(codes)
        return np.fromiter(map(codes.__getitem__, values), np.int32, len(values))

    def folded(self) -> list[str]:
        """Return the values as texts without regard to case, to be searched; none is an empty text."""
        for value in self.values[len(self._folded) :]:
            lower = (value or "").casefold()
            self._folded.append(value if lower == value else lower)  # Chinese has no case: one text for both
        return self._folded

    def code(self, value: Any) -> int | None:
        """Return the number of a value, None if it does not occur."""
        return self._codes.get(value)


class Ledger:
    """The annotations of a project as they stood at one moment, in the order of documents and texts."""

    def __init__(
        self,
        documents: dict[int, LedgerDocument],
        vocabularies: dict[str, Vocabulary],
        codes: dict[str, Array],
        *,
        is_whole: bool,
    ) -> None:
        self.documents = {document.id: document for document in documents.values()}
        self.vocabularies = vocabularies
        self.codes = codes
        self.is_whole = is_whole  # False: there is more to be read
        self._by_key = documents
        self._names: list[str] | None = None

    @classmethod
    def read(
        cls,
        documents: Sequence[LedgerDocument],
        parts: Iterable[Sequence[LedgerRow]],
        *,
        is_whole: bool = True,
    ) -> Ledger:
        """Return the table of some rows."""
        empty: dict[str, Array] = {name: np.zeros(0, np.int32) for name in COLUMNS}
        vocabularies = {name: Vocabulary() for name in COLUMNS}
        ledger = cls({}, vocabularies, empty, is_whole=is_whole)
        return ledger.extended(documents, parts, is_whole=is_whole)

    def extended(
        self,
        documents: Sequence[LedgerDocument],
        parts: Iterable[Sequence[LedgerRow]],
        *,
        instead_of: Collection[int] = (),
        is_whole: bool = True,
    ) -> Ledger:
        """Return the table with more rows, which stand `instead_of` those of some documents (keys)."""
        by_key = {document.key: document for document in documents}
        keep = np.ones(len(self), bool)
        if instead_of and len(self):
            keys = self.vocabularies["key"]
            gone = [code for key in instead_of if (code := keys.code(key)) is not None]
            keep = ~np.isin(self.codes["key"], gone)
        pieces: dict[str, list[Array]] = {name: [codes[keep]] for name, codes in self.codes.items()}
        for part in parts:
            for name, values in _columns(part, by_key).items():
                pieces[name].append(self.vocabularies[name].encode(values))
        codes = {name: np.concatenate(pieces.pop(name)) for name in list(pieces)}
        self.vocabularies["document"].ranks = None  # one may have another title
        return Ledger(by_key, self.vocabularies, _in_order(codes, self.vocabularies), is_whole=is_whole)

    def __len__(self) -> int:
        return len(self.codes["key"])

    def value(self, row: int, column: str) -> Any:
        """Return what stands in a cell."""
        return self.vocabularies[column].values[self.codes[column][row]]

    def fold(self) -> None:
        """Prepare the texts of all columns to be searched: the first search is as fast as the others."""
        for column in SEARCHED:
            self.folded(column)

    def folded(self, column: str) -> list[str]:
        """Return the values of a column as texts without regard to case; of documents their names."""
        vocabulary = self.vocabularies[column]
        if column != "document":
            return vocabulary.folded()
        if self._names is None:
            documents = (self.documents.get(id_) for id_ in vocabulary.values)
            self._names = ["" if one is None else one.name.casefold() for one in documents]
        return self._names

    def identity(self, row: int) -> tuple[str, str, str]:
        """Return what tells an annotation from all others: its document, its type and its id."""
        return self.value(row, "document"), self.value(row, "type"), self.value(row, "id")

    def find(self, identity: tuple[str, str, str]) -> int | None:
        """Return the row of an annotation, None if it is not there."""
        wanted = [
            self.vocabularies[name].code(value)
            for name, value in zip(("document", "type", "id"), identity, strict=True)
        ]
        if None in wanted:
            return None
        document, type_, id_ = wanted
        same = (
            (self.codes["document"] == document) & (self.codes["type"] == type_) & (self.codes["id"] == id_)
        )
        found = np.flatnonzero(same)
        return int(found[0]) if len(found) else None

    def metric(self, row: int) -> Metric:
        """Return the quantity of a row as a metric; nothing but its value is filled in."""
        names = ("value", "value_high", "unit", "comparator", "kind")
        fields = {name: self.value(row, name) for name in names}
        return Metric(id="", speech="", start=0, end=0, text="", **fields)


def _columns(part: Sequence[LedgerRow], documents: dict[int, LedgerDocument]) -> dict[str, Sequence[Any]]:
    """Return the columns of some rows, with those that are derived from them."""
    names = LedgerRow._fields
    turned = zip(*part, strict=True) if part else ((),) * len(names)
    columns: dict[str, Sequence[Any]] = dict(zip(names, turned, strict=True))
    columns["year"] = [year_of(period) for period in columns["period"]]
    pairs = zip(columns["indicator_id"], columns["indicator"], strict=True)
    columns["measure"] = [id_ or name for id_, name in pairs]
    columns["certainty"] = [certainty_of(confidence) for confidence in columns["confidence"]]
    columns["document"] = [documents[key].id for key in columns["key"]]
    columns["date"] = [documents[key].date for key in columns["key"]]
    return columns


@lru_cache(maxsize=4096)
def year_of(period: str | None) -> str | None:
    """Return the year of an ISO period or day, 2021–2025 if it goes over several; None for none."""
    if not period:
        return None
    start, _slash, end = period.partition("/")
    first, last = start[:4], (end or start)[:4]
    return first if first == last else f"{first}–{last}"


def certainty_of(confidence: float | None) -> str | None:
    """Return the range that a confidence lies in, by where it begins; None for none."""
    return None if confidence is None else CERTAINTIES[bisect_right(_BEGINS, confidence)]


def _in_order(codes: dict[str, Array], vocabularies: dict[str, Vocabulary]) -> dict[str, Array]:
    """Return the columns in the order of documents, then of places in the text, the longer first."""
    key, start, end = (
        np.array(vocabularies[name].values or [0], np.int64)[codes[name]] for name in ("key", "start", "end")
    )
    order = np.lexsort((-end, start, key))
    for name in list(codes):  # one after the other: all of them at once would take the room twice
        codes[name] = codes[name][order]
    return codes
