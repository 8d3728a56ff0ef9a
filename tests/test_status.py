"""Whether a figure is achieved, expected, aimed at or planned, and what a change is reckoned from.

The cases are those of specs/status.toml.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiaozhu.extraction.metrics.find import find_metrics
from jiaozhu.extraction.origin import Origin
from jiaozhu.extraction.stances.stance import find_stances
from jiaozhu.extraction.text import normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times
from jiaozhu.extraction.times.timeline import Timeline
from jiaozhu.model import Document, Metric, SourceMap, Speech

CASES = tomllib.loads((Path(__file__).parent / "specs" / "status.toml").read_text("utf-8"))["case"]


def metrics_of(written: str, day: date) -> dict[int, Metric]:
    """Return the metrics of a speech given on a day, by where they begin."""
    text = normalise(written)
    document = Document(
        id="d", source="a.txt", sha256="", encoding="utf-8", text=written, source_map=SourceMap()
    )
    clauses = split_clauses(text, 0, len(text))
    times = find_times(text, day)
    timeline = Timeline(text, clauses, times, day)
    stances = find_stances(text, clauses, day, times=times)
    origin = Origin(document, Speech(id="s1", start=0, end=len(text)))
    found = find_metrics(text, clauses, stances, timeline, times, origin)
    return {metric.start: metric for metric in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    """⟦…⟧ holds the value of each metric; `says` tells its status and, behind a slash, its basis."""
    text, starts = "", []
    for piece in re.split("([⟦⟧])", case["text"]):
        if piece == "⟦":
            starts.append(len(text))
        elif piece != "⟧":
            text += piece
    found = metrics_of(text, date.fromisoformat(case.get("day", "2026-01-20")))
    metrics = [found.get(start) for start in starts]
    said = [
        (f"{metric.status}/{metric.basis}" if metric.basis else metric.status) if metric else "none"
        for metric in metrics
    ]
    assert said == case["says"].split()
