"""Statistics of small histories, written down by hand as decisions with their times."""

from dataclasses import replace
from pathlib import Path

import pytest

from jiaozhu.model import Action, AnyAnnotation, Decision, State
from jiaozhu.store import Counts, Store
from jiaozhu.store.statistics import Bulk, Judged, Pace, Settled
from sketch import sketch

DRAWING = "实现GDP⟦486亿元⟧，增长⟦7%⟧。⟪力争明年翻番⟫，达到⟦8%⟧。"
#: What an action makes of an annotation.
LEADS_TO = {
    "accept": State.ACCEPTED,
    "correct": State.CORRECTED,
    "reject": State.REJECTED,
    "skip": State.SUGGESTED,
    "undo": State.SUGGESTED,
    "flag": None,
}
DAY = "2026-11-09"


class History:
    """A project, and decisions on it: who, when, what, on which annotations.

    All is done after noon in UTC, which is the same day from New York to Tokyo.
    """

    def __init__(self) -> None:
        self.store = Store()
        document, extraction = sketch(DRAWING, indicator="GDP", unit="元", rule="money.level")
        assert self.store.add(document, extraction)
        self.document = document.id
        self.standing: dict[str, AnyAnnotation] = {
            item.id: item for item in (*extraction.metrics, *extraction.commitments)
        }

    def add(self, line: str) -> None:
        """Record a line like ``王敏 9 30 accept m1 m2``: reviewer, day of November, seconds, act, on what."""
        reviewer, day, seconds, act, *ids = line.split()
        minutes, rest = divmod(float(seconds), 60)
        decisions = []
        for number, id_ in enumerate(ids):
            before = self.standing[id_]
            state = LEADS_TO[act] or before.state
            after = replace(before, state=state, flagged=act == "flag")
            self.standing[id_] = after
            decisions.append(
                Decision(
                    uid=f"{line} {number}".replace(" ", "-"),
                    document=self.document,
                    subject=id_,
                    type=before.type,
                    action=Action(act),
                    before=before,
                    after=after,
                    reviewer=reviewer,
                    at=f"2026-11-{int(day):02}T12:{int(minutes):02}:{rest:09.6f}+00:00",
                    program="1",
                    batch=line if len(ids) > 1 else None,
                )
            )
        self.store.record(decisions)


def history(*lines: str) -> Store:
    made = History()
    for line in lines:
        made.add(line)
    return made.store


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        (
            ["王敏 9 0 accept m1", "王敏 9 5 reject m2", "陈立 10 0 accept c1"],
            [(9, "王敏", "accepted", 1), (9, "王敏", "rejected", 1), (10, "陈立", "accepted", 1)],
        ),
        # Who decides last has decided it.
        (["王敏 9 0 reject m1", "陈立 10 0 accept m1"], [(10, "陈立", "accepted", 1)]),
        # What was undone or put off is not decided.
        (["王敏 9 0 accept m1", "王敏 9 2 undo m1", "王敏 9 4 skip m2"], []),
        # A flag is no decision: it stays the one's who made it.
        (["王敏 9 0 accept m1", "陈立 10 0 flag m1"], [(9, "王敏", "accepted", 1)]),
        (["王敏 9 0 accept m1 m2 c1"], [(9, "王敏", "accepted", 3)]),
    ],
)
def test_who_settled_how_many_on_which_day(
    lines: list[str], expected: list[tuple[int, str, str, int]]
) -> None:
    found = history(*lines).settled()
    assert sorted(found) == [
        Settled(f"2026-11-{day:02}", who, State(state), n) for day, who, state, n in expected
    ]


def test_suggestions_are_judged_by_what_became_of_them() -> None:
    store = history("王敏 9 0 accept m1", "王敏 9 1 correct m2", "王敏 9 2 reject c1")
    assert sorted(store.judged()) == [
        Judged("commitment", "", 90, State.REJECTED, 1),
        Judged("metric", "money.level", 90, State.ACCEPTED, 1),
        Judged("metric", "money.level", 90, State.CORRECTED, 1),
    ]


@pytest.mark.parametrize(
    ("lines", "single", "bulk"),
    [
        (["王敏 9 0 accept m1"], [], []),  # nobody knows when one began to look
        (["王敏 9 0 accept m1", "王敏 9 3.2 reject m2"], [(32, 1)], []),
        # Another reviewer's time is another.
        (["王敏 9 0 accept m1", "陈立 9 2 accept m2", "王敏 9 7 accept c1"], [(70, 1)], []),
        # A skip takes time too, which is not the next decision's.
        (["王敏 9 0 accept m1", "王敏 9 60 skip m2", "王敏 9 64 accept c1"], [(40, 1)], []),
        # A pause.
        (["王敏 9 0 accept m1", "王敏 9 121 accept m2"], [], []),
        (["王敏 9 0 accept m1", "王敏 9 120 accept m2"], [(1200, 1)], []),
        # A bulk act is counted by itself; what follows it is measured from it.
        (["王敏 9 0 accept m1", "王敏 9 5 accept m2 c1", "王敏 9 9 accept m3"], [(40, 1)], [(1, 2)]),
    ],
)
def test_how_long_decisions_took(
    lines: list[str], single: list[tuple[int, int]], bulk: list[tuple[int, int]]
) -> None:
    found = history(*lines).paces(120)
    assert found == ([Pace(DAY, *pace) for pace in single], [Bulk(DAY, *act) for act in bulk])


def test_states_are_counted_by_type() -> None:
    store = history("王敏 9 0 accept m1", "王敏 9 1 reject c1")
    assert store.by_state() == {
        "metric": Counts(suggested=2, accepted=1),
        "commitment": Counts(rejected=1),
    }


def test_facts_stand_as_decided_and_rejected_ones_are_left_out() -> None:
    store = history("王敏 9 0 accept m1", "王敏 9 1 reject m2")
    assert [(fact.metric.id, fact.metric.state) for fact in store.facts("GDP")] == [
        ("m1", State.ACCEPTED),
        ("m3", State.SUGGESTED),
    ]
    assert store.facts("人口") == []
    (row,) = store.indicators()
    assert row == ("GDP", "GDP", 1, 1)


def test_earlier_versions_of_a_document_do_not_count() -> None:
    store = history("王敏 9 0 accept m1")
    (old,) = store.documents()
    document, extraction = sketch("增长⟦9%⟧。", indicator="GDP")
    store.add(replace(document, replaces=old.id), extraction)
    assert store.by_state() == {"metric": Counts(suggested=1), "commitment": Counts()}
    assert (store.settled(), store.judged()) == ([], [])
    assert [fact.document for fact in store.facts("GDP")] == [document.id]


def test_a_project_can_be_read_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
    with Store(path, read_only=True) as store:
        assert store.by_state()["metric"].suggested == 3
        assert (store.settled(), store.judged(), store.paces(120)) == ([], [], ([], []))
