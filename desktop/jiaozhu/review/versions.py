"""A new version of a document takes over what reviewers decided on the earlier one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jiaozhu import __version__
from jiaozhu.model import (
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Extraction,
    Metadata,
    Metric,
    Speech,
    State,
    Subject,
)
from jiaozhu.review.carrying import Alignment, Carried, carry, carry_speeches
from jiaozhu.review.fields import EDITABLE
from jiaozhu.review.opened import with_fields
from jiaozhu.review.outlining import follow_region
from jiaozhu.store import Store


def carry_over(store: Store, earlier: str, document: Document, extraction: Extraction) -> Carried:
    """Return what was decided on an `earlier` version (Document.id) as decisions on a new version.

    With decisions on annotations come those on metadata and on who speaks; where an earlier speech
    begins nowhere any more, or reviewers made it of others, the decision on it is among the lost.
    """
    alignment = Alignment(store.text(earlier), document.text)
    decided = store.reviewed(earlier)
    annotations = carry(
        decided, alignment, document, extraction, suggested=_suggested(store, earlier, decided)
    )
    speeches, lost = _speeches(store, earlier, alignment, document, extraction)
    is_decided = {decision.subject for decision in annotations.decisions}
    moved = [metric for metric in extraction.metrics if metric.id not in is_decided]
    decisions = (
        *_metadata(store, earlier, document),
        *speeches,
        *_following(speeches, moved),
        *annotations.decisions,
    )
    return Carried(decisions, (*lost, *annotations.lost))


def _suggested(store: Store, earlier: str, decided: Sequence[AnyAnnotation]) -> Mapping[str, AnyAnnotation]:
    """Return corrected annotations as they had been suggested, by id: their bounds may have been others."""
    found = {}
    for item in decided:
        if item.state is State.CORRECTED:
            first = store.history(earlier, item.type, item.id)[0].before
            if isinstance(first, Metric | Commitment):
                found[item.id] = first
    return found


def _metadata(store: Store, earlier: str, document: Document) -> Iterator[Decision]:
    """Yield the decision on the metadata, if reviewers corrected any; what they left is read anew."""
    history = store.history(earlier, Metadata.type, earlier)
    if not history:
        return
    first, last = history[0].before, history[-1].after
    names = EDITABLE[Metadata.type]
    before = Metadata(id=document.id, **{name: getattr(document, name) for name in names})
    corrected = {name: getattr(last, name) for name in names if getattr(last, name) != getattr(first, name)}
    after = with_fields(before, corrected)
    if after != before:
        yield _carried(history[-1], document, before, after)


def _speeches(
    store: Store, earlier: str, alignment: Alignment, document: Document, extraction: Extraction
) -> tuple[list[Decision], list[Speech]]:
    """Return the decisions on who speaks, and the speeches for which there is no place."""
    latest = {item.subject: item for item in store.latest(earlier, Speech.type)}
    decided = [item.after for item in latest.values() if isinstance(item.after, Speech)]
    decided.sort(key=lambda speech: speech.start)
    decisions: list[Decision] = []
    lost: list[Speech] = []
    left = list(extraction.speeches)
    for speech in decided:
        pairs, nowhere = carry_speeches([speech], alignment, left)
        lost += nowhere
        for before, after in pairs:
            left.remove(before)
            decisions.append(_carried(latest[speech.id], document, before, after))
    return decisions, lost


def _following(speeches: Sequence[Decision], metrics: Sequence[Metric]) -> Iterator[Decision]:
    """Yield the moves of undecided metrics to the region that their speech has now."""
    for decision in speeches:
        before, after = decision.before, decision.after
        assert isinstance(before, Speech)
        assert isinstance(after, Speech)
        for metric, moved in follow_region(before, after, metrics):
            yield replace(
                decision,
                uid=str(uuid.uuid4()),
                subject=metric.id,
                type=metric.type,
                action=Action.MOVE,
                before=metric,
                after=moved,
            )


def _carried(decision: Decision, document: Document, before: Subject, after: Subject) -> Decision:
    """Return a decision on an earlier version as one on the new version."""
    return replace(
        decision,
        uid=str(uuid.uuid4()),
        document=document.id,
        subject=after.id,
        action=Action.CARRY,
        before=before,
        after=after,
        program=__version__,
        batch=None,
    )
