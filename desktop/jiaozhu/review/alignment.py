"""Where the words of an earlier version of a text stand in a new version, if they still do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from os.path import commonprefix

from rapidfuzz.distance import Levenshtein

from jiaozhu.review.blocks import Block, Gap, find_blocks, find_gaps

#: A clause with what closes it.
_CLAUSE = re.compile(
    r"[^，。；！？：、\n,;!?:]*[，。；！？：、\n,;!?:”’」』）)》]+|[^，。；！？：、\n,;!?:]+"
)

#: What is aligned character by character: two passages of 3,000 characters take 4 ms.
_MOST_PAIRS = 10_000_000

#: Characters of the neighbourhood that tell places apart that say the same.
_CONTEXT = 60

#: So many characters in a row, quote and neighbours together, are hardly the same by chance: of the numbers
#: in national work reports, 2.5 % have such neighbours in the report of the year after, and those are mostly
#: whole clauses said again (with 20 characters still 1.3 %); with 5 characters it would be 7 %.
_SURE = 12

#: Between neighbours that are both there still, and that are no farther apart, a quote that each version has
#: once is the same one, whatever was rewritten round it …
_NEAR = 300

#: … if this many characters in a row are the same: 5% alone may be said of anything.
_LEAST = 4


class Alignment:
    """An earlier and a new version of one text, laid side by side; made in time linear in their length."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text = old_text
        self.new_text = new_text
        self._blocks = _align(old_text, new_text)
        self._starts = [block.old for block in self._blocks]
        self._gaps = list(find_gaps(self._blocks, Gap(0, len(old_text), 0, len(new_text))))
        self._gap_starts = [gap.old_start for gap in self._gaps]
        self._new_starts = [block.new for block in self._blocks]
        self._inside: dict[Gap, list[Block]] = {}

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the words from `start` to `end` of the earlier version stand in the new one.

        Both are half-open. None if the words are not there unbroken, or if it can't be told which of
        several places that say the same is theirs.
        """
        if not 0 <= start < end <= len(self.old_text):
            return None
        places = {place for place in self._by_blocks(start, end) if self._quotes(place, start, end)}
        if not places:
            places = {place for place in self._in_gap(start, end) if self._is_like(place, start, end)}
        place = places.pop() if len(places) == 1 else self._by_context(start, end)
        return None if place is None else (place, place + end - start)

    def _quotes(self, place: int, start: int, end: int) -> bool:
        return place >= 0 and self.new_text.startswith(self.old_text[start:end], place)

    def _is_like(self, place: int, start: int, end: int) -> bool:
        length = end - start
        return length + _agreement(self.old_text, start, self.new_text, place, length) >= _LEAST

    def _by_blocks(self, start: int, end: int) -> Iterator[int]:
        """Yield where the words begin if their first or their last character did not change."""
        for offset in start, end - 1:
            block = _block_at(self._blocks, self._starts, offset)
            if block is not None:
                yield start - block.old + block.new

    def _in_gap(self, start: int, end: int) -> Iterator[int]:
        """Yield where the words begin if they stand between two blocks, in both versions."""
        gap = self._gap_at(start)
        if gap is None or end > gap.old_end:
            return
        blocks = self._characters(gap)
        block = _block_at(blocks, [block.old for block in blocks], start)
        if block is not None and end <= block.old + block.length:
            yield start - block.old + block.new
            return
        quote = self.old_text[start:end]
        old = self.old_text[gap.old_start : gap.old_end]
        new = self.new_text[gap.new_start : gap.new_end]
        if max(len(old), len(new)) <= _NEAR and _is_once(quote, old) and _is_once(quote, new):
            yield gap.new_start + new.index(quote)

    def _gap_at(self, offset: int) -> Gap | None:
        number = bisect_right(self._gap_starts, offset) - 1
        if number < 0 or offset >= self._gaps[number].old_end:
            return None
        return self._gaps[number]

    def _characters(self, gap: Gap) -> list[Block]:
        """Return the characters of a gap that are the same whether it is read forward or backward."""
        if gap not in self._inside:
            old = self.old_text[gap.old_start : gap.old_end]
            new = self.new_text[gap.new_start : gap.new_end]
            self._inside[gap] = [
                Block(gap.old_start + block.old, gap.new_start + block.new, block.length)
                for block in _align_characters(old, new)
            ]
        return self._inside[gap]

    def _by_context(self, start: int, end: int) -> int | None:
        """Return where the words stand if their neighbours tell, in both directions.

        A place within a block is that of other words, and so no place for these.
        """
        quote = self.old_text[start:end]
        new_places = self._free(_places(quote, self.new_text), len(quote), self._new_starts)
        place = self._most_like(self.old_text, start, self.new_text, new_places, len(quote))
        if place is None:
            return None
        old_places = self._free(_places(quote, self.old_text), len(quote), self._starts)
        back = self._most_like(self.new_text, place, self.old_text, {*old_places, start}, len(quote))
        return place if back == start else None

    def _free(self, places: Iterable[int], length: int, starts: Sequence[int]) -> Iterator[int]:
        """Yield the places that don't stand within a block."""
        for place in places:
            number = bisect_right(starts, place) - 1
            if number < 0 or place + length > starts[number] + self._blocks[number].length:
                yield place

    @staticmethod
    def _most_like(text: str, at: int, other: str, places: Iterable[int], length: int) -> int | None:
        """Return the one of the places in `other` whose neighbours are most like those of `at` in `text`."""
        scored = sorted(
            ((_agreement(text, at, other, place, length), place) for place in places), reverse=True
        )
        if not scored or scored[0][0] + length < _SURE:
            return None
        return scored[0][1] if len(scored) == 1 or scored[0][0] > scored[1][0] else None


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the clauses between `start` and `end`, with what closes them."""
    return (match.span() for match in _CLAUSE.finditer(text, start, end))


def _align(old: str, new: str) -> list[Block]:
    """Return the runs of characters that whole clauses make which are the same in both texts."""
    old_clauses, new_clauses = _CLAUSE.findall(old), _CLAUSE.findall(new)
    old_starts = list(accumulate(map(len, old_clauses), initial=0))
    new_starts = list(accumulate(map(len, new_clauses), initial=0))
    return [
        Block(
            old_starts[block.old],
            new_starts[block.new],
            old_starts[block.old + block.length] - old_starts[block.old],
        )
        for block in find_blocks(old_clauses, new_clauses)
    ]


def _align_characters(old: str, new: str) -> list[Block]:
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    forward = _pairs(old, new)
    backward = {(len(old) - 1 - at, len(new) - 1 - there) for at, there in _pairs(old[::-1], new[::-1])}
    blocks: list[Block] = []
    for at, there in forward:
        if (at, there) not in backward:
            continue
        last = blocks[-1] if blocks else Block(-1, -1, 0)
        if (last.old + last.length, last.new + last.length) == (at, there):
            blocks[-1] = Block(last.old, last.new, last.length + 1)
        else:
            blocks.append(Block(at, there, 1))
    return blocks


def _pairs(old: str, new: str) -> list[tuple[int, int]]:
    """Return the characters that a shortest way of editing one text into the other leaves as they are."""
    return [
        (match.a + number, match.b + number)
        for match in Levenshtein.editops(old, new).as_matching_blocks()
        for number in range(match.size)
    ]


def _block_at(blocks: Sequence[Block], starts: Sequence[int], offset: int) -> Block | None:
    number = bisect_right(starts, offset) - 1
    if number < 0 or offset >= blocks[number].old + blocks[number].length:
        return None
    return blocks[number]


def _is_once(quote: str, text: str) -> bool:
    first = text.find(quote)
    return first >= 0 and text.find(quote, first + 1) < 0


def _places(quote: str, text: str) -> Iterator[int]:
    """Yield where a quote begins in a text."""
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _agreement(text: str, at: int, other: str, place: int, length: int) -> int:
    """Return how many characters before and behind a quote are the same in both texts."""
    before = commonprefix(
        [text[max(0, at - _CONTEXT) : at][::-1], other[max(0, place - _CONTEXT) : place][::-1]]
    )
    end, other_end = at + length, place + length
    behind = commonprefix([text[end : end + _CONTEXT], other[other_end : other_end + _CONTEXT]])
    return len(before) + len(behind)
