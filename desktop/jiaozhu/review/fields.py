"""The fields that a reviewer may correct, and what each may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from jiaozhu.i18n import gettext as _
from jiaozhu.model import CHOICES, AnyAnnotation

#: Fields by type, in the order in which the guideline corrects them (section 4).
EDITABLE: dict[str, tuple[str, ...]] = {
    "metric": (
        "indicator",
        "value",
        "value_high",
        "unit",
        "comparator",
        "kind",
        "basis",
        "period",
        "scope",
        "region",
        "status",
    ),
    "commitment": ("strength", "kind", "deadline"),
    "speech": ("speaker", "office", "region", "date", "heading"),
    "metadata": ("title", "publisher", "date", "url"),
}


class ReviewError(Exception):
    """Something that can't be done now; the text is one sentence for the reviewer."""


class ConflictError(ReviewError):
    """Somebody else has changed the same annotation meanwhile; the screen shows now how it stands."""


def check(type_: str, name: str, value: str | None) -> str | None:
    """Return the value of a field as it is stored; white space around it and empty values go.

    Raises ReviewError, saying what the field takes, if it does not take this value.
    """
    if name not in EDITABLE[type_]:
        raise ReviewError(_("“{name}”不能更正。").format(name=name))
    value = (value or "").strip() or None
    if value is None:
        return None
    choices = CHOICES.get(type_, {}).get(name)
    if choices is not None:
        if value not in choices:
            raise ReviewError(
                _("“{name}”只能是 {choices}，不能是“{value}”。").format(
                    name=name, choices=" ".join(choices), value=value
                )
            )
        return value
    return _CHECKS[name](value) if name in _CHECKS else value


def check_together(annotation: AnyAnnotation) -> None:
    """Raise ReviewError if two fields contradict each other: a range that ends before it begins."""
    low, high = getattr(annotation, "value", None), getattr(annotation, "value_high", None)
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise ReviewError(_("区间的上限 {high} 小于下限 {low}。").format(low=low, high=high))


def _decimal(value: str) -> str:
    try:
        number = Decimal(value.replace(",", "").replace(",", ""))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ReviewError(
            _("“{value}”不是数值；请写成以基本单位计的十进制数，如 160780000000 或 7.3。").format(value=value)
        )
    return format(number, "f")


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _day(value: str) -> str:
    if not _is_day(value):
        raise ReviewError(_("“{value}”不是日期；请写成 2025-12-31。").format(value=value))
    return value


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ReviewError(_("“{value}”不是网址；请写成 https://… 的形式。").format(value=value))
    return value


_URL = re.compile(r"https?://\S+")


def _period(value: str) -> str:
    start, slash, end = (part.strip() for part in value.partition("/"))
    if not (slash and _is_day(start) and _is_day(end)):
        raise ReviewError(_("“{value}”不是期间；请写成 2025-01-01/2025-12-31。").format(value=value))
    if start > end:
        raise ReviewError(_("期间“{value}”的终点早于起点。").format(value=value))
    return f"{start}/{end}"


_CHECKS: dict[str, Callable[[str], str]] = {
    "value": _decimal,
    "value_high": _decimal,
    "period": _period,
    "deadline": _day,
    "date": _day,
    "url": _url,
}
