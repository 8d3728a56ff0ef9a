"""The date of a document: the day of the occasion before that of the publication, never a guess."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import PurePath

from jiaozhu import lexicon
from jiaozhu.reading.dates import Day, find_days, find_impossible_days, iso
from jiaozhu.reading.lines import is_running

#: A report of an occasion is published soon after it.
_LATEST_REPORT = 92  # days
#: A sentence that reports an occasion begins with its day, but for 编者按: and the like.
_LEAD = 12  # characters
#: Where no publication tells how late a report may be, only its first paragraphs are believed.
_LEADS = 2
_LONGEST_REPORT = 600  # characters of a paragraph whose sentences may tell an occasion
_LONGEST_STAMP = 60  # characters
_LONGEST_MEDIUM = 16
_LONGEST_DAY = 20  # characters, with spaces between the digits
_LONGEST_LEAD = _LEAD + _LONGEST_DAY

_OPENER = re.compile(r"\s*(?:[—－-]{1,2}|[（(〔【])\s*$")
_CLOSER = re.compile(r"\s*[）)〕】]?\s*$")
_REMARK = re.compile(r"[^（）()〔〕【】]{0,60}[）)〕】]\s*$|\s*$")  # 印发）, ，根据录音整理）
_APART = re.compile(r"\s*[）)〕】]?(?:\s[^，。；]{0,30})?$")
#: What follows the day of an occasion: 在…会议上, 和22日在…大会上.
_GATHERED = re.compile(r"[\d至和、月日年一二三四五六七八九十\s—-]{0,12}(?:上午|下午|晚)?\s*在[^。；]{2,60}上")
_CLOCK = re.compile(r"\s*T?\d{1,2}[:：时点]\d{1,2}")
_WIRE = re.compile(r"[（(]?[\u4e00-\u9fff]{2,12}\d{1,2}月\d{1,2}日[^，。]{0,6}电")
_SENTENCE = re.compile(r"[^。！？；\n]+")

_COMPACT_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.]|年)(\d{1,2})(?!\d)")
_REVIEWED_YEAR = re.compile(r"(?<!\d)(\d{4})年(?:工作)?[^。，,\n\d]{0,10}(?:回顾|总结)")
_PLANNED_YEAR = re.compile(
    r"(?<!\d)(\d{4})年(?:[,，][^。，,\n]{0,12}将|[^。，,\n\d]{0,10}(?:安排|任务|打算|重点工作|部署))"
)

#: A day that lost its 月 (1016日上午): believed only where the file's name gives the same month.
_DAMAGED = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])([0-3]\d)日")

_Dating = Callable[[Day], str | None]


def find_date(
    front: list[str],
    report: list[str],
    end: list[str],
    text: str,
    source: str,
    *,
    published: str | None = None,
) -> str | None:
    """Return the date of a document as ISO, None if none is certain.

    `front`: the lines before the body; `report`: those of a body that may report the occasion; `end`: the
    last ones; `published`: what is known of the publication from elsewhere.
    """
    published = _find_published([*front, *end]) or published

    def date(day: Day) -> str | None:
        """Return the date of a day, its year from elsewhere if need be."""
        return day.iso() or day.iso(_infer_year(day, text, source, published))

    return (
        _first(date(day) for line in front if (day := _find_held(line)))
        or _first(_reported([*front, *(report if published else report[:_LEADS])], date, published, source))
        or _first(day.iso() for line in front if (day := _alone(line)))
        or published
        or _first(date(day) for line in (*front, *end) if _WIRE.match(line) for day in find_days(line))
        or _file_date(source)
        or _first(day.iso() for line in end if (day := _alone(line)))
    )


def find_occasion(line: str) -> int | None:
    """Return where the line begins to name the occasion, which may be behind a title; None: nowhere."""
    day = _find_held(line)
    if day is None:
        return None
    opener = _OPENER.search(line, 0, day.start)
    return opener.start() if opener else day.start


def find_held(line: str) -> str | None:
    """Return the date of the occasion that a line names with its year; None if it names none."""
    day = _find_held(line)
    return day.iso() if day else None


def find_impossible(lines: list[str], report: list[str]) -> list[str]:
    """Return the days, as written, that are none, where a date is looked for: 1016日上午, 2月30日.

    `lines` are those in front of the text and at its end; of a `report` only what its sentences begin with.
    """
    leads = (
        sentence[:_LONGEST_LEAD]
        for line in report[:_LEADS]
        for sentence in _SENTENCE.findall(line[:_LONGEST_REPORT])
    )
    return list(dict.fromkeys(day for text in (*lines, *leads) for day in find_impossible_days(text)))


def is_publication(line: str) -> bool:
    """Return whether the line says when the text was published: 发布时间：…, 2026-02-03 09:02:33."""
    return _published_label().match(line) is not None or _stamp(line) is not None


def _first(dates: Iterator[str | None]) -> str | None:
    return next((date for date in dates if date), None)


def _find_held(line: str) -> Day | None:
    """Return the day on which the occasion was held: 2012年1月14日在…会议上, （2012年1月14日）."""
    for day in find_days(line):
        opener = _OPENER.search(line, 0, day.start)
        if _GATHERED.match(line, day.end) or (opener and day.year and _REMARK.match(line, day.end)):
            return day
    return None


def _reported(lines: list[str], date: _Dating, published: str | None, source: str) -> Iterator[str]:
    """Yield the days of occasions that the text reports: 12月21日,…会议在…举行."""
    gathering, verb, recalled = _words("gathering"), _words("verb"), _words("recalled")
    for line in lines:
        if "日" not in line:
            continue
        for sentence in _SENTENCE.findall(line):
            lead = sentence[:_LONGEST_LEAD]
            day = (next(find_days(lead), None) or _mended(lead, source)) if "日" in lead else None
            if day is None or day.start > _LEAD or recalled.search(sentence):
                continue
            if not (gathering.search(sentence) and verb.search(sentence)):
                continue
            held = date(day)
            if held and (published is None or 0 <= _days_between(held, published) <= _LATEST_REPORT):
                yield held


def _mended(lead: str, source: str) -> Day | None:
    """Return a day that lost its 月, if the name of the file gives the same year and month."""
    match = _DAMAGED.search(lead)
    months = set(_YEAR_AND_MONTH.findall(PurePath(source).stem))
    if match is None or len(months) != 1:
        return None
    year, month = map(int, months.pop())
    return Day(*match.span(), year, month, int(match[2]), False) if int(match[1]) == month else None


def _alone(line: str) -> Day | None:
    """Return the day that a line begins with, written in Chinese, if no hour and no sentence follows it."""
    day = next(find_days(line), None)
    if day is None or day.numeric or not _APART.match(line, day.end) or _CLOCK.match(line, day.end):
        return None
    return day if not line[: day.start].strip("—－-（(〔【 ") else None


def _find_published(lines: list[str]) -> str | None:
    """Return the day of publication: behind 发布时间：, or a stamp on a line of its own."""
    for i, line in enumerate(lines):
        if label := _published_label_inside().search(line):
            value = line[label.end() :].strip() or (lines[i + 1] if i + 1 < len(lines) else "")
            if date := _first(day.iso() for day in find_days(value)):
                return date
    return _first(day.iso() for line in lines if (day := _stamp(line)))


def _stamp(line: str) -> Day | None:
    """Return the day on a line that goes on with an hour, or that is all there is in figures.

    An account may stand before it (澄湾观察 2025年3月6日 10:22), a paper (澄湾日报 2025年3月6日), or who
    published the text on either side (2025-03-06 来源：澄湾日报).
    """
    day = next(find_days(line), None)
    if day is None or day.year is None:
        return None
    if len(line) <= _LONGEST_STAMP and not is_running(line):
        if _source_label().search(line):
            return day
        if _CLOSER.match(line, day.end) and is_medium(line[: day.start]):
            return day
    if _CLOCK.match(line, day.end):
        return day if not day.start or (len(line) <= _LONGEST_STAMP and not is_running(line)) else None
    return day if not day.start and day.numeric and _CLOSER.match(line, day.end) else None


def _file_date(source: str) -> str | None:
    """Return the full date in a file's name: 2024-12-21, 20241221, 2024年12月21日."""
    stem = PurePath(source).stem
    found = _first(day.iso() for day in find_days(stem.replace("_", "-")))
    return found or _first(iso(*map(int, match.groups())) for match in _COMPACT_DAY.finditer(stem))


def _infer_year(day: Day, text: str, source: str, published: str | None) -> int | None:
    """Return the year of a day written without one, None if nothing tells it.

    From the file's name, else the day of publication, else the years that the text reviews and plans: a
    speech of the first half of a year plans that year, one of the second half plans the next.
    """
    stem = PurePath(source).stem
    months = set(_YEAR_AND_MONTH.findall(stem))
    if len(months) == 1:
        year, month = map(int, months.pop())
        return year if day.month <= month else year - 1
    years = set(_YEAR.findall(stem))
    if len(years) == 1:
        return int(years.pop())
    if published:
        year = int(published[:4])
        return year if (day.iso(year) or published) <= published else year - 1
    planned = {int(year) for year in _PLANNED_YEAR.findall(text)}
    planned |= {int(year) + 1 for year in _REVIEWED_YEAR.findall(text)}
    if len(planned) != 1:
        return None
    return planned.pop() - (day.month > 6)


def _days_between(earlier: str, later: str) -> int:
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


@cache
def _published_label() -> re.Pattern[str]:
    return re.compile(
        rf"[（(【\[]?(?:{'|'.join(lexicon.words('reading', 'label', 'published'))})\s?[：:】\]]+"
    )


@cache
def _published_label_inside() -> re.Pattern[str]:
    """Return the pattern of a label behind others: 来源：澄湾日报 发布时间：…"""
    return re.compile(rf"(?:^|[\s（(【\[|｜\d])(?:{_published_label().pattern})")


@cache
def _source_label() -> re.Pattern[str]:
    labels = "|".join(lexicon.words("reading", "label", "publisher"))
    return re.compile(rf"(?:^|[\s（(【\[|｜\d])(?:{labels})\s?[：:】\]]")


def is_medium(name: str) -> bool:
    """Return whether a name is that of a paper, a station or a site: 澄湾日报."""
    name = name.strip()
    is_one = 3 <= len(name) <= _LONGEST_MEDIUM and len(name.split()) == 1
    return is_one and name.endswith(lexicon.words("reading", "medium", "last"))


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon.words("reading", "occasion", key)))
