"""What has been read comes into the project: once, beside what is like it, or as a new version of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from jiaozhu.intake import Refused, Taken
from jiaozhu.model import Document
from jiaozhu.review.alike import ALIKE, SAME_SOURCE, similarity
from jiaozhu.review.carrying import Carried
from jiaozhu.review.versions import carry_over
from jiaozhu.store import ContentError, Store

_BATCH = 200  # documents that are written at once …
_BATCH_SECONDS = 1.0  # … or what came in this time


class Treatment(StrEnum):
    """What is done with a document that is like one in the project."""

    ASK = "ask"  # a new version of a file of the same name; another one is held back
    AUTO = "auto"  # a new version of a file of the same name; another one is stored beside
    KEEP = "keep"  # stored beside the other one
    SKIP = "skip"  # not stored
    VERSION = "version"  # a new version of the other one


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document of the project that says nearly the same as one that comes in."""

    document: str  # Document.id
    name: str  # its title, else its file's name
    similarity: float  # 0 to 1
    is_same_source: bool  # the file has the same name

    @property
    def percent(self) -> int:
        """The similarity in whole per cent: 100 only if all is the same."""
        return int(100 * self.similarity)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document: `is_new` is False if the project had it."""

    taken: Taken
    is_new: bool
    like: Likeness | None = None  # what it is like, or a new version of
    carried: Carried | None = None  # for a new version


@dataclass(frozen=True, slots=True)
class Held:
    """A document that was not stored because of one that is like it."""

    taken: Taken
    like: Likeness


def store_all(
    store: Store, taken: Iterable[Taken | Refused], treatment: Treatment = Treatment.AUTO
) -> Iterator[Stored | Held | Refused]:
    """Store what comes in, many documents at once, and yield what became of each.

    Raises StoreError if the project can't be written; what was yielded before is on the disk.
    """
    batch: list[Taken | Refused] = []
    begun = monotonic()
    for item in taken:
        batch.append(item)
        if len(batch) >= _BATCH or monotonic() - begun > _BATCH_SECONDS:
            yield from _store_batch(store, batch, treatment)
            batch = []
            begun = monotonic()
    yield from _store_batch(store, batch, treatment)


def find_like(store: Store, document: Document) -> Likeness | None:
    """Return the document of the project that says most nearly the same; None if none does.

    Of a document with versions only the newest is looked at.
    """
    found: list[Likeness] = []
    for row in store.alike(document.text):
        alike = similarity(store.text(row.id), document.text)
        # A report of every year may have the same name, and phrases in common.
        is_other_day = row.date is not None and document.date is not None and row.date != document.date
        is_same_source = row.source == document.source and not (is_other_day and alike < ALIKE)
        if alike >= (SAME_SOURCE if is_same_source else ALIKE):
            found.append(Likeness(row.id, row.title or row.source, alike, is_same_source))
    return max(found, key=lambda like: (like.similarity, like.is_same_source), default=None)


def _store_batch(
    store: Store, batch: list[Taken | Refused], treatment: Treatment
) -> list[Stored | Held | Refused]:
    with store.batch():
        return [item if isinstance(item, Refused) else _store(store, item, treatment) for item in batch]


def _store(store: Store, taken: Taken, treatment: Treatment) -> Stored | Held | Refused:
    try:
        if taken.is_record:  # what was made of a document elsewhere is taken as it is
            return _store_record(store, taken)
        if store.has(taken.document.sha256):
            return Stored(taken, is_new=False)
        like = find_like(store, taken.document)
        if like is None or treatment is Treatment.KEEP:
            return Stored(taken, store.add(taken.document, taken.extraction), like)
        as_version = treatment is Treatment.VERSION or (
            like.is_same_source and treatment in (Treatment.AUTO, Treatment.ASK)
        )
        if as_version:
            return _store_version(store, taken, like)
        if treatment is Treatment.AUTO:
            return Stored(taken, store.add(taken.document, taken.extraction), like)
        return Held(taken, like)
    except ContentError as error:
        return Refused(taken.source, str(error))


def _store_record(store: Store, taken: Taken) -> Stored:
    with store.batch():  # the document with its decisions, or nothing of it
        is_new = store.add(taken.document, taken.extraction)
        if is_new and taken.decisions:
            store.record(taken.decisions)
        return Stored(taken, is_new)


def _store_version(store: Store, taken: Taken, like: Likeness) -> Stored:
    """Store a document as a new version, with the decisions on the earlier one that fit."""
    document = replace(taken.document, replaces=like.document)
    with store.batch():
        store.add(document, taken.extraction)
        carried = carry_over(store, like.document, document, taken.extraction)
        store.record(carried.decisions)
    return Stored(replace(taken, document=document), True, like, carried)
