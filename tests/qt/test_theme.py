"""The themes: complete, legible, and used by name everywhere."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from jiaozhu.paths import resources
from jiaozhu.qt import theme

THEMES = ("light", "dark")


def luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2)."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


#: What is read on what, with the least contrast: 4.5 for text, 7 for the text that is read for hours,
#: 3 for lines and signs that say something.
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "metric_tint", 7.0),
    ("ink", "metric_strong", 7.0),
    ("ink", "commitment_tint", 7.0),
    ("ink", "surface", 7.0),
    ("ink", "raised", 7.0),
    ("ink", "line", 4.5),
    ("ink", "hover", 4.5),
    ("on_select", "select", 7.0),
    ("ink", "select", 4.5),
    ("quiet", "paper", 4.5),
    ("quiet", "surface", 4.5),
    ("quiet", "raised", 4.5),
    ("commitment", "commitment_tint", 4.5),
    ("commitment", "surface", 4.5),
    ("metric", "surface", 3.0),
    ("done", "surface", 4.5),
    ("warning", "surface", 4.5),
    ("warning", "warning_tint", 4.5),
    ("metric", "paper", 3.0),
    ("commitment", "paper", 3.0),
    ("focus", "paper", 3.0),
    ("focus", "metric_strong", 3.0),
    ("focus", "surface", 3.0),
    ("faint", "paper", 3.0),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=[f"{a} on {b}" for a, b, _ in PAIRS])
def test_everything_is_legible(name: str, ink: str, ground: str, least: float) -> None:
    colours = theme.named(name).colours()
    assert contrast(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_uses_colours_that_exist(name: str, qtbot: QtBot) -> None:
    sheet = theme.named(name).style_sheet()
    assert not re.search(r"\$[a-z{]", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S))
    (arrow,) = set(re.findall(r'url\("(.*?)"\)', sheet))
    assert Path(arrow).is_file()


def test_colours_stand_in_themes_and_nowhere_in_code() -> None:
    folder = Path(__file__).resolve().parents[2] / "desktop" / "jiaozhu" / "qt"
    found = [
        path.name for path in folder.glob("*.py") if re.search(r"#[0-9a-fA-F]{6}\b", path.read_text("utf-8"))
    ]
    assert found == []
    assert (resources() / "icons" / "jiaozhu.svg").is_file()
