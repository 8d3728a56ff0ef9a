"""The caret of the reading view: which keys it takes, and where they lead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from jiaozhu.qt.page import Page
from jiaozhu.qt.words import next_clause, next_clause_end, next_stop, previous_clause, previous_stop

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


class Caret:
    """A place in the text, and the place that a selection began at."""

    def __init__(self, position: int) -> None:
        self.position = self.anchor = position
        self._x: float | None = None  # kept while going up and down

    @staticmethod
    def wants(event: QKeyEvent) -> bool:
        """Return whether a key moves the caret, so that it is no shortcut now."""
        return event.key() in _KEYS and not event.modifiers() & Qt.KeyboardModifier.AltModifier

    def target(self, event: QKeyEvent, page: Page, lines: int) -> int:
        """Return where a key leads on a page of which so many lines are in sight."""
        key, position, text = event.key(), self.position, page.text
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        first, last, x = page.line_edges(position)
        rows = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: min(-1, 2 - lines),
            Qt.Key.Key_PageDown: max(1, lines - 2),
        }
        if control and key == Qt.Key.Key_Down:  # to select a clause is to go to its end
            selects = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            return next_clause_end(text, position) if selects else next_clause(text, position)
        if control and key == Qt.Key.Key_Up:
            return previous_clause(text, position)
        if key in rows:
            self._x = x if self._x is None else self._x
            return page.offset_below(position, self._x, rows[Qt.Key(key)])
        self._x = None
        if key == Qt.Key.Key_Left:
            return previous_stop(text, position) if control else max(0, position - 1)
        if key == Qt.Key.Key_Right:
            return next_stop(text, position) if control else min(len(text), position + 1)
        if key == Qt.Key.Key_Home:
            return 0 if control else first
        return len(text) if control else last
