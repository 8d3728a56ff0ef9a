"""A text in blocks, their heights, and counting as Python and as Qt do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.qt.blocks import LONGEST, Heights, Units, cut

SENTENCE = "今年完成投资83亿元，同比增长7.3%。"

CUT = {
    "nothing": ("", [], [""]),
    "paragraphs": ("甲\n乙", [], ["甲", "乙"]),
    "blank lines stand for themselves": ("甲\n\n乙\n", [], ["甲", "", "乙", ""]),
    "a speech that begins in a paragraph": ("甲说。乙说。", [3], ["甲说。", "乙说。"]),
    "signs before a heading stay with it": ("前言\n## 标题\n正文", [6], ["前言", "## 标题", "正文"]),
    "a boundary at a line's end cuts nothing": ("甲\n乙", [1, 2, 3], ["甲", "乙"]),
    "a long paragraph, after sentences": ("长句。" * 5, [], ["长句。长句。", "长句。长句。", "长句。"]),
    "quotation marks stay closed": ("“长句子。”" * 2, [], ["“长句子。”", "“长句子。”"]),
    "a paragraph without any mark": ("字" * 10, [], ["字" * 8, "字" * 2]),
}


@pytest.mark.parametrize(("text", "boundaries", "expected"), CUT.values(), ids=CUT)
def test_a_text_is_cut_at_lines_speeches_and_sentences(text, boundaries, expected):
    blocks = cut(text, boundaries, longest=8)
    assert [text[a:b] for a, b in zip(blocks.starts, blocks.ends, strict=True)] == expected


@given(st.text("长句，。”\n\U00020bb7", max_size=60), st.lists(st.integers(0, 60)))
def test_every_offset_belongs_to_one_block(text, boundaries):
    blocks = cut(text, boundaries, longest=7)
    assert blocks.starts == sorted(set(blocks.starts))
    assert all(end - start <= 7 for start, end in zip(blocks.starts, blocks.ends, strict=True))
    for offset in range(len(text) + 1):
        index = blocks.index(offset)
        assert blocks.starts[index] <= offset
        assert offset <= blocks.ends[index]
    shown = "".join(text[a:b] for a, b in zip(blocks.starts, blocks.ends, strict=True))
    assert shown == text.replace("\n", "")


def test_a_block_is_never_longer_than_a_thousand_characters():
    blocks = cut(SENTENCE * 200)
    assert max(b - a for a, b in zip(blocks.starts, blocks.ends, strict=True)) <= LONGEST
    assert all(blocks.text[end - 1] == "。" for end in blocks.ends)


def test_latin_letters_are_half_as_wide_as_chinese_characters():
    assert cut("字字字\nabcdef\n字a").widths() == [6, 6, 3]


@given(st.lists(st.integers(1, 50), min_size=1), st.data())
def test_heights_are_summed_and_searched_while_they_change(heights, data):
    column = Heights(heights)
    for _ in range(5):
        index = data.draw(st.integers(0, len(heights) - 1))
        heights[index] = column[index] = data.draw(st.integers(1, 50))
    tops = [sum(heights[:index]) for index in range(len(heights) + 1)]
    assert [column.top(index) for index in range(len(heights) + 1)] == tops
    assert column.total == tops[-1]
    for y in range(tops[-1]):
        found = column.at(y)
        assert tops[found] <= y < tops[found + 1]
    assert column.at(tops[-1] + 9) == len(heights) - 1


@given(st.text("a字\U00020bb7\U0001f600", max_size=20))
def test_code_points_and_utf16_units_give_back_each_other(text):
    units = Units(text)
    for point in range(len(text) + 1):
        assert units.unit(point) == len(text[:point].encode("utf-16-le")) // 2
        assert units.point(units.unit(point)) == point


def test_a_place_between_the_halves_of_a_character_is_its_start():
    assert [Units("a\U00020bb7b").point(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
