"""How a decision is made up, and what it is called on the screen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, Commitment, Decision, Metric, Reviewer, Subject
from jiaozhu.review.fields import ReviewError

#: What is done to one subject: the action, how it stood before, and how it stands after.
Deed = tuple[Action, Subject | None, Subject | None]


def decide(document: str, deeds: Iterable[Deed], *, reviewer: Reviewer) -> tuple[Decision, ...]:
    """Return the decisions of one act on one document; several are marked as one batch.

    Raises ReviewError if nobody answers for them.
    """
    return decide_across(((document, deed) for deed in deeds), reviewer=reviewer)


def decide_across(deeds: Iterable[tuple[str, Deed]], *, reviewer: Reviewer) -> tuple[Decision, ...]:
    """Return the decisions of one act on documents, each deed with the id of its own; see `decide`."""
    reviewer = reviewer._replace(name=reviewer.name.strip())
    if not reviewer.name:
        raise ReviewError(_("请先填写审校人的姓名。"))
    several = list(deeds)
    batch = str(uuid.uuid4()) if len(several) > 1 else None
    return tuple(_decision(document, *deed, reviewer, batch) for document, deed in several)


def _decision(
    document: str,
    action: Action,
    before: Subject | None,
    after: Subject | None,
    reviewer: Reviewer,
    batch: str | None,
) -> Decision:
    subject = after or before
    assert subject is not None
    return Decision(
        uid=str(uuid.uuid4()),
        document=document,
        subject=subject.id,
        type=subject.type,
        action=action,
        before=before,
        after=after,
        reviewer=reviewer.name,
        reviewer_id=reviewer.id,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        program=__version__,
        batch=batch,
    )


def turned_round(
    decisions: tuple[Decision, ...], action: Action, *, reviewer: Reviewer
) -> tuple[Decision, ...]:
    """Return the decisions that take others back, the last one first."""
    deeds = ((item.document, (action, item.after, item.before)) for item in reversed(decisions))
    return decide_across(deeds, reviewer=reviewer)


def title(action: Action, decisions: tuple[Decision, ...]) -> str:
    """Return what an act on annotations is called in the undo menu: 采纳 突破1500亿元, 采纳 12 条."""
    verb = {
        Action.ACCEPT: _("采纳"),
        Action.CORRECT: _("更正"),
        Action.REJECT: _("驳回"),
        Action.ADD: _("新增"),
        Action.SKIP: _("搁置"),
        Action.FLAG: _("标记"),
        Action.NOTE: _("备注"),
    }[action]
    if len(decisions) > 1:
        return _("{verb} {count} 条").format(verb=verb, count=len(decisions))
    (decision,) = decisions
    annotation = decision.after or decision.before
    assert isinstance(annotation, Metric | Commitment)
    return f"{verb} {shortened(annotation.text)}"


def shortened(text: str) -> str:
    """Return an annotation's words, cut where they are too long for a menu."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_LONGEST = 16  # characters of an annotation in the undo menu
