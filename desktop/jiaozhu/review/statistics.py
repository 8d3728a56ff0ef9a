"""How far the work is, how good the extractor is, and how fast decisions are made: numbers from counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple, TypeVar

from jiaozhu.model import State
from jiaozhu.store import Counts
from jiaozhu.store.statistics import Bulk, Judged, Pace, Settled

#: Longer than this one does not look at a fact; it is a pause, in seconds.
PAUSE = 120.0

#: The confidences that are looked at together, in percent: each bin from its number up to the next.
BINS = (0, 50, 60, 70, 80, 90, 95)

_Key = TypeVar("_Key", bound=Hashable)


class Interval(NamedTuple):
    """Where a share lies in 95 of 100 cases."""

    low: float
    high: float


def interval(hits: int, of: int) -> Interval:
    """Return Wilson's interval of 95 % for a share, 0 to 1; all of it if nothing was counted.

    It stays within 0 and 1 and is wide for few cases, unlike the one that takes the share for normal.
    Wilson, Journal of the American Statistical Association 22 (1927).
    """
    if not of:
        return Interval(0.0, 1.0)
    z = 1.959964
    share, spread = hits / of, z * z / of
    centre = share + spread / 2
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = ((centre - half) / (1 + spread), (centre + half) / (1 + spread))
    return Interval(max(0.0, low), min(1.0, high))


@dataclass(frozen=True, slots=True)
class Precision:
    """What became of suggestions: accepted as they were, corrected, rejected."""

    right: int = 0
    partly: int = 0
    wrong: int = 0
    told: float | None = None  # the mean of their confidences, 0 to 1

    @property
    def total(self) -> int:
        """How many were decided on."""
        return self.right + self.partly + self.wrong

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> Interval:
        """Where the share that is right lies in 95 of 100 cases."""
        return interval(self.right, self.total)


def precision(rows: Iterable[Judged]) -> Precision:
    """Return what became of all suggestions that the rows count."""
    return _by(rows, lambda row: None).get(None, Precision())


def by_rule(rows: Iterable[Judged]) -> dict[tuple[str, str], Precision]:
    """Return what became of the suggestions of each rule, by type and name, most decided first."""
    found = _by(rows, lambda row: (row.type, row.rule))
    return dict(sorted(found.items(), key=lambda item: (-item[1].total, item[0])))


def by_confidence(rows: Iterable[Judged]) -> dict[int, Precision]:
    """Return what became of suggestions by the bin of their confidence, named by its lower end in percent."""
    with_confidence = [row for row in rows if row.percent is not None]
    return dict(sorted(_by(with_confidence, lambda row: _bin(row.percent or 0)).items()))


def bin_end(start: int) -> int:
    """Return the last percent of the bin that begins at `start`."""
    return next((other - 1 for other in BINS if other > start), 100)


def _bin(percent: int) -> int:
    return max(start for start in BINS if start <= percent)


def _by(rows: Iterable[Judged], key: Callable[[Judged], _Key]) -> dict[_Key, Precision]:
    counts: defaultdict[_Key, Counter[State]] = defaultdict(Counter)
    told: Counter[_Key] = Counter()
    telling: Counter[_Key] = Counter()
    for row in rows:
        counts[key(row)][row.state] += row.number
        if row.percent is not None:
            told[key(row)] += row.percent * row.number
            telling[key(row)] += row.number
    return {
        name: Precision(
            of[State.ACCEPTED],
            of[State.CORRECTED],
            of[State.REJECTED],
            told[name] / telling[name] / 100 if telling[name] else None,
        )
        for name, of in counts.items()
    }


def by_day(rows: Iterable[Settled]) -> dict[date, Counts]:
    """Return what each day brought, days without a decision between the first and the last with them."""
    found = _sums(rows, lambda row: date.fromisoformat(row.day))
    if not found:
        return {}
    first, last = min(found), max(found)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: found.get(day, Counts()) for day in days}


def by_week(days: dict[date, Counts]) -> dict[date, Counts]:
    """Return the days summed up by week, each named by its Monday."""
    found: dict[date, Counts] = {}
    for day, counts in days.items():
        monday = day - timedelta(days=day.weekday())
        found[monday] = Counts(*map(sum, zip(found.get(monday, Counts()), counts, strict=True)))
    return found


def by_reviewer(rows: Iterable[Settled]) -> dict[str, Counts]:
    """Return what each reviewer has decided, who decided most first."""
    found = _sums(rows, lambda row: row.reviewer)
    return dict(sorted(found.items(), key=lambda item: (-item[1].decided, item[0])))


def _sums(rows: Iterable[Settled], key: Callable[[Settled], _Key]) -> dict[_Key, Counts]:
    counted: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[key(row)][row.state.value] += row.number
    return {name: Counts(**of) for name, of in counted.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How long the single decisions of a day took, in seconds, and the acts on several beside them."""

    median: float | None  # None: there was none whose time is known
    quick: float | None  # a quarter of the decisions was as fast
    slow: float | None  # three quarters were as fast
    count: int
    bulk_acts: int = 0
    bulk_decisions: int = 0


def speed(rows: Iterable[Pace], bulks: Iterable[Bulk] = ()) -> Speed:
    """Return how fast all the decisions were that the rows count."""
    times: Counter[int] = Counter()
    for row in rows:
        times[row.tenths] += row.number
    bulks = list(bulks)
    return Speed(
        median=_quantile(times, 0.5),
        quick=_quantile(times, 0.25),
        slow=_quantile(times, 0.75),
        count=times.total(),
        bulk_acts=sum(bulk.acts for bulk in bulks),
        bulk_decisions=sum(bulk.decisions for bulk in bulks),
    )


def speed_by_day(rows: Iterable[Pace], bulks: Iterable[Bulk]) -> dict[date, Speed]:
    """Return how fast decisions were, for each day on which there was one."""
    single: defaultdict[str, list[Pace]] = defaultdict(list)
    several: defaultdict[str, list[Bulk]] = defaultdict(list)
    for row in rows:
        single[row.day].append(row)
    for bulk in bulks:
        several[bulk.day].append(bulk)
    days = sorted(single.keys() | several.keys())
    return {date.fromisoformat(day): speed(single[day], several[day]) for day in days}


def _quantile(times: Counter[int], share: float) -> float | None:
    """Return the time that this share of the decisions did not exceed, in seconds.

    Where it falls between two decisions it is their mean.
    """
    count = times.total()
    if not count:
        return None
    place = share * count
    low, seen, ordered = None, 0, sorted(times)
    for tenths in ordered:
        seen += times[tenths]
        if low is not None:
            return (low + tenths) / 20
        if seen > place:
            return tenths / 10
        if seen == place:
            low = tenths
    return ordered[-1] / 10
