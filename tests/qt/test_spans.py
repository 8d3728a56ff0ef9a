"""Annotations found by place, and lanes for those that overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.model import Commitment, Metric
from jiaozhu.qt.spans import Spans, lanes


def metric(number, start, end):
    return Metric(id=f"m{number}", speech="s1", start=start, end=end, text="")


some_spans = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=400,
)


@given(some_spans, st.integers(0, 420), st.integers(1, 60))
def test_those_that_share_a_character_are_found_in_order(spans, start, length):
    annotations = [metric(number, *span) for number, span in enumerate(spans)]
    found = Spans(annotations).overlapping(start, start + length)
    expected = [one for one in annotations if one.start < start + length and one.end > start]
    assert {one.id for one in found} == {one.id for one in expected}
    assert [one.start for one in found] == sorted(one.start for one in expected)


@given(
    some_spans, st.lists(st.tuples(st.integers(0, 399), st.integers(0, 400), st.integers(1, 200)), max_size=9)
)
def test_moved_and_removed_annotations_are_found_where_they_are_now(spans, changes):
    held = {f"m{number}": metric(number, *span) for number, span in enumerate(spans)}
    index = Spans(held.values())
    for number, start, length in changes:
        if length % 3 == 0:
            held.pop(f"m{number}", None)
            index.remove(f"m{number}")
        else:
            held[f"m{number}"] = metric(number, start, start + length)
            index.put(held[f"m{number}"])
    again = Spans(held.values())
    assert [(one.start, -one.end) for one in index] == [(one.start, -one.end) for one in again]
    for start in range(0, 600, 37):
        found, expected = (spans.overlapping(start, start + 5) for spans in (index, again))
        assert {one.id: one for one in found} == {one.id: one for one in expected}


def test_the_innermost_comes_first_where_one_points():
    inner = metric(1, 5, 8)
    outer = Commitment(id="c1", speech="s1", start=0, end=20, text="")
    spans = Spans([outer, inner])
    assert spans.at(6) == [inner, outer]
    assert spans.at(8) == [outer]
    assert spans.at(20) == []


LANES = {
    "side by side": ([(0, 5), (5, 9)], [0, 0]),
    "overlapping": ([(0, 5), (4, 9), (5, 7)], [0, 1, 0]),
    "nested": ([(0, 9), (1, 8), (2, 3), (8, 9)], [0, 1, 2, 1]),
}


@pytest.mark.parametrize(("intervals", "expected"), LANES.values(), ids=LANES)
def test_overlapping_ones_get_lanes_of_their_own(intervals, expected):
    assert lanes(intervals) == expected
