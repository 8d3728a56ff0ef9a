"""A new version of a document takes over what reviewers decided on the earlier one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

from jiaozhu import __version__
from jiaozhu.model import Action, Decision, Document, Extraction, Metadata, Speech, Subject
from jiaozhu.review.carrying import Alignment, Carried, carry, carry_speeches
from jiaozhu.review.fields import EDITABLE
from jiaozhu.review.opened import with_fields
from jiaozhu.store import Store


def carry_over(store: Store, earlier: str, document: Document, extraction: Extraction) -> Carried:
    """Return what was decided on an `earlier` version (Document.id) as decisions on a new version.

    With decisions on annotations come those on metadata and on who speaks; where an earlier speech
    begins nowhere any more, or reviewers made it of others, the decision on it is among the lost.
    """
    alignment = Alignment(store.text(earlier), document.text)
    annotations = carry(store.reviewed(earlier), alignment, document, extraction)
    speeches, lost = _speeches(store, earlier, alignment, document, extraction)
    return Carried(
        (*_metadata(store, earlier, document), *speeches, *annotations.decisions), (*lost, *annotations.lost)
    )


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
