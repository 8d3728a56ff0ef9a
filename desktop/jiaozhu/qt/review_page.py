"""The page for reviewing: queue, text and card, kept in line with one session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSplitter, QSplitterHandle, QStackedWidget, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Metadata
from jiaozhu.qt import readable, theme
from jiaozhu.qt.card import Card
from jiaozhu.qt.details_aside import Aside
from jiaozhu.qt.details_doubts import open_doubts
from jiaozhu.qt.details_notice import Notice
from jiaozhu.qt.empty_page import EmptyPage
from jiaozhu.qt.find_bar import FindBar
from jiaozhu.qt.left_pane import LeftPane
from jiaozhu.qt.queue_pane import QueuePane
from jiaozhu.qt.reading_view import ReadingView
from jiaozhu.review import Change, Kind, ReviewError, Session
from jiaozhu.review.actions import ACTIONS
from jiaozhu.store import DocumentRow, SpeechRow, StoreError

if TYPE_CHECKING:
    from jiaozhu.qt.tour import Tour


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
        self._newer: dict[str, DocumentRow] = {}  # by earlier versions: the one that came in its place
        self._pointed: int | None = None  # where a menu is open
        self.queue = QueuePane(self._fetch_speeches)
        self.left = LeftPane(self.queue)
        self.view = ReadingView()
        self.setFocusProxy(self.view)
        self.card = Card(self._record, offers=self._offers)
        self.aside = Aside(self.card, describe=self._describe, rename=self._rename)
        self.notice = Notice()
        self._no_documents = EmptyPage("", "")
        self._speech_actions: Sequence[QAction] = ()
        self.find_bar = FindBar(self.view)
        reading = QWidget()
        self._tour: Tour | None = None
        column = self._column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self._reading = reading
        self._middle = QStackedWidget()
        self._middle.addWidget(reading)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, least in ((self.left, 200), (self._middle, 420), (self.aside, 300)):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setSizes([272, 836, 332])

        self.queue.chosen.connect(self.open)
        self.left.picked.connect(self._go_to_place)
        self.left.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.left.remarked.connect(self.remarked)
        self.view.annotation_clicked.connect(self._focus)
        self.view.selection_changed.connect(self._select)
        self.view.speech_clicked.connect(self._on_speech_clicked)
        self.view.menu_wanted.connect(self._open_menu)
        self.aside.remarked.connect(self.remarked)
        self.aside.version_chosen.connect(self.open)
        self.aside.place_chosen.connect(self._show_place)
        for part in (self.card, self.aside, self.find_bar):
            part.left.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))

    def set_actions(
        self, decide: Sequence[QAction], start: Sequence[QAction], speech: Sequence[QAction] = ()
    ) -> None:
        """Take the actions for the card's buttons, for a project without documents, and for speeches."""
        self.card.set_actions(decide)
        self.card.remark.written.connect(self._note)
        self._speech_actions = speech
        self.aside.set_actions([item for item in speech if item.objectName().startswith("merge_")])
        self._no_documents = EmptyPage(
            _("还没有文档"), _("导入讲话的文本文件，程序会找出其中的指标和承诺，供逐条审校。"), start
        )
        self._middle.addWidget(self._no_documents)

    def createHandle(self) -> QSplitterHandle:
        """Return a hairline that can be dragged."""
        return Hairline(self.orientation(), self)

    def _note(self, text: str) -> None:
        """Record a note on the annotation in focus."""
        if self._session is not None:
            try:
                self._session.note(text)
            except (ReviewError, StoreError) as error:
                self.remarked.emit(str(error))
            self.settle()

    def start_tour(self) -> None:
        """Show above the text how to review, one thing at a time."""
        from jiaozhu.qt.tour import Tour

        if self._tour is None:
            self._tour = Tour({action.id: action for action in ACTIONS}, self._end_tour)
            self._column.insertWidget(0, self._tour)
            before: QWidget = self.queue.list
            for button in self._tour.buttons:  # Tab goes from the left pane to the top of the next
                self.setTabOrder(before, button)
                before = button

    def see(self, action_id: str) -> None:
        """Tell the tour, if there is one, what was done."""
        if self._tour is not None:
            self._tour.see(action_id)

    def _end_tour(self) -> None:
        if self._tour is not None:
            self._tour.deleteLater()
            self._tour = None
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        self.view.apply_theme()
        self.left.apply_theme()
        self._show_card()

    def show_session(self, session: Session | None) -> None:
        """Show another session, or none."""
        if self._session is not None and self._on_changed in self._session.on_changed:
            self._session.on_changed.remove(self._on_changed)
        self.left.show_session(session)
        self._session = session
        if session is None:
            self.queue.show_documents(())
        else:
            session.on_changed.append(self._on_changed)
            self._list_documents()
        self._show_document()
        self.settle()

    def refresh_documents(self) -> None:
        """Read the list of documents anew: some were imported."""
        if self._session is not None:
            self._list_documents()
            self.left.refresh()
            self._show_notice()
            self._show_middle()

    def open(self, document_id: str, speech_id: str = "") -> None:
        """Open a document at its first undecided annotation, of a speech if one is named."""
        session = self._session
        if session is None or not self.finish():
            return
        try:
            if session.document is None or session.document.id != document_id or speech_id:
                session.open(document_id, speech_id or None)
        except (ReviewError, StoreError) as error:
            self.remarked.emit(str(error))
        self.settle()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to_worklist(self, on: bool) -> None:
        """Go through single annotations from where one left off, or through documents again."""
        if self.finish():
            self.left.turn_to_worklist(on)
            self.settle()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_place(self, place: int) -> None:
        """Go to a place of the worklist."""
        session = self._session
        if session is None or session.worklist is None or not self.finish():
            return
        try:
            if not session.go_to_place(place):
                self.remarked.emit(_("这一条已经不在文档中。"))
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
        boxes = session.document.boxes_of(current.start, current.end)
        self.card.show_annotation(
            current,
            text=session.document.text,
            history=history,
            skipped=current.id in session.skipped,
            contested=current.id in session.contested,
            pages=(boxes[0].page, boxes[-1].page) if boxes else (),
        )

    # Speeches and metadata

    def finish(self, *, stay: bool = False) -> bool:
        """End editing in the right pane and record what was typed; return False if a value is wrong.

        The card comes back; `stay`: what is shown there stays.
        """
        return self.aside.finish(stay=stay)

    def show_details(self) -> None:
        """Show in the right pane what is known of the open document, unless a wrong value stands there."""
        if self._session is not None and self._session.document is not None and self.finish():
            self.aside.show_details(self._session)

    def edit_speech(self, speech_id: str, *, bring_into_sight: bool = False) -> None:
        """Open a speech's fields in the right pane."""
        if self._session is None:
            return
        speech = self._session.outline.speech(speech_id)
        if bring_into_sight:
            self.view.bring_into_sight(speech.start, speech.start)
        self.aside.show_speech(self._session, speech_id)

    def speech_at_hand(self, *, focus_first: bool = False) -> str:
        """Return the id of the speech that an act is on: see speech_actions; raise ReviewError if none is.

        `focus_first`: the selection says what becomes of it and not which one it is.
        """
        session = self._session
        if session is None or session.document is None:
            raise ReviewError(_("还没有打开文档。"))
        if self._pointed is None and self.aside.speech_id is not None:
            return self.aside.speech_id
        place = self.view.place() if self._pointed is None else self._pointed
        if self._pointed is None and focus_first and self.view.focused is not None:
            return self.view.focused.speech
        speeches = session.outline.speeches
        if not speeches:
            raise ReviewError(_("文档中还没有讲话；请选中文字，新增为讲话。"))
        near = min(speeches, key=lambda speech: max(speech.start - place, place - speech.end + 1, 0))
        return near.id

    def place_to_split(self) -> int:
        """Return where a speech would be split now."""
        view, selection = self.view, self.view.selection
        if selection is not None and (self._pointed is None or selection[0] <= self._pointed < selection[1]):
            return selection[0]
        if self._pointed is not None:
            return readable.sentence(view.text, self._pointed, self._pointed + 1)[0]
        if view.caret is not None:
            return view.caret.position
        if view.focused is None:
            raise ReviewError(_("请先选中第二篇开头的文字，或按 F7 把光标移到那里。"))
        return view.text.rfind("\n", 0, view.focused.start) + 1

    def _on_speech_clicked(self, speech_id: str) -> None:
        if self.finish():
            try:
                self.edit_speech(speech_id)
            except (ReviewError, StoreError) as error:
                self.remarked.emit(str(error))
            self.settle()

    def _open_menu(self, offset: int, at: QPoint) -> None:
        """Open the menu of a speech, or of a place in it."""
        menu = QMenu(self)
        menu.addActions(self._speech_actions)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pointed = offset
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self._forget_pointed))
        theme.dress(menu)
        menu.popup(at)

    def _forget_pointed(self) -> None:
        self._pointed = None

    def _show_place(self, offset: int) -> None:
        self.view.bring_into_sight(offset, offset)

    def _describe(self, changes: dict[str, str | None]) -> str | None:
        """Record corrected metadata; return why it can't be done."""
        assert self._session is not None
        session = self._session
        return self._do(lambda: session.outline.describe(**changes), lambda: _("文档信息已保存。"))

    def _rename(self, speech_id: str, changes: dict[str, str | None]) -> str | None:
        """Record corrected fields of a speech; return why it can't be done."""
        assert self._session is not None
        session = self._session
        regions = {one.id: getattr(one, "region", None) for one in session.annotations}

        def said() -> str:
            moved = sum(regions.get(one.id) != getattr(one, "region", None) for one in session.annotations)
            if not moved:
                return _("讲话信息已保存。")
            follows = ngettext(
                "讲话信息已保存，{count} 条未决指标的地区随之改变。",
                "讲话信息已保存，{count} 条未决指标的地区随之改变。",
                moved,
            )
            return follows.format(count=moved)

        return self._do(lambda: session.outline.rename(speech_id, **changes), said)

    def _do(self, act: Callable[[], object], said: Callable[[], str]) -> str | None:
        """Do something to the outline and say so; return why it can't be done."""
        assert self._session is not None
        try:
            act()
        except (ReviewError, StoreError) as error:
            if self.aside.is_card:  # somebody else has changed it, and all is shown anew
                self.remarked.emit(str(error))
            return str(error)
        if not self._session.unsaved:
            self.remarked.emit(said())
        self.settle()
        return None

    # What the session says

    def _on_changed(self, change: Change) -> None:
        session = self._session
        assert session is not None
        if change.kind is not Kind.SELECTION:  # what is typed stays while one selects what else to fill in
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
            self.left.follow_session(is_all_new=len(change.ids) > 1)
        elif change.kind is Kind.OUTLINE:
            self._show_outline()
        elif change.kind is Kind.FOCUS:
            current = session.current
            self.view.focus_on(current.id if current else None)
            if session.document is not None:
                self.queue.mark(self.listed(session.document.id), current.speech if current else None)
                self.aside.show_card()
            self.left.follow_session()
        elif change.kind is Kind.WORKLIST:
            self.left.follow_session()
        elif change.kind is Kind.SELECTION:
            self.view.select(*(session.selection or (0, 0)))

    def _show_document(self) -> None:
        session = self._session
        if session is None or session.document is None:
            self.view.show_document(None)
        else:
            self.view.show_document(session.document, session.speeches, session.annotations)
            self.queue.mark(self.listed(session.document.id))
        self.aside.show_card()
        self._show_notice()
        self._show_middle()
        self._is_old = True

    def _show_outline(self) -> None:
        """Show speeches and metadata anew; what is read and what has the focus stay where they are."""
        session = self._session
        assert session is not None
        self._list_documents()
        if session.document is not None:
            self.view.show_outline(session.document, session.speeches)
            current = session.current
            self.queue.mark(self.listed(session.document.id), current.speech if current else None)
            self._show_notice()
            self.aside.refresh(session)

    def _list_documents(self) -> None:
        assert self._session is not None
        documents = self._session.store.documents()
        rows = {row.id: row for row in documents}
        self._newer = {row.id: rows[row.replaced_by] for row in documents if row.replaced_by in rows}
        self.queue.show_documents(documents)

    def _newest(self, document_id: str) -> DocumentRow | None:
        """Return the newest version of a document, None if it is that itself."""
        newer = None
        seen = {document_id}
        while (found := self._newer.get(document_id)) is not None and found.id not in seen:
            newer, document_id = found, found.id
            seen.add(document_id)
        return newer

    def listed(self, document_id: str) -> str:
        """Return the document that the queue lists for a version."""
        newest = self._newest(document_id)
        return newest.id if newest is not None else document_id

    def _show_notice(self) -> None:
        """Say above the text that it is an earlier version, or what is doubtful about it."""
        session = self._session
        if session is None or session.document is None:
            self.notice.say("")
            return
        document = session.document
        newest = self._newest(document.id)
        if newest is not None:
            said = _("这是旧版，已由“{title}”替换。").format(title=newest.title or newest.source)
            self.notice.say(said, _("打开新版"), lambda: self.open(newest.id))
            return
        doubts: list[str] = []
        if document.doubts:
            try:
                history = session.store.history(document.id, Metadata.type, document.id)
                doubts = open_doubts(document, history)
            except StoreError as error:
                self.remarked.emit(str(error))
        self.notice.say("".join(doubts), _("文档信息"), self.show_details, is_warning=True)

    def _show_middle(self) -> None:
        without = self._session is not None and self.queue.model.size == 0
        self._middle.setCurrentWidget(self._no_documents if without else self._reading)
        self.aside.setVisible(not without)

    # What the panes say

    def _fetch_speeches(self, document_id: str | None) -> list[SpeechRow]:
        return [] if self._session is None else self._session.store.speeches(document_id)

    def _focus(self, annotation_id: str) -> None:
        if self._session is not None and self.finish():
            self._session.focus(annotation_id)
            self.settle()

    def _select(self, start: int, end: int) -> None:
        if self._session is not None:
            self._session.selection = (start, end) if start < end else None

    def _offers(self, field: str, typed: str) -> list[str]:
        """Return what a text typed into a field of the current annotation may become."""
        return [] if self._session is None else self._session.offers(field, typed)

    def _record(self, changes: dict[str, str | None]) -> str | None:
        """Record corrected fields; return why it can't be done."""
        assert self._session is not None
        try:
            self._session.correct(**changes)
        except (ReviewError, StoreError) as error:
            return str(error)
        self.settle()
        return None
