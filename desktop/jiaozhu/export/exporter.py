"""What a format is: a name, the files it makes, and a function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from jiaozhu.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """One format to write.

    `parts` are what its files add to the name that the user gives; a format of one file adds
    nothing. `write` gets an open file for each part.
    """

    name: str  # on the command line
    title: str  # on the screen
    suffix: str
    parts: tuple[str, ...] = ("",)
    write: Callable[[Iterable[Record], Sequence[BinaryIO]], None]
