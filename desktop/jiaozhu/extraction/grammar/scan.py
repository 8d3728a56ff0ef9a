"""Finds every number of a text, with its sign, the fraction it is part of and the 百分之 before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiaozhu.extraction.grammar.arabic import DIGITS, arabic_at
from jiaozhu.extraction.grammar.chinese import chinese_at
from jiaozhu.extraction.grammar.mention import FRACTIONS
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.numbers.numerals import NUMERAL_CHARS, SCALE_CHARS, read_number
from jiaozhu.extraction.numbers.quantities import is_code
from jiaozhu.extraction.numbers.units import all_units, units

_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|www\.)[^\s,;!()<>\"\u0080-\uffff]++")
_START = re.compile(rf"[0-9]|半(?=打)|(?<![0-9A-Za-z.])\.[0-9]|[几数](?=[{SCALE_CHARS}])|[{NUMERAL_CHARS}]")
_LEAD = re.compile(r"([百千万亿](?: *+[百千万亿]){0,4}+) *+分 *+之 *+")
_OVER = re.compile(r" *+分 *+之 *+")
_AND = re.compile(r" *+又 *+")
_HALF = re.compile(r"一半(?![天年月])")
_HALF_DOZEN = re.compile(r"(?<![一二三四五六七八九十百个大多])半打(?![击造破开通响赢败电字工扮架扰仗白])")
_DOZEN = re.compile(r" ?打(?![击造破开通响赢败电字工扮架扰仗白拼捞假基好牢官底折消算量退])")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Z]{3}$")
_LONGEST_CODE = 4
_CODE_LINKS = frozenset("-–_/.")  # A2023-15
_NOT_MINUS = frozenset("-–—)%‰")
_NOT_NEGATIVE = frozenset("胜抱自担肩欺辜正")  # 胜负, 抱负


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a text in the grammar's form, in order; those in codes and addresses are none."""
    return list(_scan(text))


def _scan(text: str) -> Iterator[Number]:
    last: Number | None = None
    at = code_end = 0
    address = _ADDRESS.search(text)
    while match := _START.search(text, at):
        start = match.start()
        while address and address.end() <= start:
            address = _ADDRESS.search(text, address.end())
        if address and address.start() <= start:
            at = code_end = address.end()
            continue
        lead = _LEAD.match(text, start)
        number = _led(text, lead) if lead else _number(text, start)
        if number is None or _is_part_of_code(text, number, last, code_end):
            at = lead.end() if lead else _behind(text, start)
            code_end = at if text[start].isascii() else 0
            continue
        at = number.end
        if not lead:
            _take_sign(text, number, last)
        elif start and text[start - 1] == "负":
            number.lead, number.parts = start - 1, -number.parts
        number.ordinal = text[max(0, number.start - 3) : number.start].rstrip(" ").endswith("第")
        yield number
        last = number


def _is_part_of_code(text: str, number: Number, last: Number | None, code_end: int) -> bool:
    """Tell whether what stands before the number makes it part of a code; a suffix does not (5k-20k)."""
    begin = number.body if number.lead is None else number.lead
    if not text[begin].isascii() or (last is not None and begin - last.end <= 1):
        return False
    if code_end and begin - code_end == 1 and text[code_end] in _CODE_LINKS:
        return True
    unit = units().at(text, number.end)
    return is_code(text, begin, unit.unit if unit else None) and not _is_currency(text, begin)


def _is_currency(text: str, end: int) -> bool:
    """Tell whether the letters before a number are those of a currency: USD100."""
    letters = _LETTERS.search(text, max(0, end - _LONGEST_CODE), end)
    unit = all_units().get(letters.group()) if letters else None
    return unit is not None and unit.type == "money"


def _behind(text: str, start: int) -> int:
    """Return where to go on behind what only looks like a number."""
    word = DIGITS.match(text, start)
    return word.end() if word else start + 1


def _led(text: str, lead: re.Match[str]) -> Number | None:
    """Return the number behind 百分之, 万分之 and the like."""
    number = _signed(text, lead.end())
    parts = read_number(lead[1].replace(" ", ""))
    if number is None or parts is None:
        return None
    number.lead, number.parts = lead.start(), parts.value
    number.sure = True
    return number


def _number(text: str, start: int) -> Number | None:
    """Return the number that begins at `start`, with the fraction that it may be part of."""
    if _HALF.match(text, start):
        return Number(start, start, start + 2, Decimal("0.5"), plain=False, sure=True)
    if text[start] == "半":
        half = _HALF_DOZEN.match(text, start)
        return Number(start, start, start + 2, Decimal(6), plain=False, sure=True) if half else None
    number = _simple(text, start)
    if number is None or number.led or number.high is not None:
        return number
    fraction = _fraction(text, number)
    if fraction:
        return fraction
    link = _AND.match(text, number.end)
    under = _simple(text, link.end()) if link else None
    if (
        under
        and link
        and under.high is None
        and (fraction := _fraction(text, under) or _slashed(text, under))
    ):
        number.value += fraction.value
        number.end, number.plain, number.sure = fraction.end, False, True
        return number
    dozen = _DOZEN.match(text, number.end) if number.plain else None
    if dozen:
        number.value, number.end, number.plain = number.value * 12, dozen.end(), False
        number.sure = True
    return number


def _slashed(text: str, part: Number) -> Number | None:
    """Return the 1/3 of 2又1/3 if that is what the number is."""
    return part if "/" in text[part.body : part.end] else None


def _fraction(text: str, under: Number) -> Number | None:
    """Return the fraction of which `under` is the lower part: 五分之一, 负三分之负一."""
    link = _OVER.match(text, under.end)
    if not link or not under.value:
        return None
    over = _signed(text, link.end())
    if over is None or over.high is not None:
        return None
    value = FRACTIONS.divide(over.value, under.value)
    return Number(under.start, under.body, over.end, value, plain=False, sure=True)


def _signed(text: str, start: int) -> Number | None:
    """Return the number at `start`, where its sign may stand."""
    body = start + 1 if text[start : start + 1] in ("负", "-") else start
    number = _simple(text, body)
    if number and body > start:
        number.start, number.value = start, number.value.copy_negate()
    return number


def _simple(text: str, start: int) -> Number | None:
    """Return the number at `start`, read by its numerals alone."""
    number = arabic_at(text, start) if DIGITS.match(text, start) else chinese_at(text, start)
    if number and text.startswith("分点", number.end) and text[number.end - 1] in "百千":
        shorter = read_number(text, start, number.end - 1, loose=True)  # 2.5百分点
        if shorter:
            number.value, number.end = shorter.value, shorter.end
    return number


def _take_sign(text: str, number: Number, last: Number | None) -> None:
    """Take the 负 or minus before a number into it."""
    at = number.start - 1
    if at < 0:
        return
    if text[at] == " " and at and text[at - 1] == "负":
        at -= 1
    if text[at] == "负":
        is_negative = not (at and text[at - 1] in _NOT_NEGATIVE)
    else:
        is_negative = text[at] == "-" and _is_minus(text, at, last)
    if is_negative:
        number.start, number.value = at, number.value.copy_negate()
        if number.high is not None:
            number.value, number.high = number.high.copy_negate(), number.value


def _is_minus(text: str, at: int, last: Number | None) -> bool:
    """Tell whether the dash at `at` is a sign, not the dash of 20-100, 5米-10米, A-20."""
    if not at:
        return True
    before = text[max(0, at - 3) : at].rstrip(" ")
    if not before:
        return True
    mark = before[-1]
    if mark in _NOT_MINUS or mark in NUMERAL_CHARS or (mark.isascii() and mark.isalnum()):
        return False
    if last is None or last.end > at:
        return True
    unit = all_units().at(text, last.end)
    return unit is None or unit.end < at
