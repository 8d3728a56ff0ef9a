"""A sentence with its source, as it goes into a text of one's own."""

from __future__ import annotations

from jiaozhu.model import AnyAnnotation, Document, Speech
from jiaozhu.sentences import Sentences


def citation(document: Document, speech: Speech | None, annotation: AnyAnnotation) -> str:
    """Return the sentence that an annotation stands in, quoted, with speaker, title, publisher, date and URL.

    What is not known is left out.
    """
    quoted = f"“{_nested(Sentences(document.text).around(annotation.start, annotation.end))}”"
    person = "".join(part for part in ((speech.office, speech.speaker) if speech else ()) if part)
    named = document.title or document.source
    date = (speech.date if speech else None) or document.date
    pages = document.boxes_of(annotation.start, annotation.end)
    page = f"第{pages[0].page}页" if pages else None
    source = "，".join(
        part for part in (person, f"《{named}》", document.publisher, date, page, document.url) if part
    )
    return f"{quoted}（{source}）"


def _nested(quote: str) -> str:
    """Return a quote with the quotation marks that are usual inside of others."""
    return quote.replace("“", "‘").replace("”", "’")
