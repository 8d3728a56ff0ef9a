"""The numbers before headings and items: 一、, (一), 1., 第一,, 一是."""

from __future__ import annotations

import re

#: The number before a heading or an item: 一、 (一) 1. 第一, 一是 其一.
ENUMERATOR = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}[,、章节部]"
    r"|\(?\d{1,2}[)．、]|\d{1,2}\.(?!\d)|[一二三四五六七八九十]{1,2}是(?:要)?|其[一二三四五]|——|[①-⑳●■◆]|#{1,6})\s*"
)

#: The number of a part of the whole: 一、二、…; (一) and what is below counts inside a part.
PART = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}(?:部分|章)|#\s)")
