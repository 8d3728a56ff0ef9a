"""The key sheet: every action with its keys, made from the list that menus are made from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keys, theme
from jiaozhu.qt.text import Text
from jiaozhu.review.actions import ReviewAction

#: Keys that the caret of the text takes itself while it is on.
CARET_KEYS = (
    ("Left Right Up Down", _("移动光标；按住 Shift 选择文字，按住 Ctrl 按词移动")),
    ("Ctrl+Up Ctrl+Down", _("到上一分句、下一分句；按住 Shift 选到分句末尾")),
    ("Home End", _("到行首、行尾；按住 Ctrl 到文首、文末")),
    ("Esc", _("退出光标")),
)
#: Keys that the fields of an annotation take themselves while they are open.
FIELD_KEYS = (
    ("Return", _("采纳所改的，转下一条")),
    ("0 … 9", _("在选项中直接选取")),
    ("Down Up", _("依次取下面列出的")),
    ("Right", _("取所列第一条的下一个词")),
    ("Tab Shift+Tab", _("下一项、上一项")),
    ("Esc", _("放弃所改的")),
)


class KeySheet(QDialog):
    """Lists all keys by group, in as many columns as there is room for."""

    def __init__(
        self, order: Sequence[str], actions: Sequence[ReviewAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("按键一览"))
        self.setObjectName("key_sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups: dict[str, list[tuple[str, str, str]]] = {group: [] for group in order}
        for action in actions:
            groups.setdefault(action.group, []).append((keys.listed(action.keys), action.title, action.help))
        for group, taken in ((_("光标打开时"), CARET_KEYS), (_("字段打开时"), FIELD_KEYS)):
            groups[group] = [
                ("  ".join(keys.written(key) for key in names.split()), text, "") for names, text in taken
            ]
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for share in _shares(groups):
            column = QVBoxLayout()
            column.setSpacing(18)
            for group in share:
                column.addWidget(_section(group, groups[group]))
            column.addStretch()
            columns.addLayout(column, 1)
        page = QWidget()
        page.setLayout(columns)
        columns.setContentsMargins(28, 24, 28, 24)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(_("按键一览"))
        theme.dress(scroll.verticalScrollBar())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        screen = self.screen().availableGeometry()
        self.resize(min(980, screen.width() - 60), min(page.sizeHint().height() + 8, screen.height() - 80))


def _shares(groups: dict[str, list[tuple[str, str, str]]]) -> list[list[str]]:
    """Return the groups in two columns of about the same length."""
    total = sum(len(rows) + 2 for rows in groups.values())
    first: list[str] = []
    second: list[str] = []
    length = 0
    for group, rows in groups.items():
        (first if length + (len(rows) + 2) / 2 <= total / 2 else second).append(group)
        length += len(rows) + 2
    return [first, second]


class _Caps(Text):
    """Keys, drawn as the caps of keys."""

    _keys: Sequence[str] = ()

    def __init__(self, written: Sequence[str]) -> None:
        super().__init__()
        self._keys = written
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(150)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colours of the current theme, also those of the caps."""
        super().apply_theme()
        self.setText(keys.caps(self._keys))


def _section(group: str, rows: Sequence[tuple[str, str, str]]) -> QWidget:
    section = QWidget()
    grid = QGridLayout(section)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    name = Text(group, "quiet", size="small", bold=True)
    grid.addWidget(name, 0, 0, 1, 2)
    for row, (written, title, help_) in enumerate(rows, 1):
        key = _Caps(written.split("  ") if written else [])
        text = Text(title, wraps=True)
        text.setToolTip(help_)
        text.setAccessibleDescription(help_)
        grid.addWidget(key, row, 0)
        grid.addWidget(text, row, 1)
    return section
