"""A table as it is seen: rows of cells, to a CSV file or to be pasted."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain, islice
from pathlib import Path

from jiaozhu.export.csv import harmless
from jiaozhu.export.writing import whole_files

#: So many rows go to the file at once.
_PART = 1_000
_BREAKS = re.compile(r"[\t\r\n]+")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table to a CSV file in UTF-8 with the mark that Excel needs; return how many rows it has.

    The file is there whole or not at all. Raises ExportError if it can't be written.
    """
    lines = chain([header], rows)
    count = -1
    with whole_files([path]) as (stream,):
        stream.write(BOM_UTF8)
        while part := [[harmless(cell) for cell in row] for row in islice(lines, _PART)]:
            count += len(part)
            written = StringIO(newline="")
            csv.writer(written).writerows(part)
            stream.write(written.getvalue().encode())
    return count


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines, cells apart by tabs, to be pasted into a spreadsheet; no cell is a formula."""
    return "\n".join("\t".join(_BREAKS.sub(" ", str(harmless(cell))) for cell in row) for row in rows)
