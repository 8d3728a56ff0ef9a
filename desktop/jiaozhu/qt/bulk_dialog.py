"""Deciding on several at once: how many, which ones, and leaving some of them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.text import Text
from jiaozhu.store import Mention

_Index = QModelIndex | QPersistentModelIndex

_SIZE = 760, 480
_ROW = 32
_BEFORE = 0.42  # of the width: what stands before the annotation, so that all begin at one line
_MENTION = Qt.ItemDataRole.UserRole
_TITLE = Qt.ItemDataRole.UserRole + 1

_SCOPES = {"speech": _("本篇讲话"), "document": _("本文档"), "project": _("整个项目")}


class Mentions(QAbstractListModel):
    """The annotations of an act, each of which can be left out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[Mention] = []
        self._left_out: set[int] = set()

    def show_mentions(self, mentions: Sequence[Mention]) -> None:
        """Show other annotations, none of them left out."""
        self.beginResetModel()
        self._shown, self._left_out = list(mentions), set()
        self.endResetModel()

    @property
    def chosen(self) -> list[Mention]:
        """The annotations that were not left out."""
        return [item for row, item in enumerate(self._shown) if row not in self._left_out]

    def toggle(self, rows: Sequence[int]) -> None:
        """Leave rows out, or take them in again if all of them are out."""
        self._left_out = (
            self._left_out - set(rows) if self._left_out >= set(rows) else {*self._left_out, *rows}
        )
        self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of annotations."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        mention = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{mention.before}{mention.annotation.text}{mention.after}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{mention.title}\n{mention.before}{mention.annotation.text}{mention.after}"
        if role == Qt.ItemDataRole.CheckStateRole:
            out = index.row() in self._left_out
            return Qt.CheckState.Unchecked if out else Qt.CheckState.Checked
        if role == _TITLE:  # said where it is not the same in all rows: they are by document
            return mention.title if self._shown[0].document != self._shown[-1].document else ""
        return mention if role == _MENTION else None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Leave an annotation out, or take it in."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle([index.row()])
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class _Line(QStyledItemDelegate):
    """Draws an annotation in its surroundings, and its document at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a row."""
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the box, the words with what stands around them, and the document."""
        self.initStyleOption(option, index)
        style, colours = QApplication.style(), theme.current()
        text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        mention: Mention = index.data(_MENTION)
        painter.save()
        painter.setFont(option.font)
        metrics = QFontMetrics(option.font)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        title = index.data(_TITLE)
        width = min(text.width() // 3, metrics.horizontalAdvance(title))
        right = text.adjusted(text.width() - width, 0, -8, 0)
        painter.setPen(colours.on_select if selected else colours.quiet)
        title = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, right.width())
        painter.drawText(right, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), title)
        text.setRight(right.left() - 16)
        painter.setClipRect(text)
        quiet = colours.on_select if selected else colours.quiet
        before = QRect(text.left(), text.top(), int(text.width() * _BEFORE), text.height())
        painter.setPen(quiet)
        left = metrics.elidedText(mention.before, Qt.TextElideMode.ElideLeft, before.width())
        painter.drawText(before, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), left)
        text.setLeft(before.right() + 1)
        ink = colours.metric if mention.annotation.type == "metric" else colours.commitment
        painter.setPen(colours.on_select if selected else ink)
        _draw_elided(painter, text, mention.annotation.text)
        text.setLeft(text.left() + metrics.horizontalAdvance(mention.annotation.text))
        painter.setPen(quiet)
        _draw_elided(painter, text, mention.after)
        painter.restore()


def _draw_elided(painter: QPainter, area: QRect, text: str) -> None:
    """Draw a text from the left, as much of it as there is room for."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)


class BulkDialog(QDialog):
    """Lists what an act would be on. Space leaves a row out, Ctrl+A all or none, Enter does it."""

    def __init__(
        self,
        title: str,
        help_: str,
        by_scope: Mapping[str, Sequence[Mention]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("bulk")
        self.resize(*_SIZE)
        self._verb = title
        self._model = Mentions(self)
        #: What was found, by scope.
        self.found = by_scope
        self._scopes = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(18)
        for number, (scope, found) in enumerate(self.found.items(), 1):
            button = QRadioButton(f"&{number}  {_SCOPES[scope]}　{len(found)}")
            button.setAccessibleName(f"{_SCOPES[scope]} {len(found)}")
            button.setEnabled(bool(found))
            button.clicked.connect(lambda _checked, scope=scope: self.show_scope(scope))
            self._scopes.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.installEventFilter(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("将要处理的条目"))
        self._yes = QPushButton()
        self._yes.setDefault(True)
        self._yes.setProperty("prominent", True)
        self._yes.clicked.connect(self.accept)
        no = QPushButton(_("取消"))
        no.setAutoDefault(False)
        no.setAccessibleName(_("取消"))
        no.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(Text(_("空格 去掉或加回一条　Ctrl+A 全部　Enter 执行"), "quiet", size="small"))
        buttons.addStretch()
        buttons.addWidget(no)
        buttons.addWidget(self._yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Text(help_, wraps=True))
        if len(self.found) > 1:
            layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        theme.dress(self)
        self._model.dataChanged.connect(self._count)
        self._model.modelReset.connect(self._count)
        self.show_scope(next((scope for scope, found in self.found.items() if found), next(iter(self.found))))
        self.list.setFocus()

    @property
    def chosen(self) -> list[Mention]:
        """What the act is to be on."""
        return self._model.chosen

    def show_scope(self, scope: str) -> None:
        """Look as far as this: "speech", "document" or "project"."""
        self._scopes.buttons()[list(self.found).index(scope)].setChecked(True)
        self._model.show_mentions(self.found[scope])
        self.list.setCurrentIndex(self._model.index(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the digits of the scopes, and Ctrl+A, from the list, which would search for them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            numbered = dict(zip("123", self.found, strict=False))
            scope = numbered.get(event.text())
            if scope is not None:
                if self.found[scope]:
                    self.show_scope(scope)
                return True
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self._model.toggle(range(self._model.rowCount()))
                return True
        return super().eventFilter(watched, event)

    def _count(self) -> None:
        count = len(self._model.chosen)
        text = ngettext("{act} {count} 条", "{act} {count} 条", count).format(act=self._verb, count=count)
        self._yes.setText(text)
        self._yes.setAccessibleName(text)
        self._yes.setEnabled(count > 0)
