"""Bylines: lines that consist of an office and a name (衢州市衢江区委书记 王慧杰)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from jiaozhu.extraction.people.offices import LONGEST, is_office, is_private, places_of, titles
from jiaozhu.extraction.people.officials import Official
from jiaozhu.extraction.people.persons import is_name

#: What may stand around a byline: dashes, brackets, 文/, a number; (书面发言) behind it.
_FRAME = re.compile(
    r"(?:[\s—–\-(\[【■●▲◆★〇◎□#*]|文[/|]|(?:作者|发言人|主讲人|报告人|嘉宾|受访人|口述)[:|]|\d{1,2}[.、]?|[一二三四五六七八九十]{1,3}、)*"
    r"(?P<line>.*?)(?:\((?:\d{4}年.{0,12}|摘要|摘登|节选|摘编|书面|书面发言|视频|整理稿)\))?[\s:)\]】]*",
    re.DOTALL,
)
_BESIDE_NAME = re.compile(r"(?<=..)(?:代表|委员|同志)$")  # 郁安澜|代表(松漪县委书记)


def read_byline(text: str, start: int, end: int, *, sure: bool = False) -> Official | None:
    """Return the official that a line consists of; None if it isn't a byline.

    衢州市衢江区委书记 王慧杰 · 市 长 王 健 · 王健(义乌市委书记) · ——义乌市委书记王健

    A name behind a space may be of any family; `sure` says that it may be so without the space, too.
    """
    if text.find("。", start, end) >= 0 or not _spaced_titles().search(text, start, end):
        return None
    frame = _FRAME.fullmatch(text, start, end)
    if frame is None:
        return None
    line = _Compact(text, *frame.span("line"))
    if not 4 <= len(line.text) <= LONGEST:
        return None
    for title in reversed(list(titles().finditer(line.text))):
        split = title.end() + line.text.startswith((" ", ":"), title.end())
        name = line.text[split:]
        if is_name(name, sure=sure or line.has_gap(split)) and is_office(line.text[: title.end()]):
            official = line.official((0, title.end()), (split, len(line.text)))
            # Two cells of a table are no office: 3 | 讲话 | 市长.
            return None if "\t" in text[official.office_start : official.office_end] else official
    for split in range(2, min(len(line.text), 20)):
        name, office = _BESIDE_NAME.sub("", line.text[:split]), line.text[split:].strip("(), :")
        gap = line.has_gap(split)
        if (gap or line.text[split] in "(,:") and is_name(name, sure=gap) and is_office(office):
            at = line.text.index(office, split)
            return line.official((at, at + len(office)), (0, len(name)))
    return None


@cache
def _spaced_titles() -> re.Pattern[str]:
    """Return the pattern of what offices end in, spaces allowed: 市 长."""
    return re.compile("|".join(r"[^\S\n]*".join(title) for title in titles().pattern.split("|")))


class _Compact:
    """A line without its spaces, and the way back; only the space behind an office stays."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = ""
        self.at: list[int] = []
        self._gaps: set[int] = set()  # positions in self.text before which a space stood
        space = False
        for i in range(start, end):
            if text[i].isspace():
                if not space and self.text and self._ends_in_title():
                    self.text += " "
                    self.at.append(i)
                space = True
                continue
            if space:
                self._gaps.add(len(self.text))
            space = False
            self.text += text[i]
            self.at.append(i)

    def _ends_in_title(self) -> bool:
        end = len(self.text)
        return any(title.end() == end for title in titles().finditer(self.text, max(0, end - 4)))

    def has_gap(self, position: int) -> bool:
        """Return whether a space stood before the character at `position`."""
        return position in self._gaps

    def official(self, office: tuple[int, int], name: tuple[int, int]) -> Official:
        """Return the official whose office and name stand at these positions of the line."""
        places = tuple(
            replace(place, start=self.at[place.start], end=self.at[place.end - 1] + 1)
            for place in places_of(self.text, *office)
        )
        private = is_private(self.text[slice(*office)])
        return Official(*self._span(office), *self._span(name), places, private=private)

    def _span(self, span: tuple[int, int]) -> tuple[int, int]:
        return self.at[span[0]], self.at[span[1] - 1] + 1
