"""The pages of a project beside the reviewing, made when first shown, and the switch between them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QWidget

if TYPE_CHECKING:
    from jiaozhu.review import Session

#: Where the class of each page is; what a page needs is not loaded before it is shown.
PAGES: dict[str, tuple[str, str]] = {
    "ledger": ("jiaozhu.qt.ledger_page", "LedgerPage"),
    "progress": ("jiaozhu.qt.progress_page", "ProgressPage"),
    "merge": ("jiaozhu.qt.merge_page", "MergePage"),
}


class ProjectPage(QWidget):
    """A page of a whole project. It reads from the session's store; decisions go through the session."""

    #: Something to be said in passing.
    remarked = Signal(str)
    #: A document, and an annotation in it, that the user wants to see in its text.
    place_chosen = Signal(str, str)
    #: The page has recorded a decision in a document: the rest of the window can follow.
    decided = Signal(str)
    #: The page has brought decisions into many documents.
    merged = Signal()

    def show_session(self, session: Session | None) -> None:
        """Show another project, or none. Called when the page is made, and when a project opens or closes."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what has changed: called when the page comes to the front, and after each change in front."""
        raise NotImplementedError

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""


class Pages(QStackedWidget):
    """What fills the window: the start page, the reviewing, or another page of the project."""

    #: As of the page in front.
    remarked = Signal(str)
    place_chosen = Signal(str, str)
    decided = Signal(str)
    merged = Signal()
    #: Another page is in front.
    turned = Signal()

    def __init__(self, start: QWidget, review: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._review = start, review
        self._session: Session | None = None
        self._made: dict[str, ProjectPage] = {}
        self._faded: set[ProjectPage] = set()  # pages with the colours of a theme before
        self.addWidget(start)
        self.addWidget(review)

    @property
    def is_review(self) -> bool:
        """Whether the reviewing is in front."""
        return self.currentWidget() is self._review

    @property
    def front(self) -> str:
        """The name of the page in front: "review", one of PAGES, or "" for the start page."""
        if self.is_review:
            return "review"
        return next((name for name, page in self._made.items() if page is self.currentWidget()), "")

    def show_session(self, session: Session | None) -> None:
        """Show another project, at its reviewing, or the start page if there is none."""
        self._session = session
        for page in self._made.values():
            page.show_session(session)
        self.setCurrentWidget(self._start if session is None else self._review)
        self.turned.emit()

    def turn_to(self, name: str) -> None:
        """Bring a page of the project to the front: "review", or one of PAGES."""
        if self._session is None:
            return
        page = self._review if name == "review" else self._page(name)
        self._recolour(page)
        self.setCurrentWidget(page)
        if isinstance(page, ProjectPage):
            page.refresh()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()

    def refresh(self) -> None:
        """Let the page in front show what has changed."""
        page = self.currentWidget()
        if isinstance(page, ProjectPage):
            page.refresh()

    def apply_theme(self) -> None:
        """Give the page in front the colours of the current theme, the others when they come to the front.

        The reviewing takes them from the window.
        """
        self._faded.update(self._made.values())
        self._recolour(self.currentWidget())

    def _recolour(self, page: QWidget | None) -> None:
        if isinstance(page, ProjectPage) and page in self._faded:
            self._faded.remove(page)
            page.apply_theme()

    def _page(self, name: str) -> ProjectPage:
        """Return a page by its name, made if it was not shown before."""
        if name not in self._made:
            module, cls = PAGES[name]
            page: ProjectPage = getattr(import_module(module), cls)()
            page.remarked.connect(self.remarked)
            page.place_chosen.connect(self.place_chosen)
            page.decided.connect(self.decided)
            page.merged.connect(self.merged)
            page.show_session(self._session)
            self.addWidget(page)
            self._made[name] = page
        return self._made[name]


class PageSwitch(QWidget):
    """One button a page, at the end of the menu bar; the page in front is pressed."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        for action in actions:
            action.setCheckable(True)
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("role", "page")
            button.setAccessibleName(action.text())
            row.addWidget(button)
