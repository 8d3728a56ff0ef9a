"""From a document to its speeches, metrics and commitments."""

from __future__ import annotations

from datetime import date

from jiaozhu.extraction.commitments.find import find_commitments
from jiaozhu.extraction.metrics.find import find_metrics
from jiaozhu.extraction.origin import Origin
from jiaozhu.extraction.speeches.find import find_speeches
from jiaozhu.extraction.stances.stance import find_stances
from jiaozhu.extraction.text import normalise, split_clauses
from jiaozhu.extraction.times.periods import find_times
from jiaozhu.extraction.times.timeline import Timeline, find_handed_over, guess_day
from jiaozhu.model import Commitment, Document, Extraction, Metric, Speech

#: Changes with every change of the rules or their words that can change what is found.
VERSION = "4"


def extract(document: Document) -> Extraction:
    """Return what the rules find in the document; ids are unique in it and follow the text."""
    text = normalise(document.text)
    speeches = find_speeches(document, text)
    metrics: list[Metric] = []
    commitments: list[Commitment] = []
    floor = 0  # where the speech before ends: what hands over to the next one may name its period
    for speech in speeches:
        _read_speech(document, text, speech, floor, metrics, commitments)
        floor = speech.end
    return Extraction(
        speeches=tuple(speeches), metrics=tuple(metrics), commitments=tuple(commitments), version=VERSION
    )


def _read_speech(
    document: Document,
    text: str,
    speech: Speech,
    floor: int,
    metrics: list[Metric],
    commitments: list[Commitment],
) -> None:
    """Add the annotations of one speech, numbered on from those before."""
    day = day_of(document, speech, text)
    clauses = split_clauses(text, speech.start, speech.end)
    times = find_times(text, day, speech.start, speech.end)
    handed_over = find_handed_over(text, floor, speech.start, day)
    timeline = Timeline(text, clauses, times, day, handed_over=handed_over)
    stances = find_stances(text, clauses, day, times=times)
    origin = Origin(document, speech)
    found = find_metrics(text, clauses, stances, timeline, times, origin, first=len(metrics) + 1)
    metrics.extend(found)
    commitments.extend(
        find_commitments(text, clauses, stances, timeline, found, origin, first_id=len(commitments) + 1)
    )


def day_of(document: Document, speech: Speech, text: str) -> date | None:
    """Return the day of a speech: its own, the document's, or what the title of a report tells."""
    written = speech.date or document.date
    return date.fromisoformat(written) if written else guess_day(text, speech.start, document.source)
