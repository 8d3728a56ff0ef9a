"""Numbers in Arabic digits with what may follow them: 1.5万, 1/2, 2 1/2, 2e5, 2^-1, 40k."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.mention import FRACTIONS
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.numbers.numerals import ARABIC, read_number
from jiaozhu.extraction.numbers.units import all_units

#: An Arabic number, also without a digit before its point.
DIGITS = re.compile(rf"{ARABIC}|\.\d+")

_INTEGER = re.compile(r"\d+")
_MORE_DIGITS = re.compile(r"\.\d")
_EXPONENT = re.compile(r"[eE]([+-]?\d{1,3})(?![0-9A-Za-z]|\.\d)")
_POWER = re.compile(r"\^([+-]?\d{1,4}(?:\.\d{1,9})?)(?![0-9A-Za-z]|\.\d)")
_SLASH = re.compile(r" ?/ ?(\d+)(?![\d/年月日]|\.\d)")
_MIXED = re.compile(r" {1,3}(\d+) ?/ ?(\d+)(?![\d/年月日]|\.\d)")
_SUFFIX = re.compile(r" ?([A-Za-z])(?![A-Za-z0-9])")
#: Generations of networks and sizes of pictures: 5G, 4K.
_NAME = re.compile(r"[2-6]G|[248]K")
#: Letters of a code (415X, 3D); a small word may be a unit that we don't know (300dpi).
_CODE = re.compile(r"(?![a-z]{2,}+(?![A-Za-z0-9]))[A-Za-z]")
#: Larger and smaller numbers are none: 1e999 would fill a page.
_LARGEST_EXPONENT = 300
_YEARS = range(1900, 2101)


@cache
def _suffixes() -> dict[str, Decimal]:
    try:
        return {letter: Decimal(value) for letter, value in lexicon.read("grammar")["suffixes"].items()}
    except (KeyError, AttributeError, ArithmeticError) as error:
        raise lexicon.LexiconError(f"grammar.toml: [suffixes] needs a decimal a letter: {error}") from error


def arabic_at(text: str, start: int) -> Number | None:
    """Return the number in Arabic digits at `start`, None if there is none or it is part of a code."""
    match = DIGITS.match(text, start)
    if match is None:
        return None
    token, end = match.group(), match.end()
    in_chain = start > 1 and text[start - 1] == "." and text[start - 2].isdigit()
    if in_chain or ("." in token and _MORE_DIGITS.match(text, end)):  # 1.2.3
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
        if not base or abs(base.adjusted() + 1) * abs(exponent) > _LARGEST_EXPONENT:
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
        if over in _YEARS and under <= 99:
            return None  # 2023/24, 2024/5
    else:
        return None
    if not under:
        return None
    value = whole + FRACTIONS.divide(over, under)
    return Number(number.start, number.body, end, value, plain=False, sure=True)
