"""Officials named in running text: an office and right behind it a personal name (柯桥区委书记袁建)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiaozhu.extraction.people.offices import Jurisdiction, is_excluded, office_start, places_of, titles
from jiaozhu.extraction.people.persons import read_name


@dataclass(frozen=True, slots=True)
class Official:
    """An office and a name, with their positions in the text."""

    office_start: int
    office_end: int
    name_start: int
    name_end: int
    places: tuple[Jurisdiction, ...]  # one for each of the offices

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
    for title in titles().finditer(text, start, end):
        name = read_name(text, title.end(), end)
        if name is None:
            continue
        begin = office_start(text, title, start)
        if begin is not None and not is_excluded(text[begin : title.end()]):
            yield Official(begin, title.end(), *name, places_of(text, begin, title.end()))
