"""The window: one project at a time, its menus, and what it says at the bottom."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from math import inf
from operator import methodcaller
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from jiaozhu.export import Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import AnyAnnotation, Commitment, Metric
from jiaozhu.qt import actions as window_actions
from jiaozhu.qt import dialogs, keymap, keys, memory, theme
from jiaozhu.qt.drop_sign import DropSign
from jiaozhu.qt.empty_page import EmptyPage
from jiaozhu.qt.keeping import DailyBackup
from jiaozhu.qt.menus import fill_menus, make_actions, show_keys
from jiaozhu.qt.pages import PAGES, Pages, PageSwitch
from jiaozhu.qt.review_page import ReviewPage
from jiaozhu.qt.speech_actions import IN_MENU
from jiaozhu.qt.status_line import StatusLine
from jiaozhu.qt.text import Text
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.actions import ACTIONS, SPAN, ReviewAction
from jiaozhu.store import Mention, Store, StoreError, Turn

if TYPE_CHECKING:
    from jiaozhu.qt.guideline_window import GuidelineWindow
    from jiaozhu.qt.importing import Importing
    from jiaozhu.qt.search_dialog import SearchDialog
    from jiaozhu.qt.tasks import Report, Task
    from jiaozhu.store import Hit

#: How long a write may wait for another program's, in seconds: longer would freeze the window.
_PATIENCE = 0.05
#: How often documents that come in are listed, in seconds.
_LIST_SECONDS = 1.0
#: When what takes long to load is loaded after a project was opened and shown, in milliseconds.
_WARM_UP = 1_000
#: A selection of so many characters is what is looked for in the project.
_SHORT = 40
#: Actions that the bottom line shows with their keys, and those that the card has buttons for.
_HINTS = ("accept", "reject", "edit_fields", "skip", "next_undecided", "worklist", "key_sheet")
_BUTTONS = ("accept", "reject", "edit_fields", "skip")
#: Actions that add an annotation, and its type: its fields are open for editing then.
_ADDED = {"add_metric": Metric.type, "add_commitment": Commitment.type}
#: Actions of the window that need a project, those that decide several at once, and those that need an
#: open document.
_NEED_PROJECT = (
    "make_packet",
    "merge_packets",
    "backups",
    "check_project",
    "save_as",
    "import_files",
    "import_folder",
    "import_report",
    "to_queue",
    "to_filter",
    "search",
)
_SEVERAL = ("accept_rest", "decide_identical")
_NEED_DOCUMENT = (
    *(action.id for action in ACTIONS if action.group in (window_actions.FIELD, SPAN)),
    *(
        "edit_fields",
        "note",
        "copy_citation",
        "span_from_selection",
        "split",
        "copy",
        "caret",
        "to_text",
        "find",
    ),
    *("document_info", *IN_MENU),
    *("worklist", "worklist_filter", "worklist_order"),
)


class MainWindow(QMainWindow):
    """Opens projects and performs actions."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.session: Session | None = None
        self.task: Task | None = None
        self._listed_next = inf  # when documents that come in are listed next
        #: Shared with tasks that write to the project from a thread.
        self.turn = Turn()
        self._importing: Importing | None = None
        self.daily_backup = DailyBackup(self)
        self._guideline: GuidelineWindow | None = None
        self.searching: SearchDialog | None = None  # once it was opened
        self._enabled_for: tuple[bool, bool] | None = None
        self._actions = {action.id: action for action in ACTIONS}
        keymap.load()
        self.page = ReviewPage()
        self.status = StatusLine()
        self.items = make_actions(ACTIONS, window=self, text=self.page.view, perform=self.perform)
        self.items["edit_fields"].setIconText(_("更正"))  # on its button
        fill_menus(self.menuBar(), window_actions.MENUS, ACTIONS, self.items)
        self.page.set_actions(
            [self.items[id_] for id_ in _BUTTONS],
            [self.items[id_] for id_ in ("import_files", "import_folder")],
            [self.items[id_] for id_ in IN_MENU],
        )
        self.start = EmptyPage(
            _("校注"),
            _("打开一个项目接着审校，或新建项目再导入讲话；第一次用，先看看示例。"),
            [self.items[id_] for id_ in ("open_project", "new_project", "open_sample")],
        )
        self.pages = Pages(self.start, self.page)
        self._page_items = {name: self.items[f"page_{name}"] for name in ("review", *PAGES)}
        self._switch = PageSwitch(list(self._page_items.values()))
        self.menuBar().setCornerWidget(self._switch)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        theme.dress(self.menuBar())
        self.setMinimumSize(960, 560)
        self.setAcceptDrops(True)
        self._drop_sign = DropSign(self)
        for field in (self.page.queue.text, self.page.find_bar.field):
            field.setAcceptDrops(False)  # files are for the window, also there
        self.resize(1440, 900)

        self.page.remarked.connect(self.status.remark)
        self.page.changed.connect(self._refresh)
        self.pages.remarked.connect(self.status.remark)
        self.pages.place_chosen.connect(self._go_to)
        self.pages.decided.connect(self._on_decided)
        self.pages.merged.connect(self._on_merged)
        self.pages.turned.connect(self._refresh)
        self.page.card.submitted.connect(self.items["accept"].trigger)
        self.page.view.caret_changed.connect(self._on_caret)
        self.status.retry.connect(lambda: self._resolve(retry=True))
        self.status.elsewhere.connect(self.items["save_as"].trigger)
        self.status.discard.connect(lambda: self._resolve(retry=False))
        self.status.cancel.connect(lambda: self.task and self.task.cancel())
        self.set_theme(memory.theme(), remember=False)
        self.page.view.set_size_of_text(memory.size_of_text())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._restyle)
        self._show_project()

    # The project

    @property
    def current(self) -> AnyAnnotation | None:
        """Return the annotation in focus, None if there is none."""
        return self.session.current if self.session is not None else None

    def open_project(self, path: Path, *, create: bool = False) -> bool:
        """Open a project where it was left, in place of the one that is open; return whether it worked."""
        store = None
        try:
            store = Store(path, create=create, timeout=_PATIENCE, turn=self.turn, alone=True)
            store.documents()  # that it can be read is known before the other project is closed
        except StoreError as error:
            if store is not None:
                store.close()
            dialogs.tell_problem(self, _("打不开项目"), str(error))
            return False
        if not self.is_saved():
            store.close()
            return False
        self.close_project()
        name = memory.reviewer() or getpass.getuser()
        self.session = Session(store, reviewer=name, reviewer_id=memory.reviewer_id())
        self.page.show_session(self.session)
        self._go_to_place()
        memory.note_project(path)
        self._show_project()
        self.page.view.setFocus()
        QTimer.singleShot(_WARM_UP, self, _warm_up)
        return True

    def close_project(self) -> None:
        """Close the project; all decisions are on the disk already."""
        if self.session is None:
            return
        if self.task is not None:
            self.task.finished.disconnect()
            self.task.stop()
            self.task = None
            self.status.show_task(None)
        self.daily_backup.stop()
        if self._importing is not None:
            self._importing.forget()
        if self.searching is not None:
            self.searching.forget()
        if self.session.document is not None:
            current = self.session.current
            here = current.id if current is not None else None
            memory.note_place(self.session.store.path, self.session.document.id, here)
        store, self.session = self.session.store, None
        self.page.show_session(None)
        store.close()
        self._show_project()

    @property
    def importing(self) -> Importing:
        """Imports of this window, and the report of the last one."""
        if self._importing is None:
            from jiaozhu.qt.importing import Importing

            self._importing = Importing(self)
        return self._importing

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders into the project."""
        from jiaozhu.qt.importing import sources_of

        self.importing.begin(sources_of(paths))

    def export_to(self, target: Path, exporter: Exporter) -> None:
        """Write what is verified to a file."""
        from jiaozhu.qt.tasks import Export

        if self.session is not None and self.session.store.path is not None:
            self.start_task(Export(self.session.store.path, target, exporter, self))

    def start_task(self, task: Task) -> bool:
        """Start a task unless there is one; return whether it was started."""
        if self.task is not None:
            self.status.remark(_("请等上一个任务完成，或先取消它。"))
            return False
        self.task = task
        self._listed_next = monotonic() + _LIST_SECONDS
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        task.start()
        return True

    def _on_progressed(self, text: str, done: int, total: int) -> None:
        self.status.show_task(text, done, total)
        if self.session is not None and self.session.unsaved:
            self._resolve(retry=True)  # the task may have kept the decision from the disk
        if self.task is not None and self.task.adds_documents and monotonic() > self._listed_next:
            begun = monotonic()
            self._list_documents()
            # A list that takes long is not made anew before the end: the window must not stand still.
            self._listed_next = monotonic() + _LIST_SECONDS if monotonic() - begun < _PATIENCE / 2 else inf

    def _on_finished(self, report: Report) -> None:
        task, self.task = self.task, None
        self.status.show_task(None)
        if self.session is not None and self.session.unsaved:
            self._resolve(retry=True)
        if task is not None and task.adds_documents:
            self._list_documents()
        self.status.remark(report.sentence)
        if report.problems and task is not None and not task.has_own_report:
            dialogs.tell_problem(self, self.windowTitle(), report.sentence, report.problems)

    def _list_documents(self) -> None:
        """List the documents anew; if none is open, open the one to begin with."""
        try:
            self.page.refresh_documents()
            if self.session is not None and self.session.document is None:
                self._go_to_place()
                self.page.view.setFocus()  # the first documents are there: now keys decide
        except StoreError as error:
            self.status.remark(str(error))

    def _go_to_place(self) -> None:
        """Open the document where one left off, else the first with something undecided."""
        session = self.session
        assert session is not None
        queue = self.page.queue.model
        document_id, annotation_id = memory.place(session.store.path)
        if document_id is not None:
            document_id = self.page.listed(document_id)
        if document_id is None or queue.row_of(document_id) is None:
            found = queue.first(lambda row: row.suggested > 0) or queue.first(lambda row: True)
            if found is None:
                return
            document_id, annotation_id = found.id, None
        try:
            session.open(document_id)
            if annotation_id and session.annotation(annotation_id) is not None:
                session.focus(annotation_id)
        except StoreError as error:
            self.status.remark(str(error))
        self.page.settle()

    def _go_to(self, document_id: str, annotation_id: str) -> None:
        """Show an annotation in its text."""
        self.pages.turn_to("review")
        self.page.open(document_id)
        if self.session is not None and self.session.annotation(annotation_id) is not None:
            self.session.focus(annotation_id)
            self.page.settle()

    def _on_decided(self, document_id: str) -> None:
        """Take in a decision that another page has recorded, in a document that may not be open."""
        if self.session is not None:
            self.page.queue.update_document(document_id, self.session.store.speeches(document_id))
            self.page.settle()

    def _on_merged(self) -> None:
        """Show what came back with packets."""
        if self.session is not None:
            self.session.reload()
            self._list_documents()
            self.page.settle()

    def _show_project(self) -> None:
        """Show the pages of the project, or the start page."""
        self.pages.show_session(self.session)
        self._switch.setVisible(self.session is not None)
        path = self.session.store.path if self.session is not None else None
        self.setWindowTitle(f"{path.stem} — {self._kind()}" if path is not None else _("校注"))
        if self.session is None:
            recent = memory.recent_projects()
            self.start.stress(self.items["open_project" if recent else "open_sample"])
            self.start.show_links(_("最近的项目"), [self._link(path) for path in recent])
        self._refresh()

    def _kind(self) -> str:
        """Return what the window is on: a project, or a packet and for whom."""
        reviewer = self.session.store.identity.reviewer if self.session is not None else None
        return _("校注") if reviewer is None else _("给{reviewer}的任务包 — 校注").format(reviewer=reviewer)

    def _link(self, path: Path) -> QAction:
        link = QAction(path.stem, self)
        link.setToolTip(str(path))
        link.triggered.connect(lambda: self.open_project(path))
        return link

    # Actions

    def perform(self, action: ReviewAction) -> None:
        """Do what an action says; what can't be done is said at the bottom."""
        session = self.session
        if action.over == "session" and (
            session is None or not self.page.finish(stay=action.id in ("undo", "redo"))
        ):
            return
        if action.id in _SEVERAL and session is not None and session.document is not None:
            self._choose(action, session)
        else:
            self._do(action, action.run)

    def _do(self, action: ReviewAction, run: Callable[[Any], object]) -> None:
        session = self.session
        waiting = session.counts.suggested if session is not None and session.document is not None else 0
        left = session.worklist.left if session is not None and session.worklist is not None else 0
        added = _ADDED.get(action.id)
        if added is not None:
            self.page.view.select_at_caret(added)
        try:
            run(session if action.over == "session" else self)
        except (ReviewError, StoreError) as error:
            self.status.remark(str(error))
        else:
            self.page.see(action.id)
            if added is not None:
                self.page.settle()
                self.page.view.set_caret(False)
                self.page.view.clear_selection()
                self.page.card.edit()
            if session is not None and session.worklist is not None:
                if left and not session.worklist.left:
                    self.status.remark(_("队列中的条目都看过了。"))
            elif waiting and session is not None and not session.counts.suggested:
                done = ngettext("本文档 {count} 条全部决定完毕。", "本文档 {count} 条全部决定完毕。", waiting)
                self.status.remark(done.format(count=session.counts.total))
        self.page.settle()

    def _choose(self, action: ReviewAction, session: Session) -> None:
        """Ask on what an action is to be that decides several annotations at once, and then do it."""
        from jiaozhu.qt.bulk_dialog import BulkDialog

        found: dict[str, list[Mention]]
        if action.id == "accept_rest":
            found = {"speech": session.rest()}
        else:
            found = {str(scope): those for scope, those in session.identical_by_scope().items()}
        if not any(found.values()):
            self.status.remark(_("没有这样的未决条目。"))
            return
        dialog = BulkDialog(action.title, action.help, found, self)
        dialog.accepted.connect(lambda: self._do(action, methodcaller(action.id, dialog.chosen)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _resolve(self, *, retry: bool) -> None:
        """Write again what could not be written, or give it up."""
        if self.session is not None:
            if retry:
                self.session.retry()
            else:
                self.session.discard()
            self.page.settle()

    def is_saved(self) -> bool:
        """Return whether all is on the disk, after one more try; else say that nothing can be closed."""
        if self.session is None or not self.session.unsaved or self.session.retry():
            return True
        self.page.settle()
        dialogs.tell_problem(
            self,
            _("还有一个决定没有保存"),
            _("{problem}\n请重试，或放弃这一步，然后再关闭。").format(problem=self.session.problem),
        )
        return False

    def show_guideline(self) -> None:
        """Show the guideline at the section of the field that has the cursor, or of the annotation."""
        from jiaozhu.guideline import section_of
        from jiaozhu.qt.fields_form import FieldsForm
        from jiaozhu.qt.guideline_window import GuidelineWindow

        forms = (form for form in self.page.aside.findChildren(FieldsForm) if form.focused)
        form = next(forms, None)
        current = self.current.type if self.current is not None else None
        at = section_of(form.type, form.focused) if form is not None else section_of(current)
        self._guideline = self._guideline or GuidelineWindow(self)
        self._guideline.open_at(at)

    def show_search(self) -> None:
        """Look for words in the whole project; a short selection is what is looked for."""
        if self.session is None:
            return
        if self.searching is None:
            from jiaozhu.qt.search_dialog import SearchDialog  # when first asked for

            self.searching = SearchDialog(self)
            self.searching.place_chosen.connect(self._go_to_hit)
        selection = self.page.view.selection if self.pages.is_review else None
        is_short = selection is not None and selection[1] - selection[0] <= _SHORT
        words = self.page.view.text[slice(*selection)].strip() if selection is not None and is_short else ""
        self.searching.open_on(self.session, words)

    def _go_to_hit(self, document_id: str, hit: Hit) -> None:
        """Show in its text what was found: the annotation in focus, or the words selected."""
        self._go_to(document_id, hit.annotation or "")
        session = self.session
        if session is None or session.document is None or session.document.id != document_id:
            return  # a value that is wrong stands in the card
        view = self.page.view
        if hit.annotation is None or session.annotation(hit.annotation) is None:
            view.select(hit.start, hit.end)
        else:
            view.clear_selection()
        view.bring_into_sight(hit.start, hit.end)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    # What it looks like

    def set_theme(self, name: str | None, *, remember: bool = True) -> None:
        """Use the theme "light" or "dark"; None: the system's."""
        theme.choose(name)
        if remember:
            memory.note_theme(name)
        self._restyle()

    def _restyle(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(theme.current().palette())
        theme.redress(self)
        for text in self.findChildren(Text):
            text.apply_theme()
        self.page.apply_theme()
        self.pages.apply_theme()

    def _refresh(self) -> None:
        """Bring menus and the bottom line in line with the session."""
        session = self.session
        opened = session if session is not None and session.document is not None else None
        for id_, title in (
            ("undo", session.undo_title if session else None),
            ("redo", session.redo_title if session else None),
        ):
            self.items[id_].setText(title or self._actions[id_].title)
            self.items[id_].setEnabled(title is not None)
        self.status.show_undo(session.undo_title if session else None)
        self.status.show_counts(opened.counts if opened and self.pages.is_review else None)
        self.status.show_saved(session.last_saved if session else None)
        self.status.show_problem(session.problem if session and session.unsaved else None)
        for name, item in self._page_items.items():
            item.setChecked(name == self.pages.front)
        for id_, item in self.items.items():
            if id_.startswith("ledger_"):
                item.setEnabled(self.pages.front == "ledger")
        enabled_for = session is not None, opened is not None and self.pages.is_review
        if self._enabled_for != enabled_for:
            self._enabled_for = enabled_for
            self._enable(*enabled_for)
        self.pages.refresh()

    def _enable(self, has_project: bool, has_document: bool) -> None:
        """Enable what can be done with a project, and with a document, if there is one."""
        for id_, action in self._actions.items():
            if id_ in _NEED_PROJECT or id_.startswith(("export_", "page_")):
                self.items[id_].setEnabled(has_project)
            elif id_ in _NEED_DOCUMENT or (action.over == "session" and id_ not in ("undo", "redo")):
                self.items[id_].setEnabled(has_document)
        hinted = [self._actions[id_] for id_ in _HINTS if self._actions[id_].keys]
        hints = [(keys.written(action.keys[0]), action.title) for action in hinted]
        self.status.show_hints(hints if has_document else [])

    def show_keys(self) -> None:
        """Give all actions the keys that they have now."""
        for id_, action in self._actions.items():
            show_keys(self.items[id_], action)
        self._enabled_for = None
        self._refresh()

    def _on_caret(self, on: bool) -> None:
        self.status.remark(_("光标已打开：Shift 加方向键选择，Esc 退出。") if on else "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged onto the window, and say what will be done with them."""
        paths = _dragged(event)
        if paths:
            event.acceptProposedAction()
            opens = any(path.suffix == dialogs.SUFFIX for path in paths)
            self._drop_sign.say(_("松开即打开项目") if opens else _("松开即导入"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take back what was said of what will be done."""
        self._drop_sign.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project that is dropped; import other files and folders."""
        self._drop_sign.hide()
        paths = _dragged(event)
        projects = [path for path in paths if path.suffix == dialogs.SUFFIX]
        event.acceptProposedAction()
        # Where files come from another program, that one waits until this returns.
        QTimer.singleShot(0, self, lambda: self._take_dropped(projects, paths))

    def _take_dropped(self, projects: Sequence[Path], paths: Sequence[Path]) -> None:
        if projects:
            self.open_project(projects[0])
        elif self.ensure_project():
            self.import_paths(paths)

    def ensure_project(self) -> bool:
        """Ask for a new project to import into, if none is open; return whether there is one now."""
        if self.session is None:
            path = dialogs.ask_new_project(self, Path.home())
            if path is not None:
                self.open_project(path, create=True)
        return self.session is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the project and remember where the window stood."""
        if not self.page.finish() or not self.is_saved():
            event.ignore()
            return
        memory.note_window(self, self.page, self.page.view.size_of_text)
        if self.task is not None:  # the file that is being read is waited for, but not by the user
            self.hide()
            QGuiApplication.sync()
        self.close_project()
        event.accept()


def _warm_up() -> None:
    """Load what takes a quarter of a second each, in a thread and before it is needed."""
    late = ("jiaozhu.qt.importing", "jiaozhu.qt.worklist_pane", "jiaozhu.qt.search_dialog")
    wanted = [name for name in late if name not in sys.modules]
    Thread(target=lambda: [import_module(name) for name in wanted]).start()


def _dragged(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this machine that are being dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
