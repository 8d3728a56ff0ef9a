"""What the window remembers from one sitting to the next, among the user's settings."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from jiaozhu import settings

#: How many projects are remembered.
_PROJECTS = 8


def recent_projects() -> list[Path]:
    """Return the projects opened last, the newest first, without those that are gone."""
    listed = settings.read().get("projects")
    paths = [Path(entry["path"]) for entry in _entries(listed)]
    return [path for path in paths if path.is_file()]


def note_project(path: Path) -> None:
    """Put a project at the head of those opened last."""
    here = str(path.absolute())
    entries = _entries(settings.read().get("projects"))
    found = next((entry for entry in entries if entry["path"] == here), {"path": here})
    _write(projects=[found, *(entry for entry in entries if entry["path"] != here)][:_PROJECTS])


def place(path: Path | None) -> tuple[str | None, str | None]:
    """Return the document and the annotation that a project was left at."""
    here = str(path.absolute()) if path is not None else ""
    for entry in _entries(settings.read().get("projects")):
        if entry["path"] == here:
            return entry.get("document"), entry.get("annotation")
    return None, None


def note_place(path: Path | None, document_id: str, annotation_id: str | None) -> None:
    """Remember where a project is left."""
    entries = _entries(settings.read().get("projects"))
    for entry in entries:
        if path is not None and entry["path"] == str(path.absolute()):
            entry["document"] = document_id
            entry["annotation"] = annotation_id or ""
    _write(projects=entries)


def reviewer() -> str | None:
    """Return the name under which decisions are recorded, None if none was chosen."""
    name = settings.read().get("reviewer")
    return name if isinstance(name, str) and name.strip() else None


def note_reviewer(name: str) -> None:
    """Remember the name under which decisions are recorded."""
    _write(reviewer=name.strip() or None)


def reviewer_id() -> str:
    """Return the id under which decisions of this installation are recorded, made when first asked for."""
    id_ = settings.read().get("reviewer_id")
    if not isinstance(id_, str) or not id_.strip():
        id_ = str(uuid.uuid4())
        _write(reviewer_id=id_)
    return id_


def theme() -> str | None:
    """Return the theme that the user chose, None if it goes with the system."""
    name = settings.read().get("theme")
    return name if name in ("light", "dark") else None


def note_theme(name: str | None) -> None:
    """Remember the theme; None: the system's."""
    _write(theme=name)


def keys() -> dict[str, list[str]]:
    """Return the keys that the user chose, by the id of the action."""
    known = settings.read().get("keys")
    if not isinstance(known, dict):
        return {}
    return {
        id_: [key for key in listed if isinstance(key, str)]
        for id_, listed in known.items()
        if isinstance(listed, list)
    }


def note_keys(chosen: Mapping[str, Sequence[str]]) -> None:
    """Remember the keys that the user chose."""
    _write(keys={id_: list(listed) for id_, listed in chosen.items()} or None)


def size_of_text() -> int | None:
    """Return the size of the text that the user chose, in pixels."""
    size = settings.read().get("size_of_text")
    return size if isinstance(size, int) else None


def note_window(window: QMainWindow, panes: QSplitter, size: int) -> None:
    """Remember where the window stands, how wide its panes and how large its characters are."""
    _write(window=_text(window.saveGeometry()), panes=_text(panes.saveState()), size_of_text=size)


def restore_window(window: QMainWindow, panes: QSplitter) -> None:
    """Put the window where it stood; nothing happens if it was never moved."""
    known = settings.read()
    for key, restore in (("window", window.restoreGeometry), ("panes", panes.restoreState)):
        if isinstance(known.get(key), str):
            restore(QByteArray.fromBase64(QByteArray(known[key].encode("ascii", "ignore"))))


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _entries(listed: object) -> list[dict[str, str]]:
    """Return what can be used of a list of projects that may have been edited by hand."""
    if not isinstance(listed, list):
        return []
    return [
        {key: value for key, value in entry.items() if isinstance(value, str)}
        for entry in listed
        if isinstance(entry, dict) and isinstance(entry.get("path"), str)
    ]


def _write(**changes: object) -> None:
    """Write settings; a folder that can't be written to is no reason to stop."""
    with contextlib.suppress(OSError):
        settings.write(**changes)
