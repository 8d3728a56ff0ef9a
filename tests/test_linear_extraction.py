"""No text keeps the extractor busy for long: time grows with the text, whatever it is made of."""

import random
import time

import pytest

from jiaozhu.extraction import extract
from jiaozhu.model import Document

ALPHABET = (
    "0123456789０１２３４５一二三四五六七八九十百千万亿元人吨%％个家户月年日第前近超以上下至-—~.、，。；：（）()“”"
    "增长达到力争确保将今年去年全县市GDP同比\n"
)
SHORT, LONG = 5_000, 50_000


def seconds(text: str) -> float:
    """Return the processor time that extraction takes, the best of two."""
    document = Document(
        id="0" * 16, source="a.txt", sha256="0" * 64, encoding="utf-8", text=text, date="2025-01-10"
    )
    taken = []
    for _ in range(2):
        begun = time.process_time()
        extract(document)
        taken.append(time.process_time() - begun)
    return min(taken)


def is_linear(text: str) -> bool:
    """Return whether ten times the text takes ten times the time, with as much again for noise."""
    seconds(text[:100])  # the lexicon is read once
    return seconds(text[:LONG]) / 10 <= 2 * seconds(text[:SHORT]) + 0.02


@pytest.mark.parametrize("seed", [1, 2])
def test_random_digits_units_and_punctuation(seed: int) -> None:
    draw = random.Random(seed)
    assert is_linear("".join(draw.choice(ALPHABET) for _ in range(LONG)))


@pytest.mark.parametrize(
    "unit",
    [
        *("1", "一", "1,", "1.", "1-2-", "3至", "百亿", "第一", "%", "“", "（", "、", "，", "。", "\n"),
        *(
            "年",
            "2025年",
            "今年",
            "月",
            "增长",
            "将",
            "力争",
            "确保",
            "占",
            "由1到",
            "连续三个",
            "全县",
            "县长",
            "他说：",
            "3.5%、",
        ),
    ],
)
def test_the_same_again_and_again(unit: str) -> None:
    assert is_linear("全县" + unit * (LONG // len(unit)))
