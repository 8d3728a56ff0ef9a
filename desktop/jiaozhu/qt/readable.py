"""Values and periods as people write them, and what people write as values. Without Qt."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Metric, Subject
from jiaozhu.qt.labels import COMPARATORS, VALUES

#: Chinese numbers are grouped by four digits; from ten thousand on the group has a name.
_GROUPS = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def number(value: str | None) -> str:
    """Return a decimal with its groups named: 160780000000 is 1607.8亿."""
    if value is None:
        return ""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return value
    for size, name in _GROUPS:
        # 万亿 only where it is shorter: 1.2万亿, but 1607.8亿.
        if abs(amount) >= size and (name != "万亿" or amount % (size / 100) == 0):
            return _digits(amount / size) + name
    return _digits(amount)


def _digits(amount: Decimal) -> str:
    """Return a decimal without exponent and closing zeros, with a minus as wide as a digit."""
    written = f"{amount:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return written.replace("-", "−")


def quantity(metric: Metric) -> str:
    """Return comparator, value and unit in one: >1500亿元, 3–5个, 第9位."""
    if metric.value is None:
        return ""
    unit = metric.unit or ""
    amount = number(metric.value)
    if metric.kind == "rank":
        return f"{'前' if metric.comparator == '<=' else '第'}{amount}{unit}"
    if metric.comparator == "range" or metric.value_high is not None:
        return f"{amount}–{number(metric.value_high)}{unit}"
    if metric.kind == "streak":
        return _("连续{amount}{unit}").format(amount=amount, unit=unit)
    return f"{COMPARATORS.get(metric.comparator or '', '')}{amount}{unit}"


def period(value: str | None) -> str:
    """Return an ISO period as it is said: 2025年, 2024年前三季度, 2024年1—8月, 2021—2025年."""
    if not value:
        return ""
    try:
        start, end = (date.fromisoformat(day) for day in value.split("/"))
    except ValueError:
        return value
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if start == end:
        return day(start.isoformat())
    if not whole:
        return f"{day(start.isoformat())}—{day(end.isoformat())}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年" if start.year == end.year else f"{start.year}—{end.year}年"
    if start.year == end.year:
        months = (start.month, end.month)
        if months in _PARTS_OF_YEAR:
            return f"{start.year}年{_PARTS_OF_YEAR[months]}"
        last = f"—{end.month}" if start.month != end.month else ""
        return f"{start.year}年{start.month}{last}月"
    return f"{start.year}年{start.month}月—{end.year}年{end.month}月"


_PARTS_OF_YEAR = {
    (1, 3): "一季度",
    (4, 6): "二季度",
    (7, 9): "三季度",
    (10, 12): "四季度",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 9): "前三季度",
}


def day(value: str | None) -> str:
    """Return an ISO date as it is said: 2025年12月31日."""
    if not value:
        return ""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{found.year}年{found.month}月{found.day}日"


def moment(value: str | datetime | None) -> str:
    """Return a moment (ISO, UTC) in local time: the clock alone for today, else with the day."""
    if not value:
        return ""
    at = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone()
    clock = f"{at:%H:%M:%S}"
    return clock if at.date() == datetime.now().astimezone().date() else f"{at:%Y-%m-%d} {clock}"


def encoding(name: str | None) -> str:
    """Return an encoding by its usual name; empty for a format without one."""
    return _ENCODINGS.get(name, name.upper()) if name else ""


_ENCODINGS = {"cp950": "Big5", "big5hkscs": "Big5-HKSCS", "utf-8-sig": "UTF-8"}


def shown(subject: Subject, name: str) -> str:
    """Return a field of an annotation, a speech or metadata as people read it; empty if it has no value."""
    value = getattr(subject, name)
    if value is None:
        return ""
    if name == "value":
        return quantity(subject) if isinstance(subject, Metric) else str(value)
    if name == "period":
        return period(value)
    if name in ("deadline", "date"):
        return day(value)
    return VALUES.get(subject.type, {}).get(name, {}).get(value, str(value))


def typed_value(text: str) -> dict[str, str | None]:
    """Return the fields that a typed quantity stands for: 突破1500亿元 fills value, unit and comparator.

    A bare number is the value alone, and what is no quantity stays as it was typed.
    """
    # The grammar's words are read when it is first needed, not when the window opens.
    from jiaozhu.extraction.numbers.numerals import plain
    from jiaozhu.extraction.numbers.quantities import find_quantities
    from jiaozhu.extraction.text import normalise

    text = normalise(text.strip())
    if not text or re.fullmatch(r"[-−+]?[\d,]*\.?\d+", text):
        return {"value": text.replace("−", "-").lstrip("+") or None}
    found = find_quantities(text)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        return {"value": text}
    one = found[0]
    fields: dict[str, str | None] = {
        "value": plain(one.value),
        "value_high": None if one.value_high is None else plain(one.value_high),
        "comparator": one.comparator,
    }
    if one.unit is not None:
        fields["unit"] = one.unit
    return fields


def typed_period(text: str) -> str:
    """Return the ISO period that a typed year, quarter, half or month stands for, else the text."""
    text = text.strip()
    match = _TYPED_PERIOD.fullmatch(text)
    if match is None:
        return text
    year, last_year, part = int(match["year"]), match["last_year"], match["part"]
    first, last = 1, 12
    if part:
        named = {name: months for months, name in _PARTS_OF_YEAR.items()} | {"全年": (1, 12)}
        if part in named:
            first, last = named[part]
        else:
            months = [int(month) for month in re.findall(r"\d+", part)]
            first, last = months[0], months[-1]
    final = int(last_year) if last_year else year
    if not 1 <= first <= last <= 12 or final < year:
        return text
    return f"{year:04}-{first:02}-01/{final:04}-{last:02}-{calendar.monthrange(final, last)[1]}"


_TYPED_PERIOD = re.compile(
    r"(?P<year>[12]\d{3})(?:[—–~至-](?P<last_year>[12]\d{3}))?年?"
    r"(?P<part>全年|[一二三四]季度|前三季度|[上下]半年|\d{1,2}(?:[—–~至-]\d{1,2})?月|-\d{2})?"
)


def deadline_of(text: str) -> str:
    """Return the last day of a typed year, quarter, half or month, else the text."""
    found = typed_period(text)
    return found.partition("/")[2] or found


def typed_day(text: str) -> str:
    """Return the ISO date that a typed day stands for: 2025年3月7日, 2025.3.7, 20250307; else the text."""
    text = text.strip()
    match = _TYPED_DAY.fullmatch(text)
    if match is None:
        return text
    found = "-".join(part.zfill(2) for part in match.groups() if part)
    try:
        return date.fromisoformat(found).isoformat()
    except ValueError:
        return text


_TYPED_DAY = re.compile(
    r"([12]\d{3})(?:\s*(?:年|[-./／．。])\s*(\d{1,2})\s*(?:月|[-./／．。])\s*(\d{1,2})\s*[日号]?|(\d\d)(\d\d))"
)


def title(annotation: AnyAnnotation) -> str:
    """Return an annotation's own words on one line, for lists and titles."""
    return re.sub(r"\s+", "", annotation.text)


_SENTENCE_ENDS = "。！？；!?;\n"


def sentence(text: str, start: int, end: int, *, longest: int = 160) -> tuple[int, int]:
    """Return the span of the sentence around a span, not much longer than `longest`."""
    first = max(text.rfind(mark, max(0, start - longest), start) for mark in _SENTENCE_ENDS) + 1
    first = max(first, start - longest, 0)
    found = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end, end + longest)) >= 0]
    last = min(found, default=min(len(text), end + longest))
    if last < len(text) and text[last] != "\n":
        last += 1
    while first < start and text[first].isspace():
        first += 1
    return first, last
