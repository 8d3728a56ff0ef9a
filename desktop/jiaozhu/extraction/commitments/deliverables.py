"""Whether a commitment ends in a figure, in a thing that is there or not, or in no end at all."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.commitments import heads
from jiaozhu.extraction.commitments.candidates import Candidate, affixes, word_set

#: How far back the last word of an object is looked for.
_TAIL = 8
#: Words that make a thing of what is carried out, wherever they stand in the object.
_PROJECT = re.compile(r"工程|项目|制度|政策|方案|条例|规划|清单|办法")
#: Work that is a thing by itself.
_WHOLE = frozenset(("前期工作", "前期", "换届"))
#: What is put to use is there already, whatever its size: 用好1800亿元基金.
_USING = frozenset(("用好", "用足", "用活", "用足用好", "用好用足", "管好用好"))
#: What is never to be done has no end: 决不新增债务.
_NEVER = frozenset(("决不", "绝不"))
#: Documents of others, which are never carried out to the end: 落实规划纲要.
_DOCUMENT = re.compile(r"(?:举措|措施|政策|规划|纲要|意见|决定|要求|计划|”)$")
#: States that are there or not: 实现街道全覆盖, 推动…纳入国家规划.
_REACHED = re.compile(
    r"实现[^,]*全覆盖$|零的突破$|历史(?:性)?突破$|纳入(?:国家|省|自治区|市|全国|全省)[^,、]{0,8}(?:规划|计划|盘子|目录|清单|名单)$"
)
_REACHED_ENDS = frozenset("盖破划子录单")
#: 推动民间资本参与重大项目建设 leaves the project to others.
_TAKES_PART = re.compile(r"参与|投向|投资")
#: When something starts stands behind it: 重大项目尽快投产.
_SOON = re.compile(
    r"(?:尽快|尽早|早日|加快|如期|按期|全面|顺利|全部"
    r"|(?:\d{1,2}月(?:[底末初份]|[上中下]旬)?|[上下]半年|年[底内中]|[一二三四]季度)(?:之?前)?)$"
)
_LISTED = ("等项目", "等工程", "等重大项目", "等重大工程", "等重点项目", "等重点工程")


@cache
def _ends() -> Affixes:
    """Return the last words of things and of efforts without an end."""
    return Affixes(word_set("effort") | word_set("thing"))


def find_kind(text: str, c: Candidate) -> str:
    """Return the kind of a commitment: quantified, deliverable or directional."""
    if c.targets:
        return "quantified"
    if c.head.verb in _USING or c.tone in _NEVER:
        return "directional"
    for metric in c.metrics:
        if metric.status == "planned":
            return "deliverable"
    return "deliverable" if _is_thing(text, c) else "directional"


def _is_thing(text: str, c: Candidate) -> bool:
    """Return whether the object of a candidate is built, set up, issued or held."""
    kind = c.head.kind
    if kind == heads.EVENT:
        return True
    end = c.end
    last = text[end - 1]
    if last in _REACHED_ENDS and _REACHED.search(text, c.start, end):
        return True
    if last in "”设作" and text.find("一带一路", c.start, end) >= 0:
        return False
    begin = c.head.object
    if begin >= end:
        begin = c.start
    far = max(begin, end - _TAIL)
    if kind == heads.RUN or kind == heads.SHAPE:
        if kind == heads.SHAPE and _ends().ending(text, end, far) in word_set("thing"):
            return True
        work = affixes("work").ending(text, end, far)  # …中心建设, …项目开工
        if not work:
            return kind == heads.RUN and text.endswith(_LISTED, begin, end)
        if work in _WHOLE or kind == heads.SHAPE:
            return True
        stop = end - len(work)
        if _TAKES_PART.search(text, begin, stop):
            return False
        soon = _SOON.search(text, max(begin, stop - _TAIL), stop)
        stop = soon.start() if soon else stop
        far = max(begin, stop - _TAIL)
        while stop > far and text[stop - 1] in "等”":
            stop -= 1
        thing = _ends().ending(text, stop, far)
        if thing not in word_set("thing"):
            return False
        return not work.startswith("建设") or thing not in word_set("system")
    if kind not in (heads.MAKE, heads.SET, heads.DISPOSAL):
        return False
    if kind == heads.MAKE and c.head.verb not in word_set("general"):
        return True
    last_word = _ends().ending(text, end, far)
    is_thing = last_word in word_set("thing")
    if kind == heads.MAKE:
        return is_thing or not last_word
    if kind == heads.DISPOSAL:
        return is_thing or (c.head.verb == "纳入" and not text.endswith("范围", begin, end))
    if c.head.verb.endswith("落实") and _DOCUMENT.search(text, max(begin, end - 3), end):
        return False
    return is_thing or (not last_word and _PROJECT.search(text, begin, end) is not None)
