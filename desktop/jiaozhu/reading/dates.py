"""Dates as they stand in front of a text: 2012年1月14日, 二〇二六年一月二十七日, 2026-02-09, 12月21日."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = "〇一二三四五六七八九"
_ZEROS = {ord("○"): "〇", ord("零"): "〇", ord("Ｏ"): "〇"}
_YEAR = rf"(?<!\d)(?:\d\s?){{3}}\d|[{_DIGITS}○零Ｏ]{{4}}"
_MONTH = r"\d\s?\d?|十[一二]?|[一二三四五六七八九]"
_DAY = r"\d\s?\d?|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*年\s*|(?<![\d年{_DIGITS}○零十.])(?<!年\s))"
    rf"(?P<month>{_MONTH})\s*月\s*(?P<day>{_DAY})\s*日"
    r"|(?<!\d)(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d)"
)
_FIGURES = re.compile(r"\d{4}[-/.]\d")  # without these or 日 there is no date; it saves much time
#: Days that lost a part, at the head of a clause, as 工期1016日 is not: 1016日上午, 10月日, 2025年13月.
_HOUR = r"(?:上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|晚|夜)"
_DAMAGED = re.compile(
    rf"(?<![^\s年—－（(〔【\[：:，,。；;、“至和])(?:\d{{4}}\s*年\s*)?"
    rf"(?:(?:1[0-2]|0[1-9])(?:0[1-9]|[12]\d|3[01])日(?=\s|$|[，,、）)〕】在至和电讯]|{_HOUR})"
    rf"|[1-9](?:0[1-9]|[12]\d|3[01])日(?=在|{_HOUR})"
    rf"|\d{{1,2}}月日){_HOUR}?"
    rf"|(?<!\d)\d{{4}}\s*年\s*(?:0{{1,2}}|1[3-9]|[2-9]\d)\s*月(?!\s*\d{{1,2}}\s*日)"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])(?:0[1-9]|[12]\d|3[01])日(?=[电讯])"  # 新华社北京1016日电
)


class Day(NamedTuple):
    """A day in a text; `year` is None if it isn't written there."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    numeric: bool  # written 2026-02-09

    def iso(self, year: int | None = None) -> str | None:
        """Return the date as ISO, with `year` where none is written; None if there is no such day."""
        year = self.year or year
        return None if year is None else iso(year, self.month, self.day)


def iso(year: int, month: int, day: int) -> str | None:
    """Return the date as ISO, None if the calendar has no such day or it lies outside 1900 to 2100."""
    if not 1900 <= year <= 2100:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def find_days(text: str) -> Iterator[Day]:
    """Yield the days written in the text, in order; what the calendar hasn't got is left out."""
    for _match, day in _written(text):
        if _exists(2000, day):  # a leap year
            yield day


def find_impossible_days(text: str) -> Iterator[str]:
    """Yield the words that mean a day and name none: 2月30日, and 10月16日 that lost its 月."""
    for words, day in _written(text):
        if (not day.numeric or iso(day.year or 0, 1, 1)) and not _exists(day.year or 2000, day):
            yield words
    if "日" in text or "月" in text:
        for match in _DAMAGED.finditer(text):
            yield match[0].strip()


def _written(text: str) -> Iterator[tuple[str, Day]]:
    """Yield what is written like a day, as it stands, and the numbers in it."""
    if "日" not in text and not _FIGURES.search(text):
        return
    for match in _DATE.finditer(text):
        if match["y"]:
            found = Day(*match.span(), int(match["y"]), int(match["m"]), int(match["d"]), True)
        else:
            year = _number(match["year"]) if match["year"] else None
            found = Day(*match.span(), year, _number(match["month"]), _number(match["day"]), False)
        yield match[0].strip(), found


def _exists(year: int, day: Day) -> bool:
    """Return whether the calendar has a day in a year."""
    try:
        datetime.date(year, day.month, day.day)
    except ValueError:
        return False
    return True


def _number(written: str) -> int:
    """Return the number in digits or in Chinese: 12, 1 2, 二〇二六, 十二, 二十七, 三十."""
    written = "".join(written.split()).translate(_ZEROS)
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if ten:
        return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
    return int("".join(str(_DIGITS.index(char)) for char in written))
