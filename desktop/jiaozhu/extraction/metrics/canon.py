"""Which known indicator a name says: its identifier in resources/lexicon/measures.toml.

A name is known or it is not; nothing is guessed from words in common. What measure_wording.toml lists
may differ: a spelling (规上 for 规模以上), a place, a time or a verb of reporting in front, how the
indicator moved or ranks behind it. All the rest must be a name in the lexicon, so that 工业用地 never
becomes 工业增加值. A share X占Y比重 is known by what X and Y are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.lexicon import LexiconError

_MEASURES = "measures"
_WORDING = "measure_wording"
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
#: A longer phrase names more than one indicator; also keeps the work for a name constant.
_LONGEST = 64
_IGNORED = re.compile(r"[\s“”‘’\"'「」《》]+|\([^()]*\)|(?<!目)的")
_YEAR = re.compile(r"(?:\d{4}|[二〇○零一九八七六五四三]{4})年(?:度|末|底)?|[,、:·—-]")
_SHARE = re.compile(r"(?P<part>.+)(?:占|相当于)(?P<whole>.+?)的?比重")


class Measure(NamedTuple):
    """An indicator of the lexicon."""

    id: str
    name: str  # the canonical one
    aliases: tuple[str, ...]  # the other names
    group: str  # the class: economy, industry, …


@cache
def measures() -> dict[str, Measure]:
    """Return the indicators of the lexicon by identifier, in the order of the file.

    Raises LexiconError, naming file and entry, if an identifier is not snake case or stands twice, or if
    a name stands twice.
    """
    found: dict[str, Measure] = {}
    names: dict[str, str] = {}
    for group in lexicon.read(_MEASURES):
        for key, words in lexicon.classes(_MEASURES, group).items():
            entry = f"{_MEASURES}.toml: [{group}] {key}"
            if not _IDENTIFIER.fullmatch(key):
                raise LexiconError(f"{entry} must be English words in small letters, joined by _")
            if key in found:
                raise LexiconError(f"{entry} is also in [{found[key].group}]")
            if not words:
                raise LexiconError(f"{entry} must have a name")
            for word in words:
                if word in names:
                    raise LexiconError(f"{entry} has {word}, which is also a name of {names[word]}")
                names[word] = key
            found[key] = Measure(key, words[0], words[1:], group)
    return found


@lru_cache(maxsize=8192)
def canonical(name: str | None) -> str | None:
    """Return the identifier of the indicator that `name`, as the extractor resolves it, says.

    None if the lexicon does not know it.
    """
    if not name or len(name) > _LONGEST:
        return None
    return _known(_spelt(name), _names())


def _known(name: str, names: dict[str, str]) -> str | None:
    """Return the identifier under which `names` has `name`, less and less of its wording kept."""
    ends = _without_ends(name)
    for front in _without_fronts(name):
        for end in ends:
            if end <= front:
                break
            if found := _exactly(name[front:end], names):
                return found
    return None


def _exactly(name: str, names: dict[str, str]) -> str | None:
    """Return the identifier of a name without anything around it."""
    if found := names.get(name):
        return found
    deeds, heads = _table("deed")
    deed = deeds.beginning(name, 0)
    if deed and (found := names.get(heads[deed] + name[len(deed) :])):
        return found
    share = _share(name, names)
    return names.get(share) if share else None


def _share(name: str, names: dict[str, str]) -> str:
    """Return what a share X占Y比重 is known by: X and Y, each by its identifier if it has one."""
    if not name.endswith("比重") or not (match := _SHARE.fullmatch(name)):
        return ""
    part, whole = (_plain(match[side], names) for side in ("part", "whole"))
    return f"{part}/{whole}"


def _plain(name: str, names: dict[str, str]) -> str:
    """Return the identifier of a side of a share, or the side itself."""
    return names.get(name) or next(filter(None, (names.get(name[n:]) for n in _without_fronts(name))), name)


def _without_fronts(name: str) -> list[int]:
    """Return where the name can be held to begin: at its start, and behind words of place, time or report."""
    words = _fronts()
    starts = [0]
    at = 0
    while at < len(name):
        year = _YEAR.match(name, at)
        length = len(year.group()) if year else len(words.beginning(name, at))
        if not length:
            break
        at += length
        starts.append(at)
    return starts


def _without_ends(name: str) -> list[int]:
    """Return where the name can be held to end: at its end, and before words of movement, rank or report."""
    words = _ends()
    stops = [len(name)]
    while stops[-1] > 0:
        word = words.ending(name, stops[-1])
        if not word:
            break
        stops.append(stops[-1] - len(word))
    return stops


def _spelt(name: str) -> str:
    """Return the name in one spelling: without quotation marks, brackets and 的, 规上 as 规模以上."""
    pattern, standard = _spellings()
    bare = _IGNORED.sub("", name).upper()
    bare = pattern.sub(lambda match: standard.get(match.group(), match.group()), bare)
    ends, heads = _table("share")
    share = ends.ending(bare, len(bare))
    return bare[: len(bare) - len(share)] + heads[share] if share else bare


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    table = _table("spelling")[1]
    #: What heads a list is in the pattern too, so that 规模以上工业 is left alone as a whole.
    words = sorted({*table, *table.values()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), table


@cache
def _table(group: str) -> tuple[Affixes, dict[str, str]]:
    """Return the words of a group of wordings, and for each the one that heads its list."""
    table = {word: head for head, words in lexicon.classes(_WORDING, group).items() for word in words}
    return Affixes(table), table


@cache
def _fronts() -> Affixes:
    return Affixes(word for words in lexicon.classes(_WORDING, "front").values() for word in words)


@cache
def _ends() -> Affixes:
    return Affixes(word for words in lexicon.classes(_WORDING, "end").values() for word in words)


@cache
def _names() -> dict[str, str]:
    """Return the identifiers by name as spelt here; shares also by their parts.

    Raises LexiconError if two indicators have names that differ in wording alone.
    """
    found: dict[str, str] = {}
    names = [
        (_spelt(word), word, measure)
        for measure in measures().values()
        for word in (measure.name, *measure.aliases)
    ]
    for spelt, word, measure in names:
        _add(found, spelt, measure, word)
    for spelt, word, measure in names:  # when what they are shares of is known
        if share := _share(spelt, found):
            _add(found, share, measure, word)
    return found


def _add(found: dict[str, str], spelt: str, measure: Measure, word: str) -> None:
    other = found.setdefault(spelt, measure.id)
    if other != measure.id:
        entry = f"{_MEASURES}.toml: [{measure.group}] {measure.id}"
        raise LexiconError(f"{entry} has {word}, which differs from a name of {other} in wording alone")
