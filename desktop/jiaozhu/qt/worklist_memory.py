"""Where one left off in a project's worklist: what it is made of, the annotation, and what was confirmed.

It is the user's and not the project's: each reviewer goes through a project on their own.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiaozhu import settings

if TYPE_CHECKING:
    from jiaozhu.review.worklist import Identity

#: How many projects are remembered.
_PROJECTS = 8


@dataclass(frozen=True, slots=True)
class Left:
    """How a worklist was left."""

    plan: object = None  # as the plan wrote it
    at: Identity | None = None
    seen: set[str] = field(default_factory=set)


def left(project: Path | None) -> Left:
    """Return how the worklist of a project was left; empty if it never was."""
    kept = _kept().get(_name(project))
    if not isinstance(kept, dict):
        return Left()
    at = None
    match kept.get("at"):
        case [str(document), str(type_), str(id_)]:
            at = document, type_, id_
    seen = kept.get("seen")
    return Left(kept.get("plan"), at, {key for key in seen if isinstance(key, str)} if seen else set())


def note(project: Path | None, how: Left) -> None:
    """Remember how the worklist of a project is left."""
    known = _kept()
    known.pop(_name(project), None)
    known[_name(project)] = {"plan": how.plan, "at": how.at, "seen": sorted(how.seen)}
    oldest = list(known)[:-_PROJECTS]
    with contextlib.suppress(OSError):
        settings.write(worklists={name: one for name, one in known.items() if name not in oldest})


def _name(project: Path | None) -> str:
    return str(project.absolute()) if project is not None else ""


def _kept() -> dict[str, Any]:
    kept = settings.read().get("worklists")
    return dict(kept) if isinstance(kept, dict) else {}
