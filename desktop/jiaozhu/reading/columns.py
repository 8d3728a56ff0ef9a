"""The order in which the pieces of a page are read: one column or two, rows of a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from jiaozhu.reading.printed import PrintedLine

_LEAST_LINES = 4  # of a column
_MIDDLE = (0.3, 0.7)  # of the width of the text: there the gap between two columns lies
_LEAST_GUTTER = 0.6  # times the size of the characters
#: So many pieces may cross the gap, as titles do.
_CROSSING = 0.3
#: Lines of a column fill it, entries of a table don't: the share of its width that the middle one takes.
_FILLED = 0.7
#: So many steps back to the left and up are a sign that the file holds the pieces in no order at all.
_DISORDER = 0.15
#: Gaps in a row, in sizes of the characters: wider ones part the entries of a table, or words.
_GAP, _SPACE = 2.0, 0.5
_CELL_LINES, _CELL_CHARACTERS = 4, 14  # at most in a cell of several lines, and in a line of it


class _Gutter(NamedTuple):
    """The gap between two columns: where the left one ends and the right one begins."""

    left: float
    right: float


def arrange(pages: list[list[PrintedLine]], *, ordered: bool) -> list[list[PrintedLine]]:
    """Return the lines of each page in reading order.

    The pages come as parts of lines; `ordered` says that these come in the order of the file, which is the
    reading order more often than not: it knows the cells of a table.
    """
    gutters = [_find_gutter(pieces) for pieces in pages]
    found = sorted(gutter for gutter in gutters if gutter)
    usual = found[len(found) // 2] if found else None
    arranged: list[list[PrintedLine]] = []
    for pieces, own in zip(pages, gutters, strict=True):
        gutter = own or (usual if usual and _has_columns(pieces, usual) else None)
        if gutter:
            arranged.append(_by_column(pieces, gutter))
        else:
            arranged.append(_in_one_column(pieces, ordered=ordered))
    return arranged


def _has_columns(pieces: list[PrintedLine], gutter: _Gutter) -> bool:
    """Return whether a page, though it has few lines, has them on both sides of the gap of other pages."""
    left = sum(piece.right <= gutter.left + piece.size for piece in pieces)
    right = sum(piece.left >= gutter.right - piece.size for piece in pieces)
    return left > 0 < right and len(pieces) - left - right <= _CROSSING * len(pieces)


def _find_gutter(pieces: list[PrintedLine]) -> _Gutter | None:
    """Return the gap between two columns of running text, None if there is none."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    size = median(piece.size for piece in pieces)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    edges = sorted({piece.right for piece in pieces if low <= piece.right <= high})
    best: tuple[int, float, float, float] | None = None
    for edge in edges:
        after = [piece for piece in pieces if piece.left >= edge - 0.1 * size]
        if not after:
            continue
        end = min(piece.left for piece in after)
        crossing = sum(piece.left < edge - 0.1 * size and piece.right > edge + 0.1 * size for piece in pieces)
        if end - edge < _LEAST_GUTTER * size or end > high + size or crossing > _CROSSING * len(pieces):
            continue
        found = (crossing, edge - end, edge, end)
        best = found if best is None else min(best, found)
    if best is None:
        return None
    _, _, start, end = best
    columns = (
        [piece for piece in pieces if piece.right <= start + 0.1 * size],
        [piece for piece in pieces if piece.left >= end - 0.1 * size],
    )
    for column in columns:
        if len(column) < _LEAST_LINES:
            return None
        width = max(piece.right for piece in column) - min(piece.left for piece in column)
        if median(piece.right - piece.left for piece in column) < _FILLED * width:
            return None
    return _Gutter(start, end)


def _by_column(pieces: list[PrintedLine], gutter: _Gutter) -> list[PrintedLine]:
    """Return the lines column by column; what crosses the gap parts what is above from what is below."""
    lines: list[PrintedLine] = []
    columns: tuple[list[PrintedLine], list[PrintedLine]] = ([], [])

    def finish() -> None:
        for number, column in enumerate(columns):
            lines.extend(replace(line, column=number) for line in _by_row(column))
            column.clear()

    middle = sum(gutter) / 2
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.left < gutter.left - piece.size and piece.right > gutter.right:
            finish()
            lines.append(replace(piece, column=-1))
        else:
            columns[(piece.left + piece.right) / 2 > middle].append(piece)
    finish()
    return lines


def _in_one_column(pieces: list[PrintedLine], *, ordered: bool) -> list[PrintedLine]:
    """Return the lines from top to bottom; where some stand side by side, in the order of the file."""
    if not ordered:
        return _by_row(pieces)
    lines = _joined(pieces)
    from_top = sorted(lines, key=lambda line: line.middle)
    if not any(line.shares_row(following) for line, following in pairwise(from_top)):
        return from_top
    return lines if _disorder(pieces) < _DISORDER else _by_row(pieces)


def _by_row(pieces: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines from top to bottom, each from left to right."""
    rows: list[list[PrintedLine]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and rows[-1][0].shares_row(piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _joined(sorted(row, key=lambda piece: piece.left))]


def _disorder(pieces: list[PrintedLine]) -> float:
    """Return the share of steps from piece to piece that no reader takes: up, and not to the right."""
    back = sum(
        not before.shares_row(piece) and piece.top < before.top and piece.left < before.right - before.size
        for before, piece in pairwise(pieces)
    )
    return back / max(1, len(pieces) - 1)


def _joined(pieces: list[PrintedLine]) -> list[PrintedLine]:
    """Return the pieces, with those that follow one another in a row made one line."""
    lines: list[PrintedLine] = []
    for piece in pieces:
        if lines and lines[-1].shares_row(piece) and piece.left > lines[-1].right - piece.size:
            lines[-1] = _beside(lines[-1], piece)
        elif lines and (cell := _cell_beside(lines, piece)):
            lines[-cell:] = [_beside(_stacked(lines[-cell:]), piece, between="\t")]
        else:
            lines.append(piece)
    return lines


def _beside(before: PrintedLine, piece: PrintedLine, *, between: str = "") -> PrintedLine:
    """Return two pieces of one row as a line, with what their gap is worth between them."""
    gap = piece.left - before.right
    between = between or ("\t" if gap > _GAP * before.size else " " if gap > _SPACE * before.size else "")
    return replace(
        before,
        text=before.text + between + piece.text,
        top=min(before.top, piece.top),
        right=max(before.right, piece.right),
        bottom=max(before.bottom, piece.bottom),
    )


def _stacked(lines: list[PrintedLine]) -> PrintedLine:
    """Return the lines of one cell as a line."""
    return replace(
        lines[0],
        text="".join(line.text for line in lines),
        right=max(line.right for line in lines),
        bottom=lines[-1].bottom,
    )


def _cell_beside(lines: list[PrintedLine], piece: PrintedLine) -> int:
    """Return how many of the last lines are one cell of a table, to the left of `piece`; 0 if none are.

    They stand close below one another, begin at one edge, and are short; the piece stands at the height of
    the first or of their middle.
    """
    last = lines[-1]
    for count in range(2, min(_CELL_LINES, len(lines)) + 1):
        line = lines[-count]
        below = lines[1 - count]
        if (
            abs(line.left - last.left) > 0.3 * last.size
            or len(line.text) > _CELL_CHARACTERS
            or max(line.right, last.right) > piece.left
            or not 0 < below.top - line.top < 2 * last.size
        ):
            return 0
        middle = (line.top + last.bottom) / 2
        if line.shares_row(piece) or abs(middle - piece.middle) < 0.4 * last.size:
            return count
    return 0
