"""Words on the window: labels in the theme's colours.

Colours come from palettes. A style sheet would do too, but makes each label cost ten times as much
to draw, and the card has thirty of them; so style sheets are for fields, buttons, lists and menus.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from jiaozhu.qt import theme


class Text(QLabel):
    """A label in one of the theme's colours; plain text unless told otherwise."""

    def __init__(
        self,
        text: str = "",
        ink: str = "ink",
        *,
        size: str = "size",
        bold: bool = False,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._ink = ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        font = theme.interface_font(size)
        font.setBold(bold)
        self.setFont(font)
        self.apply_theme()

    def show_text(self, text: str) -> None:
        """Show a text; nothing is laid out anew if it is the one that is shown."""
        if self.text() != text:
            self.setText(text)

    def set_ink(self, ink: str) -> None:
        """Use another of the theme's colours."""
        if ink != self._ink:
            self._ink = ink
            self.apply_theme()

    def apply_theme(self) -> None:
        """Take the colour from the current theme."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.current().colours()[self._ink])
        self.setPalette(palette)


class Patch(Text):
    """Text on a patch of colour with round corners."""

    def __init__(self, text: str = "", ink: str = "ink", patch: str = "line", *, bold: bool = False) -> None:
        super().__init__(text, ink, bold=bold, wraps=not bold)
        self._patch = patch
        self.setContentsMargins(10, 7, 10, 7)

    def set_patch(self, patch: str) -> None:
        """Use another of the theme's colours for the patch."""
        if patch != self._patch:
            self._patch = patch
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the patch, then the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colours()[self._patch])
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.end()
        super().paintEvent(event)


class Chip(Patch):
    """A word on a patch of colour."""

    def __init__(self, text: str = "", ink: str = "ink", patch: str = "line") -> None:
        super().__init__(text, ink, patch, bold=True)
        self.setContentsMargins(9, 2, 9, 2)
