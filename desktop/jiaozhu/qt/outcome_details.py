"""What is known of one document of a report, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.outcome_list import CHOICES, printable
from jiaozhu.qt.outcomes import Became, Outcome
from jiaozhu.qt.text import Text
from jiaozhu.review.storing import Treatment

#: What comes of each choice.
_MEANINGS = {
    Treatment.SKIP: _("项目中只留原有的一份。"),
    Treatment.KEEP: _("作为另一个文档导入，两份各自审校。"),
    Treatment.VERSION: _("代替原有的一份；原有的留作旧版，上面的决定尽量沿用过来。"),
}
_MEASURE = 460  # pixels: sentences are no wider
_LOST_HEIGHT, _LOST_ROW = 200, 30


class OutcomeDetails(QWidget):
    """Shows one outcome; made anew for each, since hardly two have the same parts."""

    document_wanted = Signal(str)
    encoding_wanted = Signal(object)
    #: A file is to be imported once more, by itself (its source).
    again_wanted = Signal(object)
    #: What is to be done with a held document (Treatment), and whether with all of them.
    choice_made = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(26, 20, 26, 20)
        self._layout.setSpacing(8)

    def show_outcome(self, one: Outcome | None, choice: Treatment | None = None, held: int = 0) -> None:
        """Show an outcome, what was chosen for it, and how many were held back like it."""
        _clear(self._layout)
        if one is None:
            return
        name = Text(_breakable(one.source.shown), wraps=True)
        name.setFont(theme.reading_font(17))
        path = Text(_breakable(one.source.name), "quiet", size="small", wraps=True)
        self._add(name)
        if one.source.data is None:
            self._add(path)
        self._layout.addSpacing(6)
        self._add(Text(one.sentence, "warning" if one.became is Became.FAILED else "ink", wraps=True))
        for doubt in one.doubts:
            self._add(Text(doubt, "warning", wraps=True))
        if one.became is Became.HELD:
            self._add_choices(choice, held)
        if one.lost:
            self._add_lost(one)
        self._layout.addSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        if one.is_encoding and one.document is None:
            buttons.addWidget(_button(_("选择编码…"), lambda: self.encoding_wanted.emit(one), True))
        if one.can_be_tried_again:
            text = _("再试一次") if one.became is Became.FAILED else _("单独导入")
            buttons.addWidget(_button(text, lambda: self.again_wanted.emit(one.source)))
        if (document := one.document) is not None:
            buttons.addWidget(_button(_("打开文档"), lambda: self.document_wanted.emit(document)))
        if one.like is not None:
            like = one.like.document
            text = _("打开旧版") if one.became is Became.VERSION else _("打开相近的文档")
            buttons.addWidget(_button(text, lambda: self.document_wanted.emit(like)))
        buttons.addStretch()
        self._layout.addLayout(buttons)
        self._layout.addStretch()

    def _add(self, text: Text) -> None:
        self._layout.addWidget(_shrinkable(text))

    def _add_choices(self, choice: Treatment | None, held: int) -> None:
        group = QButtonGroup(self)
        self._layout.addSpacing(4)
        for treatment, title in CHOICES.items():
            button = QRadioButton(title)
            button.setAccessibleName(title)
            button.setAccessibleDescription(_MEANINGS[treatment])
            button.setChecked(treatment is choice)
            button.clicked.connect(
                lambda _checked=False, treatment=treatment: self.choice_made.emit(treatment, False)
            )
            group.addButton(button)
            theme.dress(button)
            meaning = Text(_MEANINGS[treatment], "quiet", size="small", wraps=True)
            meaning.setContentsMargins(28, 0, 0, 4)
            both = QVBoxLayout()
            both.setSpacing(2)
            both.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            both.addWidget(_shrinkable(meaning))
            self._layout.addLayout(both)
        if held > 1:
            text = ngettext("{count} 个相近的都这样", "{count} 个相近的都这样", held).format(count=held)
            same = _button(text, lambda: self._choose_for_all(group))
            same.setEnabled(choice is not None)
            group.buttonClicked.connect(lambda _button: same.setEnabled(True))
            row = QHBoxLayout()
            row.addWidget(same)
            row.addStretch()
            self._layout.addLayout(row)

    def _choose_for_all(self, group: QButtonGroup) -> None:
        for button, treatment in zip(group.buttons(), CHOICES, strict=True):
            if button.isChecked():
                self.choice_made.emit(treatment, True)

    def _add_lost(self, one: Outcome) -> None:
        heading = Text(_("未能沿用的决定"), "quiet", size="small", bold=True)
        self._layout.addSpacing(4)
        self._layout.addWidget(heading)
        lost = QListWidget()
        lost.setAccessibleName(_("未能沿用的决定"))
        lost.setFrameShape(QFrame.Shape.NoFrame)
        lost.setFixedHeight(min(_LOST_HEIGHT, _LOST_ROW * len(one.lost) + 2))
        lost.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in one.lost:
            item = QListWidgetItem(f"{each.state}　{each.text}")
            item.setToolTip(each.text)
            item.setSizeHint(QSize(0, _LOST_ROW))
            lost.addItem(item)
        lost.verticalScrollBar().setAccessibleName(_("滚动条"))
        theme.dress(lost)
        document = one.document
        if document is not None:
            lost.itemActivated.connect(lambda _item: self.document_wanted.emit(document))
            lost.itemClicked.connect(lambda _item: self.document_wanted.emit(document))
        self._layout.addWidget(lost)


def _button(text: str, act: Callable[[], object], prominent: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setProperty("prominent", prominent)
    button.clicked.connect(lambda: act())
    theme.dress(button)
    return button


def _shrinkable(text: Text) -> Text:
    """Return a text that takes the width that there is, up to a measure that is read with ease."""
    text.setMaximumWidth(_MEASURE)
    policy = text.sizePolicy()  # which knows that the height goes with the width
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    text.setSizePolicy(policy)
    return text


def _breakable(text: str) -> str:
    """Return a name or path that may be broken into lines behind each character."""
    return "\u200b".join(printable(text))


def _clear(layout: QLayout) -> None:
    """Take everything out of a layout and what is nested in it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            _clear(inner)
