"""Choosing the encoding of a file by what it begins with under each that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import theme
from jiaozhu.qt.jobs import Job
from jiaozhu.qt.outcomes import Source
from jiaozhu.qt.text import Text
from jiaozhu.reading import candidates
from jiaozhu.reading.files import load

_LINES = 8
_SAMPLE = 20_000  # characters that are looked at for them
_LONGEST = 200  # characters of a line
_LIST_WIDTH, _ROW = 230, 34
_SIZE = 820, 470

#: What encodings are for; others have their name alone.
_NAMES = {
    "utf-8": _("UTF-8　通用"),
    "gb18030": _("GB18030　简体中文"),
    "cp950": _("Big5　繁体中文"),
    "big5hkscs": _("Big5-HKSCS　香港"),
    "utf-16-le": _("UTF-16　小端"),
    "utf-16-be": _("UTF-16　大端"),
    "utf-32-le": _("UTF-32　小端"),
    "utf-32-be": _("UTF-32　大端"),
    "shift_jis": _("Shift-JIS　日文"),
    "cp932": _("CP932　日文"),
    "euc_jp": _("EUC-JP　日文"),
    "euc_jis_2004": _("EUC-JIS-2004　日文"),
    "shift_jis_2004": _("Shift-JIS-2004　日文"),
    "johab": _("Johab　韩文"),
    "euc_kr": _("EUC-KR　韩文"),
    "cp949": _("CP949　韩文"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it begins under one encoding."""

    encoding: str
    beginning: str


class EncodingDialog(QDialog):
    """Lists the encodings, the likeliest first, beside the first lines under the one that is chosen."""

    #: The source, with the encoding to read it in.
    chosen = Signal(object)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("选择编码"))
        self.setObjectName("encoding_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source = source
        self._readings: list[Reading] = []
        self.title = Text(_("“{name}”是用哪一种编码写成的？").format(name=source.shown), wraps=True)
        self.title.setFont(theme.reading_font(18))
        self.said = Text(_("正在逐一试读…"), "quiet", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("可能的编码"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self._choose)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(_("文件的开头"))
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setFont(theme.reading_font(17))
        self.preview.setTabChangesFocus(True)
        self.preview.document().setDocumentMargin(16)
        self.take = QPushButton(_("按此编码导入"))
        self.take.setProperty("prominent", True)
        self.take.setDefault(True)
        self.take.setEnabled(False)
        leave = QPushButton(_("取消"))
        self.take.clicked.connect(self._choose)
        leave.clicked.connect(self.reject)
        for widget in (self.take, leave, self.list, self.preview.verticalScrollBar()):
            theme.dress(widget)
        for button in (self.take, leave):
            button.setAccessibleName(button.text())
        for area in (self.list, self.preview):
            area.verticalScrollBar().setAccessibleName(_("滚动条"))
            area.horizontalScrollBar().setAccessibleName(_("滚动条"))
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list)
        middle.addWidget(self.preview, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch()
        foot.addWidget(self.take)
        foot.addWidget(leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.said)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(*_SIZE)
        self._job = Job(self._read, self)
        self._job.made.connect(self._on_read)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    @property
    def encodings(self) -> list[str]:
        """The encodings that can be chosen, the likeliest first."""
        return [reading.encoding for reading in self._readings]

    def done(self, result: int) -> None:
        """Close; the thread is waited for."""
        self._job.cancel()
        self._job.wait()
        super().done(result)

    def _read(self) -> Iterator[object]:
        """Read the file under each encoding, in the thread: it may be long."""
        data = self._source.data
        data = load(Path(self._source.name)) if data is None else data
        yield [Reading(name, beginning(data.decode(name)[:_SAMPLE])) for name, _preview in candidates(data)]

    def _on_read(self, readings: list[Reading]) -> None:
        self._readings = readings
        if not readings:
            self._on_failed(
                _("没有一种编码能读出整个文件，它有损坏的字节；请用原来的程序另存为 UTF-8，再导入。")
            )
            return
        self.said.show_text(_("最可能的在最前。看右边的开头，选能读通的一种。"))
        for reading in readings:
            name = _NAMES.get(reading.encoding, reading.encoding.upper())
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, _ROW))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, reading.beginning[:_LONGEST])
            self.list.addItem(item)
        self.take.setEnabled(True)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _on_failed(self, problem: str) -> None:
        self.said.set_ink("warning")
        self.said.show_text(problem)

    def _show(self, row: int) -> None:
        self.preview.setPlainText(self._readings[row].beginning if row >= 0 else "")

    def _choose(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            source = replace(self._source, encoding=self._readings[row].encoding)
            self.accept()
            self.chosen.emit(source)


def beginning(text: str) -> str:
    """Return the first lines of a text that aren't empty, for people to judge; of a page without its tags."""
    text = text.removeprefix("\ufeff")
    if "<html" in text[:2000].lower() or "<!doctype" in text[:2000].lower():
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    lines = (" ".join(line.split()) for line in text.splitlines())
    shown = ["".join(char if char.isprintable() else "\ufffd" for char in line) for line in lines if line]
    return "\n".join(line[:_LONGEST] for line in shown[:_LINES])
