"""What shows, while files are dragged over the window, what happens when they are let go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from jiaozhu.qt import theme

_INSET, _ROUND = 14.0, 8.0
_VEIL = 215  # of 255: what is below still shines through
_SIZE = 24


class DropSign(QWidget):
    """A veil over the window with a frame and a word; it takes no events itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self._word = ""
        window.installEventFilter(self)
        self.hide()

    @property
    def word(self) -> str:
        """What it says."""
        return self._word

    def say(self, word: str) -> None:
        """Show it with a word."""
        self._word = word
        self.setAccessibleName(word)
        self._cover()
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw veil, frame and word."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.paper)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        pen = QPen(colours.focus, 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, _ROUND, _ROUND)
        painter.setFont(theme.reading_font(_SIZE))
        plate = QRectF(painter.fontMetrics().boundingRect(self._word)).adjusted(-36, -20, 36, 20)
        plate.moveCenter(frame.center())
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(plate, _ROUND, _ROUND)
        painter.setPen(colours.ink)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._word)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
