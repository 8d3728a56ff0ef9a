"""The text in the form that the grammar reads: as long as the text, so that every offset holds."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.text import normalise

#: A full-width comma between half-width digits divides a list, but for 1，000; one among full-width digits
#: belongs to them.
_LIST_COMMA = re.compile(r"(?<=[0-9])，(?=[0-9])(?!0[0-9]{2}(?![0-9]))")
_LIST_MARK = "；"


@cache
def _simplified() -> dict[int, int | str]:
    """Return the traditional characters of numerals, units and comparing words with the simplified ones."""
    try:
        forms = lexicon.read("grammar")["forms"]
        table: dict[int, int | str] = {ord("\t"): " ", ord("−"): "-"}
        return table | str.maketrans(forms["traditional"], forms["simplified"])
    except (KeyError, TypeError, ValueError) as error:
        raise lexicon.LexiconError(
            f"grammar.toml: [forms] needs traditional and simplified, of the same length: {error}"
        ) from error


def one_form(text: str) -> str:
    """Return the text with simplified characters and half-width digits, letters and marks, equally long."""
    return normalise(_LIST_COMMA.sub(_LIST_MARK, text)).translate(_simplified())
