"""Colours and type of the window, read from resources/theme/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from jiaozhu.paths import resources


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theme:
    """The colours of one scheme; what each is for stands in resources/theme/light.toml."""

    paper: QColor
    surface: QColor
    raised: QColor
    line: QColor
    ink: QColor
    quiet: QColor
    faint: QColor
    select: QColor
    on_select: QColor
    hover: QColor
    metric: QColor
    metric_tint: QColor
    metric_strong: QColor
    commitment: QColor
    commitment_tint: QColor
    focus: QColor
    done: QColor
    warning: QColor
    warning_tint: QColor

    def colours(self) -> dict[str, QColor]:
        """Return the colours by name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def palette(self) -> QPalette:
        """Return the palette for Qt's own widgets."""
        palette = QPalette()
        role = QPalette.ColorRole
        for chosen, colour in {
            role.Window: self.surface,
            role.WindowText: self.ink,
            role.Base: self.raised,
            role.AlternateBase: self.surface,
            role.Text: self.ink,
            role.Button: self.raised,
            role.ButtonText: self.ink,
            role.PlaceholderText: self.quiet,
            role.ToolTipBase: self.raised,
            role.ToolTipText: self.ink,
            role.Highlight: self.select,
            role.HighlightedText: self.on_select,
            role.Link: self.commitment,
            role.BrightText: self.focus,
            role.Light: self.raised,
            role.Midlight: self.line,
            role.Mid: self.line,
            role.Dark: self.faint,
            role.Shadow: self.faint,
            role.Accent: self.focus,
        }.items():
            palette.setColor(chosen, colour)
        for chosen in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, chosen, self.faint)
        return palette

    def style_sheet(self) -> str:
        """Return resources/theme/window.qss with the colours and sizes of this theme in it."""
        values = {name: colour.name() for name, colour in self.colours().items()}
        for size in ("size", "small", "large"):
            values[f"type_{size}"] = f"{_read('type')['interface'][size]}px"
        shade = "dark" if self.paper.lightness() < 128 else "light"
        values["arrow"] = (resources() / "icons" / f"arrow-{shade}.svg").as_posix()
        return Template(_qss()).substitute(values)


_chosen: str | None = None


def current() -> Theme:
    """Return the theme that the user chose, else the one that goes with the system's colour scheme."""
    if _chosen:
        return named(_chosen)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return named("dark" if dark else "light")


def choose(name: str | None) -> None:
    """Choose the theme "light" or "dark"; None: the one of the system."""
    global _chosen
    _chosen = name


def dress(widget: QWidget) -> None:
    """Give a widget and what is in it the style sheet of the current theme, and of those to come."""
    widget.setProperty("dressed", True)
    widget.setStyleSheet(_style_sheet(current()))


def redress(window: QWidget) -> None:
    """Give everything in a window that was dressed the style sheet of the current theme."""
    for widget in window.findChildren(QWidget):
        if widget.property("dressed"):
            widget.setStyleSheet(_style_sheet(current()))


def reading() -> dict[str, Any]:
    """Return the typography of the text: sizes in pixels, line height as a factor."""
    return dict(_read("type")["reading"])


def reading_font(size: int | None = None) -> QFont:
    """Return the font of the text, in pixels."""
    return _font("reading", size or _read("type")["reading"]["size"])


def interface_font(size: str = "size") -> QFont:
    """Return the font of everything around the text: `size`, "small" or "large"."""
    return _font("interface", _read("type")["interface"][size])


def _font(kind: str, pixels: int) -> QFont:
    font = QFont()
    font.setFamilies(_read("type")[kind]["families"])
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.Serif if kind == "reading" else QFont.StyleHint.SansSerif)
    return font


@cache
def _style_sheet(of: Theme) -> str:
    return of.style_sheet()


@cache
def named(name: str) -> Theme:
    """Return the theme in resources/theme/`name`.toml; the same one for the same name."""
    colours = _read(name)["colours"]
    return Theme(**{entry.name: QColor(colours[entry.name]) for entry in fields(Theme)})


@cache
def _read(name: str) -> dict[str, Any]:
    with _file(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _qss() -> str:
    return _file("window.qss").read_text("utf-8")


def _file(name: str) -> Path:
    return resources() / "theme" / name
