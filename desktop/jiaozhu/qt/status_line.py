"""The line at the bottom: keys, what undo would take back, how far one is, and when it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keys, readable
from jiaozhu.store import Counts

#: How long a passing remark stands, in milliseconds.
_REMARK = 6_000


class StatusLine(QStatusBar):
    """Says what is going on; a write that failed stays here until it is retried or given up."""

    retry = Signal()
    discard = Signal()
    cancel = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._hints: Sequence[tuple[str, str]] = ()
        self._hint = _label(_("按键提示"))
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setTextFormat(Qt.TextFormat.RichText)
        self._remark = _label(_("提示"))
        self._remark.setProperty("role", "remark")
        self._problem = _label(_("保存失败"))
        self._problem.setProperty("role", "problem")
        self._undo = _label(_("可撤销"))
        self._counts = _label(_("进度"))
        self._saved = _label(_("保存"))
        self._retry = _button(_("重试"))
        self._discard = _button(_("放弃这一步"))
        self._task = _label(_("任务"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("任务进度"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(140, 6)
        self._cancel = _button(_("取消"))

        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(16)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._problem, 1)
        layout.addWidget(self._retry)
        layout.addWidget(self._discard)
        layout.addWidget(self._remark)
        layout.addWidget(self._task)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        layout.addWidget(self._undo)
        layout.addWidget(self._counts)
        layout.addWidget(self._saved)
        self.addWidget(row, 1)

        self._clock = QTimer(self, singleShot=True, interval=_REMARK)
        self._clock.timeout.connect(lambda: self.remark(""))
        self._retry.clicked.connect(self.retry)
        self._discard.clicked.connect(self.discard)
        self._cancel.clicked.connect(self.cancel)
        self.show_problem(None)
        self.remark("")
        self.show_task(None)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show keys and what they do."""
        self._hints = hints
        self._fit()

    def show_undo(self, title: str | None) -> None:
        """Show what undo would take back."""
        _set(self._undo, title or "")

    def show_counts(self, counts: Counts | None) -> None:
        """Show how many annotations of the open document are decided."""
        _set(self._counts, "" if counts is None else f"{counts.decided}/{counts.total}")

    def show_saved(self, at: datetime | None) -> None:
        """Show when the last decision reached the disk; None: none has in this sitting."""
        _set(self._saved, "" if at is None else _("已保存 {time}").format(time=readable.moment(at)))

    def show_problem(self, problem: str | None) -> None:
        """Show why the last decision is not saved, with ways out; None: all is saved."""
        for widget in (self._problem, self._retry, self._discard):
            widget.setVisible(problem is not None)
        self._hint.setVisible(problem is None)
        self._problem.setText(problem or "")
        self._saved.setVisible(problem is None)

    def remark(self, text: str) -> None:
        """Say something in passing."""
        _set(self._remark, text)
        self._remark.setVisible(bool(text))
        if text:
            self._clock.start()

    def show_task(self, text: str | None, done: int = 0, total: int = 0) -> None:
        """Show what is being done beside; a total of 0 is unknown; None: it is over."""
        for widget in (self._task, self._bar, self._cancel):
            widget.setVisible(text is not None)
        self._task.setText((text or "").format(done=done, total=total))
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many keys as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._hint.setText(
            "&nbsp;&nbsp;&nbsp; ".join(
                f"{keys.caps([key])}&nbsp;{escape(title)}" for key, title in self._hints
            )
        )


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", "status")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAccessibleName(name)
    return label


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _set(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
