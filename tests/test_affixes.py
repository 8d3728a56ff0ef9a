"""Words at either side of a place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.affixes import Affixes

WORDS = Affixes(("增长", "同比增长", "长", "以上"))


@pytest.mark.parametrize(
    ("text", "end", "start", "word"),
    [
        ("产值同比增长", 6, 0, "同比增长"),
        ("产值同比增长", 6, 3, "增长"),
        ("产值同比增长", 6, 5, "长"),
        ("产值同比增长", 5, 0, ""),
        ("", 0, 0, ""),
    ],
)
def test_the_longest_word_that_ends(text: str, end: int, start: int, word: str) -> None:
    assert WORDS.ending(text, end, start) == word


@pytest.mark.parametrize(
    ("text", "start", "end", "word"),
    [
        ("3亿元以上", 3, None, "以上"),
        ("3亿元以上", 3, 4, ""),
        ("增长极", 0, None, "增长"),
        ("增长极", 1, None, "长"),
        ("增长极", 3, None, ""),
    ],
)
def test_the_longest_word_that_begins(text: str, start: int, end: int | None, word: str) -> None:
    assert WORDS.beginning(text, start, end) == word


@given(st.text("增长同比以上的", max_size=12))
def test_the_first_word_anywhere_is_the_longest_at_the_first_place(text: str) -> None:
    places = (WORDS.beginning(text, at) for at in range(len(text)))
    assert WORDS.found_in(text) == next(filter(None, places), "")
