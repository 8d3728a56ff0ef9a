"""Offices: where one begins, and whom it belongs to (衢州市衢江区|委书记)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from jiaozhu import lexicon
from jiaozhu.extraction.places.gazetteer import full_names, readings
from jiaozhu.extraction.places.unknown_regions import lead_end, read_row

LONGEST = 60  # characters of all the offices that one person holds
_RUN = re.compile(r"(?:(?!会议上|大会上)[一-龥、])*\Z")
_ONE = re.compile(r"[^、,兼 ]+")
_BETWEEN = re.compile(r"[、,兼 ]")
_OFFICES = re.compile(r"[一-龥、, ]{2,45}")
_KINDS = "省市县区州盟旗"
#: A branch of a national authority speaks for its place: 国家税务总局|岚浦市|税务局.
_BRANCH = re.compile(r"国家[一-龥]{2,8}?局(?P<place>[一-龥]{2,12}[省市县区州])")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whom an office belongs to: a place named there, or only the kind of one (区 in 区委书记)."""

    start: int
    end: int
    name: str  # empty where the office names no place
    kind: str  # 省, 市, 县, 区 …; empty if the office doesn't tell
    chief: bool  # the office is the first in the place
    nation: bool = False

    def moved(self, by: int) -> Jurisdiction:
        """Return the same with its positions counted from `by` characters earlier."""
        return Jurisdiction(self.start + by, self.end + by, self.name, self.kind, self.chief, self.nation)


@cache
def titles() -> re.Pattern[str]:
    """Return the pattern of what an office ends in: 书记, 市长, 主任 …"""
    return _pattern(_titles())


def is_office(text: str) -> bool:
    """Return whether a text is an office, or several with 、 or a space between, and nothing else."""
    offices = _BETWEEN.split(text)
    return (
        _OFFICES.fullmatch(text) is not None
        and all(_ends_in_title(office) and not _chiefs().search(office[:-2]) for office in offices)
        and not is_excluded(text)
        and _begin(offices[0]) == 0
    )


def is_excluded(office: str) -> bool:
    """Return whether the office is that of the head of the party, or none that an official holds."""
    return office.endswith(lexicon.words("offices", "exclude", "ending"))


@lru_cache(maxsize=4096)
def is_private(office: str) -> bool:
    """Return whether whoever holds these offices speaks for no region: the head of a village, of a firm.

    A seat in an assembly that the person has besides doesn't count.
    """
    offices = [one for one in _BETWEEN.split(office) if one and not one.endswith(seats())]
    return bool(offices) and all(
        one.endswith(lexicon.words("offices", "private", "ending"))
        or one.startswith(lexicon.words("offices", "private", "begin"))
        or _before_title(one).endswith(lexicon.words("offices", "private", "body"))
        for one in offices
    )


def office_start(text: str, title: re.Match[str], start: int) -> int | None:
    """Return where in running text the office begins that ends in `title`, with those held beside it.

    None if what stands before the title is no place or authority (毛|主席).
    """
    run = _RUN.search(text, max(start, title.start() - LONGEST), title.start())
    offices = run.group().split("、") if run else [""]
    first = offices.pop()
    position = title.start() - len(first)
    first += title.group()
    while offices and _ends_in_title(offices[-1]):
        first = offices.pop()
        position -= len(first) + 1
    begin = _begin(first)
    return None if begin is None else position + begin


def places_of(text: str, start: int, end: int) -> tuple[Jurisdiction, ...]:
    """Return whom each of the offices between `start` and `end` belongs to; at least one."""
    return tuple(_place(office.group()).moved(office.start()) for office in _ONE.finditer(text, start, end))


@lru_cache(maxsize=4096)
def _begin(office: str) -> int | None:
    """Return where in a run of characters an office begins: at a place, an authority or its title; else None.

    Words that lead in, like 近日 or 其中, may stand before it.
    """
    after_lead = lead_end(office)
    if office.startswith("中共", after_lead - 2):
        return after_lead - 2
    after_lead = after_lead if after_lead < len(office) else 0
    if _known_place_end(office, 0) or office.startswith(lexicon.words("offices", "kind", "word")):
        return 0
    if _row_end(office, after_lead) or office.startswith(
        lexicon.words("offices", "kind", "word"), after_lead
    ):
        return after_lead
    if _is_of_body(office):
        return after_lead
    for i in range(len(office)):
        if (
            office.startswith(_beginnings(), i)
            or _known_place_end(office, i)
            or _kind_at(office, i)
            or office[i:] in _titles()
        ):
            return i
    return after_lead if office.startswith(_authorities(), after_lead) else None


def _row_end(office: str, position: int) -> int:
    """Return where the row of places at `position` ends that the office belongs to; 0 if there is none.

    It ends before an authority (云岭省|人民政府), before the title (澄江市|市长) or inside it (青石县|长).
    """
    for end in _row_ends(office, position):
        if read_row(office[position:end]):
            return end
    return 0


def _row_ends(office: str, position: int) -> Iterator[int]:
    authority = _pattern(_authorities()).search(office, position + 2)
    if authority:
        yield authority.start()
    title = _last_title(office)
    if title and title.group()[-1] == "长":
        yield title.start()
        yield title.start() + 1


def _kind_at(office: str, position: int) -> bool:
    """Return whether 县委…, 市人民政府…, 自治区主席 begins at `position`."""
    return any(
        office.startswith(kind, position) and office.startswith(_authorities(), position + len(kind))
        for kind in lexicon.words("offices", "kind", "word")
    )


def _known_place_end(office: str, position: int) -> int:
    """Return where the longest name of a known region at `position` ends; 0 if there's none."""
    for end in range(min(len(office), position + 12), position + 1, -1):
        form = office[position:end]
        if readings(form) and (form in full_names() or form not in _ordinary()):
            return end
    return 0


@lru_cache(maxsize=4096)
def _place(office: str) -> Jurisdiction:
    """Return whom one office belongs to; positions count from its beginning."""
    title = _last_title(office)
    written = title.group() if title else ""
    before = office[: title.start()] if title else office
    deputy = before.endswith(lexicon.words("offices", "deputy", "before"))
    chief = written in lexicon.words("offices", "title", "chief") and not deputy
    branch = _BRANCH.match(office)
    if branch:
        return Jurisdiction(*branch.span("place"), branch["place"], "", chief)
    if office.startswith(lexicon.words("offices", "nation", "seat")):
        return Jurisdiction(0, 0, "", "", False)
    if office.startswith(lexicon.words("offices", "nation", "begin")):
        return Jurisdiction(0, 0, "", "", chief, nation=True)
    lead = len(office) - len(office.removeprefix("中共"))
    kind = written[0] if written[-1:] == "长" and written[0] in _KINDS else ""
    row = _row_end(office, lead)
    if row:
        return Jurisdiction(lead, row, office[lead:row], kind, chief)
    authority = _pattern(_authorities()).search(office, max(_known_place_end(office, lead), lead))
    name = office[lead : authority.start()] if authority else before[lead:]
    if not name or name in lexicon.words("offices", "kind", "word"):
        return Jurisdiction(0, 0, "", name.removesuffix("委") or kind, chief)
    return Jurisdiction(lead, lead + len(name), name, kind, chief)


def _is_of_body(office: str) -> bool:
    """Return whether an office belongs to a firm, a township, a village: 荻浦镇|党委书记, 星禾集团|董事长."""
    return (
        office.endswith(lexicon.words("offices", "private", "ending"))
        or office.startswith(lexicon.words("offices", "private", "begin"))
        or _before_title(office).endswith(
            lexicon.words("offices", "private", "body") + lexicon.words("offices", "local", "body")
        )
    )


def _before_title(office: str) -> str:
    """Return what stands before the title of an office, without the party's part in it: 荻浦镇|党委书记."""
    title = _last_title(office)
    before = office[: title.start()] if title and title.end() == len(office) else ""
    while before.endswith(party := lexicon.words("offices", "party", "word")):
        before = next(before[: -len(word)] for word in party if before.endswith(word))
    return before


def seats() -> tuple[str, ...]:
    """Return what a seat in an assembly is called: 代表, 委员."""
    return (*lexicon.words("offices", "title", "beside"), "委员")


def _last_title(office: str) -> re.Match[str] | None:
    return max(titles().finditer(office), key=lambda title: title.start(), default=None)


def _ends_in_title(office: str) -> bool:
    return office.endswith((*_titles(), *lexicon.words("offices", "title", "beside")))


def _titles() -> tuple[str, ...]:
    return lexicon.words("offices", "title", "chief") + lexicon.words("offices", "title", "other")


def _chiefs() -> re.Pattern[str]:
    return _pattern(lexicon.words("offices", "title", "chief"))


def _authorities() -> tuple[str, ...]:
    return lexicon.words("offices", "authority", "word")


def _beginnings() -> tuple[str, ...]:
    return lexicon.words("offices", "begin", "word")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


@cache
def _ordinary() -> frozenset[str]:
    """Return the short names of regions that are words."""
    return frozenset(
        lexicon.words("regions", "short", "never") + lexicon.words("regions", "short", "guarded")
    )
