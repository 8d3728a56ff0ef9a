"""Numbers from counts; what is expected was reckoned by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import integers, tuples

from jiaozhu.model import State
from jiaozhu.review import statistics
from jiaozhu.review.statistics import Precision
from jiaozhu.store import Counts
from jiaozhu.store.statistics import Bulk, Judged, Pace, Settled

A, C, R, N = State.ACCEPTED, State.CORRECTED, State.REJECTED, State.ADDED


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Wilson's formula with z = 1.96
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.278),
        (8, 10, 0.490, 0.943),
        (10, 10, 0.722, 1.0),
        (80, 100, 0.711, 0.867),
        (800, 1000, 0.774, 0.824),
    ],
)
def test_few_cases_say_little(hits: int, of: int, low: float, high: float) -> None:
    assert statistics.interval(hits, of) == pytest.approx((low, high), abs=0.0006)


@given(tuples(integers(0, 10**6), integers(1, 10**6)).map(sorted))
def test_an_interval_holds_its_share(counts: list[int]) -> None:
    hits, of = counts[0], max(counts[1], 1)
    low, high = statistics.interval(hits, of)
    assert 0 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1


JUDGED = [
    Judged("metric", "money.level", 96, A, 6),
    Judged("metric", "money.level", 90, C, 1),
    Judged("metric", "money.level", 40, R, 1),
    Judged("commitment", "run", 94, A, 2),
    Judged("commitment", "run", None, A, 1),
]


def test_precision_of_all() -> None:
    found = statistics.precision(JUDGED)
    assert (found.right, found.partly, found.wrong, found.total) == (9, 1, 1, 11)
    assert found.share == pytest.approx(9 / 11)
    assert statistics.precision([]) == Precision()


def test_precision_by_rule_most_decided_first() -> None:
    found = statistics.by_rule(JUDGED)
    assert list(found) == [("metric", "money.level"), ("commitment", "run")]
    money = found["metric", "money.level"]
    assert (money.right, money.partly, money.wrong) == (6, 1, 1)
    assert money.told == pytest.approx((6 * 0.96 + 0.90 + 0.40) / 8)


def test_what_was_told_and_what_was_right() -> None:
    found = statistics.by_confidence(JUDGED)
    assert {start: (of.right, of.total) for start, of in found.items()} == {0: (0, 1), 90: (2, 3), 95: (6, 6)}
    assert found[90].told == pytest.approx((0.90 + 2 * 0.94) / 3)


@pytest.mark.parametrize(("start", "end"), [(0, 49), (50, 59), (90, 94), (95, 100)])
def test_bins_end_where_the_next_begins(start: int, end: int) -> None:
    assert statistics.bin_end(start) == end


SETTLED = [
    Settled("2026-11-09", "王敏", A, 3),
    Settled("2026-11-09", "陈立", R, 1),
    Settled("2026-11-12", "陈立", C, 4),
    Settled("2026-11-12", "陈立", N, 1),
]


def test_days_without_a_decision_are_there_too() -> None:
    assert statistics.by_day(SETTLED) == {
        date(2026, 11, 9): Counts(accepted=3, rejected=1),
        date(2026, 11, 10): Counts(),
        date(2026, 11, 11): Counts(),
        date(2026, 11, 12): Counts(corrected=4, added=1),
    }
    assert statistics.by_day([]) == {}


def test_weeks_begin_on_monday() -> None:
    days = {date(2026, 11, 8): Counts(accepted=1)} | statistics.by_day(SETTLED)
    assert statistics.by_week(days) == {
        date(2026, 11, 2): Counts(accepted=1),
        date(2026, 11, 9): Counts(accepted=3, rejected=1, corrected=4, added=1),
    }


def test_reviewers_who_decided_most_first() -> None:
    assert statistics.by_reviewer(SETTLED) == {
        "陈立": Counts(rejected=1, corrected=4, added=1),
        "王敏": Counts(accepted=3),
    }
    assert list(statistics.by_reviewer(SETTLED)) == ["陈立", "王敏"]


@pytest.mark.parametrize(
    ("times", "quick", "median", "slow"),
    [  # tenths of a second with how many took so long
        ({}, None, None, None),
        ({30: 1}, 3.0, 3.0, 3.0),
        ({20: 1, 40: 1}, 2.0, 3.0, 4.0),
        ({10: 1, 20: 1, 90: 1}, 1.0, 2.0, 9.0),
        ({10: 2, 20: 2}, 1.0, 1.5, 2.0),
        ({10: 3, 1200: 1}, 1.0, 1.0, 60.5),
    ],
)
def test_medians_and_quarters(
    times: dict[int, int], quick: float | None, median: float | None, slow: float | None
) -> None:
    found = statistics.speed([Pace("2026-11-09", tenths, number) for tenths, number in times.items()])
    assert (found.quick, found.median, found.slow) == (quick, median, slow)
    assert found.count == sum(times.values())


def test_bulk_acts_stand_beside_the_speed_of_their_day() -> None:
    found = statistics.speed_by_day(
        [Pace("2026-11-09", 30, 2), Pace("2026-11-10", 10, 1)],
        [Bulk("2026-11-10", 1, 12), Bulk("2026-11-11", 2, 5)],
    )
    assert {day.day: (of.median, of.bulk_acts, of.bulk_decisions) for day, of in found.items()} == {
        9: (3.0, 0, 0),
        10: (1.0, 1, 12),
        11: (None, 2, 5),
    }
