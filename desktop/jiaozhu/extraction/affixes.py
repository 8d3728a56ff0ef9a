"""Words at a place in the text: the longest of a set that begins or ends there."""

from __future__ import annotations

from collections.abc import Iterable


class Affixes:
    """A set of words to be looked up at either side of a position, without scanning the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths = sorted({len(word) for word in self._words}, reverse=True)
        self._lengths = tuple(lengths)
        self._firsts = frozenset(word[0] for word in self._words)
        self._lasts = frozenset(word[-1] for word in self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def ending(self, text: str, end: int, start: int = 0) -> str:
        """Return the longest word that ends at `end` and does not begin before `start`, or ``""``."""
        if end > start and text[end - 1] in self._lasts:
            for length in self._lengths:
                if length <= end - start and text[end - length : end] in self._words:
                    return text[end - length : end]
        return ""

    def beginning(self, text: str, start: int, end: int | None = None) -> str:
        """Return the longest word that begins at `start` and does not go beyond `end`, or ``""``."""
        stop = len(text) if end is None else end
        if start < stop and text[start] in self._firsts:
            for length in self._lengths:
                if length <= stop - start and text[start : start + length] in self._words:
                    return text[start : start + length]
        return ""

    def found_in(self, text: str) -> str:
        """Return the first word of the set that stands anywhere in a short `text`, or ``""``."""
        for at in range(len(text)):
            if text[at] in self._firsts:
                word = self.beginning(text, at)
                if word:
                    return word
        return ""
