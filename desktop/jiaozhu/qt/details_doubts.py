"""What reading a document was not sure of, as sentences; what a reviewer has settled is left out."""

from __future__ import annotations

from collections.abc import Sequence

from jiaozhu.model import Decision, Document, Doubt, Metadata
from jiaozhu.qt import readable
from jiaozhu.reading.content import DATE, ENCODING
from jiaozhu.review.doubts import sentence


def open_doubts(document: Document, history: Sequence[Decision]) -> list[str]:
    """Return the doubts about a document as sentences, given the decisions on its metadata."""
    first = history[0].before if history else None
    is_dated = isinstance(first, Metadata) and first.date != document.date
    return [_said(doubt) for doubt in document.doubts if not (is_dated and doubt.kind == DATE)]


def _said(doubt: Doubt) -> str:
    return sentence(doubt, readable.encoding(doubt.text) if doubt.kind == ENCODING else None)
