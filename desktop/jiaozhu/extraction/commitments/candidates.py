"""Candidates for commitments: clauses of the future with a verb of action, a target or an event."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.commitments import heads
from jiaozhu.extraction.commitments.heads import ACTION, Head, is_slogan, opens_with_verb, read_head
from jiaozhu.extraction.commitments.signals import Signals, strength_of
from jiaozhu.extraction.text import Clause
from jiaozhu.model import Metric

#: Behind the end of any text.
_BEHIND_ALL = sys.maxsize


class Figures:
    """The metrics of a speech, found by place."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        """Take the metrics in the order of the text."""
        self._metrics = metrics
        self._starts = [*(metric.start for metric in metrics), _BEHIND_ALL]

    def between(self, start: int, end: int) -> tuple[Metric, ...]:
        """Return the metrics that begin between two offsets."""
        at = stop = bisect_left(self._starts, start)
        while self._starts[stop] < end:
            stop += 1
        return tuple(self._metrics[at:stop]) if stop > at else ()

    def last(self, start: int, end: int) -> Metric | None:
        """Return the last metric that begins between two offsets."""
        at = bisect_left(self._starts, end) - 1
        return self._metrics[at] if at >= 0 and self._starts[at] >= start else None

    def first(self, start: int, end: int) -> Metric | None:
        """Return the first metric that begins between two offsets."""
        at = bisect_left(self._starts, start)
        return self._metrics[at] if self._starts[at] < end else None


@dataclass(slots=True)
class Candidate:
    """A span that may be a commitment."""

    clause: int
    start: int
    end: int
    head: Head
    rule: str
    metrics: tuple[Metric, ...]
    targets: int = 0  # how many of the metrics are to be reached
    tone: str = ""  # the tone word, as written
    strength: str = "plan"

    def refit(self, figures: Figures) -> None:
        """Take the metrics of the span, after it has changed."""
        self.metrics = figures.between(self.start, self.end)
        self.targets = sum(metric.status == "target" for metric in self.metrics)
        if self.targets:
            self.rule = "target"
        elif self.rule == "target":
            self.rule = self.head.kind if self.head.kind in ACTION else "manner"


@dataclass(slots=True)
class Reading:
    """What was read in one clause."""

    index: int
    head: Head
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def aims(self) -> bool:
        """Whether a candidate has a target."""
        return any(c.targets for c in self.candidates)


@dataclass(frozen=True, slots=True)
class _Words:
    image: Affixes
    pivot: frozenset[str]
    nominal: frozenset[str]
    objectless: frozenset[str]
    rising: frozenset[str]
    guarding: frozenset[str]


@cache
def word_set(group: str) -> frozenset[str]:
    """Return the words of a group of verbs.toml as a set."""
    return frozenset(lexicon.words("verbs", group, "words"))


@cache
def affixes(group: str, key: str = "words") -> Affixes:
    """Return the words of a group of verbs.toml, to be looked up at either end of an object."""
    return Affixes(lexicon.words("verbs", group, key))


@cache
def rising() -> frozenset[str]:
    """Return the predicates of a measure that goes up or down."""
    return frozenset(lexicon.words("verbs", "predicate", "rise"))


@cache
def _words() -> _Words:
    """Return the words that candidates are made by."""
    return _Words(
        image=affixes("image"),
        pivot=word_set("pivot"),
        nominal=word_set("nominal"),
        objectless=word_set("objectless"),
        rising=rising(),
        guarding=word_set("guarding"),
    )


#: Heads that may make a clause without a target a candidate.
_PROMISING = frozenset((*ACTION, heads.UNKNOWN, heads.DISPOSAL, heads.EVENT, heads.TREND, heads.CAUSE))


def find_candidates(
    text: str, clause: Clause, index: int, head: Head, figures: Figures, signals: Signals
) -> list[Candidate]:
    """Return the candidates of a clause of the future: one, several divided by 、, or none."""
    start, end = head.start, clause.end
    if head.verb == "坚持" and text.endswith(("制度", "机制"), start, end):
        head.kind = heads.RUN  # 继续坚持周调度制度
    metrics = figures.between(start, end)
    targets = 0
    for metric in metrics:
        targets += metric.status == "target"
    if not targets and head.kind not in _PROMISING:
        return []
    tone = find_tone(signals, head, start, end)
    if not tone and _is_prose(text, clause, head, end, targets):
        return []
    rule = _rule(text, head, end, targets, tone)
    if not rule:
        return []
    candidate = Candidate(index, start, end, head, rule, metrics, targets, tone)
    if text.find("、", start, end) >= 0:
        return _divide(text, candidate, figures, signals)
    return [candidate]


def _rule(text: str, head: Head, end: int, targets: int, tone: str) -> str:
    """Return the name of the rule that makes the clause a candidate, else an empty string."""
    kind = head.kind
    if kind == heads.SUPPOSED:
        return ""
    if targets:
        return "" if kind == heads.MEANS and (len(head.verb) > 1 or head.verb in _APART) else "target"
    if kind in ACTION:
        if end <= head.object:  # nothing is acted on
            return kind if tone or head.verb in _words().objectless else ""
    elif kind == heads.CAUSE:
        return "manner" if tone or head.obliged else ""  # 力争使…得到控制, 又要使…
    elif kind == heads.UNKNOWN:
        if end - head.object < 4 or _ANALYSIS.search(text, head.start, end):
            return ""
        kind = "manner"
    elif kind not in (heads.DISPOSAL, heads.EVENT, heads.TREND) or (
        head.verb in _words().rising
        and not tone
        and not _MEASURED.search(text, head.start, end - len(head.verb))
    ):
        return ""
    return "" if _is_image(text, head, end, tone) else kind


@cache
def _prose() -> re.Pattern[str]:
    """Return the words before a verb or predicate that argue: 可以, 没有."""
    return re.compile("|".join(lexicon.words("verbs", "prose", "before")))


def _is_prose(text: str, clause: Clause, head: Head, end: int, targets: int) -> bool:
    """Return whether the clause argues or tells what somebody said."""
    stop = end if head.kind not in ACTION else head.object
    if _prose().search(text, clause.start, stop) or text.find("正在", clause.start, end) >= 0:
        return True
    if targets or (head.kind in ACTION and head.verb not in _words().nominal):
        return False
    return bool(affixes("prose", "telling").ending(text, end, head.start))


#: What is, not what will be: 有效投资仍有很大空间.
_ANALYSIS = re.compile(
    r"仍有|仍然|仍是|尚[有未需]|还有|还是|很大|巨大|亟[需待]|可能|多少$|更加[一-鿿]{2,6}$|不断[一-鿿]{2}$"
)
#: What goes up or down so that somebody can see it: 全要素生产率进一步提升.
_MEASURED = re.compile(r"[^的](?:率|水平|规模|比重|占比|收入|作用|浓度|总量|强度|增速)$")
#: What judges: 增进民生福祉是发展的根本目的.
_JUDGED = re.compile(
    r"[^,不但只要还又别其于凡]是(?:[^,]{2,}(?:的[^,的]{2,8}|所在)$|第[一二三]|[一最][个项种条场大重根])"
)
#: Results that nobody could measure: 改革取得重要成果.
_ACHIEVED = re.compile(
    r"取得(?:[新更]|重大|重要|决定性|显著|明显|实质性|积极|阶段性|突破性|实实在在|良好)?[^,、\d“《]{0,6}"
    r"(?:突破|进展|成果|成效|成绩|进步|实效)$"
    r"|实现(?:新的?|更大|重大|历史性)(?:跃升|突破|提升|跨越|飞跃|发展|进展|作为)$"
)
#: 开辟新赛道, 塑造新优势: coined to head the clauses behind.
_COINED = re.compile(
    r"(?:着力|大力|积极|加快|更好|注重|持续)?(?:拓展|畅通|丰富|探索|谋划|开辟|培育|打造|创造|展现|塑造|构筑|构建|激发|实现|形成|厚植|迈上|开创)新[一-鿿]{2}$"
)


#: Phrases that stand apart, with whatever figures: 以…为目标, 为….
_APART = frozenset("以为按随")
#: What is guarded or put into practice, if it has a name.
_DUTIES = ("底线", "红线", "责任")
_SHORTEST_DUTY = 6
#: An image this long, with a firm word before it, says what is to be done.
_LONGEST_IMAGE = 12
_LONGEST_ENDING = 5  # of an image, by which it is known
_LONGEST_SLOGAN = 24


def _is_image(text: str, head: Head, end: int, tone: str) -> bool:
    """Return whether the clause is a slogan, or its object an image or a state of mind."""
    if text[end - 1] in "”》)":
        return False
    if _words().image.ending(text, end, max(head.object, end - _LONGEST_ENDING)):
        if head.verb in _words().guarding and end - head.object >= _SHORTEST_DUTY:
            return not text.endswith(_DUTIES, head.object, end)  # 严守耕地保护红线, 落实安全生产主体责任
        # 坚决守住不发生重特大事故的底线
        return end - head.start < _LONGEST_IMAGE or not tone or strength_of(tone) != "firm"
    if text[end - 1] in "破展果效绩步升越跃为" and _ACHIEVED.search(text, head.start, end):
        return True
    if text.find("是", head.object, end) >= 0 and _JUDGED.search(text, head.start, end):
        return True
    if end - head.start > _LONGEST_SLOGAN:
        return False
    coined = text.startswith("新", end - 3) and _COINED.match(text, head.start, end) is not None
    return coined or is_slogan(text, head.start, end)


def find_tone(signals: Signals, head: Head, start: int, end: int) -> str:
    """Return the tone word at the head of a clause, as written, else an empty string.

    Behind a verb of action a tone word belongs to the object: 完善确保安全的机制.
    """
    if head.kind in ACTION:
        end = min(end, max(head.object, start + 4))
    return signals.tone(start, end)


_PREDICATE = re.compile(
    r"达到?|突破|超过?|增长|下降|降低|保持|稳定在|控制在|完成|实现|提高|提升|压减|减少|新增|惠及|覆盖|吸纳|升至"
)
_LIST_MARK = re.compile(r"[、“”《》()]")
#: What makes a noun of the verb before it: 保障性住房, 建设者.
_SUFFIXES = frozenset("性型类化率力区园厂站业者员的更")


def _divide(text: str, whole: Candidate, figures: Figures, signals: Signals) -> list[Candidate]:
    """Return the candidate, divided where a verb or a figure of its own follows 、."""
    begin, end, head = whole.start, whole.end, whole.head
    cuts: list[tuple[int, Head]] = []
    depth = 0
    for match in _LIST_MARK.finditer(text, begin, end):
        at, mark = match.start(), match.group()
        if mark in "“《(":
            depth += 1
        elif mark != "、":
            depth -= 1
        elif depth <= 0:
            own = _own_verb(text, head, at, end)
            if not own and (
                _own_figure(text, begin, at, end, figures) or _own_wish(text, begin, at, figures)
            ):
                own = read_head(text, at + 1, end)
            if own:
                cuts.append((at, own))
                begin, head = at + 1, own
    if not cuts:
        return [whole]
    parts = [whole]
    for at, own in cuts:
        parts[-1].end = at
        rule = own.kind if own.kind in ACTION else whole.rule
        parts.append(Candidate(whole.clause, at + 1, end, own, rule, ()))
    for part in parts:
        part.refit(figures)
        part.tone = find_tone(signals, part.head, part.start, part.end)
    return parts


def _own_figure(text: str, begin: int, at: int, end: int, figures: Figures) -> bool:
    """Return whether both sides of 、 state a target, and the second has a predicate of its own."""
    before, after = figures.last(begin, at), figures.first(at, end)
    if before is None or after is None or before.status != "target" or after.status != "target":
        return False
    if text.find("分别", begin, at) >= 0 or text.find("均", begin, at) >= 0:
        return False
    return _PREDICATE.search(text, at, after.end) is not None


def _own_wish(text: str, begin: int, at: int, figures: Figures) -> bool:
    """Return whether more is wished for behind a target: 增长5%左右、力争更好."""
    before = figures.last(begin, at)
    return before is not None and before.status == "target" and text.startswith(_WISHES, at + 1)


_WISHES = ("努力争取", "力争", "争取", "努力实现")
#: The first of several attributes: 40个吸引力强、带动面广的场景, 以制造业为骨干、具有竞争力的体系.
_ATTRIBUTE = re.compile(
    r"以[^,]+为|(?:具有|富有|体现|符合|适应)|[^,]*(?<![做抓])[强广高大优好足全快深美密齐精新低小少]$"
)


#: An item of two characters and its mark; verbs in such a list are nouns: 人才任用、评价、激励机制.
_LONGEST_BARE = 3


#: Behind these a noun is still to come: 首创性、差异化改革品牌.
_QUALITIES = frozenset("性型")
#: What the verbs of a list are called together: 落实增加投入、放宽准入等措施.
_LISTED = re.compile(r"等(?:各项|各种|有关|相关|一系列)?(?:措施|举措|制度|办法|问题|方式|政策|手段)$")


def _own_verb(text: str, head: Head, at: int, end: int) -> Head | None:
    """Return the head behind 、 if it has a verb and an object of its own, as the one before has."""
    words = _words()
    if head.kind not in ACTION or head.verb in words.pivot or not _is_object(text, head.object, at):
        return None
    if not opens_with_verb(text, at + 1, end):
        return None
    if text[at - 1] in _QUALITIES or at - text.rfind("、", head.object, at) <= _LONGEST_BARE:
        return None
    if _LISTED.search(text, at, end):
        return None
    own = read_head(text, at + 1, end)
    if own.kind not in ACTION or own.start != at + 1:
        return None
    if text.find("的", own.object, end - 1) >= 0 and opens_with_verb(text, head.object, at):
        return None  # 制定加强进口、促进贸易平衡的意见
    if _ATTRIBUTE.match(text, head.object, at) and text.find("的", own.object, end - 1) >= 0:
        return None
    stop = text.find("、", at + 1, end)
    stop = end if stop < 0 else stop
    if not _is_object(text, own.object, stop) or text[own.object] in _SUFFIXES:
        return None
    return None if own.verb in words.nominal and not own.manner else own


def _is_object(text: str, start: int, end: int) -> bool:
    """Return whether what stands behind a verb is an object, not another verb: 传承|弘扬、创新|发展."""
    if end - start < 2 or text[start] == "、":
        return False
    return end - start > 2 or not opens_with_verb(text, start, end)
