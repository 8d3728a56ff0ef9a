"""What the ledger remembers for its user: the columns, the order of rows, and filters with names.

They are the user's and not the project's: the same questions are asked of each project, and a project
file holds nothing but documents and decisions.
"""

from __future__ import annotations

import contextlib
from typing import Any, NamedTuple

from jiaozhu import settings
from jiaozhu.qt.ledger_columns import COLUMNS, PLACES
from jiaozhu.review.ledger import LedgerFilter


class ColumnPlace(NamedTuple):
    """A column as the user has it."""

    name: str
    width: int
    is_shown: bool


def columns() -> list[ColumnPlace]:
    """Return all columns in the user's order; those that are new to the user stand at the end."""
    kept = _ledger().get("columns")
    found: dict[str, ColumnPlace] = {}
    for entry in kept if isinstance(kept, list) else ():
        match entry:
            case [str(name), int(width), bool(is_shown)] if name in PLACES and 20 <= width <= 2000:
                found[name] = ColumnPlace(name, width, is_shown)
    missing = (ColumnPlace(one.name, one.width, one.is_shown) for one in COLUMNS if one.name not in found)
    return [*found.values(), *missing]


def note_columns(places: list[ColumnPlace]) -> None:
    """Remember the columns in their order."""
    _write(columns=[list(place) for place in places])


def filters() -> dict[str, LedgerFilter]:
    """Return the filters that were given a name, by name."""
    kept = _ledger().get("filters")
    named = kept.items() if isinstance(kept, dict) else ()
    return {name: LedgerFilter.from_json(filter_) for name, filter_ in named}


def note_filter(name: str, filter_: LedgerFilter | None) -> None:
    """Remember a filter by a name; None: forget the one of this name."""
    known = filters()
    known.pop(name, None)
    if filter_ is not None:
        known[name] = filter_
    _write(filters={name: one.to_json() for name, one in known.items()})


def _ledger() -> dict[str, Any]:
    kept = settings.read().get("ledger")
    return kept if isinstance(kept, dict) else {}


def _write(**changes: object) -> None:
    with contextlib.suppress(OSError):
        settings.write(ledger=_ledger() | changes)
