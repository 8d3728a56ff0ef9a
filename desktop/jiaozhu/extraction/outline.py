"""The outline of a speech: which clauses stand in headings, and which open a paragraph."""

from __future__ import annotations

import re

from jiaozhu.extraction.text import Clause

#: A heading is one line that no full stop ends; longer lines are running text that lost its mark.
_LONGEST_HEADING = 60

#: The number before a heading or an item: 一、 (一) 1. 第一, 一是 其一.
ENUMERATOR = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}[,、章节部]"
    r"|\(?\d{1,2}[)．、]|\d{1,2}\.(?!\d)|[一二三四五六七八九十]{1,2}是(?:要)?|其[一二三四五]|——|[①-⑳●■◆]|#{1,6})\s*"
)

#: The number of a part of the whole: 一、二、…; (一) and what is below counts inside a part.
PART = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}(?:部分|章)|#\s)")


def find_headings(clauses: list[Clause]) -> list[bool]:
    """Return for each clause whether it stands in a heading.

    A heading is a paragraph of one sentence, at most 60 characters long, that no mark closes and that text
    follows.
    """
    headings = [False] * len(clauses)
    first = 0
    for i, clause in enumerate(clauses):
        last = i + 1 == len(clauses) or clauses[i + 1].paragraph != clause.paragraph
        if not last:
            continue
        if (
            clause.mark == "\n"
            and clause.end - clauses[first].start <= _LONGEST_HEADING
            and clauses[first].sentence == clause.sentence
        ):
            headings[first : i + 1] = [True] * (i + 1 - first)
        first = i + 1
    return headings
