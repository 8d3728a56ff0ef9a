"""A reviewer's sitting: what is open, what has the focus, and the decisions, each at once on the disk."""

from __future__ import annotations

import uuid
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Commitment, Decision, Document, Metric, State
from jiaozhu.review.fields import EDITABLE, ReviewError, check, check_together
from jiaozhu.store import Counts, SpeechRow, Store, StoreError


class Kind(StrEnum):
    """What kind of thing changed."""

    DOCUMENT = "document"  # another one is open: everything is new
    ANNOTATIONS = "annotations"  # those with the ids: new, changed or gone
    FOCUS = "focus"
    SELECTION = "selection"
    FILTER = "filter"
    SAVED = "saved"  # a decision is on the disk
    UNSAVED = "unsaved"  # a decision could not be written: `problem` says why


@dataclass(frozen=True, slots=True)
class Change:
    """Tells listeners what kind of thing changed, and which annotations."""

    kind: Kind
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the reviewer: its decisions, and what it is called in the undo menu."""

    title: str
    decisions: tuple[Decision, ...]


class Session:
    """One reviewer at work on one project.

    Every act is recorded before it shows. If the disk refuses, the act waits in `unsaved`, nothing
    has changed, and `retry` tries again. Undo reaches back to the start of the sitting.
    """

    def __init__(self, store: Store, *, reviewer: str) -> None:
        self.store = store
        self.reviewer = reviewer
        self.on_changed: list[Callable[[Change], None]] = []
        self.document: Document | None = None
        self.speeches: list[SpeechRow] = []
        self.annotations: list[AnyAnnotation] = []
        self.skipped: set[str] = set()
        self.last_saved: datetime | None = None
        self.problem: str | None = None
        self._places: dict[str, int] = {}
        self._focus: str | None = None
        self._selection: tuple[int, int] | None = None
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._pending: tuple[Step, Callable[[], None]] | None = None

    # What is open

    def open(self, document_id: str, speech_id: str | None = None) -> None:
        """Open a document and go to the first undecided annotation, of the speech if one is named."""
        document = self.store.document(document_id)
        annotations = self.store.annotations(document_id)
        self.skipped = self.store.skipped(document_id)
        self.document = document
        self.speeches = self.store.speeches(document_id)
        self._arrange(annotations)
        self._selection = None
        here = [item for item in annotations if speech_id is None or item.speech == speech_id]
        first = next((item for item in here if self._is_waiting(item)), here[0] if here else None)
        self._focus = first.id if first is not None else None
        self._tell(Kind.DOCUMENT)
        self._tell(Kind.FOCUS)

    @property
    def current(self) -> AnyAnnotation | None:
        """The annotation that has the focus."""
        return self.annotation(self._focus) if self._focus is not None else None

    def annotation(self, annotation_id: str) -> AnyAnnotation | None:
        """Return an annotation of the open document, None if there is none with this id."""
        place = self._places.get(annotation_id)
        return None if place is None else self.annotations[place]

    @property
    def counts(self) -> Counts:
        """How the annotations of the open document stand."""
        totals = [sum(values) for values in zip(*(speech.counts for speech in self.speeches), strict=True)]
        return Counts(*totals)

    @property
    def selection(self) -> tuple[int, int] | None:
        """The characters that are selected in the text, half-open; the view sets it."""
        return self._selection

    @selection.setter
    def selection(self, span: tuple[int, int] | None) -> None:
        span = None if span is None or span[0] >= span[1] else span
        if span != self._selection:
            self._selection = span
            self._tell(Kind.SELECTION)

    # Going through

    def focus(self, annotation_id: str | None) -> None:
        """Give an annotation of the open document the focus, or none."""
        if annotation_id is not None and annotation_id not in self._places:
            raise ReviewError(_("这一条已经不在文档中。"))
        if annotation_id != self._focus:
            self._focus = annotation_id
            self._tell(Kind.FOCUS)

    def next(self) -> None:
        """Go to the next annotation of the document; at the last one, stay."""
        self._go(+1)

    def previous(self) -> None:
        """Go to the annotation before; at the first one, stay."""
        self._go(-1)

    def next_undecided(self) -> bool:
        """Go to the next undecided annotation: of this speech, else of another one, else of another document.

        What was skipped comes again when nothing else is left. Return False, staying, if all is decided.
        """
        for waiting in (self._is_waiting, self._is_undecided):
            found = next(filter(waiting, self._ahead()), None)
            if found is not None:
                self.focus(found.id)
                return True
            if waiting == self._is_waiting and self._open_next():
                return True
        return False

    # Deciding

    def accept(self) -> None:
        """Accept the current annotation as it stands and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state in (State.ACCEPTED, State.CORRECTED, State.ADDED):
            self.next_undecided()
            return
        self._decide(Action.ACCEPT, annotation, replace(annotation, state=State.ACCEPTED), go_on=True)

    def reject(self) -> None:
        """Reject the current annotation and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state is State.REJECTED:
            self.next_undecided()
            return
        self._decide(Action.REJECT, annotation, replace(annotation, state=State.REJECTED), go_on=True)

    def skip(self) -> None:
        """Put the current annotation off and go on; its state stays as it was."""
        annotation = self._here()
        self._decide(Action.SKIP, annotation, annotation, go_on=True)

    def correct(self, **fields: str | None) -> None:
        """Correct fields of the current annotation; the focus stays.

        Raises ReviewError, changing nothing, if a field does not take its value.
        """
        annotation = self._here()
        checked = {name: check(annotation.type, name, value) for name, value in fields.items()}
        if all(getattr(annotation, name) == value for name, value in checked.items()):
            return
        self._correct(annotation, _with(annotation, **checked))

    def set_span(self, start: int, end: int) -> None:
        """Correct the span of the current annotation: half-open offsets into the document's text."""
        annotation = self._here()
        if (start, end) != (annotation.start, annotation.end):
            self._correct(annotation, _with(annotation, **self._place(start, end)))

    def move_edge(self, edge: Literal["start", "end"], by: int) -> None:
        """Move the start or the end of the current annotation by some characters; at a limit, stay."""
        annotation = self._here()
        start = annotation.start + (by if edge == "start" else 0)
        end = annotation.end + (by if edge == "end" else 0)
        speech = self._speech_at(annotation.start, annotation.end)
        if speech is not None and speech.start <= start < end <= speech.end:
            self.set_span(start, end)

    def add(self, type_: str, start: int, end: int, **fields: str | None) -> AnyAnnotation:
        """Add an annotation that the extractor missed and give it the focus; return it."""
        model = {"metric": Metric, "commitment": Commitment}[type_]
        checked = {name: check(type_, name, value) for name, value in fields.items()}
        annotation: AnyAnnotation = model(
            id=f"{type_[0]}-{uuid.uuid4().hex[:12]}",
            state=State.ADDED,
            **self._place(start, end),
            **checked,
        )
        check_together(annotation)
        self._decide(Action.ADD, None, annotation)
        return annotation

    # Deciding on several at once

    def rest(self) -> list[AnyAnnotation]:
        """Return what is undecided in the current speech: what `accept_rest` would accept."""
        speech = self.current.speech if self.current is not None else None
        return [item for item in self.annotations if item.speech == speech and self._is_undecided(item)]

    def accept_rest(self) -> None:
        """Accept all that is undecided in the current speech, in one act, and go on."""
        self._decide_all(Action.ACCEPT, self.rest(), {"state": State.ACCEPTED}, go_on=True)

    def identical(self) -> list[AnyAnnotation]:
        """Return what is undecided in the document and was suggested in the same words and fields."""
        if self.current is None or self.document is None or self.current.state is State.SUGGESTED:
            return []
        first = self._first(self.current)
        return [
            item
            for item in self.annotations
            if self._is_undecided(item) and first is not None and _says(item) == _says(first)
        ]

    def decide_identical(self) -> None:
        """Do with all that is identical what was done with the current annotation, in one act."""
        current = self._here()
        others = self.identical()
        first = self._first(current)
        if not others or first is None:
            raise ReviewError(_("没有相同的条目，或当前这一条还没有决定。"))
        action = {State.REJECTED: Action.REJECT, State.CORRECTED: Action.CORRECT}
        changes = {name: getattr(current, name) for name in EDITABLE[current.type]} | {"state": current.state}
        self._decide_all(action.get(current.state, Action.ACCEPT), others, changes)

    # Undo

    @property
    def undo_title(self) -> str | None:
        """What undo would take back, for a menu: 撤销「采纳 突破1500亿元」; None if nothing."""
        return _("撤销「{act}」").format(act=self._done[-1].title) if self._done else None

    @property
    def redo_title(self) -> str | None:
        """What redo would do again; None if nothing."""
        return _("重做「{act}」").format(act=self._undone[-1].title) if self._undone else None

    def undo(self) -> None:
        """Take back the last act of this sitting and go to what it changed."""
        if self._done:
            self._travel(self._done, self._undone, Action.UNDO)

    def redo(self) -> None:
        """Do again what was undone last and go to what it changes."""
        if self._undone:
            self._travel(self._undone, self._done, Action.REDO)

    # Saving

    @property
    def unsaved(self) -> tuple[Decision, ...]:
        """Decisions that could not be written yet; empty if all is on the disk."""
        return self._pending[0].decisions if self._pending else ()

    def retry(self) -> bool:
        """Try again to write what is unsaved; return whether all is on the disk now."""
        if self._pending is not None:
            step, then = self._pending
            self._pending = None
            self._record(step, then)
        return self._pending is None

    def discard(self) -> None:
        """Give up what is unsaved; nothing of it was ever shown as done."""
        if self._pending is not None:
            self._pending = None
            self.problem = None
            self._tell(Kind.UNSAVED)

    def _record(self, step: Step, then: Callable[[], None]) -> None:
        """Write a step, the one way in; only when the disk has it, show it and do what follows."""
        if self._pending is not None:
            raise ReviewError(_("上一个决定还没有保存：{problem}").format(problem=self.problem))
        try:
            self.store.record(step.decisions)
        except StoreError as error:
            self._pending = step, then
            self.problem = str(error)
            self._tell(Kind.UNSAVED)
            return
        self.problem = None
        self.last_saved = datetime.now(UTC)
        self._show(step.decisions)
        self._tell(Kind.SAVED)
        then()

    def _show(self, decisions: Sequence[Decision]) -> None:
        """Bring what is on the screen in line with decisions that are on the disk."""
        if self.document is None or any(item.document != self.document.id for item in decisions):
            return  # opened afterwards
        rearranged = False
        for decision in decisions:
            place = self._places.get(decision.annotation)
            self.skipped.discard(decision.annotation)
            if decision.action is Action.SKIP and decision.after and decision.after.state is State.SUGGESTED:
                self.skipped.add(decision.annotation)
            after = decision.after
            if place is not None and after is not None and _same_place(self.annotations[place], after):
                self.annotations[place] = after
                continue
            rearranged = True
            if place is not None:
                self.annotations[place] = replace(self.annotations[place], id="")  # leaves below
            if after is not None:
                self.annotations.append(after)
        if rearranged:
            self._arrange([item for item in self.annotations if item.id])
        self.speeches = self.store.speeches(self.document.id)
        self._tell(Kind.ANNOTATIONS, tuple(decision.annotation for decision in decisions))

    def _arrange(self, annotations: list[AnyAnnotation]) -> None:
        annotations.sort(key=lambda item: (item.start, -item.end))
        self.annotations = annotations
        self._places = {item.id: place for place, item in enumerate(annotations)}

    def _decide(
        self,
        action: Action,
        before: AnyAnnotation | None,
        after: AnyAnnotation,
        *,
        go_on: bool = False,
    ) -> None:
        """Record a new act on one annotation; what was undone can't be redone any more."""
        step = Step(f"{_verb(action)} {_short(after.text)}", (self._decision(action, before, after),))

        def then() -> None:
            self._done.append(step)
            self._undone.clear()
            if go_on:
                self.next_undecided()
            else:
                self.focus(after.id)

        self._record(step, then)

    def _decide_all(
        self, action: Action, items: list[AnyAnnotation], changes: dict[str, object], *, go_on: bool = False
    ) -> None:
        """Record one act on several annotations."""
        if not items:
            return
        batch = str(uuid.uuid4())
        step = Step(
            _("{verb} {count} 条").format(verb=_verb(action), count=len(items)),
            tuple(self._decision(action, item, _with(item, **changes), batch=batch) for item in items),
        )

        def then() -> None:
            self._done.append(step)
            self._undone.clear()
            if go_on:
                self.next_undecided()

        self._record(step, then)

    def _first(self, annotation: AnyAnnotation) -> AnyAnnotation | None:
        """Return the annotation as it was suggested; None if a reviewer added it."""
        history = self.store.history(self._open_document().id, annotation.id)
        return history[0].before if history else annotation

    def _correct(self, before: AnyAnnotation, after: AnyAnnotation) -> None:
        state = State.ADDED if before.state is State.ADDED else State.CORRECTED
        after = replace(after, state=state)
        check_together(after)
        self._decide(Action.CORRECT, before, after)

    def _decision(
        self,
        action: Action,
        before: AnyAnnotation | None,
        after: AnyAnnotation | None,
        *,
        document: str | None = None,
        batch: str | None = None,
    ) -> Decision:
        annotation = after or before
        assert annotation is not None
        return Decision(
            uid=str(uuid.uuid4()),
            document=document or self._open_document().id,
            annotation=annotation.id,
            type=annotation.type,
            action=action,
            before=before,
            after=after,
            reviewer=self.reviewer,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            program=__version__,
            batch=batch,
        )

    def _travel(self, source: list[Step], target: list[Step], action: Action) -> None:
        """Take the newest step of `source` back and put it, turned round, on `target`."""
        step = source[-1]
        batch = str(uuid.uuid4()) if len(step.decisions) > 1 else None
        turned = Step(
            step.title,
            tuple(
                self._decision(action, item.after, item.before, document=item.document, batch=batch)
                for item in reversed(step.decisions)
            ),
        )

        def then() -> None:
            source.pop()
            target.append(turned)
            item = turned.decisions[-1]
            if self.document is None or self.document.id != item.document:
                self.open(item.document)
            if item.after is not None:
                self.focus(item.annotation)
            elif self.current is None:
                self._focus_near(item.before.start if item.before else 0)

        self._record(turned, then)

    # Where things are

    def _open_document(self) -> Document:
        if self.document is None:
            raise ReviewError(_("还没有打开文档。"))
        return self.document

    def _here(self) -> AnyAnnotation:
        if self.current is None:
            raise ReviewError(_("没有选中的条目。"))
        return self.current

    def _place(self, start: int, end: int) -> dict[str, str | int | None]:
        """Return the fields that follow from a span: speech, text and source offsets."""
        document = self._open_document()
        if not 0 <= start < end <= len(document.text):
            raise ReviewError(_("请先选中文字。"))
        speech = self._speech_at(start, end)
        if speech is None:
            raise ReviewError(_("选中的文字不在同一篇讲话之内。"))
        source_start, source_end = (
            (None, None) if document.source_map is None else document.source_map.span(start, end)
        )
        return {
            "speech": speech.id,
            "start": start,
            "end": end,
            "source_start": source_start,
            "source_end": source_end,
            "text": document.text[start:end],
        }

    def _speech_at(self, start: int, end: int) -> SpeechRow | None:
        return next((item for item in self.speeches if item.start <= start and end <= item.end), None)

    def _is_undecided(self, annotation: AnyAnnotation) -> bool:
        return annotation.state is State.SUGGESTED

    def _is_waiting(self, annotation: AnyAnnotation) -> bool:
        return annotation.state is State.SUGGESTED and annotation.id not in self.skipped

    def _go(self, by: int) -> None:
        if not self.annotations:
            return
        place = self._places.get(self._focus, -1) if self._focus is not None else -1
        self.focus(self.annotations[min(max(place + by, 0), len(self.annotations) - 1)].id)

    def _ahead(self) -> Iterator[AnyAnnotation]:
        """Yield the other annotations in the order of work: on and round in this speech, then the rest."""
        current = self.current
        place = -1 if current is None else self._places[current.id]
        others = self.annotations[place + 1 :] + self.annotations[: max(place, 0)]
        if current is not None:
            others.sort(key=lambda item: item.speech != current.speech)
        yield from others

    def _open_next(self) -> bool:
        """Open the next document with undecided annotations that were not put off."""
        rows = self.store.documents()
        here = next(
            (place for place, row in enumerate(rows) if self.document and row.id == self.document.id), -1
        )
        for row in rows[here + 1 :] + rows[: max(here, 0)]:
            if row.suggested > len(self.store.skipped(row.id)):
                self.open(row.id)
                return True
        return False

    def _focus_near(self, offset: int) -> None:
        starts = [item.start for item in self.annotations]
        if starts:
            self.focus(self.annotations[min(bisect_left(starts, offset), len(starts) - 1)].id)
        else:
            self.focus(None)

    def _tell(self, kind: Kind, ids: tuple[str, ...] = ()) -> None:
        for listener in self.on_changed:
            listener(Change(kind, ids))


def _with(annotation: AnyAnnotation, **fields: object) -> AnyAnnotation:
    """Return the annotation with some fields changed."""
    return replace(annotation, **fields)  # type: ignore[arg-type]


def _says(annotation: AnyAnnotation) -> tuple[object, ...]:
    """Return what an annotation says, wherever it stands."""
    values = (getattr(annotation, name) for name in EDITABLE[annotation.type])
    return (annotation.type, annotation.text, *values)


def _same_place(one: AnyAnnotation, other: AnyAnnotation) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _short(text: str) -> str:
    return text if len(text) <= 16 else text[:15] + "…"


def _verb(action: Action) -> str:
    """Return what an action is called on the screen."""
    return {
        Action.ACCEPT: _("采纳"),
        Action.CORRECT: _("更正"),
        Action.REJECT: _("驳回"),
        Action.ADD: _("新增"),
        Action.SKIP: _("搁置"),
        Action.UNDO: _("撤销"),
        Action.REDO: _("重做"),
    }[action]
