"""Journeys through the window with real events, from a start to an end that people know.

Each leaves pictures under build/screens/. Chinese is typed through the input method.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from jiaozhu.export import EXPORTERS
from jiaozhu.model import State
from jiaozhu.qt import theme
from jiaozhu.qt.ledger_columns import PLACES
from jiaozhu.qt.ledger_page import LedgerPage
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.actions import CHOSEN_KEYS
from jiaozhu.store import Store
from sketch import sketch

Open = Callable[[Path | None], MainWindow]

JSONL = next(exporter for exporter in EXPORTERS if exporter.name == "jsonl")
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
SIGNS = {
    State.SUGGESTED: "·",
    State.ACCEPTED: "✓",
    State.CORRECTED: "c",
    State.REJECTED: "✗",
    State.ADDED: "+",
}


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave neither keys nor a theme to the next test."""
    yield
    CHOSEN_KEYS.clear()
    theme.choose(None)


def shoot(widget: QWidget, name: str) -> None:
    """Leave a picture of a window or dialog."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(SCREENS / f"journey-{name}.png"))


def press(where: QWidget, keys: str) -> None:
    """Press keys one after the other where the keyboard focus of a window is."""
    for key in keys.split():
        QTest.keySequence(where.window().focusWidget() or where, QKeySequence(key))


def write(where: QWidget, text: str) -> None:
    """Type over what stands in the field that has the focus, what is not ASCII through the input method."""
    field = where.window().focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    for char in text:
        if char.isascii():
            QTest.keyClicks(field, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(field, chosen)


def click(where: QWidget, text: str) -> None:
    """Click the button with these words."""
    (button,) = [one for one in where.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(window: MainWindow, name: str, qtbot: QtBot) -> QDialog:
    """Return the dialog that has come up; the keys go to it."""
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None)
    dialog = window.findChild(QDialog, name)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def back_to(window: MainWindow, qtbot: QtBot) -> None:
    """Return to the window when a dialog is closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def command(window: MainWindow, words: str, qtbot: QtBot) -> None:
    """Choose a command from the list of all commands, by words of it."""
    press(window, "Ctrl+K")
    commands = next(one for one in window.findChildren(QDialog) if one.windowTitle() == "所有命令")
    commands.activateWindow()
    qtbot.waitUntil(commands.isActiveWindow)
    write(commands, words)
    press(commands, "Return")


def answer_with(path: Path, asked: list[str]) -> None:
    """Answer the next question for a file by its path and Enter; note what was asked."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(0, answer)
            return
        asked.append(dialog.windowTitle())
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(path))  # pasted: while one types, Enter is for the list of completions
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)


def states(window: MainWindow) -> str:
    """Draw the states of the annotations in the order of the text."""
    assert window.session is not None
    return "".join(SIGNS[annotation.state] for annotation in window.session.annotations)


def current(window: MainWindow) -> str:
    assert window.current is not None
    return window.current.text


def go_to(window: MainWindow, text: str) -> None:
    """Go down the text to the annotation with these words."""
    assert window.session is not None
    for _step in window.session.annotations:
        if current(window) == text:
            return
        press(window, "Down")
    assert current(window) == text


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.task is None, timeout=60_000)


def test_from_the_first_start_to_the_first_export(
    open_window: Open, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    speech = tmp_path / "讲话.txt"
    speech.write_text(
        "2024年，河东县实现地区生产总值486.2亿元，增长6.9%。\n2025年力争新建学校5所。\n", "utf-8"
    )
    target = tmp_path / "导出.jsonl"
    asked: list[str] = []
    window = open_window(None)
    shoot(window, "start")

    answer_with(tmp_path / "河东.jiaozhu", asked)
    click(window.start, "新建项目")
    assert window.windowTitle().startswith("河东")
    shoot(window, "empty")
    answer_with(speech, asked)
    click(window.page, "导入文件")
    settled(window, qtbot)
    back_to(window, qtbot)
    assert set(states(window)) == {"·"}
    assert window.page.view.hasFocus()  # the first document is there, and keys decide

    go_to(window, "486.2亿元")
    press(window, "Return")
    go_to(window, "6.9%")
    press(window, "Backspace")
    press(window, "Ctrl+Return")
    press(dialog_of(window, "bulk", qtbot), "Return")
    back_to(window, qtbot)
    assert states(window).count("✗") == 1
    assert "·" not in states(window)
    shoot(window, "reviewed")

    window.export_to(target, JSONL)
    settled(window, qtbot)
    assert asked == ["新建项目", "导入文件"]
    (line,) = target.read_text("utf-8").splitlines()
    record = json.loads(line)
    assert ("486.2亿元", "accepted", "48620000000") in [
        (one["text"], one["state"], one["value"]) for one in record["metrics"]
    ]
    assert "6.9%" not in [one["text"] for one in record["metrics"]]
    assert record["commitments"]
    assert {one["state"] for one in (*record["metrics"], *record["commitments"])} == {"accepted"}


def test_a_whole_speech_is_reviewed_without_a_mouse(window: MainWindow) -> None:
    text = window.page.view.text
    press(window, "Return")  # 486.2亿元
    press(window, "8 3 Ctrl+Alt+1")  # 6.9% is a target, and its indicator another one
    shoot(window, "field")
    write(window, "GDP增速")
    press(window, "Return")
    press(window, "Space")  # the commitment is put off
    assert current(window) == "突破1500亿元"
    press(window, "Right Right")  # the start two characters to the right …
    assert current(window) == "1500亿元"
    press(window, "Left Left F N")  # … and back; flagged, with a note
    write(window, "口径待查")
    press(window, "Return")
    assert window.page.card.remark.said == "⚑  口径待查"
    shoot(window, "flag")
    press(window, "Return")
    assert current(window) == "新建5所学校"
    press(window, "Backspace")
    assert current(window) == "8.1%"
    press(window, "Return Return")
    assert current(window) == "力争跨境电商交易额突破1500亿元"  # what was put off comes back at the end
    press(window, "Return")

    press(window, "F7")  # a missed number, marked with the caret
    caret = window.page.view.caret
    assert caret is not None
    while caret.position < text.index("12个"):
        press(window, "Right")
    press(window, "Shift+Right Shift+Right Shift+Right M")
    write(window, "引进重大项目")
    press(window, "Return")
    press(window, "Escape")
    shoot(window, "keys")
    assert states(window) == "✓c✓c✗✓+✓"
    by_text = {one.text: one for one in window.session.annotations}  # type: ignore[union-attr]
    assert by_text["6.9%"].indicator == "GDP增速"  # type: ignore[union-attr]
    assert by_text["12个"].indicator == "引进重大项目"  # type: ignore[union-attr]
    assert (by_text["突破1500亿元"].flagged, by_text["突破1500亿元"].note) == (True, "口径待查")


def test_the_same_decision_far_and_near_and_its_undo(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "重复.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("全省⟦第一⟧、⟦第一⟧、⟦第二⟧。\n又是⟦第一⟧。", source="甲.txt"))
        store.add(*sketch("别处也有⟦第一⟧。", source="乙.txt"))
    window = open_window(path)
    press(window, "Backspace Up Ctrl+Shift+A")
    dialog = dialog_of(window, "bulk", qtbot)
    counts = []
    for scope in "123":
        press(dialog, scope)
        (act,) = [one.text() for one in dialog.findChildren(QPushButton) if one.property("prominent")]
        counts.append(act)
    assert counts == [f"同样处理相同条目 {count} 条" for count in (1, 2, 3)]
    press(dialog, "Down Space")  # the second one is left out
    shoot(dialog, "bulk")
    press(dialog, "Return")
    back_to(window, qtbot)

    def all_states() -> str:
        assert window.session is not None
        rows = window.session.store.documents()
        found = [one for row in rows for one in window.session.store.annotations(row.id)]
        return "".join(SIGNS[one.state] for one in found)

    assert all_states() == "✗✗··✗"
    shoot(window, "bulk-done")
    press(window, "Ctrl+Z")
    assert all_states() == "✗····"


def test_a_key_is_changed_and_used(window: MainWindow, qtbot: QtBot) -> None:
    command(window, "更改按键", qtbot)
    editor = dialog_of(window, "key_editor", qtbot)
    write(editor, "采纳当前条目")
    press(editor, "Tab Down Tab")  # into the list, to the command, into the field for the key
    press(editor, "Y")
    shoot(editor, "keys-changed")
    press(editor, "Tab")
    press(editor, "Space")
    press(editor, "Escape")
    back_to(window, qtbot)
    window.page.view.setFocus()
    press(window, "Return")
    assert states(window) == "·······"
    press(window, "Y")
    assert states(window) == "✓······"


def test_what_was_cut_wrongly_is_merged_split_and_changed_in_type(window: MainWindow) -> None:
    assert current(window) == "486.2亿元"
    press(window, "Shift+X")
    assert current(window) == "486.2亿元，增长6.9%"
    press(window, "F7")
    press(window, "Right " * len("486.2亿元，"))
    shoot(window, "split")
    press(window, "X Escape")
    texts = [one.text for one in window.session.annotations]  # type: ignore[union-attr]
    assert texts[:2] == ["486.2亿元", "增长6.9%"]
    go_to(window, "新建5所学校")
    press(window, "T")
    assert window.current is not None
    assert (window.current.text, window.current.type) == ("新建5所学校", "metric")
    shoot(window, "retyped")
    press(window, "Ctrl+Z Ctrl+Z Ctrl+Z")
    assert [one.text for one in window.session.annotations][:2] == ["486.2亿元", "6.9%"]  # type: ignore[union-attr]
    assert states(window) == "·······"


def test_the_ledger_is_filtered_corrected_and_left_for_the_text_and_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "Alt+2")
    page = window.pages.currentWidget()
    assert isinstance(page, LedgerPage)

    def rows() -> list[str]:
        return [page.model.text(row, PLACES["text"]) for row in range(page.model.rowCount())]

    qtbot.waitUntil(lambda: len(rows()) == 7)
    press(window, "Ctrl+F")
    write(window, "亿元")
    qtbot.waitUntil(lambda: rows() == ["486.2亿元", "力争跨境电商交易额突破1500亿元", "突破1500亿元"])
    press(window, "Down Down Down")  # to the table, and to its third row
    press(window, "Home")
    while page.table.currentIndex().column() != PLACES["indicator"]:
        press(window, "Right")
    press(window, "F2")
    write(window, "跨境电商交易额")
    press(window, "Return")
    qtbot.waitUntil(lambda: page.model.text(2, PLACES["indicator"]) == "跨境电商交易额")
    shoot(window, "ledger")
    press(window, "Return")
    assert window.pages.is_review
    assert current(window) == "突破1500亿元"
    assert states(window) == "···c···"
    press(window, "Alt+2")
    qtbot.waitUntil(lambda: len(rows()) == 3)
    assert page.table.currentIndex().row() == 2
    assert page.table.hasFocus()


def test_it_becomes_dark_and_stays_so(
    window: MainWindow, open_window: Open, project: Path, qtbot: QtBot
) -> None:
    def ground(of: MainWindow) -> str:
        view = of.page.view
        image = of.grab().toImage()
        return image.pixelColor(view.viewport().mapTo(of, QPoint(3, 3))).name()

    assert ground(window) == theme.named("light").paper.name()
    command(window, "深色", qtbot)
    back_to(window, qtbot)
    assert ground(window) == theme.named("dark").paper.name()
    press(window, "Return E")
    shoot(window, "dark")
    window.page.card.cancel()
    window.close()
    theme.choose(None)
    assert ground(open_window(project)) == theme.named("dark").paper.name()
