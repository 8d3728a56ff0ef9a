"""The card: what it shows of an annotation, and how its fields are edited in place."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from jiaozhu.model import Action, Decision, Metric, State
from jiaozhu.qt.card import Card
from jiaozhu.qt.fields_form import FieldsForm
from sketch import sketch

DOCUMENT, EXTRACTION = sketch(
    "前三季度实现GDP⟦486.2亿元⟧，增长较快。⟪力争明年翻番⟫。",
    indicator="GDP",
    value="48620000000",
    unit="元",
    comparator="=",
    kind="level",
    status="actual",
)
METRIC, COMMITMENT = EXTRACTION.metrics[0], EXTRACTION.commitments[0]


class Recorder:
    """Takes what the card wants recorded; refuses it if it is told why."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str | None]] = []
        self.refusal: str | None = None

    def __call__(self, changes: dict[str, str | None]) -> str | None:
        self.taken.append(changes)
        return self.refusal


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def card(qtbot: QtBot, recorder: Recorder) -> Card:
    made = Card(recorder)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_annotation(METRIC, text=DOCUMENT.text)
    return made


def editor(card: Card, name: str) -> QLineEdit | QComboBox:
    """Return the editor of a field that is open for editing."""
    form = card.findChild(FieldsForm)
    assert form is not None
    return form.editor(name)


def test_it_shows_fields_in_words_and_says_them(card: Card) -> None:
    assert card.fields.accessibleDescription() == (
        "指标名 GDP；数值 486.2亿元；类别 总量；比较基准 空；期间 空；排名范围 空；地区 空；性质 实绩"
    )
    assert card.quote.accessibleDescription() == "前三季度实现GDP486.2亿元，增长较快。"
    card.show_annotation(COMMITMENT, text=DOCUMENT.text)
    assert card.fields.accessibleDescription() == "语气 空；类别 空；期限 空"


STATES = [
    (State.SUGGESTED, False, "○ 建议"),
    (State.SUGGESTED, True, "⏸ 已搁置"),
    (State.ACCEPTED, False, "✓ 已采纳"),
    (State.CORRECTED, False, "✎ 已更正"),
    (State.REJECTED, False, "✕ 已驳回"),
    (State.ADDED, False, "＋ 新增"),
]


@pytest.mark.parametrize(("state", "skipped", "expected"), STATES)
def test_a_state_has_a_sign_and_a_word(card: Card, state: State, skipped: bool, expected: str) -> None:
    card.show_annotation(replace(METRIC, state=state), text=DOCUMENT.text, skipped=skipped)
    assert card.state == expected


def test_the_history_says_what_was_decided(card: Card) -> None:
    def decision(action: Action, before: Metric | None, after: Metric | None) -> Decision:
        return Decision(
            uid="u",
            document=DOCUMENT.id,
            subject=METRIC.id,
            type="metric",
            action=action,
            before=before,
            after=after,
            reviewer="王敏",
            at="2024-12-21T01:02:03+00:00",
            program="1",
        )

    moved = replace(METRIC, start=METRIC.start + 1, text=METRIC.text[1:])
    history = [
        decision(Action.SKIP, METRIC, METRIC),
        decision(Action.CORRECT, METRIC, replace(METRIC, kind="count", indicator="生产总值")),
        decision(Action.CORRECT, METRIC, moved),
    ]
    card.show_annotation(METRIC, text=DOCUMENT.text, history=history)
    what = [line.split("　")[1:] for line in card.history.splitlines()]
    assert what == [
        ["更正 「486.2亿元」→「86.2亿元」", "王敏"],
        ["更正 指标名 GDP→生产总值，类别 总量→数量", "王敏"],
        ["搁置", "王敏"],
    ]


def test_enter_records_what_was_changed_and_nothing_else(card: Card, recorder: Recorder) -> None:
    card.edit("period")
    field = editor(card, "period")
    assert field.hasFocus()
    QTest.keyClicks(field, "2024")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert recorder.taken == [{"period": "2024-01-01/2024-12-31"}]
    assert not card.is_editing


def test_enter_without_a_change_records_nothing(card: Card, recorder: Recorder) -> None:
    card.edit()
    QTest.keyClick(editor(card, "indicator"), Qt.Key.Key_Return)
    assert recorder.taken == []
    assert not card.is_editing


def test_escape_forgets_what_was_typed(card: Card, recorder: Recorder) -> None:
    card.edit("unit")
    QTest.keyClicks(editor(card, "unit"), "x")
    QTest.keyClick(editor(card, "unit"), Qt.Key.Key_Escape)
    assert recorder.taken == []
    card.edit("unit")
    assert editor(card, "unit").text() == "元"  # type: ignore[union-attr]


def test_choices_are_chosen_with_keys_and_enter_records_them(card: Card, recorder: Recorder) -> None:
    card.edit("status")
    field = editor(card, "status")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert recorder.taken == [{"status": "estimate"}]


def test_what_is_chosen_by_hand_counts_more_than_what_a_quantity_implies(
    card: Card, recorder: Recorder
) -> None:
    card.edit("value")
    field = editor(card, "value")
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    QTest.keyClicks(field, "50%")
    unit = editor(card, "unit")
    QTest.keySequence(unit, QKeySequence("Ctrl+A"))
    QTest.keyClicks(unit, "pp")
    QTest.keyClick(unit, Qt.Key.Key_Return)
    assert recorder.taken == [{"value": "50", "unit": "pp"}]


WRONG = [
    ("value", "many", "“many”不是数值"),
    ("value_high", "1e", "“1e”不是数值"),
    ("period", "2024/2023", "“2024/2023”不是期间"),
]


@pytest.mark.parametrize(("name", "typed", "problem"), WRONG)
def test_a_wrong_value_is_explained_while_it_is_typed_and_is_not_recorded(
    card: Card, recorder: Recorder, name: str, typed: str, problem: str
) -> None:
    card.edit(name)
    field = editor(card, name)
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    QTest.keyClicks(field, typed)
    form = card.findChild(FieldsForm)
    assert form is not None
    assert form.problem(name).startswith(problem)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert recorder.taken == []
    assert card.is_editing
    assert field.hasFocus()
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert form.problem(name) == ""


def test_a_refusal_keeps_the_fields_open_and_says_why(card: Card, recorder: Recorder) -> None:
    recorder.refusal = "区间的上限 3 小于下限 5。"
    card.edit("unit")
    QTest.keyClicks(editor(card, "unit"), "x")
    QTest.keyClick(editor(card, "unit"), Qt.Key.Key_Return)
    assert card.is_editing
    form = card.findChild(FieldsForm)
    assert form is not None
    assert form.problem() == "区间的上限 3 小于下限 5。"


def test_a_double_click_on_a_value_opens_its_field(card: Card) -> None:
    row = list(card.fields.rows).index("region")
    height = card.fields.height() / len(card.fields.rows)
    QTest.mouseDClick(card.fields, Qt.MouseButton.LeftButton, pos=QPoint(150, round((row + 0.4) * height)))
    assert editor(card, "region").hasFocus()
