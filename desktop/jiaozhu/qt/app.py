"""The program with its window: started, shown, or drawn into a picture."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from jiaozhu import __version__, i18n
from jiaozhu.i18n import gettext as _
from jiaozhu.paths import resources
from jiaozhu.qt import memory, theme
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.unexpected import Unexpected

#: The size of the window in a picture, in pixels before scaling.
PICTURE = (1440, 900)


def run(project: Path | None, *, render: Path | None = None, size: tuple[int, int] = PICTURE) -> int:
    """Open the window on a project, by default the last one, and return the exit code when it is closed.

    With `render` the window is drawn into that picture, `size` large, and the function returns at once.
    """
    application = make_application()
    window = MainWindow()
    if render is not None:
        window.resize(*size)
        window.show()
        is_open = project is None or window.open_project(project)
        application.processEvents()
        return 0 if is_open and draw(window, render) else 1
    Unexpected(window).install()
    memory.restore_window(window, window.page)
    project = project or next(iter(memory.recent_projects()), None)
    if project is not None:
        window.open_project(project)
    window.show()
    return application.exec()


def make_application() -> QApplication:
    """Return the application with its name, icon, fonts and language; there is only one."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("jiaozhu")
    application.setApplicationDisplayName(_("校注"))
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("jiaozhu")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "jiaozhu.svg")))
    application.setStyle("Fusion")
    application.setFont(theme.interface_font())
    if i18n.language() == i18n.SOURCE and not application.findChildren(QTranslator):
        translator = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
            application.installTranslator(translator)
    return application


def draw(window: MainWindow, path: Path) -> bool:
    """Draw a window into a picture; return whether it could be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return window.grab().save(str(path))
