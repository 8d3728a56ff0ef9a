"""Where annotations are cut wrongly: one becomes two, two become one, a metric a commitment."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Commitment, Metric, State
from jiaozhu.review.deciding import Deed
from jiaozhu.review.fields import EDITABLE, ReviewError
from jiaozhu.review.making import anew, corrected, moved
from jiaozhu.review.opened import Opened, with_fields

#: What may stand at the joint of two annotations and belongs to neither.
_JOINT = ",，、;；:： \t\n\u3000"


def split(opened: Opened, annotation: AnyAnnotation, at: int) -> list[Deed]:
    """Return what makes two annotations of one, cut at an offset of the text.

    The first keeps what is not said by its words; so does the second, except for the indicator of a metric.
    Raises ReviewError if nothing is left on one side of the cut.
    """
    text = opened.document.text
    end, start = at, at
    while end > annotation.start and text[end - 1] in _JOINT:
        end -= 1
    while start < annotation.end and text[start] in _JOINT:
        start += 1
    if not annotation.start < end <= start < annotation.end:
        raise ReviewError(_("请先把光标或选区放到要拆开的地方，须在当前条目之内。"))
    first = corrected(opened, annotation, moved(opened, annotation, annotation.start, end))
    kept = {
        name: getattr(annotation, name)
        for name in EDITABLE[annotation.type]
        if annotation.type == Commitment.type or name in ("period", "scope", "region", "status", "basis")
    }
    second = anew(opened, annotation.type, start, annotation.end, kept)
    return [(Action.CORRECT, annotation, first), (Action.ADD, None, second)]


def merge(opened: Opened, annotation: AnyAnnotation) -> list[Deed]:
    """Return what makes one annotation of the current one and the next of its type in the speech.

    The current one keeps its fields and takes the span of both; the other is rejected.
    Raises ReviewError if there is none to merge with.
    """
    following = (
        item
        for item in opened.annotations
        if (item.type, item.speech) == (annotation.type, annotation.speech)
        and item.state is not State.REJECTED
        and item.start >= annotation.start
        and item.id != annotation.id
    )
    other = next(following, None)
    if other is None:
        raise ReviewError(_("本篇讲话中后面没有同类条目可以合并。"))
    if any(char in "。！？\n" for char in opened.document.text[annotation.end : other.start]):
        raise ReviewError(_("下一个同类条目不在同一句中，不能合并。"))
    start, end = annotation.start, max(annotation.end, other.end)
    gone = with_fields(other, {"state": State.REJECTED})
    whole = corrected(opened, annotation, moved(opened, annotation, start, end))
    return [(Action.REJECT, other, gone), (Action.CORRECT, annotation, whole)]


def retype(opened: Opened, annotation: AnyAnnotation) -> list[Deed]:
    """Return what makes a commitment of a metric, or a metric of a commitment, at the same span."""
    type_ = Commitment.type if isinstance(annotation, Metric) else Metric.type
    new = anew(opened, type_, annotation.start, annotation.end, {})
    gone = with_fields(annotation, {"state": State.REJECTED})
    return [(Action.REJECT, annotation, gone), (Action.ADD, None, new)]
