"""The regions of China with their codes, from resources/gazetteer/regions.tsv, read when first needed.

A line of the gazetteer is a code (GB/T 2260, six digits) and a name in force for a run of years. Names
are shared by several places (鼓楼区) and places change names and codes (义乌县, 义乌市), so a name is looked
up at a year and inside a region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from jiaozhu.paths import resources


class Level(StrEnum):
    """The level of a region."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"

    @property
    def rank(self) -> int:
        """Return how far below the nation the level is: 0 to 3."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Region:
    """A place that is governed: its code, official full name, level and the region that it lies in."""

    code: str | None  # None for the nation and for places that the gazetteer doesn't know
    name: str
    level: Level
    parent: Region | None = None  # None for provinces, and where it is not known

    def chain(self) -> Iterator[Region]:
        """Yield the region and then the regions that it lies in, from the inside out."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.parent

    def lies_in(self, other: Region) -> bool:
        """Return whether the region is `other` or lies in it."""
        return other.level is Level.NATION or any(region.same(other) for region in self.chain())

    def same(self, other: Region) -> bool:
        """Return whether both are one place: one code, or one name where there is no code."""
        return self.code == other.code if self.code and other.code else self.name == other.name


NATION = Region(None, "全国", Level.NATION)


class _Line(NamedTuple):
    """One line of the gazetteer."""

    code: str
    name: str
    level: Level
    parent: str
    first: int  # years, both inclusive
    last: int  # _TODAY if still in force


_TODAY = 9999
#: What the autonomous prefectures and counties are called for short: 延边州, 景宁县.
_CALLED = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


class Gazetteer(NamedTuple):
    """The lines of the file as they are, and their numbers by name and by code."""

    lines: list[list[str]]
    by_form: dict[str, list[int]]
    by_code: dict[str, list[int]]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    table = (resources() / "gazetteer" / "regions.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines()[1:]]
    by_form: defaultdict[str, list[int]] = defaultdict(list)
    by_code: defaultdict[str, list[int]] = defaultdict(list)
    for number, (code, name, short, *_) in enumerate(lines):
        by_code[code].append(number)
        by_form[name].append(number)
        if short:
            by_form[short].append(number)
            if name[-3:] in _CALLED:
                by_form[short + _CALLED[name[-3:]]].append(number)
    return Gazetteer(lines, dict(by_form), dict(by_code))


@cache
def full_names() -> frozenset[str]:
    """Return all official full names, of all times."""
    return frozenset(line[1] for line in gazetteer().lines)


@lru_cache(maxsize=4096)
def readings(form: str, year: int | None = None) -> tuple[Region, ...]:
    """Return the regions that a full or short name may mean in `year` (None: today).

    Where no region bore the name in that year, those that bore it at the nearest time.
    """
    numbers = gazetteer().by_form.get(form)
    return _in_force(numbers, year) if numbers else ()


@lru_cache(maxsize=4096)
def by_code(code: str, year: int | None = None) -> Region | None:
    """Return the region with a code in `year` (None: today), else at the nearest time."""
    numbers = gazetteer().by_code.get(code)
    return _in_force(numbers, year)[0] if numbers else None


@lru_cache(maxsize=4096)
def lookup(name: str, year: int | None = None, within: Region | None = None) -> Region | None:
    """Return the region that a name in any form means, with the code in force in `year` (None: today).

    Forms: 义乌, 义乌市, 浙江义乌, 浙江省金华市义乌市. `within` leaves only regions that lie in it. None if no
    region bears the name, or several do and none of them stands above the others.
    """
    if name == NATION.name:
        return NATION
    found = [region for region in readings(name, year) if within is None or region.lies_in(within)]
    if found:
        return highest(found)
    for split in range(len(name) - 2, 1, -1):
        for outer in readings(name[:split], year):
            if within is None or outer.lies_in(within) or within.lies_in(outer):
                inner = lookup(name[split:], year, outer)
                if inner is not None and (within is None or inner.lies_in(within)):
                    return inner
    return None


def highest(regions: list[Region]) -> Region | None:
    """Return the one region that stands above the others by level (朝阳 is 朝阳市); None if several do."""
    top = min(region.level.rank for region in regions)
    highest_ones = [region for region in regions if region.level.rank == top]
    return highest_ones[0] if len(highest_ones) == 1 else None


def _in_force(numbers: list[int], year: int | None) -> tuple[Region, ...]:
    """Return the regions of the lines nearest in time to a year; of one code and name only one."""
    at = _TODAY if year is None else year
    lines = [_line(number) for number in numbers]
    distances = [max(line.first - at, at - line.last, 0) for line in lines]
    nearest = min(distances)
    regions = {
        (line.code, line.name): _region(number)
        for number, line, distance in zip(numbers, lines, distances, strict=True)
        if distance == nearest
    }
    return tuple(regions.values())


@cache
def _line(number: int) -> _Line:
    code, name, _, level, parent, first, last = gazetteer().lines[number]
    return _Line(code, name, Level(level), parent, int(first), int(last or _TODAY))


@cache
def _region(number: int) -> Region:
    line = _line(number)
    return Region(line.code, line.name, line.level, _parent(line))


def _parent(line: _Line) -> Region | None:
    """Return the region that a line's region lay in, at the end of its time."""
    outer = gazetteer().by_code.get(line.parent, [])
    meanwhile = [n for n in outer if _line(n).first <= line.last and _line(n).last >= line.first]
    return _region(max(meanwhile or outer, key=lambda n: _line(n).last)) if outer else None
