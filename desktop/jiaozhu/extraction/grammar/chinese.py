"""Numbers in Chinese numerals: whether they are sure to be one, and neighbours that make a range (七八十)."""

from __future__ import annotations

import re

from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.numbers.numerals import SCALE_CHARS, read_number
from jiaozhu.extraction.numbers.units import all_units

_ORDER = "一二三四五六七八九"
_DIGITS = frozenset(_ORDER)
_SCALES = frozenset(SCALE_CHARS)
_REST = re.compile(r"[十百千]?[万亿兆]*+")
#: The 数 of 人数百万 ends a word and does not mean "several".
_NOT_SEVERAL = frozenset("人总户天次指倍系个基少多半无件岁年月日票字位整参分")


def chinese_at(text: str, start: int) -> Number | None:
    """Return the number in Chinese numerals at `start`; 几 and 数 may lead it (数百)."""
    if text[start : start + 1] in ("几", "数"):
        if text[start] == "数" and start and text[start - 1] in _NOT_SEVERAL:
            return None
        scale = read_number(text, start + 1, loose=True)
        return Number(start, start, scale.end, scale.value, vague=True, led=True) if scale else None
    numeral = read_number(text, start, loose=True)
    if numeral is None:
        return None
    number = Number(start, start, numeral.end, numeral.value, vague=numeral.vague is not None)
    written = text[start : numeral.end].replace(" ", "")
    number.sure = _is_sure(written)
    _take_pair(text, number)
    if number.high is None:
        number.crowded = (
            (start > 0 and text[start - 1] in _DIGITS)
            or _is_doubled(text, number)
            or (
                text[number.end : number.end + 1] in _DIGITS
                and text[number.end + 1 : number.end + 2] not in _SCALES
            )
        )
    return number


def _is_doubled(text: str, number: Number) -> bool:
    """Tell whether a numeral is said twice, of all: 两两, 一一, 千千万万."""
    if number.end - number.body == 1:
        char = text[number.body]
        return char in (text[number.body - 1 : number.body], text[number.end : number.end + 1])
    return number.end - number.body == 2 and text[number.body] == text[number.body + 1]


def _is_sure(written: str) -> bool:
    """Tell whether Chinese numerals make a number wherever they stand: 二百五, 十五, 三点五, 二〇二四."""
    if len(written) == 1:
        return False
    if "点" in written:
        return True
    if any(char in SCALE_CHARS for char in written):
        return written[0] not in SCALE_CHARS or (written[0] in "十拾" and len(written) > 1)
    if written[0] in "廿卅卌":
        return True
    return len(written) >= (3 if "〇" in written or "零" in written else 4)


def _is_second(text: str, at: int) -> bool:
    """Tell whether the 两 at `at` is a numeral, as in 一两百 and 一两个, not the weight of 一两."""
    behind = text[at + 1 : at + 2]
    return text.startswith("两", at) and (behind in _SCALES or all_units().at(text, at + 1) is not None)


def _take_pair(text: str, number: Number) -> None:
    """Read neighbours as the ends of a range: 七八十, 十七八岁, 二三百万; 三五个."""
    last = text[number.end - 1]
    digits = text[number.body : number.end]
    if len(digits) == 2 and digits[0] in _DIGITS and digits[1] in _DIGITS:  # read digit by digit
        first, second, head = digits[0], digits[1], ""
        end = number.end
        number.joined = number.value
    elif (last in _DIGITS or last == "两") and (
        text[number.end : number.end + 1] in _DIGITS or (last == "一" and _is_second(text, number.end))
    ):
        first, second, head = last, text[number.end], text[number.body : number.end - 1]
        end = number.end + 1
    else:
        return
    low, high = _ORDER.find(first) + 1 or 2, _ORDER.find(second) + 1 or 2
    if high - low != 1 and (low, high) != (3, 5):
        return
    rest = _REST.match(text, end)
    behind = rest.end() if rest else end
    tail = text[end:behind]
    ends = read_number(head + first + tail, loose=True), read_number(head + second + tail, loose=True)
    if not (ends[0] and ends[1] and ends[0].value < ends[1].value):
        return
    if not tail and not all_units().at(text, end) and text[end : end + 1] not in ("%", "‰", "折", "成"):
        number.crowded = True  # 十四五, 一二九: names
        number.end = end
    number.value, number.high, number.end = ends[0].value, ends[1].value, behind
