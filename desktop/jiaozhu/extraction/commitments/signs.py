"""The signs that the confidence of a commitment goes by."""

from __future__ import annotations

from collections.abc import Sequence

from jiaozhu.extraction.commitments.candidates import Candidate
from jiaozhu.extraction.confidence import Signs, length_class, opening
from jiaozhu.extraction.text import Clause

_COUNTS = ("0", "1", "2", "3", "3")
_MANY = "many"


def commitment_signs(
    c: Candidate, clauses: Sequence[Clause], kept: Sequence[Candidate], kind: str, deadline: str | None
) -> Signs:
    """Return the signs of a commitment; `kept` are those of its sentence."""
    clause, head = clauses[c.clause], c.head
    count = len(kept)
    metrics = len(c.metrics)
    return (
        c.rule,
        head.kind,
        c.strength,
        "tone" if c.tone else "",
        kind,
        "none" if not metrics else "targets" if c.targets == metrics else "some" if c.targets else "sizes",
        "deadline" if deadline else "",
        "obliged" if head.obliged else "manner" if head.manner else "",
        length_class(c.end - c.start),
        ("part" if c.start > clause.start else "whole") if c.end <= clause.end else "beyond",
        clause.mark,
        opening(clauses, c.clause),
        _COUNTS[count] if count < len(_COUNTS) else _MANY,
        "alone" if count == 1 else "first" if c is kept[0] else "last" if c is kept[-1] else "between",
    )
