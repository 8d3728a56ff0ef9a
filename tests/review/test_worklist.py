"""The worklist without a window: what is in it, in which order, and how a session goes along it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jiaozhu.model import State
from jiaozhu.review import Session
from jiaozhu.review.anomaly import anomalies
from jiaozhu.review.ledger import Ledger, LedgerFilter
from jiaozhu.review.worklist import Draw, Order, Plan, Worklist, make
from jiaozhu.store import LedgerDocument, LedgerRow, Store
from sketch import stored

ALL = LedgerFilter()
BLANK = LedgerRow(
    **dict.fromkeys(LedgerRow._fields, None)
    | {"key": 1, "id": "m1", "type": "metric", "state": "suggested", "start": 0, "end": 1, "text": ""}
    | {"flagged": False, "indicator": "GDP", "unit": "元", "kind": "level"}
)
DOCUMENTS = [LedgerDocument(1, "a", "报告.txt", None, None), LedgerDocument(2, "b", "讲话.txt", None, None)]


def ledger(*rows: dict[str, Any]) -> Ledger:
    """Return a table of metrics with some fields each; their ids are m1, m2 …, each starts later."""
    made = [BLANK._replace(id=f"m{at}", start=at, end=at + 1, **fields) for at, fields in enumerate(rows, 1)]
    return Ledger.read(DOCUMENTS, [sorted(made, key=lambda row: row.key)])


def drawn(worklist: Worklist) -> str:
    return " ".join("{0}.{2}".format(*worklist.identity(place)) for place in range(len(worklist)))


# Orders


ROWS = (
    {"key": 2, "confidence": 0.9, "rule": "level"},
    {"key": 1, "confidence": 0.42, "region": "河东县"},
    {"key": 1, "confidence": 0.9, "state": "accepted"},
    {"key": 2, "confidence": 0.6, "speaker": "王敏", "flagged": True},
    {"key": 1, "confidence": None, "state": "added"},
)


@pytest.mark.parametrize(
    ("order", "chosen", "expected"),
    [
        (Order.DOCUMENT, {}, "a.m2 a.m3 a.m5 b.m1 b.m4"),
        (Order.UNCERTAIN, {}, "a.m2 b.m4 a.m3 b.m1 a.m5"),  # those without a confidence at the end
        (Order.UNCERTAIN, {"state": ["suggested"]}, "a.m2 b.m4 b.m1"),
        (Order.UNCERTAIN, {"certainty": ["0.00", "0.50"]}, "a.m2 b.m4"),
        (Order.UNCERTAIN, {"certainty": ["0.90"]}, "a.m3 b.m1"),
        (Order.DOCUMENT, {"rule": ["level"]}, "b.m1"),
        (Order.DOCUMENT, {"flagged": [True]}, "b.m4"),
        (Order.DOCUMENT, {"region": ["河东县"]}, "a.m2"),
        (Order.DOCUMENT, {"speaker": ["王敏"]}, "b.m4"),
        (Order.SECOND_LOOK, {"state": ["suggested"]}, "a.m3"),  # of what is accepted, whatever is chosen
    ],
)
def test_a_plan_says_what_is_listed_and_in_which_order(
    order: Order, chosen: dict[str, list[Any]], expected: str
) -> None:
    filter_ = LedgerFilter("", {facet: frozenset(values) for facet, values in chosen.items()})
    assert drawn(make(ledger(*ROWS), Plan(filter_, order)).worklist) == expected


def test_a_new_plan_begins_with_what_is_undecided_and_least_certain() -> None:
    assert drawn(make(ledger(*ROWS), Plan()).worklist) == "a.m2 b.m4 b.m1"


def test_a_plan_is_kept_as_text() -> None:
    plan = Plan(LedgerFilter("学校", {"flagged": frozenset({True})}), Order.SECOND_LOOK, Draw(7, "0a"))
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json({"order": "none", "draw": "?"}) == Plan()
    assert Plan.from_json(None) == Plan()


# Anomalies: by hand. log10 of 10, 100, 1000, 10000 and 10^8 is 1, 2, 3, 4, 8: median 3, distances
# 2, 1, 0, 1, 5, their median 1; so 0.6745 times the distances.


FIVE = ("10", "100", "1000", "10000", "100000000")


@pytest.mark.parametrize(
    ("values", "fields", "expected"),
    [
        (FIVE, {}, [1.349, 0.6745, 0, 0.6745, 3.3725]),
        (FIVE[:4], {}, [None] * 4),  # too few to tell
        (("5", "5", "5", "5", "5"), {}, [0] * 5),
        # Distances 0, 0, 0, 0, 1, the median of which is none; their mean is 0.2: 1 / (1.253314 * 0.2).
        (("5", "5", "5", "5", "50"), {}, [0, 0, 0, 0, 3.9894]),
        # One sign in five is odd in a rate of change, whatever its size.
        (("5", "5", "5", "5", "-5"), {"kind": "growth", "unit": "%"}, [0, 0, 0, 0, 3.5]),
        # Two in five are not.
        (("5", "5", "5", "-5", "-5"), {"kind": "growth", "unit": "%"}, [0] * 5),
        # An amount is never less than nothing, were it the only one.
        (("-3",), {}, [3.5]),
        (("-3",), {"kind": "change"}, [None]),
        # Nothing has no logarithm; it has a sign of its own.
        (("0", "7", "7", "7", "7", "7"), {"kind": "growth"}, [3.5, 0, 0, 0, 0, 0]),
        # What is no number is not compared.
        (("多", *FIVE), {}, [None, 1.349, 0.6745, 0, 0.6745, 3.3725]),
    ],
)
def test_a_value_is_compared_with_the_others_of_its_indicator(
    values: tuple[str, ...], fields: dict[str, Any], expected: list[float | None]
) -> None:
    found = anomalies(ledger(*({"value": value, **fields} for value in values))).scores
    assert [None if np.isnan(one) else round(float(one), 4) for one in found] == expected


@pytest.mark.parametrize(
    "other", [{"unit": "美元"}, {"kind": "change"}, {"indicator": "财政收入"}, {"state": "rejected"}]
)
def test_what_is_something_else_is_not_compared(other: dict[str, Any]) -> None:
    rows = [{"value": value} for value in FIVE]
    rows[0] |= other
    assert np.isnan(anomalies(ledger(*rows)).scores).all()


def test_the_most_unlike_comes_first_and_what_can_not_be_compared_last() -> None:
    rows = [{"value": value} for value in FIVE] + [{"value": "5", "unit": "家", "kind": "count"}]
    made = make(ledger(*rows), Plan(ALL, Order.ANOMALY)).worklist
    assert drawn(made) == "a.m5 a.m1 a.m2 a.m4 a.m3 a.m6"
    assert made.scores is not None
    assert round(float(made.scores[0]), 4) == 3.3725


# A second look


def accepted(count: int) -> Ledger:
    return ledger(*({"state": "accepted"} for _ in range(count)))


@pytest.mark.parametrize(("there", "tenth"), [(0, 0), (1, 1), (10, 1), (11, 2), (100, 10), (255, 26)])
def test_a_tenth_is_drawn_rounded_up(there: int, tenth: int) -> None:
    assert len(make(accepted(there), Plan(order=Order.SECOND_LOOK)).worklist) == tenth


def test_the_same_seed_draws_the_same_and_another_one_others() -> None:
    draws = [drawn(make(accepted(200), Plan(order=Order.SECOND_LOOK, draw=Draw(seed))).worklist)
             for seed in (1, 1, 2)]  # fmt: skip
    assert draws[0] == draws[1] != draws[2]


def test_what_was_drawn_stays_drawn_when_others_are_decided() -> None:
    first = make(accepted(100), Plan(order=Order.SECOND_LOOK))
    was = drawn(first.worklist).split()
    rejected = first.worklist.identity(3)[2]
    rows = [{"state": "rejected" if f"m{at}" == rejected else "accepted"} for at in range(1, 151)]
    now = drawn(make(ledger(*rows), first.plan).worklist).split()
    assert [one for one in now if int(one[3:]) <= 100] == [one for one in was if one != f"a.{rejected}"]
    assert first.plan.draw.limit is not None


# Going along it


DRAWINGS = ("GDP⟦486亿元⟧，增长⟦7%⟧，⟪新建学校⟫。", "增长⟦8%⟧，⟪力争完成⟫。")


@pytest.fixture
def session() -> Session:
    return Session(stored(*DRAWINGS), reviewer="王敏")


def table(store: Store) -> Ledger:
    return Ledger.read(store.ledger_documents(), store.ledger_rows())


def follow(session: Session, plan: Plan, seen: set[str] | None = None) -> Worklist:
    """Follow a list from its first place."""
    worklist = make(table(session.store), plan, seen).worklist
    session.follow(worklist)
    session.go_to_place(0)
    return worklist


def backwards(session: Session) -> Worklist:
    """Follow all annotations, the last first."""
    whole = table(session.store)
    worklist = Worklist(whole, np.arange(len(whole))[::-1])
    session.follow(worklist)
    session.go_to_place(0)
    return worklist


def play(session: Session, acts: str) -> str:
    """Do some acts; return the words one was at after each."""
    at = []
    for act in acts.split():
        getattr(session, act)()
        at.append(session.current.text if session.current else "-")
    return " ".join(at)


def test_deciding_goes_along_the_list_across_documents(session: Session) -> None:
    worklist = backwards(session)
    assert play(session, "accept reject accept") == "8% 新建学校 7%"
    assert (worklist.place, worklist.left) == (3, 2)
    assert play(session, "next next previous previous previous") == "486亿元 486亿元 7% 新建学校 8%"
    assert session.document is not None
    assert session.document.source == "2.txt"


def test_what_is_put_off_comes_at_the_end(session: Session) -> None:
    worklist = backwards(session)
    assert play(session, "skip accept accept accept accept") == "8% 新建学校 7% 486亿元 力争完成"
    assert worklist.left == 1
    session.accept()
    assert worklist.left == 0
    assert session.next_undecided() is False


def test_undo_opens_again_what_was_done(session: Session) -> None:
    worklist = backwards(session)
    session.accept()
    session.accept()
    assert worklist.left == 3
    session.undo()
    assert (worklist.left, worklist.place) == (4, 1)
    assert worklist.state(1) is State.SUGGESTED
    session.redo()
    assert worklist.left == 3


def test_deciding_several_at_once_closes_all_of_them(session: Session) -> None:
    worklist = backwards(session)
    session.accept_rest()
    assert worklist.left == 3
    assert session.current is not None
    assert session.current.text == "新建学校"


def test_leaving_goes_through_documents_again(session: Session) -> None:
    backwards(session)
    session.follow(None)
    assert play(session, "previous previous") == "8% 8%"


def test_in_a_second_look_what_is_confirmed_counts_as_looked_at(session: Session) -> None:
    session.open(session.store.documents()[0].id)
    for _ in range(5):
        session.accept()
    plan = Plan(LedgerFilter("", {"state": frozenset({"accepted"})}), Order.DOCUMENT)
    assert plan.is_check
    decisions = session.store.ledger_mark().decision
    worklist = follow(session, plan)
    assert play(session, "accept skip reject") == "7% 新建学校 8%"
    assert worklist.left == 3  # one confirmed, one rejected
    assert session.store.ledger_mark().decision == decisions + 1
    assert play(session, "accept accept") == "力争完成 7%"
    # Made anew, it goes on: what was rejected is no longer in it, what was confirmed is done.
    again = make(table(session.store), plan, set(worklist.seen)).worklist
    assert (len(again), again.left) == (4, 1)


def test_a_list_does_not_change_under_the_reviewer(session: Session) -> None:
    worklist = follow(session, replace(Plan(), order=Order.DOCUMENT))
    session.accept()
    assert len(worklist) == 5
    assert worklist.state(0) is State.ACCEPTED
    session.focus("c1")
    assert worklist.place == 2


def test_what_is_no_more_is_passed_over(session: Session) -> None:
    session.open(session.store.documents()[0].id)
    added = session.add("commitment", 0, 3)
    worklist = follow(session, Plan(ALL, Order.DOCUMENT))
    assert session.current == added
    session.undo()
    assert worklist.state(0) is None
    session.go_to_place(2)
    assert play(session, "previous previous") == "486亿元 486亿元"
