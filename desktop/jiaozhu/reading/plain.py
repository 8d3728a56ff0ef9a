"""The reader of plain text."""

from __future__ import annotations

from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import Content
from jiaozhu.reading.decoding import decode


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the cleaned text in `data`; raise ReadError if it isn't text in a known encoding."""
    text, encoding = decode(data, source, encoding)
    cleaned = clean(text)
    return Content(cleaned.text, encoding, cleaned.source_map)
