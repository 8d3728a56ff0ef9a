"""Words of an earlier version are found in the new one, or not at all."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.review.alignment import Alignment
from jiaozhu.review.blocks import Block, find_blocks

OPENING = "同志们：\n去年，全县生产总值⟦1607.8亿元⟧，增长⟦7.3%⟧。\n今年，新建公路⟦32公里⟧，改造学校⟦5所⟧。\n"
PLAIN = OPENING.replace("⟦", "").replace("⟧", "")

LONG = "规模以上工业企业利润总额增长{}。"

#: What happened, the earlier version and the new one. ⟦⟧ are words and where they stand now, in one order;
#: 〔〕 are words of the earlier version that are not there any more, or of which it can't be told where.
CASES = {
    "nothing": (OPENING, OPENING),
    "paragraph inserted before": (OPENING, "首页 > 要闻\n记者从大会上获悉以下内容。\n" + OPENING),
    "paragraph inserted between": (OPENING, OPENING.replace("今年，", "各乡镇也作了发言。\n今年，")),
    "the same words inserted": (OPENING, OPENING.replace("今年，", "外贸增长7.3%，新建桥梁5所。\n今年，")),
    "edited elsewhere": (OPENING, OPENING.replace("同志们", "各位代表、同志们")),
    "edited on both sides": (
        OPENING,
        OPENING.replace("全县生产总值", "全县地区生产总值达到").replace("，改造", "；改扩建"),
    ),
    "wrapped anew": (
        OPENING,
        OPENING.replace("全县", "全\n县").replace("新建", "新\n建").replace("。\n", "。\n\n"),
    ),
    "number changed": ("生产总值〔1607.8亿元〕，增长⟦7.3%⟧。", "生产总值1670.8亿元，增长⟦7.3%⟧。"),
    "broken by a new line": ("总值〔1607.8亿元〕，增长⟦7.3%⟧。", "总值1607.\n8亿元，增长⟦7.3%⟧。"),
    "sentence gone": ("工业增长6%。〔农业增长5%〕。服务业增长8%。", "工业增长6%。服务业增长8%。"),
    "said of something else": (
        "工业企业利润增长6%。农业增加值〔5%〕。\n会议由县长主持。",
        "工业企业利润增长6%。\n会议由县长主持，他说去年出口下降，进口则多了5%。",
    ),
    "twice, in other company": (
        "甲镇粮食丰收，增长⟦5%⟧。甲镇很好。\n乙镇蔬菜丰收，增长⟦5%⟧。乙镇很好。",
        "甲镇粮食大丰收，增长⟦5%⟧。甲镇很好。\n新的一段。\n乙镇蔬菜大丰收，增长⟦5%⟧。乙镇很好。",
    ),
    "first of two gone": (
        "甲镇粮食丰收。〔增长5%〕。乙镇蔬菜丰收。⟦增长5%⟧。",
        "甲镇粮食丰收。乙镇蔬菜丰收。⟦增长5%⟧。",
    ),
    "one of two alike gone": ("开头。〔增长5%〕。〔增长5%〕。结尾。", "开头。增长5%。结尾。"),
    "one more alike": ("开头。〔增长5%〕。结尾。", "开头。增长5%。增长5%。结尾。"),
    "edited before several clauses": (
        "我们要下更大决心，⟦确保完成任务，力争走在前列⟧。",
        "我们要下最大决心，⟦确保完成任务，力争走在前列⟧。",
    ),
    "clause put between": ("我们〔确保完成任务，走在前列〕。", "我们确保完成任务，全面达标，走在前列。"),
    "the whole text": ("⟦增长5%⟧", "⟦增长5%⟧"),
    "of two alike one, elsewhere": (
        f"甲镇。{LONG.format('〔5%〕')}乙镇。{LONG.format('〔5%〕')}丙镇。",
        f"{LONG.format('5%')}甲镇。乙镇。丙镇。",
    ),
    "of one two alike, elsewhere": (
        f"甲镇。{LONG.format('〔5%〕')}乙镇。丙镇。",
        f"甲镇。乙镇。{LONG.format('5%')}丙镇。{LONG.format('5%')}丁镇。",
    ),
    "moved, and one alike stays": (
        f"甲镇。{LONG.format('5%')}乙镇的工作很有成绩。丙镇。{LONG.format('⟦5%⟧')}丁镇。",
        f"{LONG.format('⟦5%⟧')}戊镇。甲镇。{LONG.format('5%')}乙镇的工作很有成绩。丙镇。丁镇。",
    ),
    "all gone": ("增长〔5%〕。", ""),
    "nothing in common": ("增长〔5%〕。", "会议闭幕。"),
}


def read(drawing: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return a text, the spans in ⟦⟧ and those in 〔〕."""
    text, start = "", 0
    spans: dict[str, list[tuple[int, int]]] = {"⟧": [], "〕": []}
    for char in drawing:
        if char in "⟦〔":
            start = len(text)
        elif char in spans:
            spans[char].append((start, len(text)))
        else:
            text += char
    return text, spans["⟧"], spans["〕"]


@pytest.mark.parametrize(("old", "new"), CASES.values(), ids=CASES)
def test_case(old: str, new: str) -> None:
    old_text, kept, lost = read(old)
    new_text, places, _none = read(new)
    alignment = Alignment(old_text, new_text)
    assert [alignment.span(*span) for span in kept] == places
    assert [alignment.span(*span) for span in lost] == [None] * len(lost)


def test_a_section_moved() -> None:
    farming = "一、农业\n粮食总产量⟦20万吨⟧，增长⟦3%⟧。\n"
    industry = "二、工业\n工业增加值⟦90亿元⟧，增长⟦3%⟧。\n规上企业⟦12家⟧。\n"
    old, spans, _none = read(farming + industry)
    new, places, _none = read(industry + farming)
    assert [Alignment(old, new).span(*span) for span in spans] == [*places[3:], *places[:3]]


@pytest.mark.parametrize("span", [(-1, 2), (3, 3), (3, 2), (0, 999)])
def test_what_is_no_span(span: tuple[int, int]) -> None:
    assert Alignment("增长5%。", "增长5%。").span(*span) is None


# Any edit outside of the words: inserted and deleted, but the words of the text come in no inserted ones.

INSERTED = st.text("甲乙丙丁，。\n ", max_size=12)


@st.composite
def edits(
    draw: st.DrawFn, quotes: list[str]
) -> tuple[str, str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return two versions of a text that hold the same quotes, and where these stand in both."""
    fillers = [f"第{number}项任务由{'东西南北中'[number % 5]}部完成，" for number in range(len(quotes) + 1)]
    edited = draw(st.sets(st.integers(0, len(fillers) - 1), max_size=4))
    old = new = ""
    spans, places = [], []
    for number, filler in enumerate(fillers):
        changed = filler
        if number in edited:
            first, last = sorted(draw(st.tuples(*[st.integers(0, len(filler))] * 2)))
            changed = filler[:first] + draw(INSERTED) + filler[last:]
        old, new = old + filler, new + changed
        if number < len(quotes):
            quote = quotes[number]
            spans.append((len(old), len(old) + len(quote)))
            places.append((len(new), len(new) + len(quote)))
            old, new = old + quote, new + quote
    return old, new, spans, places


@given(edits([f"{number * 37 + 11}亿元" for number in range(15)]))
def test_words_that_stand_once_are_carried_through_any_edits_round_them(case: tuple) -> None:
    old, new, spans, places = case
    alignment = Alignment(old, new)
    assert [alignment.span(*span) for span in spans] == places


@given(edits([f"增长{number % 3}%" for number in range(15)]))
def test_words_that_stand_often_are_carried_to_their_place_or_not_at_all(case: tuple) -> None:
    old, new, spans, places = case
    alignment = Alignment(old, new)
    found = [alignment.span(*span) for span in spans]
    assert all(place in (None, right) for place, right in zip(found, places, strict=True))


@given(st.text("增长5%。\n", max_size=30), st.text("增长5%。\n", max_size=30), st.data())
def test_no_place_says_something_else_or_stands_for_two(old: str, new: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(old)), max_size=8)))
    alignment = Alignment(old, new)
    taken: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        place = alignment.span(start, end)
        if place is not None:
            assert new[slice(*place)] == old[start:end]
            taken.append(place)
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(taken)))


@given(st.lists(st.sampled_from("甲乙丙")), st.lists(st.sampled_from("甲乙丙")))
def test_blocks_are_equal_and_in_order(old: list[str], new: list[str]) -> None:
    blocks = find_blocks(old, new)
    for old_at, new_at, length in blocks:
        assert length > 0
        assert old[old_at : old_at + length] == new[new_at : new_at + length]
    for one, other in pairwise(blocks):
        assert one.old + one.length <= other.old
        assert one.new + one.length <= other.new


@given(st.lists(st.text("甲乙丙丁", min_size=1)))
def test_a_text_is_one_block_with_itself(pieces: list[str]) -> None:
    assert find_blocks(pieces, pieces) == ([Block(0, 0, len(pieces))] if pieces else [])


def test_many_pieces_that_are_the_same() -> None:
    # A method that looks at all pairs of equal pieces would take minutes.
    pieces = random.Random(1).choices("甲乙丙丁", k=100_000)
    blocks = find_blocks(["头", *pieces, "中", *pieces], [*pieces, "新", "中", *pieces, "尾"])
    assert sum(block.length for block in blocks) >= 100_000
