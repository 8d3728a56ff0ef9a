"""Regions for everybody else: look up a name, find names in a text, resolve references (全省, 我市)."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.places.gazetteer import NATION, Level, Region, by_code, lookup
from jiaozhu.extraction.places.toponyms import Parts, RegionMention, find_regions
from jiaozhu.extraction.places.unknown_regions import find_unknown_regions
from jiaozhu.model import Speech

__all__ = [
    "NATION",
    "Level",
    "Parts",
    "Region",
    "RegionMention",
    "by_code",
    "find_regions",
    "lookup",
    "region_of",
    "resolve_reference",
]


def resolve_reference(word: str, speech_region: Region | None) -> Region | None:
    """Return the region that a reference like 全省, 我市, 区里, 自治区 or 全国 means in a speech.

    It is the nearest region of that kind from the place spoken for outwards: 全市 is 义乌市 in its own
    speech, 绍兴市 in one for 柯桥区. None if the word is no reference or no region of the kind is known.
    """
    if word in lexicon.words("regions", "reference", "nation"):
        return NATION
    match = _reference().fullmatch(word)
    if match is None or speech_region is None:
        return None
    before, kind, after = match.groups()
    if before or after or kind.startswith("自治"):
        for region in speech_region.chain():
            if region.level is not Level.NATION and _is_kind(region.name, kind):
                return region
    return None


def region_of(speech: Speech, text: str = "", year: int | None = None) -> Region | None:
    """Return the region that a speech speaks for, with the regions that it lies in.

    A region without a code is looked for in the normalised `text` of the document, to learn what it lies in.
    """
    if speech.region is None or speech.region == NATION.name:
        return NATION if speech.region else None
    if speech.region_code is not None:
        return by_code(speech.region_code, year)
    unknown = find_unknown_regions(text, 0, len(text)).get(speech.region)
    return unknown or Region(None, speech.region, _level(speech.region))


@cache
def _reference() -> re.Pattern[str]:
    before = "|".join(lexicon.words("regions", "reference", "before"))
    after = "|".join(lexicon.words("regions", "reference", "after"))
    return re.compile(f"({before})?(省|自治区|自治州|自治县|自治旗|地区|市|州|盟|县|区|旗)({after})?")


def _is_kind(name: str, kind: str) -> bool:
    """Return whether the region's name says that it is a 省, 市, 区 …; a 地区 is no 区, 杭州 no 州."""
    if kind == "区":
        return name.endswith("区") and not name.endswith("地区")
    return name.endswith("自治州" if kind == "州" else kind)


def _level(name: str) -> Level:
    if name.endswith(("省", "自治区")):
        return Level.PROVINCE
    return Level.PREFECTURE if name.endswith(("市", "州", "盟", "地区")) else Level.COUNTY
