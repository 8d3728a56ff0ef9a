"""Where the program's own files and the user's lie."""

from __future__ import annotations

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
