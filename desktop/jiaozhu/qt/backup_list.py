"""The backups of a project: when each was made, why, how large it is, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.jobs import Job
from jiaozhu.qt.text import Text
from jiaozhu.review.restoring import OCCASIONS, told
from jiaozhu.store import StoreError, backups
from jiaozhu.store.backups import Occasion

_SIZE = 860, 420
_DIFFERENCE = 3  # column


class BackupList(QDialog):
    """A list to choose from; what differs is worked out in a thread, the newest first."""

    #: The project is to be brought back to this backup (path).
    restore_wanted = Signal(object)

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("备份"))
        self.setObjectName("backup_list")
        self._project = project
        self._job: Job | None = None
        self.remark = Text(ink="quiet", wraps=True)
        self.remark.setAccessibleName(_("说明"))
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("备份"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels([_("时间"), _("缘由"), _("大小"), _("与现在的不同")])
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.make = QPushButton(_("立即备份"))
        self.restore = QPushButton(_("恢复到这个备份"))
        self.shut = QPushButton(_("关闭"))
        for button in (self.make, self.restore, self.shut):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            theme.dress(button)
        theme.dress(self.list)
        self.make.clicked.connect(self._make)
        self.restore.clicked.connect(self._restore)
        self.shut.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.make)
        foot.addStretch()
        foot.addWidget(self.restore)
        foot.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(self.remark)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.resize(*_SIZE)
        self.finished.connect(self._stop)
        self.show_backups()

    def show_backups(self) -> None:
        """List what is in the folder now."""
        self._stop()
        self.list.clear()
        for backup in backups.listed(self._project):
            when = backup.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            size = f"{backup.size / 1e6:.1f} MB"
            item = QTreeWidgetItem([when, OCCASIONS[backup.occasion], size, "…"])
            item.setData(0, Qt.ItemDataRole.UserRole, str(backup.path))
            item.setToolTip(0, str(backup.path))
            self.list.addTopLevelItem(item)
        folder = backups.folder_of(self._project)
        self.remark.show_text(
            _("备份在 {folder}。恢复前，现在的项目也会存为备份。").format(folder=folder)
            if self.list.topLevelItemCount()
            else _("还没有备份。每天第一次打开项目时自动备份。")
        )
        if (newest := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(newest)
        self._show_buttons()
        self._job = Job(self._compare, self)
        self._job.made.connect(self._on_compared)
        self._job.start()

    @property
    def chosen(self) -> Path | None:
        """The backup that is chosen."""
        items = self.list.selectedItems()
        return Path(items[0].data(0, Qt.ItemDataRole.UserRole)) if items else None

    def _compare(self) -> Iterator[object]:
        """Yield the place in the list and what differs; in the thread."""
        for row, backup in enumerate(backups.listed(self._project)):
            try:
                yield row, told(backups.differs(self._project, backup.path))
            except StoreError as error:
                yield row, str(error)

    def _on_compared(self, compared: tuple[int, str]) -> None:
        row, words = compared
        item = self.list.topLevelItem(row)
        if item is not None and self._job is not None and not self._job.is_cancelled:
            item.setText(_DIFFERENCE, words)
        if self._job is not None:
            self._job.taken()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
            self._job = None

    def _show_buttons(self) -> None:
        self.restore.setEnabled(self.chosen is not None)

    def _make(self) -> None:
        try:
            backups.make(self._project, Occasion.ASKED)
        except StoreError as error:
            self.remark.show_text(str(error))
        else:
            self.show_backups()

    def _restore(self) -> None:
        if (chosen := self.chosen) is not None:
            self.close()
            self.restore_wanted.emit(chosen)
