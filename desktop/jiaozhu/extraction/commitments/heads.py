"""What stands at the head of a clause: how it is said, which verb, and how the verb binds.

No tagger: the words of verbs.toml are looked up where the clause begins, manner is stripped, and a
verb that only introduces another (加快建设, 推动健全) gives way to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.outline import ENUMERATOR

#: Classes of a head. The first five are verbs of action, by what the verb does.
MAKE, SHAPE, SET, RUN, RESULT = "make", "shape", "set", "run", "result"
#: Verbs that bind to nothing, and clauses that only say with what or after what.
EXHORT, FRAME, MEANS = "exhort", "frame", "means"
#: What would be, what can be, what follows from something: no promise, whatever the figures.
SUPPOSED = "supposed"
#: 把 and 将 before their object; 使 before what it brings about.
DISPOSAL, CAUSE = "disposal", "cause"
#: The predicate stands behind its subject, or only manner is known, or nothing.
EVENT, TREND, UNKNOWN, NONE = "event", "trend", "unknown", ""
_MANNER, _TOPIC = "manner", "topic"

ACTION = frozenset((MAKE, SHAPE, SET, RUN, RESULT))


@dataclass(slots=True)
class Head:
    """The head of a clause: its class, the verb, and where span, verb and object begin."""

    kind: str
    verb: str
    start: int  # of the span: behind topic words, subjects with 将 or 要, and numbers
    outer: int  # the same with the year in front of it
    object: int  # where the object begins
    manner: bool  # something stood before the verb to say how
    obliged: bool  # 要 or 将 stood before the span
    dated: bool = False  # a time expression opens the clause


class Lookup:
    """Finds the longest word of a table at a place in the text."""

    def __init__(self, table: dict[str, str]) -> None:
        """Take the words with their classes."""
        self.table = table
        buckets: dict[str, list[str]] = {}
        for word in sorted(table, key=len, reverse=True):
            if len(word) > 1:
                buckets.setdefault(word[:2], []).append(word)
        self._buckets = {key: tuple(words) for key, words in buckets.items()}
        self._single = frozenset(word for word in table if len(word) == 1)

    def at(self, text: str, position: int, end: int) -> str:
        """Return the longest word at `position` that ends by `end`, else an empty string."""
        words = self._buckets.get(text[position : position + 2])
        if words:
            for word in words:
                if text.startswith(word, position, end):
                    return word
        if position < end and (first := text[position]) in self._single:
            return first
        return ""


@cache
def _lookup() -> Lookup:
    """Return the words that can stand at the head of a clause, with their classes."""
    table = dict.fromkeys(lexicon.words("verbs", "topic", "words"), _TOPIC)
    table |= dict.fromkeys(lexicon.words("verbs", "means", "head"), MEANS)
    table |= dict.fromkeys(lexicon.words("verbs", "manner", "words"), _MANNER)
    for kind, words in lexicon.classes("verbs", "verb").items():
        table |= dict.fromkeys(words, kind)
    return Lookup(table)


@dataclass(frozen=True, slots=True)
class _Patterns:
    introducing: frozenset[str]
    leaving: frozenset[str]
    plain: frozenset[str]
    plain_behind: re.Pattern[str]  # where a word of `plain` may stand behind unknown manner
    nominal: frozenset[str]
    standing: frozenset[str]
    urging: frozenset[str]
    objectless: frozenset[str]
    endings: dict[str, str]
    ending_words: Affixes
    subject: re.Pattern[str]
    actor: re.Pattern[str]
    place: re.Pattern[str]  # places and branches before a verb that is never a noun
    own: Affixes  # last words of subjects that stay outside the span
    others: Affixes  # of short ones that do not
    predicate: re.Pattern[str]
    inside: re.Pattern[str]  # what subjects and the verbs behind them are known by
    disposal: re.Pattern[str]
    slogan: re.Pattern[str]
    slogan_verbs: frozenset[str]  # of one character


@cache
def _patterns() -> _Patterns:
    """Return the words and patterns that heads are read by."""

    def words(group: str, key: str = "words") -> tuple[str, ...]:
        return lexicon.words("verbs", group, key)

    endings: dict[str, str] = {}
    for kind in (EVENT, TREND):
        endings |= dict.fromkeys(words("predicate", kind), kind)
    endings |= dict.fromkeys(words("predicate", "rise"), TREND)
    slogan_verbs = frozenset(words("slogan", "verbs"))
    single = "".join(slogan_verbs)
    return _Patterns(
        introducing=frozenset(words("introducing")),
        leaving=frozenset(words("leaving")),
        plain=frozenset(words("plain")),
        plain_behind=re.compile(
            rf"(?=[^{_NO_MANNER}]{{4}})(?:..(?:..)?(?:{'|'.join(words('plain'))})|..化)", re.DOTALL
        ),
        nominal=frozenset(words("nominal")),
        standing=frozenset(words("standing")),
        urging=frozenset(words("urging")),
        objectless=frozenset(words("objectless")),
        endings=endings,
        ending_words=Affixes(endings),
        subject=re.compile(f"(?:{'|'.join(words('subject', 'general'))})(?=[一-鿿]{{2}})"),
        actor=re.compile(rf"[^,、“《\d]{{0,8}}?(?:{'|'.join(words('subject', 'actor'))})(?=[一-鿿]{{2}})"),
        place=re.compile(
            rf"[^,、“《\d]{{1,8}}?(?:{'|'.join(words('subject_end', 'place'))})(?=[一-鿿]{{4}})"
        ),
        own=Affixes((*words("subject", "general"), *words("subject_end", "own"))),
        others=Affixes(words("subject_end", "others")),
        predicate=re.compile(rf"[^,、是]{{2,16}}?({'|'.join(words('predicate', 'verb'))})(?=[^,、]{{2}})"),
        inside=re.compile(
            "|".join(
                (
                    "要",
                    "将",
                    "必须",
                    "应",
                    "不得",
                    "不准",
                    "不许",
                    "严禁",
                    *words("subject", "general"),
                    *words("subject", "actor"),
                    *words("subject_end", "place"),
                    *words("predicate", "verb"),
                )
            )
        ),
        disposal=re.compile(rf"[把将][^,]{{2,60}}?({'|'.join(words('disposal'))})"),
        slogan=re.compile(rf"(?:{'|'.join(words('slogan', 'manner'))})?(?:[{single}][一-鿿]{{2}}、?){{2,}}$"),
        slogan_verbs=slogan_verbs,
    )


#: A time expression at the head, with what it says about before and after.
_TIME = re.compile(
    r"(?:到|至|于|在)?"
    r"(?:(?P<part>(?:(?:19|20)\d\d年|今年|明年|全年)?"
    r"(?:\d{1,2}月(?:\d{1,2}日|份|[上中下]旬)?|[一二三四]季度|[上下]半年|年底|年末|年内|本月|下月|本季度|下季度|月底|[一二三四五]年内)"
    r"(?:底|末|初)?(?:前|之前|以前|内)?)"
    r"|(?:(?:19|20)\d\d年|今年|明年|后年|全年|“?十[一二三四五六七八九]?五”?(?:期间|时期|末))(?:底|末)?(?:前|之前|以前|内)?)"
)
_TIME_HEADS = frozenset("到至于在今明后全“十1234567890一二三四五上下年本月")
_NUMBER_HEADS = frozenset("(一二三四五六七八九十第其—123456789①②③④⑤⑥⑦⑧⑨#")
#: What is left out of the span with all that stands before it.
_WILLS = frozenset(("要", "将", "应", "应当", "应该", "须"))
#: Other words than 要 and 将.
_NOT_MUST = ("要求", "要素", "要点", "要道", "将来", "将领")
#: What is bound to be done, behind its subject; 重要, 需要, 即将, 相应, 应用 … are other words.
_WILL = re.compile(
    r"(?P<subject>[^,、\d“]{0,18}?)"
    r"(?:(?<![重主需首纲摘必])要(?![素求点事])|(?<![即必])将(?![来军领士])"
    r"|(?P<must>(?<!不)必须)|应当|应该|(?<![相供适响反对])应(?![用对急届有变])|(?P<ban>不得(?!不)|不准|不许|严禁))"
)
#: What one of these begins with.
_WILL_FIRST = re.compile("[要将必应不严]")
#: A name without 市 or 县.
_LONGEST_NAME = 3
_LONGEST_WILL = 24
#: Words that open a phrase before the verb: 以, 在, 对 …
_PHRASES = frozenset("以按从在向对用由与给于跟同经凭靠")
#: The same in two characters: 紧盯储能产业组建招商专班.
_AIMS = frozenset(("紧盯", "瞄准"))
#: What else than a verb may open a clause and tell its class.
_OPENING = _PHRASES | _TIME_HEADS | frozenset("将把使")
#: What opens no phrase of unknown manner.
_NO_ADVERBS = _PHRASES | _TIME_HEADS
#: By what rule something is done, before the verb.
_NORMS = frozenset(("按照", "依照", "遵照", "根据", "依据"))
_NORM = re.compile(r"[按照依遵根据]{2}[^,、]{1,10}?(?:要求|规定|标准|规划|部署|安排)")
#: Behind these a verb was a noun: 发展中的问题, 改革的重点.
_NOMINAL_BEHIND = ("中的", "的", "过程中", "是", "也")
#: What no phrase of manner holds.
_NO_MANNER = "我他是这那的有以其为和与及或而在对把将要不没未等括,、"
#: Behind 地 these make a noun of it: 地区, 地方.
_PLACES = frozenset("区方质位面点域铁产下段级市图震税板形貌")
#: What may stand before 地.
_ADVERB = re.compile(r"[^,、的是了和与为在各当“《\d]+")
_LONGEST_ADVERB = 9
#: Phrases that end in one of these stand apart from the verb: 在…的同时.
_CLOSED = (
    "同时",
    "基础上",
    "前提下",
    "过程中",
    "情况下",
    "中",
    "时",
    "后",
    "以前",
    "之前",
    "来看",
    "方面",
    "条件下",
    "形势下",
    "原则",
    "要求",
    "方针",
)
#: The last character of a phrase, behind which even a verb that is often a noun is the verb.
_PHRASE_ENDS = frozenset("术县市省区乡镇村国域面上里中内外间度准格力段式法序化")
#: A date, a subject and a second date stand before a verb at most.
_DEEPEST = 4
#: The longest predicate that ends a clause.
_ENDING = 8


def read_head(text: str, start: int, end: int, *, deep: int = _DEEPEST) -> Head:
    """Return the head of the clause from `start` to `end` of the normalised text.

    `deep`: how many subjects and time expressions may still stand before the verb.
    """
    lookup, patterns = _lookup(), _patterns()
    table = lookup.table
    position = start
    obliged = False
    if text[position] in _NUMBER_HEADS:
        number = ENUMERATOR.match(text, position, end)
        if number and number.end() < end:
            position = number.end()
            obliged = text[position - 1] == "要"
    begin = position
    manner = False
    verb = kind = NONE
    for _ in range(8):
        word = lookup.at(text, position, end)
        if not word:
            skipped = _skipped(text, position, end)
            if not skipped:
                break
            position += skipped
            manner = True
            continue
        kind = table[word]
        if kind is _TOPIC:
            position += len(word)
            if not manner:
                begin = position
        elif kind is not _MANNER:
            verb = word
            break
        elif word in _WILLS:
            if text.startswith(_NOT_MUST, position):
                break
            if word == "将" and not lookup.at(text, position + 1, end) and _is_disposal(text, position, end):
                break
            position += len(word)
            begin = position
            obliged = True
            manner = False
        else:
            if len(word) == 1 and not lookup.at(text, position + 1, end):
                break  # 大家, 再生
            position += len(word)
            manner = True
            if text.startswith("地", position, end) and text[position + 1 : position + 2] not in _PLACES:
                position += 1  # 认真地
            if word in patterns.urging:
                following = lookup.at(text, position, end)
                if not following or table[following] not in ACTION:
                    return Head(EXHORT, word, begin, begin, position, manner, obliged)
            elif word in patterns.standing:
                if not lookup.at(text, position, end):
                    # 创新文旅运营机制: a manner word that is the verb before a noun
                    return Head(RUN, word, begin, begin, position, manner, obliged)
    if not verb or kind not in ACTION:
        if verb and kind in (EXHORT, FRAME, SUPPOSED):
            return Head(kind, verb, begin, begin, position + len(verb), manner, obliged)
        if verb or text[position : position + 1] in _OPENING:
            return _other_head(text, begin, position, end, verb, manner, obliged, deep)
        return _behind_subject(text, begin, position, end, manner, obliged, deep)
    main = verb
    position += len(verb)
    if text.startswith(_NOMINAL_BEHIND, position, end):
        return Head(NONE, "", begin, begin, position, manner, obliged)
    while main in patterns.introducing:
        at = position
        word = lookup.at(text, at, end)
        if word and len(word) > 1 and table[word] is _MANNER:
            at += len(word)
            word = lookup.at(text, at, end)
        if not word or table[word] not in ACTION:
            break
        if at + len(word) >= end and word not in patterns.objectless:
            break  # 加快建设 is one verb, 争取开工 is two
        if kind is SET and table[word] is RESULT:
            break  # 开展提振消费专项行动
        position = at + len(word)
        main = word
        kind = RUN if verb in patterns.leaving else table[word]
    return Head(kind, main, begin, begin, position, manner, obliged)


def _is_disposal(text: str, position: int, end: int) -> bool:
    """Return whether 将 stands before an object: 将…纳入, or nothing but an object follows."""
    return text.find(",", position, end) < 0


def _skipped(text: str, position: int, end: int) -> int:
    """Return how many characters of unknown manner stand before a verb that is never a noun."""
    if position + 6 > end or text[position] in _NO_ADVERBS:
        return 0
    at = text.find("地", position + 2, min(end - 4, position + _LONGEST_ADVERB))
    if at >= 0 and opens_with_verb(text, at + 1, end) and _ADVERB.fullmatch(text, position, at):
        return at + 1 - position  # 有领导有步骤地
    if not _patterns().plain_behind.match(text, position, end):
        return 0
    lookup, plain = _lookup(), _patterns().plain
    for length in (2, 4, 3):
        if position + length + 4 > end or (length == 3 and text[position + 2] != "化"):
            continue  # of three characters: 模块化推广
        word = lookup.at(text, position + length, end)
        if word and (word in plain or (len(word) > 1 and lookup.table[word] is _MANNER and length == 3)):
            return length
    return 0


def _other_head(
    text: str, begin: int, position: int, end: int, verb: str, manner: bool, obliged: bool, deep: int
) -> Head:
    """Return the head of a clause that no verb of action opens."""
    lookup, patterns = _lookup(), _patterns()
    table = lookup.table
    first = text[position : position + 1]
    if first == "将" or first == "把":
        match = patterns.disposal.match(text, position, end)
        if match and text.find("作为", position, end) < 0:
            return Head(DISPOSAL, match[1], begin, begin, match.end(), manner, obliged)
        return Head(FRAME, first, begin, begin, position + 1, manner, obliged)
    if first == "使":
        return Head(CAUSE, first, begin, begin, position + 1, manner, obliged)
    if verb in _NORMS:
        norm = _NORM.match(text, position, end)
        head = read_head(text, norm.end(), end, deep=0) if norm and norm.end() < end else None
        if head and head.kind in ACTION and head.object < end:
            head.start = head.outer = begin  # 按照国家要求完成节能任务
            head.manner = True
            return head
    if verb and table[verb] is MEANS and len(verb) > 1 and verb not in _AIMS:
        return Head(MEANS, verb, begin, begin, position + len(verb), manner, obliged)
    if first in _TIME_HEADS and deep:
        time = _TIME.match(text, position, end)
        if time and time.end() < end:
            head = read_head(text, time.end(), end, deep=deep - 1)
            if head.start == time.end():
                head.outer = begin
                if time["part"] or manner:
                    head.start = begin
            head.obliged = head.obliged or obliged
            head.dated = True
            return head
    if first == "以" and _is_purpose(text, position, end):
        return Head(MEANS, first, begin, begin, position + 1, manner, obliged)
    if first in _PHRASES or verb in _AIMS:
        found = _verb_inside(text, position, end)
        if found:
            inner, at = found
            return Head(table[inner], inner, begin, begin, at + len(inner), True, obliged)
        if first in "由从向在":
            ending = patterns.ending_words.ending(text, end, max(position, end - _ENDING))
            kind = patterns.endings.get(ending, NONE)
            if kind == TREND or (kind == EVENT and obliged):
                return Head(kind, ending, begin, begin, end, manner, obliged)  # 由…向…转变
        return Head(MEANS, first, begin, begin, position + 1, manner, obliged)
    if verb and table[verb] is MEANS:
        return Head(MEANS, verb, begin, begin, position + 1, manner, obliged)
    return _behind_subject(text, begin, position, end, manner, obliged, deep)


def _is_own(subject: str) -> bool:
    """Return whether a subject is the place spoken for, or all that govern it."""
    patterns, end = _patterns(), len(subject)
    if patterns.others.ending(subject, end, 0):
        return False
    if end <= _LONGEST_NAME and not subject.startswith("各"):
        return True
    return bool(patterns.own.ending(subject, end, 0))


def _is_purpose(text: str, position: int, end: int) -> bool:
    """Return whether 以 says what the clause before is good for: 以增加外汇收入."""
    if text[position - 1 : position] != "," or text.find("为", position, end) >= 0:
        return False
    lookup = _lookup()
    word = lookup.at(text, position + 1, end)
    return len(word) > 1 and lookup.table[word] in ACTION and word not in _patterns().nominal


def _behind_subject(
    text: str, begin: int, position: int, end: int, manner: bool, obliged: bool, deep: int
) -> Head:
    """Return the head of a clause whose verb or predicate stands behind a subject."""
    patterns = _patterns()
    inside = patterns.inside.search(text, position, end) is not None
    if inside and deep:
        stop = min(end, position + _LONGEST_WILL)
        will = _WILL.match(text, position, stop) if _WILL_FIRST.search(text, position, stop) else None
        if will and will.end() < end and will["ban"]:
            return Head(RUN, will["ban"], begin, begin, will.end(), manner, True)
        if will and will.end() < end:
            head = read_head(text, will.end(), end, deep=deep - 1)
            if head.kind not in (NONE, UNKNOWN):
                head.obliged = True
                if not _is_own(will["subject"]):
                    head.start = head.outer = begin
                elif will["must"]:
                    head.start = head.outer = will.start("must")
                return head
        subject = patterns.subject.match(text, position, end)
        if subject:
            head = read_head(text, subject.end(), end, deep=deep - 1)
            if head.kind not in (NONE, UNKNOWN):
                return head
        actor = patterns.actor.match(text, position, end)
        if actor:
            head = read_head(text, actor.end(), end, deep=deep - 1)
            if head.kind in ACTION:
                head.start = head.outer = begin
                return head
        place = patterns.place.match(text, position, end)
        if place and place.end() < end:
            head = read_head(text, place.end(), end, deep=0)
            if head.kind in ACTION and (head.manner or head.verb not in patterns.nominal):
                head.start = head.outer = begin
                return head
    ending = patterns.ending_words.ending(text, end, max(begin, end - _ENDING))
    if ending:
        return Head(patterns.endings[ending], ending, begin, begin, end, manner, obliged)
    predicate = patterns.predicate.match(text, position, end) if inside and not manner else None
    if predicate:
        return Head(TREND, predicate[1], begin, begin, predicate.end(), manner, obliged)
    known = manner and end - position > 3 and text[position] not in "是有为在的"
    return Head(UNKNOWN if known else NONE, "", begin, begin, position, manner, obliged)


def _verb_inside(text: str, position: int, end: int) -> tuple[str, int] | None:
    """Return the last verb of action inside a clause that opens with 以, 在, 对 …, and its place.

    Of 以…为… only what follows the complement of 为 is looked at.
    """
    lookup, nominal = _lookup(), _patterns().nominal
    at = position + 2
    if text.endswith(_CLOSED, at, end):
        return None
    if text[position] == "以":
        became = text.rfind("为", at, end)
        if became >= 0:
            at = became + 3
    found: tuple[str, int] | None = None
    while at < end - 3:
        word = lookup.at(text, at, end)
        if len(word) > 1 and lookup.table[word] in ACTION and at + len(word) + 2 <= end:
            if word not in nominal or text[at - 1] in _PHRASE_ENDS:
                found = (word, at)
            at += len(word)
        else:
            at += 1
    return found


def opens_with_verb(text: str, position: int, end: int) -> bool:
    """Return whether a verb of action or manner stands at `position`: worth reading a head there."""
    lookup = _lookup()
    word = lookup.at(text, position, end)
    return len(word) > 1 and (lookup.table[word] in ACTION or lookup.table[word] is _MANNER)


def is_slogan(text: str, start: int, end: int) -> bool:
    """Return whether the clause is made of three-character slogans: 抓产业促就业."""
    patterns, lookup = _patterns(), _lookup()
    if text[end - 3 : end - 2] not in patterns.slogan_verbs and text[end - 1] != "、":
        return False
    word = lookup.at(text, start, end)
    if len(word) > 1 and lookup.table[word] in ACTION and word[0] in patterns.slogan_verbs:
        return False  # 引入竞争机制
    return patterns.slogan.match(text, start, end) is not None
