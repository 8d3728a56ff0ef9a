"""What is wrong with a project, one thing at a time, in words for people."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from jiaozhu.i18n import gettext as _


class Rule(StrEnum):
    """The promises that a project keeps; a fault breaks one of them."""

    FILE = "file"  # the file is whole, as SQLite sees it
    LAYOUT = "layout"  # tables, triggers, views and indexes are those that the program makes
    DOCUMENT = "document"  # the text and the bytes of a source are those that came in
    QUOTE = "quote"  # an annotation says what stands at its place
    SOURCE = "source"  # ... and its place in the source gives back the same
    DECISION = "decision"  # each decision follows on what stood before it
    STATE = "state"  # a state is what a human's decision made of the item
    ORPHAN = "orphan"  # nothing belongs to something that is not there
    DERIVED = "derived"  # lists and counts are what follows from suggestions and decisions
    VALUE = "value"  # a field holds what it may hold
    HINT = "hint"  # nothing is wrong, but somebody should look at it


class Fault(NamedTuple):
    """One thing that is wrong."""

    rule: Rule
    problem: str
    document: str | None = None  # Document.id
    name: str | None = None  # the title of the document, else its file's name
    subject: str | None = None  # the id of an annotation or speech
    is_curable: bool = False  # what is wrong follows from what is kept, and can be made anew from that

    @property
    def sentence(self) -> str:
        """What is wrong, and where."""
        if self.name is None:
            return self.problem
        if self.subject is None:
            return _("“{name}”：{problem}").format(name=self.name, problem=self.problem)
        return _("“{name}”的 {id}：{problem}").format(name=self.name, id=self.subject, problem=self.problem)
