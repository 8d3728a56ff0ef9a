"""What speeches say of one indicator: its targets and results, in one unit at a time, by year or region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from jiaozhu.model import Metric
from jiaozhu.store.statistics import Fact

#: Amounts and counts of one unit can be compared; everything else only with its own kind.
_AMOUNTS = ("level", "count", None)
#: Kinds whose numbers depend on what they are compared with.
_COMPARED = ("growth", "change")
#: What a reviewer may have written before a unit: 万元, 亿元.
_MYRIADS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
#: Units whose numbers are not told in 万 or 亿.
_BARE = ("%", "百分点", "位", "倍")


class Scale(NamedTuple):
    """What numbers must share to stand in one picture."""

    unit: str  # base unit, "" if there is none
    kind: str  # of the metrics; "level" for counts too
    basis: str  # of growth and change, else ""


class Reading(NamedTuple):
    """A fact with its number in the base unit of its scale."""

    fact: Fact
    value: float
    high: float | None  # the upper end of a range

    @property
    def metric(self) -> Metric:
        """The metric itself."""
        return self.fact.metric

    @property
    def year(self) -> int | None:
        """The year in which its period ends; None if it has none."""
        end = _end(self.metric.period)
        return None if end is None else end.year

    @property
    def moment(self) -> float | None:
        """The end of its period: the last day of 2024 is 2024.0, half a year before it 2023.5."""
        end = _end(self.metric.period)
        if end is None:
            return None
        length = date(end.year, 12, 31).timetuple().tm_yday
        return end.year - 1 + end.timetuple().tm_yday / length


def _end(period: str | None) -> date | None:
    try:
        return date.fromisoformat((period or "").split("/")[-1])
    except ValueError:
        return None


def readings(facts: Iterable[Fact]) -> dict[Scale, list[Reading]]:
    """Return the facts that have a number, by scale, the scale with most facts first.

    Units that the lexicon knows are brought to their base unit; others stay apart, each by itself.
    """
    found: defaultdict[Scale, list[Reading]] = defaultdict(list)
    for fact in facts:
        metric = fact.metric
        value = _number(metric.value)
        if value is None:
            continue
        unit, factor = base_unit(metric.unit or "")
        high = _number(metric.value_high)
        scale = Scale(
            unit,
            "level" if metric.kind in _AMOUNTS else str(metric.kind),
            metric.basis or "yoy" if metric.kind in _COMPARED else "",
        )
        found[scale].append(
            Reading(fact, float(value * factor), None if high is None else float(high * factor))
        )
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def base_unit(unit: str) -> tuple[str, Decimal]:
    """Return the base unit of a unit and its factor; one that the lexicon does not know stands for itself."""
    from jiaozhu.extraction.numbers.units import all_units  # loads the extraction: not before it is needed

    for prefix, factor in {"": 1, **_MYRIADS}.items():
        known = all_units().get(unit.removeprefix(prefix)) if unit.startswith(prefix) else None
        if known is not None:
            return known.base, known.factor * factor
    return unit, Decimal(1)


def _number(value: str | None) -> Decimal | None:
    try:
        number = Decimal(value or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def told_in(scale: Scale, values: Sequence[float]) -> tuple[float, str]:
    """Return by what to divide numbers of a scale so that they read well, and the unit they then have."""
    largest = max(map(abs, values), default=0)
    if scale.unit not in _BARE:
        for factor, word in (1e8, "亿"), (1e4, "万"):
            if largest >= factor:
                return factor, word + scale.unit
    return 1.0, scale.unit
