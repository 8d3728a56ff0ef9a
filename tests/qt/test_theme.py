"""The themes: complete, legible, and used by name everywhere."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
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
    ("metric", "surface", 4.5),
    ("metric", "raised", 4.5),
    ("commitment", "raised", 4.5),
    ("commitment", "paper", 4.5),
    ("done", "surface", 4.5),
    ("done", "paper", 4.5),
    ("done", "raised", 4.5),
    ("focus", "raised", 4.5),
    ("warning", "paper", 4.5),
    ("warning", "raised", 4.5),
    ("ink", "metric_tint", 4.5),
    ("quiet", "metric_tint", 4.5),
    ("ink", "warning_tint", 4.5),
    ("quiet", "hover", 4.5),
    ("warning", "surface", 4.5),
    ("warning", "warning_tint", 4.5),
    ("metric", "paper", 4.5),
    ("focus", "paper", 4.5),
    ("focus", "metric_strong", 3.0),
    ("focus", "surface", 4.5),
    ("faint", "paper", 3.0),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=[f"{a} on {b}" for a, b, _ in PAIRS])
def test_everything_is_legible(name: str, ink: str, ground: str, least: float) -> None:
    colours = theme.named(name).colours()
    assert contrast(colours[ink], colours[ground]) >= least


#: What a widget may lie on that has no ground of its own.
GROUNDS = ("paper", "surface", "raised", "metric_tint", "warning_tint", "hover")


def styled(sheet: str) -> dict[str, dict[str, str]]:
    """Return colour and ground of each selector, with what it takes from plainer ones."""
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)):
        said = dict(re.findall(r"(?<![\w-])(color|background)\s*:\s*([^;]+?)\s*(?:;|$)", body))
        for selector in selectors.split(","):
            rules.setdefault(selector.strip(), {}).update(said)
    whole = {}
    for selector in rules:
        plain = re.split(r"(?<!:):(?!:)", selector)[0]  # without states
        kind = re.split(r"[\[:]", plain)[0]
        whole[selector] = {**rules.get(kind, {}), **rules.get(plain, {}), **rules[selector]}
    return whole


@pytest.mark.parametrize("name", THEMES)
def test_words_of_the_style_sheet_are_legible_in_every_state(name: str) -> None:
    """What is disabled is left out: it is not to be read, but to be seen as such."""
    colours = theme.named(name).colours()
    wrong = []
    checked = 0
    for selector, said in styled(theme.named(name).style_sheet()).items():
        if ":disabled" in selector or re.search("::(?!item|section)", selector) or "QScrollBar" in selector:
            continue
        ink = QColor(said.get("color", colours["ink"].name()))
        ground = said.get("background", "transparent")
        on = [colours[one] for one in GROUNDS] if ground == "transparent" else [QColor(ground)]
        worst = min(contrast(ink, one) for one in on)
        checked += 1
        if worst < 4.5:
            wrong.append(f"{selector}: {ink.name()} on {ground}, {worst:.2f}")
    assert checked > 20
    assert wrong == []


@pytest.mark.parametrize("name", THEMES)
def test_words_of_the_palette_are_legible(name: str) -> None:
    palette, role = theme.named(name).palette(), QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Window),
        (role.Link, role.Base),
    ]
    assert [pair for pair in pairs if contrast(palette.color(pair[0]), palette.color(pair[1])) < 4.5] == []


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
