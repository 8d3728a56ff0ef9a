"""What a format's reader makes of a file, and how it refuses one."""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhu.model import SourceMap


class ReadError(Exception):
    """A file that can't be read; the text is one sentence for people: what is wrong and the way out."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file, cleaned.

    `encoding` and `source_map` are None for formats without plain text: no offset means anything there.
    """

    text: str
    encoding: str | None = None
    source_map: SourceMap | None = None
