"""Where a subject stands after decisions that up to four reviewers made, each at a copy of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.model import Action, Decision, Metric, State
from jiaozhu.store import StoreError
from jiaozhu.store.joining import Joined, join

SUGGESTED = Metric(id="m1", speech="s1", start=0, end=4, text="7.3%", value="7.3", unit="%")
REVIEWERS = "甲乙丙丁"
#: What can be done to the metric; the digits are values that it is corrected to.
DEEDS = ("accept", "reject", "1", "2", "flag", "note", "skip", "undo")


@dataclass
class Copies:
    """Copies of one project, by reviewer: what each holds of the decisions on one metric, by uid."""

    of: dict[str, dict[str, Decision]] = field(default_factory=lambda: {name: {} for name in REVIEWERS})
    done: dict[str, list[Decision]] = field(default_factory=lambda: {name: [] for name in REVIEWERS})
    count: int = 0

    def standing(self, who: str) -> Joined | None:
        return join(SUGGESTED, self.of[who].values()) if self.of[who] else None

    def decide(self, who: str, deed: str) -> None:
        standing = self.standing(who)
        before = SUGGESTED if standing is None else standing.after
        assert isinstance(before, Metric)
        action, after = {
            "accept": (Action.ACCEPT, replace(before, state=State.ACCEPTED)),
            "reject": (Action.REJECT, replace(before, state=State.REJECTED)),
            "1": (Action.CORRECT, replace(before, state=State.CORRECTED, value="1")),
            "2": (Action.CORRECT, replace(before, state=State.CORRECTED, value="2")),
            "flag": (Action.FLAG, replace(before, flagged=not before.flagged)),
            "note": (Action.NOTE, replace(before, note=f"{who}{self.count}")),
            "skip": (Action.SKIP, before),
            "undo": (Action.UNDO, before),
        }[deed]
        if deed == "undo":
            done = self.done[who]
            if not done or done[-1].after != before:
                return  # as in a session: what has changed since can't be taken back
            taken = done.pop()
            assert isinstance(taken.before, Metric)
            after = taken.before
        elif after == before and deed != "skip":
            return
        self.count += 1
        decision = Decision(
            uid=f"{who}{self.count}",
            document="d",
            subject="m1",
            type="metric",
            action=action,
            before=before,
            after=after,
            reviewer=who,
            reviewer_id=f"id-{who}",
            at=f"2025-01-01T00:00:{self.count:02}.000000+00:00",
            program="0",
            parents=tuple(leaf.uid for leaf in standing.leaves) if standing is not None else (),
        )
        self.of[who][decision.uid] = decision
        if deed != "undo":
            self.done[who].append(decision)

    def take(self, who: str, other: str) -> None:
        self.of[who] |= self.of[other]


def play(script: str) -> Copies:
    """Play what reviewers do: `甲 accept` decides, `甲<乙` takes what the other has."""
    copies = Copies()
    for step in script.split(", ") if script else []:
        if "<" in step:
            copies.take(step[0], step[2])
        else:
            copies.decide(*step.split(" "))
    return copies


def shown(joined: Joined | None) -> str:
    if joined is None:
        return "suggested 7.3"
    assert isinstance(joined.after, Metric)
    more = f" !{len(joined.heads)}" if joined.is_contested else ""
    flag = " flagged" if joined.after.flagged else ""
    note = f" ({joined.after.note})" if joined.after.note else ""
    return f"{joined.after.state} {joined.after.value}{flag}{note}{more}"


@pytest.mark.parametrize(
    ("script", "after"),
    [
        # one reviewer
        ("甲 accept", "accepted 7.3"),
        ("甲 accept, 甲 undo", "suggested 7.3"),
        ("甲 1, 甲 2", "corrected 2"),
        ("甲 1, 甲 2, 甲 undo", "corrected 1"),
        # two who agree
        ("甲 accept, 乙 accept", "accepted 7.3"),
        ("甲 1, 乙 1", "corrected 1"),
        ("甲 reject, 乙 1, 乙 reject", "rejected 7.3"),  # both say that it is wrong
        # two who differ
        ("甲 accept, 乙 reject", "suggested 7.3 !2"),
        ("甲 1, 乙 2", "suggested 1 !2"),
        ("甲 1, 乙 2, 丙 reject", "suggested 1 !3"),
        ("甲 1, 乙 2, 丙 1", "suggested 1 !3"),
        # one has seen what the other decided
        ("甲 1, 乙<甲, 乙 2", "corrected 2"),
        ("甲 1, 乙<甲, 乙 2, 甲 reject", "suggested 2 !2"),  # 甲 has not seen that
        # one decided, the other only remarked
        ("甲 accept, 乙 flag", "accepted 7.3 flagged"),
        ("甲 accept, 乙 note", "accepted 7.3 (乙1)"),
        ("甲 note, 乙 note", "suggested 7.3 (甲0；乙1)"),
        ("甲 accept, 乙 skip", "accepted 7.3"),
        ("甲 accept, 乙 reject, 乙 undo", "accepted 7.3"),
        ("甲 accept, 甲 undo, 乙 reject", "rejected 7.3"),
        # settled by one who sees both
        ("甲 1, 乙 2, 丙<甲, 丙<乙, 丙 2", "corrected 2"),
        ("甲 1, 乙 2, 甲<乙, 甲 reject", "rejected 1"),
        ("甲 1, 乙 2, 甲<乙, 甲 2, 甲 undo", "suggested 1 !2"),
        ("甲 1, 乙 2, 甲<乙, 甲 flag", "suggested 1 flagged !2"),  # remarking settles nothing
        # settled twice, differently
        ("甲 1, 乙 2, 丙<甲, 丙<乙, 丁<甲, 丁<乙, 丙 1, 丁 2", "suggested 1 !2"),
    ],
)
def test_where_it_stands(script: str, after: str) -> None:
    copies = play(script)
    everything = [decision for held in copies.of.values() for decision in held.values()]
    assert shown(join(SUGGESTED, everything) if everything else None) == after


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(REVIEWERS), st.sampled_from(DEEDS)).map(" ".join),
        st.permutations(REVIEWERS).map(lambda names: f"{names[0]}<{names[1]}"),
    ),
    min_size=1,
    max_size=14,
).map(", ".join)


@given(STEPS)
def test_the_order_of_merging_makes_no_difference(script: str) -> None:
    copies = play(script)
    found = set()
    for order in permutations(REVIEWERS):
        merged: dict[str, Decision] = {}
        for who in order:
            merged |= copies.of[who]
            merged |= copies.of[order[0]]  # and once more
        decisions = list(merged.values())
        if decisions:
            joined = join(SUGGESTED, decisions)
            assert join(SUGGESTED, decisions[::-1]) == joined
            found.add((shown(joined), tuple(head.uid for head in joined.heads)))
    assert len(found) <= 1


#: What each does alone at a copy: the last of it is what the reviewer says.
ALONE = st.lists(
    st.tuples(st.sampled_from(REVIEWERS), st.sampled_from(DEEDS)).map(" ".join), min_size=1, max_size=14
).map(", ".join)


@given(ALONE)
def test_contested_is_what_two_decided_differently(script: str) -> None:
    copies = play(script)
    words = set()
    for who in REVIEWERS:
        standing = copies.standing(who)
        if standing is not None:
            assert not standing.is_contested
            after = standing.after
            assert isinstance(after, Metric)
            if after.state is not State.SUGGESTED:
                words.add("rejected" if after.state is State.REJECTED else after.value)
    everything = [decision for held in copies.of.values() for decision in held.values()]
    if everything:
        assert join(SUGGESTED, everything).is_contested == (len(words) > 1)


@given(STEPS, st.sampled_from(("accept", "reject", "1", "2")))
def test_who_has_seen_all_settles_it(script: str, deed: str) -> None:
    copies = play(script)
    for other in "乙丙丁":
        copies.take("甲", other)
    copies.decide("甲", deed)
    standing = copies.standing("甲")
    assert standing is not None
    assert not standing.is_contested


def test_decisions_that_claim_to_have_seen_each_other_are_refused() -> None:
    (first,) = play("甲 accept").of["甲"].values()
    with pytest.raises(StoreError):
        join(SUGGESTED, [replace(first, uid="a", parents=("b",)), replace(first, uid="b", parents=("a",))])
