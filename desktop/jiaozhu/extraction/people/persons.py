"""Personal names: where one begins and ends."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon

DOTS = "·•・‧∙"
_GAP = re.compile(r"[^\S\n]*")
_DOTTED = re.compile(rf"[一-龥]{{1,8}}(?:[{DOTS}][一-龥]{{1,10}})+")
_SPACED = re.compile(r"[一-龥]{1,2}[^\S\n]{1,4}[一-龥](?![一-龥])")
_HAN = re.compile(r"[一-龥]+")


def read_name(text: str, position: int, end: int) -> tuple[int, int] | None:
    """Return the span of the personal name at `position`, after spaces if any; None if there is none.

    What may follow a name tells one of two characters from one of three (袁建|在交流中).
    """
    start = position + len(_GAP.match(text, position, end).group())  # type: ignore[union-attr]  # matches always
    dotted = _DOTTED.match(text, start, end)
    if dotted:
        last = max(dotted.group().rfind(dot) for dot in DOTS) + 1
        stops = range(start + last + 2, dotted.end())
        return start, next((stop for stop in stops if _may_end(text, stop, end)), dotted.end())
    if text.startswith(_no_names(), start):
        return None
    family = _family(text, start)
    if not family:
        return _read_before_verb(text, start, end)
    spaced = _SPACED.match(text, start, end)
    if spaced and len(spaced.group().split()[0]) == family:
        return start, spaced.end()
    given = _HAN.match(text, start + family, end)
    if given is None:
        return None
    shorter, longer = start + family + 1, start + family + 2
    if longer > given.end():
        return start, shorter
    after_two, after_three = _may_end(text, shorter, end), _may_end(text, longer, end)
    third = text[shorter]
    if third in _last("verb") or (after_two and after_two == after_three and third in _last("particle")):
        return start, shorter
    return start, shorter if after_two > after_three else longer


def _read_before_verb(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a name of an unknown family, which only the verb behind it tells: 扎西多吉|表示."""
    if (
        start >= end
        or not _is_han(text[start])
        or text[start] in _last("particle")
        or any(text[start : start + length] in _after() for length in (1, 2, 3, 4))
    ):
        return None
    for stop in range(start + 2, min(start + 6, end)):
        if not _is_han(text[stop - 1]):
            return None
        if text.startswith(_verbs(), stop):
            return start, stop
    return None


def _is_han(char: str) -> bool:
    return "一" <= char <= "龥"


def is_name(text: str, *, sure: bool = False) -> bool:
    """Return whether a text without spaces is a personal name and nothing else.

    `sure` allows family names that the lexicon doesn't know, as many peoples have names without one.
    """
    if _DOTTED.fullmatch(text):
        return True
    if not 2 <= len(text) <= 4 or not _HAN.fullmatch(text) or text.startswith(_longer_no_names()):
        return False
    family = _family(text, 0)
    if family and len(text) - family in (1, 2):
        return True
    return sure and not text.endswith(lexicon.words("persons", "no_end", "word"))


def _family(text: str, start: int) -> int:
    """Return the length of the family name at `start`: 0 if there is none."""
    if text[start : start + 2] in _families("double"):
        return 2
    return int(text[start : start + 1] in _families("single"))


def _may_end(text: str, position: int, end: int) -> int:
    """Return how well a name may end before `position`: the length of the word that says so, or 0."""
    if position >= end or not _is_han(text[position]):
        return 9
    return next((length for length in (4, 3, 2, 1) if text[position : position + length] in _after()), 0)


@cache
def _families(kind: str) -> frozenset[str]:
    return frozenset(lexicon.words("persons", "surname", kind))


@cache
def _no_names() -> tuple[str, ...]:
    return lexicon.words("persons", "no_name", "begin")


@cache
def _longer_no_names() -> tuple[str, ...]:
    """Return those of more than one character: in a line of its own 来 may be a family name."""
    return tuple(word for word in _no_names() if len(word) > 1)


@cache
def _after() -> frozenset[str]:
    return frozenset(lexicon.words("persons", "after", "word"))


@cache
def _last(kind: str) -> frozenset[str]:
    return frozenset(lexicon.words("persons", "last", kind))


@cache
def _verbs() -> tuple[str, ...]:
    """Return the words for speaking that are no part of a name: 表示, but not 说."""
    return tuple(word for word in lexicon.words("reporting", "verb", "say") if len(word) > 1)
