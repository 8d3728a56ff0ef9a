"""Regions that the gazetteer doesn't know but the text names in an official form: 云岭省澄江市委书记.

The form is a name before an authority or an office (委书记, 人民政府, 市长), so the gazetteer's silence
means that the place is new, very old, or invented. A known name behind an unknown one (澄江市 in a 云岭省,
though it lies in 云南省) is unknown too: another place of that name. Once one is found, so are the names that
stand in its company: listed with it (砚湖市、霁川区), or at the head of a sentence and said again for short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.places.gazetteer import Level, Region, full_names, readings

#: What the official form ends in. The name stands right before it, or reaches into it (青石|县长).
_AUTHORITY = re.compile(
    r"委(?:副?书记|常委)|人民政府(?:工作报告|[省市县区州]长|主席)|政府(?:工作报告|[省市县区州]长|主席)"
    r"|第[一二三四五六七八九十]+届\s*(?:人民|委员会)|[省市县区州盟旗]长|县\((?<=省县\()"
)
_LONGEST = 24  # characters of a row of names
_HAN = re.compile(r"[一-龥]+$")
_PART = re.compile(
    r"[一-龥]{2,5}?(?:省|自治区)|[一-龥]{2,5}?(?:市|自治州|地区|盟)|[一-龥]{1,5}?(?:自治县|自治旗|县|区|旗)"
)
_LIST = re.compile(r"[一-龥]{2,5}(?:、[一-龥]{2,5})+")
_SHORT_FORM = re.compile(r"[一-龥]{2}")
_FULL_FORM = re.compile(r"[一-龥]{2,3}?[市县区]")
#: A name at the head of a sentence, and no word that goes on: 荻浦县|的底气, but 发展县|域.
_AT_HEAD = re.compile(
    r"(?:^|[\n。!?“])[ ]*(?:在|来到|走进|今年以来,|去年,)?(?P<name>[一-龥]{2}[市县区])"
    r"(?![域级城乡镇里内直属际场民政容位块间])"
)
_AGAIN = 3  # times that a text must say the short name
_DEPUTY = re.compile(r"(?:常务副|副|代理|代)$")
_OFFICE = re.compile(r"书记|主席|主任|[省市县区州]长|政府|人大|政协|副")
_KIND = re.compile(r"(?:自治[区州县旗]|地区|[省市县区旗盟])$")


def find_unknown_regions(text: str, start: int, end: int) -> dict[str, Region]:
    """Return the unknown regions that `text` names between `start` and `end`, by full and by short name.

    Their code is None; `parent` is the region named before them in the same row, else the one unknown
    province of the text, if there is one.
    """
    found: dict[str, Region] = {}
    for match in _AUTHORITY.finditer(text, start, end):
        at = match.start()
        if match.group()[1:2] == "长" and not text.startswith(match.group()[0], at - 1):
            at += 1
        run = _HAN.search(text, max(start, at - _LONGEST), at)
        if run is None:
            continue
        row = _DEPUTY.sub("", run.group())
        for region in read_row(row if _longest_known(row, 0) else _lead().sub("", row)) or ():
            if region.code is None:
                found.setdefault(region.name, region)
    if not found:
        return {}
    for name in _in_company(text, start, end, set(found)):
        found.setdefault(name, Region(None, name, _level(name, (), None)))
    provinces = [region for region in found.values() if region.level is Level.PROVINCE]
    named: dict[str, Region] = {}
    for region in found.values():
        if len(provinces) == 1 and region.parent is None and region is not provinces[0]:
            region = replace(region, parent=provinces[0])
        named.setdefault(region.name, region)
        if len(region.name) - len(_stem(region.name)) and len(_stem(region.name)) > 1:
            named.setdefault(_stem(region.name), region)
    return named


def _in_company(text: str, start: int, end: int, found: set[str]) -> Iterator[str]:
    """Yield full names that the company they stand in tells for regions, where some are found already."""
    stems = {_stem(name) for name in found}
    for match in _LIST.finditer(text, start, end):
        items = [item for item in match.group().split("、") if not item.startswith(("等", "各"))]
        known = [item for item in items if item in found or item in stems]
        if known:
            *items, last = (re.sub("等.*", "", item) for item in items)
            name = _FULL_FORM.match(last)  # 青溪县、白石区|获奖
            for item in (*items, name.group() if name else last):
                if _SHORT_FORM.fullmatch(item):
                    stems.add(item)
                elif _is_name(item):
                    yield item
    heads = [match for match in _AT_HEAD.finditer(text, start, end) if _is_name(match["name"])]
    for i, match in enumerate(heads):
        near = heads[max(0, i - 2) : i] + heads[i + 1 : i + 3]
        row = [
            other
            for other in near
            if "\n" not in text[min(match.end(), other.end()) : max(match.start(), other.start())]
        ]
        stem = _stem(match["name"])
        if stem in stems or len(row) > 1 or text.count(stem, start, end) > _AGAIN:
            yield match["name"]


def _is_name(name: str) -> bool:
    """Return whether three or four characters can be the full name of a region that isn't known."""
    return _FULL_FORM.fullmatch(name) is not None and not readings(name) and not _is_no_stem(_stem(name))


def _stem(name: str) -> str:
    return _KIND.sub("", name)


def read_row(row: str) -> list[Region] | None:
    """Return the regions of a row of names from the outside in, known or not; None if it isn't one.

    云岭省澄江市 · 衢州市衢江区
    """
    regions: list[Region] = []
    parent: Region | None = None
    position = 0
    while position < len(row):
        known = _longest_known(row, position)
        match = _PART.match(row, position)
        name = known or (match.group() if match else None)
        if name is None:
            return None
        region = _place(name, parent)
        if region is None:
            return None
        if parent is not None and region.level.rank <= parent.level.rank:
            # Nothing lies in a 澄江市 that is a county: this one is another, of the level above.
            if len(regions) > 1 or not parent.name.endswith("市") or region.level is not Level.COUNTY:
                return None
            parent = Region(None, parent.name, Level.PREFECTURE)
            regions = [parent]
            region = Region(None, region.name, Level.COUNTY, parent)
        regions.append(region)
        parent = region
        position += len(name)
    return regions or None


def _longest_known(row: str, position: int) -> str | None:
    """Return the longest name of a known region at `position`, full or, before others, short."""
    for end in range(min(len(row), position + 15), position + 1, -1):
        name = row[position:end]
        if readings(name) and (_KIND.search(name) or end < len(row)):
            return name
    return None


def _place(name: str, parent: Region | None) -> Region | None:
    """Return the region of that name inside `parent`: known if it is known there, else unknown."""
    known = readings(name)
    if parent is None:
        if len(known) == 1:
            return known[0]
    else:
        for region in known:
            if region.lies_in(parent):
                return region
    if not known and (_is_no_stem(_stem(name)) or _OFFICE.search(name) or _ends_in_known(name)):
        return None
    return Region(None, known[0].name if known else name, _level(name, known, parent), parent)


def _level(name: str, known: tuple[Region, ...], parent: Region | None) -> Level:
    if name.endswith(("省", "自治区")):
        return Level.PROVINCE
    if name.endswith(("市", "州", "盟", "地区")):
        return Level.PREFECTURE if parent is None or parent.level is Level.PROVINCE else Level.COUNTY
    return known[0].level if known and not _KIND.search(name) else Level.COUNTY


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(lexicon.words('regions', 'unknown', 'lead'))})+")


def _ends_in_known(name: str) -> bool:
    """Return whether other words stand before the full name of a known region: 召开|福建省."""
    return any(name[i:] in full_names() for i in range(1, len(name) - 2))


def _is_no_stem(stem: str) -> bool:
    """Return whether what stands before 省, 市, 县 … is no name but says what kind, or is a verb."""
    words = lexicon.words("regions", "unknown", "stem")
    return (
        not stem
        or stem in words
        or stem.endswith(tuple(word for word in words if len(word) > 1))
        or stem[-1] in lexicon.words("regions", "unknown_last", "character")
        or stem.startswith(lexicon.words("regions", "unknown_first", "word"))
    )
