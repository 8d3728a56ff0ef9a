"""Where a subject stands when several decided on it, each perhaps without seeing the others' decisions.

The decisions on a subject are a set, and each names those that its reviewer had seen (`parents`). What
follows from a set does not ask in which order its members came: two projects that hold the same decisions
stand alike. docs/merging.md tells the rule for readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter
from typing import cast

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Metadata,
    Metric,
    Speech,
    State,
    Subject,
)
from jiaozhu.store.database import ContentError


@dataclass(frozen=True, slots=True)
class Joined:
    """Where a subject stands after all decisions on it."""

    after: Subject | None  # None: it is not there
    counting: Decision  # the one that is shown as giving the state
    heads: tuple[Decision, ...]  # what the reviewers said last, each one's last word, the earliest first
    leaves: tuple[Decision, ...]  # those that no other has seen, by uid
    is_contested: bool

    @property
    def is_plain(self) -> bool:
        """Whether the decision recorded last tells all."""
        return len(self.leaves) == 1 and not self.is_contested and self.leaves[0].after == self.after


def join(suggested: Subject | None, decisions: Iterable[Decision]) -> Joined:
    """Return where a subject stands after a set of decisions on it, at least one, in whatever order.

    `suggested` is the subject as it was found, None if a reviewer added it. Raises ContentError if
    decisions claim to have seen each other.
    """
    return _Histories(decisions).join(suggested)


class _Histories:
    """The decisions on one subject with what each has seen, numbered so that what was seen comes first."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        by_uid = {decision.uid: decision for decision in decisions}
        parents = {
            uid: [parent for parent in decision.parents if parent in by_uid]
            for uid, decision in sorted(by_uid.items())
        }
        try:
            order = list(TopologicalSorter(parents).static_order())
        except CycleError as error:
            raise ContentError(_("决定之间的先后自相矛盾；这个文件可能被改动过。")) from error
        number = {uid: place for place, uid in enumerate(order)}
        self.all = [by_uid[uid] for uid in order]
        self.parents = [[number[parent] for parent in parents[uid]] for uid in order]
        #: Of each decision those before it, as bits.
        self.seen: list[int] = []
        for mine in self.parents:
            bits = 0
            for parent in mine:
                bits |= self.seen[parent] | 1 << parent
            self.seen.append(bits)

    def join(self, suggested: Subject | None) -> Joined:
        leaves = self._latest(range(len(self.all)))
        heads = self._words(leaves)
        said = [self.all[head].after for head in heads]
        is_contested = len({_verdict(after) for after in said}) > 1 and any(map(self._decides, heads))
        counting = self.all[heads[0]] if heads else max((self.all[leaf] for leaf in leaves), key=_time)
        # What is contested is shown as the first of them has it that has it at all.
        after = next((item for item in said if item is not None), None) if heads else suggested
        if isinstance(after, Metric | Commitment):
            after = replace(self._remarked(after, suggested), speech=self._speech(after, leaves))
            if is_contested:
                after = replace(after, state=State.SUGGESTED)
        return Joined(
            after=after,
            counting=counting,
            heads=tuple(self.all[head] for head in heads),
            leaves=tuple(sorted((self.all[leaf] for leaf in leaves), key=attrgetter("uid"))),
            is_contested=is_contested,
        )

    def _latest(self, numbers: Iterable[int]) -> list[int]:
        """Return those decisions that none of the others has seen."""
        numbers = set(numbers)
        seen = 0
        for one in numbers:
            seen |= self.seen[one]
        return sorted(one for one in numbers if not seen >> one & 1)

    def _words(self, leaves: Sequence[int]) -> list[int]:
        """Return the decisions that say what holds of the subject: one a reviewer, the earliest first."""
        saying: list[set[int]] = []
        for place, decision in enumerate(self.all):
            before = set[int]().union(*(saying[parent] for parent in self.parents[place]))
            if _verdict(decision.before) == _verdict(decision.after):
                saying.append(before)
                continue
            undone = self._undone(decision, self._latest(before))
            if undone is None:
                saying.append({place})
            else:
                saying.append(set[int]().union(*(saying[parent] for parent in self.parents[undone])))
        heads = self._latest(set[int]().union(*(saying[leaf] for leaf in leaves)))
        if any(map(self._decides, heads)):
            heads = [head for head in heads if self._decides(head)]
        last: dict[str, int] = {}
        for head in sorted(heads, key=self._when):
            last[who(self.all[head])] = head
        return sorted(last.values(), key=self._when)

    def _undone(self, decision: Decision, before: Sequence[int]) -> int | None:
        """Return the decision that one takes back: then it is as if neither had been made."""
        if decision.action is not Action.UNDO or len(before) != 1:
            return None
        (candidate,) = before
        is_back = _verdict(self.all[candidate].before) == _verdict(decision.after)
        return candidate if is_back else None

    def _decides(self, number: int) -> bool:
        return getattr(self.all[number].after, "state", None) is not State.SUGGESTED

    def _when(self, number: int) -> tuple[str, str]:
        return _time(self.all[number])

    def _remarked(self, after: AnyAnnotation, suggested: Subject | None) -> AnyAnnotation:
        """Return an annotation with what all have remarked on it: a flag of one, and every note."""
        flags = self._values(lambda item: item.flagged)
        notes = self._values(lambda item: item.note)
        base = cast("AnyAnnotation | None", suggested)
        flagged = any(flags) if flags else base is not None and base.flagged
        note = "；".join(dict.fromkeys(text for text in notes if text)) or None
        return replace(after, flagged=flagged, note=note)

    def _speech(self, after: AnyAnnotation, leaves: Sequence[int]) -> str:
        """Return the speech that an annotation was last said to stand in."""

        def of(subject: Subject | None) -> str | None:
            return subject.speech if isinstance(subject, Metric | Commitment) else None

        moved = leaves
        if len(leaves) > 1:
            moves = [
                place
                for place, one in enumerate(self.all)
                if of(one.before) is not None and of(one.before) != of(one.after)
            ]
            moved = sorted(self._latest(moves), key=self._when)
        return (of(self.all[moved[-1]].after) if moved else None) or after.speech

    def _values(self, value: Callable[[AnyAnnotation], object]) -> list[str]:
        """Return what was said last of a remark, by all who had not seen each other's, in order."""

        def of(subject: Subject | None) -> object:
            return value(subject) if isinstance(subject, Metric | Commitment) else None

        saying = [
            place
            for place, decision in enumerate(self.all)
            if (of(decision.before) or None) != (of(decision.after) or None)
        ]
        return [of(self.all[one].after) for one in sorted(self._latest(saying), key=self._when)]  # type: ignore[misc]


def who(decision: Decision) -> str:
    """Return by what a reviewer is known: the id, for old decisions the name."""
    return decision.reviewer_id or decision.reviewer


def _time(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.uid


#: What is no reviewer's word: it follows from something else, or says where a suggestion came from.
_FOLLOWING = {
    *("id", "speech", "source_start", "source_end", "text", "metrics", "confidence", "rule", "cue"),
    *("indicator_start", "indicator_end", "indicator_id", "region_code"),
    *("state", "flagged", "note", "reviewer", "reviewed_at"),
}
_SAID = {
    model: tuple(field.name for field in fields(model) if field.name not in _FOLLOWING)
    for model in (Metric, Commitment, Speech, Metadata)
}


def _verdict(subject: Subject | None) -> tuple[object, ...] | None:
    """Return what a reviewer says who leaves a subject like this; the same is no difference."""
    if subject is None:
        return None
    state = getattr(subject, "state", None)
    if state is State.REJECTED:
        return (State.REJECTED,)
    return (state is State.SUGGESTED, *(getattr(subject, name) for name in _SAID[type(subject)]))


def differing(left: Subject | None, right: Subject | None) -> tuple[str, ...]:
    """Return the fields in which two reviewers leave a subject differently; all if one has it not."""
    one = left if left is not None else right
    if one is None:
        return ()
    return tuple(
        name for name in _SAID[type(one)] if getattr(left, name, _NONE) != getattr(right, name, _NONE)
    )


_NONE = object()
