"""The ledger: every annotation of the project in one table, to be filtered, sorted and corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from jiaozhu.export import Exporter, tab_separated, write_table
from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import VERIFIED, Metric
from jiaozhu.qt import dialogs, keys
from jiaozhu.qt.jobs import Job
from jiaozhu.qt.ledger_bar import LedgerBar
from jiaozhu.qt.ledger_columns import COLUMNS
from jiaozhu.qt.ledger_export import cells, write_records
from jiaozhu.qt.ledger_facets import FacetsList
from jiaozhu.qt.ledger_model import LedgerModel
from jiaozhu.qt.ledger_pivot import PivotTable
from jiaozhu.qt.ledger_reading import LedgerReader, Reading
from jiaozhu.qt.ledger_table import LedgerTable
from jiaozhu.qt.pages import ProjectPage
from jiaozhu.qt.review_page import Hairline
from jiaozhu.qt.status_line import Hints
from jiaozhu.qt.text import Text
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.actions import ACTIONS
from jiaozhu.review.ledger import Ledger, LedgerFilter
from jiaozhu.store import StoreError

_FACETS_WIDTH = 232
#: Keys that the page tells below: by themselves, or the ids of actions.
_HINTS = (
    ("Return", _("到正文")),
    ("F2", _("更正")),
    ("Ctrl+F", _("查找")),
    ("F4", _("排序")),
    ("ledger_pivot", _("透视")),
    ("Ctrl+C", _("复制")),
    ("ledger_export", _("导出")),
    ("Esc", _("返回正文")),
)
_PIVOT_HINTS = (
    ("Return", _("看这些条目")),
    ("ledger_pivot", _("表格")),
    ("Ctrl+F", _("查找")),
    ("Ctrl+C", _("复制")),
    ("ledger_export", _("导出")),
    ("Esc", _("返回正文")),
)


class _Splitter(QSplitter):
    """Facets and table, a hairline between them."""

    def createHandle(self) -> Hairline:
        """Return a hairline that can be dragged."""
        return Hairline(self.orientation(), self)


class LedgerPage(ProjectPage):
    """Facets on the left, table or pivot on the right; above what is wanted, below how much is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._job: Job | None = None
        self._wanted: tuple[str, str, str] | None = None  # what was corrected here last
        self._before_cell: LedgerFilter | None = None  # the filter before a cell of the pivot was opened
        self.reader = LedgerReader(self)
        self.model = LedgerModel(self)
        self.table = LedgerTable(self.model)
        self.pivot = PivotTable()
        self.facets = FacetsList()
        self.bar = LedgerBar(lambda: self.model.filter, self.table.columns_menu)
        self.summary = Text(ink="quiet", size="small")
        self._hints = Hints()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.pivot)
        panes = _Splitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        self.facets.setMinimumWidth(180)
        panes.addWidget(self.facets)
        panes.addWidget(self._stack)
        panes.setStretchFactor(1, 1)
        panes.setSizes([_FACETS_WIDTH, 1000])
        below = QWidget()
        line = QHBoxLayout(below)
        line.setContentsMargins(14, 5, 14, 6)
        line.setSpacing(24)
        line.addWidget(self.summary)
        line.addWidget(self._hints, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(panes, 1)
        column.addWidget(below)
        self.setFocusProxy(self.table)
        self._connect()
        self._show_hints()

    def _connect(self) -> None:
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self.remarked)
        self.bar.text_changed.connect(self._search_for)
        self.bar.filter_chosen.connect(self._filter)
        self.bar.cleared.connect(self.clear_filter)
        self.bar.pivot_wanted.connect(self._show_pivot)
        self.bar.export_wanted.connect(self.export)
        self.bar.left.connect(self._focus_rows)
        self.facets.chosen.connect(
            lambda facet, held: self._filter(self.model.filter.with_chosen(facet, held))
        )
        self.facets.left.connect(self._focus_rows)
        self.table.opened.connect(self._open)
        self.table.corrected.connect(self._correct)
        self.table.remarked.connect(self.remarked)
        self.table.left.connect(self._leave)
        self.pivot.left.connect(self._leave)
        self.pivot.opened.connect(self._open_cell)
        for table in (self.table, self.pivot):
            table.searched.connect(self.bar.search)
            table.copied.connect(self._copy)
        self.table.selectionModel().selectionChanged.connect(self._summarise)
        search = QShortcut(QKeySequence.StandardKey.Find, self)
        search.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        search.activated.connect(self.bar.search)

    # A page of a project

    @property
    def is_settled(self) -> bool:
        """Whether all annotations have been read and are listed."""
        return not self.reader.is_reading and self.model.ledger.is_whole

    def show_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._session = session
        self.reader.forget()
        self._wait()
        self._wanted = self._before_cell = None
        if self.table.editor is not None:
            self.table.editor.close()
        self._show(Ledger.read([], []))

    def refresh(self) -> None:
        """Read what has changed in the project since it was last read."""
        if self._session is None or self._session.store.path is None:
            return
        try:
            mark = self._session.store.ledger_mark()
        except StoreError as error:
            self.remarked.emit(str(error))
            return
        self.reader.look(self._session.store.path, mark)
        self._show_hints()
        self._summarise()

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        for part in (self.table, self.pivot, self.facets):
            part.apply_theme()
        self._hints.apply_theme()

    # What is shown

    def _on_read(self, reading: Reading) -> None:
        self._show(reading.ledger)

    def _show(self, ledger: Ledger) -> None:
        self._change(lambda: self.model.show_ledger(ledger))

    def _filter(self, filter_: LedgerFilter) -> None:
        self._wanted = None
        self.bar.show_filter(filter_)
        self._change(lambda: self.model.set_filter(filter_))

    def clear_filter(self) -> None:
        """Show all annotations."""
        self._filter(LedgerFilter())

    def _search_for(self, text: str) -> None:
        self._filter(LedgerFilter(text, self.model.filter.chosen))

    def _change(self, act: Callable[[], None]) -> None:
        """Change what is shown; the cursor stays on its annotation, or at its height if that is gone."""
        table = self.table
        if table.editor is not None:
            table.editor.close()
        index, identity = table.currentIndex(), self._wanted or table.identity
        number, column = index.row(), index.column()
        scrolled = table.verticalScrollBar().value()
        act()
        count = self.model.rowCount()
        table.updateGeometries()
        table.verticalScrollBar().setValue(scrolled)
        if count:
            found = self.model.number_of(identity) if identity is not None else None
            if found is None and number >= 0:
                found = min(number, count - 1)
            table.show_row(found or 0, column if column >= 0 else None)
        self.bar.show_filter(self.model.filter)
        self.facets.show_selection(self.model.ledger, self.model.selection, self.model.filter)
        if self.is_pivot:
            self._fill_pivot()
        self._summarise()

    @property
    def is_pivot(self) -> bool:
        """Whether the pivot is shown in place of the table."""
        return self._stack.currentWidget() is self.pivot

    def _show_pivot(self, on: bool) -> None:
        if on == self.is_pivot:
            return
        if on:
            if self._before_cell is not None:
                before, self._before_cell = self._before_cell, None
                self._filter(before)
            self._fill_pivot()
        self._stack.setCurrentWidget(self.pivot if on else self.table)
        self.bar.show_pivot(on)
        self._show_hints()
        self._summarise()
        self._focus_rows()

    def _fill_pivot(self) -> None:
        at = self.pivot.currentIndex()
        self.pivot.model_.show_rows(self.model.ledger, self.model.selection.rows)
        self.pivot.setCurrentIndex(self.pivot.model_.index(max(0, at.row()), max(0, at.column())))

    def _show_hints(self) -> None:
        hints = _PIVOT_HINTS if self.is_pivot else _HINTS
        of_actions = {action.id: action.keys for action in ACTIONS}  # as the user has them now
        known = [(of_actions.get(key, (key,)), title) for key, title in hints]
        self._hints.show_hints([(keys.written(some[0]), title) for some, title in known if some])

    def _summarise(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.ledger)
        if self.is_pivot:
            count = self.pivot.model_.pivot.count
            text = ngettext("核实过的指标 {count} 条", "核实过的指标 {count} 条", count)
            said = text.format(count=f"{count:,}")
        elif shown == total:
            said = ngettext("{count} 条", "{count} 条", total).format(count=f"{total:,}")
        else:
            said = _("{total} 条中的 {shown} 条").format(total=f"{total:,}", shown=f"{shown:,}")
        chosen = len(self.table.chosen_numbers)
        if chosen > 1 and not self.is_pivot:
            said += " · " + _("选中 {count}").format(count=f"{chosen:,}")
        if not self.model.ledger.is_whole:
            said += " · " + _("正在读取…")
        self.summary.show_text(said)

    # Going to the text and back

    def _focus_rows(self) -> None:
        (self.pivot if self.is_pivot else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, number: int) -> None:
        document, _type, id_ = self.model.ledger.identity(self.model.row_at(number))
        self.place_chosen.emit(document, id_)

    def _leave(self) -> None:
        """Go back to the pivot if a cell of it was opened, else to the text."""
        if self._before_cell is not None and not self.is_pivot:
            self.bar.show_pivot(True)
            return
        session = self._session
        if session is not None and session.document is not None:
            current = session.current
            self.place_chosen.emit(session.document.id, current.id if current is not None else "")

    def _open_cell(self, index: object) -> None:
        """Show the rows of a cell of the pivot in the table."""
        model = self.pivot.model_
        at = self.pivot.currentIndex()
        if not at.isValid() or model.cell(at) is None:
            return
        line, year = model.pivot.row(at.row()), model.pivot.years[at.column() - 3]
        before = self.model.filter
        states = before.chosen.get("state", frozenset(VERIFIED)) & frozenset(VERIFIED)
        filter_ = before.with_chosen("state", states).with_chosen("type", [Metric.type])
        for facet, value in (*line._asdict().items(), ("year", year)):
            filter_ = filter_.with_chosen(facet, [value])
        self.bar.show_pivot(False)
        self._filter(filter_)
        self._before_cell = before

    # Correcting

    def _correct(self, document_id: str, annotation_id: str, fields: dict[str, str | None]) -> None:
        assert self._session is not None
        editor = self.table.editor
        try:
            self._session.correct_in(document_id, annotation_id, **fields)
        except (ReviewError, StoreError) as error:
            if editor is not None:
                editor.explain(str(error))
            return
        self._wanted = self.table.identity
        if editor is not None:
            editor.close()
        self.decided.emit(document_id)

    # Taking out

    def _columns(self) -> list[str]:
        return [COLUMNS[place].name for place in self.table.shown_columns]

    def _copy(self) -> None:
        """Copy the chosen rows, or cells of the pivot, as lines with tabs."""
        if self.is_pivot:
            lines: dict[int, list[str]] = {}
            for index in sorted(self.pivot.selectedIndexes(), key=lambda one: (one.row(), one.column())):
                lines.setdefault(index.row(), []).append(self.pivot.model_.text(index.row(), index.column()))
            QGuiApplication.clipboard().setText(tab_separated(lines.values()))
            return
        ledger, columns = self.model.ledger, self._columns()
        rows = self.model.rows[self.table.chosen_numbers]
        if not len(rows):
            return

        def paste_later(text: object) -> None:
            QGuiApplication.clipboard().setText(str(text))
            said = ngettext("已复制 {count} 行。", "已复制 {count} 行。", len(rows))
            self.remarked.emit(said.format(count=len(rows)))

        self._begin(lambda: tab_separated(cells(ledger, rows, columns)), paste_later)

    def export(self, exporter: Exporter | None = None) -> None:
        """Write what is shown to a file that is asked for."""
        project = self._session.store.path if self._session is not None else None
        if project is None:
            return
        if exporter is None:
            target = dialogs.ask_table(self, project)
        else:
            target = dialogs.ask_export(self, project, exporter)
        if target is not None:
            self.export_to(target, exporter)

    def export_to(self, target: Path, exporter: Exporter | None = None) -> None:
        """Write what is shown to a file: as a table, or its annotations with an exporter."""
        assert self._session is not None
        project = self._session.store.path
        assert project is not None
        ledger, rows, columns = self.model.ledger, self.model.rows, self._columns()
        header = [column.title for name in columns for column in COLUMNS if column.name == name]
        lines: Iterable[list[str]] = cells(ledger, rows, columns)
        if self.is_pivot:
            header, lines = self.pivot.model_.header, map(list, self.pivot.model_.lines())

        def work() -> int:
            if exporter is None:
                return write_table(target, header, lines)
            return write_records(ledger, rows, project, target, exporter)

        def say(count: object) -> None:
            said = ngettext("导出 {count} 行到 {name}。", "导出 {count} 行到 {name}。", int(str(count)))
            self.remarked.emit(said.format(count=count, name=target.name))

        self.remarked.emit(_("正在导出…"))
        self._begin(work, say)

    def _begin(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do something beside the window, then say what came of it."""
        if self._job is not None:
            self.remarked.emit(_("请等上一个任务完成，或先取消它。"))
            return

        def once() -> Iterator[object]:
            yield work()

        self._job = job = Job(once, self)

        def made(result: object) -> None:
            job.taken()
            done(result)

        job.made.connect(made)
        job.failed.connect(self.remarked)
        job.finished.connect(self._on_job_finished)
        job.start()

    def _on_job_finished(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def _wait(self) -> None:
        """Wait for what is being written."""
        if self._job is not None:
            self._job.wait()
