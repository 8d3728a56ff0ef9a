"""The queue: what it shows, filters, unfolds, and how it keeps up with decisions."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiaozhu.qt.queue_delegate import ARROW, ROW_HEIGHT, TALL, broken
from jiaozhu.qt.queue_model import NAME, PROGRESS, QueueModel, Wanted
from jiaozhu.qt.queue_pane import QueuePane
from jiaozhu.store import DocumentRow, SpeechRow

DOCUMENTS = [
    DocumentRow("a", "a.txt", "河东县报告", "2024-12-01", None, 2, 5, 3, 1, 0, 1),
    DocumentRow("b", "b.txt", None, None, None, 1, 4, 0, 0, 0, 0),
    DocumentRow("c", "c.txt", "全会综述", "2025-01-09", None, 3, 0, 2, 0, 1, 0),
    DocumentRow("d", "d.txt", "空白", None, None, 0, 0, 0, 0, 0, 0),
]
#: By document: id, region, speaker, undecided, accepted.
SPEECHES = {
    "a": [("s1", "河东县", None, 3, 2), ("s2", None, "王敏", 2, 3)],
    "b": [("s1", "北山市", None, 4, 0)],
    "c": [("s1", "河西区", None, 0, 1), ("s2", "南湖区", None, 0, 1), ("s3", "东港区", None, 0, 1)],
    "d": [],
}


def fetch(document_id: str | None) -> list[SpeechRow]:
    return [
        SpeechRow(
            key, id_, 0, 9, None, "王敏" if region is None else None, None, region, None, left, done, 0, 0, 0
        )
        for key, rows in SPEECHES.items()
        if document_id in (None, key)
        for id_, region, speaker, left, done in rows
    ]


def drawn(model: QueueModel) -> list[str]:
    """Draw the list, a line each; speeches stand in, an unfolded document has a sign."""
    lines = []
    for number in range(model.rowCount()):
        row = model.at(number)
        sign = "  " if row.speech else "▾ " if row.is_unfolded else "▸ " if row.can_unfold else "· "
        lines.append(f"{sign}{model.index(number, NAME).data()} {model.index(number, PROGRESS).data()}")
    return lines


@pytest.fixture
def model(qtmodeltester: ModelTester) -> QueueModel:
    """A model that is watched for breaking Qt's rules while it changes."""
    made = QueueModel(fetch)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_documents(DOCUMENTS)
    qtmodeltester.check(made, force_py=True)
    return made


def test_documents_stand_in_their_order_with_their_progress(model: QueueModel) -> None:
    assert drawn(model) == ["▸ 河东县报告 5/10", "· b 0/4", "▸ 全会综述 3/3", "· 空白 –"]


def test_unfolded_documents_show_their_speeches(model: QueueModel) -> None:
    model.unfold("c")
    model.unfold("a")
    model.unfold("b")  # has one speech, which is itself
    assert drawn(model) == [
        "▾ 河东县报告 5/10",
        "  河东县 2/5",
        "  王敏 3/5",
        "· b 0/4",
        "▾ 全会综述 3/3",
        "  河西区 1/1",
        "  南湖区 1/1",
        "  东港区 1/1",
        "· 空白 –",
    ]
    assert [model.row_of("c", f"s{number}") for number in (1, 2, 3)] == [5, 6, 7]
    model.unfold("a", on=False)
    assert [model.row_of("a"), model.row_of("c"), model.row_of("c", "s3")] == [0, 2, 5]


FILTERS = [
    ("河", Wanted.ALL, "ac"),
    ("河东", Wanted.ALL, "a"),
    ("北山", Wanted.ALL, "b"),
    ("2025 全会", Wanted.ALL, "c"),
    ("全会 河东", Wanted.ALL, ""),
    ("B.TXT", Wanted.ALL, "b"),
    ("", Wanted.OPEN, "ab"),
    ("", Wanted.UNTOUCHED, "b"),
    ("", Wanted.STARTED, "a"),
    ("", Wanted.DONE, "cd"),
    ("河", Wanted.DONE, "c"),
]


@pytest.mark.parametrize(("text", "wanted", "expected"), FILTERS)
def test_a_filter_looks_at_documents_and_their_speeches(
    model: QueueModel, text: str, wanted: Wanted, expected: str
) -> None:
    model.unfold("c")
    model.filter(text, wanted)
    shown = [model.at(number) for number in range(model.rowCount())]
    assert "".join(row.document.id for row in shown if row.speech is None) == expected
    assert [row.speech.id for row in shown if row.speech] == (["s1", "s2", "s3"] if "c" in expected else [])
    model.filter("", Wanted.ALL)
    assert model.shown == 4


def test_counts_follow_decisions(model: QueueModel) -> None:
    model.unfold("a")
    speeches = fetch("a")
    speeches[0] = speeches[0]._replace(suggested=2, rejected=1)
    model.update_document("a", speeches)
    assert drawn(model)[:3] == ["▾ 河东县报告 6/10", "  河东县 3/5", "  王敏 3/5"]


def test_keys_and_clicks_choose_unfold_and_fold(qtbot: QtBot) -> None:
    pane = QueuePane(fetch)
    qtbot.addWidget(pane)
    pane.resize(280, 500)
    pane.show_documents(DOCUMENTS)
    pane.show()
    chosen: list[tuple[str, str]] = []
    pane.chosen.connect(lambda document, speech: chosen.append((document, speech)))
    QTest.keyClick(pane.text, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(pane.list, key)
    assert chosen == [("a", "s2")]
    QTest.keyClick(pane.list, Qt.Key.Key_Left)
    assert pane.model.rowCount() == 4
    at_arrow, at_name = (QPoint(x, ROW_HEIGHT // 2) for x in (ARROW // 2, ARROW + 30))
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=at_arrow)
    assert pane.model.rowCount() == 6
    assert len(chosen) == 1
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=at_name)
    assert chosen[1] == ("a", "")


def test_the_filter_field_filters_while_one_types(qtbot: QtBot) -> None:
    pane = QueuePane(fetch)
    qtbot.addWidget(pane)
    pane.show_documents(DOCUMENTS)
    QTest.keyClicks(pane.text, "b.t")
    assert (pane.model.shown, pane.summary.text()) == (1, "4 个文档中的 1 个")
    QTest.keyClick(pane.text, Qt.Key.Key_Escape)
    assert (pane.model.shown, pane.summary.text()) == (4, "4 个文档")


LONG = "在全市重点工程建设推进暨农村人居环境整治工作会议上的讲话（根据录音整理）"


def test_a_long_title_goes_on_in_a_second_line_and_is_told_in_full(qtbot: QtBot) -> None:
    pane = QueuePane(fetch)
    qtbot.addWidget(pane)
    pane.resize(280, 500)
    pane.show_documents(DOCUMENTS)
    pane.show()
    rows = pane.list.verticalHeader()
    assert rows.sectionSize(0) == ROW_HEIGHT
    pane.show_documents([DOCUMENTS[0], DOCUMENTS[2]._replace(title=LONG)])
    pane.model.unfold("c")
    assert [rows.sectionSize(row) for row in range(5)] == [TALL, TALL, *[ROW_HEIGHT] * 3]
    assert pane.model.at(0).note == "2024-12-01"
    help_ = pane.model.index(1, NAME).data(Qt.ItemDataRole.ToolTipRole)
    assert help_.splitlines()[0] == LONG
    pane.text.setText("河东县")
    assert rows.sectionSize(0) == ROW_HEIGHT
    pane.text.clear()
    pane.resize(1200, 500)
    assert rows.sectionSize(0) == ROW_HEIGHT


@pytest.mark.parametrize("name", [LONG, "𠮷野家" * 20, "短", "Report of the Government " * 3])
def test_a_title_is_broken_without_losing_anything(qtbot: QtBot, name: str) -> None:
    first, rest = broken(name, QFont(), 160)
    assert "".join(f"{first}{rest}".split()) == "".join(name.split())
    assert first


def test_a_list_that_is_made_anew_keeps_what_is_in_sight_and_chosen(qtbot: QtBot) -> None:
    many = [DocumentRow(f"{n}", f"{n}.txt", f"第{n}篇", None, None, 0, 0, 0, 0, 0, 0) for n in range(200)]
    pane = QueuePane(lambda _document: [])
    qtbot.addWidget(pane)
    pane.resize(300, 400)
    pane.show()
    pane.show_documents(many)
    pane.mark("2")
    qtbot.waitUntil(lambda: pane.list.verticalScrollBar().maximum() > 0)
    pane.activateWindow()
    pane.list.setFocus()
    qtbot.waitUntil(pane.list.hasFocus)
    for _ in range(3):
        QTest.keyClick(pane.list, Qt.Key.Key_PageDown)
    row, at = pane.list.currentIndex().row(), pane.list.verticalScrollBar().value()
    assert row > 20
    assert at > 0
    pane.show_documents([*many, DocumentRow("z", "z.txt", "又来一篇", None, None, 0, 0, 0, 0, 0, 0)])
    assert pane.list.currentIndex().row() == row
    assert pane.list.verticalScrollBar().value() == at
