"""Officials named in running text: an office and right behind it a personal name (柯桥区委书记袁建)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.offices import (
    Jurisdiction,
    is_excluded,
    is_private,
    office_start,
    places_of,
    titles,
)
from jiaozhu.extraction.people.persons import is_name, read_name

#: A name at the head of a clause, before the title that goes with it: 韩青|副县长.
_NAME_BEFORE = re.compile(r"(?<![一-龥·])(?P<name>[一-龥]{2,4}?)(?P<deputy>常务副|代理|副|代)?\Z")


@dataclass(frozen=True, slots=True)
class Official:
    """An office and a name, with their positions in the text."""

    office_start: int
    office_end: int
    name_start: int
    name_end: int
    places: tuple[Jurisdiction, ...]  # one for each of the offices
    private: bool = False  # speaks for no region: a company's head, a village's, a guest from abroad

    @property
    def start(self) -> int:
        """Return where the first of office and name begins."""
        return min(self.office_start, self.name_start)

    @property
    def end(self) -> int:
        """Return where the last of office and name ends."""
        return max(self.office_end, self.name_end)

    @property
    def place(self) -> Jurisdiction:
        """Return the place spoken for: where the official is the first, rather one that has a name."""
        return max(self.places, key=lambda place: (place.chief, place.nation, bool(place.name)))

    def name(self, text: str) -> str:
        """Return the name as it stands in `text`, without spaces."""
        return "".join(text[self.name_start : self.name_end].split())


def find_officials(text: str, start: int, end: int) -> Iterator[Official]:
    """Yield the officials in the normalised text between `start` and `end`, in order."""
    seats = lexicon.words("offices", "title", "beside")
    for title in _titles_and_seats().finditer(text, start, end):
        if title.group() in seats:
            speaker = _read_name_before(text, title, start, end)
            if speaker:
                yield speaker
            continue
        name = read_name(text, title.end(), end)
        if name is None or titles().search(text, *name):
            behind = _read_name_before(text, title, start, end)
            if behind:
                yield behind
            continue
        begin = office_start(text, title, start)
        if begin is not None and not is_excluded(text[begin : title.end()]):
            office = text[begin : title.end()]
            yield Official(
                begin, title.end(), *name, places_of(text, begin, title.end()), private=is_private(office)
            )


def _read_name_before(text: str, title: re.Match[str], start: int, end: int) -> Official | None:
    """Return the official whose name stands before the title and who says something: 韩青副县长通报了."""
    if not _says().match(text, title.end(), end):
        return None
    match = _NAME_BEFORE.search(text, max(start, title.start() - 7), title.start())
    if match is None or not is_name(match["name"]):
        return None
    begin = match.end("name")
    return Official(begin, title.end(), *match.span("name"), places_of(text, begin, title.end()))


@cache
def _titles_and_seats() -> re.Pattern[str]:
    """Return the pattern of titles, and of a seat in an assembly behind whose holder's name a verb stands."""
    seats = lexicon.words("offices", "title", "beside")
    # Without groups: every alternative begins with a character, which makes the search fast.
    return re.compile("|".join([titles().pattern, *(f"{seat}(?={_says().pattern})" for seat in seats)]))


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(lexicon.words('reporting', 'verb', 'say'))})|:")
