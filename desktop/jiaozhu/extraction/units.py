"""Units of measure and counting words, from resources/lexicon/units.toml."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon


class Unit(NamedTuple):
    """One word of measure: its base unit, the type of quantity it makes, its factor."""

    base: str
    type: str
    factor: Decimal
    weak: bool  # needs further evidence beside a short Chinese numeral


@cache
def units() -> dict[str, Unit]:
    """Return every unit and counting word of the lexicon."""
    table: dict[str, Unit] = {}
    for strength, words in lexicon.classes("units", "counts").items():
        for word in words:
            table[word] = Unit(word, "count", Decimal(1), strength == "weak")
    for word, entry in lexicon.entries("units", "units").items():
        try:
            table[word] = Unit(
                entry["base"], entry["type"], Decimal(entry.get("factor", "1")), entry.get("weak", False)
            )
        except (KeyError, ArithmeticError) as error:
            raise lexicon.LexiconError(f"units.toml: [units] {word}: {error!r}") from error
    return table


@cache
def _longest() -> int:
    return max(map(len, units()))


@cache
def _first_chars() -> frozenset[str]:
    return frozenset(word[0] for word in units())


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at `at` and where it ends."""
    if at >= len(text) or text[at] not in _first_chars():
        return None
    table = units()
    for length in range(min(_longest(), len(text) - at), 0, -1):
        unit = table.get(text[at : at + length])
        if unit:
            return unit, at + length
    return None
