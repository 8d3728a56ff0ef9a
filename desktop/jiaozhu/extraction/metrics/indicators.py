"""What a number measures: the words around it, cut down to the name of the indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes


class Name(NamedTuple):
    """The name of an indicator and where it stands in the text, if it stands there in one piece."""

    text: str
    start: int | None = None
    end: int | None = None


class Phrase(NamedTuple):
    """The words before a number: the name they hold and how they lead to the number."""

    name: str  # "" if the words name nothing of their own
    start: int  # of the name, if it stands in one piece; else -1
    end: int
    movement: str  # "up" (增长), "down" (下降), "to" (达到), "" (nothing: 失业率4%)
    verbs: str  # what was cut off behind the name


@cache
def _movement() -> tuple[Affixes, dict[str, str]]:
    classes = lexicon.classes("indicators", "movement")
    table = {word: name for name, words in classes.items() for word in words}
    return Affixes(table), table


@cache
def _set(group: str, key: str) -> Affixes:
    return Affixes(lexicon.words("indicators", group, key))


@cache
def _heads() -> dict[str, str]:
    return {word: name for name, words in lexicon.classes("indicators", "heads").items() for word in words}


@cache
def _head_affixes() -> Affixes:
    return Affixes(_heads())


_YEAR = (
    r"\d{4}年|[一二][〇零一二三四五六七八九]{3}年|前[一二三四五六七八九十两]{1,2}年|“[^”]{2,6}”(?:时期|期间)?"
)
_COMPARED = re.compile(
    r"(?=[将又都均比较与同高低快超])(?:将|又|都|均)?(?:比|较|与|同|高于|低于|快于|超过)[^,。;、比较]{0,9}?"
    rf"(?:上年|去年|前年|同期|平均水平|年初计划|年初|年末|年底|计划|预期|解放前|解放初期|建国初期|{_YEAR})"
    r"(?:同期|末|底|初|时期|期间)?(?:的?(?:预计|完成|执行|决算|预算|实际|计划)数)?(?:相比)?"
)
_YEAR_IN_FRONT = re.compile(
    r"[一二][〇零一二三四五六七八九]{3}年(?:度|末|底|初)?|“[^”]{2,5}”(?:时期|期间|末)"
)
_SPACE_LEFT = " \u3000:、,‘’'·—-从由"
#: What numbers the points of a speech: 10.全年新签约…, (一)实行管制, 第一,…
_POINT = re.compile(
    r"\(?\d{1,2}[.、)]\s*|[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九]是"
)
_YEARS = re.compile(
    r"(?:近|过去|这|前)?[\d一二三四五六七八九十两几]{1,2}年(?:来|间|内|共|里)?(?=[^以期度底初末前后级])"
)
#: 钢产量前三年, 天然气五年累计: a span of years behind or inside a name.
_SPAN = r"(?<![个\d一二三四五六七八九十])(?:近|过去|前|这|头)?[\d一二三四五六七八九十两几]{1,3}年"
_YEARS_BEHIND = re.compile(_SPAN + r"(?:来|间|内|共|里|合计|累计|期间)*$")
_UNTIDY = re.compile(
    r"\[\d{1,2}\]|\((?:折|含|不含|包括|不包括|按|以|其中)[^()]{0,20}\)|(?<=.)"
    + _SPAN
    + r"(?:来|间)?(?:累计|合计|总共|共)|(?<=[^为除解])了(?=[^解])"
)
#: One of these is in all that is untidy.
_UNTIDY_SIGN = re.compile(r"[\[(年了]")
_SPENT_ON = re.compile(r"(?P<lead>[^、]*?用于)(?P<listed>[^的]+)(?P<head>的[^、的]+)")
_LIST_MARKS = re.compile(r"[、]|以及|及其|及|和|与")


def read_before(text: str, start: int, end: int, times: Sequence[tuple[int, int]] = ()) -> Phrase:
    """Return the phrase in text[start:end], the words between a clause's start and a number.

    `times` are the spans of time expressions, which name no indicator.
    """
    words = without_times(text, start, end, times)
    if match := _COMPARED.search(words):
        words = words[: match.start()] + words[match.end() :]
    name, movement, verbs = _trim_right(words)
    name = tidy(trim_left(name))
    name = name.rpartition("包括")[2] or name  # 主要指标包括地区生产总值增长5%
    if name in _set("empty", "words"):
        name = ""
    found = text.find(name, start, end) if name else -1
    return Phrase(name, found, found + len(name) if found >= 0 else -1, movement, verbs)


def tidy(name: str) -> str:
    """Return the name without footnote marks, remarks in brackets, spans of years and 了 inside it."""
    if _UNTIDY_SIGN.search(name):
        name = _UNTIDY.sub("", name)
    # half a quotation names nothing: “常住人口突破百万,…”
    return name if name.count("“") == name.count("”") else name.replace("“", "").replace("”", "")


def without_times(text: str, start: int, end: int, times: Sequence[tuple[int, int]]) -> str:
    """Return text[start:end] without the time expressions in it, which name no indicator."""
    pieces: list[str] = []
    at = start
    for time_start, time_end in times:
        if time_end <= start or time_start >= end:
            continue
        if time_start > at:
            pieces.append(text[at:time_start])
        at = max(at, time_end)
    pieces.append(text[at:end])
    return "".join(pieces)


def _trim_right(words: str) -> tuple[str, str, str]:
    """Cut verbs and fillers off the end; return what is left, the movement, what was cut."""
    movers, table = _movement()
    filler, keeps = _set("filler_right", "words"), _set("keeps_right", "words")
    movement = ""
    end = len(words)
    while end:
        if words[end - 1] in _SPACE_LEFT or words[end - 1] == "(":
            end -= 1
            continue
        span = max(0, end - _LONGEST_SPAN)
        if words.find("年", span, end) >= 0 and (years := _YEARS_BEHIND.search(words, span, end)):
            end = years.start()
            continue
        mover = movers.ending(words, end)
        word = filler.ending(words, end)
        if not mover and not word:
            break
        if len(_head_affixes().ending(words, end)) > max(len(mover), len(word)) or keeps.ending(words, end):
            break  # 总产 and 出口 are no verbs
        if mover and len(mover) >= len(word):
            rank = {"up": 2, "down": 2, "to": 1, "": 0}
            if rank[table[mover]] > rank[movement] and not (movement == "to" and mover not in _GROWTH_NOUNS):
                movement = table[mover]
            end -= len(mover)
        else:
            end -= len(word)
    return words[:end], movement, words[end:]


_LONGEST_SPAN = 9

#: 增速保持在7%以上, 涨幅控制在3%: the noun before the verb says what the percentage is.
_GROWTH_NOUNS = frozenset(
    {
        "增速",
        "增幅",
        "涨幅",
        "上涨幅度",
        "增长幅度",
        "增长目标",
        "增速目标",
        "增长预期目标",
        "增速预期目标",
        "降幅",
        "增长",
        "同比增长",
        "比增",
        "下降",
        "降低",
    }
)


def trim_left(words: str) -> str:
    """Cut fillers and marks off the start, and a subject that ends in 将."""
    filler, keeps = _set("filler_left", "words"), _set("keeps_left", "words")
    number = _POINT.match(words)
    start = number.end() if number else 0
    if years := _YEARS.match(words, start):
        start = years.end()  # 五年生产原煤
    while start < len(words):
        if (year := _YEAR_IN_FRONT.match(words, start)) and year.end() < len(words):
            start = year.end()
            continue
        if words[start] in " \u3000:、,·—-":
            start += 1
            continue
        word = filler.beginning(words, start)
        if not word or len(word) == len(words) - start or len(keeps.beginning(words, start)) >= len(word):
            break
        start += len(word)
    return words[start:].strip()


def kind_of_name(name: str) -> str:
    """Return what the head of an indicator's name says of a percentage of it: share, growth, level or ""."""
    head = _head_affixes().ending(name, len(name))
    return _heads().get(head, "")


def members(name: str, number: int) -> list[str] | None:
    """Return the `number` members of a list such as 规上工业、高新、战新增加值, or None.

    A head that stands only at the end (增加值) is given to every member.
    """
    if number == 2 and (pair := _pair_in(name)):
        return [expand(name.replace(pair, own, 1)) for own in _pairs()[pair]]
    if spent := _SPENT_ON.fullmatch(name):  # 财政用于科技、教育的支出
        listed = members(spent["listed"], number)
        return [spent["lead"] + one + spent["head"] for one in listed] if listed else None
    parts = [part.strip() for part in name.split("、") if part.strip()]
    if len(parts) != number:
        parts = [part.strip() for part in _LIST_MARKS.split(name) if part.strip()]
        if len(parts) != number:
            return None
    head = _shared_head(parts[-1])
    if head and len(head) < len(parts[-1]):
        parts = [
            part if _head_affixes().ending(part, len(part)) else _with_head(part, head) for part in parts
        ]
    if parts[0].startswith("对"):  # 对东盟、欧盟进出口
        parts[1:] = [part if part.startswith("对") else "对" + part for part in parts[1:]]
    owner = _head_affixes().ending(parts[0], len(parts[0]))
    if owner:  # 签约项目开工率、投产率
        parts[1:] = [add_owner(part, parts[0]) for part in parts[1:]]
    return [expand(part) for part in parts]


@cache
def _pairs() -> dict[str, list[str]]:
    """Return the words for two things at once, with the words for each."""
    return {pair: entry["each"] for pair, entry in lexicon.entries("indicators", "pairs").items()}


def _pair_in(name: str) -> str:
    """Return the word for two things that a name holds, 城乡 or 存贷款, if the name lists nothing else."""
    pair = next((pair for pair in _pairs() if pair in name), "")
    return pair if not _LIST_MARKS.search(name.replace(pair, "", 1)) else ""


def holds_pair(name: str) -> bool:
    """Tell whether two figures may belong to the name: 城乡居民人均收入增长5%、7%."""
    return bool(_pair_in(name))


def _shared_head(name: str) -> str:
    """Return what the members of a list share at the end: 增加值, 先进产能占比, 增加值占GDP比重."""
    part = name.partition("占")[0] if "占" in name[1:] and not name.endswith("占比") else name
    at = len(part)
    while head := _head_affixes().ending(part, at) or _set("before_heads", "words").ending(part, at):
        at -= len(head)
    return name[at:] if at else _head_affixes().ending(name, len(name))


def _with_head(part: str, head: str) -> str:
    """Return a member with the shared head: 新材料产业产值, but 规上工业增加值."""
    if _head_affixes().ending(part, len(part)):
        return part
    return part + (head.removeprefix("产业") if part.endswith("业") else head)


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    """Return the short forms, longest first, with what they stand for."""
    entries = lexicon.entries("indicators", "abbreviations").items()
    pairs = [(short, entry["full"]) for short, entry in entries if not entry.get("alone")]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


@cache
def _short_forms() -> Affixes:
    return Affixes(short for short, _ in _abbreviations())


def expand(name: str) -> str:
    """Return the name with a short form at its start spelt out: 战新增加值 is 战略性新兴产业增加值."""
    shorts = _short_forms()
    if not (shorts.beginning(name, 0) or shorts.ending(name, len(name))):
        return name
    for short, full in _abbreviations():
        if name.endswith(short) and not name.endswith(full):
            return name[: len(name) - len(short)] + full
        if name.startswith(short) and not name.startswith(full):
            rest = name[len(short) :]
            if not rest or _head_affixes().beginning(rest, 0) or rest[0] in "增产投":
                return full + rest
    return name


_NOUN_MARK = re.compile(r"“[^”\n]{1,40}”|[(][^()\n]{1,12}[)]|[,;。:!?、\n]")
_AND = re.compile(r"(?:和|及|与|以及)[^和及与]*$")


def read_after(text: str, start: int, end: int, *, joined: bool = False) -> tuple[str, int, int]:
    """Return the counted noun that begins at `start`, and its span; "" if there is none.

    `end` is where the clause ends or, `joined`, where the next number begins.
    """
    start += text.startswith("多的", start, end)  # 五万万多的农民
    while start < end and text[start] in " 的":
        start += 1
    stop, counted = end, joined
    for match in _NOUN_MARK.finditer(text, start, end):
        if match.group()[0] not in "“(":  # marks inside quotations and brackets do not end it
            stop, counted = match.start(), False
            break
    ends, tails = _set("noun_end", "words"), _set("noun_tail", "words")
    if counted and (joint := _AND.search(text[start:stop])):
        stop = start + joint.start()  # 11项攻坚性改革和“企呼我应”等178项改革任务
    for at in range(start + 1, stop):
        if ends.beginning(text, at, stop):
            stop = at
            break
    while stop > start:
        tail = tails.ending(text, stop, start)
        if not tail or len(tail) == stop - start:
            break
        stop -= len(tail)
    return text[start:stop], start, stop


@cache
def _achieving() -> Affixes:
    return Affixes(lexicon.words("claims", "verbs", "achieving"))


def add_owner(name: str, carried: str) -> str:
    """Return a bare head with the owner of the indicator before: 面积 after 建成区人口 is 建成区面积."""
    if name in _set("totals", "words"):
        begun = _NEW.match(carried)
        return (carried[begun.end() :] if begun else carried) or name
    if name not in _set("ownerless", "words"):
        return name
    head = _head_affixes().ending(carried, len(carried))
    if head:
        return carried[: len(carried) - len(head)] + name
    # what was counted owns its rates and sums: 开工建设保障性住房7247套,开工率100%
    verb = _achieving().beginning(carried, 0)
    return carried[len(verb) :] + name


def needs_owner(name: str) -> bool:
    """Tell whether a head names nothing without an owner: 总投资, 完成投资."""
    return name in _set("ownerless", "words")


#: 中央财政安排优抚事业费: who spends names the sum, that it is spent does not.
_SPENT = re.compile(
    r"(?P<who>.{0,10}(?:财政|预算))(?:还|共|累计|新增|拟|将|计划|已|再|预计)*(?:安排|投入|下达|拨付)(?P<what>.{2,})"
)
_PURSE_WILL = re.compile(r"(?<=财政)(?:为此|今年|当年|还|将|拟|已|再|累计|共)+(?=.)")
#: What is new of something whose total comes next: 新增上市公司4家、总量达32家.
_NEW = re.compile(r"(?:累计|共)?(?:新增|净增|新认定|新设立?|新培育|新登记)(?=..)")
_KINDS = re.compile(r"(?<=[^、和与及])(?:各类|各种|各项|各级各类)(?=..)")


def without_inner_verb(name: str) -> str:
    """Return the name without a verb that adds nothing to it: 第三产业实现增加值 is 第三产业增加值."""
    if "财政" in name or "预算" in name:
        name = _PURSE_WILL.sub("", name)
        if spent := _SPENT.match(name):
            return spent["who"] + spent["what"]
    if "各" in name and (kinds := _KINDS.search(name)):
        name = name[: kinds.start()] + name[kinds.end() :]
    inner = _set("inner", "words")
    if not inner.found_in(name) or not kind_of_name(name):
        return name
    for at in range(1, len(name) - 1):
        verb = inner.beginning(name, at)
        if (
            verb
            and not name.startswith("投资", at + len(verb))
            and name[at - 1] not in "、和及与“"
            and len(name) > at + len(verb)
        ):
            return name[:at] + name[at + len(verb) :]
    return name
