"""How near found records come to gold: the measures the project states its quality in.

Positions are compared as indexes of the non-space characters of the source, so that cleaning may drop and
join white space. A metric is matched by its exact span, a commitment by an overlap of half, a speech by one
of four fifths; fields are compared on what is matched, where the gold has a value.

    metric.span commitment.span speech.span    F1 of what is matched
    metric.tuple                               F1 of span, value, unit, kind, status and period together
    commitment.char                            F1 of the characters covered
    metric.FIELD commitment.FIELD …            share of right values
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import Any

from jiaozhu.model import Annotation, Speech
from jiaozhu.records import Record

Span = tuple[int, int]

METRIC_FIELDS = ("indicator", "value", "unit", "comparator", "kind", "basis", "period", "region", "status")
COMMITMENT_FIELDS = ("strength", "kind", "deadline")
SPEECH_FIELDS = ("speaker", "office", "region", "region_code")
#: What a line of the curated table needs right beside the span; none in the gold must be none in the find.
ROW = ("value", "value_high", "unit", "kind", "status", "period")

#: Names of one indicator that count as the same.
SAME_INDICATOR = {
    "地区生产总值": "GDP",
    "生产总值": "GDP",
    "规模以上工业增加值": "规上工业增加值",
    "固投": "固定资产投资",
}


class Tally:
    """Counts of what was right and of what there was, by the name of the measure."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, measure: str, right: int, gold: int, found: int | None = None) -> None:
        """Count `right` of `gold` and of `found`; without the latter the measure is a share."""
        self.right[measure] += right
        self.gold[measure] += gold
        self.found[measure] += gold if found is None else found

    def rates(self) -> dict[str, float]:
        """Return each measure, 0 to 1: F1, which is the share where gold and found are the same."""
        both = {name: self.gold[name] + self.found[name] for name in self.gold}
        return {name: 2 * self.right[name] / total if total else 0.0 for name, total in both.items()}


def score(pairs: Iterable[tuple[Record, Record]]) -> dict[str, float]:
    """Return the measures over all documents, each given as its gold and what was found."""
    tally = Tally()
    for gold, found in pairs:
        index = [0, *accumulate(not char.isspace() for char in gold.document.text)]
        _score_metrics(tally, index, gold, found)
        _score_commitments(tally, index, gold, found)
        _score_speeches(tally, index, gold, found)
    return tally.rates()


def _score_metrics(tally: Tally, index: Sequence[int], gold: Record, found: Record) -> None:
    matched = match(spans(index, gold.metrics), spans(index, found.metrics), 1.0)
    pairs = [(gold.metrics[i], found.metrics[j]) for i, j in matched]
    tally.add("metric.span", len(pairs), len(gold.metrics), len(found.metrics))
    whole = sum(all(same(field, one, other, strict=True) for field in ROW) for one, other in pairs)
    tally.add("metric.tuple", whole, len(gold.metrics), len(found.metrics))
    _compare(tally, "metric", METRIC_FIELDS, pairs)


def _score_commitments(tally: Tally, index: Sequence[int], gold: Record, found: Record) -> None:
    ours, theirs = spans(index, gold.commitments), spans(index, found.commitments)
    matched = match(ours, theirs, 0.5)
    tally.add("commitment.span", len(matched), len(ours), len(theirs))
    tally.add("commitment.exact", len(match(ours, theirs, 1.0)), len(ours), len(theirs))
    one, other = ({at for span in side for at in range(*span)} for side in (ours, theirs))
    tally.add("commitment.char", len(one & other), len(one), len(other))
    pairs = [(gold.commitments[i], found.commitments[j]) for i, j in matched]
    _compare(tally, "commitment", COMMITMENT_FIELDS, pairs)


def _score_speeches(tally: Tally, index: Sequence[int], gold: Record, found: Record) -> None:
    matched = match(spans(index, gold.speeches), spans(index, found.speeches), 0.8)
    tally.add("speech.span", len(matched), len(gold.speeches), len(found.speeches))
    _compare(tally, "speech", SPEECH_FIELDS, [(gold.speeches[i], found.speeches[j]) for i, j in matched])


def _compare(tally: Tally, of: str, fields: Sequence[str], pairs: Sequence[tuple[Any, Any]]) -> None:
    """Count the right fields of matched pairs, where the gold has a value."""
    for field in fields:
        stated = [(one, other) for one, other in pairs if getattr(one, field) is not None]
        if stated:
            right = sum(same(field, one, other) for one, other in stated)
            tally.add(f"{of}.{field}", right, len(stated))


def spans(index: Sequence[int], items: Sequence[Annotation | Speech]) -> list[Span]:
    """Return the spans of the items, counted in non-space characters of the source."""
    found = []
    for item in items:
        start, end = item.source_start, item.source_end
        if start is None or end is None:
            start, end = item.start, item.end
        found.append((index[min(start, len(index) - 1)], index[min(end, len(index) - 1)]))
    return found


def match(gold: Sequence[Span], found: Sequence[Span], least: float) -> list[tuple[int, int]]:
    """Return pairs of indexes that overlap (shared by joint length) by at least `least`, best first."""
    overlaps = sorted(
        (-shared, i, j) for i, j in _touching(gold, found) if (shared := overlap(gold[i], found[j])) >= least
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in overlaps:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _touching(gold: Sequence[Span], found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of indexes whose spans share a character, without comparing all with all."""
    order = sorted(range(len(found)), key=lambda j: found[j])
    starts = [found[j][0] for j in order]
    longest = max((end - start for start, end in found), default=0)
    for i, (start, end) in enumerate(gold):
        for at in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            if found[order[at]][1] > start:
                yield i, order[at]


def overlap(one: Span, other: Span) -> float:
    """Return the length that two spans share, divided by the length that they cover together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def same(field: str, gold: object, found: object, *, strict: bool = False) -> bool:
    """Return whether a field is right: equal, or another way to say the same."""
    one, other = getattr(gold, field), getattr(found, field)
    if one is None:
        return not (strict and other)
    if field in ("value", "value_high"):
        return number(one) == number(other)
    if field == "indicator":
        return indicator(one) == indicator(other)
    if field in ("region", "office", "speaker"):
        short, long = sorted((one, other or ""), key=len)
        return one == other or (len(other or "") > 1 and long.endswith(short))
    return bool(one == other)


def number(text: object) -> Decimal | None:
    """Return the number, or None if there is none."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def indicator(name: str | None) -> str:
    """Return the name of an indicator without what makes no difference."""
    bare = "".join((name or "").split()).replace("的", "").upper()
    return SAME_INDICATOR.get(bare, bare)
