"""The progress page: how far the review is, how good the extractor, how fast the decisions; an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.pages import ProjectPage
from jiaozhu.qt.reading_aside import ReadingAside
from jiaozhu.qt.text import Text
from jiaozhu.review import Session
from jiaozhu.store import Store
from jiaozhu.store.ledger import LedgerMark

if TYPE_CHECKING:
    from jiaozhu.qt.progress_sheet import Sheet

#: How wide the column is at most, in pixels.
_WIDEST = 1160


class ProgressPage(ProjectPage):
    """One column of pictures, under a sentence that says how far the review is.

    A thread loads what draws and reads the numbers, part by part, when the project has changed; the
    pictures are made one by one, so that the window never stands still.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._mark: LedgerMark | None = None
        self._contents: dict[str, object] = {}
        self._sheet: Sheet | None = None
        self._is_made = False
        self._aside = ReadingAside(self)
        self._aside.found.connect(self._on_found)
        self._aside.failed.connect(self._on_failed)
        self.title = Text(_("进度"))
        self.title.setFont(theme.reading_font(28))
        self.summary = Text("", wraps=True)
        self.summary.setFont(theme.reading_font(18))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.apply_theme()

    def show_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._aside.forget()
        self._session, self._mark = session, None
        self._contents.clear()
        path = session.store.path if session is not None else None
        self.title.show_text(
            _("进度 · {project}").format(project=path.stem) if path is not None else _("进度")
        )
        self.summary.show_text(_("正在统计…") if path is not None else "")
        if self._sheet is not None:
            for picture in self._sheet.made.values():
                picture.set_project(path)

    def refresh(self) -> None:
        """Read the numbers again if a decision or a document has come."""
        if self._session is None or self._session.store.path is None:
            return
        mark = self._session.store.ledger_mark()
        if mark != self._mark:
            self._mark = mark
            self._aside.wish(self._session.store.path, _read)

    @property
    def sheet(self) -> Sheet:
        """The pictures; there are none before the page was shown."""
        assert self._sheet is not None
        return self._sheet

    @property
    def is_settled(self) -> bool:
        """Whether all pictures are made and show the project as it is."""
        return (
            self._is_made
            and not self._aside.is_reading
            and not any(picture.is_reading for picture in self.sheet.made.values())
        )

    def apply_theme(self) -> None:
        """Draw all in the colours of the current theme."""
        paper = QPalette(self.palette())
        paper.setColor(QPalette.ColorRole.Window, theme.current().paper)
        for widget in self._ground, self._scroll.viewport():
            widget.setPalette(paper)
        if self._sheet is not None:
            self._sheet.apply_theme()

    def _on_found(self, found: tuple[str, object]) -> None:
        name, value = found
        if name == "sheet":
            if self._sheet is None:
                self._sheet = value()  # type: ignore[operator]
                self._column.insertWidget(self._column.count() - 1, self._sheet)
                QTimer.singleShot(0, self, self._make)
        elif name == "summary":
            self.summary.show_text(str(value))
        else:
            self._contents[name] = value
            self._fill(name)

    def _make(self) -> None:
        """Make the next picture, then the one after it when the window has done what else there is."""
        name = self.sheet.make()
        if name is None:
            self._is_made = True
            return
        picture = self.sheet.made[name]
        picture.place_chosen.connect(self.place_chosen)
        picture.remarked.connect(self.remarked)
        if self._session is not None:
            picture.set_project(self._session.store.path)
        if len(self.sheet.made) == 1:
            self.setFocusProxy(picture.chart)
            if self.hasFocus():
                picture.chart.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill(name)
        QTimer.singleShot(0, self, self._make)

    def _fill(self, name: str) -> None:
        if self._sheet is not None and name in self._sheet.made and name in self._contents:
            self._sheet.made[name].take(self._contents[name])

    def _on_failed(self, sentence: str) -> None:
        self._mark = None  # the next look tries again
        self.summary.show_text(_("暂时读不出统计：{reason}").format(reason=sentence))

    def _lay_out(self) -> None:
        centre = QWidget()
        centre.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(40, 34, 40, 40)
        self._column.setSpacing(8)
        self._column.addWidget(self.title)
        self._column.addWidget(self.summary)
        self._column.addSpacing(10)
        self._column.addStretch()
        self._ground = QWidget()
        self._ground.setAutoFillBackground(True)
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(centre, 1000)
        row.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(_("进度"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._ground)
        theme.dress(self._scroll.verticalScrollBar())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)


def _read(store: Store) -> Iterator[object]:
    """Yield the class of the sheet, then what its pictures show, each with its name."""
    from jiaozhu.qt.progress_sheet import Sheet, contents  # loads pyqtgraph, here in the thread

    yield "sheet", Sheet
    yield from contents(store)
