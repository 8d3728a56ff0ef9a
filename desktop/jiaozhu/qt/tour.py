"""The guided first review: one thing at a time, and the next one when it was done by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import keys, theme
from jiaozhu.qt.text import Text
from jiaozhu.review.actions import ReviewAction


class Step(NamedTuple):
    """One thing to try: what to do and why, and the actions that count as having tried it."""

    title: str
    text: str
    actions: tuple[str, ...]


#: What a reviewer needs for a first speech, in the order of use. {…} are the keys of the action named.
STEPS = (
    Step(
        _("看一条，按一个键"),
        _(
            "正文里有底色的是程序标出的指标，左侧有竖线的是承诺。"
            "右栏是当前这一条的字段。对的，按 {accept} 采纳。"
        ),
        ("accept",),
    ),
    Step(
        _("不该标的，驳回"),
        _("名称、口号里的数字不是指标。按 {reject} 驳回；错了不要紧，下一步就撤销。"),
        ("reject",),
    ),
    Step(_("每一步都能撤销"), _("按 {undo} 收回刚才的驳回。所有决定一按即存，撤销也记在经过里。"), ("undo",)),
    Step(
        _("范围不准，就地挪动"),
        _(
            "{start_left} {start_right} 挪起点，{end_left} {end_right} 挪终点；"
            "挪好后按 {accept} 到下一条。试着挪一下。"
        ),
        ("start_left", "start_right", "end_left", "end_right", "start_word_left", "end_word_right"),
    ),
    Step(
        _("字段不对，当场更正"),
        _("按 {edit_fields} 打开字段，Tab 到下一格，回车保存。数值、期间可以照原文写，程序会换算。"),
        ("edit_fields",),
    ),
    Step(
        _("拿不准，先搁置"),
        _("按 {skip} 跳过这一条，全部看完后它会再来；按 {flag} 做个标记也行。"),
        ("skip", "flag"),
    ),
    Step(
        _("漏了，自己加"),
        _(
            "用鼠标拖选，或按 {caret} 打开光标、按住 Shift 用方向键选中文字，"
            "再按 {add_metric} 或 {add_commitment}。"
        ),
        ("add_metric", "add_commitment"),
    ),
)


class Tour(QWidget):
    """A panel above the text: the step, how far one is, and the way out."""

    def __init__(
        self, actions: Mapping[str, ReviewAction], ended: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        """Return the panel at its first step; `ended` is called when it is over or was left."""
        super().__init__(parent)
        self.setObjectName("tour")
        self._actions = actions
        self._ended = ended
        self._at = 0
        self._count = Text(ink="quiet", size="small")
        self._title = Text(bold=True)
        self._text = Text(wraps=True)
        self._next = QPushButton(_("下一步"))
        self._leave = QPushButton(_("不用引导"))
        self._next.clicked.connect(self.advance)
        self._leave.clicked.connect(self.close_tour)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch()
        for button in self._leave, self._next:
            button.setProperty("role", "link")
            button.setFlat(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(button.text())
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._text)
        theme.dress(self)
        self._show()

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """What Tab stops at, in its order."""
        return self._leave, self._next

    @property
    def step(self) -> int:
        """The number of the step that is shown, from 0; that of STEPS at the end."""
        return self._at

    @property
    def said(self) -> str:
        """What is said at this step."""
        return f"{self._title.text()} {self._text.text()}"

    def see(self, action_id: str) -> None:
        """Go on if this action is the one that the step asks for."""
        if self._at < len(STEPS) and action_id in STEPS[self._at].actions:
            self.advance()

    def advance(self) -> None:
        """Go on to the next step; after the last one, say what comes now, and then end."""
        self._at += 1
        if self._at > len(STEPS):
            self.close_tour()
        else:
            self._show()

    def close_tour(self) -> None:
        """End, now or before the end."""
        self.hide()
        self._ended()

    def _show(self) -> None:
        if self._at < len(STEPS):
            step = STEPS[self._at]
            written = {id_: _first_key(action) for id_, action in self._actions.items()}
            self._title.show_text(step.title)
            self._text.show_text(step.text.format(**written))
            self._count.show_text(f"{self._at + 1} / {len(STEPS)}")
            return
        self._title.show_text(_("会了"))
        text = _(
            "接着审完这个示例，或新建项目导入自己的讲话。{key_sheet} 列出所有按键，{guideline} 打开标注指南。"
        )
        self._text.show_text(text.format(**{id_: _first_key(item) for id_, item in self._actions.items()}))
        self._count.show_text("")
        self._next.setText(_("结束"))
        self._next.setAccessibleName(_("结束"))
        self._leave.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the line below."""
        painter = QPainter(self)
        colours = theme.current()
        painter.fillRect(self.rect(), colours.metric_tint)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)


def _first_key(action: ReviewAction) -> str:
    return keys.written(action.keys[0]) if action.keys else action.title
