"""What a format's reader makes of a file, and how it refuses one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiaozhu.model import Box, Doubt, Dropped, SourceMap

#: Kinds of a Doubt.
DATE = "date"
ENCODING = "encoding"

#: Reasons of a Dropped.
PAGE_NUMBER = "page number"
RUNNING_HEAD = "running head"
NOTE_MARK = "mark of a note"
VIEWER_BUTTON = "viewer button"
INVISIBLE = "invisible character"  # without width, or a mark of direction
HIDDEN = "hidden"  # nobody who opens the file sees it
DELETED = "deleted"  # a tracked change
COMMENT = "comment"
GLOSS = "gloss"  # how a character is pronounced, above it
FORM = "form"  # buttons and fields of a page, and what a form says where nothing is filled in
BESIDE = "beside the text"  # menus, lists and feet of a page around its article
UNREADABLE = "not recognised"


class ReadError(Exception):
    """A file that can't be read; the text is one sentence for people: what is wrong and the way out."""


class EncodingError(ReadError):
    """It is in doubt which encoding a file is in, or it isn't in the one that was asked for.

    Another one may be tried; `jiaozhu.reading.candidates` names those that are possible.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a file, cleaned, and what its format says about it beside the text.

    `encoding` and `source_map` are None for formats without plain text: no offset means anything there.
    """

    text: str
    encoding: str | None = None
    source_map: SourceMap | None = None
    boxes: tuple[Box, ...] | None = None  # where the text stands on pages, for formats that have pages
    title: str | None = None  # marked as such
    name: str | None = None  # a title that may be any: the document's properties
    publisher: str | None = None
    published: str | None = None  # ISO date
    url: str | None = None  # where the format says that the text was published
    dropped: tuple[Dropped, ...] = ()
    doubts: tuple[Doubt, ...] = ()


#: What a reader is: bytes, the name to use in sentences, the encoding asked for; it raises ReadError.
Reader = Callable[[bytes, str, str | None], Content]
