"""Packets made and merged in the window, and conflicts settled there with one key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from jiaozhu.model import State
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.qt.merge_page import MergePage
from jiaozhu.qt.packet_dialog import PacketDialog
from jiaozhu.review import Session
from jiaozhu.review.packing import make_packet
from jiaozhu.store import Store


@pytest.fixture
def packet(project: Path) -> Path:
    """A packet in which 李强 has rejected the first annotation and accepted the second."""
    path = project.with_name("李强.jiaozhu")
    with Store(project, read_only=True) as store:
        chosen = {row.id: [] for row in store.documents()}
    make_packet(project, path, chosen, reviewer="李强")
    with Store(path) as store:
        session = Session(store, reviewer="李强", reviewer_id="2")
        session.open(store.documents()[0].id)
        session.reject()
        session.accept()
    return path


@pytest.fixture
def page(window: MainWindow, packet: Path, qtbot: QtBot) -> MergePage:
    """The merge page, after the first annotation was corrected here and the packet was merged."""
    session = window.session
    assert session is not None
    session.focus(session.annotations[0].id)
    session.correct(value="1")
    window.items["page_merge"].trigger()
    page = window.pages.currentWidget()
    assert isinstance(page, MergePage)
    qtbot.waitUntil(lambda: page.is_settled)
    page.plan([packet])
    qtbot.waitUntil(lambda: page.is_settled)
    assert "会有分歧的条目 1 条" in page.told.text()
    assert session.annotations[1].state is State.SUGGESTED
    page.merge_button.click()
    qtbot.waitUntil(lambda: page.is_settled)
    return page


def states(window: MainWindow) -> list[State]:
    assert window.session is not None
    return [item.state for item in window.session.annotations[:2]]


def test_the_window_shows_what_came_back(window: MainWindow, page: MergePage) -> None:
    assert "已合并" in page.told.text()
    assert states(window) == [State.SUGGESTED, State.ACCEPTED]
    assert page.list.count() == 1
    assert page.list.hasFocus()
    page.view.go.click()
    assert window.pages.is_review
    assert window.page.card.state == "≠ 有分歧"
    assert page.view.buttons[0].accessibleName() == "采用李强的"


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_Left, State.REJECTED),
        (Qt.Key.Key_Right, State.CORRECTED),
        (Qt.Key.Key_2, State.CORRECTED),
        (Qt.Key.Key_Space, State.SUGGESTED),
    ],
)
def test_one_key_settles(
    window: MainWindow, page: MergePage, qtbot: QtBot, key: Qt.Key, state: State
) -> None:
    QTest.keyClick(page.list, key)
    qtbot.waitUntil(lambda: page.is_settled)
    assert states(window)[0] is state
    assert page.list.count() == (state is State.SUGGESTED)


def test_settling_can_be_undone(window: MainWindow, page: MergePage, qtbot: QtBot) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.is_settled)
    window.items["undo"].trigger()
    window.items["page_merge"].trigger()
    qtbot.waitUntil(lambda: page.is_settled)
    assert page.list.count() == 1
    assert states(window)[0] is State.SUGGESTED


def test_a_packet_of_another_project_is_told(page: MergePage, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "别的.jiaozhu"
    Store(other, create=True).close()
    page.plan([other])
    qtbot.waitUntil(lambda: page.is_settled)
    assert "另一个项目" in page.told.text()
    assert not page.merge_button.isVisible()


def test_a_packet_is_made(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "任务.jiaozhu"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(target)])
    window.items["make_packet"].trigger()
    dialog = window.findChild(PacketDialog)
    assert isinstance(dialog, PacketDialog)
    assert not dialog.write.isEnabled()
    dialog.reviewer.setText("李强")
    item = dialog.tree.topLevelItem(0)
    assert item is not None
    item.child(1).setCheckState(0, Qt.CheckState.Checked)
    assert list(dialog.chosen.values()) == [["s2"]]
    dialog.write.click()
    qtbot.waitUntil(lambda: window.task is None)
    with Store(target, read_only=True) as store:
        assert store.identity.reviewer == "李强"
        assert [one.speech for one in store.asked()] == ["s2"]
