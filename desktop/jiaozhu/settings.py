"""The user's settings: one small JSON file, read at start and written when one changes.

A setting that is missing has the default that its reader names. A file that can't be read
never keeps the program from starting; it is put aside at the next change, not overwritten.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from jiaozhu.paths import user_folder


def _file() -> Path:
    return user_folder() / "settings.json"


def read() -> dict[str, Any]:
    """Return all settings; empty if there are none or if the file can't be used."""
    try:
        settings = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}


def write(**changes: Any) -> None:
    """Change some settings and keep the others; None removes one.

    Raises OSError if the user's folder can't be written.
    """
    file = _file()
    before = read()
    settings = {key: value for key, value in (before | changes).items() if value is not None}
    file.parent.mkdir(parents=True, exist_ok=True)
    if not before:  # nothing in it, or nothing that could be read: keep what the user may have written
        with contextlib.suppress(FileNotFoundError):
            file.replace(file.with_suffix(".broken"))
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    fresh.replace(file)
