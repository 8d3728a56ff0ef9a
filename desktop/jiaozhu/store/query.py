"""What is looked for in texts: words as they were typed, and where they stand whatever way they are written.

Width (`１６０７．８` is `1607.8`), the case of Latin letters and blanks inside a line make no difference;
all else is looked for as written, traditional characters as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Self

#: Characters of the text that are shown on both sides of what was found.
AROUND = 24
#: So much of a word counts; what is pasted may be a book.
_LONGEST = 200
_MOST_WORDS = 20
_ELLIPSIS = "…"

_BLANKS = " \t\u00a0\u3000\0"  # the index would end at the last of them
_HALF = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_FOLD = str.maketrans(
    {wide: half.lower() for wide, half in _HALF.items()}
    | {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys(_BLANKS, None)
)
_WIDE = {half: wide for wide, half in _HALF.items()}
#: A phrase in quotes of any kind, or what stands between blanks. One that isn't closed goes on to the end.
_TYPED = re.compile(r"[\"“”＂]([^\"“”＂]*)(?:[\"“”＂]|$)|([^\s\"“”＂]+)")


def fold(text: str) -> str:
    """Return a text as it is compared: half width, lower case, without blanks."""
    return text.translate(_FOLD)


class Span(NamedTuple):
    """A part of a text, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """Words that must all stand in one paragraph, or in what is known of one annotation."""

    words: tuple[str, ...]  # folded, each once
    _patterns: tuple[re.Pattern[str], ...]

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Return what was typed as a query: words between blanks, phrases in quotes."""
        parts = (phrase or word for phrase, word in _TYPED.findall(typed))
        folded = (fold("".join(part.split()))[:_LONGEST] for part in parts)
        words = tuple(dict.fromkeys(word for word in folded if word))[:_MOST_WORDS]
        return cls(words, tuple(map(_pattern, words)))

    def paragraphs(self, text: str) -> Iterator[Span]:
        """Yield the lines of a text that hold all words."""
        if not self.words:
            return
        # The longest word is the rarest: lines are looked for by it, and must hold the others.
        first, *others = sorted(self._patterns, key=lambda pattern: -len(pattern.pattern))
        at = 0
        while (match := first.search(text, at)) is not None:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            end = len(text) if end < 0 else end
            if all(other.search(text, start, end) for other in others):
                yield Span(start, end)
            at = end

    def spans(self, text: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Return where words stand in a part of a text, in its order; what overlaps is one."""
        end = len(text) if end is None else end
        found = sorted(
            Span(*match.span())
            for match in chain.from_iterable(one.finditer(text, start, end) for one in self._patterns)
        )
        joined: list[Span] = []
        for span in found:
            if joined and span.start < joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
            else:
                joined.append(span)
        return joined

    def holds_all(self, text: str) -> bool:
        """Return whether all words stand in a text, each within a line."""
        for pattern in self._patterns:  # a loop: asked for every annotation of a document
            if pattern.search(text) is None:
                return False
        return bool(self._patterns)

    def snippet(self, text: str, start: int, end: int) -> Snippet:
        """Return what to show of a part of a text: the first place of each word and what is around it."""
        firsts = [match.span() for one in self._patterns if (match := one.search(text, start, end))]
        return cut(text, firsts or [(start, start)], start, end, self.spans(text, start, end))


class Snippet(NamedTuple):
    """Part of a text on one line, and where in it the found words are."""

    text: str
    marks: tuple[Span, ...]


def cut(text: str, shown: Sequence[tuple[int, int]], start: int, end: int, marks: Sequence[Span]) -> Snippet:
    """Return the `shown` spans with what is around them, between `start` and `end`, the `marks` marked."""
    windows: list[list[int]] = []
    for first, last in sorted(shown):
        first, last = max(start, first - AROUND), min(end, last + 2 * AROUND)
        if windows and first <= windows[-1][1]:
            windows[-1][1] = max(last, windows[-1][1])
        else:
            windows.append([first, last])
    said, places = "", []
    for number, (first, last) in enumerate(windows):
        if number or first > start:
            said += _ELLIPSIS
        shift = len(said) - first
        said += text[first:last]
        places += [
            Span(max(mark.start, first) + shift, min(mark.end, last) + shift)
            for mark in marks
            if mark.start < last and mark.end > first
        ]
    if windows and windows[-1][1] < end:
        said += _ELLIPSIS
    return Snippet(said.translate(_ONE_LINE), tuple(places))


_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\t\v\f\0\x85\u2028\u2029", " "))


def _pattern(word: str) -> re.Pattern[str]:
    """Return the expression that finds a folded word however it is written."""
    return re.compile(f"[{_BLANKS}]*".join(map(_written, word)))


def _written(char: str) -> str:
    """Return the expression for the ways in which a folded character is written."""
    ways = {char, char.upper()} if char.isascii() else {char}
    ways |= {_WIDE[way] for way in ways if way in _WIDE}
    return re.escape(char) if len(ways) == 1 else f"[{''.join(map(re.escape, sorted(ways)))}]"
