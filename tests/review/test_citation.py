"""Citations: the whole sentence, and of its source what is known."""

from dataclasses import replace

import pytest

from jiaozhu.model import Speech
from jiaozhu.review.citation import citation
from jiaozhu.sentences import Sentences
from sketch import sketch

TEXT = "开头。他说：“实现GDP486亿元，增长6.9%。”随后休会！\n另一段没有句号"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("486亿元", "他说：“实现GDP486亿元，增长6.9%。”"),
        ("随后", "随后休会！"),
        ("开头", "开头。"),
        ("一段", "另一段没有句号"),
        ("。”随", "他说：“实现GDP486亿元，增长6.9%。”随后休会！"),  # over the end of a sentence
    ],
)
def test_the_sentence_around(words: str, whole: str) -> None:
    start = TEXT.index(words)
    assert Sentences(TEXT).around(start, start + len(words)) == whole


def test_source_is_told_as_far_as_it_is_known() -> None:
    document, extraction = sketch("实现“量质齐升”，GDP⟦486亿元⟧。", source="会议.txt")
    (metric,) = extraction.metrics
    bare = citation(document, None, metric)
    assert bare == "“实现‘量质齐升’，GDP486亿元。”（《会议.txt》）"
    speech = Speech(id="s1", start=0, end=9, speaker="王敏", office="河东县县长", date="2025-01-08")
    known = replace(
        document, title="座谈会", publisher="河东发布", date="2025-01-09", url="https://a.example/1"
    )
    assert citation(known, speech, metric).endswith(
        "（河东县县长王敏，《座谈会》，河东发布，2025-01-08，https://a.example/1）"
    )
