"""What is said again elsewhere and can be decided on like this one."""

from __future__ import annotations

from typing import Literal

from jiaozhu.model import Action, AnyAnnotation, State
from jiaozhu.review.fields import EDITABLE
from jiaozhu.store import Mention

#: How far to look for the same words.
Scope = Literal["speech", "document", "project"]
SCOPES: tuple[Scope, ...] = ("speech", "document", "project")

#: Fields that follow from where an annotation stands, and may differ between mentions of one fact.
_OF_PLACE = frozenset({"period", "scope", "region", "deadline"})

_ACTIONS = {State.REJECTED: Action.REJECT, State.CORRECTED: Action.CORRECT}


def is_same(first: AnyAnnotation, other: AnyAnnotation, *, nearby: bool) -> bool:
    """Return whether two suggestions say the same: words and fields; farther away but for time and place."""
    names = (name for name in EDITABLE[first.type] if nearby or name not in _OF_PLACE)
    return (first.type, first.text) == (other.type, other.text) and all(
        getattr(first, name) == getattr(other, name) for name in names
    )


def within(mentions: list[Mention], scope: Scope, current: AnyAnnotation, document: str) -> list[Mention]:
    """Return the mentions that stand in the speech, in the document, or anywhere."""
    return [
        item
        for item in mentions
        if scope == "project"
        or (item.document == document and (scope == "document" or item.annotation.speech == current.speech))
    ]


def carried(first: AnyAnnotation, decided: AnyAnnotation) -> tuple[Action, dict[str, object]]:
    """Return what was done with a suggestion, and the fields that this changed, with the state."""
    changed = {
        name: getattr(decided, name)
        for name in (*EDITABLE[decided.type], "indicator_id")
        if hasattr(decided, name) and getattr(decided, name) != getattr(first, name)
    }
    return _ACTIONS.get(decided.state, Action.ACCEPT), changed | {"state": decided.state}
