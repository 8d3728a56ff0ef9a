"""An error that nobody expected leaves a report and a dialog, and the window at work."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.paths import user_folder
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.unexpected import Unexpected, write_report


@pytest.fixture
def taker(window: MainWindow) -> Iterator[Unexpected]:
    """Errors of this test are taken, and those of others left to pytest again."""
    hooks = sys.excepthook, threading.excepthook
    taker = Unexpected(window)
    taker.install()
    yield taker
    sys.excepthook, threading.excepthook = hooks


def fail(word: str) -> None:
    raise ZeroDivisionError(word)


def reports() -> list[Path]:
    return sorted((user_folder() / "reports").glob("*.txt"))


def box_of(window: MainWindow, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "unexpected") is not None)
    box = window.findChild(QMessageBox, "unexpected")
    assert box is not None
    return box


def test_an_error_in_a_slot_is_reported_and_said_and_work_goes_on(
    window: MainWindow, taker: Unexpected, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    QTimer.singleShot(0, lambda: fail("甲"))
    box = box_of(window, qtbot)
    (report,) = reports()
    assert "ZeroDivisionError: 甲" in report.read_text("utf-8")
    assert str(report) in box.informativeText()
    assert "ZeroDivisionError" in box.detailedText()
    box.close()
    assert window.session is not None
    window.session.accept()
    assert window.session.annotations[0].state is State.ACCEPTED


def test_an_error_in_a_thread_is_said_too(
    window: MainWindow, taker: Unexpected, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=fail, args=["乙"])
    thread.start()
    thread.join()
    assert "ZeroDivisionError: 乙" in box_of(window, qtbot).detailedText()


def test_the_same_error_is_said_once_and_reported_each_time(
    window: MainWindow, taker: Unexpected, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    for word in "丙丁":
        try:
            fail(word)
        except ZeroDivisionError as error:
            taker.take(type(error), error, error.__traceback__)
    box_of(window, qtbot)
    assert len(window.findChildren(QMessageBox, "unexpected")) == 1
    assert len(reports()) == 2


def test_the_newest_reports_are_kept_and_a_folder_that_cannot_be_written_is_no_error(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(23):
        write_report(str(number))
    assert [path.read_text("utf-8").splitlines()[-1] for path in reports()] == [str(n) for n in range(3, 23)]
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JIAOZHU_HOME", str(tmp_path / "file"))
    assert write_report("x") is None
