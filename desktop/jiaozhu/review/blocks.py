"""What two versions of a text have in common, piece by piece, without guessing.

A piece that stands once in both is an anchor; of the anchors the longest row that is in order in both
counts, and what is the same before and behind an anchor belongs to it (the patience diff of B. Cohen).
Between two anchors the search begins anew. Its time grows with the length of the texts, also where
thousands of pieces are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Block(NamedTuple):
    """A run of `length` that is the same from `old` on in one text and from `new` on in the other."""

    old: int
    new: int
    length: int


class Gap(NamedTuple):
    """What stands between two blocks: half-open, in one text and in the other; one may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def find_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the runs of pieces that are the same in both, in order, none beside the next.

    Where a run could stand in one of several places, as when one of two equal pieces was deleted, it
    is left out.
    """
    blocks: list[Block] = []
    for block in sorted(_runs(old, new)):
        last = blocks[-1] if blocks else Block(0, 0, 0)
        if blocks and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            blocks[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            blocks.append(block)
    return blocks


def find_gaps(blocks: Sequence[Block], whole: Gap) -> Iterator[Gap]:
    """Yield what stands before, between and behind the blocks in a gap, unless it is empty in both texts."""
    old_at, new_at = whole.old_start, whole.new_start
    for block in (*blocks, Block(whole.old_end, whole.new_end, 0)):
        if old_at < block.old or new_at < block.new:
            yield Gap(old_at, block.old, new_at, block.new)
        old_at, new_at = block.old + block.length, block.new + block.length


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield runs that are the same in both, in no order."""
    waiting = [Gap(0, len(old), 0, len(new))]
    while waiting:
        gap = waiting.pop()
        head, tail = _edges(old, new, gap)
        if head:
            yield Block(gap.old_start, gap.new_start, head)
        if tail:
            yield Block(gap.old_end - tail, gap.new_end - tail, tail)
        if head or tail:
            gap = Gap(gap.old_start + head, gap.old_end - tail, gap.new_start + head, gap.new_end - tail)
        if set(old[gap.old_start : gap.old_end]).isdisjoint(new[gap.new_start : gap.new_end]):
            continue
        anchored = _anchored(_anchors(old, new, gap))
        if anchored:
            yield from anchored
            waiting += (inner for inner in find_gaps(anchored, gap) if _is_double(inner))


def _edges(old: Sequence[str], new: Sequence[str], gap: Gap) -> tuple[int, int]:
    """Return how many pieces are the same at the beginning and at the end of a gap, for certain."""
    shorter = min(gap.old_end - gap.old_start, gap.new_end - gap.new_start)
    head = tail = 0
    while head < shorter and old[gap.old_start + head] == new[gap.new_start + head]:
        head += 1
    if head == shorter and gap.old_end - gap.old_start == gap.new_end - gap.new_start:
        return head, 0
    while tail < shorter and old[gap.old_end - 1 - tail] == new[gap.new_end - 1 - tail]:
        tail += 1
    # What both sides claim belongs to neither: in A A, one of which was deleted, it may be either.
    return min(head, shorter - tail), min(tail, shorter - head)


def _is_double(gap: Gap) -> bool:
    """Return whether there is something in both texts."""
    return gap.old_start < gap.old_end and gap.new_start < gap.new_end


def _anchored(anchors: Sequence[tuple[int, int]]) -> list[Block]:
    """Return the runs that anchors make which stand side by side in both texts."""
    blocks: list[Block] = []
    old_start = new_start = length = 0
    for old_at, new_at in anchors:
        if length and old_at == old_start + length and new_at == new_start + length:
            length += 1
        else:
            if length:
                blocks.append(Block(old_start, new_start, length))
            old_start, new_start, length = old_at, new_at, 1
    if length:
        blocks.append(Block(old_start, new_start, length))
    return blocks


def _anchors(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    """Return where pieces stand that each text has once in the gap: the longest row in order in both."""
    places = _single(old, gap.old_start, gap.old_end)
    others = _single(new, gap.new_start, gap.new_end)
    pairs = [(place, others[piece]) for piece, place in places.items() if piece in others]
    # The longest ascending row, by patience sorting: `ends` are the last cards of the piles.
    ends: list[int] = []
    tops: list[int] = []  # which pair lies on top of each pile
    below: list[int] = []  # for each pair, which one comes before it in its row; -1: none
    for number, (_place, other) in enumerate(pairs):
        pile = len(ends) if not ends or other > ends[-1] else bisect_left(ends, other)
        below.append(tops[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(other)
            tops.append(number)
        else:
            ends[pile], tops[pile] = other, number
    row: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        row.append(pairs[number])
        number = below[number]
    return row[::-1]


def _single(pieces: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return the places of the pieces that stand once between `start` and `end`, in order."""
    part = pieces[start:end]
    counts = Counter(part)
    return {piece: place for place, piece in enumerate(part, start) if counts[piece] == 1}
