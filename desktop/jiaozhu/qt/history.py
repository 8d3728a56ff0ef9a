"""What was decided, as people read it: a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, Commitment, Decision, Metadata, Metric, Speech, Subject
from jiaozhu.qt import labels, readable


def history(decisions: Sequence[Decision]) -> str:
    """Return decisions, the oldest first, as lines: when, what and by whom, the newest first."""
    return "\n".join(_line(decision) for decision in reversed(decisions))


def shortened(text: str, longest: int) -> str:
    """Return a text on one line, its middle left out if it is longer than so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest * 2 // 3]}…{text[1 - longest // 3 :]}"


def _line(decision: Decision) -> str:
    what = labels.ACTIONS[decision.action]
    before, after = decision.before, decision.after
    if decision.action is Action.NOTE:
        note = getattr(after, "note", None)
        what = _("备注「{note}」").format(note=shortened(note, 36)) if note else _("去掉备注")
    elif decision.action is Action.FLAG:
        what = what if getattr(after, "flagged", False) else _("去掉标记")
    elif decision.action is Action.CORRECT or (
        before is not None and after is not None and _is_named(before)
    ):
        what = f"{what} {_difference(before, after)}".strip()
    when = readable.moment(decision.at)
    return f"{when}　{what}　{decision.reviewer}"


def _is_named(subject: Subject) -> bool:
    """Return whether undo and redo say what they changed: of an annotation the card shows it."""
    return not isinstance(subject, Metric | Commitment)


def _difference(before: Subject | None, after: Subject | None) -> str:
    """Return which fields a correction changed, and to what."""
    if before is None or after is None:
        return ""
    changed = [
        f"{labels.FIELDS[name]} {_value(before, name)}→{_value(after, name)}"
        for name in (field.name for field in fields(before))
        if name in _SAID and getattr(before, name) != getattr(after, name)
    ]
    if isinstance(before, Metadata) or isinstance(after, Metadata):
        return "，".join(changed)
    if (before.start, before.end) != (after.start, after.end):
        if not isinstance(before, Speech) and not isinstance(after, Speech):
            return f"「{shortened(before.text, 24)}」→「{shortened(after.text, 24)}」"
        changed.append(
            _("范围 {before} 字→{after} 字").format(
                before=before.end - before.start, after=after.end - after.start
            )
        )
    return "，".join(changed)


#: Fields that are said: how a span has changed is said in other words.
_SAID = labels.FIELDS.keys() - {"start", "end"}


def _value(subject: Subject, name: str) -> str:
    return shortened(readable.shown(subject, name), 36) or "–"
