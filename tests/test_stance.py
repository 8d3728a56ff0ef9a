"""Stances: specs/stance.toml; any text has one stance a clause."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.stances.stance import Stance, find_stances
from jiaozhu.extraction.text import normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times

CASES = tomllib.loads((Path(__file__).parent / "specs/stance.toml").read_text(encoding="utf-8"))["case"]
PIECES = sorted({piece for case in CASES for piece in re.findall(r"\w{1,3}|\W", case["text"])})
LETTERS = {Stance.PAST: "P", Stance.FUTURE: "F", Stance.REPORTED: "R"}


def drawn(text: str, day: date | None) -> str:
    clauses = split_clauses(text, 0, len(text))
    out = ""
    for n, (clause, stance) in enumerate(zip(clauses, find_stances(text, clauses, day), strict=True)):
        if n and clauses[n - 1].sentence != clause.sentence:
            out += " "
        out += LETTERS[stance]
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_stances(case: dict) -> None:
    day = case.get("day", "2026-01-20")
    assert (
        drawn(normalise(case["text"]), None if day == "none" else date.fromisoformat(day)) == case["stances"]
    )


def test_times_may_be_given() -> None:
    text = "2025年,经济增长5%。2027年,建成新城。"
    clauses = split_clauses(text, 0, len(text))
    day = date(2026, 1, 20)
    times = find_times(text, day, 0, len(text))
    assert find_stances(text, clauses, day, times=times) == find_stances(text, clauses, day)
    assert set(find_stances(text, clauses, day, times=[])) == {Stance.REPORTED}


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("一、项目建设\n新建水厂。", "H-"),
        ("项目建设,全面提速\n新建水厂。", "HH-"),
        ("新建水厂。\n改造电网。", "--"),
        ("新建水厂", "-"),  # nothing follows
        ("1.新建水厂;\n2.改造电网;\n", "--"),
        ("新建" + "水厂" * 40 + "\n改造电网。", "--"),  # running text that lost its mark
    ],
)
def test_headings(text: str, headings: str) -> None:
    clauses = split_clauses(text, 0, len(text))
    assert "".join("H" if heading else "-" for heading in (clause.heading for clause in clauses)) == headings


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60), st.dates() | st.none()
)
def test_any_text(text: str, day: date | None) -> None:
    text = normalise(text)
    clauses = split_clauses(text, 0, len(text))
    assert len(find_stances(text, clauses, day)) == len(clauses)
