"""What reviewers said of the speeches of an earlier version is said of those of a new version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiaozhu.model import Speech
from jiaozhu.review.alignment import Alignment, clauses

#: How far into a speech something of the earlier version must still be there to say where it began.
_OPENING = 400

#: How far the beginnings may be apart: a heading of one line that is new, gone or cut off otherwise.
_LINE = 40


def carry_speeches(
    old_decided: Sequence[Speech], alignment: Alignment, new: Sequence[Speech]
) -> tuple[list[tuple[Speech, Speech]], list[Speech]]:
    """Return pairs of a new speech as found and as corrected, and the old speeches that have no opposite.

    `old_decided` are speeches of the earlier version as reviewers left them; `new` are those found in the
    new version, whose bounds stay. A speech that says already what the reviewer said needs no pair.
    """
    pairs: list[tuple[Speech, Speech]] = []
    lost: list[Speech] = []
    left = list(new)
    for speech in old_decided:
        found = _opposite(speech, alignment, left)
        if found is None:
            lost.append(speech)
            continue
        left.remove(found)
        corrected = replace(
            found,
            heading=speech.heading,
            speaker=speech.speaker,
            office=speech.office,
            region=speech.region,
            region_code=speech.region_code,
            date=speech.date,
        )
        if corrected != found:
            pairs.append((found, corrected))
    return pairs, lost


def _opposite(speech: Speech, alignment: Alignment, new: Sequence[Speech]) -> Speech | None:
    """Return the new speech that begins where an old one did; None if there is none."""
    start = next(_beginnings(speech, alignment), None)
    if start is None:
        return None
    found = min(new, key=lambda item: abs(item.start - start), default=None)
    return found if found is not None and abs(found.start - start) <= _LINE else None


def _beginnings(speech: Speech, alignment: Alignment) -> Iterator[int]:
    """Yield where a speech would begin in the new version, by each of its first clauses that is there."""
    for start, end in clauses(alignment.old_text, speech.start, min(speech.end, speech.start + _OPENING)):
        span = alignment.span(start, end)
        if span is not None:
            yield span[0] - (start - speech.start)
