"""Where an annotation comes from: its speech, its words as written, its place in the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from jiaozhu.model import Document, Speech


class Place(TypedDict):
    """The fields of an annotation that follow from its span."""

    speech: str
    start: int
    end: int
    text: str
    source_start: int | None
    source_end: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """One speech of a document, as the source of annotations."""

    document: Document
    speech: Speech

    def place(self, start: int, end: int) -> Place:
        """Return the fields of an annotation from `start` to `end` (offsets into the document's text)."""
        source: tuple[int | None, int | None] = (None, None)
        if self.document.source_map is not None:
            source = self.document.source_map.span(start, end)
        return {
            "speech": self.speech.id,
            "start": start,
            "end": end,
            "text": self.document.text[start:end],
            "source_start": source[0],
            "source_end": source[1],
        }


def unplaced(text: str, start: int, end: int) -> Place:
    """Return the fields of an annotation of a text that belongs to no document."""
    return {
        "speech": "",
        "start": start,
        "end": end,
        "text": text[start:end],
        "source_start": None,
        "source_end": None,
    }
