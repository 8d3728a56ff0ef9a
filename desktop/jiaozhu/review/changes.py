"""What a session tells its listeners: which kind of thing changed, and never how to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of thing changed."""

    DOCUMENT = "document"  # another one is open: everything is new
    ANNOTATIONS = "annotations"  # those with the ids: new, changed or gone
    OUTLINE = "outline"  # speeches or metadata of the open document
    FOCUS = "focus"
    SELECTION = "selection"
    FILTER = "filter"
    WORKLIST = "worklist"  # another one is followed, or none; or more of it is done
    SAVED = "saved"  # a decision is on the disk
    UNSAVED = "unsaved"  # a decision could not be written, `problem` says why; or it was given up


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of thing changed; with ANNOTATIONS, which of them."""

    kind: Kind
    ids: tuple[str, ...] = ()
