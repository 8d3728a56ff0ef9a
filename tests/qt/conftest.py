"""A project on the disk and a window on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from jiaozhu.qt import app
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.store import Store
from sketch import sketch

#: A report from a meeting, as a paper would print it: two speeches, the first with a nested pair.
PRESS = (
    "今年以来，河东县经济稳中向好，实现GDP⟦486.2亿元⟧，增长⟦6.9%⟧。"
    "明年⟪力争跨境电商交易额⟦突破1500亿元⟧⟫，⟪新建5所学校⟫。\n"
    "河西区工业增加值增长⟦8.1%⟧，引进重大项目12个。⟪加快建设智慧港口⟫。"
)
FIELDS = {"indicator": "GDP", "value": "48620000000", "unit": "元", "comparator": "=", "kind": "level"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the press document, nothing of it decided."""
    path = tmp_path / "河东.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(PRESS, source="会议.txt", **FIELDS))
    return path


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Path | None], MainWindow]]:
    """Open windows, as often as asked; all are closed in the end."""
    app.make_application()
    windows = []

    def open_(path: Path | None) -> MainWindow:
        window = MainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        if path is not None:
            assert window.open_project(path)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for window in windows:
        window.page.card.cancel()
        window.close()


@pytest.fixture
def window(open_window: Callable[[Path | None], MainWindow], project: Path) -> MainWindow:
    """A window on the project, the keyboard focus in the text."""
    return open_window(project)
