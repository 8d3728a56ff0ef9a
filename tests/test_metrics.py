"""What a text states: specs/metrics.toml; and the numbers that state nothing: specs/non_metrics.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.metrics.find import find_metrics
from jiaozhu.extraction.origin import Origin
from jiaozhu.extraction.stances.stance import find_stances
from jiaozhu.extraction.text import normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times
from jiaozhu.extraction.times.timeline import Timeline
from jiaozhu.model import CHOICES, Document, Metric, SourceMap, Speech

SPECS = Path(__file__).parent / "specs"
METRICS = tomllib.loads((SPECS / "metrics.toml").read_text(encoding="utf-8"))
NAMED = tomllib.loads((SPECS / "indicators.toml").read_text(encoding="utf-8"))["named"]
CASES = METRICS["case"]
ROWS = [row for group in METRICS["group"] for row in group["cases"]]
REASONS = tomllib.loads((SPECS / "non_metrics.toml").read_text(encoding="utf-8"))["group"]
DAY = date(2025, 1, 20)


def metrics_of(
    written: str, day: date = DAY, region: str | None = None, code: str | None = None
) -> list[Metric]:
    text = normalise(written)
    document = Document(
        id="d", source="a.txt", sha256="", encoding="utf-8", text=written, source_map=SourceMap()
    )
    speech = Speech(id="s1", start=0, end=len(text), region=region, region_code=code)
    clauses = split_clauses(text, 0, len(text))
    times = find_times(text, day)
    stances = find_stances(text, clauses, day, times=times)
    timeline = Timeline(text, clauses, times)
    return find_metrics(text, clauses, stances, timeline, times, Origin(document, speech))


def drawn(metric: Metric, expected: str) -> str:
    """Draw the metric as the spec does; a field that the spec leaves empty is left empty."""
    high = f"..{metric.value_high}" if metric.value_high else ""
    basis = f"/{metric.basis}" if metric.basis else ""
    fields = [
        metric.text,
        metric.indicator or "",
        f"{metric.value}{high}",
        metric.unit or "",
        metric.comparator or "",
        f"{metric.kind}{basis}",
        metric.status or "",
    ]
    wanted = [field.strip() for field in expected.split("|")]
    return " | ".join(field if want else "" for field, want in zip(fields, wanted, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_metrics(case: dict) -> None:
    found = metrics_of(case["text"], region=case.get("region"), code=case.get("code"))
    if "regions" in case:
        assert [metric.region for metric in found] == case["regions"]
        return
    expected = case["metrics"]
    drawings = [
        drawn(metric, expected[i] if i < len(expected) else " | ".join("x" * 7))
        for i, metric in enumerate(found)
    ]
    assert drawings == expected


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in ROWS])
def test_edges_and_fields(text: str, expected: list[str]) -> None:
    # the indicator has the cases above; a row may leave out the status
    wanted = [f"{row[0]} | | {' | '.join(row[1:])}" for row in map(_six_fields, expected)]
    found = metrics_of(text)
    drawings = [
        drawn(metric, wanted[i] if i < len(wanted) else " | ".join("x" * 7)) for i, metric in enumerate(found)
    ]
    assert drawings == [" | ".join(field.strip() for field in row.split("|")) for row in wanted]


def _six_fields(row: str) -> list[str]:
    fields = [field.strip() for field in row.split("|")]
    return [*fields, ""][:6]


@pytest.mark.parametrize("text", [text for group in REASONS for text in group["none"]])
def test_a_number_that_states_nothing(text: str) -> None:
    assert [metric.text for metric in metrics_of(text)] == []


@pytest.mark.parametrize(
    ("text", "spans"), [(text, spans) for group in REASONS for text, *spans in group["some"]]
)
def test_a_number_that_only_looks_as_if_it_stated_nothing(text: str, spans: list[str]) -> None:
    assert [metric.text for metric in metrics_of(text)] == spans


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case["text"])
def test_names(case: dict) -> None:
    assert [metric.indicator for metric in metrics_of(case["text"])] == case["names"]


def test_the_own_place_is_no_part_of_the_name() -> None:
    (metric,) = metrics_of("去年,柳河县预计出口增长5%。", region="柳河县")
    assert metric.indicator == "出口"


ALPHABET = (
    "0123456789.,%年月前第连续近超以上下左右多余亿万千百十一二三两几家个元项成倍番和、。;:“”《》"
    "的将力争增长下降达到占新增项目企业全省GDP\n "
)


@given(st.text(alphabet=ALPHABET, max_size=150))
def test_metrics_of_any_text_keep_the_promises(text: str) -> None:
    end = 0
    for metric in metrics_of(text):
        assert end <= metric.start < metric.end <= len(text)
        assert metric.text == text[metric.start : metric.end]
        for field, choices in CHOICES["metric"].items():
            assert getattr(metric, field) in (*choices, None)
        assert metric.basis is None or metric.kind in ("growth", "change")
        if metric.indicator_start is not None:
            assert normalise(text)[metric.indicator_start : metric.indicator_end] == metric.indicator
        end = metric.end
