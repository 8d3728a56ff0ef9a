"""What stands where there is nothing to show yet: a sentence, and what one can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jiaozhu.qt import theme
from jiaozhu.qt.text import Text


class EmptyPage(QWidget):
    """A title, a sentence, buttons; below them links to what was used before."""

    def __init__(
        self, title: str, sentence: str, actions: Sequence[QAction] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.dress(self)
        icon = QLabel()
        icon.setPixmap(QGuiApplication.windowIcon().pixmap(76, 76))
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = Text(title)
        name.setFont(theme.reading_font(26))
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = Text(sentence, "quiet", wraps=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        self._buttons = {action: QPushButton(action.text().rstrip("…")) for action in actions}
        for action, button in self._buttons.items():
            button.setAccessibleName(action.text())
            button.clicked.connect(action.trigger)
            action.changed.connect(self._show_tips)
            buttons.addWidget(button)
        self._show_tips()
        if actions:
            self.stress(actions[0])
        buttons.addStretch()
        self._below = QVBoxLayout()
        self._below.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.addStretch(3)
        layout.addWidget(icon)
        layout.addSpacing(14)
        layout.addWidget(name)
        layout.addSpacing(10)
        layout.addWidget(text)
        layout.addSpacing(22)
        layout.addLayout(buttons)
        layout.addSpacing(26)
        layout.addLayout(self._below)
        layout.addStretch(4)

    def stress(self, action: QAction) -> None:
        """Make the button of an action the prominent one, which the first is at the start."""
        for one, button in self._buttons.items():
            button.setProperty("prominent", one is action)
            button.style().unpolish(button)  # the style sheet looks at the property only once
            button.style().polish(button)

    def _show_tips(self) -> None:
        """Say on each button what it does, with the keys that it has now."""
        for action, button in self._buttons.items():
            button.setToolTip(action.toolTip())

    def show_links(self, heading: str, actions: Sequence[QAction]) -> None:
        """Show other actions as links below the buttons, under a heading."""
        while (item := self._below.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if actions:
            above = Text(heading, "quiet", size="small", bold=True)
            self._below.addWidget(above, 0, Qt.AlignmentFlag.AlignHCenter)
        for action in actions:
            link = QPushButton(action.text())
            link.setAccessibleName(action.text())
            link.setToolTip(action.toolTip())
            link.setProperty("role", "link")
            link.setFlat(True)
            link.clicked.connect(action.trigger)
            self._below.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
