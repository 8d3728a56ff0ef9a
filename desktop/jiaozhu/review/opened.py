"""The document that is open: its annotations in order, as the decisions on the disk left them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, takewhile
from operator import attrgetter
from typing import TypeVar, cast

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    BESIDE,
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Metadata,
    Metric,
    Speech,
    State,
    Subject,
)
from jiaozhu.review.fields import EDITABLE, ReviewError
from jiaozhu.store import AROUND, Mention, SpeechRow, Store, damaged

_S = TypeVar("_S", bound=Subject)


class Opened:
    """A document with its speeches and annotations; `annotations` is by start, the longer first.

    `speeches` are the speeches with their counts, `outline` the same ones with all their fields.
    """

    def __init__(self, store: Store, document_id: str) -> None:
        self._store = store
        self.document: Document = store.document(document_id)
        self.skipped: set[str] = store.skipped(document_id)
        self.annotations: list[AnyAnnotation] = store.annotations(document_id)
        self.outline: list[Speech] = store.outline(document_id)
        self.contested: set[str] = store.contested(document_id)
        self.is_packet: bool = store.identity.packet is not None
        self._number()
        self._count()

    def get(self, annotation_id: str | None) -> AnyAnnotation | None:
        """Return the annotation with this id, None if there is none."""
        place = None if annotation_id is None else self._places.get(annotation_id)
        return None if place is None else self.annotations[place]

    def suggested(self, annotation: AnyAnnotation) -> AnyAnnotation | None:
        """Return an annotation as it was suggested; None if a reviewer added it."""
        history = self._store.history(self.document.id, annotation.type, annotation.id)
        return cast("AnyAnnotation | None", history[0].before) if history else annotation

    def is_waiting(self, annotation: AnyAnnotation) -> bool:
        """Return whether it is undecided and was not put off."""
        return annotation.state is State.SUGGESTED and annotation.id not in self.skipped

    def beside(self, annotation_id: str | None, by: int) -> Iterator[AnyAnnotation]:
        """Yield what follows an annotation (`by` is +1) or comes before it (-1), the nearest first."""
        place = self._places.get(annotation_id or "", -1 if by > 0 else len(self.annotations))
        rest = range(place + 1, len(self.annotations)) if by > 0 else range(place - 1, -1, -1)
        return (self.annotations[place] for place in rest)

    def ahead(self, annotation_id: str | None) -> Iterator[AnyAnnotation]:
        """Yield the other annotations in the order of work: on and round in this speech, then the rest."""
        current = self.get(annotation_id)
        if current is None:
            yield from self.annotations
            return
        place = self._places[current.id]
        for here in True, False:
            for other in chain(range(place + 1, len(self.annotations)), range(place)):
                if (self.annotations[other].speech == current.speech) is here:
                    yield self.annotations[other]

    def mention(self, annotation: AnyAnnotation) -> Mention:
        """Return an annotation of the document with the text around it."""
        document, start, end = self.document, annotation.start, annotation.end
        around = document.text[max(0, start - AROUND) : start], document.text[end : end + AROUND]
        before, after = (" ".join(text.split()) for text in around)
        return Mention(document.id, document.title or document.source, annotation, before, after)

    def near(self, offset: int) -> AnyAnnotation | None:
        """Return the first annotation that starts at or after an offset, else the last."""
        place = bisect_left(self.annotations, offset, key=attrgetter("start"))
        return self.annotations[min(place, len(self.annotations) - 1)] if self.annotations else None

    def speech(self, speech_id: str) -> SpeechRow:
        """Return the speech with this id; raise StoreError if the project is damaged and has none."""
        if speech_id not in self._speeches:
            raise damaged(self._store.path, _("没有讲话 {speech}").format(speech=speech_id))
        return self._speeches[speech_id]

    def speech_at(self, start: int, end: int) -> SpeechRow | None:
        """Return the speech that holds a span, None if no speech holds it whole."""
        return next((item for item in self.speeches if item.start <= start and end <= item.end), None)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return the span without white space at its edges."""
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end

    def place(self, type_: str, start: int, end: int) -> dict[str, object]:
        """Return the fields of an annotation that follow from its span.

        Raises ReviewError if an annotation can't stand there.
        """
        text, source_map = self.document.text, self.document.source_map
        if 0 <= start < end <= len(text):
            start, end = self.trim(start, end)
        if not 0 <= start < end <= len(text):
            raise ReviewError(_("请先选中文字。"))
        speech = self.speech_at(start, end)
        if speech is None:
            raise ReviewError(_("选中的文字不在同一篇讲话之内。"))
        source = (None, None) if source_map is None else source_map.span(start, end)
        fields: dict[str, object] = {
            "speech": speech.id,
            "start": start,
            "end": end,
            "source_start": source[0],
            "source_end": source[1],
            "text": text[start:end],
        }
        if type_ == Commitment.type:
            fields["metrics"] = tuple(self._metrics_inside(start, end))
        return fields

    def _metrics_inside(self, start: int, end: int) -> Iterator[str]:
        first = bisect_left(self.annotations, start, key=attrgetter("start"))
        for annotation in takewhile(lambda item: item.start < end, islice(self.annotations, first, None)):
            inside = isinstance(annotation, Metric) and annotation.end <= end
            if inside and annotation.state is not State.REJECTED:
                yield annotation.id

    def show(self, decisions: Sequence[Decision]) -> None:
        """Bring annotations, speeches and metadata in line with decisions that are on the disk."""
        moved: dict[str, AnyAnnotation | None] = {}
        for decision in decisions:
            after = decision.after
            if isinstance(after, Metadata):
                known = {name: getattr(after, name) for name in EDITABLE[after.type]}
                self.document = replace(self.document, **known)
            if decision.type not in (Metric.type, Commitment.type):
                continue
            assert not isinstance(after, Speech | Metadata)
            self._note_skip(decision)
            standing = self.get(decision.subject)
            if after is None or standing is None or _span(standing) != _span(after):
                moved[decision.subject] = after
            else:
                self.annotations[self._places[after.id]] = after
        if self.contested or any(decision.action is Action.UNDO for decision in decisions):
            self.contested = self._store.contested(self.document.id)
        if any(decision.type == Speech.type for decision in decisions):
            self.outline = self._store.outline(self.document.id)
        if moved:
            stay = (item for item in self.annotations if item.id not in moved)
            self.annotations = sorted(chain(stay, _present(moved.values())), key=_order)
            self._number()
        self._count()

    def _note_skip(self, decision: Decision) -> None:
        if decision.action not in BESIDE:
            self.skipped.discard(decision.subject)
        if decision.action is Action.SKIP:
            self.skipped.add(decision.subject)

    def _number(self) -> None:
        self._places = {item.id: place for place, item in enumerate(self.annotations)}

    def _count(self) -> None:
        self.speeches: list[SpeechRow] = self._store.speeches(self.document.id)
        self._speeches = {speech.id: speech for speech in self.speeches}


def with_fields(subject: _S, fields: Mapping[str, object]) -> _S:
    """Return the annotation, speech or metadata with some fields changed."""
    return replace(subject, **fields)  # type: ignore[arg-type]


def _present(annotations: Iterable[AnyAnnotation | None]) -> Iterator[AnyAnnotation]:
    return (annotation for annotation in annotations if annotation is not None)


def _span(annotation: AnyAnnotation) -> tuple[int, int]:
    return annotation.start, annotation.end


def _order(annotation: AnyAnnotation) -> tuple[int, int, str]:
    return annotation.start, -annotation.end, annotation.id
