"""The page for reviewing: queue, text and card, kept in line with one session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QStackedWidget, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.card import Card
from jiaozhu.qt.empty_page import EmptyPage
from jiaozhu.qt.find_bar import FindBar
from jiaozhu.qt.queue_pane import QueuePane
from jiaozhu.qt.reading_view import ReadingView
from jiaozhu.review import Change, Kind, ReviewError, Session
from jiaozhu.store import SpeechRow, StoreError


class Hairline(QSplitterHandle):
    """The line between two panes."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(event.rect(), theme.current().line)


class ReviewPage(QSplitter):
    """Shows what a session says has changed; it changes nothing itself."""

    #: Something to be said in passing.
    remarked = Signal(str)
    #: The session has changed, and the panes show it: the rest of the window can follow.
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session: Session | None = None
        self._is_old = False
        self.queue = QueuePane(self._fetch_speeches)
        self.view = ReadingView()
        self.card = Card(self._record)
        self._no_documents = EmptyPage("", "")
        self.find_bar = FindBar(self.view)
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self._reading = reading
        self._middle = QStackedWidget()
        self._middle.addWidget(reading)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, least in ((self.queue, 200), (self._middle, 420), (self.card, 300)):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setSizes([272, 836, 332])

        self.queue.chosen.connect(self.open)
        self.view.annotation_clicked.connect(self._focus)
        self.view.selection_changed.connect(self._select)
        for part in (self.card, self.find_bar):
            part.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))

    def set_actions(self, decide: Sequence[QAction], start: Sequence[QAction]) -> None:
        """Take the actions for the card's buttons, and those for a project without documents."""
        self.card.set_actions(decide)
        self._no_documents = EmptyPage(
            _("还没有文档"), _("导入讲话的文本文件，程序会找出其中的指标和承诺，供逐条审校。"), start
        )
        self._middle.addWidget(self._no_documents)

    def createHandle(self) -> QSplitterHandle:
        """Return a hairline that can be dragged."""
        return Hairline(self.orientation(), self)

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        self.view.apply_theme()
        self.queue.apply_theme()
        self._show_card()

    def show_session(self, session: Session | None) -> None:
        """Show another session, or none."""
        if self._session is not None and self._on_changed in self._session.on_changed:
            self._session.on_changed.remove(self._on_changed)
        self._session = session
        if session is None:
            self.queue.show_documents(())
        else:
            session.on_changed.append(self._on_changed)
            self.queue.show_documents(session.store.documents())
        self._show_document()
        self.settle()

    def refresh_documents(self) -> None:
        """Read the list of documents anew: some were imported."""
        if self._session is not None:
            self.queue.show_documents(self._session.store.documents())
            self._show_middle()

    def open(self, document_id: str, speech_id: str = "") -> None:
        """Open a document at its first undecided annotation, of a speech if one is named."""
        session = self._session
        if session is None or not self.card.finish():
            return
        try:
            if session.document is None or session.document.id != document_id or speech_id:
                session.open(document_id, speech_id or None)
        except (ReviewError, StoreError) as error:
            self.remarked.emit(str(error))
        self.settle()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Show in the card, and let others show, what has changed since this was last called."""
        if self._is_old:
            self._is_old = False
            self._show_card()
            self.changed.emit()

    def _show_card(self) -> None:
        session = self._session
        if session is None or session.document is None:
            self.card.show_annotation(None, text="", empty="")
            return
        current = session.current
        if current is None:
            nothing = _("本文档没有指标或承诺。\n选中文字后按 M 新增指标，按 C 新增承诺。")
            choose = _("没有选中条目。\n点击文中的标记，或按 ↓ 转到下一条。")
            self.card.show_annotation(None, text="", empty=choose if session.annotations else nothing)
            return
        try:
            history = session.store.history(session.document.id, current.type, current.id)
        except StoreError as error:
            history = []
            self.remarked.emit(str(error))
        self.card.show_annotation(
            current, text=session.document.text, history=history, skipped=current.id in session.skipped
        )

    # What the session says

    def _on_changed(self, change: Change) -> None:
        session = self._session
        assert session is not None
        self._is_old = True
        if change.kind is Kind.DOCUMENT:
            self._show_document()
        elif change.kind is Kind.ANNOTATIONS:
            for annotation_id in change.ids:
                annotation = session.annotation(annotation_id)
                if annotation is None:
                    self.view.remove(annotation_id)
                else:
                    self.view.put(annotation)
            if session.document is not None:
                self.queue.update_document(session.document.id, session.speeches)
        elif change.kind is Kind.OUTLINE:
            self._show_outline()
        elif change.kind is Kind.FOCUS:
            current = session.current
            self.view.focus_on(current.id if current else None)
            if session.document is not None:
                self.queue.mark(session.document.id, current.speech if current else None)
        elif change.kind is Kind.SELECTION:
            self.view.select(*(session.selection or (0, 0)))

    def _show_document(self) -> None:
        session = self._session
        if session is None or session.document is None:
            self.view.show_document(None)
        else:
            self.view.show_document(session.document, session.speeches, session.annotations)
            self.queue.mark(session.document.id)
        self._show_middle()
        self._is_old = True

    def _show_outline(self) -> None:
        """Show speeches and metadata anew; what is read and what has the focus stay where they are."""
        session = self._session
        assert session is not None
        self.queue.show_documents(session.store.documents())
        if session.document is not None:
            self.view.show_outline(session.document, session.speeches)

    def _show_middle(self) -> None:
        without = self._session is not None and self.queue.model.size == 0
        self._middle.setCurrentWidget(self._no_documents if without else self._reading)
        self.card.setVisible(not without)

    # What the panes say

    def _fetch_speeches(self, document_id: str | None) -> list[SpeechRow]:
        return [] if self._session is None else self._session.store.speeches(document_id)

    def _focus(self, annotation_id: str) -> None:
        if self._session is not None and self.card.finish():
            self._session.focus(annotation_id)
            self.settle()

    def _select(self, start: int, end: int) -> None:
        if self._session is not None:
            self._session.selection = (start, end) if start < end else None

    def _record(self, changes: dict[str, str | None]) -> str | None:
        """Record corrected fields; return why it can't be done."""
        assert self._session is not None
        try:
            self._session.correct(**changes)
        except (ReviewError, StoreError) as error:
            return str(error)
        self.settle()
        return None
