"""The left pane: the project's documents, or a list of single annotations to be gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.queue_pane import QueuePane

if TYPE_CHECKING:
    from jiaozhu.qt.worklist_pane import WorklistPane
    from jiaozhu.review import Session


class LeftPane(QWidget):
    """Turns from one to the other; the worklist is made when it is first wanted."""

    #: As of the worklist.
    picked = Signal(int)
    left = Signal()
    remarked = Signal(str)

    def __init__(self, queue: QueuePane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._worklist: WorklistPane | None = None
        self._session: Session | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(queue)
        self.documents, self.annotations = _button(_("文档")), _button(_("条目"))
        group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setContentsMargins(12, 10, 12, 0)
        line.setSpacing(4)
        for button in (self.documents, self.annotations):
            group.addButton(button)
            line.addWidget(button, 1)
        self.documents.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._stack, 1)
        self.annotations.toggled.connect(self._turn)

    @property
    def is_worklist(self) -> bool:
        """Whether it is turned to the worklist."""
        return self.annotations.isChecked()

    @property
    def worklist(self) -> WorklistPane:
        """The worklist, made if it was not wanted before."""
        if self._worklist is None:
            from jiaozhu.qt.worklist_pane import WorklistPane  # it takes numpy to load

            self._worklist = WorklistPane()
            for signal in ("picked", "left", "remarked"):
                getattr(self._worklist, signal).connect(getattr(self, signal))
            self._worklist.show_session(self._session)
            self._stack.addWidget(self._worklist)
        return self._worklist

    def show_session(self, session: Session | None) -> None:
        """Take another project, or none, and list its documents."""
        self._session = session
        if self._worklist is not None:
            self._worklist.show_session(session)
        self.documents.setChecked(True)

    def turn_to_worklist(self, on: bool) -> None:
        """Turn to the worklist, which is followed from then on, or back to the documents."""
        (self.annotations if on else self.documents).setChecked(True)

    def _turn(self, on: bool) -> None:
        self._stack.setCurrentWidget(self.worklist if on else self._queue)
        if self._session is None:
            return
        if on:
            self.worklist.begin()
        else:
            self.worklist.leave()

    def follow_session(self, *, is_all_new: bool = False) -> None:
        """Show where the session is in the worklist; `is_all_new`: several annotations have changed."""
        if self.is_worklist:
            self.worklist.follow_session(is_all_new=is_all_new)

    def refresh(self) -> None:
        """Take in documents that have come in."""
        if self.is_worklist:
            self.worklist.refresh()

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        self._queue.apply_theme()
        if self._worklist is not None:
            self._worklist.apply_theme()

    @property
    def list(self) -> QWidget:
        """The list that is shown."""
        return self.worklist.list if self.is_worklist else self._queue.list

    @property
    def text(self) -> QLineEdit:
        """The field above the list that is shown."""
        return self.worklist.text if self.is_worklist else self._queue.text


def _button(title: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setAccessibleName(title)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("role", "page")
    button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
    theme.dress(button)
    return button
