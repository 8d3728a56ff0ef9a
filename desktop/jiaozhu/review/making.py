"""How an annotation comes to be what a reviewer makes of it: anew, or corrected."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Commitment, Metric, State
from jiaozhu.review import prefill
from jiaozhu.review.fields import EDITABLE, ReviewError, check_together
from jiaozhu.review.opened import Opened, with_fields


def anew(opened: Opened, type_: str, start: int, end: int, fields: Mapping[str, str | None]) -> AnyAnnotation:
    """Return an annotation of a type that a reviewer adds; `fields` are checked.

    What the rules read in its words and around them is filled in unless given.
    Raises ReviewError if it can't stand there, or if such a one stands there.
    """
    place = opened.place(type_, start, end)
    standing = (item for item in opened.annotations if item.state is not State.REJECTED)
    if any((item.type, item.start, item.end) == (type_, place["start"], place["end"]) for item in standing):
        raise ReviewError(_("这里已经标出“{text}”。").format(text=place["text"]))
    model = {"metric": Metric, "commitment": Commitment}[type_]
    id_ = f"{type_[0]}_{uuid.uuid4().hex[:12]}"  # two reviewers apart never take the same
    fields_ = named(prefill.around(opened, type_, place) | dict(fields))
    annotation: AnyAnnotation = model(id=id_, state=State.ADDED, **place, **fields_)
    check_together(annotation)
    return annotation


def corrected(opened: Opened, before: AnyAnnotation, fields: Mapping[str, object]) -> AnyAnnotation:
    """Return an annotation with some fields as a reviewer says they are, and the state that follows."""
    after = with_fields(before, named(fields))
    after = replace(after, state=verified(opened, before, after))
    check_together(after)
    return after


def moved(opened: Opened, before: AnyAnnotation, start: int, end: int) -> dict[str, object]:
    """Return the fields of an annotation that follow from another span.

    The value of a metric follows its words, unless a reviewer has said otherwise.
    """
    fields = opened.place(before.type, start, end)
    if isinstance(before, Metric):
        values = {name: getattr(before, name) for name in EDITABLE["metric"]}
        fields |= prefill.reread(values, before.text, str(fields["text"]))
    return fields


def verified(opened: Opened, before: AnyAnnotation, after: AnyAnnotation) -> State:
    """Return the state of an annotation that a reviewer holds for right, as it is after an act."""
    first = opened.suggested(before)
    if first is None:
        return State.ADDED
    # In which speech it stands follows from the speeches and is not the suggestion's merit.
    as_suggested = replace(after, state=State.SUGGESTED, speech=first.speech, flagged=False, note=None)
    return State.ACCEPTED if as_suggested == first else State.CORRECTED


def named(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields of an annotation with the id of the indicator, if they name one."""
    if "indicator" not in fields:
        return dict(fields)
    from jiaozhu.extraction.metrics.canon import canonical  # a lexicon, needed for this alone

    name = fields["indicator"]
    return {**fields, "indicator_id": canonical(name if isinstance(name, str) else None)}
