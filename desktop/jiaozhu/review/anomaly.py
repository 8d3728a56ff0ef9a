"""How unlike the others a value is: among the metrics of one indicator in one unit and of one kind.

Sizes are compared by their logarithms with the modified z-score of Iglewicz and Hoaglin (1993), which one
wild value does not hide: 0.6745 times the distance from the median, over the median of all distances.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jiaozhu.model import State
from jiaozhu.review.ledger import Ledger
from jiaozhu.review.ledger.table import Array

#: So many values must be there before one can be unlike the others.
FEWEST = 5
#: From here on a value counts as an outlier; a sign that is odd counts as much.
OUTLYING = 3.5
#: A sign is odd that no more than one in so many of the values has.
_RARE = 5
#: What these measure can't be less than nothing.
_NEVER_NEGATIVE = ("level", "count", "share", "ratio", "rank", "streak")
#: What makes median and mean of the distances comparable with a standard deviation.
_MEDIAN, _MEAN = 0.6745, 1 / 1.253314


class Anomaly(NamedTuple):
    """For each row of the ledger how far its value is from the others, and whether its sign is odd.

    The distance is not a number where there is nothing to compare.
    """

    scores: Array
    is_odd: Array


def anomalies(ledger: Ledger) -> Anomaly:
    """Return how unlike the others each value is; what was rejected is left out."""
    codes = ledger.codes
    values = _numbers(ledger)[codes["value"]]
    wanted = ~np.isnan(values) & ~_is(ledger, "state", (State.REJECTED,)) & ~_is(ledger, "measure", (None,))
    rows = np.flatnonzero(wanted)
    values = values[rows]
    group = _grouped(*(codes[name][rows] for name in ("measure", "unit", "kind")))

    odd = _rare_signs(values, group) | ((values < 0) & _is(ledger, "kind", _NEVER_NEGATIVE)[rows])
    far = np.full(len(rows), np.nan)
    sized = np.flatnonzero(values != 0)
    far[sized] = _distances(np.log10(np.abs(values[sized])), group[sized])
    far[odd] = np.fmax(far[odd], OUTLYING)

    scores, is_odd = np.full(len(ledger), np.nan), np.zeros(len(ledger), bool)
    scores[rows], is_odd[rows] = far, odd
    return Anomaly(scores, is_odd)


def _numbers(ledger: Ledger) -> Array:
    """Return each value of the ledger as a number, by its code; not a number where it is none."""

    def number(value: str | None) -> float:
        try:
            return float(value or "nan")
        except ValueError:
            return float("nan")

    return np.array([*map(number, ledger.vocabularies["value"].values), np.nan])


def _is(ledger: Ledger, column: str, values: tuple[str | None, ...]) -> Array:
    """Return for each row whether a column has one of some values."""
    vocabulary = ledger.vocabularies[column]
    found = [code for value in values if (code := vocabulary.code(value)) is not None]
    return np.isin(ledger.codes[column], found)


def _grouped(*keys: Array) -> Array:
    """Return the number of the group that each place belongs to: equal keys, equal numbers."""
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    group: Array = np.unique(np.stack(keys), axis=1, return_inverse=True)[1].reshape(-1)
    return group


def _rare_signs(values: Array, group: Array) -> Array:
    """Return for each value whether few of its group have its sign; nothing counts as a sign too."""
    sizes = np.bincount(group, minlength=1)
    sign = np.sign(values).astype(np.int64) + 1
    alike = np.bincount(group * 3 + sign, minlength=3)
    rare: Array = (sizes[group] >= FEWEST) & (alike[group * 3 + sign] * _RARE <= sizes[group])
    return rare


def _distances(values: Array, group: Array) -> Array:
    """Return the modified z-score of each value in its group; not a number in groups that are too small."""
    off = np.abs(values - _medians(values, group)[group])
    sizes = np.bincount(group, minlength=1)
    middle = _medians(off, group)
    mean = np.bincount(group, off, minlength=1) / np.maximum(sizes, 1)
    unit = np.where(middle > 0, middle / _MEDIAN, mean / _MEAN)[group]
    far = np.divide(off, unit, out=np.zeros(len(values)), where=unit > 0)
    return np.where(sizes[group] >= FEWEST, far, np.nan)


def _medians(values: Array, group: Array) -> Array:
    """Return the median of each group, by its number."""
    sizes = np.bincount(group, minlength=1)
    if not len(values):
        return np.zeros(len(sizes))
    ordered = values[np.lexsort((values, group))]
    begins = np.cumsum(sizes) - sizes
    last = len(values) - 1
    low, high = begins + np.maximum(sizes - 1, 0) // 2, begins + sizes // 2
    medians: Array = (ordered[np.minimum(low, last)] + ordered[np.minimum(high, last)]) / 2
    return medians
