"""Known indicators: which one a name says, and the lexicon that lists them."""

from __future__ import annotations

import random
import re
import subprocess
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.metrics.canon import Measure, canonical, measures
from one_line import said_of, with_text

SPEC = tomllib.loads((Path(__file__).parent / "specs" / "indicators.toml").read_text("utf-8"))
WORDS = sorted({name for measure in measures().values() for name in (measure.name, *measure.aliases)})


@pytest.mark.parametrize(
    ("name", "expected"),
    [(name, case.get("id")) for case in SPEC["case"] for name in case["names"]],
)
def test_a_name_says_an_indicator(name: str, expected: str | None) -> None:
    assert canonical(name) == expected


def test_no_name_says_nothing() -> None:
    assert canonical(None) is None
    assert canonical("全市" * 1000 + "GDP") is None


# The lexicon -------------------------------------------------------------------------------------


def test_there_are_several_hundred_in_classes() -> None:
    assert len(measures()) >= 400
    assert len({measure.group for measure in measures().values()}) >= 20


@pytest.mark.parametrize("measure", measures().values(), ids=measures())
def test_every_name_says_its_own_indicator(measure: Measure) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", measure.id)
    assert [canonical(name) for name in (measure.name, *measure.aliases)] == [measure.id] * (
        1 + len(measure.aliases)
    )


@given(st.sampled_from(WORDS), st.sampled_from(["全市", "2024年全县", "实现", "预计全年"]))
def test_place_time_and_report_in_front_change_nothing(name: str, front: str) -> None:
    said = canonical(front + name)
    # what is a name of its own (全国人口) may be listed; never another one by chance
    assert said == canonical(name) or front + name in WORDS


@given(st.text("工业规上增加值投资GDP占比重全市率的新“(年", max_size=20))
def test_any_characters_give_an_indicator_or_none(name: str) -> None:
    assert canonical(name) is None or canonical(name) in measures()


def test_a_name_is_looked_up_fast() -> None:
    """Twenty thousand different names, known and unknown: far more than a million characters hold."""
    chance = random.Random(7)
    fronts, ends = ("全市", "2024年", "实现", "某某"), ("增速", "全国排名", "占比", "")
    names = [
        f"{chance.choice(fronts)}{chance.choice(WORDS)}{chance.choice(ends)}{n if n % 2 else ''}"
        for n in range(20_000)
    ]
    canonical("GDP")  # the lexicon is read once
    begun = time.perf_counter()
    for name in names:
        canonical(name)
    assert time.perf_counter() - begun < 2


# A line more --------------------------------------------------------------------------------------


def with_line(folder: Path, group: str, line: str, name: str) -> subprocess.CompletedProcess[str]:
    """Return what the package says of `name` when its lexicon has `line` as well."""
    package = with_text(folder, "measures", f"[{group}]\n", f"[{group}]\n{line}\n")
    return said_of(package, "from jiaozhu.extraction.metrics.canon import canonical", "canonical", name)


def test_an_indicator_is_one_line(tmp_path: Path) -> None:
    assert canonical("全市帽子产量增速") is None
    said = with_line(tmp_path, "industry", 'hat_output = ["帽子产量"]', "全市帽子产量增速")
    assert (said.stdout.strip(), said.stderr) == ("hat_output", "")


@pytest.mark.parametrize(
    ("group", "line", "told"),
    [
        ("trade", 'turnover = ["GDP"]', ["[trade] turnover", "GDP", "gdp"]),
        ("economy", 'turnover = ["GDP"]', ["[economy]", "GDP", "turnover", "gdp"]),
        ("trade", 'gdp = ["交易总量"]', ["[trade] gdp", "[economy]"]),
        ("trade", '"Gross turnover" = ["交易总量"]', ["[trade] Gross turnover"]),
        ("trade", "turnover = []", ["[trade] turnover"]),
        ("trade", 'turnover = "交易总量"', ["[trade] turnover"]),
        ("trade", 'turnover = ["规上制造业增加值"]', ["[trade] turnover", "规上制造业增加值"]),
        (
            "safety",
            'turnover = ["税收占地方一般公共预算收入比重"]',
            ["[safety] turnover", "tax_rev"],
        ),
    ],
)
def test_a_line_that_collides_is_refused_by_file_and_key(
    tmp_path: Path, group: str, line: str, told: list[str]
) -> None:
    said = with_line(tmp_path, group, line, "GDP")
    assert said.returncode == 1
    assert all(words in said.stderr for words in ["measures.toml", *told]), said.stderr
    assert "Traceback" not in said.stderr


def test_the_cases_are_well_formed() -> None:
    assert all(set(case) <= {"id", "name", "names"} for case in SPEC["case"])
    assert {case["id"] for case in SPEC["case"] if "id" in case} <= set(measures())
