"""The grammar's view of a text: the cases of specs/views.toml, and what must hold for any text."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaozhu import lexicon
from jiaozhu.extraction.grammar import TYPES, Mention, find_mentions
from jiaozhu.extraction.grammar.forms import one_form
from jiaozhu.extraction.numbers.numerals import plain
from jiaozhu.extraction.numbers.units import all_units, units

VIEWS = tomllib.loads((Path(__file__).parent / "specs" / "views.toml").read_text("utf-8"))
CASES = [
    pytest.param(type_, case[0], case[1:], id=f"{type_}|{case[0]}")
    for type_, view in VIEWS.items()
    for case in view["cases"]
]

#: The share of a peer's public cases that each view reads as the peer does may not fall below this.
FLOORS = {"number": 0.99, "percent": 0.99, "ordinal": 1, "currency": 1, "dimension": 1, "range": 0.96}


def drawn(text: str, mention: Mention) -> str:
    """Write a mention as the cases do."""
    if mention.period:
        return f"{text[mention.start : mention.end]} | {mention.period}"
    value = None if mention.value is None else plain(mention.value)
    if mention.value_high is not None:
        value = f"{value}..{plain(mention.value_high)}"
    parts = (value, mention.unit if mention.type != "number" else None, mention.comparator)
    return f"{text[mention.start : mention.end]} | {' '.join(part for part in parts if part)}"


@pytest.mark.parametrize(("type_", "text", "expected"), CASES)
def test_case(type_: str, text: str, expected: list[str]) -> None:
    day = date.fromisoformat(VIEWS["period"]["day"])
    found = find_mentions(text, types=[type_], day=day)
    assert {mention.type for mention in found} <= {type_}
    assert [drawn(text, mention) for mention in found] == expected


def test_there_are_enough_cases() -> None:
    assert set(VIEWS) == set(TYPES)
    assert len(CASES) >= 400


def test_types_stand_side_by_side_in_the_order_of_the_text() -> None:
    text = "增长5%，力争突破1500亿元"
    shown = [(mention.type, text[mention.start : mention.end]) for mention in find_mentions(text)]
    assert shown == [
        ("percent", "5%"),
        ("range", "突破1500亿"),
        ("number", "1500亿"),
        ("currency", "1500亿元"),
    ]


def test_a_period_without_its_year_needs_the_day() -> None:
    assert find_mentions("去年", types=["period"]) == []
    (found,) = find_mentions("去年", types=["period"], day=date(2025, 1, 10))
    assert found.period == "2024-01-01/2024-12-31"


def test_ambiguous_units_are_for_the_view_only() -> None:
    """A word in both tables would be read by the metrics' view as well."""
    ambiguous = set(lexicon.entries("units", "ambiguous")) | set(
        lexicon.words("units", "ambiguous_counts", "words")
    )
    assert ambiguous & set(units()) <= {"块"}  # a counting word there, money here
    assert ambiguous <= set(all_units())


PIECES = [
    *"0123456789.,%‰-—~/^+eEkKmMG 　\n，。、；“”（）￥$",
    *"一二三四五六七八九十百千万亿兆两半零〇廿壹贰叁拾佰仟負萬億兩點個",
    *"多余几来数第前约近超上下左右至到和与又负比大小",
    *("百分之", "分之", "个百分点", "成", "折", "打", "家", "个", "元", "块", "毛", "角", "人民币", "美元"),
    *("米", "公里", "吨", "km", "GB", "m", "大于", "小于", "等于", "或者", "以上", "之间", "最多", "不少于"),
    *("年", "月", "去年", "http://a.cn/", "GDP", "A", "是", "的", "千瓦", "兆瓦时", "℃", "零下"),
    *(
        "e999",
        "0^-9",
        "^999",
        "/0",
        "分之零",
        "一半",
        "半折",
        "对折",
        "两",
        "第",
        "²",
        "٣",
        "①",
        "人民币 ",
        "港币",
    ),
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(max_examples=800, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_text(text: str, day: date | None) -> None:
    assert len(one_form(text)) == len(text)
    for type_ in TYPES:
        end = 0
        for mention in find_mentions(text, types=[type_], day=day):
            assert end <= mention.start < mention.end <= len(text)
            end = mention.end
            for value in (mention.value, mention.value_high):
                assert value is None or Decimal(plain(value)).is_finite()
            if mention.value_high is not None:
                assert mention.comparator == "range"
                assert mention.value is not None
                assert mention.value <= mention.value_high


ALPHABET = (
    "0123456789" * 3
    + ".,%-—~/^+ek 　\n，。、"
    + "一二三四五六七八九十百千万亿两半零多余几数第约近超上至到和又负比大分之成折打"
    + "家个元块毛米吨年月kmGB￥以"
)


def seconds(text: str) -> float:
    """Return the processor time that all views take for a text, the best of two."""
    taken = []
    for _ in range(2):
        begun = time.process_time()
        find_mentions(text, day=date(2025, 1, 10))
        taken.append(time.process_time() - begun)
    return min(taken)


def test_time_grows_with_the_text() -> None:
    """Ten times the text takes ten times the time, with room for noise."""
    draw = random.Random(1)
    text = "".join(draw.choice(ALPHABET) for _ in range(100_000))
    seconds(text[:1000])  # the lexicon is read once
    assert seconds(text) / 10 <= 2.5 * seconds(text[:10_000])


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "万",
        "1 ",
        " ",
        "百 ",
        "1-",
        "1,",
        "1.",
        "又1",
        "分之",
        "1/",
        "一两",
        "比1",
        "人民币",
        "1成",
        "负",
        "大于",
        "1和",
        "五元三毛",
    ],
)
def test_no_pattern_runs_away(unit: str) -> None:
    text = "1" + unit * (10_000 // len(unit))
    assert seconds(text) / 10 <= 2.5 * max(seconds(text[:1000]), 0.002)


def share_right(cases: Iterable[dict[str, Any]]) -> float:
    """Return the share of a peer's cases in which the spans and values of its type are the same."""
    outcomes = []
    for case in cases:
        found = find_mentions(case["text"], types=[case["type"]])
        outcomes.append(
            len(found) == len(case["expect"])
            and all(is_same(*pair) for pair in zip(found, case["expect"], strict=True))
        )
    return sum(outcomes) / len(outcomes)


def is_same(found: Mention, expected: dict[str, Any]) -> bool:
    if (found.start, found.end) != (expected["start"], expected["end"]):
        return False
    values = (found.value, expected["value"]), (found.value_high, expected["value_high"])
    return expected["value"] is None or all(is_close(*pair) for pair in values)


def is_close(found: Decimal | None, expected: str | None) -> bool:
    """Peers round fractions in floating point."""
    if found is None or expected is None:
        return found is expected
    return abs(found - Decimal(expected)) <= abs(found) * Decimal("1e-9")


@pytest.mark.parametrize("type_", FLOORS)
def test_the_cases_of_a_peer(shared: Path, type_: str) -> None:
    lines = (shared / "specs" / "quantities.jsonl").read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["type"] == type_]
    assert share_right(cases) >= FLOORS[type_]
