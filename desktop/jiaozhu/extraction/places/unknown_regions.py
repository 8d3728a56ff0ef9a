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
from functools import cache, lru_cache

from jiaozhu import lexicon
from jiaozhu.extraction.places.gazetteer import Level, Region, full_names, readings

#: What the official form ends in. The name stands right before it, or reaches into it (青石|县长).
#: Each alternative begins with a character or a set of them: others make the search ten times as slow.
_AUTHORITY = re.compile(
    r"委(?:副?书记|常委|办公室|宣传部|组织部|员会(?=\s|$)|(?=\s|$)|(?=[一-龥]{0,6}(?:会议|全会)))"
    r"|政府(?:工作报告|[省市县区州]长|主席|常务会议|全体会议|办公|新闻办|党组|(?=\s|$|就|约谈|举行|召开))"
    r"|人民(?:法院|检察院|代表大会)|人大常委会|代表团"
    r"|届\s*(?:人民|人大|政协|委员会)|第[一二三四五六七八九十]+次(?:党员)?代表大会"
    r"|[省市县区州盟旗]长|县\((?<=省县\()"
    r"|[市县区州盟旗](?=召开|举行|\d{4}年|[一-龥]{0,4}(?:融媒体中心|电视台)"
    r"|[一-龥]{2,8}?(?<![格布结当全大战])局(?![势面部限]))"
    r"|市(?=,市[长委])|县(?=,县[长委])|区(?=,区[长委])",
    re.MULTILINE,
)
_KINDS = frozenset("市县区州盟旗")
_YEAR = re.compile(r"\d{4}年")
_CLAUSE_HEAD = "\n,。 "
_LONGEST_HEAD = 9  # characters of names at the head of a clause before a year: 松漪县2026年…
_LONGEST = 24  # characters of a row of names
_HAN = re.compile(r"[一-龥]+\Z")
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
#: What stands between the name and the form: 澄江市|副|市长, 澄江市|人民|政府, 澄江市|第三|届人民代表大会.
_BETWEEN = re.compile(r"(?:常务副|副|代理|代|人民|第?[一二三四五六七八九十]+)$")
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
        form = match.group()
        if form in _KINDS or (form[1:] == "长" and not text.startswith(form[0], at - 1)):
            at += 1
        run = _HAN.search(text, max(start, at - _LONGEST), at)
        if run is None or (_YEAR.match(text, at) and not _heads_clause(text, *run.span())):
            continue
        _add_row(_BETWEEN.sub("", run.group()), found)
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


def _heads_clause(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_HEAD and (start == 0 or text[start - 1] in _CLAUSE_HEAD)


def _add_row(row: str, found: dict[str, Region]) -> None:
    """Add the unknown regions of a row of names, which words that lead in may stand before."""
    for region in read_row(row if _longest_known(row, 0) else row[lead_end(row) :]) or ():
        if region.code is None and len(_stem(region.name)) > 1:
            found.setdefault(region.name, region)


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


@lru_cache(maxsize=4096)
def read_row(row: str) -> tuple[Region, ...] | None:
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
    return tuple(regions) or None


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


def lead_end(row: str) -> int:
    """Return where the words end that lead in to a name: 近日|, 本报记者专访了|; 0 if there are none."""
    match = _lead().match(row)
    return match.end() if match else 0


@cache
def _lead() -> re.Pattern[str]:
    verbs = "|".join(lexicon.words("regions", "unknown_behind", "verb"))
    words = "|".join(lexicon.words("regions", "unknown", "lead"))
    return re.compile(f"(?:.*(?:{verbs})了?)?(?:{words})*")


def _ends_in_known(name: str) -> bool:
    """Return whether other words stand before the full name of a known region: 召开|福建省."""
    return any(name[i:] in full_names() for i in range(1, len(name) - 2))


def _is_no_stem(stem: str) -> bool:
    """Return whether what stands before 省, 市, 县 … is no name but says what kind, or is a verb."""
    words = lexicon.words("regions", "unknown", "stem")
    return (
        not stem
        or stem in words
        or stem in lexicon.words("persons", "surname", "double")  # 欧阳|县长
        or stem.endswith(tuple(word for word in words if len(word) > 1))
        or stem[-1] in lexicon.words("regions", "unknown_last", "character")
        or stem.startswith(lexicon.words("regions", "unknown_first", "word"))
    )
