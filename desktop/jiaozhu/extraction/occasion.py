"""When a speech was given: the day of the meeting, else the day of publication."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

_DIGITS = {character: i for i, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"(?P<month>{_NUMBER})月(?P<day>{_NUMBER})日"
_YEAR = r"(?P<year>\d{4}|[〇零一二三四五六七八九]{4})年"
#: 2026年1月27日(至29日)在…第四次会议上
_OCCASION = re.compile(rf"{_YEAR}{_DAY}(?=[^。!?\n]{{0,12}}在[^。!?]{{2,40}}会)")
#: A line of its own: (2024年12月21日), ——2012年1月14日
_DATED = re.compile(rf"^[—(]*{_YEAR}{_DAY}\)?$", re.MULTILINE)
#: 12月21日,…会议在杭州举行; also with the 月 lost: 1016日上午
_MEETING = re.compile(
    rf"(?<!\d)(?:{_DAY})(?:上午|下午|晚|当天)?[,至在]?[^。!?\n]{{0,60}}?(?:召开|举行|开幕|会议|会上|作|调研|考察|主持|出席|强调|指出|亮出)"
)
_MEETING_MARRED = re.compile(r"(?<!\d)(?P<month>1[0-2]|0[1-9])(?P<day>[0-3]\d)日(?=上午|下午|,|在)")
_PUBLISHED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-年/.](?P<month>\d{1,2})[-月/.](?P<day>\d{1,2})(?!\d)"
)
_REVIEWED = re.compile(r"(\d{4})年(?:国内|政府)?工作(?:的)?(?:回顾|总结)")
_PLANNED = re.compile(r"(?<!\d)(20\d\d|19\d\d)年,[^。\n]{0,20}?将")


def find_date(text: str, head_end: int, published: str | None) -> str | None:
    """Return the ISO date of the occasion as the normalised `text` tells it, else `published`.

    The head, up to `head_end`, tells the occasion; the end of the text may tell the publication.
    """
    head = re.sub(r"[^\S\n]+", "", text[:head_end])
    occasion = _OCCASION.search(head) or _DATED.search(head)
    if occasion:
        return _iso(occasion["year"], occasion["month"], occasion["day"]) or published
    printed = published or _find_published(text[:head_end], text[-200:])
    meeting = _MEETING.search(head) or _MEETING_MARRED.search(head)
    if meeting:
        year = _year_before(printed, meeting["month"], meeting["day"]) or _guess_year(text, meeting["month"])
        found = year and _iso(str(year), meeting["month"], meeting["day"])
        if found:
            return found
    return printed


def _find_published(head: str, tail: str) -> str | None:
    for place in (head, tail):
        match = _PUBLISHED.search(place)
        found = match and _iso(match["year"], match["month"], match["day"])
        if found:
            return found
    return None


def _year_before(published: str | None, month: str, day: str) -> int | None:
    """Return the year of the last such day before the publication."""
    if published is None:
        return None
    return int(published[:4]) - ((_number(month), _number(day)) > (int(published[5:7]), int(published[8:10])))


def _guess_year(text: str, month: str) -> int | None:
    """Return the year that the text speaks in: after the one it reviews, at its end before the one it plans."""
    reviewed = _REVIEWED.search(text)
    if reviewed:
        return int(reviewed.group(1)) + 1
    planned = Counter(_PLANNED.findall(text)).most_common(1)
    if planned:
        return int(planned[0][0]) - (_number(month) >= 10)
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    if not year.isdecimal():
        year = "".join(str(_DIGITS[character]) for character in year)
    try:
        return date(int(year), _number(month), _number(day)).isoformat()
    except ValueError:
        return None


def _number(written: str) -> int:
    """Return the number up to 39 that digits or Chinese numerals write."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    value = _DIGITS.get(ones, 0)
    return value + 10 * (_DIGITS.get(tens, 1) if ten else 0)
