"""The progress page with real keys: gone through, read as a table, saved, and left for a sentence."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.qt.indicator_picture import IndicatorPicture
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.picture import Picture
from jiaozhu.qt.progress_page import ProgressPage
from jiaozhu.store import Store
from nameless import nameless
from sketch import sketch

Open = Callable[[Path | None], MainWindow]

#: Three years of one indicator, in two units of money; then a rate, and a speech of another region.
DRAWING = "GDP⟦486亿元⟧，去年⟦450亿元⟧，明年⟪力争达到⟦52000万元⟧⟫，增长⟦7%⟧。\n河西区GDP达到⟦120亿元⟧。"
FACTS = [
    ("48600000000", "元", "level", "2024-01-01/2024-12-31", "actual"),
    ("45000000000", "元", "level", "2023-01-01/2023-12-31", "actual"),
    ("5200000", "万元", "level", "2025-01-01/2025-12-31", "target"),
    ("7", "%", "growth", "2024-01-01/2024-12-31", "actual"),
    ("12000000000", "元", "level", "2024-01-01/2024-12-31", "actual"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    from dataclasses import replace

    path = tmp_path / "河东.jiaozhu"
    document, extraction = sketch(DRAWING, source="报告.txt", indicator="GDP", rule="money.level")
    metrics = tuple(
        replace(
            metric, value=value, unit=unit, kind=kind, period=period, status=status, region=f"第{speech}区"
        )
        for metric, (value, unit, kind, period, status), speech in zip(
            extraction.metrics, FACTS, (1, 1, 1, 1, 2), strict=True
        )
    )
    with Store(path, create=True) as store:
        store.add(document, replace(extraction, metrics=metrics))
    return path


def press(widget: QWidget, keys: str) -> None:
    for key in keys.split():
        QTest.keySequence(widget, QKeySequence(key))


def shown(window: MainWindow, qtbot: QtBot) -> ProgressPage:
    """Turn to the page by its key and wait until all stands there."""
    press(window, "Alt+3")
    page = window.pages.currentWidget()
    assert isinstance(page, ProgressPage)
    settle(page, qtbot)
    return page


def settle(page: ProgressPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.is_settled, timeout=20_000)


def picture(page: ProgressPage, name: str) -> Picture:
    return page.sheet.made[name]


def indicator(page: ProgressPage) -> IndicatorPicture:
    found = picture(page, "indicator")
    assert isinstance(found, IndicatorPicture)
    return found


def test_nothing_of_it_is_loaded_before_it_is_shown() -> None:
    program = (
        "import sys, jiaozhu.qt.app\n"
        "sys.exit(any(name.split('.')[0] in ('pyqtgraph', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_the_page_says_how_far_the_review_is(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Return Return Backspace")
    page = shown(window, qtbot)
    assert page.summary.text() == "已决定 3 / 6，其中原样采纳 67%，还剩 3 条。"
    assert picture(page, "by_rule").content.sentence.startswith("3 条建议中 67% 一字未改（95% 区间 21%–94%）")
    assert picture(page, "by_state").content.rows[0] == ("指标", "2", "0", "0", "0", "3", "5")
    assert picture(page, "by_reviewer").content.sentence.endswith("共 3 条。")
    assert nameless(page) == []


def test_a_decision_taken_back_shows_at_once(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Return Return")
    page = shown(window, qtbot)
    press(window, "Ctrl+Z")
    settle(page, qtbot)
    assert page.summary.text() == "已决定 1 / 6，其中原样采纳 100%，还剩 5 条。"
    press(window, "Alt+1")
    assert window.page.view.hasFocus()
    press(window.page.view, "Return")
    page = shown(window, qtbot)
    assert page.summary.text().startswith("已决定 2 / 6")


def test_without_decisions_the_pictures_say_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    assert page.summary.text() == "共 6 条，都还没有决定。"
    for name in "by_day", "by_reviewer", "by_rule", "by_confidence", "by_speed":
        assert "Alt+1" in picture(page, name).content.sentence
        assert not picture(page, name).chart.isVisible()
    # What was suggested is there to be seen, and said to be that.
    assert indicator(page).with_suggested.isChecked()
    assert indicator(page).content.draw is not None


def test_an_empty_project_says_what_to_do(open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(None)
    assert window.open_project(tmp_path / "新.jiaozhu", create=True)
    page = shown(window, qtbot)
    assert "Ctrl+I" in page.summary.text()
    assert "导入" in indicator(page).content.sentence


def test_tab_goes_through_the_pictures_and_arrows_through_their_points(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window.page.view, "Return Return Backspace")
    page = shown(window, qtbot)
    first = picture(page, "by_state")
    qtbot.waitUntil(first.chart.hasFocus)
    assert "方向键" in first.said
    press(first.chart, "Right")
    assert first.said == "指标：已采纳 2 条，占 40%。"
    assert first.chart.accessibleDescription() == first.said
    press(first.chart, "End")
    assert first.said == "承诺：已驳回 1 条，占 100%。"
    press(first.chart, "Home Left")
    assert first.said == "指标：已采纳 2 条，占 40%。"
    press(first.chart, "Esc")
    assert first.chart.at is None
    reached = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached += [name for name, one in page.sheet.made.items() if one.chart is focus]
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert list(dict.fromkeys(reached)) == list(page.sheet.made)


def test_a_picture_turns_into_its_table_and_is_copied(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Return Backspace")
    page = shown(window, qtbot)
    first = picture(page, "by_state")
    qtbot.waitUntil(first.chart.hasFocus)
    press(first.chart, "T")
    assert first.is_table
    assert first.table.hasFocus()
    press(first.table, "Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["条目", "已采纳", "已更正", "新增", "已驳回", "建议", "合计"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["指标", "承诺"]
    press(first.table, "T")
    assert first.chart.hasFocus()


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_is_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    page = shown(window, qtbot)
    target = tmp_path / f"图{suffix}"
    assert picture(page, "by_state").save_to(target)
    image = QImage(str(target))
    assert image.width() > picture(page, "by_state").width()
    if suffix == ".svg":
        assert "条目的状态" in target.read_text("utf-8")
    assert not picture(page, "by_state").save_to(tmp_path / "none" / f"图{suffix}")


def test_one_indicator_in_one_unit_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    one = indicator(page)
    assert [one.scale.itemText(number) for number in range(one.scale.count())] == [
        "总量，亿元（4）",
        "增速，同比，%（1）",
    ]
    assert [row[3] for row in one.content.rows] == ["450", "120", "486", "520"]
    assert [(point.x, point.y) for point in one.chart.points] == [
        (2023, 450),
        (2024, 120),
        (2024, 486),
        (2025, 520),
    ]
    one.scale.setFocus()
    press(one.scale, "Down")
    assert [row[3] for row in one.content.rows] == ["7"]


def test_an_indicator_by_region(window: MainWindow, qtbot: QtBot) -> None:
    one = indicator(shown(window, qtbot))
    one.by_region.setFocus()
    press(one.by_region, "Space")
    assert [point.y for point in one.chart.points] == [0, 0, 0, 1]
    assert [one.only.itemText(number) for number in range(one.only.count())] == [
        "所有年份",
        "2025年",
        "2024年",
        "2023年",
    ]
    one.only.setFocus()
    press(one.only, "Down Down")
    assert [row[3] for row in one.content.rows] == ["486", "120"]


def test_what_nobody_has_verified_can_be_left_out(window: MainWindow, qtbot: QtBot) -> None:
    press(window.page.view, "Return")
    one = indicator(shown(window, qtbot))
    box = one.findChild(QCheckBox)
    assert box is not None
    assert not box.isChecked()
    assert [row[-1] for row in one.content.rows] == ["已采纳"]
    box.setFocus()
    press(box, "Space")
    assert [row[-1] for row in one.content.rows].count("建议") == 3


def test_a_point_opens_its_sentence(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    one = indicator(page)
    one.chart.setFocus()
    press(one.chart, "Right Right")
    assert one.said == "第2区 2024年 实绩：120 亿元，原文“120亿元”，○ 建议。"
    press(one.chart, "Return")
    assert window.pages.is_review
    assert window.current is not None
    assert (window.current.text, window.current.state) == ("120亿元", State.SUGGESTED)


def test_a_row_of_the_table_opens_its_sentence(window: MainWindow, qtbot: QtBot) -> None:
    one = indicator(shown(window, qtbot))
    one.chart.setFocus()
    press(one.chart, "T")
    press(one.table, "Down Down Down Return")
    assert window.pages.is_review
    assert window.current is not None
    assert window.current.text == "52000万元"


def test_an_indicator_is_chosen_by_part_of_its_name(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    one = indicator(page)
    said: list[str] = []
    page.remarked.connect(said.append)
    one.field.setFocus()
    one.field.selectAll()
    QTest.keyClicks(one.field, "xyz")
    QTest.keyClick(one.field, Qt.Key.Key_Return)
    assert said == ["项目中没有指标“xyz”。"]
    one.field.selectAll()
    QTest.keyClicks(one.field, "gd")
    QTest.keyClick(one.field, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert one.field.text() == "GDP"


def test_another_project_has_other_numbers(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown(window, qtbot)
    other = tmp_path / "b.jiaozhu"
    with Store(other, create=True) as store:
        store.add(*sketch("增长⟦9%⟧。", indicator="人口", value="9", unit="%"))
    assert window.open_project(other)
    page = shown(window, qtbot)
    assert page.title.text() == "进度 · b"
    assert page.summary.text() == "共 1 条，都还没有决定。"
    assert indicator(page).field.text() == "人口"


def test_closing_the_project_while_it_is_read(window: MainWindow) -> None:
    press(window, "Alt+3")
    window.close_project()
    assert window.pages.front == ""


@pytest.mark.parametrize("front", ["progress", "review"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pictures_follow_the_theme(window: MainWindow, qtbot: QtBot, theme: str, front: str) -> None:
    from jiaozhu.qt import theme as themes

    page = shown(window, qtbot)
    window.pages.turn_to(front)
    window.items[theme].trigger()
    press(window, "Alt+3")
    for name, one in page.sheet.made.items():
        assert one.chart.backgroundBrush().color() == themes.named(theme).paper, name
