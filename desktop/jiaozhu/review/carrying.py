"""Decisions on an earlier version of a document are carried over to a new version, by quote and position.

A carried decision has the name and the time of the one that it repeats. What can't be carried is named,
so that somebody looks at it again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Extraction,
    Metric,
    Speech,
    State,
)
from jiaozhu.review.alignment import Alignment
from jiaozhu.review.carrying_speeches import carry_speeches
from jiaozhu.review.fields import EDITABLE
from jiaozhu.review.outlining import name

__all__ = ["Alignment", "Carried", "carry", "carry_speeches"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the decisions on an earlier version."""

    decisions: tuple[Decision, ...]  # on the new version, in the text's order
    lost: tuple[AnyAnnotation | Speech, ...]  # of the earlier version: their words have changed or gone

    @property
    def count(self) -> int:
        """How many decisions were carried over."""
        return len(self.decisions)


def quote(lost: AnyAnnotation | Speech) -> str:
    """Return the words by which a person knows what was lost."""
    return _("讲话“{name}”").format(name=name(lost)) if isinstance(lost, Speech) else lost.text


def carry(
    old: Sequence[AnyAnnotation], alignment: Alignment, document: Document, extraction: Extraction
) -> Carried:
    """Return what was decided on an earlier version as decisions on the new one, and what can't be.

    `old` are the annotations of the earlier version as they stand, with their reviewers; those that nobody
    has decided on are passed over. `document` and `extraction` are of the new version.
    A decision on words that are a suggestion again is one on that suggestion. Other words that were
    verified are added; what was rejected and isn't suggested again needs no decision.
    """
    carrying = _Carrying(alignment, document, extraction)
    # Metrics first, for commitments name those inside; of two on the same words the verified one counts.
    for annotation in sorted(old, key=lambda item: (item.type != Metric.type, item.state is State.REJECTED)):
        if annotation.state is not State.SUGGESTED:
            carrying.take(annotation)
    decisions = sorted(carrying.decisions, key=_order)
    batch = str(uuid.uuid4()) if len(decisions) > 1 else None
    lost = sorted(carrying.lost, key=lambda item: (item.start, -item.end, item.id))
    return Carried(tuple(replace(decision, batch=batch) for decision in decisions), tuple(lost))


class _Carrying:
    """The decisions carried so far, and the places that are taken."""

    def __init__(self, alignment: Alignment, document: Document, extraction: Extraction) -> None:
        self.decisions: list[Decision] = []
        self.lost: list[AnyAnnotation] = []
        self._alignment = alignment
        self._document = document
        self._speeches = extraction.speeches
        suggestions: tuple[AnyAnnotation, ...] = (*extraction.metrics, *extraction.commitments)
        self._suggestions = {(item.type, item.start, item.end): item for item in suggestions}
        self._metrics = {item.id: item for item in extraction.metrics}  # that stand, as they stand
        self._taken: set[tuple[str, int, int]] = set()

    def take(self, annotation: AnyAnnotation) -> None:
        """Carry the decision on an annotation, or note it as lost."""
        rejected = annotation.state is State.REJECTED
        span = self._alignment.span(annotation.start, annotation.end)
        if span is None:
            # Rejected words that are nowhere any more can't be suggested again.
            if not rejected or annotation.text in self._document.text:
                self.lost.append(annotation)
            return
        place = (annotation.type, *span)
        suggestion = self._suggestions.get(place)
        if rejected and (suggestion is None or place in self._taken):
            return
        after = self._on(suggestion, annotation) if suggestion else self._anew(annotation, *span)
        if after is None or place in self._taken or not (annotation.reviewer and annotation.reviewed_at):
            self.lost.append(annotation)
            return
        self._taken.add(place)
        self._decide(suggestion, after, annotation.reviewer, annotation.reviewed_at)
        if isinstance(after, Metric):
            self._metrics[after.id] = after

    def _decide(self, before: AnyAnnotation | None, after: AnyAnnotation, reviewer: str, at: str) -> None:
        self.decisions.append(
            Decision(
                uid=str(uuid.uuid4()),
                document=self._document.id,
                subject=after.id,
                type=after.type,
                action=Action.CARRY,
                before=before,
                after=after,
                reviewer=reviewer,
                at=at,
                program=__version__,
            )
        )

    def _on(self, suggestion: AnyAnnotation, decided: AnyAnnotation) -> AnyAnnotation:
        """Return a suggestion with what a reviewer decided on the same words."""
        changes: dict[str, object] = {name: getattr(decided, name) for name in EDITABLE[decided.type]}
        if isinstance(suggestion, Metric) and isinstance(decided, Metric):
            place = self._indicator(decided)
            if place != (None, None) or decided.indicator != suggestion.indicator:
                changes["indicator_start"], changes["indicator_end"] = place
        after = _with(suggestion, changes)
        if decided.state is State.REJECTED:
            return replace(after, state=State.REJECTED)
        return replace(after, state=State.ACCEPTED if after == suggestion else State.CORRECTED)

    def _anew(self, decided: AnyAnnotation, start: int, end: int) -> AnyAnnotation | None:
        """Return verified words as an annotation that a reviewer added; None outside of all speeches."""
        speech = next((item for item in self._speeches if item.start <= start and end <= item.end), None)
        if speech is None:
            return None
        source_map = self._document.source_map
        source = (None, None) if source_map is None else source_map.span(start, end)
        changes: dict[str, object] = {
            "id": f"{decided.type[0]}_{uuid.uuid4().hex[:12]}",
            "speech": speech.id,
            "start": start,
            "end": end,
            "source_start": source[0],
            "source_end": source[1],
            "state": State.ADDED,
            "confidence": None,
            "rule": None,
            "reviewer": None,
            "reviewed_at": None,
        }
        if isinstance(decided, Metric):
            changes["indicator_start"], changes["indicator_end"] = self._indicator(decided)
        else:
            changes["metrics"] = tuple(self._metrics_inside(start, end))
        return _with(decided, changes)

    def _indicator(self, metric: Metric) -> tuple[int, int] | tuple[None, None]:
        """Return where the words that name the indicator stand in the new version, if they do."""
        if metric.indicator_start is None or metric.indicator_end is None:
            return None, None
        return self._alignment.span(metric.indicator_start, metric.indicator_end) or (None, None)

    def _metrics_inside(self, start: int, end: int) -> Iterator[str]:
        standing = (item for item in self._metrics.values() if item.state is not State.REJECTED)
        inside = (item for item in standing if start <= item.start and item.end <= end)
        return (item.id for item in sorted(inside, key=lambda item: (item.start, -item.end, item.id)))


def _with(annotation: AnyAnnotation, changes: dict[str, object]) -> AnyAnnotation:
    return replace(annotation, **changes)  # type: ignore[arg-type]


def _order(decision: Decision) -> tuple[int, int, str]:
    assert isinstance(decision.after, Metric | Commitment)
    return decision.after.start, -decision.after.end, decision.after.id
