"""A text as the views get it: in the grammar's form, with its numbers found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiaozhu.extraction.grammar.forms import one_form
from jiaozhu.extraction.grammar.numbers import Number
from jiaozhu.extraction.grammar.scan import find_numbers


@dataclass(frozen=True, slots=True)
class Sight:
    """The text, its numbers in order, and the day it is of, if known."""

    text: str
    numbers: list[Number]
    day: date | None = None


def look(text: str, day: date | None = None) -> Sight:
    """Return the sight of a text; its offsets are those of the text."""
    form = one_form(text)
    return Sight(form, find_numbers(form), day)
