"""The caret of the reading view: which keys it takes, and where they lead."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from jiaozhu.qt.words import next_stop, previous_stop

_KEYS = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Escape,
}


class Lines(Protocol):
    """What the caret asks of the view: where lines begin and end."""

    @property
    def text(self) -> str:
        """Return the text."""

    def line_edges(self, offset: int) -> tuple[int, int, float]:
        """Return the first and last gap of the offset's line, and the offset's x."""

    def place_above_or_below(self, offset: int, x: float, lines: int) -> int:
        """Return the offset some lines below (above: negative), nearest to `x`."""

    def lines_in_sight(self) -> int:
        """Return how many lines a page is."""


class Caret:
    """A place in the text, and the place that a selection began at."""

    def __init__(self, lines: Lines, position: int) -> None:
        self.position = self.anchor = position
        self._lines = lines
        self._x: float | None = None  # kept while going up and down

    @staticmethod
    def wants(event: QKeyEvent) -> bool:
        """Return whether a key moves the caret, so that it is no shortcut now."""
        return event.key() in _KEYS and not event.modifiers() & Qt.KeyboardModifier.AltModifier

    def target(self, event: QKeyEvent) -> int:
        """Return where a key leads."""
        key, lines, position = event.key(), self._lines, self.position
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        first, last, x = lines.line_edges(position)
        rows = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: 2 - lines.lines_in_sight(),
            Qt.Key.Key_PageDown: lines.lines_in_sight() - 2,
        }
        if key in rows:
            self._x = x if self._x is None else self._x
            return lines.place_above_or_below(position, self._x, rows[Qt.Key(key)])
        self._x = None
        text = lines.text
        if key == Qt.Key.Key_Left:
            return previous_stop(text, position) if control else max(0, position - 1)
        if key == Qt.Key.Key_Right:
            return next_stop(text, position) if control else min(len(text), position + 1)
        if key == Qt.Key.Key_Home:
            return 0 if control else first
        return len(text) if control else last
