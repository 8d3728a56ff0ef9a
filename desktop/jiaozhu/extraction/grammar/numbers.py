"""Every number of a text, with what its form tells. The views take from these what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.mention import FRACTIONS
from jiaozhu.extraction.numerals import ARABIC, NUMERAL_CHARS, SCALE_CHARS, read_number
from jiaozhu.extraction.quantities import is_code
from jiaozhu.extraction.units import all_units, units


@dataclass(slots=True)
class Number:
    """A number in the text; `start` is where its sign stands, `body` where its numerals begin."""

    start: int
    body: int
    end: int
    value: Decimal
    high: Decimal | None = None  # 七八十: the upper end
    joined: Decimal | None = None  # 七八 read digit by digit
    vague: bool = False  # 一千多万, 数十
    led: bool = False  # 数十, 几百: no digit of its own
    plain: bool = True  # numerals only, so that a unit may take the last of them (12千米)
    sure: bool = False  # a number whatever stands around it
    crowded: bool = False  # beside a numeral that is not part of it: 十五五
    ordinal: bool = False  # behind 第
    lead: int | None = None  # where the 百分之 before it begins
    parts: Decimal = Decimal(100)  # 100 of 百分之, 10000 of 万分之

    @property
    def begin(self) -> int:
        """Where the number begins, with the 百分之 before it."""
        return self.start if self.lead is None else self.lead

    def in_hundredths(self, value: Decimal) -> Decimal:
        """Return a value of this number, in hundredths if it stands behind 百分之, 千分之 and the like."""
        return value if self.lead is None else value * 100 / self.parts


_ORDER = "一二三四五六七八九"
_DIGITS = frozenset(_ORDER)
_SCALE_SET = frozenset(SCALE_CHARS)
_SCALES = f"[{SCALE_CHARS}]"
_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|www\.)[^\s,;!()<>\"\u0080-\uffff]++")
_START = re.compile(rf"[0-9]|(?<![0-9A-Za-z.])\.[0-9]|[几数](?={_SCALES})|[{NUMERAL_CHARS}]")
_LEAD = re.compile(r"([百佰千仟万亿](?: *+[百佰千仟万亿]){0,4}+) *+分 *+之 *+")
_OVER = re.compile(r" *+分 *+之 *+")
_AND = re.compile(r" *+又 *+")
_ARABIC = re.compile(rf"{ARABIC}|\.\d+")
_INTEGER = re.compile(r"\d+")
_EXPONENT = re.compile(r"[eE]([+-]?\d{1,3})(?![0-9A-Za-z]|\.\d)")
_POWER = re.compile(r"\^([+-]?\d{1,4}(?:\.\d{1,9})?)(?![0-9A-Za-z]|\.\d)")
_SLASH = re.compile(r" ?/ ?(\d+)(?![\d/年月日]|\.\d)")
_MIXED = re.compile(r" {1,3}(\d+) ?/ ?(\d+)(?![\d/年月日]|\.\d)")
_SUFFIX = re.compile(r" ?([A-Za-z])(?![A-Za-z0-9])")
#: Generations of networks and sizes of pictures: 5G, 4K.
_NAME = re.compile(r"[2-6]G|[248]K")
_DOZEN = re.compile(r" ?打(?![击造破开通响赢败电字工扮架扰仗白拼捞假基好牢官底折消算量退])")
_REST = re.compile(r"[十百千]?[万亿兆]*+")
_CODE = re.compile(r"(?![a-z]{2,}+(?![A-Za-z0-9]))[A-Za-z]")
_NOT_MINUS = frozenset("-–—~～)%‰")
_NOT_NEGATIVE = frozenset("胜抱自担肩欺辜正")  # 胜负, 抱负
_NOT_SEVERAL = frozenset("人总户天次指倍系个基少多半无件岁年月日票字位整参分")  # 人数, 无数
_LARGEST_EXPONENT = 300


@cache
def _suffixes() -> dict[str, Decimal]:
    try:
        return {letter: Decimal(value) for letter, value in lexicon.read("grammar")["suffixes"].items()}
    except (KeyError, AttributeError, ArithmeticError) as error:
        raise lexicon.LexiconError(f"grammar.toml: [suffixes] needs a decimal a letter: {error}") from error


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
    if code_end and begin - code_end == 1 and text[code_end] in "-–_/.":
        return True  # A2023-15
    unit = units().at(text, number.end)
    return is_code(text, begin, unit.unit if unit else None)


def _behind(text: str, start: int) -> int:
    """Return where to go on behind what only looks like a number."""
    word = _ARABIC.match(text, start)
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
    if text.startswith("一半", start) and text[start + 2 : start + 3] not in ("天", "年", "月"):
        return Number(start, start, start + 2, Decimal("0.5"), plain=False, sure=True)
    number = _simple(text, start)
    if number is None or number.led or number.high is not None:
        return number
    fraction = _fraction(text, number)
    if fraction:
        return fraction
    link = _AND.match(text, number.end)
    under = _simple(text, link.end()) if link else None
    if under and under.high is None and (fraction := _fraction(text, under)):
        number.value += fraction.value
        number.end, number.plain, number.sure = fraction.end, False, True
        return number
    dozen = _DOZEN.match(text, number.end) if number.plain else None
    if dozen:
        number.value, number.end, number.plain = number.value * 12, dozen.end(), False
        number.sure = True
    return number


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
    if text[start : start + 1] in ("几", "数"):
        if text[start] == "数" and start and text[start - 1] in _NOT_SEVERAL:
            return None
        scale = read_number(text, start + 1, loose=True)
        return Number(start, start, scale.end, scale.value, vague=True, led=True) if scale else None
    if _ARABIC.match(text, start):
        return _arabic(text, start)
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
                and text[number.end + 1 : number.end + 2] not in _SCALE_SET
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


def _take_pair(text: str, number: Number) -> None:
    """Read neighbours as the ends of a range: 七八十, 十七八岁, 二三百万; 三五个."""
    last = text[number.end - 1]
    digits = text[number.body : number.end]
    if len(digits) == 2 and digits[0] in _DIGITS and digits[1] in _DIGITS:  # read digit by digit
        first, second, head = digits[0], digits[1], ""
        end = number.end
        number.joined = number.value
    elif (last in _DIGITS or last == "两") and text[number.end : number.end + 1] in _DIGITS:
        first, second, head = last, text[number.end], text[number.body : number.end - 1]
        end = number.end + 1
    else:
        return
    low, high = _ORDER.find(first) + 1 or 2, _ORDER.find(second) + 1
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


def _arabic(text: str, start: int) -> Number | None:
    """Return the number in Arabic digits at `start`, with what follows digits: 万, 1/2, 2e5, 2^-1, 40k."""
    match = _ARABIC.match(text, start)
    if match is None:
        return None
    token, end = match.group(), match.end()
    in_chain = start > 1 and text[start - 1] == "." and text[start - 2].isdigit()
    if in_chain or ("." in token and re.match(r"\.\d", text[end : end + 2])):  # 1.2.3
        whole = _INTEGER.match(text, start)
        if whole is None:
            return None
        return Number(start, start, whole.end(), Decimal(whole.group()), plain=False, sure=True)
    value = Decimal(token.replace(",", ""))
    number = Number(start, start, end, value, sure=True)
    if exponent := _EXPONENT.match(text, end):
        if abs(int(exponent[1])) > _LARGEST_EXPONENT:
            return None
        number.value, number.end, number.plain = value.scaleb(int(exponent[1])), exponent.end(), False
        return number
    if power := _POWER.match(text, end):
        raised = _raised(value, Decimal(power[1]))
        if raised is not None:
            number.value, number.end, number.plain = raised, power.end(), False
            return number
    numeral = read_number(text, start, loose=True)
    if numeral and numeral.end > end:
        number.value, number.end, number.vague = numeral.value, numeral.end, numeral.vague is not None
        end = numeral.end
    elif token.isdigit() and (fraction := _slashed(text, number)):
        number = fraction
    elif (suffix := _SUFFIX.match(text, end)) and suffix[1] in _suffixes():
        if not _NAME.fullmatch(text, start, suffix.end()):
            number.value = value * _suffixes()[suffix[1]]
            number.end, number.plain = suffix.end(), False
    if _CODE.match(text, number.end) and not all_units().at(text, number.end):
        return None  # 415X, 3D; 300dpi may be a unit
    return number


def _raised(base: Decimal, exponent: Decimal) -> Decimal | None:
    """Return the power, None if it is none or beyond all measure."""
    try:
        if base and abs(base.adjusted() + 1) * abs(exponent) > _LARGEST_EXPONENT:
            return None
        return FRACTIONS.power(base, exponent)
    except DecimalException:
        return None


def _slashed(text: str, number: Number) -> Number | None:
    """Return `3/5` or `1 4/3` of which `number` is the beginning; dates and rates are none."""
    if number.start and text[number.start - 1] in "/.":
        return None
    if mixed := _MIXED.match(text, number.end):
        over, under, end = Decimal(mixed[1]), Decimal(mixed[2]), mixed.end()
        whole = number.value
    elif slash := _SLASH.match(text, number.end):
        over, under, end = number.value, Decimal(slash[1]), slash.end()
        whole = Decimal(0)
        if 1900 <= over <= 2100 and under <= 99:
            return None  # 2023/24, 2024/5
    else:
        return None
    if not under:
        return None
    value = whole + FRACTIONS.divide(over, under)
    return Number(number.start, number.body, end, value, plain=False, sure=True)


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
