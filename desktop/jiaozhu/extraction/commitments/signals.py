"""Words that matter wherever they stand in a clause or sentence, found in one pass over a speech."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import ahocorasick

from jiaozhu import lexicon

_TONE, _DOCTRINE, _POINTING = "tone", "doctrine", "pointing"


@cache
def _automaton() -> ahocorasick.Automaton:
    """Return the automaton of tone words, words of doctrine and words that point at the text."""
    automaton = ahocorasick.Automaton()
    for kind, words in (
        (_DOCTRINE, lexicon.words("verbs", "doctrine", "words")),
        (_POINTING, lexicon.words("verbs", "pointing", "words")),
        (_TONE, tuple(_strengths())),
    ):
        for word in words:
            automaton.add_word(word, (kind, len(word), word))
    automaton.make_automaton()
    return automaton


@cache
def _strengths() -> dict[str, str]:
    """Return the tone words with the strength that each gives."""
    classes = lexicon.classes("tone", "strength")
    return {word: strength for strength, words in classes.items() for word in words}


def strength_of(tone: str) -> str:
    """Return the strength that a tone word gives."""
    return _strengths()[tone]


class Signals:
    """The signal words of a stretch of normalised text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Look for them between two offsets."""
        self._tones: list[int] = []
        self._words: list[str] = []
        self._doctrine: list[int] = []
        self._pointing: list[int] = []
        for last, (kind, length, word) in _automaton().iter_long(text, start, end):
            at = last + 1 - length
            if kind is _TONE:
                self._tones.append(at)
                self._words.append(word)
            elif kind is _DOCTRINE:
                self._doctrine.append(at)
            else:
                self._pointing.append(at)

    def tone(self, start: int, end: int) -> str:
        """Return the first tone word between two offsets, as written, else an empty string."""
        n = bisect_left(self._tones, start)
        if n < len(self._tones) and self._tones[n] + len(self._words[n]) <= end:
            return self._words[n]
        return ""

    def has_doctrine(self, start: int, end: int) -> bool:
        """Return whether the general requirements are spoken of between two offsets."""
        return _holds(self._doctrine, start, end)

    def points(self, start: int, end: int) -> bool:
        """Return whether the text points at itself or calls on the audience between two offsets."""
        return _holds(self._pointing, start, end)


def _holds(positions: list[int], start: int, end: int) -> bool:
    n = bisect_left(positions, start)
    return n < len(positions) and positions[n] < end
