"""The worklist in the left pane: what it is made of, in which order, the list, and how far one is."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme, worklist_memory
from jiaozhu.qt.ledger_facets import FacetsList
from jiaozhu.qt.text import Text
from jiaozhu.qt.worklist_list import WorklistModel, WorklistView
from jiaozhu.qt.worklist_reading import WorklistReader
from jiaozhu.review import Session
from jiaozhu.review.ledger import LedgerFilter
from jiaozhu.review.worklist import Draw, Identity, Made, Order, Plan, Worklist
from jiaozhu.store import StoreError

#: By what a list can be filtered, and what of it is seen at once.
_FACETS = ("state", "type", "certainty", "flagged", "region", "speaker", "rule")
_UNFOLDED = ("state", "type", "certainty", "flagged")
_ORDERS = {
    Order.DOCUMENT: _("按文档次序"),
    Order.UNCERTAIN: _("最没把握的在前"),
    Order.ANOMALY: _("数值反常的在前"),
    Order.SECOND_LOOK: _("复看：采纳的抽十分之一"),
}
#: How soon it is remembered where one is, in milliseconds; how many seeds there are.
_REMEMBER, _SEEDS = 1_000, 10_000


class WorklistPane(QWidget):
    """Makes the list that the session follows, as long as the pane is turned to it."""

    #: A place that was chosen in the list.
    picked = Signal(int)
    #: The keyboard is wanted in the text again.
    left = Signal()
    remarked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._plan = Plan()
        self._seen: set[str] = set()
        self._at: Identity | None = None  # where one is, or was
        self._followed: Order | None = None  # the order that is gone through
        self._begins = False  # go to where one was, once the list is there
        self.is_followed = False
        self.reader = WorklistReader(self)
        self.model = WorklistModel(self)
        self.list = WorklistView(self.model)
        self.facets = FacetsList(facets=_FACETS, unfolded=_UNFOLDED)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("原文、指标、地区、讲话人"))
        self.text.setAccessibleName(_("筛选条目的文字"))
        self.text.setClearButtonEnabled(True)
        self.text.setAcceptDrops(False)
        self.text.installEventFilter(self)
        self.conditions = QToolButton()
        self.conditions.setCheckable(True)
        self.conditions.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.order = QComboBox()
        self.order.setAccessibleName(_("次序"))
        self.order.view().setAccessibleName(_("次序"))
        for order, title in _ORDERS.items():
            self.order.addItem(title, order)
        self.again = QToolButton()
        self.again.setText(_("重抽"))
        self.again.setAccessibleName(_("重抽"))
        self.again.setToolTip(_("换一个种子，重新抽取十分之一。"))
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.summary = Text(ink="quiet", size="small")
        self.summary.setContentsMargins(14, 7, 14, 9)
        self.summary.setAccessibleName(_("队列进度"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.facets)
        for widget in (self.text, self.conditions, self.order, self.again):
            theme.dress(widget)
        self._lay_out()
        self._remember = QTimer(self, singleShot=True, interval=_REMEMBER)
        self._connect()
        self._show_plan()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setContentsMargins(12, 6, 12, 6)
        first.addWidget(self.text, 1)
        first.addWidget(self.conditions)
        second.setContentsMargins(12, 0, 12, 8)
        second.addWidget(self.order, 1)
        second.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in first, second:
            line.setSpacing(6)
            column.addLayout(line)
        column.addWidget(self._stack, 1)
        column.addWidget(self.summary)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.reader.made.connect(self._on_made)
        self.reader.failed.connect(self.remarked)
        self.text.textChanged.connect(lambda text: self._filter(LedgerFilter(text, self._plan.filter.chosen)))
        self.conditions.toggled.connect(self._show_facets)
        self.order.currentIndexChanged.connect(lambda _at: self.set_order(Order(self.order.currentData())))
        self.again.clicked.connect(self._draw)
        self.facets.chosen.connect(self._choose)
        self.facets.left.connect(lambda: self.conditions.setChecked(False))
        self.list.picked.connect(self.picked)
        self.list.left.connect(self.left)
        self._remember.timeout.connect(self._note)

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        self.list.apply_theme()
        self.facets.apply_theme()

    # Following

    def show_session(self, session: Session | None) -> None:
        """Take another project, or none; where one is in the list of the one before is remembered."""
        if session is self._session:
            return
        self.leave()
        self.reader.forget()
        self.model.show_worklist(None)
        self._session = session
        self._plan, self._seen, self._at = Plan(), set(), None
        if session is not None:
            known = worklist_memory.left(session.store.path)
            self._plan, self._seen, self._at = Plan.from_json(known.plan), known.seen, known.at
            if known.plan is None:
                self._plan = replace(self._plan, draw=Draw(random.randrange(1, _SEEDS)))
        self._show_plan()
        self._summarise()

    def begin(self) -> None:
        """Make the list, and go on in it where it was left."""
        self._begins = self.is_followed = True
        self._look()

    def _look(self) -> None:
        """Make the list of what the project holds now."""
        session = self._session
        if session is None or session.store.path is None:
            return
        try:
            mark = session.store.ledger_mark()
        except StoreError as error:
            self.remarked.emit(str(error))
            return
        self.reader.look(session.store.path, mark, self._plan, self._seen)
        self._summarise()

    def refresh(self) -> None:
        """Take in documents that have come in, unless one is in the midst of a list."""
        if self.is_followed and not self.model.rowCount():
            self._look()

    def leave(self) -> None:
        """Go through documents again."""
        if self.is_followed:
            self._note()
            self.is_followed = False
            if self._session is not None:
                self._session.follow(None)

    def _on_made(self, made: Made) -> None:
        session = self._session
        if session is None:
            return
        worklist, is_whole = made.worklist, made.worklist.ledger.is_whole
        self.model.show_worklist(worklist)
        self.facets.show_selection(worklist.ledger, made.selection, made.plan.whole_filter)
        if not len(worklist.ledger):
            self.list.say_if_empty(_("还没有条目；导入讲话后，这里列出其中的指标和承诺。"))
        elif made.plan.order is Order.SECOND_LOOK:
            self.list.say_if_empty(_("没有可以复看的：还没有采纳的条目符合条件。"))
        else:
            self.list.say_if_empty(_("没有符合条件的条目。"))
        if is_whole and self.is_followed:
            at, is_other_order = self._at, made.plan.order is not self._followed
            self._plan, self._followed = made.plan, made.plan.order
            session.follow(worklist)
            if self._begins:
                self._begins = False
                self._resume(worklist, at)
            elif is_other_order:
                worklist.place = -1  # it is gone through from its beginning
        self.follow_session()

    def _resume(self, worklist: Worklist, at: Identity | None) -> None:
        """Go to where one left off, or to what is open first."""
        place = worklist.place_of(at) if at is not None else None
        if place is None or not worklist.is_left(place):
            worklist.place = -1 if place is None else place
            place = worklist.ahead()
        if place is not None:
            self.picked.emit(place)

    def follow_session(self, *, is_all_new: bool = False) -> None:
        """Show where the session is in the list, and what is left; `is_all_new`: several have changed."""
        worklist = self.model.worklist
        if not self.is_followed or worklist is None:
            return
        if worklist.place >= 0 and worklist.identity(worklist.place) != self._at:
            self._at = worklist.identity(worklist.place)
            self._remember.start()
        self.list.show_place(worklist.place)
        if is_all_new:
            self.list.viewport().update()
        self._summarise()

    def _note(self) -> None:
        """Remember where one is."""
        self._remember.stop()
        if self._session is not None and self.is_followed:
            how = worklist_memory.Left(self._plan.to_json(), self._at, self._seen)
            worklist_memory.note(self._session.store.path, how)

    # What is wanted

    @property
    def plan(self) -> Plan:
        """What the list is made of, and in which order."""
        return self._plan

    def set_order(self, order: Order) -> None:
        """Put the list into another order."""
        if order is not self._plan.order:
            self._change(replace(self._plan, order=order))

    def next_order(self) -> None:
        """Put the list into the next of the orders."""
        orders = list(_ORDERS)
        self.set_order(orders[(orders.index(self._plan.order) + 1) % len(orders)])

    def open_conditions(self) -> None:
        """Show what can be chosen, with the keyboard there; close it if it is open."""
        self.conditions.setChecked(not self.conditions.isChecked())

    def _draw(self) -> None:
        """Draw another tenth for a second look."""
        self._seen.clear()
        self._change(replace(self._plan, draw=Draw(random.randrange(1, _SEEDS))))

    def _choose(self, facet: str, values: Any) -> None:
        if facet == "state" and self._plan.order is Order.SECOND_LOOK:
            self.remarked.emit(_("复看只抽已采纳的条目。"))
        else:
            self._filter(self._plan.filter.with_chosen(facet, values))

    def _filter(self, filter_: LedgerFilter) -> None:
        if filter_ != self._plan.filter:
            self._change(replace(self._plan, filter=filter_))

    def _change(self, plan: Plan) -> None:
        self._plan = plan
        self._show_plan()
        self._look()
        self._remember.start()

    def _show_plan(self) -> None:
        if self.text.text() != self._plan.filter.text:
            self.text.blockSignals(True)
            self.text.setText(self._plan.filter.text)
            self.text.blockSignals(False)
        self.order.blockSignals(True)
        self.order.setCurrentIndex(list(_ORDERS).index(self._plan.order))
        self.order.blockSignals(False)
        count = len(self._plan.whole_filter.chosen)
        said = _("条件 {count}").format(count=count) if count else _("条件")
        self.conditions.setText(said)
        self.conditions.setAccessibleName(said)
        self.again.setVisible(self._plan.order is Order.SECOND_LOOK)

    def _show_facets(self, on: bool) -> None:
        self._stack.setCurrentWidget(self.facets if on else self.list)
        shown = self.facets if on else self.list
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        if not shown.currentIndex().isValid() and self.facets.model_.rowCount():
            self.facets.setCurrentIndex(self.facets.model_.index(0))

    def _summarise(self) -> None:
        worklist = self.model.worklist
        if worklist is None or not worklist.ledger.is_whole:
            self.summary.show_text(_("正在读取…"))
            return
        total, left = len(worklist), worklist.left
        order = _ORDERS[self._plan.order]
        if self._plan.order is Order.SECOND_LOOK:
            order = _("复看（种子 {seed}）").format(seed=self._plan.draw.seed)
        if not total:
            said = _("0 条")
        elif not left:
            said = ngettext("{count} 条都看过了", "{count} 条都看过了", total).format(count=f"{total:,}")
        else:
            place = f"{worklist.place + 1:,}" if worklist.place >= 0 else "–"
            said = _("队列 {place}/{total} · 剩 {left}").format(
                place=place, total=f"{total:,}", left=f"{left:,}"
            )
        self.summary.show_text(f"{said} · {order}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the filter field into the list with the down key; empty it with Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shown = self.facets if self.conditions.isChecked() else self.list
                shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
                if shown is self.list and not self.list.currentIndex().isValid() and self.model.rowCount():
                    self.list.show_place(0)
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.text.text():
                    self.text.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)
