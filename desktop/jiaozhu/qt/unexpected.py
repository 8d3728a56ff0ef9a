"""Errors that nobody expected: written to a file that can be sent, and said in one dialog."""

from __future__ import annotations

import contextlib
import platform
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from jiaozhu import __version__
from jiaozhu.i18n import gettext as _
from jiaozhu.paths import user_folder

#: How many reports are kept.
_KEPT = 20


class Unexpected(QObject):
    """Writes a report of each error that reaches the top, and tells the user of the first of its kind.

    What was decided is on the disk before it shows, so the window stays open.
    """

    #: An error came up, maybe in a thread: the path of its report, or nothing if it could not be written.
    raised = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: set[str] = set()
        self.raised.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take errors from now on, of this thread and of others."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: (
            self.take(args.exc_type, args.exc_value, args.exc_traceback)
            if args.exc_value is not None
            else None
        )

    def take(self, type_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the report of an error, and have it told."""
        text = "".join(traceback.format_exception(type_, error, trace))
        print(text, file=sys.stderr)
        if issubclass(type_, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        path = write_report(text)
        self.raised.emit(str(path) if path is not None else "", text)

    def _tell(self, path: str, text: str) -> None:
        """Say it, once for each place in the program that it comes from."""
        place = "\n".join(text.splitlines()[:-1])
        if place in self._told:
            return
        self._told.add(place)
        box = QMessageBox(
            QMessageBox.Icon.Warning, _("意外错误"), "", QMessageBox.StandardButton.Ok, self._window
        )
        box.setObjectName("unexpected")
        said = _("程序出现意外错误，这一步可能没有完成。已保存的决定都在磁盘上，可以继续工作。")
        where = _("错误报告：{path}（不含文档内容，可以附在反馈中）").format(path=path) if path else ""
        box.setText(said)
        box.setInformativeText(where)
        box.setDetailedText(text)
        if path:
            show = box.addButton(_("打开所在文件夹"), QMessageBox.ButtonRole.HelpRole)
            show.clicked.disconnect()  # which would close the dialog
            folder = QUrl.fromLocalFile(str(Path(path).parent))
            show.clicked.connect(lambda: QDesktopServices.openUrl(folder))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def write_report(text: str) -> Path | None:
    """Write an error, with the versions of what runs, to the user's folder; return the file.

    None if it can't be written. The newest twenty reports are kept.
    """
    folder = user_folder() / "reports"
    now = datetime.now().astimezone()
    head = (
        f"Jiaozhu {__version__}\nPython {platform.python_version()}\nPySide6 {PySide6.__version__}\n"
        f"{platform.platform()}\n{now.isoformat(timespec='seconds')}\n\n"
    )
    path = folder / f"{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, "utf-8")
    except OSError:
        return None
    for old in sorted(folder.glob("*.txt"))[:-_KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path
