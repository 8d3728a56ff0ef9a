"""Whose figure it is: the speech's own region, unless the words at hand name another."""

from __future__ import annotations

from functools import cache

from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.metrics.place import Place
from jiaozhu.extraction.places.regions import Region, find_parts, region_of, resolve_reference
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
        self._region: Region | None = None
        self._known = False
        self._subjects: dict[int, str] | None = None  # by the sentence

    def of(self, place: Place) -> str | None:
        """Return the region of a figure: the sentence's subject, or what stands before the number."""
        reference = self._reference(place)
        if reference:
            region = resolve_reference(reference, self._own())
            if region is not None:
                return region.name
        if self._subjects is None:
            self._subjects = self._find_subjects()
        return self._subjects.get(place.clause.sentence, self._speech.region)

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

    def _own(self) -> Region | None:
        if not self._known:
            self._region, self._known = region_of(self._speech, self._text), True
        return self._region

    def _find_subjects(self) -> dict[int, str]:
        """Return the part of the speech's region that a sentence opens with: 上思县… of 防城港市's report."""
        own = self._own()
        if own is None:
            return {}
        first: dict[int, int] = {}
        sentence = -1
        for clause in self._clauses:
            if clause.sentence != sentence:
                sentence = first[clause.start] = clause.sentence
        parts = find_parts(self._text, self._speech.start, self._speech.end, own, first)
        return {first[mention.start]: mention.region.name for mention in parts}
