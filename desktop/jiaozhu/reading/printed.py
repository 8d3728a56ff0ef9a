"""Lines as they are printed on pages: what pdf files and pictures of pages are read into."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Stands before each raised character of a line until it is known whether that is the mark of a note. (A
#: code that no text has.)
RAISED = "\ufdd0"

#: Characters that a line can't begin with: they stay with the one before them.
_CLINGING = "，。、；：！？）》〉”’」』】〕%％‰…,.;:!?)"
_WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.%‰,\ufffd"


@dataclass(slots=True)
class PrintedLine:
    """A line of a page, or a piece of one; the edges are in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  # of its characters: the width of a Chinese one
    page: int = 0  # from 1
    column: int = 0  # from 0 on a page with columns

    @property
    def middle(self) -> float:
        """The height at which the line stands."""
        return (self.top + self.bottom) / 2

    def shares_row(self, other: PrintedLine) -> bool:
        """Return whether the two stand at one height."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return 2 * overlap > min(self.bottom - self.top, other.bottom - other.top)

    def first_word(self) -> float:
        """Return the width of what no line may end before: a number, a word, marks that cling."""
        rest = self.text.lstrip(_WORD)
        word = (len(self.text) - len(rest) + self.text[: -len(rest) or None].count("%")) / 2
        if not word:
            word, rest = 1.0, self.text[1:]
        return (word + len(rest) - len(rest.lstrip(_CLINGING))) * self.size


@dataclass(slots=True)
class Page:
    """A page: its size in points, its lines in reading order."""

    number: int  # from 1
    width: float
    height: float
    lines: list[PrintedLine] = field(default_factory=list)
