"""Where the program's own files and the user's lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Return the folder `name`: inside an installed package, else at the root of the checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def resources() -> Path:
    """Return the folder with lexicon, gazetteer, translations, icons, theme and guideline."""
    return _shipped("resources")


def sample_docs() -> Path:
    """Return the folder with the sample documents and their gold."""
    return _shipped("sample_docs")


def user_folder() -> Path:
    """Return the folder for what the program keeps for its user; it need not exist yet.

    JIAOZHU_HOME names another one: a stick with the program and its settings, or a test.
    """
    if chosen := os.environ.get("JIAOZHU_HOME"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Jiaozhu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Jiaozhu"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "jiaozhu"
