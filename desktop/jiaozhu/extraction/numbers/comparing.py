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


#: Words that end like a comparing word and are none: 节约3亿元, 附近5公里, 网上百家.
_NOT_BEFORE = frozenset("节签公制合预契履条邀附最临邻靠就")
_NOT_BEFORE_UP = frozenset("以网线路海陆之楼船身")


@cache
def words(group: str) -> dict[str, str]:
    """Return the comparing words of a group (before, after, before_scale), each with its comparator."""
    return {word: sign for sign, words in lexicon.classes("units", group).items() for word in words}


@cache
def _affixes(group: str) -> Affixes:
    return Affixes(words(group))


def before(text: str, end: int) -> Comparison | None:
    """Return the longest comparing word that ends at `end`, where the number begins."""
    word = _affixes("before").ending(text, end)
    while word:
        start = end - len(word)
        if not (start and text[start - 1] in _NOT_BEFORE):
            return Comparison(start, end, words("before")[word])
        word = _affixes("before").ending(text, end, start + 1)
    return None


def before_scale(text: str, end: int) -> Comparison | None:
    """Return the word that compares only before a number without a digit: 过百亿, 上万."""
    sign = words("before_scale").get(text[end - 1]) if end else None
    if sign is None or (text[end - 1] == "上" and end > 1 and text[end - 2] in _NOT_BEFORE_UP):
        return None
    return Comparison(end - 1, end, sign)


def behind(text: str, start: int, stop: int) -> Comparison | None:
    """Return the longest comparing word that begins at `start`, behind the number with its unit."""
    word = _affixes("after").beginning(text, start, stop)
    return Comparison(start, start + len(word), words("after")[word]) if word else None
