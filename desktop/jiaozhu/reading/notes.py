"""Notes and boxes stand behind the paragraph that they belong to, on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Note(NamedTuple):
    """What a page sets apart from its running text."""

    anchor: int | None  # an offset in the text, in the paragraph that it belongs to; None: before all
    text: str


class Placed(NamedTuple):
    """A text with its notes in it."""

    text: str
    starts: list[int]  # of the notes, in the order of their anchors
    inserts: list[tuple[int, int]]  # where in the old text how many characters came in

    def offset(self, old: int) -> int:
        """Return where a character of the old text stands now."""
        return old + sum(length for at, length in self.inserts if at <= old)


def place_notes(text: str, notes: Iterable[Note]) -> Placed:
    """Return the text with each note behind the paragraph of its anchor."""
    pieces: list[str] = []
    starts: list[int] = []
    inserts: list[tuple[int, int]] = []
    done = length = 0

    def put(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for note in sorted(notes, key=lambda note: -1 if note.anchor is None else note.anchor):
        end = 0 if note.anchor is None else text.find("\n", note.anchor)
        end = len(text) if end < 0 else end
        put(text[done:end])
        done = end
        before = length
        if length:
            put("\n")
        starts.append(length)
        put(note.text)
        if not end and text:
            put("\n")
        inserts.append((end, length - before))
    put(text[done:])
    return Placed("".join(pieces), starts, inserts)
