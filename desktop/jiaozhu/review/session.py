"""A reviewer's sitting: what is open, what has the focus, and the decisions, each at once on the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    VERIFIED,
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Metric,
    Reviewer,
    State,
)
from jiaozhu.review import completion, making, reshaping, settling, walk
from jiaozhu.review.changes import Change, Kind
from jiaozhu.review.deciding import Deed, decide, decide_across, shortened, title, turned_round
from jiaozhu.review.fields import ConflictError, ReviewError, check
from jiaozhu.review.identical import SCOPES, Scope, carried, is_same, within
from jiaozhu.review.opened import Opened, with_fields
from jiaozhu.review.outlining import Outlining
from jiaozhu.review.queue import Filter, total
from jiaozhu.review.sitting import Follow, Sitting, Step
from jiaozhu.store import Conflict, Counts, Mention, SpeechRow, Store

if TYPE_CHECKING:  # it takes numpy to load, which a review without one does not need
    from jiaozhu.review.worklist import Worklist


class Session:
    """One reviewer at work on one project.

    Every act is recorded before it shows. If the disk refuses, the act waits in `unsaved`, nothing
    has changed, and `retry` tries again. Undo reaches back to the start of the sitting. An act that
    can't be done raises ReviewError, and nothing has changed.
    """

    def __init__(self, store: Store, *, reviewer: str, reviewer_id: str | None = None) -> None:
        self.store = store
        self.reviewer = reviewer
        self._reviewer_id = reviewer_id
        self.on_changed: list[Callable[[Change], None]] = []
        self._opened: Opened | None = None
        self._focus: str | None = None
        self._selection: tuple[int, int] | None = None
        self._filter = Filter()
        self._worklist: Worklist | None = None
        self._renamed: deque[completion.Change] = deque(maxlen=_RENAMED)
        self._sitting = Sitting(store, show=self._show, tell=self._tell)
        #: What can be done to the speeches and the metadata of the open document.
        self.outline = Outlining(self._open, self._act_on_outline)

    # What is open

    def open(
        self, document_id: str, speech_id: str | None = None, *, annotation_id: str | None = None
    ) -> None:
        """Open a document and go to the annotation that is named, if it is there.

        Else go to the first undecided annotation, of the speech if one is named.
        """
        self._sitting.check_saved()
        self._opened = Opened(self.store, document_id)
        self._selection = None
        begin = self._opened.get(annotation_id) or walk.first(self._opened, self._filter, speech_id)
        self._focus = begin.id if begin is not None else None
        self._enter()
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
    def contested(self) -> set[str]:
        """The ids of what reviewers decided differently in the open document and nobody has settled."""
        return self._opened.contested if self._opened else set()

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

    # A worklist in place of the document's order

    @property
    def worklist(self) -> Worklist | None:
        """The list that is gone through; None: documents are, one after the other."""
        return self._worklist

    def follow(self, worklist: Worklist | None) -> None:
        """Go along a list from now on, wherever its annotations stand; None: through documents again."""
        self._worklist = worklist
        self._enter()
        self._tell(Kind.WORKLIST)

    def go_to_place(self, place: int) -> bool:
        """Go to a place of the list; return False, staying, if nothing stands there any more."""
        assert self._worklist is not None
        document_id, _type, id_ = self._worklist.identity(place)
        if self._opened is None or self._opened.document.id != document_id:
            self.open(document_id, annotation_id=id_)
        if self.annotation(id_) is None:
            self._worklist.lose(place)
            return False
        self.focus(id_)
        self._worklist.place = place
        self._tell(Kind.WORKLIST)
        return True

    def _enter(self) -> None:
        """Note in the list where one is."""
        if self._worklist is not None and self._opened is not None and self.current is not None:
            self._worklist.enter(self.current, self._opened.document.id)

    def _go_ahead(self) -> bool:
        """Go to what is open next in the list; False if all of it is done."""
        assert self._worklist is not None
        while (place := self._worklist.ahead()) is not None:
            if self.go_to_place(place):
                return True
        self._tell(Kind.WORKLIST)
        return False

    # Going through

    def focus(self, annotation_id: str | None) -> None:
        """Give an annotation of the open document the focus, or none."""
        if annotation_id is not None and self.annotation(annotation_id) is None:
            raise ReviewError(_("这一条已经不在文档中。"))
        if annotation_id != self._focus:
            self._focus = annotation_id
            self._enter()
            self._tell(Kind.FOCUS)

    def next(self) -> None:
        """Go to the next annotation of the document, or of the list; at the last one, stay."""
        self._go(+1)

    def previous(self) -> None:
        """Go to the annotation before; at the first one, stay."""
        self._go(-1)

    def next_undecided(self) -> bool:
        """Go to the next undecided annotation: of this speech, else of another, else of another document.

        What was put off comes again when nothing else is left. Return False, staying, if all is decided.
        Along a list: to what is open next in it.
        """
        if self._worklist is not None:
            return self._go_ahead()
        return self._go_on(putting_off=True) or self._go_on(putting_off=False)

    def next_in(self, state: State) -> None:
        """Go to the next annotation in a state, in this document or another, and round."""
        self._go_to_next(lambda item: item.state is state, frozenset({state}))

    def next_flagged(self) -> None:
        """Go to the next annotation of the document that is flagged."""
        self._go_to_next(lambda item: item.flagged, frozenset())

    # Deciding

    def accept(self) -> None:
        """Accept the current annotation as it stands and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state in VERIFIED:
            self._confirm()
        else:
            after = replace(annotation, state=making.verified(self._open(), annotation, annotation))
            self._decide(Action.ACCEPT, annotation, after, go_on=True)

    def reject(self) -> None:
        """Reject the current annotation and go on to the next undecided one."""
        annotation = self._here()
        if annotation.state is State.REJECTED:
            self._confirm()
        else:
            self._decide(Action.REJECT, annotation, replace(annotation, state=State.REJECTED), go_on=True)

    def skip(self) -> None:
        """Put the current annotation off and go on; it stays as it was, and comes again at the end."""
        annotation = self._here()
        if self._open().is_waiting(annotation):
            self._decide(Action.SKIP, annotation, annotation, go_on=True)
        else:
            if self._worklist is not None and self._is_listed:
                self._worklist.put_off()
            self.next_undecided()

    @property
    def _is_listed(self) -> bool:
        """Whether the current annotation is the one at the place of the list."""
        listed, opened = self._worklist, self._opened
        if listed is None or listed.place < 0 or opened is None or self.current is None:
            return False
        return listed.identity(listed.place) == (opened.document.id, self.current.type, self.current.id)

    def _confirm(self) -> None:
        """Leave the current annotation as it was decided, looked at once more, and go on."""
        if self._worklist is not None and self._is_listed:
            self._worklist.confirm()
        self.next_undecided()

    def correct(self, **fields: str | None) -> None:
        """Correct fields of the current annotation; the focus stays."""
        annotation = self._here()
        self._correct({name: check(annotation.type, name, value) for name, value in fields.items()})

    def offers(self, field: str, typed: str) -> list[str]:
        """Return what `typed` in a field of the current annotation may become, the likeliest first."""
        around = completion.source(field, self._here(), self._open(), self._renamed)
        return completion.offers(typed, around)

    def correct_in(self, document_id: str, annotation_id: str, **fields: str | None) -> None:
        """Correct fields of an annotation of any document; what is open and what has the focus stays."""
        opened = self._opened
        if opened is None or opened.document.id != document_id:
            opened = Opened(self.store, document_id)
        before = opened.get(annotation_id)
        if before is None:
            raise ReviewError(_("这一条已经不在文档中。"))
        checked = making.named({name: check(before.type, name, value) for name, value in fields.items()})
        if any(getattr(before, name) != value for name, value in checked.items()):
            after = making.corrected(opened, before, checked)
            self._act(Action.CORRECT, [(Action.CORRECT, before, after)], lambda: None, document_id)

    def set_span(self, start: int, end: int) -> None:
        """Correct the span of the current annotation: half-open offsets into the document's text.

        The value of a metric follows its words, unless a reviewer has said otherwise.
        """
        self._correct(making.moved(self._open(), self._here(), start, end))

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
        checked = {name: check(type_, name, value) for name, value in fields.items()}
        annotation = making.anew(self._open(), type_, start, end, checked)
        self._decide(Action.ADD, None, annotation)
        return annotation

    # Cutting anew

    def split(self, at: int) -> None:
        """Make two annotations of the current one, cut at an offset of the text; the focus stays."""
        annotation = self._here()
        self._reshape(_("拆分 {text}"), reshaping.split(self._open(), annotation, at), annotation)

    def merge(self) -> None:
        """Make one annotation of the current one and the next of its type in its sentence."""
        annotation = self._here()
        self._reshape(_("合并 {text}"), reshaping.merge(self._open(), annotation), annotation)

    def retype(self) -> None:
        """Make a commitment of the current metric, or a metric of the current commitment."""
        annotation = self._here()
        self._reshape(_("改变 {text} 的类型"), reshaping.retype(self._open(), annotation), annotation)

    # Remarking

    def flag(self) -> None:
        """Flag the current annotation to be looked at again, or take its flag away; its state stays."""
        annotation = self._here()
        self._decide(Action.FLAG, annotation, replace(annotation, flagged=not annotation.flagged))

    def note(self, text: str | None) -> None:
        """Write a remark on the current annotation in place of what was remarked; none: take it away."""
        annotation = self._here()
        text = (text or "").strip() or None
        if text != annotation.note:
            self._decide(Action.NOTE, annotation, replace(annotation, note=text))

    # Deciding on several at once

    def rest(self) -> list[Mention]:
        """Return what is undecided in the current speech: what `accept_rest` would accept."""
        speech = self.current.speech if self.current is not None else None
        waiting = (
            item for item in self.annotations if item.speech == speech and item.state is State.SUGGESTED
        )
        return [self._open().mention(item) for item in waiting]

    def accept_rest(self, chosen: Sequence[Mention] | None = None) -> None:
        """Accept all that is undecided in the current speech, or what is chosen of it, and go on: one act."""
        several = self.rest() if chosen is None else chosen
        self._decide_all(Action.ACCEPT, several, {"state": State.ACCEPTED}, go_on=True)

    def identical(self, scope: Scope = "document") -> list[Mention]:
        """Return what is undecided and was suggested in the words and fields of the current annotation.

        In other documents time and place may differ. None before the current one is decided.
        """
        return self.identical_by_scope().get(scope, [])

    def identical_by_scope(self) -> dict[Scope, list[Mention]]:
        """Return what `identical` gives for each scope, the nearest first, having looked once."""
        current, opened = self.current, self._opened
        if current is None or opened is None or current.state is State.SUGGESTED:
            return {}
        first = opened.suggested(current)
        if first is None:
            return {}
        here = opened.document.id
        found = [
            item
            for item in self.store.mentions(first.type, first.text)
            if is_same(first, item.annotation, nearby=item.document == here)
        ]
        return {scope: within(found, scope, current, here) for scope in SCOPES}

    def decide_identical(self, chosen: Sequence[Mention] | None = None) -> None:
        """Do with what is identical in the document, or with those chosen, as with the current annotation."""
        current, others = self._here(), self.identical() if chosen is None else chosen
        first = self._open().suggested(current)
        if not others or first is None:
            raise ReviewError(_("没有相同的未决条目，或者当前这一条还没有决定。"))
        action, changes = carried(first, current)
        self._decide_all(action, others, changes)

    def settle(self, conflict: Conflict, head: Decision) -> None:
        """Let one of the decisions in a conflict count; what is open and what has the focus stays."""
        deeds = settling.settle(self.store, conflict, head)
        decisions = decide(conflict.document, deeds, reviewer=self._who)
        with self._shown_anew():
            self._sitting.act(Step(settling.title(conflict), decisions), lambda: None)

    # Undo

    @property
    def undo_title(self) -> str | None:
        """What undo would take back, for a menu: 撤销「采纳 突破1500亿元」; None if nothing."""
        done = self._sitting.done
        return _("撤销「{act}」").format(act=done[-1].title) if done else None

    @property
    def redo_title(self) -> str | None:
        """What redo would do again; None if nothing."""
        undone = self._sitting.undone
        return _("重做「{act}」").format(act=undone[-1].title) if undone else None

    def undo(self) -> None:
        """Take back the last act of this sitting and go to what it changed."""
        self._turn(Action.UNDO, self._sitting.done, self._sitting.undone)

    def redo(self) -> None:
        """Do again what was undone last and go to what it changes."""
        self._turn(Action.REDO, self._sitting.undone, self._sitting.done)

    # Saving

    @property
    def last_saved(self) -> datetime | None:
        """When the last act of this sitting was on the disk, in UTC."""
        return self._sitting.last_saved

    @property
    def unsaved(self) -> tuple[Decision, ...]:
        """Decisions that could not be written yet; empty if all is on the disk."""
        return self._sitting.unsaved

    @property
    def problem(self) -> str | None:
        """The sentence why something is unsaved."""
        return self._sitting.problem

    def retry(self) -> bool:
        """Try again to write what is unsaved; return whether all is on the disk now."""
        with self._shown_anew():
            return self._sitting.retry()

    def discard(self) -> None:
        """Give up what is unsaved; nothing of it was ever shown as done."""
        self._sitting.discard()

    @contextmanager
    def _shown_anew(self) -> Iterator[None]:
        """Show how things stand now if somebody else has changed what was to be decided."""
        try:
            yield
        except ConflictError:
            self.reload()
            raise

    @property
    def _who(self) -> Reviewer:
        return Reviewer(self.reviewer, self._reviewer_id)

    def _show(self, decisions: Sequence[Decision]) -> None:
        """Bring the open document in line with decisions that are on the disk."""
        opened = self._opened
        if self._worklist is not None:
            self._worklist.take(decisions)
        here = [item for item in decisions if opened and item.document == opened.document.id]
        if opened and here:
            opened.show(here)
            if changed := tuple(item.subject for item in here if item.type in _ANNOTATIONS):
                self._tell(Kind.ANNOTATIONS, changed)
            if len(changed) < len(here):
                self._tell(Kind.OUTLINE)

    def _decide(
        self, action: Action, before: AnyAnnotation | None, after: AnyAnnotation, *, go_on: bool = False
    ) -> None:
        """Record an act on one annotation, which keeps the focus unless it goes on."""
        deeds: list[Deed] = [(action, before, after)]
        self._act(action, deeds, self.next_undecided if go_on else lambda: self.focus(after.id))

    def _decide_all(
        self, action: Action, several: Sequence[Mention], changes: dict[str, object], *, go_on: bool = False
    ) -> None:
        """Record one act on several annotations; undo takes them back together."""
        if not several:
            raise ReviewError(_("没有未决的条目。"))
        deeds: list[tuple[str, Deed]] = [
            (item.document, (action, item.annotation, with_fields(item.annotation, changes)))
            for item in several
        ]
        decisions = decide_across(deeds, reviewer=self._who)
        with self._shown_anew():
            follow = self.next_undecided if go_on else lambda: None
            self._sitting.act(Step(title(action, decisions), decisions), follow)

    def _act(self, action: Action, deeds: list[Deed], follow: Follow, document_id: str | None = None) -> None:
        """Record an act, in the open document unless another one is named."""
        decisions = decide(document_id or self._open().document.id, deeds, reviewer=self._who)
        with self._shown_anew():
            self._sitting.act(Step(title(action, decisions), decisions), follow)

    def _reshape(self, title_: str, deeds: list[Deed], annotation: AnyAnnotation) -> None:
        """Record an act on several annotations; the last one it changes gets the focus."""
        opened = self._open()
        decisions = decide(opened.document.id, deeds, reviewer=self._who)
        after = deeds[-1][2] if deeds[0][0] is Action.REJECT else deeds[0][2]
        assert after is not None
        named = title_.format(text=shortened(annotation.text))
        with self._shown_anew():
            self._sitting.act(Step(named, decisions), lambda: self.focus(after.id))

    def _act_on_outline(self, title_: str, deeds: list[Deed]) -> None:
        decisions = decide(self._open().document.id, deeds, reviewer=self._who)
        with self._shown_anew():
            self._sitting.act(Step(title_, decisions), lambda: None)

    def _correct(self, fields: Mapping[str, object]) -> None:
        before = self._here()
        fields = making.named(fields)
        if all(getattr(before, name) == value for name, value in fields.items()):
            return
        after = making.corrected(self._open(), before, fields)
        self._decide(Action.CORRECT, before, after)
        if isinstance(before, Metric) and isinstance(after, Metric) and before.indicator != after.indicator:
            self._renamed.append((before.indicator or "", after.indicator or ""))

    def _turn(self, action: Action, source: list[Step], target: list[Step]) -> None:
        """Take the newest step of `source` back, if there is one, and put it, turned round, on `target`."""
        if source:
            step = source[-1]
            decisions = turned_round(step.decisions, action, reviewer=self._who)
            shown = decisions[-1] if action is Action.UNDO else decisions[0]
            with self._shown_anew():
                turned = Step(step.title, decisions)
                self._sitting.turn(source, target, turned, lambda: self._show_place(shown))

    def _show_place(self, decision: Decision) -> None:
        """Go to what a decision changed, or to where it stood."""
        if self.document is None or self.document.id != decision.document:
            self.open(decision.document)
        if decision.type not in _ANNOTATIONS:
            return
        place = cast("AnyAnnotation | None", decision.after or decision.before)
        if decision.after is not None:
            self.focus(decision.subject)
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

    def _go(self, by: int) -> None:
        if self._worklist is not None:
            while (place := self._worklist.beside(by)) is not None and not self.go_to_place(place):
                pass
        elif self._opened is not None:
            found = walk.beside(self._opened, self._filter, self._focus, by)
            if found is not None:
                self.focus(found.id)

    def _go_to_next(self, is_good: walk.Test, states: frozenset[State]) -> None:
        opened = self._open()
        found = walk.next_with(self.store, opened, self._focus, is_good, states)
        if found is None:
            raise ReviewError(_("没有这样的条目。"))
        document_id, annotation_id = found
        if document_id != opened.document.id:
            self.open(document_id)
        self.focus(annotation_id)

    def _go_on(self, *, putting_off: bool) -> bool:
        """Go to the next undecided annotation, in this document or another; False if there is none."""
        here, opened = None, self._opened
        if opened is not None:
            here = opened.document.id
            found = walk.ahead(opened, self._filter, self._focus, putting_off=putting_off)
            if found is not None:
                self.focus(found.id)
                return True
        document_id = walk.next_document(self.store, self._filter, here, putting_off=putting_off)
        if document_id is not None:
            self.open(document_id)
        return document_id is not None

    def _tell(self, kind: Kind, ids: Sequence[str] = ()) -> None:
        for listener in self.on_changed:
            listener(Change(kind, tuple(ids)))


#: How many of the last corrected names are remembered.
_RENAMED = 8
#: The types of what stands in the text and can have the focus.
_ANNOTATIONS = (Metric.type, Commitment.type)
