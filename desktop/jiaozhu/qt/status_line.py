"""The line at the bottom: keys, what undo would take back, how far one is, and when it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keys, readable, theme
from jiaozhu.qt.text import Text
from jiaozhu.store import Counts

#: How long a passing remark stands, in milliseconds.
_REMARK = 6_000
_HEIGHT = 38
#: Between one hint and the next, in pixels.
_GAP = 18


class Hints(Text):
    """Keys and what they do, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__(ink="quiet")
        self._hints: Sequence[tuple[str, str]] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show other hints: keys with titles."""
        self._hints = hints
        self._fit()

    def apply_theme(self) -> None:
        """Take the colours of the current theme, also those of the keys' caps."""
        super().apply_theme()
        if self.text():
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        shown = []
        for key, title in self._hints:
            room -= self.fontMetrics().horizontalAdvance(f" {key}  {title}") + _GAP
            if room < 0:
                break
            shown.append(f"{keys.caps([key])}&nbsp;{escape(title)}")
        self.show_text("&nbsp;&nbsp;&nbsp; ".join(shown))


class StatusLine(QWidget):
    """Says what is going on; a write that failed stays here until it is retried or given up."""

    retry = Signal()
    discard = Signal()
    elsewhere = Signal()
    cancel = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._hints = Hints()
        self._remark = Text(bold=True)
        self._problem = Text(ink="warning", wraps=True)
        self._undo = Text(ink="quiet")
        self._counts = Text(ink="quiet")
        self._saved = Text(ink="quiet")
        self._retry = _button(_("重试"))
        self._elsewhere = _button(_("另存为…"))
        self._discard = _button(_("放弃这一步"))
        self._task = Text()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(140, 6)
        self._cancel = _button(_("取消"))
        for widget, name in (
            (self._hints, _("按键")),
            (self._remark, _("提示")),
            (self._problem, _("保存失败")),
            (self._undo, _("可撤销")),
            (self._counts, _("进度")),
            (self._saved, _("保存")),
            (self._task, _("任务")),
            (self._bar, _("任务进度")),
        ):
            widget.setAccessibleName(name)
        for dressed in (self._retry, self._elsewhere, self._discard, self._bar, self._cancel):
            theme.dress(dressed)
        # What changes with each decision has a place of fixed width: nothing else moves with it.
        self._undo.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._undo.setFixedWidth(self._undo.fontMetrics().horizontalAdvance("字") * 22)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._counts.setFixedWidth(self._counts.fontMetrics().horizontalAdvance("00000/00000"))
        self._task.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._task.setFixedWidth(self._task.fontMetrics().horizontalAdvance("字") * 24)
        saved = _("已保存 {time}").format(time="00:00:00")
        self._saved.setFixedWidth(self._saved.fontMetrics().horizontalAdvance(saved) + 6)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 1, 14, 0)
        layout.setSpacing(16)
        layout.addWidget(self._hints, 1)
        layout.addWidget(self._problem, 1)
        layout.addWidget(self._retry)
        layout.addWidget(self._elsewhere)
        layout.addWidget(self._discard)
        layout.addWidget(self._remark)
        layout.addWidget(self._task)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        layout.addWidget(self._undo)
        layout.addWidget(self._counts)
        layout.addWidget(self._saved)

        self._clock = QTimer(self, singleShot=True, interval=_REMARK)
        self._clock.timeout.connect(lambda: self.remark(""))
        self._retry.clicked.connect(self.retry)
        self._discard.clicked.connect(self.discard)
        self._elsewhere.clicked.connect(self.elsewhere)
        self._cancel.clicked.connect(self.cancel)
        self._has_problem = self._has_task = True
        self.show_problem(None)
        self.remark("")
        self.show_task(None)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys and what they do."""
        self._hints.show_hints(hints)

    def show_undo(self, title: str | None) -> None:
        """Show what undo would take back."""
        _show_elided(self._undo, title or "")

    def show_counts(self, counts: Counts | None) -> None:
        """Show how many annotations of the open document are decided."""
        self._counts.show_text("" if counts is None else f"{counts.decided}/{counts.total}")

    def show_saved(self, at: datetime | None) -> None:
        """Show when the last decision reached the disk; None: none has in this sitting."""
        self._saved.show_text("" if at is None else _("已保存 {time}").format(time=readable.moment(at)))

    def show_problem(self, problem: str | None) -> None:
        """Show why the last decision is not saved, with ways out; None: all is saved."""
        self._problem.show_text(problem or "")
        if self._has_problem == (problem is not None):
            return
        self._has_problem = problem is not None
        for widget in (self._problem, self._retry, self._elsewhere, self._discard):
            widget.setVisible(self._has_problem)
        for widget in (self._hints, self._saved):
            widget.setVisible(not self._has_problem)
        self._show_undo()

    def remark(self, text: str) -> None:
        """Say something in passing."""
        self._remark.show_text(text)
        self._remark.setVisible(bool(text))
        if text:
            self._clock.start()

    @property
    def said(self) -> str:
        """What is being said in passing."""
        return self._remark.text()

    @property
    def problem(self) -> str:
        """Why the last decision is not saved; empty if all is."""
        return self._problem.text()

    @property
    def saved(self) -> str:
        """What is said of the last decision that reached the disk."""
        return self._saved.text()

    def show_task(self, text: str | None, done: int = 0, total: int = 0) -> None:
        """Show what is being done beside; a total of 0 is unknown; None: it is over."""
        self._has_task = text is not None
        for widget in (self._task, self._bar, self._cancel):
            widget.setVisible(self._has_task)
        self._show_undo()
        _show_elided(self._task, text or "")
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _show_undo(self) -> None:
        """Leave the place of what undo would take back to what is more urgent."""
        self._undo.setVisible(not self._has_problem and not self._has_task)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line above the line."""
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.current().line)


def _show_elided(label: Text, text: str) -> None:
    """Show as much of a text as there is room for, and all of it where the mouse rests."""
    shown = label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, label.width())
    label.show_text(shown)
    label.setToolTip(text if shown != text else "")


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
