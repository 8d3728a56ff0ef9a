"""Whether a commitment ends in a figure, in a thing that is there or not, or in no end at all."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu.extraction import heads
from jiaozhu.extraction.candidates import Candidate, backwards

#: How far back the last word of an object is looked for.
_TAIL = 8
_PROJECT = re.compile(r"工程|项目|制度|政策|方案|条例|规划|清单|办法|试点")


@cache
def _lookups() -> tuple[heads.Lookup, heads.Lookup, heads.Lookup]:
    """Return the last words of things, of efforts and of work on things, reversed."""
    return backwards("thing"), backwards("effort"), backwards("work")


def find_kind(text: str, c: Candidate) -> str:
    """Return the kind of a commitment: quantified, deliverable or directional."""
    if c.targets:
        return "quantified"
    for metric in c.metrics:
        if metric.status == "planned":
            return "deliverable"
    return "deliverable" if _is_thing(text, c) else "directional"


def _is_thing(text: str, c: Candidate) -> bool:
    """Return whether the object of a candidate is built, set up, issued or held."""
    things, efforts, works = _lookups()
    kind = c.head.kind
    begin = max(c.start, min(c.head.object, c.end - 1))
    tail = text[max(begin, c.end - _TAIL) : c.end][::-1]
    thing, effort = things.at(tail, 0, _TAIL), efforts.at(tail, 0, _TAIL)
    if kind == heads.MAKE:
        return len(effort) <= len(thing)
    if kind == heads.EVENT:
        return True
    if kind == heads.DISPOSAL:
        return c.head.verb == "纳入" or len(thing) > len(effort)
    if kind == heads.SET:
        if len(effort) > len(thing):
            return False
        return bool(thing) or _PROJECT.search(text, begin, c.end) is not None
    if kind == heads.SHAPE and len(thing) > len(effort):
        return True
    work = works.at(tail, 0, _TAIL)
    if work:
        if "期前" in work:
            return True
        rest = text[max(begin, c.end - len(work) - _TAIL) : c.end - len(work)].rstrip("等")[::-1]
        return bool(things.at(rest, 0, _TAIL))
    return kind == heads.RUN and text.endswith(("等项目", "等工程", "等重大项目", "等重大工程"), begin, c.end)
