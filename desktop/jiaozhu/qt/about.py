"""What this program is: its version, its licence, and the libraries it stands on with theirs."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import NamedTuple

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.text import Text

_SIZE = 600, 520
_GAP = 20  # between columns


class Library(NamedTuple):
    """A library that the program needs, as it is installed."""

    name: str
    version: str
    licence: str


def libraries() -> Iterator[Library]:
    """Yield Python and the libraries that the program needs and that are installed, with their licences."""
    yield Library("Python", platform.python_version(), "PSF-2.0")
    seen = set()
    for line in requires("jiaozhu") or []:
        found = re.match(r"[\w.-]+", line)
        if found is None or "extra ==" in line or found.group() in seen:
            continue
        seen.add(found.group())
        try:
            about = metadata(found.group())
        except PackageNotFoundError:  # for another system or Python
            continue
        name = next((name for name in ("License-Expression", "License") if name in about), None)
        licence = " ".join(about[name].split()) if name is not None else ""
        yield Library(found.group(), about["Version"], licence)


class About(QDialog):
    """Shows version, purpose, licence and libraries; the versions can be copied into a report."""

    def __init__(self, extractor: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("关于校注"))
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._rows = list(libraries())
        self._head = _("校注 {version}　提取规则 {extractor}　Qt {qt}").format(
            version=__version__, extractor=extractor, qt=qVersion()
        )
        icon = QLabel()
        icon.setPixmap(QGuiApplication.windowIcon().pixmap(64, 64))
        name = Text(_("校注"))
        name.setFont(theme.reading_font(26))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(name)
        words.addWidget(Text(self._head, "quiet", size="small"))
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(icon)
        top.addLayout(words, 1)
        copy = QPushButton(_("复制版本信息"))
        copy.clicked.connect(self.copy)
        close = QPushButton(_("关闭"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        for button in copy, close:
            button.setAccessibleName(button.text())
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(14)
        layout.addLayout(top)
        layout.addWidget(
            Text(
                _(
                    "把讲话变成核对过的指标与承诺。所有决定只保存在本机的项目文件中，程序不连接网络。"
                    "程序以 MIT 许可证发布，用到的库各有其许可证："
                ),
                wraps=True,
            )
        )
        layout.addWidget(self._table(), 1)
        layout.addLayout(buttons)
        theme.dress(self)

    def copy(self) -> None:
        """Put the versions on the clipboard, a line a library."""
        lines = [self._head, *("\t".join(row) for row in self._rows)]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._rows), 3)
        table.setHorizontalHeaderLabels([_("库"), _("版本"), _("许可证")])
        table.setAccessibleName(_("用到的库和许可证"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        for row, library in enumerate(self._rows):
            for column, text in enumerate(library):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        table.resizeColumnsToContents()
        for column in range(2):
            header.resizeSection(column, header.sectionSize(column) + _GAP)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table
