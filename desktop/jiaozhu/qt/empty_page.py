"""What stands where there is nothing to show yet: a sentence, and what one can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jiaozhu.qt import theme
from jiaozhu.qt.keys import written
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
        for number, action in enumerate(actions):
            button = QPushButton(action.text().rstrip("…"))
            button.setAccessibleName(action.text())
            button.setToolTip(written(action.shortcut().toString()))
            button.setProperty("prominent", number == 0)
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
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
