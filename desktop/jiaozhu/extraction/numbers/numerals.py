"""Numbers as Chinese texts write them: 1607.8, 1.5万亿, 两千三百六十七点七亿, 二〇二四, 三千6百, 廿五.

Exact decimals throughout. Reference for the value of the places: GB/T 15835-2011 and the
forms of everyday use (两, 廿, 卅, 半; financial 壹贰叁; traditional 萬億點).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_WRITTEN = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    **dict(zip("貳參陸", (2, 3, 6), strict=True)),
}
_PAIRS = dict.fromkeys("两兩俩倆", 2)  # never one digit among several, as in 二〇二四 or behind 点
_DIGITS = _WRITTEN | _PAIRS
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_VAGUE = frozenset("多余餘几幾来來")

DIGIT_CHARS = "".join(_DIGITS)
SCALE_CHARS = "".join((*_PLACES, *_MYRIADS))
NUMERAL_CHARS = DIGIT_CHARS + SCALE_CHARS + "".join(_TENS)

#: An Arabic number, with or without thousands separators.
#: Older prints have a dot at half height (19·5%), which stands in names as well (5·12).
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+|·\d+(?=[%‰万亿元倍个]))?"

_MARKS = rf"{ARABIC}|[点點{NUMERAL_CHARS}]"
_TOKEN = re.compile(rf"()({_MARKS})")
_LOOSE_TOKEN = re.compile(rf"( *+)({_MARKS}|[{''.join(_VAGUE)}])")
_WRITTEN_CHARS = "".join(_WRITTEN)
_POSITIONAL = re.compile(rf"([{_WRITTEN_CHARS}]{{2,}}+)(?:[点點]([{_WRITTEN_CHARS}]+))?")
_ZERO = Decimal(0)
#: Nothing is counted in more; a page of 万万万 is no number.
_LARGEST = Decimal(10) ** 60


class Numeral(NamedTuple):
    """A number that begins where it was looked for; `end` is where it ends."""

    end: int
    value: Decimal
    vague: str | None = None  # 多 of 一千多万: the number is a little more


@lru_cache(maxsize=1 << 12)
def parse_number(text: str) -> Decimal | None:
    """Return the value of a number written in Arabic, Chinese or mixed numerals, else None.

    A scale without a digit before it counts as one of it (千亩 is 1000 亩, 百亿 is 10^10).
    """
    if text.isascii():
        return _decimal(text)
    if text == "半":
        return Decimal("0.5")
    numeral = read_number(text)
    return numeral.value if numeral and numeral.end == len(text) else None


def read_number(text: str, start: int = 0, end: int | None = None, *, loose: bool = False) -> Numeral | None:
    """Return the longest number that begins at `start`, else None.

    Places descend as they do in speech: `一百二百` are two numbers. With `loose`, blanks may stand
    between numerals (`三百 五十`), and a word for "a little more" before a myriad (`一千多万`).
    """
    stop = len(text) if end is None else end
    if start >= stop or text[start] == " ":
        return None
    reader = _Reader()
    positional = _POSITIONAL.match(text, start, stop)
    if positional is None:
        return reader.read(text, start, stop, loose)
    whole, fraction = positional.groups()
    digits = "".join(str(_WRITTEN[char]) for char in whole)
    if fraction:
        digits += "." + "".join(str(_WRITTEN[char]) for char in fraction)
    numeral = Numeral(positional.end(), Decimal(digits))
    behind = text[numeral.end] if numeral.end < stop else ""
    if not behind or behind not in SCALE_CHARS:
        return numeral
    if len(whole) == 2 and digits[1] != "0":
        return reader.read(text, start, stop, loose)  # 零五百; of 二三十 only the 二
    if behind in _PLACES:
        return numeral
    return reader.read(text, start, stop, loose, numeral)  # 一五〇亿


class _Reader:
    """Reads numerals one after the other for as long as they make one number."""

    __slots__ = (
        "decimals",
        "floor",
        "last",
        "lowest",
        "pending",
        "place",
        "pointable",
        "section",
        "started",
        "total",
    )

    def __init__(self) -> None:
        self.total = _ZERO  # of the finished myriads
        self.last = _ZERO  # the last of them
        self.floor: Decimal | None = None  # its scale: what follows must be less
        self.section = _ZERO  # below the next myriad
        self.place: Decimal | None = None  # the last place in the section
        self.pending: Decimal | None = None  # a digit that waits for its place
        self.lowest: Decimal | None = None  # the last place, for 三千6, 两百五
        self.started = False  # something stands in the section
        self.decimals = False  # a point has been read
        self.pointable = False  # a point may follow

    def read(
        self, text: str, start: int, stop: int, loose: bool, found: Numeral | None = None
    ) -> Numeral | None:
        """Return the number at `start`, or None; `found` is its beginning that has been read already."""
        token_at = (_LOOSE_TOKEN if loose else _TOKEN).match
        at = start
        if found is not None:
            at, self.pending, self.started = found.end, found.value, True
        before_digit: Numeral | None = None  # what was found before the digit that is pending
        blank_pending = False  # an Arabic number behind a blank: only a scale makes it part of this one
        before_point: Numeral | None = None
        vague: str | None = None
        while match := token_at(text, at, stop):
            blank, token = match.groups()
            if token in _MYRIADS:
                goes_on = self._myriad(Decimal(_MYRIADS[token]))
            elif token in _PLACES:
                goes_on = (vague is None or vague in "几幾") and self._place(Decimal(_PLACES[token]))
            elif token in _DIGITS:
                goes_on = not vague and self._digit(_DIGITS[token])
            elif token in "点點":
                behind = None if vague else self._point(text, match.end(), stop, loose)
                goes_on = behind is not None
                if goes_on and behind is not None:
                    before_point, found = found, Numeral(behind, self._value())
                    at = behind
                    continue
            elif token in _TENS:
                goes_on = not vague and self._tens(_TENS[token])
            elif token in _VAGUE:
                if found is None or text[at - 1] in _VAGUE:
                    break
                vague, at = token, match.end()
                continue
            else:
                goes_on = not vague and self._arabic(token)
                blank_pending = bool(blank) and goes_on
            if not goes_on:
                if self.decimals and token in "十拾":
                    found = before_point  # 八点三十 is a time
                elif self.pending is not None and before_digit and token in SCALE_CHARS:
                    found = before_digit  # 一百二百: the 二 belongs to what follows
                break
            at = match.end()
            if token in SCALE_CHARS:
                found, before_digit, blank_pending = Numeral(at, self._value(), vague), None, False
            elif self.pending != 0 or found is None or token[0].isdigit():
                if before_digit is None:
                    before_digit = found
                if not blank_pending:
                    found = Numeral(at, self._value())
        return found

    def _digit(self, digit: int) -> bool:
        if self.decimals or self.pending:
            return False  # two digits, unless the first is a zero that only fills places (零五)
        if self.place == 10 and not digit:
            return False
        self.pending = Decimal(digit)
        self.pointable = self.started = True
        if not digit:
            self.lowest = None
        return True

    def _arabic(self, token: str) -> bool:
        value = _decimal(token) or _ZERO
        if self.pending not in (None, 0) or self.decimals:
            return False
        above = self.place if self.section else self.floor
        if above is not None and value >= above:
            return False
        self.pending = value
        self.lowest = None if len(token) > 1 else self.lowest
        self.started, self.pointable = True, False
        self.decimals = "." in token
        return True

    def _tens(self, value: int) -> bool:
        if self.pending is not None or self.section:
            return False
        self.section, self.place, self.lowest = Decimal(value), Decimal(10), Decimal(10)
        self.started = self.pointable = True
        return True

    def _place(self, place: Decimal) -> bool:
        if self.place is not None and place >= self.place:
            return False
        if self.decimals and (self.section or place == 10):
            return False  # 一点五十 is a time
        if self.pending is None:
            if (self.section and place > 10) or (self.floor is not None and not self.section):
                return False
            self.section += place
        elif self.section and self.pending >= 10:
            return False
        else:
            self.section += (self.pending or (1 if place == 10 else 0)) * place
        self.place = self.lowest = place
        self.pending, self.decimals = None, False
        self.started = self.pointable = True
        return True

    def _myriad(self, scale: Decimal) -> bool:
        section = self.section + (self.pending or 0)
        if not self.started:  # 万亿: a myriad of a myriad; a bare 亿 counts as one
            product = scale if self.floor is None else self.last * scale
            if (self.floor or 1) * scale > _LARGEST:
                return False
            self.total += product - self.last
            self.last, self.floor = product, (self.floor or 1) * scale
        elif self.total and self.total < scale:  # 一千二百三十四万五千六百七十八亿
            self.total = self.last = (self.total + section) * scale
            self.floor = scale
        else:
            product = section * scale
            if product > _LARGEST or (self.floor is not None and product >= self.floor):
                return False  # 五亿三亿
            self.total += product
            self.last, self.floor = product, scale
        self.section, self.pending, self.place, self.lowest = _ZERO, None, None, self.floor
        self.started = self.decimals = False
        self.pointable = True
        return True

    def _point(self, text: str, at: int, stop: int, loose: bool) -> int | None:
        """Take the point that ends at `at` and its digits; return where they end, None without any."""
        if not self.pointable or self.decimals:
            return None
        digits: list[str] = []
        end = at
        while at < stop:
            if text[at] in _WRITTEN:
                digits.append(str(_WRITTEN[text[at]]))
                end = at + 1
            elif not (loose and text[at] == " " and not digits):
                break
            at += 1
        if not digits:
            return None
        fraction = Decimal("0." + "".join(digits))
        if self.pending is not None and self._step() == 1:
            fraction += self.pending
        elif self.pending is not None:  # the whole is read as it is without decimals: 一千六点五 is 1600.5
            self.section += self.pending * self._step()
        self.pending, self.lowest, self.decimals, self.started = fraction, None, True, True
        return end

    def _step(self) -> Decimal | int:
        """Return what the digit left over counts: 两百五, 三万五 name the place below the last one."""
        follows_place = self.lowest is not None and self.lowest >= 100 and (self.section or self.total)
        return self.lowest / 10 if follows_place and self.lowest is not None else 1

    def _value(self) -> Decimal:
        if self.pending is None:
            return self.total + self.section
        if not self.total and not self.section:
            return self.pending
        return self.total + self.section + self.pending * (1 if self.decimals else self._step())


def in_scale_of(low: Decimal, high: Decimal, scale: Decimal) -> Decimal:
    """Return the low end of a range in the myriads `scale` of the high one: 5 of 5-6亿元 is 5亿."""
    return low * scale if scale > 1 and low < high / scale * 1000 else low


def _decimal(text: str) -> Decimal | None:
    """Return the value of Arabic digits with separators, else None."""
    digits = text.replace(",", "").replace("·", ".")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def plain(value: Decimal) -> str:
    """Return the decimal without exponent and without trailing zeros: 1.50E+11 is 150000000000."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
