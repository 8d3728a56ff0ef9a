"""A sitting from the first key to the exported file, with real keys in a real window."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiaozhu.export import EXPORTERS
from jiaozhu.model import State
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.store import Store

JSONL = next(exporter for exporter in EXPORTERS if exporter.name == "jsonl")


def press(window: MainWindow, keys: str) -> None:
    """Press keys one after the other in the text, named as Qt names them."""
    for key in keys.split():
        QTest.keySequence(window.page.view, QKeySequence(key))


def type_into(window: MainWindow, text: str) -> None:
    """Type over what stands in the field that has the cursor, Chinese through the input method."""
    field = window.focusWidget()
    assert field is not None
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    for char in text:
        if char.isascii():
            QTest.keyClicks(field, char)
        else:
            chosen = QInputMethodEvent()
            chosen.setCommitString(char)
            QApplication.sendEvent(field, chosen)


def end_field(window: MainWindow, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = window.focusWidget()
    assert field is not None
    QTest.keyClick(field, key)


def select(window: MainWindow, words: str) -> None:
    """Select words of the text with the mouse, from their start to their end."""
    view = window.page.view
    start = view.text.index(words)
    points = []
    for offset in (start, start + len(words)):
        rect = view.rect_of(offset)
        assert rect is not None
        points.append(QPoint(rect.left(), rect.center().y()))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(view.viewport(), points[1])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=points[1])


def states(window: MainWindow) -> str:
    """Draw the states of the annotations in the order of the text."""
    assert window.session is not None
    signs = {
        State.SUGGESTED: "·",
        State.ACCEPTED: "✓",
        State.CORRECTED: "c",
        State.REJECTED: "✗",
        State.ADDED: "+",
    }
    return "".join(signs[annotation.state] for annotation in window.session.annotations)


def current(window: MainWindow) -> str:
    assert window.current is not None
    return window.current.text


def test_keys_decide_and_go_on(window: MainWindow) -> None:
    assert (states(window), current(window)) == ("·······", "486.2亿元")
    press(window, "Return")
    assert (states(window), current(window)) == ("✓······", "6.9%")
    press(window, "Backspace")
    assert (states(window), current(window)) == ("✓✗·····", "力争跨境电商交易额突破1500亿元")
    press(window, "Space")
    assert (states(window), current(window)) == ("✓✗·····", "突破1500亿元")
    press(window, "Down Down Up J K")
    assert current(window) == "新建5所学校"
    press(window, "Tab")  # what is left of this speech comes before the next one
    assert current(window) == "突破1500亿元"
    press(window, "Return Tab")
    assert current(window) == "8.1%"


def test_undo_and_redo_go_to_what_they_change(window: MainWindow) -> None:
    press(window, "Return Backspace")
    assert window.items["undo"].text() == "撤销「驳回 6.9%」"
    press(window, "Ctrl+Z")
    assert (states(window), current(window)) == ("✓······", "6.9%")
    press(window, "Ctrl+Z")
    assert (states(window), current(window)) == ("·······", "486.2亿元")
    assert not window.items["undo"].isEnabled()
    press(window, "Ctrl+Shift+Z Ctrl+Shift+Z")
    assert states(window) == "✓✗·····"


def test_arrows_move_the_boundaries_of_the_annotation_in_focus(window: MainWindow) -> None:
    press(window, "Down Down Down Down")
    assert current(window) == "新建5所学校"
    press(window, "Right Right")
    assert current(window) == "5所学校"
    press(window, "Left Alt+Left")
    assert current(window) == "建5所学"
    press(window, "Shift+Left")
    assert current(window) == "新建5所学"
    assert states(window) == "····c··"


def test_letters_are_typed_where_one_types_and_are_no_actions(window: MainWindow) -> None:
    press(window, "E")
    type_into(window, "MCEVJK？ 指标 A")
    assert states(window) == "·······"
    end_field(window)
    assert states(window) == "c······"
    assert window.session is not None
    assert window.session.annotations[0].indicator == "MCEVJK？ 指标 A"  # type: ignore[union-attr]


def test_a_wrong_value_is_explained_and_nothing_changes(window: MainWindow) -> None:
    press(window, "E")
    end_field(window, Qt.Key.Key_Tab)
    type_into(window, "很多")
    end_field(window)
    form = window.page.card.findChild(type(window.page.card._form))  # type: ignore[arg-type]
    assert form is not None
    assert form.problem("value") == "“很多”不是数值；请写成以基本单位计的十进制数，如 160780000000 或 7.3。"
    assert window.page.card.is_editing
    end_field(window, Qt.Key.Key_Escape)
    assert not window.page.card.is_editing
    assert states(window) == "·······"


def test_a_quantity_can_be_typed_as_it_is_said(window: MainWindow) -> None:
    press(window, "E")
    end_field(window, Qt.Key.Key_Tab)
    type_into(window, "超500亿元")
    end_field(window)
    assert window.session is not None
    metric = window.session.annotations[0]
    assert (metric.value, metric.unit, metric.comparator) == ("50000000000", "元", ">")  # type: ignore[union-attr]
    assert states(window) == "c······"
    assert window.page.view.hasFocus()


def test_a_missed_metric_is_added_from_a_selection(window: MainWindow) -> None:
    select(window, "12个")
    press(window, "M")
    assert window.page.card.is_editing
    type_into(window, "引进重大项目")
    end_field(window)
    assert (states(window), current(window)) == ("······+·", "加快建设智慧港口")
    press(window, "Up")
    assert current(window) == "12个"
    assert window.current.indicator == "引进重大项目"  # type: ignore[union-attr]


def test_a_commitment_is_added_with_the_caret_alone(window: MainWindow) -> None:
    text = window.page.view.text
    press(window, "F7")
    caret = window.page.view.caret
    assert caret is not None
    while caret.position != text.index("引进重大项目"):
        press(window, "Right" if caret.position < text.index("引进重大项目") else "Left")
    press(window, "Shift+Right " * len("引进重大项目12个"))
    press(window, "C")
    end_field(window, Qt.Key.Key_Escape)
    assert (states(window), current(window)) == ("······+·", "引进重大项目12个")
    press(window, "Escape")
    assert window.page.view.caret is None


def test_without_a_selection_adding_says_what_is_missing(window: MainWindow) -> None:
    press(window, "M")
    assert window.status.said == "请先选中文字。"
    assert states(window) == "·······"


@pytest.mark.parametrize("size", [(1440, 900), (960, 560)])
def test_the_focus_never_leaves_the_screen(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    assert window.session is not None
    for _ in window.session.annotations:
        focused = window.page.view.focused
        assert focused is not None
        for offset in (focused.start, focused.end - 1):
            rect = window.page.view.rect_of(offset)
            assert rect is not None
            assert window.page.view.viewport().rect().contains(rect.center())
        press(window, "Down")


def test_a_sitting_survives_closing_and_what_is_exported_is_what_was_decided(
    open_window: Callable[[Path | None], MainWindow], project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = open_window(project)
    press(first, "Return Backspace Down")  # accept 486.2亿元, reject 6.9%, pass the commitment
    press(first, "Right Right Left Left")  # the start of 突破1500亿元, there and back
    press(first, "E")
    end_field(first, Qt.Key.Key_Tab)
    type_into(first, "突破1500亿元")
    end_field(first)
    select(first, "12个")
    press(first, "M")
    type_into(first, "重大项目")
    end_field(first)
    press(first, "Ctrl+Z Ctrl+Shift+Z")  # the second decision on 12个, taken back and made again
    drawn = states(first)
    assert drawn == "✓✗·c··+·"
    at = current(first)
    first.close()

    second = open_window(project)
    assert (states(second), current(second)) == (drawn, at)
    target = tmp_path / "out.jsonl"
    second.export_to(target, JSONL)
    assert second.task is not None
    with qtbot.waitSignal(second.task.finished):
        pass
    (line,) = target.read_text("utf-8").splitlines()
    record = json.loads(line)
    exported = {one["text"]: (one["state"], one["value"]) for one in record["metrics"]}
    assert exported == {
        "486.2亿元": ("accepted", "48620000000"),
        "突破1500亿元": ("corrected", "150000000000"),
        "12个": ("added", "12"),  # read from its own words
    }
    assert record["commitments"] == []
    second.close()
    with Store(project, read_only=True) as store:
        (found,) = store.curated()
        assert len(found.metrics) == 3
