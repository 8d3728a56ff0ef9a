"""What is to be reviewed, in which order, and how much is left: filters over speeches and annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jiaozhu.model import AnyAnnotation, Document, State
from jiaozhu.store import Counts, DocumentRow, SpeechRow, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look at; an empty part lets everything through. Case does not matter."""

    states: frozenset[State] = field(default_factory=frozenset)
    types: frozenset[str] = field(default_factory=frozenset)  # "metric", "commitment"
    flagged: bool = False  # only what is flagged
    text: str = ""  # in an annotation's words or its indicator
    document: str | None = None  # Document.id
    title: str = ""  # in a document's title or file name, or a speech's heading, speaker, office or region
    region: str = ""
    speaker: str = ""

    @property
    def is_of_places(self) -> bool:
        """Whether it lets some speeches or documents through and others not."""
        return bool(self.document or self.title or self.region or self.speaker)

    def allows(self, annotation: AnyAnnotation) -> bool:
        """Return whether an annotation passes by its state, type and text."""
        return (
            (not self.states or annotation.state in self.states)
            and (not self.types or annotation.type in self.types)
            and (not self.flagged or annotation.flagged)
            and (
                not self.text
                or _has(self.text, annotation.text, getattr(annotation, "indicator", None), annotation.note)
            )
        )

    def allows_place(self, document: Document | DocumentRow, speech: SpeechRow) -> bool:
        """Return whether a speech passes by the document, the place and the person."""
        return (
            (self.document is None or self.document == document.id)
            and (not self.region or _has(self.region, speech.region))
            and (not self.speaker or _has(self.speaker, speech.speaker))
            and (
                not self.title
                or _has(self.title, document.title, document.source)
                or _has(self.title, speech.heading, speech.speaker, speech.office, speech.region)
            )
        )


class Entry(NamedTuple):
    """A document with those of its speeches that pass a filter."""

    document: DocumentRow
    speeches: list[SpeechRow]

    @property
    def counts(self) -> Counts:
        """How the annotations of these speeches stand."""
        return total(self.speeches)


class Found(NamedTuple):
    """An annotation that passes a filter, with the document and the speech where it stands."""

    document: DocumentRow
    speech: SpeechRow
    annotation: AnyAnnotation


#: The orders in which documents can be listed; those without a date come last.
ORDERS: dict[str, Callable[[Entry], Any]] = {
    "added": lambda entry: 0,
    "date": lambda entry: (entry.document.date is None, entry.document.date),
    "title": lambda entry: entry.document.title or entry.document.source,
    "left": lambda entry: -entry.counts.suggested,  # the most undecided first
}


def outline(store: Store, filter_: Filter | None = None, *, order: str = "added") -> list[Entry]:
    """Return the documents in one of the ORDERS, with the speeches that pass, in the text's order.

    Documents without such a speech are left out. The counts are of the filter's types alone.
    """
    wanted = filter_ or Filter()
    (type_,) = wanted.types if len(wanted.types) == 1 else (None,)
    entries = {row.id: Entry(row, []) for row in store.documents()}
    for speech in store.speeches(
        wanted.document,
        type_=type_,
        states=wanted.states,
        title=wanted.title,
        region=wanted.region,
        speaker=wanted.speaker,
    ):
        entries[speech.document].speeches.append(speech)
    return sorted((entry for entry in entries.values() if entry.speeches), key=ORDERS[order])


def find(store: Store, filter_: Filter) -> Iterator[Found]:
    """Yield the annotations that pass, by document and in the text's order; one document is in memory."""
    for document, speeches in outline(store, filter_):
        rows = {speech.id: speech for speech in speeches}
        for annotation in store.annotations(document.id):
            if annotation.speech in rows and filter_.allows(annotation):
                yield Found(document, rows[annotation.speech], annotation)


def total(speeches: list[SpeechRow]) -> Counts:
    """Return how the annotations of several speeches stand together."""
    return Counts(*map(sum, zip(*(speech.counts for speech in speeches), strict=True)))


def _has(wanted: str, *texts: str | None) -> bool:
    wanted = wanted.casefold()
    return any(wanted in text.casefold() for text in texts if text)
