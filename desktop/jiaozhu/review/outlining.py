"""Speeches and metadata corrected: a speech split, merged, bounded anew or renamed; annotations follow."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Metadata, Metric, Speech, State
from jiaozhu.review.deciding import Deed
from jiaozhu.review.fields import ReviewError, check
from jiaozhu.review.opened import Opened, with_fields

#: Records an act under the name it has in the undo menu.
Act = Callable[[str, list[Deed]], None]


class Outlining:
    """What a reviewer does to the speeches and the metadata of the open document.

    Each act is one undo step. Annotations go with the words of the speech that holds them; their
    states stay. An act that would leave an annotation outside of all speeches, or cut through one,
    raises ReviewError, and nothing has changed.
    """

    def __init__(self, opened: Callable[[], Opened], act: Act) -> None:
        self._opened = opened
        self._act = act

    @property
    def speeches(self) -> list[Speech]:
        """The speeches of the open document as they stand, in the text's order."""
        return self._opened().outline

    @property
    def metadata(self) -> Metadata:
        """What is known of the open document, as it stands."""
        document = self._opened().document
        return Metadata(
            id=document.id,
            title=document.title,
            publisher=document.publisher,
            date=document.date,
            url=document.url,
        )

    def speech(self, speech_id: str) -> Speech:
        """Return a speech as it stands; raise ReviewError if there is none with this id."""
        found = next((speech for speech in self.speeches if speech.id == speech_id), None)
        if found is None:
            raise ReviewError(_("这篇讲话已经不在文档中。"))
        return found

    def at(self, offset: int) -> Speech | None:
        """Return the speech that holds the character at an offset, None if none does."""
        return next((speech for speech in self.speeches if speech.start <= offset < speech.end), None)

    def describe(self, **fields: str | None) -> None:
        """Correct title, publisher, date or url of the document."""
        before = self.metadata
        after = with_fields(before, _checked(before.type, fields))
        if after != before:
            self._act(_("更正文档信息"), [(Action.CORRECT, before, after)])

    def rename(self, speech_id: str, **fields: str | None) -> None:
        """Correct speaker, office, region, date or heading of a speech.

        The code follows the region's name, and what is undecided and has the old region gets the new one.
        """
        before = self.speech(speech_id)
        after = with_fields(before, _checked(before.type, fields))
        if after.region != before.region:
            after = replace(after, region_code=region_code(after.region, after.date))
        if after != before:
            metrics = follow_region(before, after, self._opened().annotations)
            following: list[Deed] = [(Action.MOVE, metric, moved) for metric, moved in metrics]
            self._act(
                _("更正讲话“{name}”").format(name=name(after)), [(Action.CORRECT, before, after), *following]
            )

    def split(self, offset: int) -> Speech:
        """Split the speech that holds an offset there; return the second part, whose speaker is open."""
        before = self.at(offset)
        if before is None:
            raise ReviewError(_("这里不在任何一篇讲话之内。"))
        first, second = self._cut(before, before.start, offset), self._cut(before, offset, before.end)
        if first is None or second is None:
            raise ReviewError(_("这里是讲话的开头或末尾，不能拆分；请把光标放到第二篇的开头。"))
        second = replace(second, id=_new_id(), heading=None, speaker=None, office=None)
        self._change(_("拆分讲话“{name}”").format(name=name(before)), {before.id: first, second.id: second})
        return second

    def merge(self, speech_id: str) -> None:
        """Merge a speech with the next one, which becomes a part of it."""
        first = self.speech(speech_id)
        second = next((speech for speech in self.speeches if speech.start > first.start), None)
        if second is None:
            raise ReviewError(_("这是最后一篇讲话，后面没有可以合并的。"))
        merged = self._cut(first, first.start, second.end)
        self._change(_("合并讲话“{name}”").format(name=name(first)), {first.id: merged, second.id: None})

    def bound(self, speech_id: str, start: int, end: int) -> None:
        """Let a speech go from `start` to `end` (half-open); others give way."""
        before = self.speech(speech_id)
        after = self._cut(before, start, end)
        if after is None:
            raise ReviewError(_("请先选中文字。"))
        self._change(_("改变讲话“{name}”的范围").format(name=name(before)), self._giving_way(after))

    def add(self, start: int, end: int) -> Speech:
        """Add a speech from `start` to `end` (half-open), others give way; return it."""
        around = self.at(start)
        new = self._cut(Speech(id=_new_id(), start=start, end=end), start, end)
        if new is None:
            raise ReviewError(_("请先选中文字。"))
        if around is not None:
            new = replace(new, region=around.region, region_code=around.region_code, date=around.date)
        self._change(_("新增讲话"), self._giving_way(new))
        return new

    def _giving_way(self, new: Speech) -> dict[str, Speech | None]:
        """Return what becomes of the speeches if one has the place of `new`: the others lose its words."""
        changed: dict[str, Speech | None] = {new.id: new}
        for other in self.speeches:
            if other.id == new.id or other.end <= new.start or new.end <= other.start:
                continue
            head = self._cut(other, other.start, new.start)
            tail = self._cut(other, new.end, other.end)
            changed[other.id] = head or tail
            if head is not None and tail is not None:
                rest = replace(tail, id=_new_id())
                changed[rest.id] = rest
        return changed

    def _cut(self, speech: Speech, start: int, end: int) -> Speech | None:
        """Return the speech from `start` to `end`, trimmed; None if only white space is there."""
        opened = self._opened()
        start, end = opened.trim(max(0, start), min(end, len(opened.document.text)))
        if start >= end:
            return None
        source_map = opened.document.source_map
        source = (None, None) if source_map is None else source_map.span(start, end)
        return replace(speech, start=start, end=end, source_start=source[0], source_end=source[1])

    def _change(self, title: str, changed: dict[str, Speech | None]) -> None:
        """Record that speeches are changed, new or gone (None), and move what they hold."""
        if self._opened().is_packet:  # two who divide them apart from each other could not be joined
            raise ReviewError(_("任务包里不能重新划分讲话；请写一条备注，由项目负责人来改。"))
        before = {speech.id: speech for speech in self.speeches}
        after = before | changed
        standing = sorted(
            (speech for speech in after.values() if speech is not None), key=lambda it: it.start
        )
        deeds: list[Deed] = []
        for id_, speech in changed.items():
            if speech is not None and speech != before.get(id_):
                deeds.append((Action.CORRECT if id_ in before else Action.ADD, before.get(id_), speech))
        if not deeds:
            return
        deeds += self._moves(standing)
        # In the end, when they are empty: taken back, they come first.
        deeds += [(Action.REJECT, before[id_], None) for id_, speech in changed.items() if speech is None]
        self._act(title, deeds)

    def _moves(self, speeches: Sequence[Speech]) -> Iterator[Deed]:
        """Yield the moves of annotations to the speeches that hold them now."""
        for annotation in self._opened().annotations:
            speech = _holder(annotation, speeches)
            if speech.id != annotation.speech:
                yield Action.MOVE, annotation, with_fields(annotation, {"speech": speech.id})


def follow_region(
    before: Speech, after: Speech, annotations: Iterable[AnyAnnotation]
) -> Iterator[tuple[Metric, Metric]]:
    """Yield the undecided metrics that have the speech's region, as they were and with its new region."""
    if before.region == after.region:
        return
    for annotation in annotations:
        if (
            isinstance(annotation, Metric)
            and annotation.speech == before.id
            and annotation.state is State.SUGGESTED
            and annotation.region == before.region
        ):
            yield annotation, replace(annotation, region=after.region)


def name(speech: Speech) -> str:
    """Return what a speech is called in a sentence: its speaker, else its heading, else its region."""
    return speech.speaker or speech.heading or speech.region or _("讲话")


def _holder(annotation: AnyAnnotation, speeches: Sequence[Speech]) -> Speech:
    """Return the speech that holds an annotation; what was rejected may be held by the nearest."""
    for speech in speeches:
        if speech.start <= annotation.start and annotation.end <= speech.end:
            return speech
    if annotation.state is State.REJECTED and speeches:
        own = next((speech for speech in speeches if speech.id == annotation.speech), None)
        return own or min(speeches, key=lambda speech: abs(speech.start - annotation.start))
    raise ReviewError(
        _("“{text}”会落在讲话之外或被切断；请先驳回它，或换一个位置。").format(text=annotation.text)
    )


def _checked(type_: str, fields: dict[str, str | None]) -> dict[str, str | None]:
    return {field: check(type_, field, value) for field, value in fields.items()}


def region_code(name: str | None, day: str | None) -> str | None:
    """Return the code of a region in the year of an ISO date, None if its name is not known."""
    from jiaozhu.extraction.places.gazetteer import lookup  # a large table, needed for this alone

    region = lookup(name, int(day[:4]) if day else None) if name else None
    return region.code if region is not None else None


def _new_id() -> str:
    return f"s_{uuid.uuid4().hex[:12]}"  # two reviewers apart never take the same
