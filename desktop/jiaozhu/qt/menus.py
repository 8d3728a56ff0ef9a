"""Menus and shortcuts, made from the list of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from jiaozhu.qt import keys
from jiaozhu.review.actions import DECIDE, GO, SPAN, ReviewAction

#: Groups whose keys count in the text only: elsewhere Enter, Space and the arrows mean other things.
_IN_TEXT = {DECIDE, GO, SPAN}
#: Actions that go on while their key is held; holding Enter must not decide a page of facts.
_REPEATED = {GO, SPAN}


def make_actions(
    actions: Sequence[ReviewAction],
    *,
    window: QWidget,
    text: QWidget,
    perform: Callable[[ReviewAction], None],
) -> dict[str, QAction]:
    """Return a Qt action for each action, by its id.

    Keys of the other groups count everywhere; a letter is typed, all the same, where one can type.
    """
    made: dict[str, QAction] = {}
    for action in actions:
        item = QAction(action.title, window)
        item.setObjectName(action.id)
        item.setStatusTip(action.help)
        item.setAutoRepeat(action.group in _REPEATED or action.id in ("larger", "smaller"))
        item.setMenuRole(QAction.MenuRole.NoRole)
        show_keys(item, action)
        if action.group in _IN_TEXT:
            item.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            text.addAction(item)
        else:
            window.addAction(item)
        item.triggered.connect(lambda _checked=False, action=action: perform(action))
        made[action.id] = item
    return made


def show_keys(item: QAction, action: ReviewAction) -> None:
    """Give a Qt action the keys that its action has now."""
    written = keys.listed(action.keys)
    item.setToolTip(f"{action.help}  {written}" if written else action.help)
    item.setShortcuts([QKeySequence(key) for key in action.keys])


def fill_menus(
    bar: QMenuBar, groups: Sequence[str], actions: Sequence[ReviewAction], made: dict[str, QAction]
) -> None:
    """Put the actions into one menu a group."""
    for group in groups:
        menu = bar.addMenu(group)
        menu.setObjectName(group)
        for action in actions:
            if action.group == group:
                menu.addAction(made[action.id])
