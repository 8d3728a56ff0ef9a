"""Texts that say nearly the same have fingerprints in common; others have hardly any."""

import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from jiaozhu.fingerprint import fingerprints


def invent(seed: int, sentences: int = 60) -> str:
    """Return a text of three clauses a sentence; two seeds share no clause but by chance."""
    draw = random.Random(seed)
    characters = (
        "全县新建改造农村公路学校医院水库园区项目企业投资收入粮食产量人口就业增长提高完成建设推进落实"
    )

    def clause() -> str:
        return "".join(draw.choices(characters, k=draw.randint(8, 18)))

    return "\n".join(
        f"{clause()}，{clause()}{draw.randint(2, 999)}亿元，{clause()}。" for _ in range(sentences)
    )


def misread(text: str, share: float) -> str:
    """Return the text with that share of its characters replaced."""
    draw = random.Random(7)
    characters = list(text)
    for place in draw.sample(range(len(text)), int(len(text) * share)):
        characters[place] = "口"
    return "".join(characters)


A, B = invent(1), invent(2)
CLAUSE, STORED = "全市实现地区生产总值1607亿元", 2004359415757805167

SAME = {
    "white space": A.replace("，", "，\n").replace("亿", " 亿 "),
    "widths": A.replace("，", ",").translate({ord("0") + digit: ord("０") + digit for digit in range(10)}),
    "wrapped": "\n".join(A.replace("\n", "")[at : at + 20] for at in range(0, len(A), 20)),
}

NEAR = {
    "every 50th character misread": misread(A, 0.02),
    "every 20th character misread": misread(A, 0.05),
    "another title and footer": f"某网首页\n要闻\n{A}\n责任编辑：张三\n网站地图",
    "the first half": A[: len(A) // 2],
    "the second half": A[len(A) // 2 :],
    "the other way round": "\n".join(reversed(A.split("\n"))),
}


@pytest.mark.parametrize("written", SAME.values(), ids=SAME)
def test_spelling_makes_no_difference(written: str) -> None:
    assert fingerprints(written) == fingerprints(A)


@pytest.mark.parametrize("near", NEAR.values(), ids=NEAR)
def test_near_texts_share_at_least_two(near: str) -> None:
    assert len(fingerprints(near) & fingerprints(A)) >= 2


def test_other_texts_share_none() -> None:
    assert not fingerprints(A) & fingerprints(B)


def test_set_phrases_count_less_than_facts() -> None:
    phrases = "。".join(
        invent(3).replace("亿元", "").translate(dict.fromkeys(map(ord, "0123456789"))).split("。")[:20]
    )
    assert len(fingerprints(phrases + A) & fingerprints(phrases + B)) <= 1


@pytest.mark.parametrize(("text", "count"), [("", 0), (" \n。，", 0), ("增长7.3%。", 1), (A, 16)])
def test_how_many(text: str, count: int) -> None:
    found = fingerprints(text)
    assert len(found) == count
    assert all(0 <= number < 2**63 for number in found)


def test_every_process_finds_the_same() -> None:
    program = f"from jiaozhu.fingerprint import *; print(sorted(fingerprints({CLAUSE!r})))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True
        ).stdout
        for seed in "12"
    }
    assert told == {f"{sorted(fingerprints(CLAUSE))}\n"}


def test_these_numbers_stay() -> None:
    # They are stored: another way to count them would find no duplicates in old projects.
    assert fingerprints(CLAUSE) == {STORED}


def test_real_reports(shared: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((shared / "corpus").rglob("*.txt"))]
    shares = [len(one & other) for one, other in combinations(map(fingerprints, texts), 2)]
    assert max(shares) < 4
    assert sum(share > 1 for share in shares) < len(shares) / 200
