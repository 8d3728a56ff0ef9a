"""What the program knows about: documents, speeches, metrics, commitments, decisions.

Plain typed data without behaviour beyond what follows from the fields. All offsets
are half-open and count Unicode code points of `Document.text`; ``source_start`` and
``source_end`` count code points of the decoded source file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, NamedTuple, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def _record(cls: type[_T]) -> type[_T]:
    """Make a class of what comes in tens of thousands: frozen for the type checker alone.

    Freezing at run time makes each of them cost six times as much (14 instead of 2.4 µs for a metric).
    """
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)


class State(StrEnum):
    """Where an annotation stands, derived from its latest decision."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"


#: States that a human's decision put an annotation into and that count as data.
VERIFIED = (State.ACCEPTED, State.CORRECTED, State.ADDED)


class Action(StrEnum):
    """What a reviewer did to an annotation, a speech or a document's metadata."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    SKIP = "skip"
    UNDO = "undo"
    REDO = "redo"
    MOVE = "move"  # an annotation follows its speech, which was split, merged or corrected; the state stays
    FLAG = "flag"  # marked to be looked at again, or no more; the state stays
    NOTE = "note"  # a remark was written or taken away; the state stays
    CARRY = "carry"  # decided in an earlier version of the document, by this reviewer at this time


#: Actions that are about an annotation and decide nothing of it.
BESIDE = (Action.MOVE, Action.FLAG, Action.NOTE)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Positions in the cleaned text, mapped to positions in the decoded source.

    The cleaned text is made of runs of the source: run ``i`` starts at
    ``text_starts[i]`` in the text and at ``source_starts[i]`` in the source, and lasts
    until the next run starts. Both tuples ascend and start with 0 in ``text_starts``.
    """

    text_starts: tuple[int, ...] = (0,)
    source_starts: tuple[int, ...] = (0,)

    def position(self, offset: int) -> int:
        """Return the source position of the text's character at `offset`."""
        run = bisect_right(self.text_starts, offset) - 1
        return self.source_starts[run] + offset - self.text_starts[run]

    def offset(self, position: int) -> int:
        """Return the offset of the text's first character at the source `position` or behind it."""
        run = max(0, bisect_right(self.source_starts, position) - 1)
        offset = max(0, self.text_starts[run] + position - self.source_starts[run])
        return min(offset, *self.text_starts[run + 1 : run + 2], offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the text span `start`, `end` (half-open)."""
        if end <= start:
            at = self.position(start)
            return at, at
        return self.position(start), self.position(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Box:
    """Where a run of the text stands on the pages of the source, up to where the next run starts.

    The edges are shares of the page's width and height, from its upper left corner: 0 to 1.
    """

    text_start: int
    page: int  # from 1
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """Characters of the source, other than white space, that aren't in the text, and why.

    The positions are those in the decoded source; None for formats without plain text.
    """

    text: str
    reason: str  # one of the reasons in reading.content
    source_start: int | None = None
    source_end: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What reading could not make out for certain and a person should look at."""

    kind: str  # "date": a day as written that is none; "encoding": the name of the one that was guessed
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source file: its bytes' hash and encoding, its cleaned text, the map back."""

    id: str  # the first 16 hex digits of sha256
    source: str  # file name, without folders
    sha256: str  # of the source bytes
    encoding: str | None  # None for formats without plain text
    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None  # ISO: the occasion, else the publication
    url: str | None = None  # where it was published, if the source says so
    replaces: str | None = None  # Document.id of the earlier version that this is a new version of
    raw: bytes = field(default=b"", repr=False)  # the source bytes
    source_map: SourceMap | None = field(default_factory=SourceMap, repr=False)  # None as for encoding
    boxes: tuple[Box, ...] | None = field(default=None, repr=False)  # None for formats without pages
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    doubts: tuple[Doubt, ...] = ()

    def boxes_of(self, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of the lines in which the text from `start` to `end` stands (half-open)."""
        if not self.boxes:
            return ()
        first = max(0, bisect_right(self.boxes, start, key=lambda box: box.text_start) - 1)
        last = bisect_right(self.boxes, max(start, end - 1), key=lambda box: box.text_start)
        return self.boxes[first:last]


@_record
class Metadata:
    """What is known about a document beside its text; a reviewer may correct it."""

    type: ClassVar[str] = "metadata"

    id: str  # Document.id
    title: str | None = None
    publisher: str | None = None
    date: str | None = None  # ISO: the occasion, else the publication
    url: str | None = None


@_record
class Speech:
    """One speaker's contribution inside a document."""

    type: ClassVar[str] = "speech"

    id: str
    start: int
    end: int
    source_start: int | None = None
    source_end: int | None = None
    heading: str | None = None
    speaker: str | None = None
    office: str | None = None
    region: str | None = None
    region_code: str | None = None
    date: str | None = None


@_record
class Annotation:
    """What a metric and a commitment have in common: a span with its origin and state."""

    type: ClassVar[str]

    id: str  # unique in its document
    speech: str
    start: int
    end: int
    source_start: int | None = None
    source_end: int | None = None
    text: str


@_record
class Metric(Annotation):
    """A quantity about the real world that somebody could check (guideline, section 2)."""

    type: ClassVar[str] = "metric"

    indicator: str | None = None
    indicator_start: int | None = None
    indicator_end: int | None = None
    indicator_id: str | None = None  # of the indicator, however it is written; None: not one of those known
    value: str | None = None  # decimal in the base unit
    value_high: str | None = None  # upper end of a range
    unit: str | None = None
    comparator: str | None = None
    kind: str | None = None
    basis: str | None = None
    period: str | None = None  # ISO start/end, both inclusive
    scope: str | None = None
    region: str | None = None
    status: str | None = None
    confidence: float | None = None
    rule: str | None = None  # the extractor's rule that found it
    cue: str | None = None  # the words that decided status or comparator, as written
    state: State = State.SUGGESTED
    flagged: bool = False  # a reviewer wants it looked at again
    note: str | None = None  # what a reviewer remarks
    reviewer: str | None = None  # who verified it, and when (ISO 8601, UTC): exports only
    reviewed_at: str | None = None


@_record
class Commitment(Annotation):
    """A clause that binds the place to a future action or result (guideline, section 3)."""

    type: ClassVar[str] = "commitment"

    strength: str | None = None
    kind: str | None = None
    deadline: str | None = None  # ISO date
    metrics: tuple[str, ...] = ()  # ids of the metrics inside the span
    confidence: float | None = None
    rule: str | None = None
    cue: str | None = None  # the tone word, as written
    state: State = State.SUGGESTED
    flagged: bool = False  # a reviewer wants it looked at again
    note: str | None = None  # what a reviewer remarks
    reviewer: str | None = None  # who verified it, and when (ISO 8601, UTC): exports only
    reviewed_at: str | None = None


AnyAnnotation = Metric | Commitment

#: What a decision can be about.
Subject = Metric | Commitment | Speech | Metadata

COMPARATORS = ("=", ">", ">=", "<", "<=", "~", "range")
METRIC_KINDS = ("level", "count", "growth", "change", "share", "ratio", "rank", "streak")
BASES = ("yoy", "qoq", "mom", "cagr", "cumulative", "other")
STATUSES = ("actual", "estimate", "target", "planned")
STRENGTHS = ("firm", "aim", "plan")
COMMITMENT_KINDS = ("quantified", "deliverable", "directional")

#: Fields of an annotation that follow from its decisions and that no suggestion has.
DERIVED = ("state", "flagged", "note", "reviewer", "reviewed_at")

#: Fields whose value is one of a fixed list, by annotation type.
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "metric": {"comparator": COMPARATORS, "kind": METRIC_KINDS, "basis": BASES, "status": STATUSES},
    "commitment": {"strength": STRENGTHS, "kind": COMMITMENT_KINDS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extractor found in one document."""

    speeches: tuple[Speech, ...]
    metrics: tuple[Metric, ...]
    commitments: tuple[Commitment, ...]
    version: str  # of the extractor


class Reviewer(NamedTuple):
    """Who decides: a name that may change, and an id that doesn't."""

    name: str
    id: str | None = None  # UUID4 of the installation; None: not known


@_record
class Decision:
    """What one reviewer did to one annotation, speech or metadata; never changed once recorded."""

    uid: str  # UUID4: the same decision in two files is recognised by it
    document: str  # Document.id
    subject: str  # the id of the annotation or speech, or the document's for its metadata
    type: str  # of the subject: "metric", "commitment", "speech" or "metadata"
    action: Action
    before: Subject | None  # None: it was not there (add)
    after: Subject | None  # None: it is not there any more (an add undone, a speech merged into another)
    reviewer: str
    at: str  # ISO 8601, UTC, with microseconds
    program: str  # version of Jiaozhu
    batch: str | None = None  # one bulk act: the same value on all its decisions
    reviewer_id: str | None = None  # UUID4 of the installation that the reviewer works at; None: not known
    parents: tuple[str, ...] = ()  # uids of the decisions on the subject that the reviewer saw last
