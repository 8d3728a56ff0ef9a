"""Which part of a page is in sight.

The place is kept as a block and a distance into it, not as a height of the whole page: heights
that turn out different from their estimate never move what is being read. Without widgets.
"""

from __future__ import annotations

from jiaozhu.qt.page import LaidBlock, Page

#: How much of the view may be white below the end of the text.
_TAIL = 0.4
#: A leap over so many views is not measured on the way: estimates will do.
_LEAP = 4


class Sight:
    """The blocks of a page that a view of some height shows, and the y at which each begins.

    Moving returns by how many pixels what was in sight has moved, None if all of it is gone.
    """

    def __init__(self, page: Page, height: int) -> None:
        self.page = page
        self.height = height
        self.blocks: list[tuple[int, int]] = []  # number of the block, its y
        self._anchor = 0  # the block at the top edge
        self._into = 0  # pixels of it that are above the edge
        self._settle()

    # Moving

    def set_height(self, height: int) -> None:
        """Show more or less of the page, from the same place."""
        self.height = height
        self._settle()

    def scroll_by(self, pixels: int) -> int | None:
        """Move the text up by some pixels, as far as it goes."""
        before = dict(self.blocks)
        if abs(pixels) > _LEAP * self.height:
            heights = self.page.heights
            y = max(0, self.value + pixels)
            self._anchor = heights.at(y)
            self._into = max(0, y - heights.top(self._anchor))
        else:
            self._into += pixels
        self._settle()
        return self._moved(before)

    def place(self, offset: int, y: int) -> int | None:
        """Move so that the line of a character has its top at `y`, or as near to it as possible."""
        before = dict(self.blocks)
        self._anchor = self.page.blocks.index(offset)
        block = self.page.block(self._anchor)
        self._into = block.line_top(block.line_at(offset)) - y
        self._settle()
        return self._moved(before)

    # Asking

    @property
    def value(self) -> int:
        """How many pixels of the page are above the view, those not measured as estimated."""
        return self.page.heights.top(self._anchor) + self._into

    @property
    def maximum(self) -> int:
        """The largest value there can be, as far as is known."""
        return max(self.value, self.page.heights.total - round(self.height * (1 - _TAIL)), 0)

    @property
    def top_offset(self) -> int:
        """The offset of the first character whose line is whole in sight."""
        block = self.page.block(self._anchor)
        line = max(0, -(-(self._into - block.above) // block.pitch))
        return block.line_starts[min(line, len(block.lines) - 1)]

    def find(self, offset: int) -> tuple[LaidBlock, int] | None:
        """Return the block of a character and its y; None if it is out of sight."""
        index = self.page.blocks.index(offset)
        for seen, y in self.blocks:
            if seen == index:
                return self.page.block(index), y
        return None

    def at(self, y: int) -> tuple[LaidBlock, int]:
        """Return the block at some y, the first or the last if there is none, and its y."""
        index, top = next((seen for seen in reversed(self.blocks) if seen[1] <= y), self.blocks[0])
        return self.page.block(index), top

    def _moved(self, before: dict[int, int]) -> int | None:
        moved = next((y - before[index] for index, y in self.blocks if index in before), None)
        return None if moved is None or abs(moved) >= self.height else moved

    def _settle(self) -> None:
        """Lay out what is in sight, from the anchor on, and go back from beyond the end."""
        self._normalise()
        self._look()
        last, y = self.blocks[-1]
        end = y + self.page.heights[last]
        lowest = round(self.height * (1 - _TAIL))
        if last == len(self.page.blocks) - 1 and end < lowest:
            self._into -= lowest - end
            self._normalise()
            self._look()

    def _normalise(self) -> None:
        """Choose the anchor anew so that the top edge lies in it."""
        page = self.page
        while self._into < 0 and self._anchor > 0:
            self._anchor -= 1
            self._into += page.block(self._anchor).height
        self._into = max(0, self._into)
        while self._into >= page.block(self._anchor).height and self._anchor < len(page.blocks) - 1:
            self._into -= page.block(self._anchor).height
            self._anchor += 1

    def _look(self) -> None:
        """Note which blocks are in sight, and where."""
        self.blocks = []
        index, y = self._anchor, -self._into
        while index < len(self.page.blocks) and (y < self.height or not self.blocks):
            self.blocks.append((index, y))
            y += self.page.block(index).height
            index += 1
