"""Numbers with their units and comparators: what a text counts and measures.

A quantity is what stands in the text, before anything is decided about whether it is a
metric: `突破1500亿元` is money, 150000000000 元, ``>``; `第9` is a rank; `连续6个季度` a streak.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiaozhu.extraction.numbers import comparing
from jiaozhu.extraction.numbers.numerals import NUMERAL_CHARS, SCALE_CHARS, in_scale_of, parse_number
from jiaozhu.extraction.numbers.patterns import RANGE_MARKS, candidate
from jiaozhu.extraction.numbers.units import Unit, half_behind, rate_at, rate_unit, units
from jiaozhu.extraction.numbers.written import written


@dataclass(slots=True)
class Quantity:
    """A number in the text; `start`, `end` hold the comparing words, `number_*` do not."""

    start: int
    end: int
    number_start: int
    number_end: int  # before the unit
    type: str  # money measure percent point count big duration multiple rank streak digits bare
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    comparator: str
    cue: str | None = None  # the comparing word as written
    chinese: bool = False  # written in Chinese numerals only
    weak: bool = False
    scale_only: bool = False  # 百亿, 千, 万: no digit
    scale: Decimal = Decimal(1)  # of the myriads at the end: 5—6亿元 gives it to the 5


_MOST_DOUBLINGS = 10
_PARTS_OF = {"百": "%", "千": "‰", "万": "‱"}
_ASCII_LETTER = re.compile(r"[A-Za-z]")


def find_quantities(
    text: str, start: int = 0, end: int | None = None, *, skip: Sequence[tuple[int, int]] = ()
) -> list[Quantity]:
    """Return the quantities of the normalised `text` in order; none overlaps another.

    `skip` holds spans, ascending, whose numbers are no quantities (dates, names); streaks
    (`连续三年`) are found there all the same.
    """
    stop = len(text) if end is None else end
    skip_starts = [span[0] for span in skip]

    def is_skipped(position: int) -> bool:
        i = bisect_right(skip_starts, position) - 1
        return i >= 0 and position < skip[i][1]

    found: list[Quantity] = []
    search = candidate().search
    for at, end_of_piece in _without_gibberish(text, start, stop):
        while match := search(text, at, end_of_piece):
            at = match.end()
            if match.lastgroup == "number":
                # most numbers that are skipped are years and months: not worth reading
                quantity = None if is_skipped(match.start()) else _number(text, match.start(), at, stop)
            else:
                quantity = _read(text, match, stop)
                if quantity and quantity.type != "streak" and is_skipped(quantity.number_start):
                    quantity = None
            if quantity is None:
                continue
            at = max(at, quantity.end)
            _take_sign(text, quantity, found[-1].end if found else start)
            if found and _joins(text, found[-1], quantity):
                found[-1] = _range(found[-1], quantity)
                _take_sign(text, found[-1], found[-2].end if len(found) > 1 else start)  # 零下3至5℃
            else:
                found.append(quantity)
    return [quantity for quantity in found if quantity.unit is not None or quantity.type == "bare"]


def _without_gibberish(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text between numerals longer than any number, read over and over else."""
    for run in _GIBBERISH.finditer(text, start, stop):
        yield start, run.start()
        start = run.end()
    yield start, stop


#: 一千二百三十四万五千六百七十八亿 has 16 characters.
_GIBBERISH = re.compile(rf"[{NUMERAL_CHARS}]{{41,}}")


def _read(text: str, match: re.Match[str], stop: int) -> Quantity | None:
    if match["big_n"]:
        value = parse_number(match["big_n"])
        if not value:
            return None
        quantity = _whole(match, "big", value, "个")
        quantity.chinese, quantity.weak = not match["big_n"].isdigit(), True
        return quantity
    if match["streak"]:
        return _streak(text, match)
    if match["crown"]:
        value = parse_number(match["crown_n"])
        return _whole(match, "streak", value, match["crown"]) if value else None
    if match["rank"]:
        value = parse_number(match["rank_n"])
        return _whole(match, "rank", value, "位") if value else None
    if match["top"]:
        value = parse_number(match["top_n"])
        return _whole(match, "rank", value, "位", "<=") if value else None
    if match["first"]:
        return _whole(match, "rank", Decimal(1), "位")
    if match["digits"]:
        low, high = {"一": (1, 9), "个": (1, 9), "三": (100, 999)}.get(match["digits"][0], (10, 99))
        quantity = _whole(match, "digits", Decimal(low), "%", "range")
        quantity.value_high = Decimal(high)
        return _compared(text, quantity, stop)
    if match["parts"]:
        return _parts(text, match, stop)
    if match["under"] or match["stroke"]:
        under = parse_number(match["under"] or match["under_stroke"])
        over = parse_number(match["over"] or match["stroke"])
        if not under or not over or (match["stroke"] and over >= under):
            return None
        share = (over * 100 / under).quantize(Decimal("0.01")).normalize()
        return _compared(text, _whole(match, "percent", share, "%"), stop)
    if match["tenths"]:
        return _tenths(text, match, stop)
    if match["part"]:
        value = Decimal(100 if match["part"][0] == "百" else 50)
        comparator = {"过": ">", "近": "<"}.get(match["part"][0], "=")
        quantity = _whole(match, "percent", value, "%", comparator)
        quantity.cue = match["part"][0] if comparator != "=" else None
        return _compared(text, quantity, stop)
    if match["doubling"]:
        return _compared(text, _whole(match, "multiple", Decimal(1), "倍"), stop)
    value = parse_number(match["doubled_n"])
    if not value or value > _MOST_DOUBLINGS:
        return None
    # n doublings make 2^n, a growth by 2^n - 1 times
    grown = 2**value - 1 if match["doubled_unit"] == "番" else value
    comparator = "<" if match["doubled_less"] else ">" if match["doubled_more"] else "="
    quantity = _whole(match, "multiple", grown, "倍", comparator)
    quantity.cue = match["doubled_less"] or match["doubled_more"]
    return _compared(text, quantity, stop)


def _parts(text: str, match: re.Match[str], stop: int) -> Quantity | None:
    """Return the share in hundredths, thousandths or tens of thousandths: 百分之二十多, 千分之三."""
    share = written(match["parts_n"])
    if share is None:
        return None
    quantity = _whole(match, "percent", share.value, _PARTS_OF[match["parts"]], share.comparator)
    quantity.value_high, quantity.cue = share.high, share.cue
    if match["parts_high"]:
        high = written(match["parts_high"])
        if high is None or high.value <= share.value:
            return None
        quantity.value_high, quantity.comparator = high.value, "range"
    return _compared(text, quantity, stop)


def _tenths(text: str, match: re.Match[str], stop: int) -> Quantity | None:
    """Return the share in tenths: 三成五, 七成多, 六七成."""
    share = written(match["tenths"])
    if share is None or not share.value or (len(match["tenths"]) > 1 and share.value > 10):
        return None
    quantity = _whole(match, "percent", share.value * 10, "%", ">" if match["tenths_more"] else "=")
    if share.high is not None:
        quantity.value_high, quantity.comparator = share.high * 10, "range"
    elif match["half"]:
        quantity.value += 5 if match["half"] == "半" else parse_number(match["half"]) or 0
    quantity.cue = match["tenths_more"]
    quantity.scale = Decimal(10)  # 三到四成
    return _compared(text, quantity, stop)


def _whole(
    match: re.Match[str], type_: str, value: Decimal, unit: str | None, comparator: str = "="
) -> Quantity:
    """Return a quantity that is the whole match."""
    start, end = match.span()
    return Quantity(start, end, start, end, type_, value, None, unit, comparator, chinese=True)


def _streak(text: str, match: re.Match[str]) -> Quantity | None:
    value = parse_number(match["streak_n"])
    if value is None:
        return None
    if match["streak"] == "近" and not text.startswith(
        ("最", "来最", "以来最", "新高", "来新高"), match.end()
    ):
        # 近3年 without 最快 or the like is a period, and a number of other things is counted
        return _number(text, match.start("streak_n"), match.end("streak_n"), len(text))
    unit = match["streak_unit"].removeprefix("个")
    return _whole(match, "streak", value, unit, ">" if match["streak_more"] else "=")


def _number(text: str, start: int, end: int, stop: int) -> Quantity | None:
    """Return the quantity whose number is text[start:end], with unit and comparing words."""
    while end > start and text[end - 1] == " ":
        end -= 1
    # 5千瓦, 12百分点, 200兆瓦: the scale belongs to the unit
    if end - 1 > start and text[end - 1] in SCALE_CHARS and units().at(text, end - 1):
        end -= 1
    raw = text[start:end]
    chinese = not raw[0].isdigit()
    after = end + 1 if text.startswith(" ", end) and not chinese else end
    half = Decimal(0)
    found = units().at(text, after)
    if text.startswith("个半", after) and (halved := units().at(text, after + 2, led="个")):
        found, half = halved, Decimal("0.5")  # 一个半小时
    if found and text.startswith(_NO_UNITS.get(found.word, "\0"), found.end):
        found = None
    unit = found.unit if found else None
    if chinese and unit is None and not _stands_alone(text, raw, end, stop):
        return None
    if start and text[start - 1] == "每" and not raw[-1].isdigit():
        return None  # 每万人口, 每百户: a rate's base
    if is_code(text, start, unit):
        return None
    said = written(raw)
    if said is None or (unit is None and raw[-1] == "兆"):  # 100兆 of a network is a rate
        return None
    value, high, comparator, cue, scale_only, scale = said
    quantity = Quantity(
        start, end, start, end, "bare", value, high, None, comparator, cue, chinese, False, scale_only, scale
    )
    if found is not None:
        measure, quantity.end = found.unit, found.end
        if text.startswith("多", quantity.end) and quantity.comparator == "=" and measure.type != "count":
            quantity.comparator, quantity.cue = ">", "多"  # 3年多, 5公里多
            quantity.end += 1
        elif measure.type in _HALVED and half_behind(text, quantity.end):
            half = Decimal("0.5")  # 一倍半
            quantity.end += 1
        other = _OTHER_UNIT.match(text, quantity.end) if text.startswith("(", quantity.end) else None
        if other and measure.type == "count" and other[1] in units():
            quantity.end = other.end()  # 4台(套)
            measure = measure._replace(base=measure.base + other.group())
        per = rate_at(text, quantity.end)
        if per:
            quantity.end += len(per)
        quantity.type = measure.type
        quantity.unit = measure.base + rate_unit(per) if per else measure.base
        quantity.weak = measure.weak
        quantity.value = (value + half) * measure.factor
        quantity.value_high = high * measure.factor if high is not None else None
    elif end < stop and _ASCII_LETTER.match(text[end]):
        return None  # 5G, 415X
    return _compared(text, quantity, stop)


#: Types of units that may be halved: 两年半, 五亩半.
_HALVED = frozenset(("measure", "duration", "multiple", "point"))
#: What makes a unit part of another word: 14亿人口, 迈上5万亿台阶.
_NO_UNITS = {"人": "口", "台": "阶"}
#: 与三千六百五十万元之间.
_LONGEST_BETWEEN = 14
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+[-–]?$")


def _stands_alone(text: str, raw: str, end: int, stop: int) -> bool:
    """Tell whether Chinese numerals without a unit may count: 五千至六千亩, 突破百万, 收窄至一点七八."""
    if "点" in raw or (len(raw) > 1 and raw[-1] in "万亿"):
        return True
    if end + 1 >= stop or text[end + 1] not in NUMERAL_CHARS:
        return False
    return text[end] in RANGE_MARKS or (text[end] in "和与" and "之间" in text[end : end + _LONGEST_BETWEEN])


def is_code(text: str, start: int, unit: Unit | None) -> bool:
    """Tell whether the number at `start` is part of a code (S3线, EH216-S), not of a sum (GDP1607.8亿元)."""
    if not start or not (
        text[start - 1].isascii() and (text[start - 1].isalpha() or text[start - 1] in "-–.")
    ):
        return False
    letters = _LETTERS_BEFORE.search(text, max(0, start - 12), start)
    if not letters:
        return False
    # an abbreviation such as GDP or R&D before a sum or a share is the indicator
    is_sum = unit is not None and (unit.type in ("money", "percent", "multiple") or not unit.weak)
    return len(letters.group()) < 2 or not is_sum or letters.group()[-1] in "-–"


_OTHER_UNIT = re.compile(r"[(]([一-鿿]{1,2})[)]")


def _compared(text: str, quantity: Quantity, stop: int) -> Quantity:
    """Take the comparing words on both sides into the span."""
    at = quantity.end + 1 if text.startswith(" ", quantity.end) else quantity.end
    behind = comparing.behind(text, at, stop)
    if behind:
        quantity.end, quantity.cue = behind.end, text[behind.start : behind.end]
        quantity.comparator = "range" if quantity.value_high is not None else behind.comparator
    at = quantity.start - 1 if text.endswith(" ", 0, quantity.start) else quantity.start
    before = comparing.before(text, at)
    is_about = quantity.comparator in (">", "~")
    if before and quantity.value_high is None:
        # 近百余家, 近100人左右: a little less and a little more
        quantity.comparator = "~" if before.comparator == "<" and is_about else before.comparator
    elif not before:
        if quantity.scale_only:
            before = comparing.before_scale(text, quantity.start)
        elif quantity.type == "money" and quantity.value_high is None:
            before = comparing.before_money(text, quantity.start)
        if before:
            quantity.comparator = before.comparator
    if before:
        quantity.start, quantity.cue = before.start, text[before.start : before.end]
    return quantity


#: Types that may be below zero.
_SIGNED = frozenset(("percent", "point", "money", "measure", "bare"))
_NOT_NEGATIVE = frozenset("胜抱自担肩欺辜正")  # 胜负, 抱负
_NOT_MINUS = frozenset(NUMERAL_CHARS + "-—–)%‰")  # before the dash of 五-八, A-20
_DEGREES = frozenset(("摄氏度", "华氏度"))


def _take_sign(text: str, quantity: Quantity, taken: int) -> None:
    """Take the minus, 负 or 零下 before a number into it; `taken` is where the last quantity ends."""
    at = quantity.start - 1
    if at < taken or quantity.start != quantity.number_start or quantity.type not in _SIGNED:
        return
    left = text[at - 1] if at else ""
    if text[at] == "-":
        if left and (left in _NOT_MINUS or (left.isascii() and left.isalnum())):
            return
    elif text[at] == "下":
        if left != "零" or quantity.unit not in _DEGREES:
            return
        at -= 1
    elif text[at] != "负" or left in _NOT_NEGATIVE:
        return
    quantity.start = quantity.number_start = at
    quantity.value = -quantity.value
    if quantity.value_high is not None:  # 零下3至5℃
        quantity.value, quantity.value_high = -quantity.value_high, quantity.value
    elif before := comparing.before(text, at):  # 低于-18℃
        quantity.start, quantity.comparator, quantity.cue = (
            before.start,
            before.comparator,
            text[before.start : at],
        )


def _joins(text: str, low: Quantity, high: Quantity) -> bool:
    """Tell whether two quantities are the ends of a range: 3至5个, 20%-30%, 2万—3万人."""
    gap = high.start - low.end
    if not 1 <= gap <= 2 or high.start != high.number_start or low.value_high is not None:
        return False
    link = text[low.end : high.start]
    if link in ("和", "与"):
        if not text.startswith("之间", high.end):
            return False  # 介于3%和5%之间
    elif any(mark not in RANGE_MARKS for mark in link):
        return False
    if high.unit is None and low.unit is not None:
        return False
    if (
        low.unit not in (None, high.unit)
        or low.type not in ("bare", high.type)
        or high.value_high is not None
    ):
        return False
    return _low_end(low, high) < high.value


def _low_end(low: Quantity, high: Quantity) -> Decimal:
    """Return the value of the low end, in the myriads of the high one if it has none of its own."""
    if low.unit is None and low.scale == 1:
        return in_scale_of(low.value, high.value, high.scale)
    return low.value


def _range(low: Quantity, high: Quantity) -> Quantity:
    """Return the range from `low` to `high`; a bare low end takes unit and myriads of the high one."""
    high.value, high.value_high, high.comparator = _low_end(low, high), high.value, "range"
    high.start, high.number_start, high.cue = low.start, low.number_start, high.cue or low.cue
    high.chinese = low.chinese and high.chinese
    return high
