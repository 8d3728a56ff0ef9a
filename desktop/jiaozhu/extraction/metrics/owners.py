"""Whose figure it is: the speech's own region, unless the words at hand name another."""

from __future__ import annotations

from functools import cache, cached_property

from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.metrics.place import Place
from jiaozhu.extraction.places.regions import Parts, Region, region_of, resolve_reference
from jiaozhu.extraction.text import Clause
from jiaozhu.model import Speech

#: Forms in which a text refers to a region by its kind: 全省, 全市, 省上, 全国.
_KINDS = "省市县区州旗"
#: 总量超全国25个省份 speaks of the own total.
_EXCEEDS = "超过于"


@cache
def _references() -> Affixes:
    words = [f"全{kind}" for kind in _KINDS]
    words += [f"{kind}{after}" for kind in _KINDS for after in ("上", "里")]
    return Affixes([*words, "全国"])


class Owners:
    """The regions that the figures of one speech belong to."""

    def __init__(self, text: str, clauses: list[Clause], speech: Speech) -> None:
        self._text, self._clauses, self._speech = text, clauses, speech

    def of(self, place: Place) -> str | None:
        """Return the region of a figure: the sentence's subject, or what stands before the number."""
        reference = self._reference(place)
        if reference:
            region = resolve_reference(reference, self._own)
            if region is not None:
                return region.name
        return self._subject(place.index) or self._speech.region

    def _reference(self, place: Place) -> str:
        """Return 全国 of 在全国294个城市中, 全省 of 全省经济增长5%; not the scope of a rank."""
        text, quantity = self._text, place.quantity
        words = _references()
        if quantity.type == "count" and not place.ends_phrase:
            found = words.ending(text, quantity.start, place.clause.start)
            before = quantity.start - len(found) - 1
            if found and not (before >= place.clause.start and text[before] in _EXCEEDS):
                return found
        if quantity.type in ("rank", "streak") or place.begin > place.clause.start:
            return ""
        start = place.clause.start
        for time_start, time_end in place.times:
            if time_start <= start < time_end:
                start = time_end
        return words.beginning(text, start, quantity.start)

    def _subject(self, index: int) -> str | None:
        """Return the part of the speech's region that a sentence opens with: 上思县… of 防城港市's report."""
        if self._parts is None:
            return None
        sentence = self._clauses[index].sentence
        while index and self._clauses[index - 1].sentence == sentence:
            index -= 1
        part = self._parts.at(self._clauses[index].start)
        return part.name if part else None

    @cached_property
    def _own(self) -> Region | None:
        return region_of(self._speech, self._text)

    @cached_property
    def _parts(self) -> Parts | None:
        return Parts(self._text, self._speech.start, self._speech.end, self._own) if self._own else None
