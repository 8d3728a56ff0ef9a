"""How keys are written on the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtGui import QKeySequence

from jiaozhu.qt import theme

#: Keys that have a sign on keyboards.
_SIGNS = {
    "Return": "↵",
    "Enter": "↵",
    "Backspace": "⌫",
    "Del": "Del",
    "Space": "␣",
    "Tab": "⇥",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


def written(key: str) -> str:
    """Return a key, given as Qt writes it, as people read it: Ctrl+Return is Ctrl+↵."""
    *modifiers, last = key.split("+") if not key.endswith("+") else [*key[:-1].split("+")[:-1], "+"]
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    if sys.platform == "darwin":  # which has signs for all keys
        return native
    sign = _SIGNS.get(last)
    return "+".join([*modifiers, sign]) if sign else native


def listed(keys: Sequence[str]) -> str:
    """Return several keys for the same thing, each once."""
    return "  ".join(dict.fromkeys(written(key) for key in keys))


def caps(written_keys: Iterable[str]) -> str:
    """Return keys as rich text that looks like the caps of keys."""
    colours = theme.current()
    style = f"background-color: {colours.line.name()}; color: {colours.ink.name()};"
    return " ".join(f'<span style="{style}">&nbsp;{escape(key)}&nbsp;</span>' for key in written_keys)
