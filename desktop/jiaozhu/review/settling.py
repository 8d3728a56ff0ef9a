"""A conflict is settled by a decision like any other: it has seen what each reviewer decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Commitment, Decision, Metric, Speech, State, Subject
from jiaozhu.review.deciding import Deed, shortened
from jiaozhu.review.fields import EDITABLE, ReviewError
from jiaozhu.review.opened import Opened, with_fields
from jiaozhu.review.outlining import follow_region
from jiaozhu.store import Conflict, Store

#: What is said of a settled annotation, by the state that it gets.
_ACTIONS = {State.ACCEPTED: Action.ACCEPT, State.REJECTED: Action.REJECT}


def settle(store: Store, conflict: Conflict, head: Decision) -> list[Deed]:
    """Return what is done to let one of the decisions in a conflict count.

    Raises ReviewError if there is nothing left that it could be done to.
    """
    standing, after = conflict.standing, head.after
    if standing is None:
        raise ReviewError(_("这一条已经不在文档中。"))
    if isinstance(standing, Metric | Commitment):
        chosen = _annotation(standing, cast("AnyAnnotation | None", after))
        return [(_ACTIONS.get(chosen.state, Action.CORRECT), standing, chosen)]
    if after is None:
        raise ReviewError(_("讲话的划分不能这样裁定；请到审校页修改。"))
    chosen_ = with_fields(standing, {name: getattr(after, name) for name in _fields(standing)})
    deeds: list[Deed] = [(Action.CORRECT, standing, chosen_)]
    if isinstance(standing, Speech) and isinstance(chosen_, Speech):
        deeds += _following(store, conflict.document, standing, chosen_)
    return deeds


def title(conflict: Conflict) -> str:
    """Return what settling a conflict is called in the undo menu."""
    text = getattr(conflict.standing, "text", None) or getattr(conflict.standing, "speaker", None)
    return _("裁定 {text}").format(text=shortened(text or conflict.subject))


def _annotation(standing: AnyAnnotation, after: AnyAnnotation | None) -> AnyAnnotation:
    """Return an annotation as one of the reviewers has it; what was remarked stays."""
    if after is None:  # who took it back says that it should not be there
        return replace(standing, state=State.REJECTED)
    return replace(after, speech=standing.speech, flagged=standing.flagged, note=standing.note)


def _fields(subject: Subject) -> tuple[str, ...]:
    code = ("region_code",) if isinstance(subject, Speech) else ()
    return (*EDITABLE[subject.type], *code)


def _following(store: Store, document: str, before: Speech, after: Speech) -> Iterator[Deed]:
    for metric, moved in follow_region(before, after, Opened(store, document).annotations):
        yield Action.MOVE, metric, moved
