"""Whether a numeral is a number where it stands: 答案是四 holds one, 四川, 一起 and 万一 none."""

from __future__ import annotations

from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.numbers.numerals import NUMERAL_CHARS, SCALE_CHARS
from jiaozhu.extraction.numbers.units import all_units

#: Financial numerals that are more often part of a word: 大陆, 放肆, 入伍, 收拾.
_IN_WORDS = frozenset("肆伍陆拾")
_SCALES = frozenset(SCALE_CHARS)
_VAGUE = ("多", "余", "几", "来")  # 十几岁, 十余家
#: Two scales that are a word, or nothing that anybody counts.
_NO_SCALES = frozenset(("千万", "万万", "亿万", "万千", "千百", "万"))


def is_number(text: str, number: Number) -> bool:
    """Tell whether the numerals are meant as a number by themselves, with or without something counted."""
    if number.high is not None or number.led or number.ordinal or number.crowded:
        return False
    if number.sure:
        return not in_numberless_word(text, number.body, number.end)
    if is_scale_only(text, number):
        return _is_scale_number(text, number)
    written = text[number.body : number.end]
    if _is_bounded(text, number.start, number.end):
        return True
    if in_numberless_word(text, number.body, number.end):
        return False
    behind = number.end + 1 if text[number.end : number.end + 1] in _VAGUE else number.end
    unit = all_units().at(text, behind)
    is_word = written in _IN_WORDS and number.start > 0 and _is_word_char(text[number.start - 1])
    if is_word and unit and unit.unit.type != "money":
        unit = None
    elif len(written) > 1:
        unit = None  # 三八妇女节, 九九八十一
    if unit is not None:
        return True
    return _is_named(text, number.start, number.end)


def is_scale_only(text: str, number: Number) -> bool:
    """Tell whether the number is scales without a digit: 百万, 千; but 十 is one."""
    written = text[number.body : number.end]
    return not number.sure and written not in ("十", "拾") and all(char in _SCALES for char in written)


def _is_scale_number(text: str, number: Number) -> bool:
    """Tell whether scales without a digit are a number: 百万, 百亿元; not 千万, 百姓 and 上百家."""
    written = text[number.body : number.end]
    if in_numberless_word(text, number.body, number.end) or written in _NO_SCALES:
        return False
    if len(written) > 1 and _is_bounded(text, number.start, number.end):
        return True
    has_unit = all_units().at(text, number.end) is not None
    return has_unit and len(written) > 1


def _is_word_char(char: str) -> bool:
    return char.isalnum() or char == "_"


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but marks, blanks and the text's ends touch the span."""
    is_open = start == 0 or not _is_word_char(text[start - 1])
    return is_open and (end == len(text) or not _is_word_char(text[end]))


@cache
def _numberless() -> tuple[frozenset[str], int]:
    words = lexicon.words("grammar", "numberless", "words")
    return frozenset(words), max(map(len, words))


def in_numberless_word(text: str, start: int, end: int) -> bool:
    """Tell whether a word without a number spans `start` to `end`."""
    words, longest = _numberless()
    if end - start > longest:
        return False
    for first in range(max(0, end - longest), start + 1):
        for last in range(end, min(len(text), first + longest) + 1):
            if text[first:last] in words:
                return True
    return False


def _is_named(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a numeral treat it as a number: 答案是四, 前三的, 三的写法."""
    said = any(text.startswith(word, end) for word in lexicon.words("grammar", "behind_named", "words"))
    behind = text[end : end + 1]
    if behind == "的" or text.startswith("分之", end):
        before = text[start - 1 : start] if start else ""
        if not before or not _is_word_char(before) or behind != "的":
            return True
    is_end = not behind or not _is_word_char(behind)
    if not (is_end or said):
        return False
    if start and text[start - 1] in "点" and start > 1 and text[start - 2] in NUMERAL_CHARS:
        return True  # 两百点两
    return any(text.endswith(word, 0, start) for word in lexicon.words("grammar", "before_named", "words"))
