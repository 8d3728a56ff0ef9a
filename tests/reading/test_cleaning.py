"""Cleaning: what each source of specs/cleaning.toml becomes, and what holds for any source."""

import tomllib
from itertools import zip_longest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT
from jiaozhu.model import SourceMap
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.lines import ZERO_WIDTH

CASES = tomllib.loads((ROOT / "tests/specs/cleaning.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_case(case: dict) -> None:
    cleaned = clean(case["source"])
    assert cleaned.text == case["text"].strip("\n")
    assert [dropped.text for dropped in cleaned.dropped] == case.get("dropped", [])
    if "reasons" in case:
        assert {dropped.reason for dropped in cleaned.dropped} == set(case["reasons"])
    check(case["source"])


def check(source: str) -> None:
    """Fail unless the text is the source without white space, and each character stands at its place."""
    cleaned = clean(source)
    text, source_map = cleaned.text, cleaned.source_map
    kept = list(source)
    assert [dropped.source_start for dropped in cleaned.dropped] == sorted(
        dropped.source_start for dropped in cleaned.dropped if dropped.source_start is not None
    )
    for dropped in cleaned.dropped:
        assert source[dropped.source_start : dropped.source_end] == dropped.text
        kept[dropped.source_start : dropped.source_end] = " " * len(dropped.text)
    assert visible(text) == visible("".join(kept))
    positions = [source_map.position(offset) for offset in range(len(text))]
    assert positions == sorted(set(positions))
    for char, position in zip(text, positions, strict=True):
        original = source[position]
        assert char == original or (char in "\n " and original.isspace())
    if text:
        assert source_map.span(0, len(text)) == (positions[0], positions[-1] + 1)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert not set(text) & set(ZERO_WIDTH + "\r\f\v\x85\u2028\u2029")


@given(st.text(alphabet="甲，。\n \u3000\u200b", max_size=40))
def test_the_map_leads_both_ways(source: str) -> None:
    cleaned = clean(source)
    for offset in range(len(cleaned.text)):
        assert cleaned.source_map.offset(cleaned.source_map.position(offset)) == offset
    offsets = [cleaned.source_map.offset(position) for position in range(len(source))]
    assert offsets == sorted(offsets)


def visible(text: str) -> str:
    return "".join(text.split())


SENTENCES = st.sampled_from(
    [
        "今年以来，全市经济稳中向好，地区生产总值增长7.2%。",
        "一、突出项目带动，扩大有效投资",
        "各位代表：",
        "——2019年1月8日在澄湾市第三届人民代表大会第四次会议上",
        "市长 林知远",
        "完成投资19.3亿元，其中工业投资增长8%；",
        "引进 Smart City 平台，",
        "（二）实施《关于加快海洋经济发展的意见》",
        "谢谢大家！",
        "— 3 —",
        "第4页 共12页",
        "7",
        "澄湾市政府工作报告\n",
        "澄湾市政府工作报告 4\n",
        "一年来，全市经济" * 12,
    ]
)
DAMAGE = st.sampled_from(
    [
        "",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\u3000\u3000",
        "\t",
        "\xa0",
        "\f",
        "\u200b",
        "\ufeff",
        "\n\n6\n\n",
        "\n— 4 —\n澄湾市政府工作报告\n",
        "\n澄湾市政府工作报告\n\f",
        "\u202e",
        "\u2028",
    ]
)


@st.composite
def damaged_texts(draw: st.DrawFn) -> str:
    """Draw a text with line breaks, spaces and page numbers at random places."""
    text = "".join(draw(st.lists(st.tuples(SENTENCES, DAMAGE).map("".join), max_size=12)))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    wounds = draw(st.lists(DAMAGE, min_size=len(places), max_size=len(places)))
    return "".join(piece + wound for piece, wound in zip_longest(pieces, wounds, fillvalue=""))


@given(damaged_texts())
def test_nothing_is_lost_whatever_the_damage(source: str) -> None:
    check(source)


@given(st.text(alphabet="甲，。：1.（）“”《》—a \n\r\t\u3000\xa0\u200b\f", max_size=60))
@example("甲\r\r\n乙")
@example("\u3000" * 50 + "甲。" + "\u3000" * 50 + "乙" * 120)
def test_nothing_is_lost_in_any_mixture_of_marks(source: str) -> None:
    check(source)


def test_a_text_without_a_break_has_the_plain_map() -> None:
    cleaned = clean("全市生产总值增长。\n财政收入增长。")
    assert cleaned.source_map == SourceMap()
