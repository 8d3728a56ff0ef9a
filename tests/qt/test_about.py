"""About: the program and every library it needs, each with its version and licence."""

import re
from importlib.metadata import requires

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidget

from jiaozhu import __version__
from jiaozhu.qt.about import About, libraries
from jiaozhu.qt.main_window import MainWindow


def test_every_library_is_named_with_version_and_licence() -> None:
    named = {library.name.casefold() for library in libraries()}
    needed = [line for line in requires("jiaozhu") or [] if "extra ==" not in line]
    assert named >= {re.split(r"[^\w.-]", line)[0].casefold() for line in needed}
    assert all(library.version and library.licence for library in libraries())
    assert not [library for library in libraries() if re.search(r"\bA?GPL", library.licence.split(" OR ")[0])]


def test_the_menu_opens_it_and_versions_can_be_copied(window: MainWindow) -> None:
    window.items["about"].trigger()
    about = window.findChild(About)
    assert about is not None
    table = about.findChild(QTableWidget)
    assert table is not None
    assert table.rowCount() == len(list(libraries()))
    about.copy()
    assert f"校注 {__version__}" in QGuiApplication.clipboard().text()
