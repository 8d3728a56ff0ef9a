"""The view `percent`: 12%, 百分之五, 千分之三, 七成六, 八五折, 2.5个百分点; the value is in hundredths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jiaozhu.extraction.grammar.evidence import in_numberless_word
from jiaozhu.extraction.grammar.mention import Mention
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.grammar.sight import Sight
from jiaozhu.extraction.numbers.numerals import DIGIT_CHARS, parse_number
from jiaozhu.extraction.numbers.patterns import NOT_TENTHS
from jiaozhu.extraction.numbers.units import all_units

_SIGNS = {"%": Decimal(1), "‰": Decimal("0.1"), "‱": Decimal("0.01")}
#: A sign glued to the number. In an address %28 is a character.
_SIGN = re.compile(r" {0,2}([%‰‱])(?![0-9A-Fa-f]{2}|[A-Za-z])")
_POINTS = re.compile(r" *+[多余]? *+个? *+([百千]) *+分 *+点|[多余]? *+个? *+(基点)")
_POINT_VALUES = {"百": Decimal(1), "千": Decimal("0.1"), None: Decimal("0.01")}
_OFF = re.compile(r" *+折(?![页叠腾线返断旧合射扣服磨戟桂中屏])")
_TENTHS = re.compile(rf" *+成(?!{NOT_TENTHS})")
_MORE = re.compile(
    rf"([半{DIGIT_CHARS}\d])(?![\d十百千万亿.点成折%‰])| *+([{DIGIT_CHARS}\d])(?![0-9A-Za-z一-鿿.%‰])"
)
_LONE_DIGITS = re.compile(r"[1-9一二三四五六七八九] [1-9一二三四五六七八九]")
_WHOLE_DEALS = re.compile(r"(?<=打)对折|百分百|(?<![一成])半折|(?<!一)半成(?!品|熟|年|功|员|立)")
_DEALS = {"百分百": Decimal(100), "对折": Decimal(50), "半折": Decimal(50), "半成": Decimal(5)}


class Sign(NamedTuple):
    """A percent sign and where it ends."""

    text: str
    end: int


def sign_at(text: str, at: int) -> Sign | None:
    """Return the percent sign behind the number that ends at `at`."""
    match = _SIGN.match(text, at)
    return Sign(match[1], match.end()) if match else None


def find_percents(sight: Sight) -> Iterator[Mention]:
    """Yield shares and percentage points; a range (百分之二三十) is none."""
    text = sight.text
    before: Number | None = None
    last_end = 0
    for number in sight.numbers:
        found = None if number.ordinal or number.led else _percent(text, number, before)
        if found and found[0] >= last_end:
            start, end, value = found
            last_end = end
            unit = "百分点" if text[end - 1] == "点" else "%"
            yield Mention("percent", start, end, value, unit=unit)
        before = number
    for match in _WHOLE_DEALS.finditer(text):
        yield Mention("percent", match.start(), match.end(), _DEALS[match.group()], unit="%")


def _percent(text: str, number: Number, before: Number | None) -> tuple[int, int, Decimal] | None:
    """Return start, end and value of the share that the number makes."""
    if (match := _OFF.match(text, number.end)) and not in_numberless_word(text, number.body, match.end()):
        return _price(text, number, before, match.end())
    if number.high is not None or (number.crowded and not number.sure):
        return None
    if number.lead is not None:
        return number.lead, number.end, number.in_hundredths(number.value)
    if sign := sign_at(text, number.end):
        return number.start, sign.end, number.value * _SIGNS[sign.text]
    if match := _POINTS.match(text, number.end):
        return number.start, match.end(), number.value * _POINT_VALUES[match[1]]
    if tenths := tenths_at(text, number):
        return number.start, tenths.end, tenths.value
    return None


class Tenths(NamedTuple):
    """A share in tenths: its value in hundredths, and where it ends."""

    value: Decimal
    end: int


def tenths_at(text: str, number: Number) -> Tenths | None:
    """Return the share that a number makes with the 成 behind it: 七成, 三成五."""
    match = _TENTHS.match(text, number.end)
    if match and 0 < number.value <= 10 and not in_numberless_word(text, number.body, match.end()):
        end, more = _more(text, match.end())
        return Tenths(number.value * 10 + more, end)
    return None


def _more(text: str, end: int) -> tuple[int, int]:
    """Return the hundredths behind 成, and where they end: 七成六, 三成半, not 三成5家."""
    match = _MORE.match(text, end)
    if match is None or all_units().at(text, match.end()):
        return end, 0
    digit = match[1] or match[2]
    return match.end(), 5 if digit == "半" else int(parse_number(digit) or 0)


def _price(text: str, number: Number, before: Number | None, end: int) -> tuple[int, int, Decimal] | None:
    """Return the part of the price that is left: 八折, 八五折, 8.5折, 8 5 折."""
    start, value = number.start, number.value if number.joined is None else number.joined
    if before and value < 10 and _LONE_DIGITS.fullmatch(text, before.start, number.end):
        return before.start, end, before.value * 10 + value
    if not 0 < value < 100 or (number.high is not None and number.joined is None):
        return None
    return start, end, value if value > 10 else value * 10
