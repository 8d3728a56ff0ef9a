"""What a figure rose or fell from, and what it is compared with (guideline, section 2, "period").

In 由2020年的A提高到B the year is that of A alone; in 由A提高到B over a period, A belongs to its start; in
与2015年相比,产量由A增加到B it belongs to 2015.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from jiaozhu.extraction.text import Clause
from jiaozhu.extraction.times.periods import TimeExpression, find_times

_INSIDE = r"[^,;。:!?\n]"
_NUMBER = r"(?:百分之)?[0-9〇零一二三四五六七八九十百千万两几]"
_ABOUT = r"(?:不足|不到|约|近|超过?|仅)?"
#: Words before the first figure of a rise: 由, 由原来的.
_FROM = re.compile(
    rf"(?:由|从)(?:原来的?|过去的?|最初的?|当初的?|年初的?|期初的?)?的?(?:人均|户均|每[人月年天户亩])*{_ABOUT}\Z"
)
_FROM_TIME = re.compile(r"(?:由|从)\Z")
#: Behind the time of the first figure: the figure, and what was reached.
_FIGURE = re.compile(
    rf"(?:的|末的|底的)?{_INSIDE}{{0,8}}?{_ABOUT}{_NUMBER}{_INSIDE}{{0,24}}?,?{_INSIDE}{{0,8}}?(?:[到至]|[升增降减改变调转扩缩]为)"
)
_REACHED = re.compile(rf"{_NUMBER}{_INSIDE}{{0,20}}?,?{_INSIDE}{{0,8}}?(?:[到至]|[升增降减改变调转扩缩]为)")
#: Between a time and the figure that is its own.
_OWN = re.compile(r"[^,;。:!?\n到至为0-9二三四五六七八九十百]{0,12}")
#: 为2019年的120%: what a share or a multiple is of.
_IS = re.compile(r"(?:\A|[,;。、:\n])(?:[仅约]?[为是]|相当于|等于)\Z")
_OF = re.compile(
    r"(?:全年|水平|总量)?的(?:百分之|[0-9.]+(?:多|余)?[倍%成]|[一二三四五六七八九十两点]+[倍成]|[一二三四五六七八九十两]+分之)"
)
#: 较“十三五”末的9323亿元增加…: an amount that the time it is compared with had.
_HAD = re.compile(r"的(?=[0-9.,百千万亿〇零一二三四五六七八九十两]+(?![倍%成分年个0-9.]))")
_WITH = re.compile(r"(?:与|同|和|跟)[^,;。:!?\n]{0,4}\Z")
_BEFORE = 8
_AHEAD = 80
#: The year before: of the year that governs, not of the text's.
_YEAR_BEFORE = ("上年", "上一年", "去年")


class Origins:
    """The times of one speech that belong to a figure of the past only, by their clause."""

    def __init__(self, text: str, day: date | None) -> None:
        """Read the normalised `text`; `day` is the day of the text."""
        self._text, self._day = text, day
        self._own: dict[int, list[TimeExpression]] = {}  # by the start of the clause
        self._compared: dict[int, tuple[int, TimeExpression]] = {}  # by the sentence: where, and what

    def takes(self, clause: Clause, expression: TimeExpression) -> bool:
        """Keep a time of a figure that something rose from, or is compared with; tell whether it was one."""
        text, start, end = self._text, expression.start, expression.end
        if expression.role == "comparison":
            dated = self._dated(expression)
            if dated and _HAD.match(text, end, clause.end):
                self._own.setdefault(clause.start, []).append(dated)
            elif (
                dated
                and text[start:end] not in _YEAR_BEFORE
                and _WITH.search(text, max(clause.start, start - _BEFORE), start)
            ):
                self._compared[clause.sentence] = end, dated
            return True
        if not expression.period or expression.form not in ("span", "state"):
            return False
        if _OF.match(text, end) and _IS.search(text, max(0, clause.start - 1), start):
            return True
        if not _FROM_TIME.search(text, max(clause.start, start - 1), start):
            return False
        if not _FIGURE.match(text, end, end + _AHEAD):
            return False
        self._own.setdefault(clause.start, []).append(expression)
        return True

    def governing(self, clause: Clause, position: int, over: TimeExpression | None) -> TimeExpression | None:
        """Return what governs a figure at `position` that something rose or fell from; None for others.

        `over` is the period that governs the rise.
        """
        text = self._text
        for expression in self._own.get(clause.start, ()):
            if expression.end <= position and _OWN.fullmatch(text, expression.end, position):
                return self._before(expression, over)
        if not _FROM.search(text, max(clause.start, position - _BEFORE), position):
            return None
        if not _REACHED.match(text, position, position + _AHEAD):
            return None
        if compared := self.compared(clause, position):
            return compared
        if over is None or not over.period:
            return None
        first = over.period.partition("/")[0]
        return replace(over, period=f"{first}/{first}", form="state")

    def compared(self, clause: Clause, position: int | None = None) -> TimeExpression | None:
        """Return the time that the sentence compares its figures with (与2018年相比,…), if before."""
        end, expression = self._compared.get(clause.sentence, (0, None))
        return expression if expression and end <= (clause.start if position is None else position) else None

    def _before(self, expression: TimeExpression, over: TimeExpression | None) -> TimeExpression:
        """Return 上年 as the year before the one that governs: in a review of last year it is two ago."""
        written = self._text[expression.start : expression.end]
        if (
            not written.startswith("上")
            or not over
            or over.unit != "year"
            or over.period != expression.period
        ):
            return expression
        year = int((expression.period or "")[:4]) - 1
        return replace(expression, period=f"{year:04}-01-01/{year:04}-12-31")

    def _dated(self, expression: TimeExpression) -> TimeExpression | None:
        """Return a time of a comparison with its dates, None if it has none by itself."""
        if expression.unit not in ("year", "plan", "month", "quarter"):
            return None
        found = find_times(self._text[expression.start : expression.end], self._day)
        if len(found) != 1 or not found[0].period:
            return None
        return replace(found[0], start=expression.start, end=expression.end)
