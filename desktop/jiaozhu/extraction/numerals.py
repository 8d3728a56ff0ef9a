"""Numbers as Chinese texts write them: 1607.8, 1.5万亿, 两千三百六十七点七亿, 二〇二四, 三千6百, 廿五.

Exact decimals throughout. Reference for the value of the places: GB/T 15835-2011 and the
forms of everyday use (两, 廿, 卅, 半; financial 壹贰叁).
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    **dict(zip("貳參陸", (2, 3, 6), strict=True)),
    "两": 2,
    "兩": 2,
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30, "卌": 40}

DIGIT_CHARS = "".join(_DIGITS)
SCALE_CHARS = "".join((*_PLACES, *_MYRIADS))
NUMERAL_CHARS = DIGIT_CHARS + SCALE_CHARS + "".join(_TENS)

#: An Arabic number, with or without thousands separators.
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"

_TOKEN = re.compile(rf"{ARABIC}|点|[{NUMERAL_CHARS}半]")
_POSITIONAL = re.compile(rf"[{DIGIT_CHARS}]{{2,}}(?:点[{DIGIT_CHARS}]+)?$")


def parse_number(text: str) -> Decimal | None:
    """Return the value of a number written in Arabic, Chinese or mixed numerals, else None.

    A scale without a digit before it counts as one of it (千亩 is 1000 亩, 百亿 is 10^10).
    """
    if text.isascii():
        return _decimal(text)
    if _POSITIONAL.fullmatch(text):
        whole, _, fraction = text.partition("点")
        digits = "".join(str(_DIGITS[char]) for char in whole)
        tail = "".join(str(_DIGITS[char]) for char in fraction)
        return Decimal(f"{digits}.{tail}" if tail else digits)
    total = Decimal(0)  # of the finished myriads
    section = Decimal(0)  # below the next myriad
    pending: Decimal | None = None  # a digit that waits for its place
    lowest: Decimal | None = None  # the last place, for 三千6, 两百五
    place_open = in_myriads = False
    end = 0
    tokens = list(_TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        match = tokens[index]
        if match.start() != end:
            return None
        token = match.group()
        end = match.end()
        index += 1
        if token in _MYRIADS:
            scale = Decimal(_MYRIADS[token])
            section += pending or 0
            if section == 0 and not place_open:
                # 万亿: a myriad of a myriad; a bare 亿 counts as one
                total = total * scale if in_myriads else scale
            elif total and total < scale:
                total = (total + section) * scale
            else:
                total += (section if section or place_open else 1) * scale
            section, pending, place_open, lowest, in_myriads = Decimal(0), None, False, scale, True
        elif token in _PLACES:
            place = Decimal(_PLACES[token])
            section += (1 if pending is None else pending) * place
            pending, lowest, place_open = None, place, True
        elif token in _TENS:
            if pending is not None or section:
                return None
            section += _TENS[token]
            lowest, place_open = Decimal(10), True
        elif token == "点":
            if pending is None and not section and not total:
                return None
            digits = []
            while index < len(tokens) and tokens[index].group() in _DIGITS and tokens[index].start() == end:
                digits.append(str(_DIGITS[tokens[index].group()]))
                end = tokens[index].end()
                index += 1
            if not digits:
                return None
            pending = (pending or 0) + Decimal("0." + "".join(digits))
            place_open = True
        elif token == "半":
            if text != "半":
                return None
            return Decimal("0.5")
        elif token in _DIGITS:
            value = Decimal(_DIGITS[token])
            if pending is not None:
                if pending == 0:  # 零五: the zero only fills places
                    pending = value
                    continue
                return None
            pending = value
            if value == 0:
                lowest = None
        else:  # Arabic
            value = _decimal(token) or Decimal(0)
            if pending not in (None, 0):
                return None
            pending = value
            lowest = None if len(token) > 1 else lowest
            place_open = True
    if end != len(text):
        return None
    if pending is not None:
        # 两百五, 三万五: the digit left over belongs to the place below the last one named
        follows_place = (
            lowest is not None and lowest >= 100 and (section or total) and pending == int(pending)
        )
        section += pending * (lowest / 10) if follows_place and lowest is not None else pending
    return total + section


def _decimal(text: str) -> Decimal | None:
    """Return the value of Arabic digits with separators, else None."""
    digits = text.replace(",", "")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def plain(value: Decimal) -> str:
    """Return the decimal without exponent and without trailing zeros: 1.50E+11 is 150000000000."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
