"""The names of regions in a text, and which region each means.

A full name counts. A short name counts with support only, because short names of counties are ordinary
words (和平, 资源) or arise between two words (召|开福|建). Support is the full name elsewhere in the text,
the region that it lies in just before, a list of names (义乌、柯桥、定海), or, for names that are no words,
any mention of the prefecture or province.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from jiaozhu import lexicon
from jiaozhu.extraction.places.gazetteer import Level, Region, full_names, gazetteer, highest, readings
from jiaozhu.extraction.places.unknown_regions import find_unknown_regions


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region that a text names, with the span of all the names in the row."""

    start: int
    end: int
    region: Region
    full: bool  # whether the official full name is written


def find_regions(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    year: int | None = None,
    within: Region | None = None,
) -> list[RegionMention]:
    """Return the regions named in the normalised `text` between `start` and `end`, in order, not overlapping.

    `year` is the year of the text (None: today), `within` a region to prefer where places share a name. A
    full name that stays ambiguous has a region without a code. Support is looked for between `start` and
    `end` only: scan a document once and pick from the result.
    """
    stop = len(text) if end is None else end
    unknown = find_unknown_regions(text, start, stop)
    return list(_Reader(text, _scan(text, start, stop, year, unknown), within).read())


class Parts:
    """The places inside a region that a text names; the text is read when the first may be named."""

    def __init__(self, text: str, start: int, end: int, region: Region) -> None:
        """Look between `start` and `end` of the normalised text."""
        self._text, self._start, self._end, self._region = text, start, end, region
        self._named: dict[int, Region] | None = None  # by where the name begins

    def at(self, position: int) -> Region | None:
        """Return the place whose name begins at a position, alone or behind those that it lies in."""
        if self._named is None:
            if not self._unknown and not self._may_name(position):
                return None
            hits = _scan(self._text, self._start, self._end, None, self._unknown)
            self._named = {
                mention.start: mention.region
                for mention in _Reader(self._text, hits, self._region).read()
                if self._is_part(mention.region)
            }
        return self._named.get(position)

    def _may_name(self, position: int) -> bool:
        """Return whether the name of a part, or the first name of a row, stands at a position."""
        text, (_, names) = self._text, _names_by_start()
        for form in names.get(text[position : position + 2], ()):
            if text.startswith(form, position):
                behind = position + len(form)
                if any(map(self._is_part, readings(form))) or text[behind : behind + 2] in names:
                    return True
        return False

    def _is_part(self, region: Region) -> bool:
        return region.lies_in(self._region) and not region.same(self._region)

    @cached_property
    def _unknown(self) -> dict[str, Region]:
        return find_unknown_regions(self._text, self._start, self._end)


_Key = tuple[str | None, str]  # what one region is known by


@dataclass(slots=True)
class _Hit:
    """A name found in the text, before it is known which region it means."""

    start: int
    end: int
    form: str
    full: bool
    options: tuple[Region, ...]
    strong: bool  # counts without support
    district: bool  # a name like 北市区, 平安区: many towns have one, and words end so
    behind: _Hit | None = None  # the name just before it, of a region that it lies in
    region: Region | None = None


def _hit(start: int, end: int, form: str, full: bool, options: tuple[Region, ...]) -> _Hit:
    free = full and len(form) > 2 and form not in _words("full", "guarded")
    district = free and len(form) == 3 and form[-1] == "区"
    return _Hit(start, end, form, full, options, free and not district, district)


@cache
def _names_by_start() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Return a pattern of where a name can begin, and the names by their first two characters, longest first.

    Two sets of characters and a look-up read 7 M characters a second; pyahocorasick, which tries 2,000 first
    characters one by one, 2 M.
    """
    by_start: defaultdict[str, list[str]] = defaultdict(list)
    for form in gazetteer().by_form.keys() - (_words("short", "never") - full_names()) | _words(
        "short", "inside"
    ):
        by_start[form[:2]].append(form)
    first, second = ("".join({start[i] for start in by_start}) for i in (0, 1))
    names = {start: tuple(sorted(forms, key=len, reverse=True)) for start, forms in by_start.items()}
    return re.compile(f"[{first}](?=[{second}])"), names


def _find_names(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and form of all names of known regions; they may overlap."""
    begins, names = _names_by_start()
    for match in begins.finditer(text, start, end):
        at = match.start()
        for form in names.get(text[at : at + 2], ()):
            if text.startswith(form, at, end):
                yield at, at + len(form), form


def _scan(text: str, start: int, end: int, year: int | None, unknown: dict[str, Region]) -> list[_Hit]:
    """Return the names in the text; of two that overlap the longer, else the first."""
    found = list(_find_names(text, start, end))
    if unknown:
        pattern = re.compile("|".join(map(re.escape, sorted(unknown, key=len, reverse=True))))
        found += [(match.start(), match.end(), match.group()) for match in pattern.finditer(text, start, end)]
    found.sort(key=lambda name: (name[0], -name[1]))
    broken = lexicon.classes("regions", "broken")
    hits: list[_Hit] = []
    for first, last, form in found:
        known = unknown.get(form)
        full = form == known.name if known else form in full_names()
        if full and last < end and text[last] in broken.get(form[-1], ()):
            continue
        if hits and first < hits[-1].end:
            if first == hits[-1].start or last - first <= hits[-1].end - hits[-1].start:
                continue
            hits.pop()  # 召|开福|建省: the longer name behind it
        hits.append(_hit(first, last, form, full, (known,) if known else readings(form, year)))
    return [hit for hit in hits if hit.options]


class _Reader:
    """Decides which region each name of one text means."""

    def __init__(self, text: str, hits: list[_Hit], within: Region | None) -> None:
        self.text = text
        self.hits = hits
        self.within = within
        self.named: set[_Key] = set()  # named in full, or behind a region that it lies in
        self.votes: Counter[_Key] = Counter()  # how often a region, or one that lies in it, is named
        self.home: Region | None = None  # the province that the text is about, if it is an unknown one
        self.top: _Key | None = None  # the province that the text is about

    def read(self) -> Iterator[RegionMention]:
        """Yield the regions that the names mean, names in a row as one."""
        self._join_rows()
        self._count()
        for hit in self.hits:
            hit.region = self._choose(hit)
        self._accept_lists()
        for hit, following in zip(self.hits, [*self.hits[1:], None], strict=False):
            if hit.region is None or (following and following.behind is hit and following.region):
                continue
            first = hit
            while first.behind is not None:
                first = first.behind
            yield RegionMention(first.start, hit.end, hit.region, hit.full)

    def _join_rows(self) -> None:
        """Find the names that directly follow one of a region that theirs lies in: 绍兴|柯桥区."""
        for before, hit in zip(self.hits, self.hits[1:], strict=False):
            if before.end != hit.start:
                continue
            inside = tuple(
                r for r in hit.options if any(r.lies_in(o) and not r.same(o) for o in before.options)
            )
            if inside:
                hit.options = inside
                hit.behind = before
                before.options = tuple(o for o in before.options if any(r.lies_in(o) for r in inside))

    def _count(self) -> None:
        """Count the names that need no support; where there are none, names of districts."""
        provinces: dict[_Key, Region] = {}
        for counts in (
            lambda hit: hit.strong or hit.behind or hit.options[0].level is Level.PROVINCE,
            _is_district,
        ):
            for hit in self.hits:
                if len(hit.options) == 1 and counts(hit):
                    region = hit.options[0]
                    self.named.add(_key(region))
                    self.votes.update(map(_key, region.chain()))
                    provinces[_key(_province(region))] = _province(region)
            if provinces:
                break
        self.top = max(provinces, key=self.votes.__getitem__, default=None)
        if self.top is not None and self.top[0] is None and provinces[self.top].level is Level.PROVINCE:
            self.home = provinces[self.top]

    def _choose(self, hit: _Hit) -> Region | None:
        """Return the region that a name means; one without a code if several share the full name."""
        if len(hit.options) == 1 and self.home is None and (hit.strong or hit.behind):
            return hit.options[0]
        options = list(hit.options)
        if self.home is not None and hit.behind is None:
            options = [region for region in options if _key(_province(region)) in self.named]
            if not options and hit.strong:  # a place of the unknown province that has a namesake elsewhere
                return Region(None, hit.form, hit.options[0].level, self.home)
        if not (hit.strong or hit.behind or self._before_authority(hit)):
            options = [region for region in options if self._is_supported(region, hit)]
        for narrow in (self._within, self._in_province, self._named_itself):
            options = narrow(options) or options
        if not options:
            return None
        region = highest(options) or self._most_named(options)
        return Region(None, hit.form, options[0].level) if region is None and hit.full else region

    def _before_authority(self, hit: _Hit) -> bool:
        return hit.full and self.text.startswith(lexicon.words("regions", "full", "authority"), hit.end)

    def _is_supported(self, region: Region, hit: _Hit) -> bool:
        if region.level is Level.PROVINCE or _key(region) in self.named or region.code is None:
            return True
        if hit.full and len(hit.form) == 2:  # 攸县, but 示|范县
            return self._opens_clause(hit) and any(self.votes[_key(outer)] for outer in region.chain())
        if hit.district or not (hit.full or hit.form in _words("short", "guarded")):
            if region.level is Level.PREFECTURE or (self.top is None and hit.district):
                return True
            if self.within is not None and region.lies_in(_province(self.within)):
                return True
            if any(self.votes[_key(outer)] for outer in region.chain()):
                return True
            # 义乌前三季度… at the head of a clause; elsewhere two words may meet: 繁|荣昌|盛.
            return (
                not hit.district and len(hit.options) == 1 and (len(hit.form) > 2 or self._opens_clause(hit))
            )
        return False

    def _opens_clause(self, hit: _Hit) -> bool:
        return hit.start == 0 or self.text[hit.start - 1] in ",;:。!?\n “”、("

    def _within(self, options: list[Region]) -> list[Region]:
        return [region for region in options if self.within is not None and region.lies_in(self.within)]

    def _in_province(self, options: list[Region]) -> list[Region]:
        """Return the regions in the province that the text names most, if it names any of theirs."""
        votes = {_key(_province(region)): self.votes[_key(_province(region))] for region in options}
        most = max(votes.values(), default=0)
        best = [key for key, count in votes.items() if count == most]
        if not most or len(best) > 1:
            return []
        if best[0] != self.top:  # 海南 is the province unless the text is about 青海
            provinces = [region for region in options if region.level is Level.PROVINCE]
            if provinces:
                return provinces
        return [region for region in options if _key(_province(region)) == best[0]]

    def _named_itself(self, options: list[Region]) -> list[Region]:
        return [region for region in options if _key(region) in self.named]

    def _most_named(self, options: list[Region]) -> Region | None:
        """Return the region whose surroundings the text names most; None if it's a draw."""
        by_votes = sorted(options, key=self._surroundings, reverse=True)
        first, second = map(self._surroundings, by_votes[:2])
        return by_votes[0] if first > second else None

    def _surroundings(self, region: Region) -> int:
        return self.votes[_key(region.parent)] if region.parent else 0

    def _accept_lists(self) -> None:
        """Give short names without support the support of the list that they stand in: 义乌、柯桥、定海."""
        run: list[_Hit] = []
        for hit in [*self.hits, None]:
            if run and (hit is None or self.text[run[-1].end : hit.start] not in _LIST_MARKS):
                if len(run) > 1:
                    self._accept_list(run)
                run = []
            if hit is not None and hit.behind is None:
                run.append(hit)

    def _accept_list(self, run: list[_Hit]) -> None:
        provinces = {_key(_province(hit.region)) for hit in run if hit.region}
        if not provinces and len(run) > 2:
            provinces = set.intersection(*({_key(_province(r)) for r in hit.options} for hit in run))
            provinces = provinces if len(provinces) == 1 else set()
        for hit in run:
            if hit.region is None and not hit.full:
                options = [region for region in hit.options if _key(_province(region)) in provinces]
                hit.region = highest(options) if options else None


def _is_district(hit: _Hit) -> bool:
    return hit.district


_LIST_MARKS = ("、", "和", "与", "及", "以及")


def _key(region: Region) -> _Key:
    return region.code, region.name if region.code is None else ""


def _province(region: Region) -> Region:
    *_, province = region.chain()
    return province


@cache
def _words(group: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.words("regions", group, key))
