"""All commands in one list: type a few letters of a title, press Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keys, theme
from jiaozhu.review.actions import ReviewAction

_ROW_HEIGHT = 30
_ACTION = Qt.ItemDataRole.UserRole
_KEYS = Qt.ItemDataRole.UserRole + 1


class _WithKeys(QStyledItemDelegate):
    """Draws a command with its keys at the right, so that titles and keys stand in two columns."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        super().paint(painter, option, index)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(theme.current().on_select if is_selected else theme.current().quiet)
        painter.setFont(option.font)
        area = option.rect.adjusted(0, 0, -12, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, index.data(_KEYS))


class CommandList(QDialog):
    """Shows the actions that can be done now and hold all the words that were typed."""

    def __init__(
        self, actions: Sequence[ReviewAction], items: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("所有命令"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 420)
        self._actions = [action for action in actions if items[action.id].isEnabled()]
        self._items = items
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("输入命令名称"))
        self.field.setAccessibleName(_("输入命令名称"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(_("所有命令"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._do)
        self.list.setItemDelegate(_WithKeys(self.list))
        for widget in (self.field, self.list):
            theme.dress(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self._filter("")
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list and do what is chosen, without leaving the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 9, Qt.Key.Key_PageUp: -9}
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        for action in self._actions:
            title = self._items[action.id].text()
            said = f"{title} {action.title} {action.group} {action.help} {action.id}".casefold()
            if all(word in said for word in words):
                written = keys.listed(action.keys)
                item = QListWidgetItem(title)
                item.setData(_KEYS, written)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}　{written}".strip())
                item.setToolTip(action.help)
                item.setSizeHint(QSize(0, _ROW_HEIGHT))
                item.setData(_ACTION, action.id)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _do(self, item: QListWidgetItem | None) -> None:
        """Close, and only then do it: it may open a window of its own."""
        if item is not None:
            chosen = self._items[item.data(_ACTION)]
            self.accept()
            chosen.trigger()
