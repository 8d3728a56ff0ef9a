"""Units of measure and counting words, from resources/lexicon/units.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from jiaozhu import lexicon


class Unit(NamedTuple):
    """One word of measure: its base unit, the type of quantity it makes, its factor."""

    base: str
    type: str
    factor: Decimal
    weak: bool  # needs further evidence beside a short Chinese numeral


class FoundUnit(NamedTuple):
    """A unit in the text: its word as the lexicon writes it, and where it ends."""

    word: str
    unit: Unit
    end: int


_ASCII = re.compile(r"[A-Za-z0-9]")


class UnitTable(dict[str, Unit]):
    """Units by their words; symbols of several Latin letters are found in any case (CM, Kg)."""

    def __init__(self, words: Mapping[str, Unit]) -> None:
        super().__init__(words)
        folded: dict[str, list[str]] = {}
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
            if len(word) > 1 and word.isascii():
                folded.setdefault(word.casefold(), []).append(word)
                lengths.setdefault(word[0].swapcase(), set()).add(len(word))
        self._folded = {fold: words[0] for fold, words in folded.items() if len(words) == 1}
        self._lengths = {char: sorted(found, reverse=True) for char, found in lengths.items()}
        self.firsts = frozenset(lengths)  # the characters a unit may begin with

    def at(self, text: str, at: int, *, led: str = "") -> FoundUnit | None:
        """Return the longest unit that begins at `at`; a Latin symbol ends with its letters.

        With `led`, the unit is one that these characters begin, which the text has elsewhere (一个半小时).
        """
        if led:
            found = self.at(led + text[at : at + _LONGEST_LED], 0)
            is_led = found is not None and found.end > len(led)
            return found._replace(end=at + found.end - len(led)) if found and is_led else self.at(text, at)
        if at >= len(text):
            return None
        for length in self._lengths.get(text[at], ()):
            end = at + length
            written = text[at:end]
            word: str | None = written
            if written not in self:
                word = self._folded.get(written.casefold()) if written.isascii() else None
            if word is None or end > len(text):
                continue
            if word[-1].isascii() and end < len(text) and _ASCII.match(text[end]) and _ASCII.match(word[-1]):
                continue
            return FoundUnit(word, self[word], end)
        return None


def _counts(words: Iterable[str], *, weak: bool) -> dict[str, Unit]:
    return {word: Unit(word, "count", Decimal(1), weak) for word in words}


def _entries(group: str) -> dict[str, Unit]:
    return {word: _unit(group, word, entry) for word, entry in lexicon.entries("units", group).items()}


def _unit(group: str, word: str, entry: dict[str, Any]) -> Unit:
    try:
        factor = Decimal(entry.get("factor", "1"))
        return Unit(entry["base"], entry["type"], factor, entry.get("weak", False))
    except (KeyError, ArithmeticError) as error:
        raise lexicon.LexiconError(f"units.toml: [{group}] {word}: {error!r}") from error


def _merged(tables: Mapping[str, Mapping[str, Unit]]) -> UnitTable:
    """Return the groups as one table; raises LexiconError if a word stands in two of them."""
    merged: dict[str, Unit] = {}
    group_of: dict[str, str] = {}
    for group, table in tables.items():
        for word in table:
            if word in group_of:
                raise lexicon.LexiconError(f"units.toml: [{group}] {word} stands in [{group_of[word]}] too")
            group_of[word] = group
        merged |= table
    return UnitTable(merged)


@cache
def units() -> UnitTable:
    """Return every unit and counting word that makes a quantity in a speech."""
    return _merged({"units": _entries("units"), "counts": _counting_words()})


def _counting_words() -> dict[str, Unit]:
    counts: dict[str, Unit] = {}
    for strength, words in lexicon.classes("units", "counts").items():
        counts |= _counts(words, weak=strength == "weak")
    return counts


@cache
def all_units() -> UnitTable:
    """Return the units and those besides that are ambiguous in a speech (5块, 3A, 一双)."""
    counts = _counts(lexicon.words("units", "ambiguous_counts", "words"), weak=True)
    measures = _merged(
        {"units": _entries("units"), "ambiguous": _entries("ambiguous"), "ambiguous_counts": counts}
    )
    # a counting word may be a unit besides: 5块地, 5块
    return UnitTable(_merged({"counts": _counting_words(), "ambiguous_counts": counts}) | measures)


#: The longest unit behind 个: 百分点.
_LONGEST_LED = 4

#: 半 behind a unit that adds a half of it (一吨半), not 五公里半程.
_HALF = re.compile(r"半(?![程径年月天山岛场价数导决官小成自精生])")


def half_behind(text: str, at: int) -> bool:
    """Tell whether the 半 at `at` adds half a unit to what stands before it."""
    return _HALF.match(text, at) is not None


@cache
def _rates() -> UnitTable:
    """Return the units and what else stands behind the stroke of a rate: 元/月, 元/股."""
    words = {
        word: Unit(word, "count", Decimal(1), weak=True) for word in lexicon.words("units", "per", "words")
    }
    return UnitTable(words | units() | _entries("per_symbols"))


def rate_at(text: str, at: int) -> str:
    """Return `/立方米` of 微克/立方米 (or `每立方米`) when the word behind the stroke at `at` is a unit."""
    end = at
    while text.startswith(("/", "·") if end > at else ("/", "每"), end):  # 万元/亩·年
        scaled = end + 2 if text[end + 1 : end + 2] in _SCALES and _rates().at(text, end + 2) else end + 1
        found = _rates().at(text, scaled)
        if found is None:
            break
        end = found.end
    return text[at:end]


def rate_unit(rate: str) -> str:
    """Return the rate with its usual names: `/立方米` of /m³ and of 每立方米."""
    return _SYMBOL.sub(_named, rate.replace("每", "/"))


def _named(symbol: re.Match[str]) -> str:
    found = _rates().get(symbol.group())
    return found.base if found else symbol.group()


_SCALES = frozenset("百千万亿")
_SYMBOL = re.compile(r"[A-Za-z][A-Za-z0-9²³]*|㎡|㎥")
