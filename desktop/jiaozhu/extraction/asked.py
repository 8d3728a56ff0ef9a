"""What the rules read in words that a reviewer marks and that they did not find themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaozhu.extraction.commitments.candidates import Candidate, Figures, find_tone
from jiaozhu.extraction.commitments.deliverables import find_kind
from jiaozhu.extraction.commitments.heads import read_head
from jiaozhu.extraction.commitments.signals import Signals, strength_of
from jiaozhu.extraction.metrics.find import find_metrics
from jiaozhu.extraction.origin import Origin
from jiaozhu.extraction.pipeline import day_of
from jiaozhu.extraction.stances.stance import Stance, find_stances
from jiaozhu.extraction.text import Clause, normalise, split_clauses
from jiaozhu.extraction.times.periods import TimeExpression, find_times
from jiaozhu.extraction.times.timeline import Timeline
from jiaozhu.model import Document, Metric, Speech

#: How much of a speech is read, in characters before and behind: a key press has to wait for it.
_BEFORE, _BEHIND = 1200, 200
#: Where a document tells its day if no field does, in characters.
_FRONT = 600


@dataclass(frozen=True, slots=True)
class _Passage:
    """The part of a speech around a span, with offsets of its own."""

    text: str
    begin: int  # where it stands in the document
    clauses: list[Clause]
    times: list[TimeExpression]
    timeline: Timeline
    stances: list[Stance]


def ask_metric(document: Document, speech: Speech, start: int, end: int) -> Metric | None:
    """Return the metric that a quantity from `start` to `end` is; None if the grammar sees no quantity there.

    The id and the source offsets of the metric mean nothing; the span is that of the document.
    """
    passage = _passage(document, speech, start, end)
    here = start - passage.begin, end - passage.begin
    part = replace(document, text=document.text[passage.begin :][: len(passage.text)], source_map=None)
    found = find_metrics(
        passage.text,
        passage.clauses,
        passage.stances,
        passage.timeline,
        passage.times,
        Origin(part, speech),
        asked=frozenset((here,)),
    )
    for metric in found:
        if (metric.start, metric.end) == here:
            return replace(metric, start=start, end=end)
    return None


def ask_commitment(
    document: Document, speech: Speech, metrics: Sequence[Metric], start: int, end: int
) -> dict[str, str | None]:
    """Return strength, kind and deadline of the commitment that a clause from `start` to `end` is.

    `metrics` are those that stand in it.
    """
    passage = _passage(document, speech, start, end)
    text, first, last = passage.text, start - passage.begin, end - passage.begin
    head = read_head(text, first, last)
    tone = find_tone(Signals(text, first, last), head, first, last)
    candidate = Candidate(0, first, last, head, head.kind, (), tone=tone)
    candidate.refit(Figures([replace(metric, start=metric.start - passage.begin) for metric in metrics]))
    number = bisect_right([clause.start for clause in passage.clauses], first) - 1
    return {
        "strength": strength_of(tone) if tone else candidate.strength,
        "kind": find_kind(text, candidate),
        "deadline": passage.timeline.deadline(max(0, number), first),
    }


def _passage(document: Document, speech: Speech, start: int, end: int) -> _Passage:
    """Return the paragraphs around a span, as far as one can wait for."""
    begin = max(speech.start, start - _BEFORE)
    if begin > speech.start:  # not in the middle of a paragraph
        line = document.text.find("\n", begin, start)
        begin = line + 1 if line >= 0 else begin
    text = normalise(document.text[begin : min(speech.end, end + _BEHIND)])
    front = "" if speech.date or document.date else normalise(document.text[: speech.start + _FRONT])
    day = day_of(document, speech, front)
    clauses = split_clauses(text, 0, len(text))
    times = find_times(text, day, 0, len(text))
    timeline = Timeline(text, clauses, times, day)
    return _Passage(text, begin, clauses, times, timeline, find_stances(text, clauses, day, times=times))
