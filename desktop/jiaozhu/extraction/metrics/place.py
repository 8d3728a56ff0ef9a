"""A quantity where it stands: its clause, its neighbours and the words on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.metrics.indicators import Phrase, read_after, read_before
from jiaozhu.extraction.metrics.nominal import Names
from jiaozhu.extraction.numbers.quantities import Quantity
from jiaozhu.extraction.stances.stance import Stance
from jiaozhu.extraction.text import Clause

_MARKS = frozenset(" \u3000,;。:!?、)”\n")


@cache
def word_set(file: str, group: str, key: str = "words") -> Affixes:
    """Return a class of the lexicon as a set to be looked up at either side of a position."""
    return Affixes(lexicon.words(file, group, key))


#: Characters on either side of a quantity: no clause of a real text is so long, and gibberish is read fast.
_FAR = 400


@dataclass(slots=True)
class Place:
    """One quantity of a clause in its surroundings."""

    text: str
    clauses: list[Clause]
    index: int  # of the clause
    quantities: list[Quantity]  # of the clause
    n: int  # of the quantity among them
    stance: Stance
    names: Names
    times: Sequence[tuple[int, int]]  # spans of the time expressions in the clause
    begin: int  # where the words about this quantity begin: the clause's start or the last quantity's end
    times_before: Sequence[tuple[int, int]] = ()  # spans of those in the clause before
    clause: Clause = field(init=False)
    quantity: Quantity = field(init=False)
    _phrase: Phrase | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.clause = self.clauses[self.index]
        self.quantity = self.quantities[self.n]

    @property
    def before(self) -> str:
        """The words of the clause before the quantity, as far as they can matter to it."""
        return self.text[max(self.clause.start, self.quantity.start - _FAR) : self.quantity.start]

    @property
    def after(self) -> str:
        """The words of the clause behind the quantity, as far as they can matter to it."""
        return self.text[self.quantity.end : min(self.clause.end, self.quantity.end + _FAR)]

    @property
    def phrase(self) -> Phrase:
        """The words about this quantity, cut down to a name and verbs."""
        if self._phrase is None:
            self._phrase = read_before(self.text, self.begin, self.quantity.start, self.times)
        return self._phrase

    @property
    def ends_phrase(self) -> bool:
        """Whether the quantity ends its phrase: no noun that it counts follows."""
        at = self.quantity.end
        return (
            at >= self.clause.end
            or self.text[at] in _MARKS
            or (self.following is not None and self.following.start == at)
            or len(word_set("indicators", "goes_on").beginning(self.text, at, self.clause.end))
            > len(word_set("indicators", "nouns_like_verbs").beginning(self.text, at, self.clause.end))
        )

    def noun_after(self, at: int | None = None) -> tuple[str, int, int]:
        """Return the noun behind the quantity (or behind `at`) and its span; it ends before a number."""
        start = self.quantity.end if at is None else at
        behind = self.quantities[self.n + 1 :]
        following = next((other for other in behind if other.start > start), None)
        end = following.start if following else self.clause.end
        return read_after(self.text, start, end, joined=following is not None)

    @property
    def following(self) -> Quantity | None:
        """The next quantity of the clause."""
        return self.quantities[self.n + 1] if self.n + 1 < len(self.quantities) else None

    def next_one(self) -> Place:
        """Return the place of the next quantity of the clause, which must have one."""
        return Place(
            self.text, self.clauses, self.index, self.quantities, self.n + 1, self.stance, self.names,
            self.times, self.quantity.end, self.times_before,
        )  # fmt: skip

    @property
    def previous(self) -> Quantity | None:
        """The quantity before in the clause."""
        return self.quantities[self.n - 1] if self.n else None
