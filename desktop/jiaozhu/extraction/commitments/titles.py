"""Short sentences that head the sentences behind them, one after another in a paragraph.

Work reports run the items of a paragraph on: 优化城市空间。建设…,推进…。优化城市运行。加强…。 Each item
begins with a title of the same length; one alone is no evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiaozhu.extraction.text import Clause

#: Characters of a title: verb and object of two and four, or of three and three.
_LENGTH = 6
#: A sentence headed by a title is longer than this.
_LONGEST_SENTENCE = 12
_FEWEST = 2


def find_titles(clauses: Sequence[Clause], sentences: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the clauses that are such titles; `sentences` are first clauses and those behind the last."""
    titles: set[int] = set()
    here: list[int] = []  # in this paragraph
    paragraph = pending = -1  # what may be a title, until a longer sentence follows
    for first, last in sentences:
        opening, closing = clauses[first], clauses[last - 1]
        if opening.paragraph != paragraph:
            paragraph, pending, here = opening.paragraph, -1, []
        length = closing.end - opening.start
        if last - first == 1 and length == _LENGTH and not opening.heading:
            pending = first
            continue
        if pending >= 0 and length > _LONGEST_SENTENCE:
            here.append(pending)
            if len(here) >= _FEWEST:
                titles.update(here)
        pending = -1
    return frozenset(titles)
