"""Commitments: specs/commitments.toml; any text keeps the promises of spans."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.commitments.find import find_commitments
from jiaozhu.extraction.stances.stance import find_stances
from jiaozhu.extraction.text import normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times
from jiaozhu.extraction.times.timeline import Timeline
from jiaozhu.model import COMMITMENT_KINDS, STRENGTHS, Commitment, Metric

CASES = tomllib.loads((Path(__file__).parent / "specs/commitments.toml").read_text(encoding="utf-8"))["case"]
DAY = date(2026, 1, 20)
FIGURE = re.compile(r"\{([^}]*)\}|<([^>]*)>")


def prepared(marked: str) -> tuple[str, list[Metric]]:
    """Take the marks of figures out of a text: {} is to be reached, <> is a size."""
    pieces: list[str] = []
    metrics: list[Metric] = []
    at = length = 0
    for match in FIGURE.finditer(marked):
        pieces.append(marked[at : match.start()])
        length += match.start() - at
        words = match[1] or match[2]
        status = "target" if match[1] else "planned"
        metrics.append(
            Metric(
                id=f"m{len(metrics) + 1}",
                speech="",
                start=length,
                end=length + len(words),
                text=words,
                status=status,
            )
        )
        pieces.append(words)
        length += len(words)
        at = match.end()
    pieces.append(marked[at:])
    return normalise("".join(pieces)), metrics


def found(text: str, metrics: list[Metric], day: date | None = DAY) -> list[Commitment]:
    clauses = split_clauses(text, 0, len(text))
    times = find_times(text, day, 0, len(text))
    timeline = Timeline(text, clauses, times, day)
    return find_commitments(text, clauses, find_stances(text, clauses, day), timeline, metrics)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_commitments(case: dict) -> None:
    text, metrics = prepared(case.get("heading", "2026年工作安排") + "\n" + case["text"])
    commitments = found(text, metrics)
    assert [f"{c.text} | {c.strength} | {c.kind}" for c in commitments] == case["commitments"]
    if "deadlines" in case:
        assert [c.deadline or "" for c in commitments] == case["deadlines"]
    if "figures" in case:
        words = {metric.id: metric.text for metric in metrics}
        assert ["、".join(words[m] for m in c.metrics) for c in commitments] == case["figures"]


def test_names_are_unique() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)


def test_cue_rule_and_metrics() -> None:
    text, metrics = prepared("2026年工作安排\n力争引进亿元项目{30个},完善招商机制。")
    first, second = found(text, metrics)
    assert (first.cue, first.rule, first.metrics) == ("力争", "target", ("m1",))
    assert (second.cue, second.rule, second.metrics) == ("完善", "run", ())
    assert [first.id, second.id] == ["c1", "c2"]


def test_deadline_comes_from_the_timeline() -> None:
    class Timeline:
        def deadline(self, clause: int, position: int, end: int = 0) -> str | None:
            return f"2026-12-{clause:02}"

    text, metrics = prepared("2026年工作安排\n新建粮库,开通公交专线。")
    clauses = split_clauses(text, 0, len(text))
    stances = find_stances(text, clauses, DAY)
    dated = find_commitments(text, clauses, stances, Timeline(), metrics)
    assert [c.deadline for c in dated] == ["2026-12-01", "2026-12-02"]


#: Pieces of the cases' texts, to be put together anew.
PIECES = sorted({piece for case in CASES for piece in re.findall(r"\w{1,3}|\W", case["text"])})


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60), st.booleans())
def test_any_text(text: str, plan: bool) -> None:
    text = normalise("2026年工作安排\n" + text if plan else text)
    metrics = [
        Metric(id=f"m{n}", speech="", start=m.start(), end=m.end(), text=m.group(), status="target")
        for n, m in enumerate(re.finditer(r"\d+[%个]", text))
    ]
    clauses = split_clauses(text, 0, len(text))
    end = 0
    for c in found(text, metrics):
        assert c.start >= end
        assert c.end > c.start
        assert c.text == text[c.start : c.end] == c.text.strip()
        assert any(clause.start <= c.start < clause.end for clause in clauses)
        assert any(clause.start < c.end <= clause.end for clause in clauses)
        assert c.strength in STRENGTHS
        assert c.kind in COMMITMENT_KINDS
        assert 0 < (c.confidence or 0) <= 1
        end = c.end


@pytest.mark.parametrize(
    "unit", ["了", "要", "我们将把以在对", "“将", "新建学校、", "力争增长5%、", "2026年", "一是", "(", "全面"]
)
def test_hostile_text(unit: str) -> None:
    text = "2026年工作安排\n" + unit * (20_000 // len(unit))
    metrics = [
        Metric(id=f"m{n}", speech="", start=m.start(), end=m.end(), text="5%", status="target")
        for n, m in enumerate(re.finditer("5%", text))
    ]
    for c in found(text, metrics):
        assert c.text == text[c.start : c.end]
