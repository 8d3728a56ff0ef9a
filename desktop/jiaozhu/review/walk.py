"""Where to go next: through a document, through its undecided annotations, and on to other documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from jiaozhu.model import AnyAnnotation, State
from jiaozhu.review.opened import Opened
from jiaozhu.review.queue import Filter, outline
from jiaozhu.store import Store

Test = Callable[[AnyAnnotation], bool]


def first(opened: Opened, wanted: Filter, speech_id: str | None) -> AnyAnnotation | None:
    """Return the annotation to begin a document or a speech with: one to be decided, if any passes."""
    here = [item for item in opened.annotations if speech_id in (None, item.speech)]
    passes = _passing(opened, wanted)
    choices: tuple[Test, ...] = (
        lambda item: opened.is_waiting(item) and passes(item),
        lambda item: item.state is State.SUGGESTED and passes(item),
        passes,
        lambda item: True,
    )
    return next((item for is_good in choices for item in filter(is_good, here)), None)


def beside(opened: Opened, wanted: Filter, focus: str | None, by: int) -> AnyAnnotation | None:
    """Return the next annotation that passes (`by` is +1), or the one before (-1); None at the edge."""
    return next(filter(_passing(opened, wanted), opened.beside(focus, by)), None)


def ahead(opened: Opened, wanted: Filter, focus: str | None, *, putting_off: bool) -> AnyAnnotation | None:
    """Return the next undecided annotation of the document; `putting_off` passes over what was put off."""
    passes = _passing(opened, wanted)
    for item in opened.ahead(focus):
        left = opened.is_waiting(item) if putting_off else item.state is State.SUGGESTED
        if left and passes(item):
            return item
    return None


def next_with(
    store: Store, opened: Opened, focus: str | None, is_good: Test, states: frozenset[State]
) -> tuple[str, str] | None:
    """Return document and id of the next annotation that is good: in this document, in others, then round.

    Only documents with annotations in one of the states are looked at; none: in this document alone.
    """
    here = opened.document.id
    found = next(filter(is_good, opened.beside(focus, +1)), None)
    if found is None and states:
        rows = [row for row in store.documents() if row.replaced_by is None]
        ids = [row.id for row in rows if any(getattr(row.counts, state) for state in states)]
        place = ids.index(here) if here in ids else -1
        for document_id in ids[place + 1 :] + ids[: max(place, 0)]:
            other = next(filter(is_good, store.annotations(document_id)), None)
            if other is not None:
                return document_id, other.id
    found = found or next(filter(is_good, opened.annotations), None)
    return None if found is None else (here, found.id)


def next_document(store: Store, wanted: Filter, here: str | None, *, putting_off: bool) -> str | None:
    """Return the next document with undecided annotations that pass, round from `here`."""
    if wanted.states and State.SUGGESTED not in wanted.states:
        return None
    for document_id in _documents_left(store, wanted, here):
        put_off = store.skipped(document_id) if putting_off else set()
        if any(
            item.state is State.SUGGESTED and item.id not in put_off and wanted.allows(item)
            for item in store.annotations(document_id)
        ):
            return document_id
    return None


def _documents_left(store: Store, wanted: Filter, here: str | None) -> Iterable[str]:
    """Return the ids of the other documents where undecided annotations may pass, in their order."""
    if not wanted.is_of_places:
        return store.waiting(after=here)
    entries = outline(store, replace(wanted, states=frozenset()))
    ids = [entry.document.id for entry in entries]
    place = ids.index(here) if here in ids else -1
    left = {entry.document.id for entry in entries if entry.counts.suggested} - {here}
    return [id_ for id_ in ids[place + 1 :] + ids[: max(place, 0)] if id_ in left]


def _passing(opened: Opened, wanted: Filter) -> Test:
    """Return the test whether an annotation of the document passes the filter."""

    def passes(annotation: AnyAnnotation) -> bool:
        speech = opened.speech(annotation.speech)
        return wanted.allows(annotation) and wanted.allows_place(opened.document, speech)

    return passes
