"""What governs a place: the cases of specs/timeline.toml, any text, and the annotated documents if there."""

import json
import re
import tomllib
from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaozhu.extraction.text import Clause, normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times
from jiaozhu.extraction.times.timeline import Timeline, find_handed_over, guess_day

TESTS = Path(__file__).parent
SPECS = tomllib.loads((TESTS / "specs" / "timeline.toml").read_text("utf-8"))
GOLD = TESTS.parent / ".." / "shared" / "gold"


def as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def unmarked(marked: str) -> tuple[str, list[int], list[int]]:
    """Return a text without its marks, where its metrics and where its commitments begin."""
    starts: dict[str, list[int]] = {"⟦": [], "⟪": []}
    text = ""
    for piece in re.split("([⟦⟧⟪⟫])", marked):
        if piece in starts:
            starts[piece].append(len(text))
        elif piece not in ("⟧", "⟫"):
            text += piece
    return text, starts["⟦"], starts["⟪"]


def clause_at(clauses: list[Clause], position: int) -> int:
    return bisect_right([clause.start for clause in clauses], position) - 1


@pytest.mark.parametrize("case", SPECS["case"], ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    text, metrics, commitments = unmarked(case["text"])
    text, day = normalise(text), as_day(case["day"])
    clauses = split_clauses(text, 0, len(text))
    timeline = Timeline(text, clauses, find_times(text, day), day)
    governing = [timeline.governing(clause_at(clauses, at), at) for at in metrics]
    assert [(time and time.period) or "" for time in governing] == case.get("periods", [])
    deadlines = [timeline.deadline(clause_at(clauses, at), at) for at in commitments]
    assert [deadline or "" for deadline in deadlines] == case.get("deadlines", [])


@pytest.mark.parametrize("case", SPECS["handed_over"], ids=lambda case: case["text"][:12])
def test_handed_over(case: dict[str, str]) -> None:
    text = normalise(case["text"])
    found = find_handed_over(text, 0, text.index(case["speech"]), date(2025, 10, 16))
    assert (found.period if found else "") == case["period"]


def test_what_is_handed_over_governs_the_beginning() -> None:
    text = "回看前三季度,全省保持定力。\n出口增长5%。1至8月,投资增长3%。"
    day, start = date(2025, 10, 16), text.index("出口")
    clauses = split_clauses(text, start, len(text))
    handed_over = find_handed_over(text, 0, start, day)
    timeline = Timeline(text, clauses, find_times(text, day, start), day, handed_over=handed_over)
    periods = [time and time.period for time in map(timeline.governing, range(len(clauses)))]
    assert periods == ["2025-01-01/2025-09-30", "2025-01-01/2025-08-31", "2025-01-01/2025-08-31"]


@pytest.mark.parametrize("case", SPECS["guess"], ids=lambda case: case["text"][:12])
def test_guess_day(case: dict[str, str]) -> None:
    assert guess_day(case["text"], 0, case.get("source", "")) == as_day(case["day"])


PIECES = [
    "今年",
    "2025年",
    "前三季度",
    "一季度",
    "12月6日",
    "到2027年",
    "过去五年",
    "“十五五”",
    "用三年时间",
    "比去年",
]
PIECES += [",", "。", "\n", "“", "”", "增长5%", "将", "工作回顾", "一、", "开工", "的", "2月29日", "2月底前"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_text(text: str, day: date | None) -> None:
    text = normalise(text)
    clauses = split_clauses(text, 0, len(text))
    timeline = Timeline(text, clauses, find_times(text, day), day)
    for i, clause in enumerate(clauses):
        for position in (None, clause.start, clause.end):
            time = timeline.governing(i, position)
            if time is not None:
                assert time.period is not None
                first, last = map(date.fromisoformat, time.period.split("/"))
                assert first <= last
            deadline = timeline.deadline(i, position)
            assert deadline is None or day is None or date.fromisoformat(deadline) > day


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated documents are not here")
def test_annotated_documents() -> None:
    """At least 95 of 100 periods and deadlines of the annotated documents."""
    right = {"periods": [0, 0], "deadlines": [0, 0]}
    for name in ("dev.jsonl", "reports.jsonl"):
        for line in (GOLD / name).read_text("utf-8").splitlines():
            record = json.loads(line)
            text, floor = normalise(record["document"]["text"]), 0
            for speech in record["speeches"]:
                start, end = speech["start"], speech["end"]
                day = as_day(speech["date"] or record["document"]["date"] or "") or guess_day(text, start)
                clauses = split_clauses(text, start, end)
                timeline = Timeline(
                    text,
                    clauses,
                    find_times(text, day, start, end),
                    day,
                    handed_over=find_handed_over(text, floor, start, day),
                )
                floor = end
                for metric in record["metrics"]:
                    if metric["speech"] == speech["id"]:
                        time = timeline.governing(clause_at(clauses, metric["start"]), metric["start"])
                        right["periods"][0] += (time.period if time else None) == metric["period"]
                        right["periods"][1] += 1
                for commitment in record["commitments"]:
                    if commitment["speech"] == speech["id"]:
                        at = commitment["start"]
                        deadline = timeline.deadline(clause_at(clauses, at), at)
                        right["deadlines"][0] += deadline == commitment["deadline"]
                        right["deadlines"][1] += 1
    for hits, total in right.values():
        assert hits >= 0.95 * total
