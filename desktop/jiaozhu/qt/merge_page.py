"""The merge page: packets come back, and what reviewers decided differently is settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Commitment, Decision, Metric
from jiaozhu.qt import dialogs, labels, theme
from jiaozhu.qt.conflict_view import ConflictView
from jiaozhu.qt.jobs import Job
from jiaozhu.qt.pages import ProjectPage
from jiaozhu.qt.reading_aside import ReadingAside
from jiaozhu.qt.text import Text
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.merging import Merged, merge
from jiaozhu.store import Conflict, Store, StoreError
from jiaozhu.store.ledger import LedgerMark

_CONFLICT = Qt.ItemDataRole.UserRole
_LIST, _ROW = 300, 30


class MergePage(ProjectPage):
    """Packets are chosen, what they would do is told, then they are merged; conflicts are listed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._mark: LedgerMark | None = None
        self._names: dict[str, str] = {}
        self._job: Job | None = None
        self._packets: list[Path] = []
        self._aside = ReadingAside(self)
        self._aside.found.connect(self._on_found)
        self._aside.failed.connect(self.remarked)
        self.title = Text(_("合并"))
        self.title.setFont(theme.reading_font(28))
        self.summary = Text("", wraps=True)
        self.summary.setFont(theme.reading_font(18))
        self.choose_button = QPushButton(_("选择任务包…"))
        self.choose_button.setAccessibleName(_("选择任务包"))
        self.merge_button = QPushButton(_("合并"))
        self.merge_button.setAccessibleName(_("合并"))
        self.merge_button.setProperty("prominent", True)
        self.merge_button.hide()
        self.told = Text("", "quiet", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("有分歧的条目"))
        self.list.setFixedWidth(_LIST)
        self.list.setUniformItemSizes(True)
        self.view = ConflictView()
        self._lay_out()
        self.apply_theme()
        self.setFocusProxy(self.list)
        self.list.installEventFilter(self)
        self.view.installEventFilter(self)
        self.choose_button.clicked.connect(self.choose_packets)
        self.merge_button.clicked.connect(self.merge)
        self.list.currentItemChanged.connect(self._on_item)
        self.view.chosen.connect(self._settle)
        self.view.skipped.connect(self._skip)
        self.view.text_wanted.connect(self._go)

    def show_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._aside.forget()
        if self._job is not None:
            self._job.wait()
        self._session, self._mark, self._packets = session, None, []
        self.list.clear()
        self._show_told("")
        self._show_count()

    @property
    def is_settled(self) -> bool:
        """Whether it shows the project as it is, and no packet is on its way."""
        return not self._aside.is_reading and self._job is None

    @property
    def conflict(self) -> Conflict | None:
        """The conflict that is shown."""
        item = self.list.currentItem()
        found = item.data(_CONFLICT) if item is not None else None
        return found if isinstance(found, Conflict) else None

    def refresh(self) -> None:
        """Read the conflicts again if a decision or a document has come."""
        path = self._session.store.path if self._session is not None else None
        if self._session is None or path is None:
            return
        mark = self._session.store.ledger_mark()
        if mark != self._mark:
            self._mark = mark
            self._aside.wish(path, _read)

    def choose_packets(self) -> None:
        """Ask for packets, and tell what merging them would do."""
        path = self._session.store.path if self._session is not None else None
        if path is not None and self._job is None:
            packets = dialogs.ask_packets(self, path.parent)
            if packets:
                self.plan(packets)

    def plan(self, packets: list[Path]) -> None:
        """Tell what merging packets would do; nothing is written."""
        self._packets = packets
        self._show_told(_("正在查看任务包…"))
        self._run(dry_run=True)

    def merge(self) -> None:
        """Merge the packets that were looked at."""
        if self._packets and self._job is None:
            self._show_told(_("正在合并…"))
            self._run(dry_run=False)

    def apply_theme(self) -> None:
        """Take the colours from the current theme."""
        paper = QPalette(self.palette())
        paper.setColor(QPalette.ColorRole.Window, theme.current().paper)
        self._scroll.viewport().setPalette(paper)
        self.view.apply_theme()

    # Packets

    def _run(self, *, dry_run: bool) -> None:
        assert self._session is not None
        assert self._session.store.path is not None
        project, packets = self._session.store.path, self._packets
        turn = self._session.store.turn

        def work() -> Iterator[object]:
            yield merge(project, packets, dry_run=dry_run, turn=turn)

        self.choose_button.setEnabled(False)
        self.merge_button.setEnabled(False)
        self._job = Job(work, self)
        self._job.made.connect(lambda found: self._on_merged(found, dry_run=dry_run))
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._job.start()

    def _on_merged(self, merged: Merged, *, dry_run: bool) -> None:
        sentences = [_told(merged, dry_run=dry_run)]
        if merged.carried:
            sentences.append(_("沿用到新版本 {count} 个。").format(count=merged.carried))
        if merged.lost:
            sentences.append(_("未能沿用：{texts}。").format(texts=_("、").join(merged.lost)))
        if merged.left_out:
            names = _("、").join(merged.left_out)
            sentences.append(_("不在项目中、没有合并的文档：{names}。").format(names=names))
        if merged.backup is not None:
            sentences.append(_("合并前的备份：{name}。").format(name=merged.backup.name))
        self._show_told(" ".join(sentences))
        self.merge_button.setVisible(dry_run and merged.new > 0)
        if not dry_run:
            self._packets = []
            self.merged.emit()
            self.refresh()
        assert self._job is not None
        self._job.taken()

    def _on_failed(self, sentence: str) -> None:
        self._show_told(sentence)

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.choose_button.setEnabled(True)
        self.merge_button.setEnabled(True)
        if self.merge_button.isVisible():
            self.merge_button.setFocus()

    def _show_told(self, sentence: str) -> None:
        self.told.show_text(sentence)
        self.told.setVisible(bool(sentence))
        self.merge_button.hide()

    # Conflicts

    def _on_found(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._names, conflicts = found
        here = self.conflict
        is_first = not self.list.count()
        row = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for number, conflict in enumerate(conflicts):
            item = QListWidgetItem(_called(conflict))
            item.setData(_CONFLICT, conflict)
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(self._names.get(conflict.document, ""))
            self.list.addItem(item)
            if here is not None and (conflict.document, conflict.type, conflict.subject) == (
                here.document,
                here.type,
                here.subject,
            ):
                row = number
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show_count()
        self._on_item()
        if is_first and self.list.count() and self.isVisible():
            self.list.setFocus()

    def _show_count(self) -> None:
        count = self.list.count()
        told = ngettext("{count} 处分歧，等待裁定。", "{count} 处分歧，等待裁定。", count).format(count=count)
        nothing = _("没有分歧。审校人带回任务包后，在这里合并；决定不同的地方会逐条列出。")
        self.summary.show_text(told if count else nothing)
        self.list.setVisible(count > 0)
        self._scroll.setVisible(count > 0)

    def _on_item(self, *_items: object) -> None:
        conflict = self.conflict
        if conflict is None or self._session is None:
            return
        try:
            text = self._session.store.text(conflict.document)
        except StoreError as error:
            self.remarked.emit(str(error))
            return
        where = f"{labels.TYPES[conflict.type]} · {self._names.get(conflict.document, '')}"
        self.view.show_conflict(conflict, where, text)

    def _settle(self, head: Decision) -> None:
        conflict, session = self.conflict, self._session
        if conflict is None or session is None:
            return
        try:
            session.settle(conflict, head)
        except (ReviewError, StoreError) as error:
            self.remarked.emit(str(error))
            self._mark = None
            self.refresh()
            return
        if session.unsaved:
            return  # the bottom line says why, and offers to try again
        row = self.list.currentRow()
        self.list.takeItem(row)
        self._show_count()
        if self.list.count():
            self.list.setCurrentRow(min(row, self.list.count() - 1))
            self.list.setFocus()
        self.decided.emit(conflict.document)

    def _skip(self) -> None:
        """Go to the next conflict; this one stays."""
        self.list.setCurrentRow((self.list.currentRow() + 1) % max(self.list.count(), 1))

    def _go(self) -> None:
        conflict = self.conflict
        if conflict is not None:
            self.place_chosen.emit(conflict.document, conflict.subject)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with one key: left, right, a number, or space for later."""
        if not self._on_key(event.key()):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys before the list does."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return not event.isAutoRepeat() and self._on_key(event.key())
        return False

    def _on_key(self, key: int) -> bool:
        conflict = self.conflict
        if conflict is None:
            return False
        if key == Qt.Key.Key_Space:
            self._skip()
        elif key == Qt.Key.Key_Left:
            self.view.choose(0)
        elif key == Qt.Key.Key_Right:
            self.view.choose(len(conflict.heads) - 1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.view.choose(key - Qt.Key.Key_1)
        else:
            return False
        return True

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self.told, 1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(_("分歧"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.view)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(self.list)
        panes.addWidget(self._scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(40, 30, 40, 24)
        whole.setSpacing(12)
        whole.addWidget(self.title)
        whole.addWidget(self.summary)
        whole.addLayout(buttons)
        whole.addLayout(panes, 1)
        whole.addStretch(0)
        for widget in self.choose_button, self.merge_button, self.list, self._scroll:
            theme.dress(widget)


def _read(store: Store) -> Iterator[object]:
    """Yield what documents are called, and the conflicts."""
    yield {row.id: row.title or row.source for row in store.documents()}, store.conflicts()


def _called(conflict: Conflict) -> str:
    """Return a conflict on one line of the list."""
    standing = conflict.standing
    if isinstance(standing, Metric | Commitment):
        words = "".join(standing.text.split())
    else:
        words = labels.TYPES[conflict.type]
    return f"{words}  {_('、').join(head.reviewer for head in conflict.heads)}"


def _told(merged: Merged, *, dry_run: bool) -> str:
    if not merged.new:
        return _("没有新的决定：已有的 {same} 个。").format(same=merged.same)
    sentence = _("新的决定 {new} 个，已有的 {same} 个，会有分歧的条目 {conflicting} 条。")
    if not dry_run:
        sentence = _("已合并：新的决定 {new} 个，已有的 {same} 个，有分歧的条目 {conflicting} 条。")
    return sentence.format(new=merged.new, same=merged.same, conflicting=merged.conflicting)
