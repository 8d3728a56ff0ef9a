"""A speech in the making, and the places that a document names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from jiaozhu.extraction.people.offices import Jurisdiction
from jiaozhu.extraction.people.officials import Official
from jiaozhu.extraction.places.gazetteer import NATION, Level, Region, lookup, readings
from jiaozhu.extraction.places.regions import RegionMention
from jiaozhu.extraction.places.unknown_regions import read_row

Span = tuple[int, int]
_LONGEST_ROW = 24  # characters of names in a row


@dataclass(slots=True)
class Draft:
    """A speech as found: positions in the text instead of words."""

    start: int
    end: int
    heading: Span | None = None
    name: Span | None = None
    office: Span | None = None
    region: Region | None = None
    of_meeting: bool = False  # nobody in particular speaks: 会议决定,…

    def give(self, official: Official) -> None:
        """Let the speech be that official's."""
        self.name = official.name_start, official.name_end
        self.office = official.office_start, official.office_end


class Atlas:
    """The regions that a document names, and whom an office belongs to."""

    def __init__(self, mentions: list[RegionMention], year: int | None) -> None:
        self.mentions = mentions
        self.year = year
        self._starts = [mention.start for mention in mentions]

    def between(self, start: int, end: int) -> list[RegionMention]:
        """Return the mentions that begin between `start` and `end`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def named(self, place: Jurisdiction) -> Region | None:
        """Return the region that an office names; None if it names only the kind."""
        if place.nation:
            return NATION
        if not place.name:
            return None
        for mention in reversed(self.between(place.start - _LONGEST_ROW, place.end)):
            if place.start < mention.end <= place.end:
                return mention.region
        known = lookup(place.name, self.year)
        if known is not None:
            return known
        for length in range(len(place.name) - 1, 1, -1):  # 义乌市|佛堂镇 speaks for 义乌市
            known = lookup(place.name[:length], self.year)
            if known is not None and known.name == place.name[:length]:
                return known
        shared = readings(place.name, self.year)
        if shared:
            return Region(None, shared[0].name, shared[0].level)
        unknown = read_row(place.name)
        return unknown[-1] if unknown else None

    def last_of_kind(self, kind: str, start: int, end: int) -> Region | None:
        """Return the region of a kind (区 in 区委书记) that is named last between `start` and `end`."""
        for mention in reversed(self.between(start, end)):
            if is_of_kind(mention.region, kind):
                return mention.region
        return None

    def main(self, start: int, end: int, kind: str = "") -> Region | None:
        """Return the region of a kind that is named most between `start` and `end`, of several the first.

        Without a kind: a prefecture or county rather than a province.
        """
        regions = [mention.region for mention in self.between(start, end)]
        if kind:
            fitting = [region for region in regions if is_of_kind(region, kind)]
        else:
            fitting = [region for region in regions if region.level.rank > Level.PROVINCE.rank] or regions
        counts = Counter((region.code, region.name) for region in fitting)
        return max(fitting, key=lambda region: counts[region.code, region.name], default=None)


def is_of_kind(region: Region, kind: str) -> bool:
    """Return whether a region is one that an office of that kind heads: 县 also 自治县, 区 not 地区."""
    if kind == "区":
        return region.name.endswith("区") and region.level is Level.COUNTY
    if kind == "州":
        return region.name.endswith("自治州")
    if kind == "地":
        return region.name.endswith("地区")
    return region.name.endswith(kind)
