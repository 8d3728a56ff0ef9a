"""What a number says as it is written, without its unit: 210多万, 数十, 十七八万, 千把."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jiaozhu.extraction.numbers.numerals import SCALE_CHARS, parse_number

#: The words in a number that make it about as much, each with its comparator.
VAGUE = {"多": ">", "余": ">", "几": ">", "来": "~", "把": "~"}

_TAIL_SCALE = re.compile(r"[万亿]+$")
_SCALE_ONLY = re.compile(rf"[{SCALE_CHARS}]+$")
#: Neighbouring digits are the ends of a range: 三五百, 十七八, 一百二三十.
_PAIR = re.compile(
    r"((?:[一二三四五六七八九两]?[十百千万])*)([一二三四五六七八九两])、?([二三四五六七八九两])([十百千]?[万亿]*)"
)


class Written(NamedTuple):
    """What a number says as it is written, without its unit."""

    value: Decimal
    high: Decimal | None = None
    comparator: str = "="
    cue: str | None = None
    scale_only: bool = False
    scale: Decimal = Decimal(1)


@lru_cache(maxsize=1 << 12)
def written(raw: str) -> Written | None:
    """Return what is written in a number, None if it is none. Few forms make up a text."""
    if raw.isdecimal() and raw.isascii():
        return Written(Decimal(raw))
    vague = next((mark for mark in raw if mark in VAGUE and not (mark == "几" and raw[0] == "几")), None)
    comparator, cue = ("=", None) if vague is None else (VAGUE[vague], vague)
    digits = raw.replace(vague, "") if vague else raw
    digits = digits.replace(" ", "").replace("·", ".")
    if digits and digits[0] in "数几":
        comparator, cue, digits = ">", digits[0], digits[1:]
        if not digits:
            return None
    tail = _TAIL_SCALE.search(digits)
    scale = (parse_number(tail.group()) or Decimal(1)) if tail else Decimal(1)
    pair = _PAIR.fullmatch(digits)
    if pair is None:
        value = parse_number(digits)
        scale_only = _SCALE_ONLY.match(digits) is not None
        return None if value is None else Written(value, None, comparator, cue, scale_only, scale)
    head, first, second, places = pair.groups()
    low, high = parse_number(head + first + places), parse_number(head + second + places)
    if low is None or high is None or not _are_neighbours(first, second):
        return None
    return Written(low, high, "range", cue, False, scale)


def _are_neighbours(first: str, second: str) -> bool:
    """Tell whether two digits make a range in speech: 七八, 两三, 一两, and 三五."""
    low, high = parse_number(first), parse_number(second)
    return (
        low is not None and high is not None and (high - low == 1 or (low, high) == (Decimal(3), Decimal(5)))
    )
