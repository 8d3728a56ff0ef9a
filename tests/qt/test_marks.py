"""Margin rules: which stand beside which lines, and how they share them."""

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from jiaozhu.qt.marks import rules
from jiaozhu.qt.page import LaidBlock
from sketch import sketch

PITCH = 30


def drawn(drawing: str, columns: int) -> list[tuple[str, int, float, float]]:
    """Return id, lane, first and last line of the rules beside a text that is so many characters wide."""
    document, extraction = sketch(drawing)
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(20)
    block = LaidBlock(0, document.text, font, width=20 * columns + 0.5, pitch=PITCH, above=0)
    return [
        (rule.commitment.id, rule.lane, round(rule.top / PITCH, 1), round(rule.bottom / PITCH, 1))
        for rule in rules(block, extraction.commitments)
    ]


RULES = {
    "one line": ("⟪一二三⟫四五", 5, [("c1", 0, 0.1, 0.9)]),
    "three lines": ("一⟪二三四五六七八九十一二⟫三", 5, [("c1", 0, 0.1, 2.9)]),
    "two that share a line": ("⟪一二⟫三⟪四五⟫", 5, [("c1", 0, 0.1, 0.4), ("c2", 0, 0.6, 0.9)]),
    "one ends where the next begins": (
        "⟪一二三四五六⟫⟪七八九十⟫",
        5,
        [("c1", 0, 0.1, 1.4), ("c2", 0, 1.6, 1.9)],
    ),
    "nested ones have lanes": ("⟪一⟪二三⟫四五⟫", 5, [("c1", 0, 0.1, 0.9), ("c2", 1, 0.1, 0.9)]),
}


@pytest.mark.parametrize(("drawing", "columns", "expected"), RULES.values(), ids=RULES)
def test_rules_stand_beside_their_lines(
    qtbot: QtBot, drawing: str, columns: int, expected: list[tuple[str, int, float, float]]
) -> None:
    assert drawn(drawing, columns) == expected
