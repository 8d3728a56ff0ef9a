"""Searching the whole project: a field, and below it what is found as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.reading_aside import ReadingAside
from jiaozhu.qt.search_list import FoundList
from jiaozhu.qt.status_line import Hints
from jiaozhu.qt.text import Text
from jiaozhu.review import Session
from jiaozhu.store import ANNOTATIONS, SPEECHES, Found, Hit, Store

_SIZE = 940, 600
#: So many places are listed; who wants others types more.
_MOST = 300
#: What is found comes in parts: the first fills the list or comes so soon, the others so often, in seconds.
_FIRST_HITS, _FIRST_SECONDS, _PART_SECONDS = 25, 0.02, 0.15
_PAGE = 10  # places
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_HINTS = (("↑↓", _("选择")), ("Enter", _("到正文")), ("Esc", _("返回")))
_KINDS = ((_("全部"), SPEECHES | ANNOTATIONS), (_("讲话"), SPEECHES), (_("条目"), ANNOTATIONS))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for, and in what."""

    typed: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """Part of what was found."""

    of: _Wanted
    found: list[Found]
    is_first: bool
    is_last: bool


class SearchDialog(QDialog):
    """Looks for words in a thread of its own, those typed last; what was found stays for the next time."""

    #: A place that the user wants to see: the id of its document, and a Hit.
    place_chosen = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("在项目中找词"))
        self.setObjectName("search")
        self.resize(*_SIZE)
        self._session: Session | None = None
        self._wanted: _Wanted | None = None
        self._is_whole = True
        self._reading = ReadingAside(self)
        self._reading.found.connect(self._on_found)
        self._reading.failed.connect(self._on_failed)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("讲话、指标、承诺和备注中的词；几个词都要出现，引号中的是短语"))
        self.field.setAccessibleName(_("在项目中找词"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        self._kinds = QButtonGroup(self)
        for number, (title, _of) in enumerate(_KINDS):
            button = QToolButton()
            button.setText(title)
            button.setAccessibleName(title)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._kinds.addButton(button, number)
            row.addWidget(button)
        self._kinds.button(0).setChecked(True)
        self._kinds.idClicked.connect(self._search)
        self.list = FoundList()
        self.list.clicked.connect(lambda _index: self._open())
        self._said = Text(ink="quiet", size="small")
        self._said.setAccessibleName(_("查找结果"))
        hints = Hints()
        hints.show_hints(_HINTS)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(self._said)
        below.addWidget(hints, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addLayout(below)
        self._hints = hints
        theme.dress(self)

    @property
    def said(self) -> str:
        """What is said of what was found."""
        return self._said.text()

    @property
    def is_searching(self) -> bool:
        """Whether something is still being looked for."""
        return not self._is_whole

    def open_on(self, session: Session, words: str = "") -> None:
        """Come to the front with these words, else with those of last time, found anew."""
        self._session = session
        self._hints.apply_theme()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        self.open()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def forget(self) -> None:
        """Forget the project, which is being closed."""
        self._reading.forget()
        self._session = self._wanted = None
        self._is_whole = True
        self.reject()
        self.field.clear()
        self.list.found.show_found([])

    def showEvent(self, event: QShowEvent) -> None:
        """Keep within the window below."""
        window = self.parentWidget()
        if window is not None:
            self.resize(self.size().boundedTo(window.size() * 0.94))
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list and open a place, without leaving the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = _STEPS.get(Qt.Key(event.key()))
            if steps is not None:
                self.list.go(steps)
                self._tell_chosen()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        """Close, and only then go there."""
        row = self.list.chosen
        if row is not None and row.hit is not None:
            self.accept()
            self.place_chosen.emit(row.found.document, row.hit)

    # What is looked for

    def _search(self) -> None:
        session = self._session
        if session is None or session.store.path is None:
            return
        wanted = _Wanted(self.field.text(), _KINDS[self._kinds.checkedId()][1])
        self._wanted, self._is_whole = wanted, False
        self._reading.wish(session.store.path, lambda store: _look(store, wanted))

    def _on_found(self, part: object) -> None:
        if not isinstance(part, _Part) or part.of != self._wanted:
            return
        if part.is_first:
            chosen = self.list.chosen
            self.list.found.show_found(part.found)
            self._choose_again(chosen.hit if chosen is not None else None, part.found)
        else:
            self.list.found.add_found(part.found)
        self._is_whole = part.is_last
        self._summarise()

    def _choose_again(self, hit: Hit | None, found: list[Found]) -> None:
        """Choose the place that was chosen before if it is there again, else the first."""
        rows = self.list.found.rows
        self.list.scrollToTop()
        if rows:
            same = (number for number, row in enumerate(rows) if hit is not None and row.hit == hit)
            self.list.choose(next(same, 1))
        self._tell_chosen()

    def _on_failed(self, sentence: str) -> None:
        self._is_whole = True
        self._said.show_text(sentence)

    def _tell_chosen(self) -> None:
        """Let screen readers say which place is chosen: the keyboard is in the field."""
        row = self.list.chosen
        self.field.setAccessibleDescription(row.spoken if row is not None else "")

    def _summarise(self) -> None:
        count = self.list.found.hits
        if count >= _MOST:
            said = _("前 {count} 处；多打几个字，找得更准").format(count=count)
        elif count:
            said = ngettext("{count} 处", "{count} 处", count).format(count=f"{count:,}")
        else:
            said = _("没有找到") if self._is_whole and self._wanted and self._wanted.typed.strip() else ""
        self._said.show_text(said if self._is_whole else f"{said} …".strip())


def _look(store: Store, wanted: _Wanted) -> Iterator[object]:
    """Yield what is found in parts, and then go on to make later searches quick."""
    waiting: list[Found] = []
    is_first, due = True, monotonic() + _FIRST_SECONDS
    for found in store.search(wanted.typed, wanted.kinds, most=_MOST):
        if found is not None:
            waiting.append(found)
        is_full = is_first and sum(len(one.hits) for one in waiting) >= _FIRST_HITS
        if waiting and (is_full or monotonic() > due):
            yield _Part(wanted, waiting, is_first, False)
            waiting, is_first, due = [], False, monotonic() + _PART_SECONDS
        elif found is None:
            yield None  # so that it can be given up
    yield _Part(wanted, waiting, is_first, True)
    yield from store.learn_words()
