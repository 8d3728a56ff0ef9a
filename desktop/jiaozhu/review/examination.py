"""A whole project looked through: what the store promises, and what the fields say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiaozhu.review.values import check_values
from jiaozhu.store import Fault, Rule, Store, StoreError, backups, doctor

#: How many documents were looked at, and of how many.
Progress = Callable[[int, int], object]


def examine(path: Path, progress: Progress = lambda done, total: None) -> list[Fault]:
    """Return what is wrong with a project, and hints; nothing is written.

    Raises StoreError if the file is no project, or is newer than the program.
    """
    faults = doctor.examine(path, progress)
    return faults + _values(path, faults)


def mend(path: Path, faults: list[Fault]) -> tuple[Path, list[Fault]]:
    """Put right what is curable; return the backup that was made before, and what is wrong then.

    Raises StoreError, nothing having changed, if it can't be done.
    """
    backup = backups.make(path, backups.Occasion.REPAIR)
    faults = doctor.cure(path, faults)
    return backup, faults + _values(path, faults)


def _values(path: Path, faults: list[Fault]) -> list[Fault]:
    """Look at the fields, unless what is wrong already may keep them from being read."""
    if any(fault.rule in (Rule.FILE, Rule.LAYOUT) for fault in faults):
        return []
    try:
        with Store(path, read_only=True) as store:
            return list(check_values(store))
    except StoreError as error:
        # One of an older layout is looked through as a copy; its fields once it was opened.
        return [Fault(Rule.HINT, str(error))]
