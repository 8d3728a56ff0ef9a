"""The sentence in which an annotation stands, word for word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

#: A sentence ends behind its mark and the closing quotation marks and brackets, or with the line.
_END = re.compile(r"[。！？!?]+[”’」』）)》]*|\n")


class Sentences:
    """The sentences of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.end() for match in _END.finditer(text)]

    def around(self, start: int, end: int) -> str:
        """Return the sentence that holds a span; if it reaches over several, all of them."""
        before = bisect_right(self._ends, start) - 1
        after = bisect_left(self._ends, end)
        first = self._ends[before] if before >= 0 else 0
        last = self._ends[after] if after < len(self._ends) else len(self._text)
        return self._text[first:last].strip()
