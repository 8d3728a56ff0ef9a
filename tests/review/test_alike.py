"""How alike texts are: copies of a speech with what happens to copies, and other texts."""

import json
import random
import re
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from jiaozhu.review.alike import ALIKE, SAME_SOURCE, similarity

SYLLABLES = "全县新建改造农村公路学校医院水库园区项目企业投资收入粮食产量人口就业增长提高完成建设推进落实"


def invent(seed: int, characters: int = 3_000) -> str:
    """Return a text of that length at least, of sentences in paragraphs."""
    draw = random.Random(seed)
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        clauses = ["".join(draw.choices(SYLLABLES, k=draw.randint(3, 16))) for _ in range(draw.randint(1, 4))]
        sentences.append(f"{'，'.join(clauses)}{draw.randint(2, 9999)}万元。{draw.choice(('', '', chr(10)))}")
    return "".join(sentences)


def misread(text: str, share: float) -> str:
    """Return the text as a poor scan has it: characters changed, lost and put in."""
    draw = random.Random(3)
    return "".join(
        char if draw.random() > share else draw.choice(("口", "己", "", f"{char}丨", "未")) for char in text
    )


def rewrite(text: str, share: float) -> str:
    """Return the text with other words in some of its sentences."""
    draw = random.Random(4)
    sentences = re.split("(?<=。)", text)
    return "".join(item if draw.random() > share else f"{invent(draw.random(), 10)}" for item in sentences)


def dress(text: str) -> str:
    """Return the text as another site shows it."""
    return f"首页 > 要闻\n【字号 大 中 小】\n某县人民政府公报\n{text}\n责任编辑：张三\n上一篇\n下一篇\n"


A, B = invent(1), invent(2)

#: What happened to a copy, and how alike it is at least.
COPIES = {
    "nothing": (A, 1.0),
    "wrapped": ("\n".join(A[at : at + 30] for at in range(0, len(A), 30)), 1.0),
    "white space": (A.replace("，", "，  　"), 1.0),
    "widths": (A.translate({ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789"}), 1.0),
    "punctuation": (A.replace("，", ", ").replace("。", "．"), 1.0),
    "another site": (dress(A), 0.97),
    "misread a little": (misread(A, 0.02), 0.97),
    "misread badly": (misread(A, 0.1), ALIKE),
    "a sentence in ten rewritten": (rewrite(A, 0.1), ALIKE),
    "a quarter cut off": (A[: len(A) * 3 // 4], ALIKE),
    "all of it": (dress(misread(rewrite(A, 0.05), 0.02)), ALIKE),
}


@pytest.mark.parametrize(("copy", "least"), COPIES.values(), ids=COPIES)
def test_copies(copy: str, least: float) -> None:
    assert least <= similarity(A, copy) <= 1
    assert similarity(copy, A) == pytest.approx(similarity(A, copy))


#: Too different to be shown as the same speech, but a new version if the file has the same name.
VERSIONS = {
    "half of it": A[: len(A) // 2],
    "a third moved": A[len(A) // 3 : 2 * len(A) // 3] + A[: len(A) // 3] + A[2 * len(A) // 3 :],
    "half as long again": A + B[: len(B) // 2],
}


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_versions(version: str) -> None:
    assert similarity(A, version) > SAME_SOURCE


OTHERS = {
    "another text": B,
    "nothing": "",
    "punctuation": "。，\n",
    "one word": "公路",
    "English": "roads " * 500,
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_others(other: str) -> None:
    assert similarity(A, other) < SAME_SOURCE


@pytest.mark.parametrize(("one", "other", "alike"), [("", "", 1), ("", "增长", 0), ("增长", "增 长。", 1)])
def test_short_texts(one: str, other: str, alike: float) -> None:
    assert similarity(one, other) == alike


def test_long_texts_are_as_alike_as_short_ones() -> None:
    long = invent(5, 60_000)
    for share in 0.02, 0.1:
        assert similarity(long, misread(long, share)) == pytest.approx(
            similarity(A, misread(A, share)), abs=0.05
        )
    assert similarity(long, dress(long)) > 0.99
    assert similarity(long, long[: len(long) // 2]) == pytest.approx(2 / 3, abs=0.01)
    assert similarity(long, invent(6, 60_000)) < SAME_SOURCE


def test_work_reports_are_not_alike(shared: Path) -> None:
    reports = [path.read_text("utf-8") for path in sorted((shared / "corpus").rglob("*.txt"))]
    # Those side by side are of one place in years in a row, or of two places in the same year.
    assert max(similarity(*pair) for pair in pairwise(reports)) < 0.4


def test_speeches_of_the_same_phrases_are_not_alike(shared: Path, tmp_path: Path) -> None:
    sys.path.insert(0, str(shared))
    try:
        import workload
    finally:
        sys.path.remove(str(shared))
    workload.generate(15, str(tmp_path), 1, 3_000, 20, 1_000, 10, False)
    lines = (tmp_path / "docs.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert max(similarity(*pair) for pair in combinations(texts, 2)) < SAME_SOURCE
