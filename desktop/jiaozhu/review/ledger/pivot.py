"""Verified metrics by indicator, region and year: what each place has reached, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from jiaozhu.model import VERIFIED, Metric
from jiaozhu.review.ledger.sorting import ranks
from jiaozhu.review.ledger.table import Array, Ledger


class PivotRow(NamedTuple):
    """A line of the pivot: an indicator of one kind in one place."""

    measure: str  # the id of the indicator if it is known, else its name
    kind: str | None
    region: str | None


class Quantity(NamedTuple):
    """A value with how it is to be taken; the same one from several sentences is one."""

    value: str | None
    value_high: str | None
    unit: str | None
    comparator: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class PivotCell:
    """The metrics of one line and one year."""

    rows: tuple[int, ...]  # of the table
    quantities: tuple[Quantity, ...]  # those that differ, in the order of the texts


class Pivot:
    """Lines and years, and what stands where they meet. A table of none is empty."""

    def __init__(self, ledger: Ledger, rows: Array) -> None:
        self._ledger = ledger
        codes = ledger.codes
        wanted = _coded(ledger, "state", VERIFIED)[codes["state"][rows]]
        wanted &= _coded(ledger, "type", (Metric.type,))[codes["type"][rows]]
        for name in "year", "measure":
            wanted &= ~_coded(ledger, name, (None,))[codes[name][rows]]
        rows = rows[wanted]
        year = _dense(ranks(ledger, "year")[codes["year"][rows]])
        order, starts = _groups(*(codes[name][rows] for name in PivotRow._fields))
        line_of = np.zeros(len(rows), np.int64)
        line_of[order] = np.cumsum(starts) - 1
        lines = order[starts]
        place = _placed(ledger, rows, line_of, lines)
        self._line = place[line_of]
        self._rows = rows
        self._lines = rows[lines[np.argsort(place)]]
        years = {int(at): ledger.value(int(row), "year") for at, row in zip(year, rows, strict=True)}
        self.years: list[str] = [years[at] for at in sorted(years)]
        cells, begins = _groups(self._line, year)
        self._order = rows[cells]
        first = np.flatnonzero(begins)
        firsts = cells[first]
        self._cells = dict(
            zip(
                zip(self._line[firsts].tolist(), year[firsts].tolist(), strict=True),
                zip(first.tolist(), np.append(first[1:], len(rows)).tolist(), strict=False),
                strict=True,
            )
        )

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def count(self) -> int:
        """How many metrics are in it."""
        return len(self._rows)

    def row(self, line: int) -> PivotRow:
        """Return what a line is about."""
        return PivotRow(*(self._ledger.value(int(self._lines[line]), name) for name in PivotRow._fields))

    def cell(self, line: int, year: int) -> PivotCell | None:
        """Return what stands in a line under a year, None if nothing does."""
        found = self._cells.get((line, year))
        if found is None:
            return None
        rows = tuple(self._order[found[0] : found[1]].tolist())
        value = self._ledger.value
        quantities = (Quantity(*(value(row, name) for name in Quantity._fields)) for row in rows)
        return PivotCell(rows, tuple(dict.fromkeys(quantities)))


def pivot(ledger: Ledger, rows: Array) -> Pivot:
    """Return the verified metrics among some rows by indicator, region and year.

    Those without a period or an indicator are left out. The indicators with the most values come
    first, their places in the order of their names' sounds.
    """
    return Pivot(ledger, rows)


def _coded(ledger: Ledger, column: str, values: tuple[object, ...]) -> Array:
    """Return for each value of a column, by its number, whether it is one of these."""
    vocabulary = ledger.vocabularies[column]
    found = np.zeros(len(vocabulary) + 1, bool)
    found[[code for value in values if (code := vocabulary.code(value)) is not None]] = True
    return found


def _dense(values: Array) -> Array:
    """Return the numbers from 0 without gaps, in the same order."""
    return np.unique(values, return_inverse=True)[1]


def _groups(*keys: Array) -> tuple[Array, Array]:
    """Return an order that brings equal keys together, and for each place of it whether a group begins."""
    order = np.lexsort(tuple(reversed(keys)))
    begins = np.zeros(len(order), bool)
    if len(order):
        begins[0] = True
        for key in keys:
            begins[1:] |= key[order][1:] != key[order][:-1]
    return order, begins


def _placed(ledger: Ledger, rows: Array, line_of: Array, lines: Array) -> Array:
    """Return the place of each line."""
    codes = ledger.codes
    measure, kind, region = (codes[name][rows] for name in PivotRow._fields)
    counts = np.bincount(measure, minlength=1)
    order = np.lexsort(
        (
            ranks(ledger, "region")[region[lines]],
            ranks(ledger, "kind")[kind[lines]],
            measure[lines],
            -counts[measure[lines]],
        )
    )
    place = np.empty(len(lines), np.int64)
    place[order] = np.arange(len(lines))
    return place
