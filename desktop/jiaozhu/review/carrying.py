"""Decisions on an earlier version of a document are carried over to a new version, by quote and position.

A carried decision has the name and the time of the one that it repeats. What can't be carried is named,
so that somebody looks at it again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

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


#: Type, start and end of an annotation.
_Place = tuple[str, int, int]


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
    old: Sequence[AnyAnnotation],
    alignment: Alignment,
    document: Document,
    extraction: Extraction,
    *,
    suggested: Mapping[str, AnyAnnotation] = MappingProxyType({}),
) -> Carried:
    """Return what was decided on an earlier version as decisions on the new one, and what can't be.

    `old` are the annotations of the earlier version as they stand, with their reviewers; those that nobody
    has decided on are passed over. `document` and `extraction` are of the new version.
    A decision on words that are a suggestion again is one on that suggestion. Other words that were
    verified are added; what was rejected and isn't suggested again needs no decision.
    `suggested` are annotations as they were suggested in the earlier version, by id: if a reviewer gave one
    other bounds, the decision is on the suggestion that has the bounds of then.
    """
    carrying = _Carrying(alignment, document, extraction, suggested)

    def order(item: AnyAnnotation) -> tuple[bool, bool, bool]:
        # Metrics first, for commitments name those inside; of two on the same words the verified one counts.
        is_bounded = _place(suggested.get(item.id, item)) != _place(item)
        return item.type != Metric.type, is_bounded, item.state is State.REJECTED

    for annotation in sorted(old, key=order):
        if annotation.state is not State.SUGGESTED:
            carrying.take(annotation)
    decisions = sorted(carrying.decisions, key=_order)
    batch = str(uuid.uuid4()) if len(decisions) > 1 else None
    lost = sorted(carrying.lost, key=lambda item: (item.start, -item.end, item.id))
    return Carried(tuple(replace(decision, batch=batch) for decision in decisions), tuple(lost))


class _Carrying:
    """The decisions carried so far, and the places that are taken."""

    def __init__(
        self,
        alignment: Alignment,
        document: Document,
        extraction: Extraction,
        suggested: Mapping[str, AnyAnnotation],
    ) -> None:
        self.decisions: list[Decision] = []
        self.lost: list[AnyAnnotation] = []
        self._alignment = alignment
        self._document = document
        self._speeches = extraction.speeches
        suggestions: tuple[AnyAnnotation, ...] = (*extraction.metrics, *extraction.commitments)
        self._suggestions = {_place(item): item for item in suggestions}
        self._suggested = suggested
        self._metrics = {item.id: item for item in extraction.metrics}  # that stand, as they stand
        self._taken: set[_Place] = set()

    def take(self, annotation: AnyAnnotation) -> None:
        """Carry the decision on an annotation, or note it as lost."""
        rejected = annotation.state is State.REJECTED
        span = self._alignment.span(annotation.start, annotation.end)
        if span is None:
            # Rejected words that are nowhere any more can't be suggested again.
            if not rejected or annotation.text in self._document.text:
                self.lost.append(annotation)
            return
        place = annotation.type, *span
        suggestion = self._suggestion(annotation, place)
        if rejected and (suggestion is None or place in self._taken):
            return
        after = self._after(suggestion, annotation, *span)
        if after is None or place in self._taken or not (annotation.reviewer and annotation.reviewed_at):
            self.lost.append(annotation)
            return
        self._taken |= {place, _place(suggestion or after)}
        self._decide(suggestion, after, annotation.reviewer, annotation.reviewed_at)
        if isinstance(after, Metric):
            self._metrics[after.id] = after

    def _suggestion(self, annotation: AnyAnnotation, place: _Place) -> AnyAnnotation | None:
        """Return the suggestion of the new version that an annotation was decided on as, if there is one."""
        first = self._suggested.get(annotation.id)
        if place in self._suggestions or first is None:
            return self._suggestions.get(place)
        span = self._alignment.span(first.start, first.end)
        found = None if span is None else self._suggestions.get((annotation.type, *span))
        return None if found is None or _place(found) in self._taken else found

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

    def _after(
        self, suggestion: AnyAnnotation | None, decided: AnyAnnotation, start: int, end: int
    ) -> AnyAnnotation | None:
        """Return what a reviewer decided as it stands in the new version; None outside of all speeches."""
        if suggestion is not None and (suggestion.start, suggestion.end) == (start, end):
            changes: dict[str, object] = {}
        else:
            speech = next((item for item in self._speeches if item.start <= start and end <= item.end), None)
            if speech is None:
                return None
            changes = self._bounds(decided, speech, start, end)
        if suggestion is None:
            return self._anew(decided, changes)
        return self._on(suggestion, decided, changes)

    def _bounds(self, decided: AnyAnnotation, speech: Speech, start: int, end: int) -> dict[str, object]:
        source_map = self._document.source_map
        source = (None, None) if source_map is None else source_map.span(start, end)
        changes: dict[str, object] = {
            "speech": speech.id,
            "start": start,
            "end": end,
            "source_start": source[0],
            "source_end": source[1],
            "text": decided.text,
        }
        if isinstance(decided, Commitment):
            changes["metrics"] = tuple(self._metrics_inside(start, end))
        return changes

    def _on(
        self, suggestion: AnyAnnotation, decided: AnyAnnotation, changes: dict[str, object]
    ) -> AnyAnnotation:
        """Return a suggestion with what a reviewer decided on the same words."""
        changes |= {name: getattr(decided, name) for name in EDITABLE[decided.type]}
        if isinstance(suggestion, Metric) and isinstance(decided, Metric):
            place = self._indicator(decided)
            if place != (None, None) or decided.indicator != suggestion.indicator:
                changes["indicator_start"], changes["indicator_end"] = place
            if decided.indicator != suggestion.indicator:
                changes["indicator_id"] = decided.indicator_id
        after = _with(suggestion, changes)
        if decided.state is State.REJECTED:
            return replace(after, state=State.REJECTED)
        return replace(after, state=State.ACCEPTED if after == suggestion else State.CORRECTED)

    def _anew(self, decided: AnyAnnotation, changes: dict[str, object]) -> AnyAnnotation:
        """Return verified words as an annotation that a reviewer added."""
        changes |= {
            "id": f"{decided.type[0]}_{uuid.uuid4().hex[:12]}",
            "state": State.ADDED,
            "confidence": None,
            "rule": None,
            "reviewer": None,
            "reviewed_at": None,
        }
        if isinstance(decided, Metric):
            changes["indicator_start"], changes["indicator_end"] = self._indicator(decided)
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


def _place(annotation: AnyAnnotation) -> _Place:
    return annotation.type, annotation.start, annotation.end


def _with(annotation: AnyAnnotation, changes: dict[str, object]) -> AnyAnnotation:
    return replace(annotation, **changes)  # type: ignore[arg-type]


def _order(decision: Decision) -> tuple[int, int, str]:
    assert isinstance(decision.after, Metric | Commitment)
    return decision.after.start, -decision.after.end, decision.after.id
