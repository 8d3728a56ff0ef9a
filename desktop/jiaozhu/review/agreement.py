"""How far reviewers agree who decided on the same items without seeing each other's decisions.

Cohen's kappa: J. Cohen, A Coefficient of Agreement for Nominal Scales, 1960. Krippendorff's alpha for
nominal data, with what is missing left out: K. Krippendorff, Computing Krippendorff's Alpha-Reliability,
2011, section C.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Commitment, Decision, Metric, State
from jiaozhu.review.fields import EDITABLE
from jiaozhu.store import Store
from jiaozhu.store.joining import join, who

#: What each reviewer says of one item, by who says it.
Unit = dict[str, str]


class Measure(NamedTuple):
    """A figure, or why there is none."""

    value: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on one field of a type; "verdict" is whether an item is right at all."""

    type: str
    field: str
    items: int  # that two or more have decided on
    same: int  # on which all of them say the same
    kappa: Measure
    alpha: Measure


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How far two or more reviewers mark the same words; the pairs of reviewers taken together."""

    type: str
    spans: int  # that were marked, by all of them
    exact: Measure  # F1
    overlapping: Measure


@dataclass(slots=True)
class Compared:
    """All that was compared in a project."""

    reviewers: list[str] = field(default_factory=list)
    spans: list[SpanAgreement] = field(default_factory=list)
    fields: list[Agreement] = field(default_factory=list)


def compare(store: Store) -> Compared:
    """Return how far reviewers agree in a project on what two or more decided on by themselves."""
    names: dict[str, str] = {}
    units: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    pairs: dict[str, list[tuple[list[AnyAnnotation], list[AnyAnnotation]]]] = defaultdict(list)
    for document in store.decided_by_several():
        decisions = store.decisions_on(document)
        words = _words(decisions)
        names |= {who(decision): decision.reviewer for decision in decisions}
        for (type_, _subject), said in words.items():
            if len(said) > 1:
                _add(units, type_, said)
        for type_ in (Metric.type, Commitment.type):
            pairs[type_] += _marked(type_, words)
    taking_part = sorted({one for several in units.values() for unit in several for one in unit})
    return Compared(
        reviewers=[names[one] for one in taking_part],
        spans=[_spans(type_, several) for type_, several in pairs.items() if several],
        fields=[_fields(type_, name, several) for (type_, name), several in units.items()],
    )


def kappa(units: Iterable[Unit]) -> Measure:
    """Return Cohen's kappa of two reviewers; none for more, or where chance alone would agree always."""
    several = [unit for unit in units if len(unit) > 1]
    reviewers = sorted({one for unit in several for one in unit})
    if not several:
        return Measure(None, _("没有两人都决定过的条目"))
    if len(reviewers) > 2:
        return Measure(None, _("审校人多于两名，请看 alpha"))
    first, second = reviewers
    observed = sum(unit[first] == unit[second] for unit in several) / len(several)
    left, right = (Counter(unit[one] for unit in several) for one in reviewers)
    chance = sum(left[value] * right[value] for value in left) / len(several) ** 2
    if chance == 1:
        return Measure(None, _("两人只用过同一个值"))
    return Measure((observed - chance) / (1 - chance))


def alpha(units: Iterable[Unit]) -> Measure:
    """Return Krippendorff's alpha for nominal data; none where all say one and the same value."""
    totals: Counter[str] = Counter()
    apart = 0.0
    for unit in units:
        values = Counter(unit.values())
        count = values.total()
        if count > 1:
            totals.update(values)
            apart += sum(one * (count - one) for one in values.values()) / (count - 1)
    number = totals.total()
    if not number:
        return Measure(None, _("没有两人都决定过的条目"))
    by_chance = sum(one * (number - one) for one in totals.values())
    if not by_chance:
        return Measure(None, _("只出现过同一个值"))
    return Measure(1 - (number - 1) * apart / by_chance)


def _words(decisions: Sequence[Decision]) -> dict[tuple[str, str], dict[str, AnyAnnotation]]:
    """Return what each reviewer says of each annotation, by those decisions that saw nobody else's."""
    by_uid = {decision.uid: decision for decision in decisions}
    alone: dict[tuple[str, str], dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    own: set[str] = set()
    for decision in decisions:  # what was seen comes first
        is_own = all(
            parent in own and who(by_uid[parent]) == who(decision)
            for parent in decision.parents
            if parent in by_uid
        )
        if is_own and decision.type in (Metric.type, Commitment.type):
            own.add(decision.uid)
            alone[decision.type, decision.subject][who(decision)].append(decision)
    words: dict[tuple[str, str], dict[str, AnyAnnotation]] = {}
    for of, by_reviewer in alone.items():
        said = {}
        for reviewer, history in by_reviewer.items():
            after = join(history[0].before, history).after
            if isinstance(after, Metric | Commitment) and after.state is not State.SUGGESTED:
                said[reviewer] = after
        words[of] = said
    return words


def _add(units: dict[tuple[str, str], list[Unit]], type_: str, said: dict[str, AnyAnnotation]) -> None:
    verdicts = {one: "no" if item.state is State.REJECTED else "yes" for one, item in said.items()}
    units[type_, "verdict"].append(verdicts)
    right = {one: item for one, item in said.items() if item.state is not State.REJECTED}
    if len(right) > 1:
        for name in EDITABLE[type_]:
            unit = {one: str(getattr(item, name) or "") for one, item in right.items()}
            if any(unit.values()):
                units[type_, name].append(unit)


def _marked(
    type_: str, words: dict[tuple[str, str], dict[str, AnyAnnotation]]
) -> Iterable[tuple[list[AnyAnnotation], list[AnyAnnotation]]]:
    """Yield what two reviewers hold for right in the speeches in which both decided on the same items."""
    said = [by for (of, _subject), by in words.items() if of == type_]
    for one, other in combinations(sorted({name for by in said for name in by}), 2):
        both = {by[one].speech for by in said if one in by and other in by}
        marked = [
            [
                by[name]
                for by in said
                if name in by
                and by[name].speech in both
                and by[name].state is not State.REJECTED
                # An item that only one has decided on tells nothing, unless it was that one's to add.
                and (len({one, other} & by.keys()) == 2 or by[name].state is State.ADDED)
            ]
            for name in (one, other)
        ]
        if both:
            yield marked[0], marked[1]


def _spans(type_: str, pairs: Sequence[tuple[list[AnyAnnotation], list[AnyAnnotation]]]) -> SpanAgreement:
    total = sum(len(left) + len(right) for left, right in pairs)
    if not total:
        nothing = Measure(None, _("两人都没有标出任何文字"))
        return SpanAgreement(type_, 0, nothing, nothing)
    exact = overlapping = 0
    for left, right in pairs:
        exact += len({(item.start, item.end) for item in left} & {(item.start, item.end) for item in right})
        overlapping += _overlapping(left, right)
    return SpanAgreement(type_, total, Measure(2 * exact / total), Measure(2 * overlapping / total))


def _overlapping(left: Sequence[AnyAnnotation], right: Sequence[AnyAnnotation]) -> int:
    """Return how many of the spans have one of the other's for themselves that overlaps, the best first."""
    shared = sorted(
        (
            (min(one.end, other.end) - max(one.start, other.start), one.start, one.id, other.id)
            for one in left
            for other in right
            if min(one.end, other.end) > max(one.start, other.start)
        ),
        key=lambda entry: (-entry[0], *entry[1:]),
    )
    taken_left: set[str] = set()
    taken_right: set[str] = set()
    for _length, _start, one_id, other_id in shared:
        if one_id not in taken_left and other_id not in taken_right:
            taken_left.add(one_id)
            taken_right.add(other_id)
    return len(taken_left)


def _fields(type_: str, name: str, units: Sequence[Unit]) -> Agreement:
    same = sum(len(set(unit.values())) == 1 for unit in units)
    return Agreement(type_, name, len(units), same, kappa(units), alpha(units))
