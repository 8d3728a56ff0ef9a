"""A quiet line above the text: something about the document that one should know, and a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.text import Text


class Notice(QWidget):
    """Says one sentence; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Text()
        self._text.setAccessibleName(_("提示"))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.link = QPushButton()
        self.link.setProperty("role", "line")
        self.link.setAccessibleName(_("提示"))
        self.link.setFlat(True)
        self.link.clicked.connect(self._follow)
        self._ground = "hover"
        self._act: Callable[[], object] | None = None
        theme.dress(self.link)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 7, 20, 8)
        layout.setSpacing(16)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.link)
        self.hide()

    @property
    def said(self) -> str:
        """What is said; empty if nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        sentence: str,
        link: str = "",
        act: Callable[[], object] | None = None,
        *,
        is_warning: bool = False,
    ) -> None:
        """Say a sentence, with a link that does something; an empty one: nothing any more."""
        self._ground = "warning_tint" if is_warning else "hover"
        self._text.show_text(sentence)
        self._text.setToolTip(sentence)
        self.link.setText(link)
        self.link.setAccessibleName(link or _("提示"))
        self._act = act
        self.setVisible(bool(sentence))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below."""
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), colours.colours()[self._ground])
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)

    def _follow(self) -> None:
        if self._act is not None:
            self._act()
