"""The sentence in which an annotation stands, word for word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

#: A sentence ends behind its mark and the closing quotation marks and brackets, or with the line.
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)》]*|\n|$)")


class Sentences:
    """The sentences of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = list(accumulate(map(len, _SENTENCE.findall(text))))

    def around(self, start: int, end: int) -> str:
        """Return the sentence that holds a span; if it reaches over several, all of them."""
        before = bisect_right(self._ends, start) - 1
        first = self._ends[before] if before >= 0 else 0
        return self._text[first : self._ends[bisect_left(self._ends, end)]].strip()
