"""What goes away for review, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import dialogs, theme
from jiaozhu.qt.tasks import Task
from jiaozhu.qt.text import Text
from jiaozhu.review.packing import make_packet
from jiaozhu.store import SpeechRow, Store

_SIZE = 720, 560
_ID = Qt.ItemDataRole.UserRole
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_PARTLY = Qt.CheckState.PartiallyChecked


class PacketDialog(QDialog):
    """Documents, or speeches of them, and the name of a reviewer."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("packet")
        self.setWindowTitle(_("分发审校包"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        assert store.path is not None
        self._store, self._project = store, store.path
        self._target: Path | None = None
        told = _("选中的文档整篇带走；只勾选部分讲话时，其余的供对照。审校后用“合并任务包”合并回来。")
        self.told = Text(told, "quiet", wraps=True)
        self.reviewer = QLineEdit()
        self.reviewer.setPlaceholderText(_("审校人姓名"))
        self.reviewer.setAccessibleName(_("任务包给谁"))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("要分发的文档和讲话"))
        self.tree.setHeaderLabels([_("文档和讲话"), _("未决")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.count = Text("", "quiet")
        self.write = QPushButton(_("写入文件…"))
        self.write.setProperty("prominent", True)
        self.write.setDefault(True)
        self.write.setAccessibleName(_("写入文件"))
        self.give_up = QPushButton(_("取消"))
        self.give_up.setAccessibleName(_("取消"))
        self._list()
        self._lay_out()
        theme.dress(self)
        self.tree.itemChanged.connect(self._on_changed)
        self.reviewer.textChanged.connect(self._refresh)
        self.write.clicked.connect(self._ask_target)
        self.give_up.clicked.connect(self.reject)
        self._refresh()
        self.reviewer.setFocus()

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The chosen documents by id, each with its chosen speeches; none: all of them."""
        found: dict[str, list[str]] = {}
        for item in self._documents():
            if item.checkState(0) == _CHECKED:
                found[item.data(0, _ID)] = []
            elif item.checkState(0) == _PARTLY:
                found[item.data(0, _ID)] = [
                    part.data(0, _ID) for part in _parts(item) if part.checkState(0) == _CHECKED
                ]
        return found

    def task(self, parent: QObject) -> Task:
        """Return the task that writes the packet, after the dialog was accepted."""
        assert self._target is not None
        return Packing(self._project, self._target, self.chosen, self.reviewer.text().strip(), parent)

    def _list(self) -> None:
        speeches: dict[str, list[SpeechRow]] = {}
        for speech in self._store.speeches():
            speeches.setdefault(speech.document, []).append(speech)
        for row in self._store.documents():
            if row.replaced_by is not None:
                continue
            item = QTreeWidgetItem([row.title or row.source, str(row.suggested)])
            item.setData(0, _ID, row.id)
            item.setToolTip(0, row.source)
            item.setCheckState(0, _UNCHECKED)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            self.tree.addTopLevelItem(item)
            parts = speeches.get(row.id, [])
            for number, speech in enumerate(parts if len(parts) > 1 else [], 1):
                name = " ".join(part for part in (speech.region, speech.speaker or speech.heading) if part)
                part = QTreeWidgetItem(
                    item, [name or _("第 {number} 篇").format(number=number), str(speech.suggested)]
                )
                part.setData(0, _ID, speech.id)
                part.setCheckState(0, _UNCHECKED)
                part.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)

    def _documents(self) -> Iterator[QTreeWidgetItem]:
        return _parts(self.tree.invisibleRootItem())

    def _on_changed(self, item: QTreeWidgetItem, _column: int) -> None:
        """Let documents follow their speeches, and speeches their document."""
        self.tree.blockSignals(True)
        above = item.parent()
        if above is None:
            for part in _parts(item):
                part.setCheckState(0, item.checkState(0))
        else:
            states = {part.checkState(0) for part in _parts(above)}
            above.setCheckState(0, states.pop() if len(states) == 1 else _PARTLY)
        self.tree.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        count = len(self.chosen)
        told = ngettext("已选 {count} 个文档", "已选 {count} 个文档", count).format(count=count)
        self.count.show_text(told)
        self.write.setEnabled(bool(count and self.reviewer.text().strip()))

    def _ask_target(self) -> None:
        self._target = dialogs.ask_packet_target(self, self._project, self.reviewer.text().strip())
        if self._target is not None:
            self.accept()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addWidget(self.reviewer)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.give_up)
        row.addWidget(self.write)
        column.addLayout(row)


def _parts(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    """Yield what is under an item."""
    for row in range(item.childCount()):
        part = item.child(row)
        assert part is not None
        yield part


class Packing(Task):
    """Writes a packet, from a connection of its own."""

    def __init__(
        self,
        project: Path,
        target: Path,
        chosen: Mapping[str, Sequence[str]],
        reviewer: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(self._work, parent)
        self._project, self._target, self._chosen, self._reviewer = project, target, chosen, reviewer
        self._is_done = False

    def take(self, item: object) -> None:
        """Say what is going on."""
        self.progressed.emit(_("正在写入任务包…"), 0, 0)

    def summarise(self) -> None:
        """Say what went where."""
        if self._is_done:
            told = _("{count} 个文档已写入任务包“{name}”，给{reviewer}。")
            self.report.sentence = told.format(
                count=len(self._chosen), name=self._target.name, reviewer=self._reviewer
            )
        else:
            self.report.sentence = _("没有写入任务包。")

    def _work(self) -> Iterator[object]:
        yield None
        make_packet(self._project, self._target, self._chosen, reviewer=self._reviewer)
        self._is_done = True
