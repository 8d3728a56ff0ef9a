"""The keys that a user chose in place of the standard ones: read at start, checked, kept for this user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence

from jiaozhu.qt import memory
from jiaozhu.review.actions import ACTIONS, CHOSEN_KEYS, ReviewAction


def load() -> None:
    """Take the user's keys; what is no action, no key, or taken already is left as it is by standard."""
    CHOSEN_KEYS.clear()
    known = {action.id: action for action in ACTIONS}
    for id_, keys in memory.keys().items():
        usable = [name for key in keys if (name := standard_name(key))]
        if id_ in known and (usable or not keys):
            CHOSEN_KEYS[id_] = tuple(dict.fromkeys(usable))
    for action in ACTIONS:
        if action.id in CHOSEN_KEYS and any(owner(key, action) for key in action.keys):
            del CHOSEN_KEYS[action.id]


def standard_name(key: str) -> str:
    """Return a key as Qt writes it everywhere; empty if it is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def owner(key: str, asking: ReviewAction) -> ReviewAction | None:
    """Return another action that a key belongs to, None if the key is free for the one that asks."""
    name = standard_name(key)
    others = (action for action in ACTIONS if action.id != asking.id)
    return next((action for action in others if name in map(standard_name, action.keys)), None)


def choose(action: ReviewAction, keys: Sequence[str]) -> None:
    """Give an action other keys, take them from whoever has them, and remember that."""
    wanted = tuple(dict.fromkeys(filter(None, map(standard_name, keys))))
    for key in wanted:
        while (other := owner(key, action)) is not None:
            _put(other, tuple(one for one in other.keys if standard_name(one) != key))
    _put(action, wanted)
    memory.note_keys(CHOSEN_KEYS)


def restore(action: ReviewAction) -> None:
    """Give an action its standard keys again, taking them from whoever has them."""
    choose(action, action.standard_keys)


def restore_all() -> None:
    """Give all actions their standard keys."""
    CHOSEN_KEYS.clear()
    memory.note_keys({})


def _put(action: ReviewAction, keys: tuple[str, ...]) -> None:
    if keys == tuple(map(standard_name, action.standard_keys)):
        CHOSEN_KEYS.pop(action.id, None)
    else:
        CHOSEN_KEYS[action.id] = keys
