"""Words beside a number that compare: 超过, 不低于, 近; 以上, 左右 (resources/lexicon/units.toml)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes


class Comparison(NamedTuple):
    """A comparing word in the text and the comparator that it makes."""

    start: int
    end: int
    comparator: str


@cache
def words(group: str) -> dict[str, str]:
    """Return the comparing words of a group (before, after …), each with its comparator."""
    return {word: sign for sign, words in lexicon.classes("units", group).items() for word in words}


@cache
def _affixes(group: str) -> Affixes:
    return Affixes(words(group))


@cache
def _other_words(group: str) -> Affixes:
    """Return the words that hold a comparing word and are none: 签约28个, 附近5公里, 100家内资企业."""
    return Affixes(lexicon.words("units", group, "words"))


def before(text: str, end: int) -> Comparison | None:
    """Return the longest comparing word that ends at `end`, where the number begins."""
    word = _affixes("before").ending(text, end)
    if not word or len(_other_words("not_before").ending(text, end)) > len(word):
        return None
    return Comparison(end - len(word), end, words("before")[word])


def before_scale(text: str, end: int) -> Comparison | None:
    """Return the word that compares only before a number without a digit: 过百亿, 上万."""
    return _single("before_scale", text, end)


def before_money(text: str, end: int) -> Comparison | None:
    """Return the word that compares only before a sum of money: 过50亿元."""
    return _single("before_money", text, end)


def _single(group: str, text: str, end: int) -> Comparison | None:
    sign = words(group).get(text[end - 1]) if end else None
    if sign is None or _other_words("not_before").ending(text, end):
        return None
    return Comparison(end - 1, end, sign)


def behind(text: str, start: int, stop: int) -> Comparison | None:
    """Return the longest comparing word that begins at `start`, behind the number with its unit."""
    word = _affixes("after").beginning(text, start, stop)
    if not word or len(_other_words("not_behind").beginning(text, start)) > len(word):
        return None
    return Comparison(start, start + len(word), words("after")[word])
