"""What stands at the head of a clause: how it is said, which verb, and how the verb binds.

No tagger: the words of verbs.toml are looked up where the clause begins, manner is stripped, and a
verb that only introduces another (加快建设, 推动健全) gives way to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.outline import ENUMERATOR

#: Classes of a head. The first five are verbs of action; the others never make a commitment alone.
MAKE, SHAPE, SET, RUN, RESULT = "make", "shape", "set", "run", "result"
EXHORT, FRAME, MEANS, NONE = "exhort", "frame", "means", ""
#: Heads without a verb of action in front: the predicate stands behind its subject.
EVENT, TREND, SUBJECT, UNKNOWN = "event", "trend", "subject", "unknown"
#: 把 and 将 before their object, 使 before what it brings about.
DISPOSAL, CAUSE = "disposal", "cause"
_MANNER, _TOPIC = "manner", "topic"

ACTION = frozenset((MAKE, SHAPE, SET, RUN, RESULT))


@dataclass(slots=True)
class Head:
    """The head of a clause: its class, the verb, and where span, verb and object begin."""

    kind: str
    verb: str
    start: int  # of the span: behind topic words, subjects with 将 or 要, and numbers
    outer: int  # the same with the time expression in front of it
    object: int  # where the object begins
    manner: bool  # something stood before the verb to say how
    obliged: bool  # 要 or 将 stood before the span


class Lookup:
    """Finds the longest word of a table at a place in the text."""

    def __init__(self, table: dict[str, str]) -> None:
        """Take the words with their classes."""
        self.table = table
        lengths: dict[str, set[int]] = {}
        for word in table:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {key: tuple(sorted(value, reverse=True)) for key, value in lengths.items()}

    def at(self, text: str, position: int, end: int) -> str:
        """Return the longest word at `position` that ends by `end`, else an empty string."""
        for length in self._lengths.get(text[position : position + 2], ()):
            if position + length <= end:
                word = text[position : position + length]
                if word in self.table:
                    return word
        word = text[position : position + 1]
        return word if word in self.table else ""


@cache
def _lookup() -> Lookup:
    """Return the words that can stand at the head of a clause, with their classes."""
    table = dict.fromkeys(lexicon.words("verbs", "topic", "words"), _TOPIC)
    table |= dict.fromkeys(lexicon.words("verbs", "means", "head"), MEANS)
    table |= dict.fromkeys(lexicon.words("verbs", "manner", "words"), _MANNER)
    for kind, words in lexicon.classes("verbs", "verb").items():
        table |= dict.fromkeys(words, kind)
    return Lookup(table)


@cache
def _introducing() -> frozenset[str]:
    return frozenset(lexicon.words("verbs", "introducing", "words"))


@cache
def _endings() -> Lookup:
    """Return the predicates that end a clause behind their subject, reversed, with their classes."""
    table: dict[str, str] = {}
    for kind, key in ((EVENT, "event"), (TREND, "trend")):
        table |= {word[::-1]: kind for word in lexicon.words("verbs", "predicate", key)}
    return Lookup(table)


#: Verbs that leave the action to somebody else or to the thing itself: they stay the main verb.
_LEAVES = frozenset(("支持", "鼓励", "引导", "促进", "推动", "带动", "助力", "保障"))

_SUBJECT = re.compile(
    r"(?:我们|我市|我省|我县|我区|市政府|县政府|区政府|省政府|政府|全市上下|各级各部门|各级政府|各地各部门|各地|各级|全市|全省|全县|全区)"
    r"(?=[一-鿿]{2})"
)
#: Who does it, where the clause names somebody in particular: it stays in the span.
_ACTOR = re.compile(
    r"[^,、“《\d]{0,8}?(?:领导|财政|部门|干部|单位|企业|国企|学校|医院|银行|园区|乡镇|街道|社区|县区|县市|区县)(?=[一-鿿]{2})"
)
_TIME = re.compile(
    r"(?:到|至)?(?:20\d\d年(?:\d{1,2}月)?|今年|明年|年内|全年|本月|下月|[一二三四]季度|上半年|下半年|“?十[一二三四五六七八九]?五”?(?:期间|时期|末))"
    r"(?:底|末)?(?:前|之前|以前|内)?"
)
_WILL = re.compile(r"[^,、\d]{0,14}?(?:(?<![重主需首纲摘必])要|(?<![即必])将)(?![素求点事])")
_DISPOSAL = re.compile(
    r"[把将](?P<object>[^,]{2,60}?)"
    r"(?P<verb>打造成|建设成|建成|培育成|发展成|纳入|列入|并入|列为|转化为|转为|改造成|提升为|升级为|提高到|提升到|提高至|提升至|降至|降低到|控制在|做大|做强|做优|下放|移交|交由|延伸至|覆盖到)"
)
_DISPOSAL_OPEN = re.compile(r"[把将][^,]{2,60}$")
#: 抓项目扩投资, 强改革惠民生, 抓强城、促协同: verbs of one character with two-character objects.
_SLOGAN = re.compile(
    r"(?:全力|着力|大力|合力|聚力|狠|紧)?(?:[抓强促扩稳提优惠保增调转补防降聚育引建拓兴破立战争抢拼搏硬][一-鿿]{2}[、]?){2,}$"
)
_VERBAL = frozenset("以按从在向对用由与给于跟同经凭靠")
#: The same in two characters: 紧盯低空经济探索整链招商.
_AIMS = frozenset(("紧盯", "瞄准"))


def read_head(text: str, start: int, end: int) -> Head:
    """Return the head of the clause from `start` to `end` of the normalised text."""
    lookup, introducing = _lookup(), _introducing()
    table = lookup.table
    position = start
    obliged = False
    first = text[position]
    if first in "(一二三四五六七八九十第其—123456789①②③④⑤⑥⑦⑧⑨#":
        number = ENUMERATOR.match(text, position, end)
        if number and number.end() < end:
            position = number.end()
            obliged = text[position - 1] == "要"
    begin = outer = position  # of the span, without and with a time expression
    manner = False
    verb = ""
    kind = NONE
    for _ in range(8):
        word = lookup.at(text, position, end)
        if not word:
            if position + 3 < end and text[position + 2] == "化" and lookup.at(text, position + 3, end):
                position += 3  # 模块化推广
                manner = True
                continue
            break
        kind = table[word]
        if kind is _TOPIC:
            position = begin = position + len(word)
            outer = outer if word in _DATES else begin
            kind = NONE
            continue
        if kind is _MANNER:
            if word in ("要", "将"):
                if (
                    word == "将"
                    and _DISPOSAL_OPEN.match(text, position, end)
                    and not lookup.at(text, position + 1, end)
                ):
                    break
                position = begin = outer = position + 1
                obliged = True
                manner = False
            else:
                following = lookup.at(text, position + len(word), end)
                position += len(word)
                manner = True
                if word == "突出" and not (following and table[following] in ACTION):
                    return Head(EXHORT, word, begin, outer, position, manner, obliged)
                if not following and word in _STANDS_ALONE:
                    # 突出重点, 创新招商公司模式: manner words that are verbs before a noun
                    return Head(RUN, word, begin, outer, position, manner, obliged)
            kind = NONE
            continue
        verb = word
        break
    if verb and kind in ACTION:
        main, position = verb, position + len(verb)
        while main in introducing:
            word = lookup.at(text, position, end)
            if word and table[word] is _MANNER and len(word) > 1:
                after = lookup.at(text, position + len(word), end)
                if not after or table[after] not in ACTION:
                    break
                position += len(word)
                word = after
            if not word or table[word] not in ACTION or position + len(word) >= end:
                break
            position += len(word)
            main = word
            kind = RUN if verb in _LEAVES else table[word]
        return Head(kind, main, begin, outer, position, manner, obliged)
    if verb and kind in (EXHORT, FRAME):
        return Head(kind, verb, begin, outer, position + len(verb), manner, obliged)
    return _other_head(text, begin, outer, position, end, verb, manner, obliged)


#: Topic words that date the clause.
_DATES = frozenset(("今年", "明年", "全年", "年内", "年底", "年底前", "今年底", "今年底前"))
#: Manner words that are the verb when a noun follows.
_STANDS_ALONE = frozenset(("创新", "攻坚", "统筹", "协调", "提速", "提质", "试点", "扩面"))


def _other_head(
    text: str, begin: int, outer: int, position: int, end: int, verb: str, manner: bool, obliged: bool
) -> Head:
    """Return the head of a clause that no verb of action opens."""
    lookup = _lookup()
    table = lookup.table
    first = text[position : position + 1]
    if first in "把将":
        match = _DISPOSAL.match(text, position, end)
        if match:
            return Head(DISPOSAL, match["verb"], begin, outer, match.end(), manner, obliged)
        return Head(FRAME, first, begin, outer, position + 1, manner, obliged)
    if first == "使":
        return Head(CAUSE, "使", begin, outer, position + 1, manner, obliged)
    if verb and table[verb] is MEANS and len(verb) > 1 and verb not in _AIMS:
        return Head(MEANS, verb, begin, outer, position + len(verb), manner, obliged)
    if first in _VERBAL or verb in _AIMS:
        found = _verb_inside(text, position, end)
        if found:
            inner, at = found
            return Head(table[inner], inner, begin, outer, at + len(inner), True, obliged)
        return Head(MEANS, first, begin, outer, position + 1, manner, obliged)
    time = _TIME.match(text, position, end)
    if time and time.end() < end:
        head = read_head(text, time.end(), end)
        if head.start == time.end():
            head.outer = outer
        head.obliged = head.obliged or obliged
        return head
    will = _WILL.match(text, position, min(end, position + 18))
    if will and will.end() < end:
        inner = lookup.at(text, will.end(), end)
        if inner:
            head = read_head(text, will.end(), end)
            head.obliged = True
            return head
    subject = _SUBJECT.match(text, position, end)
    if subject:
        head = read_head(text, subject.end(), end)
        if head.kind not in (NONE, UNKNOWN):
            return head
    actor = _ACTOR.match(text, position, end)
    if actor:
        head = read_head(text, actor.end(), end)
        if head.kind in ACTION:
            head.start, head.outer = begin, outer
            return head
    ending = _endings().at(text[max(begin, end - 8) : end][::-1], 0, 8)
    if ending:
        return Head(_endings().table[ending], ending[::-1], begin, outer, end, manner, obliged)
    return Head(UNKNOWN if manner else NONE, "", begin, outer, position, manner, obliged)


def _verb_inside(text: str, position: int, end: int) -> tuple[str, int] | None:
    """Return the last verb of action inside a clause that opens with 以, 在, 对 …, and its place.

    Of 以…为… only what follows the complement of 为 is looked at.
    """
    lookup = _lookup()
    first = text[position]
    at = position + 2
    if first == "以":
        became = text.rfind("为", at, end)
        if became >= 0:
            at = became + 3
    found: tuple[str, int] | None = None
    while at < end - 3:
        word = lookup.at(text, at, end)
        if len(word) > 1 and lookup.table[word] in ACTION and at + len(word) + 2 <= end:
            found = (word, at)
            at += len(word)
        else:
            at += 1
    return found


def is_slogan(text: str, start: int, end: int) -> bool:
    """Return whether the clause is made of three-character slogans: 抓项目扩投资."""
    return _SLOGAN.match(text, start, end) is not None
