"""Numbers that belong to a name, a slogan or a code, and so state nothing (guideline, section 2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.numbers.quantities import Quantity

_QUOTED = re.compile(
    r"“[^”\n]{1,60}”|《[^》\n]{1,80}》|\"[^\"\n]{1,40}\"|〔[^〕\n]{1,12}〕|\[[^\]\n]{1,12}\]"
)
_NOT_A_NOUN = re.compile(r"[\s,;。:!?、)）”》]|$")
_SENTENCE_MARK = re.compile(r"[,;。]")


#: What an amount reached is called: 产值过百亿元大关 is no size of something else.
MARKS_REACHED = ("大关", "目标", "台阶", "规模", "门槛", "关口")


class Names:
    """The names of one speech: quotations and titles, by position."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self.spans: list[tuple[int, int]] = []
        for match in _QUOTED.finditer(text, start, end):
            words = match.group()
            # a quotation with sentences of its own is speech, not a name
            if words[0] in '“"' and len(words) > 24 and _SENTENCE_MARK.search(words):
                continue
            self.spans.append(match.span())
        self._starts = [span[0] for span in self.spans]

    def around(self, at: int) -> tuple[int, int] | None:
        """Return the name around the position, if there is one."""
        i = bisect_right(self._starts, at) - 1
        return self.spans[i] if i >= 0 and at < self.spans[i][1] else None


@cache
def _nouns(key: str) -> Affixes:
    return Affixes(lexicon.words("claims", "nouns", key))


@cache
def _verbs() -> Affixes:
    return Affixes(lexicon.words("claims", "verbs", "achieving"))


@cache
def _facilities() -> Affixes:
    return Affixes(lexicon.words("claims", "facilities", "words"))


@cache
def _class_words() -> tuple[Affixes, Affixes]:
    return Affixes(lexicon.words("claims", "classes", "words")), Affixes(
        lexicon.words("claims", "classes", "not")
    )


def _names_class(text: str, at: int) -> bool:
    """Tell whether 级, 型 or the like stands right behind the number."""
    words, others = _class_words()
    return bool(words.beginning(text, at)) and not others.beginning(text, at)


def lists_members(before: str, number: int) -> bool:
    """Tell whether the words right before a count list `number` members: 南雁、南麂 before 两大."""
    if number < 2 or not before or before[-1] in "、,和与及":
        return False
    if before[-1] in "”":
        opening = before.rfind("“")
        quoted = before[opening + 1 : -1]
        return (
            before.count("、", max(0, opening)) == number - 1
            or before.count("”") >= number
            or quoted.count("、") == number - 1
        )
    tail = before[-60:]
    return (
        number - 1 <= tail.count("、") + tail.count("和") + tail.count("与") + tail.count("及") <= number
        and tail.count("、") >= 1
    )


_LONGEST_NOUN = 8  # 重大产业项目
#: Types of what may only sort the things counted.
SORTING = frozenset(("money", "measure", "duration", "bare"))


def is_threshold(
    text: str, quantity: Quantity, clause_end: int, later_count: bool, earlier_count: bool
) -> bool:
    """Tell whether a size only sorts the things counted: 10亿元以上 in 10亿元以上项目17个."""
    if quantity.type not in SORTING:
        return False
    at = quantity.end
    if at >= clause_end or _NOT_A_NOUN.match(text, at):
        return False
    bounded = bool(quantity.cue) and text.endswith(quantity.cue or "", 0, quantity.end)
    if text[at] == "的" and later_count and (bounded or text.startswith("的有", at)):
        return True  # 收入50万元以上的村占85%; 亩产八十斤到九十九斤的有55个县
    exceeds = quantity.comparator == ">" and quantity.start < quantity.number_start
    if text[at] == "的" and exceeds and later_count and not _sized(text, quantity):
        return not text[at + 1 : at + 2].isdecimal()  # 产值超5亿元的企业46家
    if text[at] == "的" and quantity.type == "money" and not (later_count and quantity.scale_only):
        # 总投资超10亿元的项目: the size of the project itself
        return quantity.scale_only and not _sized(text, quantity)
    if quantity.scale_only and quantity.comparator == "=":
        return True  # 亿元企业, 百亿元产业, 万元生产总值能耗
    if bounded and quantity.comparator in (">=", "<="):
        return True  # 20万平方米以上的楼盘
    if exceeds and later_count and _rightmost(_nouns("concrete"), text[at : at + _LONGEST_NOUN]) >= 0:
        return True  # 投资超10亿元重大项目14个
    if quantity.scale_only and not text.startswith(MARKS_REACHED, at):
        return True  # 产值超亿元企业
    return earlier_count and not _sized(text, quantity)


@cache
def _sizes() -> Affixes:
    return Affixes(lexicon.words("status", "sizes", "always") + lexicon.words("status", "sizes", "before_de"))


def _sized(text: str, quantity: Quantity) -> bool:
    return bool(_sizes().ending(text, quantity.start))


def is_capacity(text: str, quantity: Quantity, clause_start: int, clause_end: int) -> bool:
    """Tell whether a measure is part of a facility's name: 110千伏输变电工程, 日产4500吨熟料生产线."""
    if quantity.type != "measure":
        return False
    at = quantity.end
    if at >= clause_end or _NOT_A_NOUN.match(text, at) or text[at] in "的以":
        return False
    if quantity.weak and quantity.scale == 1:
        return True  # 110千伏输变电工程
    if _names_class(text, at):
        return True
    before = text[max(clause_start, quantity.start - 6) : quantity.start]
    if before.endswith(("日产", "年产", "月产", "日处理", "年处理", "装机")):
        return True
    if _verbs().ending(text, quantity.start, clause_start):
        return False
    head = re.split(r"[、,;。和]", text[at : min(clause_end, at + 24)])[0]
    return bool(_facilities().found_in(head))


def is_class(text: str, quantity: Quantity) -> bool:
    """Tell whether the number only names a class: 百亿级, 5A级, 三甲, 第六代."""
    return quantity.type != "percent" and _names_class(text, quantity.end) and quantity.comparator == "="


def is_rhetorical(text: str, quantity: Quantity, clause_start: int, clause_end: int) -> bool:
    """Tell whether a short Chinese numeral with a counting word names a programme rather than counts."""
    noun = text[quantity.end : min(clause_end, quantity.end + 14)]
    if not quantity.chinese or quantity.type != "count" or quantity.comparator != "=":
        return False
    if quantity.value > 10 and not quantity.scale_only:
        return False
    if (
        text[quantity.start - 1 : quantity.start] in ("这", "那", "每", "该", "前", "后", "此")
        and quantity.start > clause_start
    ):
        return True  # 这两个厂 were counted before
    alone = not noun or bool(_NOT_A_NOUN.match(noun))
    if quantity.value == 0 or (quantity.value == 1 and quantity.unit == "批"):
        return True  # 零部件, 申报一批
    if quantity.value == 1:
        # 一个, 一批, 一项: an article, except at the end of a phrase that counts (新增上市公司一家)
        return not (alone and _verbs().found_in(text[clause_start : quantity.start]))
    if alone:
        before = text[clause_start : quantity.start]
        return quantity.weak and not (
            _verbs().found_in(before) or _nouns("concrete").ending(before, len(before))
        )
    if not quantity.weak:
        return False
    rhetorical = _rightmost(_nouns("rhetorical"), noun)
    concrete = _rightmost(_nouns("concrete"), noun)
    if rhetorical >= 0 and rhetorical >= concrete:
        return True
    if concrete >= 0:
        return False
    return not _verbs().ending(text, quantity.start, clause_start)


def names_programme(text: str, quantity: Quantity, clause_end: int) -> bool:
    """Tell whether the noun counted is a figure of speech even beside its members: “强城”“兴村”三篇文章."""
    noun = text[quantity.end : min(clause_end, quantity.end + 14)]
    return _rightmost(_nouns("rhetorical"), noun) > _rightmost(_nouns("concrete"), noun)


def _rightmost(words: Affixes, noun: str) -> int:
    """Return where the last word of the set ends in the head of the noun phrase, or -1."""
    head = re.split(r"[、,;。的和]", noun)[0]
    for end in range(len(head), 0, -1):
        if words.ending(head, end):
            return end
    return -1
