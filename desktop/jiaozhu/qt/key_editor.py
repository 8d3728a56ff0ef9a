"""Choosing other keys: a list of all commands, a field that takes the key, and a word if it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keymap, keys, theme
from jiaozhu.qt.text import Text
from jiaozhu.review.actions import CHOSEN_KEYS, ReviewAction

_SIZE = 640, 620
_ROW = 28
_ACTION = Qt.ItemDataRole.UserRole


class KeyEditor(QDialog):
    """Lists all actions by group with their keys; those that the user chose stand out."""

    def __init__(
        self,
        order: Sequence[str],
        actions: Sequence[ReviewAction],
        changed: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """Return the dialog; `changed` is called after each change of keys."""
        super().__init__(parent)
        self.setWindowTitle(_("更改按键"))
        self.setObjectName("key_editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._changed = changed
        self._taken: str | None = None  # the key that a second press takes from its owner
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("命令名称"))
        self.filter.setAccessibleName(_("筛选命令"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(14)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(_("所有命令和按键"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._fill(order, actions)
        self.list.currentItemChanged.connect(lambda *_items: self._show())
        self.list.itemActivated.connect(self._begin)
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(_("按下要用的键"))
        for inner in self.field.findChildren(QLineEdit):
            inner.setPlaceholderText(_("按下要用的键"))
            inner.setAccessibleName(_("按下要用的键"))
        self.field.keySequenceChanged.connect(lambda _key: self._check())
        self._about = Text("", wraps=True)
        self._said = Text("", "warning", size="small", wraps=True)
        self._use = self._button(_("只用此键"), lambda: self._take(only=True))
        self._add = self._button(_("另加此键"), lambda: self._take(only=False))
        self._restore = self._button(_("恢复标准"), self._restore_one)
        everything = self._button(_("全部恢复标准"), self._restore_all)
        close = self._button(_("关闭"), self.accept)
        choose = QHBoxLayout()
        for widget in (self.field, self._use, self._add, self._restore):
            choose.addWidget(widget, 1 if widget is self.field else 0)
        end = QHBoxLayout()
        end.addWidget(everything)
        end.addStretch()
        end.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._about)
        layout.addLayout(choose)
        layout.addWidget(self._said)
        layout.addLayout(end)
        theme.dress(self)
        self._list_keys()
        self.list.setCurrentItem(next(iter(self._rows.values())))
        self.filter.setFocus()

    def choose_action(self, id_: str) -> None:
        """Select an action."""
        self.list.setCurrentItem(self._rows[id_])

    @property
    def said(self) -> str:
        """What is said of the key in the field."""
        return self._said.text()

    def _begin(self) -> None:
        self.field.setFocus()

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: act())
        return button

    def _fill(self, order: Sequence[str], actions: Sequence[ReviewAction]) -> None:
        for group in order:
            heading = QTreeWidgetItem([group, ""])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(heading)
            heading.setFirstColumnSpanned(True)
            heading.setSizeHint(0, QSize(0, _ROW))
            for action in actions:
                if action.group == group:
                    row = QTreeWidgetItem([action.title, ""])
                    row.setToolTip(0, action.help)
                    row.setData(0, _ACTION, action)
                    row.setSizeHint(0, QSize(0, _ROW))
                    heading.addChild(row)
                    self._rows[action.id] = row
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
        self.list.expandAll()

    def _list_keys(self) -> None:
        colours = theme.current()
        for row in self._rows.values():
            action: ReviewAction = row.data(0, _ACTION)
            row.setText(1, keys.listed(action.keys))
            is_own = action.id in CHOSEN_KEYS
            row.setForeground(1, QColor(colours.focus if is_own else colours.quiet))

    def changeEvent(self, event: QEvent) -> None:
        """List the keys in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._list_keys()

    @property
    def _action(self) -> ReviewAction | None:
        item = self.list.currentItem()
        found: ReviewAction | None = item.data(0, _ACTION) if item is not None else None
        return found

    def _show(self) -> None:
        action = self._action
        self._about.show_text(f"{action.title}：{action.help}" if action is not None else "")
        self.field.clear()
        self._check()

    def _check(self) -> None:
        """Say whether the key in the field is free."""
        action, key = self._action, self._key
        self._taken = None
        self._said.show_text("")
        for button in (self._use, self._add):
            button.setEnabled(action is not None and bool(key))
        self._restore.setEnabled(action is not None and action.id in CHOSEN_KEYS)
        other = keymap.owner(key, action) if action is not None and key else None
        if other is not None:
            self._said.show_text(
                _("{key} 已是“{other}”的键。再按一次按钮，它就改归“{title}”。").format(
                    key=keys.written(key), other=other.title, title=action.title if action else ""
                )
            )

    @property
    def _key(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _take(self, *, only: bool) -> None:
        """Give the action the key; one that is taken only at the second press."""
        action, key = self._action, self._key
        if action is None or not key:
            return
        if keymap.owner(key, action) is not None and self._taken != key:
            self._check()
            self._taken = key
            return
        keymap.choose(action, [key] if only else [*action.keys, key])
        self._after_change()

    def _restore_one(self) -> None:
        if self._action is not None:
            keymap.restore(self._action)
            self._after_change()

    def _restore_all(self) -> None:
        keymap.restore_all()
        self._after_change()

    def _after_change(self) -> None:
        self._changed()
        self._list_keys()
        self._show()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in self._rows.values():
            action: ReviewAction = row.data(0, _ACTION)
            said = f"{action.title} {action.group} {action.help} {' '.join(action.keys)}".casefold()
            row.setHidden(not all(word in said for word in words))
        for number in range(self.list.topLevelItemCount()):
            heading = self.list.topLevelItem(number)
            if heading is not None:
                of_group = (heading.child(row) for row in range(heading.childCount()))
                heading.setHidden(all(row is None or row.isHidden() for row in of_group))
