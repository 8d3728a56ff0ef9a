"""A reviewer's sitting: what is open, what has the focus, and the decisions, each at once on the disk."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    VERIFIED,
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Metric,
    State,
)
from jiaozhu.review import prefill
from jiaozhu.review.changes import Change, Kind
from jiaozhu.review.fields import EDITABLE, ConflictError, ReviewError, check, check_together
from jiaozhu.review.opened import Opened, with_fields
from jiaozhu.review.queue import Filter, outline, total
from jiaozhu.store import ContentError, Counts, SpeechRow, Store, StoreError


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the reviewer: its decisions, and what it is called in the undo menu."""

    title: str
    decisions: tuple[Decision, ...]


class Session:
    """One reviewer at work on one project.

    Every act is recorded before it shows. If the disk refuses, the act waits in `unsaved`, nothing
    has changed, and `retry` tries again. Undo reaches back to the start of the sitting. An act that
    can't be done raises ReviewError, and nothing has changed.
    """

    def __init__(self, store: Store, *, reviewer: str) -> None:
        self.store = store
        self.reviewer = reviewer
        self.on_changed: list[Callable[[Change], None]] = []
        self.last_saved: datetime | None = None
        self.problem: str | None = None
        self._opened: Opened | None = None
        self._focus: str | None = None
        self._selection: tuple[int, int] | None = None
        self._filter = Filter()
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._pending: tuple[Step, Callable[[], None]] | None = None

    # What is open

    def open(self, document_id: str, speech_id: str | None = None) -> None:
        """Open a document and go to the first undecided annotation, of the speech if one is named."""
        if self._pending is not None:
            raise self._still_unsaved()
        self._opened = Opened(self.store, document_id)
        self._selection = None
        self._focus = self._first(speech_id)
        self._tell(Kind.DOCUMENT)
        self._tell(Kind.FOCUS)

    def reload(self) -> None:
        """Read the open document again, after something else than this session has changed the project."""
        if self._opened is not None:
            self._opened = Opened(self.store, self._opened.document.id)
            if self.current is None:
                self._focus = next((item.id for item in self.annotations), None)
            self._tell(Kind.DOCUMENT)
            self._tell(Kind.FOCUS)

    @property
    def document(self) -> Document | None:
        """The document that is open, without its source bytes."""
        return self._opened.document if self._opened else None

    @property
    def speeches(self) -> list[SpeechRow]:
        """The speeches of the open document, in the text's order, with counts by state."""
        return self._opened.speeches if self._opened else []

    @property
    def annotations(self) -> list[AnyAnnotation]:
        """The annotations of the open document as they stand, by start, the longer first."""
        return self._opened.annotations if self._opened else []

    @property
    def skipped(self) -> set[str]:
        """The ids of annotations of the open document that were put off and not decided since."""
        return self._opened.skipped if self._opened else set()

    @property
    def counts(self) -> Counts:
        """How the annotations of the open document stand."""
        return total(self.speeches)

    @property
    def current(self) -> AnyAnnotation | None:
        """The annotation that has the focus."""
        return self.annotation(self._focus)

    def annotation(self, annotation_id: str | None) -> AnyAnnotation | None:
        """Return an annotation of the open document, None if there is none with this id."""
        return self._opened.get(annotation_id) if self._opened else None

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

    @property
    def filter(self) -> Filter:
        """What `next`, `previous` and `next_undecided` stop at."""
        return self._filter

    @filter.setter
    def filter(self, filter_: Filter) -> None:
        if filter_ != self._filter:
            self._filter = filter_
            self._tell(Kind.FILTER)

    # Going through

    def focus(self, annotation_id: str | None) -> None:
        """Give an annotation of the open document the focus, or none."""
        if annotation_id is not None and self.annotation(annotation_id) is None:
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
        """Go to the next undecided annotation: of this speech, else of another, else of another document.

        What was put off comes again when nothing else is left. Return False, staying, if all is decided.
        """
        return self._go_on(putting_off=True) or self._go_on(putting_off=False)

    # Deciding

    def accept(self) -> None:
        """Accept the current annotation as it stands and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state in VERIFIED:
            self.next_undecided()
        else:
            after = replace(annotation, state=self._verified(annotation, annotation))
            self._decide(Action.ACCEPT, annotation, after, go_on=True)

    def reject(self) -> None:
        """Reject the current annotation and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state is State.REJECTED:
            self.next_undecided()
        else:
            self._decide(Action.REJECT, annotation, replace(annotation, state=State.REJECTED), go_on=True)

    def skip(self) -> None:
        """Put the current annotation off and go on; it stays as it was, and comes again at the end."""
        annotation = self._here()
        if self._open().is_waiting(annotation):
            self._decide(Action.SKIP, annotation, annotation, go_on=True)
        else:
            self.next_undecided()

    def correct(self, **fields: str | None) -> None:
        """Correct fields of the current annotation; the focus stays."""
        annotation = self._here()
        self._correct({name: check(annotation.type, name, value) for name, value in fields.items()})

    def set_span(self, start: int, end: int) -> None:
        """Correct the span of the current annotation: half-open offsets into the document's text.

        The value of a metric follows its words, unless a reviewer has said otherwise.
        """
        before = self._here()
        fields = self._open().place(before.type, start, end)
        if isinstance(before, Metric):
            values = {name: getattr(before, name) for name in EDITABLE["metric"]}
            fields |= prefill.reread(values, before.text, str(fields["text"]))
        self._correct(fields)

    def move_edge(self, edge: Literal["start", "end"], by: int) -> None:
        """Move the start or the end of the current annotation by some characters; at a limit, stay.

        White space at the edge is jumped over.
        """
        opened, annotation = self._open(), self._here()
        text, step = opened.document.text, 1 if by > 0 else -1
        start, end = annotation.start, annotation.end
        speech = opened.speech_at(start, end)
        first, last = (speech.start, speech.end) if speech is not None else (start, end)
        if edge == "start":
            start += by
            while first < start < end and text[start].isspace():
                start += step
        else:
            end += by
            while start < end < last and text[end - 1].isspace():
                end += step
        if first <= start < end <= last and opened.trim(start, end) == (start, end):
            self.set_span(start, end)

    def add(self, type_: str, start: int, end: int, **fields: str | None) -> AnyAnnotation:
        """Add an annotation that the extractor missed and give it the focus; return it.

        What the words of a metric say, and the region of its speech, are filled in unless given.
        """
        opened = self._open()
        place = opened.place(type_, start, end)
        checked = {name: check(type_, name, value) for name, value in fields.items()}
        standing = (item for item in self.annotations if item.state is not State.REJECTED)
        if any(
            (item.type, item.start, item.end) == (type_, place["start"], place["end"]) for item in standing
        ):
            raise ReviewError(_("这里已经标出“{text}”。").format(text=place["text"]))
        model = {"metric": Metric, "commitment": Commitment}[type_]
        id_ = f"{type_[0]}_{uuid.uuid4().hex[:12]}"  # two reviewers apart never take the same
        filled: dict[str, object] = {}
        if type_ == Metric.type:
            found = prefill.read(str(place["text"]))
            filled = {"region": opened.speech(str(place["speech"])).region}
            filled |= asdict(found) if found is not None else {}
        fields_ = filled | dict(checked)
        annotation: AnyAnnotation = model(id=id_, state=State.ADDED, **place, **fields_)
        check_together(annotation)
        self._decide(Action.ADD, None, annotation)
        return annotation

    # Deciding on several at once

    def rest(self) -> list[AnyAnnotation]:
        """Return what is undecided in the current speech: what `accept_rest` would accept."""
        speech = self.current.speech if self.current is not None else None
        return [item for item in self.annotations if item.speech == speech and item.state is State.SUGGESTED]

    def accept_rest(self) -> None:
        """Accept all that is undecided in the current speech, in one act, and go on."""
        self._decide_all(Action.ACCEPT, self.rest(), {"state": State.ACCEPTED}, go_on=True)

    def identical(self) -> list[AnyAnnotation]:
        """Return what is undecided in the document and was suggested in the words and fields of this one."""
        current = self.current
        first = self._suggested(current) if current is not None else None
        if current is None or first is None or current.state is State.SUGGESTED:
            return []
        return [
            item for item in self.annotations if item.state is State.SUGGESTED and _says(item) == _says(first)
        ]

    def decide_identical(self) -> None:
        """Do with all that is identical what was done with the current annotation, in one act."""
        current, others = self._here(), self.identical()
        if not others:
            raise ReviewError(_("没有相同的未决条目，或者当前这一条还没有决定。"))
        actions = {State.REJECTED: Action.REJECT, State.CORRECTED: Action.CORRECT}
        changes = {name: getattr(current, name) for name in EDITABLE[current.type]} | {"state": current.state}
        self._decide_all(actions.get(current.state, Action.ACCEPT), others, changes)

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
            pending, self._pending = self._pending, None
            self._record(*pending)
        return self._pending is None

    def discard(self) -> None:
        """Give up what is unsaved; nothing of it was ever shown as done."""
        if self._pending is not None:
            self._pending = self.problem = None
            self._tell(Kind.UNSAVED)

    def _record(self, step: Step, then: Callable[[], None]) -> None:
        """Write a step, the one way in; only when the disk has it, show it and do what follows."""
        if self._pending is not None:
            raise self._still_unsaved()
        try:
            self.store.record(step.decisions)
        except ContentError as error:
            self.reload()
            raise ConflictError(_("这一条刚在别处改动过，现在显示的是最新的情况；请再看一遍。")) from error
        except StoreError as error:
            self._pending = step, then
            self.problem = str(error)
            self._tell(Kind.UNSAVED)
            return
        self.problem = None
        self.last_saved = datetime.now(UTC)
        opened = self._opened
        here = [item for item in step.decisions if opened and item.document == opened.document.id]
        if opened and here:
            opened.show(here)
            self._tell(Kind.ANNOTATIONS, tuple(item.annotation for item in here))
        self._tell(Kind.SAVED)
        then()

    def _still_unsaved(self) -> ReviewError:
        return ReviewError(_("上一个决定还没有保存：{problem}").format(problem=self.problem))

    def _decide(
        self, action: Action, before: AnyAnnotation | None, after: AnyAnnotation, *, go_on: bool = False
    ) -> None:
        """Record an act on one annotation, which keeps the focus unless it goes on."""
        title = f"{_verb(action)} {_short(after.text)}"
        step = Step(title, (self._decision(action, before, after),))
        self._act(step, self.next_undecided if go_on else lambda: self.focus(after.id))

    def _decide_all(
        self, action: Action, items: list[AnyAnnotation], changes: dict[str, object], *, go_on: bool = False
    ) -> None:
        """Record one act on several annotations; undo takes them back together."""
        if not items:
            raise ReviewError(_("没有未决的条目。"))
        batch = str(uuid.uuid4())
        decisions = (self._decision(action, item, with_fields(item, changes), batch=batch) for item in items)
        title = _("{verb} {count} 条").format(verb=_verb(action), count=len(items))
        self._act(Step(title, tuple(decisions)), self.next_undecided if go_on else lambda: None)

    def _act(self, step: Step, follow: Callable[[], object]) -> None:
        """Record a new act; what was undone before it can't be redone any more."""

        def then() -> None:
            self._done.append(step)
            self._undone.clear()
            follow()

        self._record(step, then)

    def _correct(self, fields: dict[str, object] | dict[str, str | None]) -> None:
        before = self._here()
        if all(getattr(before, name) == value for name, value in fields.items()):
            return
        after = with_fields(before, dict(fields))
        after = replace(after, state=self._verified(before, after))
        check_together(after)
        self._decide(Action.CORRECT, before, after)

    def _verified(self, before: AnyAnnotation, after: AnyAnnotation) -> State:
        """Return the state of an annotation that a reviewer holds for right, as it is after an act."""
        first = self._suggested(before)
        if first is None:
            return State.ADDED
        return State.ACCEPTED if replace(after, state=State.SUGGESTED) == first else State.CORRECTED

    def _suggested(self, annotation: AnyAnnotation) -> AnyAnnotation | None:
        """Return an annotation as it was suggested; None if a reviewer added it."""
        if annotation.state is State.SUGGESTED:
            return annotation
        history = self.store.history(self._open().document.id, annotation.id)
        return history[0].before

    def _decision(
        self,
        action: Action,
        before: AnyAnnotation | None,
        after: AnyAnnotation | None,
        *,
        document: str | None = None,
        batch: str | None = None,
    ) -> Decision:
        reviewer = self.reviewer.strip()
        if not reviewer:
            raise ReviewError(_("请先填写审校人的姓名。"))
        annotation = after or before
        assert annotation is not None
        return Decision(
            uid=str(uuid.uuid4()),
            document=document or self._open().document.id,
            annotation=annotation.id,
            type=annotation.type,
            action=action,
            before=before,
            after=after,
            reviewer=reviewer,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            program=__version__,
            batch=batch,
        )

    def _travel(self, source: list[Step], target: list[Step], action: Action) -> None:
        """Take the newest step of `source` back and put it, turned round, on `target`."""
        step = source[-1]
        batch = str(uuid.uuid4()) if len(step.decisions) > 1 else None
        decisions = tuple(
            self._decision(action, item.after, item.before, document=item.document, batch=batch)
            for item in reversed(step.decisions)
        )

        def then() -> None:
            source.pop()
            target.append(Step(step.title, decisions))
            self._show_place(decisions[-1] if action is Action.UNDO else decisions[0])

        try:
            self._record(Step(step.title, decisions), then)
        except ConflictError:
            source.pop()  # what it did is no more; those before it can still be taken back
            raise

    def _show_place(self, decision: Decision) -> None:
        """Go to what a decision changed, or to where it stood."""
        if self.document is None or self.document.id != decision.document:
            self.open(decision.document)
        place = decision.after or decision.before
        if decision.after is not None:
            self.focus(decision.annotation)
        elif self._opened is not None and place is not None:
            near = self._opened.near(place.start)
            self.focus(near.id if near is not None else None)

    # Where things are

    def _open(self) -> Opened:
        if self._opened is None:
            raise ReviewError(_("还没有打开文档。"))
        return self._opened

    def _here(self) -> AnyAnnotation:
        if self.current is None:
            raise ReviewError(_("没有选中的条目。"))
        return self.current

    def _first(self, speech_id: str | None) -> str | None:
        """Return the annotation to begin with: one to be decided, if there is one that passes."""
        opened = self._open()
        here = [item for item in opened.annotations if speech_id in (None, item.speech)]
        choices: tuple[Callable[[AnyAnnotation], bool], ...] = (
            lambda item: opened.is_waiting(item) and self._passes(item),
            lambda item: item.state is State.SUGGESTED and self._passes(item),
            self._passes,
            lambda item: True,
        )
        return next((item.id for is_good in choices for item in filter(is_good, here)), None)

    def _go(self, by: int) -> None:
        if self._opened is not None:
            found = next(filter(self._passes, self._opened.beside(self._focus, by)), None)
            if found is not None:
                self.focus(found.id)

    def _go_on(self, *, putting_off: bool) -> bool:
        """Go to the next undecided annotation, in this document or another; False if there is none."""
        opened = self._opened
        if opened is not None:
            for item in opened.ahead(self._focus):
                left = opened.is_waiting(item) if putting_off else item.state is State.SUGGESTED
                if left and self._passes(item):
                    self.focus(item.id)
                    return True
        return self._open_next(putting_off=putting_off)

    def _open_next(self, *, putting_off: bool) -> bool:
        """Open the next document where undecided annotations pass, round from this one; False if none."""
        if self._filter.states and State.SUGGESTED not in self._filter.states:
            return False
        for id_ in self._documents_left():
            put_off = self.store.skipped(id_) if putting_off else set()
            if any(
                item.state is State.SUGGESTED and item.id not in put_off and self._filter.allows(item)
                for item in self.store.annotations(id_)
            ):
                self.open(id_)
                return True
        return False

    def _documents_left(self) -> Iterable[str]:
        """Return the ids of the other documents where undecided annotations may pass, in their order."""
        here = self.document.id if self.document is not None else None
        if not self._filter.is_of_places:
            return self.store.waiting(after=here)
        entries = outline(self.store, replace(self._filter, states=frozenset()))
        ids = [entry.document.id for entry in entries]
        place = ids.index(here) if here in ids else -1
        left = {entry.document.id for entry in entries if entry.counts.suggested} - {here}
        return [id_ for id_ in ids[place + 1 :] + ids[: max(place, 0)] if id_ in left]

    def _passes(self, annotation: AnyAnnotation) -> bool:
        """Return whether the filter lets an annotation of the open document through."""
        opened = self._open()
        speech = opened.speech(annotation.speech)
        return self._filter.allows(annotation) and self._filter.allows_place(opened.document, speech)

    def _tell(self, kind: Kind, ids: Sequence[str] = ()) -> None:
        for listener in self.on_changed:
            listener(Change(kind, tuple(ids)))


def _says(annotation: AnyAnnotation) -> tuple[object, ...]:
    """Return what an annotation says, wherever it stands."""
    values = (getattr(annotation, name) for name in EDITABLE[annotation.type])
    return (annotation.type, annotation.text, *values)


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
