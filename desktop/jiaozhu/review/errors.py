"""Where found records differ from gold, by cause: what a curator looks at to see what to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation
from jiaozhu.records import Record
from jiaozhu.review.scoring import COMMITMENT_FIELDS, METRIC_FIELDS, Span, match, same, spans


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference: what kind it is, what it is about, and the words in the text."""

    type: str  # metric or commitment
    cause: str  # missed, extra, start, end, or the name of a field
    detail: str  # kind of what was missed, rule of what is too much, gold → found of a field
    source: str
    words: str  # the annotation in its surroundings, ⟦marked⟧


_TYPES = {"metric": _("指标"), "commitment": _("承诺")}
_CAUSES = {"missed": _("漏掉"), "extra": _("多出"), "start": _("起点不对"), "end": _("终点不对")}
_DETAILS = 6
#: Characters shown on both sides of an annotation.
_AROUND = 12
#: A commitment matches by half of its length, a metric to the letter (CONTRIBUTING, "Measures").
_LEAST = {"metric": 1.0, "commitment": 0.5}


def find_faults(pairs: Iterable[tuple[Record, Record]]) -> Iterator[Fault]:
    """Yield the differences between gold and found, document by document in the order of the text."""
    for gold, found in pairs:
        index = [0, *accumulate(not char.isspace() for char in gold.document.text)]
        yield from _faults("metric", METRIC_FIELDS, index, gold, found, gold.metrics, found.metrics)
        yield from _faults(
            "commitment", COMMITMENT_FIELDS, index, gold, found, gold.commitments, found.commitments
        )


def _faults(
    type_: str,
    fields: Sequence[str],
    index: Sequence[int],
    gold: Record,
    found: Record,
    wanted: Sequence[Any],
    given: Sequence[Any],
) -> Iterator[Fault]:
    ours, theirs = spans(index, wanted), spans(index, given)
    matched = dict(match(ours, theirs, _LEAST[type_]))
    source = gold.document.source
    near = dict(match(ours, theirs, 0.01))
    for i, annotation in enumerate(wanted):
        words = _words(gold, annotation)
        if i in matched:
            other = given[matched[i]]
            for field in fields:
                one = getattr(annotation, field)
                if one is not None and not same(field, annotation, other):
                    detail = f"{one} → {getattr(other, field)}"
                    yield Fault(type_, field, detail, source, words)
        elif i in near:
            yield Fault(type_, _edge(ours[i], theirs[near[i]]), given[near[i]].text, source, words)
        else:
            yield Fault(type_, "missed", annotation.kind or "", source, words)
    taken = set(near.values()) | set(matched.values())
    for j, annotation in enumerate(given):
        if j not in taken:
            yield Fault(type_, "extra", annotation.rule or "", source, _words(found, annotation))


def _edge(gold: Span, found: Span) -> str:
    """Return which edge of a span is wrong, the start if both are."""
    return "start" if gold[0] != found[0] else "end"


def _words(record: Record, annotation: AnyAnnotation) -> str:
    """Return the annotation in its surroundings, on one line."""
    text, start, end = record.document.text, annotation.start, annotation.end
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())


def tabulate(faults: Iterable[Fault], *, examples: int) -> Iterator[str]:
    """Yield a table of the faults, most frequent causes first, each with its details and examples."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.type, fault.cause), []).append(fault)
    for (type_, cause), members in sorted(groups.items(), key=lambda item: -len(item[1])):
        yield ""
        yield f"{len(members):5}  {_TYPES[type_]} · {_CAUSES.get(cause, cause)}"
        details = Counter(fault.detail for fault in members).most_common(_DETAILS)
        shown = _("；").join(f"{detail or '–'} ×{count}" for detail, count in details)
        yield f"       {shown}"
        for fault in members[:examples]:
            yield f"       {fault.source}: {fault.words}  [{fault.detail}]"
