"""Words at a place in the text: the longest of a set that begins or ends there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property


class Affixes:
    """A set of words to be looked up at either side of a position, without scanning the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._beginning = _lengths(self._words, 0)
        self._ending = _lengths(self._words, -1)
        self.firsts = frozenset(self._beginning)  # the characters a word may begin with

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def ending(self, text: str, end: int, start: int = 0) -> str:
        """Return the longest word that ends at `end` and does not begin before `start`, or ``""``."""
        if end > start:
            for length in self._ending.get(text[end - 1], ()):
                if length <= end - start and (word := text[end - length : end]) in self._words:
                    return word
        return ""

    def beginning(self, text: str, start: int, end: int | None = None) -> str:
        """Return the longest word that begins at `start` and does not go beyond `end`, or ``""``."""
        stop = len(text) if end is None else end
        if start < stop:
            for length in self._beginning.get(text[start], ()):
                if length <= stop - start and (word := text[start : start + length]) in self._words:
                    return word
        return ""

    def found_in(self, text: str) -> str:
        """Return the first word of the set that stands anywhere in a short `text`, or ``""``."""
        match = self._anywhere.search(text)
        return match.group() if match else ""

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._words, key=len, reverse=True))))


def _lengths(words: frozenset[str], at: int) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the words by their first (0) or last (-1) character, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}
