"""How the lines of a document are set: margin, and the width at which the text is hard-wrapped."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from jiaozhu.reading.lines import PARAGRAPH_INDENT, Line, has_stop, is_ended, is_running

_NARROWEST, _WIDEST = 24, 160  # columns of a wrapped line
#: Wrapped lines fill their width but for a few columns, or for a word that no longer fitted.
_SLACK = 7  # columns
_UNBREAKABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.%"
_JUDGED = 500  # lines looked at to tell wrapped text from other lines of one length


class Layout(NamedTuple):
    """How lines are set; both in columns."""

    margin: int  # a line with no more indent than this begins no paragraph by it
    width: int | None = None  # at which the text is hard-wrapped; None if it isn't

    def is_full(self, line: Line, following: str) -> bool:
        """Return whether a wrapped line is so full that what follows had no room in it."""
        if self.width is None:
            return False
        word = len(following) - len(following.lstrip(_UNBREAKABLE))
        return self.width - _columns(line, self.margin) <= _SLACK + word


def find_layout(lines: list[Line]) -> Layout:
    """Return how the lines are set."""
    indents = Counter(line.indent for line in lines)
    usual = indents.most_common(1)[0][0]
    width = _find_wrap_width(lines, usual)
    if width is not None:
        return Layout(usual, width)  # most lines begin no paragraph, so their indent is the margin
    least = min(indents)
    return Layout(0 if least == PARAGRAPH_INDENT else least)


def _find_wrap_width(lines: list[Line], margin: int) -> int | None:
    """Return the width at which the text is wrapped, None if it isn't.

    Lines of a wrapped text have one length, hold sentences and parts of sentences, and end anywhere.
    Headlines of one length hold no full stops; paragraphs of one length end in them.
    """
    measured = [(_columns(line, margin), line.text) for line in lines if len(line.text) <= _WIDEST // 2]
    too_long = len(lines) - len(measured)
    if 20 * too_long > len(lines):
        return None
    counts = Counter(columns for columns, _ in measured)
    full = {
        width: sum(counts[columns] for columns in range(width - _SLACK, width + 1))
        for width in counts
        if _NARROWEST <= width <= _WIDEST
    }
    if not full:
        return None
    width = max(full, key=lambda width: (full[width], width))
    wider = too_long + sum(count for columns, count in counts.items() if columns > width + 2)
    if full[width] < 3 or 3 * full[width] < len(lines) or 20 * wider > len(lines):
        return None
    texts = [text for columns, text in measured if width - _SLACK <= columns <= width][:_JUDGED]
    if 5 * sum(map(is_running, texts)) < 3 * len(texts) or 10 * sum(map(has_stop, texts)) < len(texts):
        return None
    return width if 2 * sum(map(is_ended, texts)) <= len(texts) else None


def _columns(line: Line, margin: int) -> int:
    """Return the columns that a line takes from the margin on, two for a Chinese character or mark."""
    # GB18030 has two bytes for those; encoding is much faster than counting.
    return len(line.text.encode("gb18030", "replace")) + max(0, line.indent - margin)
