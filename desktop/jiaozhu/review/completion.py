"""What a reviewer may be about to type: names offered while a field is edited, the likeliest first.

Nobody types a name to its end that stands in the sentence, near by in the document or in the lexicon.
What was done to the last names is offered for the next one too: the same words put in front, left out
or replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from jiaozhu.model import AnyAnnotation
from jiaozhu.review.opened import Opened

#: How many are offered: more would take longer to read than to type.
MOST = 6

Change = tuple[str, str]  # what a name was, and what a reviewer made of it


@dataclass(frozen=True, slots=True)
class Source:
    """Where names come from."""

    own: str = ""  # the name as it stands
    sentence: str = ""  # what the annotation stands in
    changes: Sequence[Change] = ()  # of other names, the newest last
    near: Sequence[str] = ()  # names of other annotations, the nearest first
    known: Sequence[str] = ()  # names of the lexicon


def offers(typed: str, source: Source) -> list[str]:
    """Return what `typed` may become, at most MOST; nothing typed: what the name as it stands may."""
    found = _started(typed, source) if typed else _unstarted(source)
    fresh = dict.fromkeys(name for name in found if name and name != typed)
    if not typed:
        fresh.pop(source.own, None)
    return list(islice(fresh, MOST))


def _unstarted(source: Source) -> Iterator[str]:
    for before, after in reversed(source.changes):
        again = repeated(before, after, source.own)
        if again:
            yield again
    inside = (name for name in source.known if name in source.own)
    yield from islice(sorted(inside, key=len, reverse=True), 2)
    yield from source.near


def _started(typed: str, source: Source) -> Iterator[str]:
    known = (*source.near, *source.known)
    yield from _continued(typed, source.own, _TO_THE_END, rightmost=False)
    inside = chain.from_iterable(_continued(typed, source.sentence, stop) for stop in _STOPS)
    if typed in source.sentence:
        yield from islice(inside, 1)
    if typed not in source.own:
        yield typed + source.own
    starting = (name for name in known if name.startswith(typed))
    yield from chain(inside, starting) if typed in source.sentence else chain(starting, inside)
    yield from (name for name in known if typed in name)


#: Where a phrase of the sentence may end: before a stop or a figure, a sign, or a word of grammar.
_TO_THE_END = re.compile(r".*", re.DOTALL)
_STOPS = tuple(
    re.compile(pattern)
    for pattern in (r"[^\W\d的在为是达到已将由从占比较和与及均共分]*", r"\w*", r"[^\d,.，。；;：:!！?？]*")
)


def _continued(typed: str, text: str, until: re.Pattern[str], *, rightmost: bool = True) -> Iterator[str]:
    """Yield `typed` and what follows its end, as much of it as can be found, in a text."""
    for begin in range(len(typed)):
        tail = typed[begin:]
        at = text.rfind(tail) if rightmost else text.find(tail)
        if at >= 0:
            follows = until.match(text, at + len(tail))
            if follows and follows.group():
                yield typed + follows.group()
            return


def repeated(before: str, after: str, name: str) -> str:
    """Return what becomes of a name if what made `after` of `before` is done to it; empty if it can't be."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    if gone:
        if gone == before:
            return after
        return name.replace(gone, come, 1) if gone in name else ""
    return come + name if start == 0 else name + come if end == 0 else ""


def source(field: str, annotation: AnyAnnotation, opened: Opened, changes: Sequence[Change]) -> Source:
    """Return where values of a field of an annotation come from; an indicator also from words around it."""
    others = (
        (other.start, getattr(other, field))
        for other in opened.annotations
        if other.type == annotation.type and other.id != annotation.id
    )
    near = nearest(others, annotation.start)
    if field != "indicator":
        return Source(near=near)
    return Source(
        own=getattr(annotation, field) or "",
        sentence=_around(opened.document.text, annotation),
        changes=changes,
        near=near,
        known=_known(),
    )


def _around(text: str, annotation: AnyAnnotation) -> str:
    """Return the words after an annotation and then those before it, up to it: the nearest are the last."""
    stop = text.find("。", annotation.end, annotation.end + _REACH)
    after = text[annotation.end : stop if stop >= 0 else annotation.end + _REACH]
    before = text[max(0, annotation.start - 2 * _REACH) : annotation.start]
    return "".join(f"{after}。{before}".split())


_REACH = 120  # characters around an annotation in which its indicator may stand


@cache
def _known() -> tuple[str, ...]:
    from jiaozhu.extraction.metrics.canon import measures  # a lexicon, needed for this alone

    return tuple(name for one in measures().values() for name in (one.name, *one.aliases))


def nearest(places: Iterable[tuple[int, str | None]], at: int) -> list[str]:
    """Return the values that stand at some offsets, each once, the nearest to `at` first; ties go back."""
    ordered = sorted(places, key=lambda place: (abs(place[0] - at), place[0]))
    return list(dict.fromkeys(value for _, value in ordered if value))
