"""What a double click takes, and where a caret stops that goes by words."""

from itertools import pairwise

import pytest

from jiaozhu.qt.words import next_stop, previous_stop, word_at

#: The character clicked stands between bars.
CLICKS = [
    ("实现GDP16|0|7.8亿元，增长", "1607.8亿元"),
    ("增长|7|.3%。", "7.3%"),
    ("位居全省第|9|。", "第9"),
    ("签约项目1|2|个", "12个"),
    ("提高|2|个百分点", "2个百分点"),
    ("进口1|,|200万美元", "1,200万美元"),
    ("擦亮“金|名|片”工程", "金名片"),
    ("印发《行动|方|案》以来", "行动方案"),
    ("深化跨境|电|商发展", "电商"),
    ("发展L|E|D产业", "LED"),
    ("增长，|下|降", "下降"),
]


@pytest.mark.parametrize(("marked", "expected"), CLICKS)
def test_a_double_click_takes_number_with_unit_quoted_name_or_word(marked, expected):
    before, clicked, after = marked.split("|")
    text = before + clicked + after
    start, end = word_at(text, len(before))
    assert text[start:end] == expected


def test_going_by_words_visits_the_same_places_in_both_directions():
    text = "GDP增长7.3%，完成83亿元。"
    right = [0]
    while right[-1] < len(text):
        right.append(next_stop(text, right[-1]))
    assert [text[a:b] for a, b in pairwise(right)] == [
        "GDP", "增长", "7.3%", "，", "完成", "83", "亿元", "。"
    ]  # fmt: skip
    left = [len(text)]
    while left[-1] > 0:
        left.append(previous_stop(text, left[-1]))
    assert left[::-1] == right
