"""What stands above the ledger: words to look for, filters with names, table or pivot, columns, export."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QInputDialog, QLineEdit, QMenu, QToolButton, QWidget

from jiaozhu.export import EXPORTERS, Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.qt import ledger_memory, theme
from jiaozhu.review.ledger import LedgerFilter


class LedgerBar(QWidget):
    """Says what is wanted; the page does it."""

    #: Other words are looked for.
    text_changed = Signal(str)
    #: A filter with a name was chosen: a LedgerFilter.
    filter_chosen = Signal(object)
    cleared = Signal()
    #: Whether the pivot is wanted in place of the table.
    pivot_wanted = Signal(bool)
    #: What is shown is to be written: None as a table, or an Exporter.
    export_wanted = Signal(object)
    #: The field of words is left.
    left = Signal()

    def __init__(
        self,
        current_filter: Callable[[], LedgerFilter],
        columns_menu: Callable[[QWidget], QMenu],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._current_filter = current_filter
        self._columns_menu = columns_menu
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("查找：原文、指标、地区、讲话人、文档"))
        self.field.setAccessibleName(_("查找文字"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(180)
        self.field.setMaximumWidth(420)
        self.field.installEventFilter(self)
        self.clear = _button(_("清除筛选"))
        self.saved = _menu_button(_("我的筛选"), self._fill_saved)
        self.as_table = _button(_("表格"))
        self.as_pivot = _button(_("透视"))
        group = QButtonGroup(self)
        for one in (self.as_table, self.as_pivot):
            one.setCheckable(True)
            group.addButton(one)
        self.as_table.setChecked(True)
        self.columns = _menu_button(_("列"), self._fill_columns)
        self.export = _menu_button(_("导出"), self._fill_export)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.clear)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.as_table)
        row.addWidget(self.as_pivot)
        row.addSpacing(10)
        row.addWidget(self.columns)
        row.addWidget(self.export)
        theme.dress(self.field)
        for one in self.findChildren(QToolButton):
            theme.dress(one)
        self.field.textChanged.connect(self.text_changed)
        self.clear.clicked.connect(self.cleared)
        self.as_pivot.toggled.connect(self.pivot_wanted)

    def search(self) -> None:
        """Put the cursor into the field of words."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_filter(self, filter_: LedgerFilter) -> None:
        """Show what is being filtered by."""
        if self.field.text() != filter_.text:
            self.field.blockSignals(True)
            self.field.setText(filter_.text)
            self.field.blockSignals(False)
        self.clear.setEnabled(not filter_.is_empty)

    def show_pivot(self, on: bool) -> None:
        """Show that the pivot, or the table, is shown."""
        (self.as_pivot if on else self.as_table).setChecked(True)
        self.columns.setEnabled(not on)

    def save_filter(self) -> None:
        """Ask for a name and keep the filter by it."""
        name, is_meant = QInputDialog.getText(self, _("保存筛选"), _("名称（同名的会被替换）："))
        if is_meant and name.strip():
            ledger_memory.note_filter(name.strip(), self._current_filter())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the field into the table with Enter or down; empty it with Escape, then leave it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.field.text():
                    self.field.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    # Menus, filled when they open

    def _fill_saved(self, menu: QMenu) -> None:
        known = ledger_memory.filters()
        for name, filter_ in known.items():
            item = menu.addAction(name.replace("&", "&&"))
            item.triggered.connect(lambda _checked=False, one=filter_: self.filter_chosen.emit(one))
        if known:
            menu.addSeparator()
        save = menu.addAction(_("保存当前筛选…"))
        save.setEnabled(not self._current_filter().is_empty)
        save.triggered.connect(self.save_filter)
        if known:
            forget = menu.addMenu(_("删除"))
            for name in known:
                item = forget.addAction(name.replace("&", "&&"))
                item.triggered.connect(lambda _checked=False, one=name: ledger_memory.note_filter(one, None))

    def _fill_columns(self, menu: QMenu) -> None:
        for item in self._columns_menu(menu).actions():
            item.setParent(menu)
            menu.addAction(item)

    def _fill_export(self, menu: QMenu) -> None:
        table = menu.addAction(_("所见的行和列（CSV）…"))
        table.triggered.connect(lambda: self.export_wanted.emit(None))
        menu.addSeparator()
        for exporter in EXPORTERS:
            self._add_exporter(menu, exporter)

    def _add_exporter(self, menu: QMenu, exporter: Exporter) -> None:
        item = menu.addAction(_("所见的条目：{format}…").format(format=exporter.title))
        item.setEnabled(self.as_table.isChecked())
        item.triggered.connect(lambda: self.export_wanted.emit(exporter))


def _button(title: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setAccessibleName(title)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _menu_button(title: str, fill: Callable[[QMenu], None]) -> QToolButton:
    button = QToolButton()
    button.setText(f"{title} ▾")
    button.setAccessibleName(title)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setProperty("plain", True)
    menu = QMenu(button)
    theme.dress(menu)

    def refill() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(refill)
    button.setMenu(menu)
    return button
