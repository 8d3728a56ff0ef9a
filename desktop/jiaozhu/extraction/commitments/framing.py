"""Which candidates only frame the clauses around them (guideline, section 3: "Is not").

Work reports and speeches lead each paragraph, and many a sentence, with a slogan or a field of
government, and close with what should come of it. Nobody could call these done or not done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.commitments import heads
from jiaozhu.extraction.commitments.candidates import Candidate, Reading, affixes, rising, word_set
from jiaozhu.extraction.commitments.deliverables import find_kind
from jiaozhu.extraction.commitments.signals import Signals
from jiaozhu.extraction.text import Clause

_FRAMING = (heads.EXHORT, heads.FRAME)
_CLOSING = (*_FRAMING, heads.RESULT)
_SPECIFIC = re.compile(r"[0-9A-Za-z“《、]|等")
_NAMED = re.compile(r"[0-9A-Za-z“《]")
#: A part of a report or speech that begins in the line: (一)壮大实体经济。…
_NUMBERED = re.compile(
    r"\s*(?:[((][一二三四五六七八九十]{1,3}[))]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2},)"
)
#: One of several items, which is no lead: 一是…, 二要….
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}(?:是|要)|其[一二三四五]")
_OUTCOME = re.compile(
    r"成为|焕|新活力|蝶变|新台阶|走在前列|新突破|新局面|新格局|良性|互动|有机统一|更加|更好|越来越|让|显著|明显|提[速效质]、[^,]*提[速效质]"
)
#: Measures that can be looked up although the verb is one of outcome: 提高…标准.
_MEASURE = re.compile(
    r"(?:比重|比例|标准|待遇|覆盖率|占比|[^效]率|限额|补助|补贴|额度|名额|产能|单产|供给|规模|等级|资格)$"
)
#: Verbs whose object, if it is a field, is nothing at all: 形成长效机制.
#: General verbs of doing: at the end of a sentence they tell of work, not of what comes of it.
_ACTS = frozenset(("加强", "健全", "完善", "规范", "落实", "做好", "抓好"))
_ABSTRACTING = frozenset(("探索", "形成", "创造", "实现"))
_WISHES = ("不断", "更好")
#: Tone words that make no promise of a result without a measure: 努力提高效率.
_WISHING = frozenset(("努力", "奋力"))
_OUTCOME_VERBS = frozenset(("推动", "促进", "实现", "形成", "带动", "助力"))

#: What tells how many things will be told: 推进十个方面重点任务, 抓好三项工作.
_ANNOUNCES = re.compile(
    r"(?:\d|[一二三四五六七八九十几])(?:个?方面的?|项|个)(?:重点|主要|重大|关键)?(?:任务|工作|环节)$"
)

#: How a clause begins that judges the clause before it.
_SAYS = (
    "是",
    "就是",
    "也是",
    "既是",
    "不仅是",
    "关键",
    "主要是",
    "对于",
    "具有",
    "事关",
    "关系",
    "有利于",
    "离不开",
    "意味着",
    "不仅有利于",
    "也有利于",
    "有着",
    "起着",
)
#: Reforms of nothing in particular.
_ANY_REFORM = ("重点", "关键", "各项", "全面", "各领域", "改革")
_MENDING = frozenset(("健全", "完善"))
_SHORTEST_REFORM = 6
_SHORTEST_SYSTEM = 8
_SAYS_FIRST = frozenset(word[0] for word in _SAYS)
#: The same about all the clauses before it, which are few.
_IS = ("是", "既是", "不仅是", "事关", "关系")
#: How a clause begins that says what must be done about the clause before it.
_MUST = re.compile(r"(?:首先|关键是?|重点是?|主要是?|就|都)?(?:要(?![素求点])|必须|应当?)|关键|重点[在是]")
#: How a clause begins that follows from the clause before it.
_THEN = re.compile(r"就(?:[可能会要必不应得提]|一定|有可能|难以|无法|算)|才[能会有可]|也就|否则")
#: What a thing is judged to be at the end of a sentence.
_JUDGES = frozenset("对有具起")
_JUDGEMENT = re.compile(r"(?:有|具有|有着|起着|起到)[^,]{0,10}(?:意义|作用|影响)$")
#: What introduces the means behind an aim: 要办好这件事,必须….
_NEEDS = re.compile(r"(?:就|首先)?必须|首先要|主要[靠是]|关键[是在要]|归根到底")
#: Verbs of a condition, which goes on over clauses until what follows from it.
_CONDITIONS = frozenset(("如果", "假如", "要是", "只要", "只有", "倘若", "一旦", "即使"))
_APODOSIS = re.compile(r"就|才|便|必[将定然]|一定|则|也|没有|都|[应要]|必须")
#: A clause that says what for.
_FOR = re.compile(r"(?:是|就是|都是|正是|也是)为了|目的[是在就]|目的,")
_LONGEST_TOPIC = 3
_LONGEST_LEAD = 50
_LONGEST_NUMBERED_LEAD = 70
_LONGEST_LINE = 14
_LENGTH_OF_TITLE = 6
#: Clauses of the lead of an item at most.
_LONGEST_ITEM = 2
_LONGEST_RUN_IN = 14
#: A longer object says of what, though all its words are fields.
_LONGEST_VAGUE = 12


@dataclass(frozen=True, slots=True)
class _Words:
    general: frozenset[str]
    field: Affixes


@cache
def _words() -> _Words:
    """Return the words that framing is known by."""
    return _Words(
        general=word_set("general"),
        field=affixes("field"),
    )


@dataclass(slots=True)
class Framing:
    """Takes framing candidates out of the readings of one sentence."""

    text: str
    clauses: list[Clause]
    readings: list[Reading]
    opens: bool  # its paragraph
    closes: bool
    introduced: bool  # the sentence before it was a numbered lead
    heads: bool  # a paragraph of running text stands behind it
    signals: Signals
    following: int  # where the next sentence begins, if the paragraph goes on

    def is_numbered_lead(self) -> bool:
        """Return whether the sentence heads its paragraph with a number: (一)壮大实体经济。…"""
        if not self.opens:
            return False
        start, end = self._extent()
        if end - start > _LONGEST_NUMBERED_LEAD or not _NUMBERED.match(self.text, start):
            return False
        return not self.closes or self._is_lead()

    def kept(self) -> list[Candidate]:
        """Return the candidates of the sentence without those that only frame others, which are taken out."""
        if self._candidates():
            self._drop()
        return self._candidates()

    def _candidates(self) -> list[Candidate]:
        return [c for reading in self.readings for c in reading.candidates]

    def _drop(self) -> None:
        if self._is_frame():
            for reading in self.readings:
                reading.candidates = [c for c in reading.candidates if c.targets]
        else:
            self._drop_topics()
            self._drop_subjects()
            self._drop_conditions()
            self._drop_purposes()
            if self.introduced and self.closes:
                self._drop_loose()
            self._judge_exhortation()
            first = 0
            for n, reading in enumerate(self.readings):
                if self.clauses[reading.index].mark == ";" or n + 1 == len(self.readings):
                    self._judge_group(self.readings[first : n + 1])
                    first = n + 1
                elif first == n and self.clauses[reading.index].mark == ":" and self._starts_item(n + 1):
                    first = n + 1

    def _drop_topics(self) -> None:
        """Take out what the text says something about, or announces: 加快小城镇建设,是一个大战略."""
        for n, after in enumerate(self.readings):
            if not n:
                continue
            clause = self.clauses[after.index]
            start = clause.start
            judges = self.text[start] in _JUDGES and _JUDGEMENT.search(self.text, start, clause.end)
            if judges or (self.text[start] in _SAYS_FIRST and self.text.startswith(_SAYS, start)):
                whole = n <= _LONGEST_TOPIC and self.text.startswith(_IS, start)
                first = 0 if whole or judges else n - 1
                for reading in self.readings[first:n]:
                    reading.candidates = [c for c in reading.candidates if c.targets]
        found = self.readings[-1].candidates
        if found and self._announces(found[0]):
            self.readings[-1].candidates = []

    def _drop_conditions(self) -> None:
        """Take out what something else would follow from: 要实现这个前途,就必须…; 做好这项工作,就可以…."""
        for before, after in pairwise(self.readings):
            clause = self.clauses[after.index]
            if before.candidates and _THEN.match(self.text, clause.start, clause.end):
                before.candidates = [c for c in before.candidates if c.targets or c.tone]
            if before.head.obliged and _NEEDS.match(self.text, clause.start, clause.end):
                before.candidates = [c for c in before.candidates if c.targets or c.tone]
            if before.head.kind == heads.SUPPOSED and before.head.object >= self.clauses[before.index].end:
                after.candidates = []  # 例如,…
        supposed = False
        for reading in self.readings:
            clause = self.clauses[reading.index]
            if reading.head.kind == heads.SUPPOSED:
                supposed = reading.head.verb in _CONDITIONS
            elif supposed and _APODOSIS.search(self.text, clause.start, clause.end):
                supposed = False
            elif supposed:
                reading.candidates = [c for c in reading.candidates if c.targets]

    def _drop_purposes(self) -> None:
        """Take out what only says what for: …,以提高管理水平,增强工作的主动性; …是为了方便群众,改善秩序."""
        result = aim = False
        for n, reading in enumerate(self.readings):
            clause = self.clauses[reading.index]
            if _FOR.search(self.text, clause.start, clause.end):
                reading.candidates, aim = [], True
            elif reading.head.kind == heads.SUPPOSED and n:
                result = reading.head.verb.startswith("以")
            elif reading.candidates:
                c = reading.candidates[0]
                bound = c.targets or c.tone or reading.head.obliged
                aim = aim and not bound
                result = result and not bound and self._is_quality(c)
                if aim or result:
                    reading.candidates = []

    def _is_quality(self, c: Candidate) -> bool:
        """Return whether a candidate tells of an outcome or a quality: 增强…, 减少盲目性."""
        return c.head.kind == heads.RESULT or self.text[c.end - 1] == "性"

    def _drop_subjects(self) -> None:
        """Take out the first clause if the next says what must be done about it: 深化投资改革,要明确…."""
        if len(self.readings) < 2 or self.readings[0].head.obliged:
            return
        found = self.readings[0].candidates
        clause = self.clauses[self.readings[1].index]
        if (
            len(found) != 1
            or found[0].targets
            or found[0].tone
            or self.clauses[self.readings[0].index].mark != ","
        ):
            return
        if not _MUST.match(self.text, clause.start, clause.end):
            return
        announces = _ANNOUNCES.search(self.text, clause.start, clause.end) is not None
        if announces or find_kind(self.text, found[0]) == "directional":
            self.readings[0].candidates = []

    def _announces(self, c: Candidate) -> bool:
        """Return whether a candidate only says how many things will be told."""
        if self.text[c.end - 1] not in "务作节":
            return False
        return _ANNOUNCES.search(self.text, c.start, c.end) is not None

    def _extent(self) -> tuple[int, int]:
        return self.clauses[self.readings[0].index].start, self.clauses[self.readings[-1].index].end

    def _is_frame(self) -> bool:
        """Return whether the whole sentence frames others, but for its targets."""
        start, end = self._extent()
        if self.is_numbered_lead() or self.signals.has_doctrine(start, end):
            return True
        if self.closes:
            return self.heads and len(self.readings) == 1 and self._is_lead()
        if _ITEM.match(self.text, start):
            # 一是…。二是…。 lists what is to be done; 一是…。 before sentences of its own heads them
            goes_on = _ITEM.match(self.text, self.following) is None
            return goes_on and len(self.readings) <= _LONGEST_ITEM and self._is_lead()
        return (self.opens and self._is_lead()) or (len(self.readings) == 1 and self._is_run_in())

    def _drop_loose(self) -> None:
        for reading in self.readings:
            if reading.candidates:
                reading.candidates = [c for c in reading.candidates if not self._is_loose(c)]

    # -- sentences ----------------------------------------------------------------------------

    def _is_lead(self) -> bool:
        """Return whether the first sentence of a paragraph only says what the paragraph is about."""
        start, end = self._extent()
        if len(self.readings) > 3 or end - start > _LONGEST_LEAD:
            return False
        if (
            len(self.readings) == 1
            and end - start <= _LONGEST_LINE
            and not _SPECIFIC.search(self.text, start, end)
        ):
            head = self.readings[0].head
            return head.kind != heads.MAKE or head.verb in _words().general
        for reading in self.readings:
            for c in reading.candidates:
                if c.targets or c.tone or self._is_specific(c):
                    return False
                if c.head.verb not in _words().general and find_kind(self.text, c) != "directional":
                    return False
        return True

    def _is_run_in(self) -> bool:
        """Return whether a short sentence of one clause heads the sentences behind it."""
        reading = self.readings[0]
        if len(reading.candidates) != 1:
            return False
        c = reading.candidates[0]
        if c.targets or c.head.obliged or c.end - c.start > _LONGEST_RUN_IN or self._is_specific(c):
            return False
        if c.tone not in ("", "坚决", "奋力"):
            return False
        return (c.head.verb in _words().general or c.head.kind == heads.RESULT) and self._is_field(c)

    def _judge_exhortation(self) -> None:
        """Take vague candidates out of a sentence that opens with exhortation and has as much of it."""
        framed = bound = 0
        opening: Reading | None = None
        for reading in self.readings:
            if reading.candidates:
                bound += 1
            elif reading.head.kind in _FRAMING:
                framed += 1
            else:
                continue
            opening = opening or reading
        if opening and not opening.candidates and framed >= bound:
            for reading in self.readings:
                if reading.candidates:
                    reading.candidates = [c for c in reading.candidates if not self._is_vague(c)]

    # -- parts of a sentence ------------------------------------------------------------------

    def _judge_group(self, group: list[Reading]) -> None:
        """Take out of a part up to ; its vague first clause and the results it closes with."""
        last = group[-1]
        titled = self._is_titled(group)
        told = titled and len(group) == 2  # all by the last clause
        if last.candidates and not told and self._is_closing(last.candidates[0], group):
            last.candidates = []
        self._drop_results_before(group)
        if titled and last.candidates:
            group[0].candidates = []
        bound = 0
        for reading in group:
            found = reading.candidates
            if not found:
                continue
            if reading.head.kind == heads.RESULT and self.text.startswith(_WISHES, found[0].start):
                found = [c for c in found if c.targets]
            elif found[0].head.verb in _ABSTRACTING:
                found = [c for c in found if not self._is_vague(c)]
            reading.candidates = found
            bound += len(found)
        first = group[0].candidates
        if first and bound > len(first):
            c = first[0]
            topic = c.start > self.clauses[c.clause].start and not c.head.obliged
            if not topic and (
                self._is_vague(c) or (c.head.kind == heads.RESULT and not self._is_firm_result(c))
            ):
                group[0].candidates = []

    def _drop_results_before(self, group: list[Reading]) -> None:
        """Take out the results before a closing clause that binds to nothing: 增强活力,提高水平,发挥作用."""
        for reading, closing in zip(reversed(group[1:-1]), reversed(group), strict=False):
            if closing.candidates or closing.head.kind not in _CLOSING or len(reading.candidates) != 1:
                return
            c = reading.candidates[0]
            if c.targets or c.tone or c.head.kind != heads.RESULT or not self._is_field(c):
                return
            reading.candidates = []

    def _is_titled(self, group: list[Reading]) -> bool:
        """Return whether a slogan of six characters heads an item: 四是深化对外交流,…."""
        found = group[0].candidates
        if len(group) < 2 or len(found) > 1:
            return False
        clause = self.clauses[group[0].index]
        item = _ITEM.match(self.text, clause.start, clause.end)
        if not item or clause.end - item.end() != _LENGTH_OF_TITLE:
            return False
        return not found or (not found[0].targets and find_kind(self.text, found[0]) == "directional")

    def _starts_item(self, n: int) -> bool:
        return _ITEM.match(self.text, self.clauses[self.readings[n].index].start) is not None

    def _is_bound(self, group: list[Reading]) -> bool:
        """Return whether the clauses before the last say what is done, and none says how much."""
        before = [c for reading in group[:-1] for c in reading.candidates]
        return bool(before) and not any(c.targets for c in before)

    def _is_closing(self, c: Candidate, group: list[Reading]) -> bool:
        """Return whether the last clause only says what comes of those before it."""
        if c.targets or (
            c.tone and not (c.tone in _WISHING and c.head.kind == heads.RESULT and self._is_field(c))
        ):
            return False
        if c.head.kind == heads.RESULT:
            return not self._is_firm_result(c)
        if len(group) == 1:
            return False
        if c.head.kind == heads.TREND and c.head.verb in rising():
            return self._is_bound(group)
        if c.head.verb in _OUTCOME_VERBS and _OUTCOME.search(self.text, c.start, c.end):
            return True
        return c.head.verb not in _ACTS and self._is_vague(c)

    # -- candidates ---------------------------------------------------------------------------

    def _is_vague(self, c: Candidate) -> bool:
        """Return whether a candidate binds to nothing: a general verb with fields for an object."""
        if c.targets or not (c.head.verb in _words().general or c.head.kind == heads.RESULT):
            return False
        if c.end - c.head.object > _LONGEST_VAGUE:
            return False
        return not self._is_specific(c) and self._is_field(c) and not c.tone and not self._is_reform(c)

    def _is_reform(self, c: Candidate) -> bool:
        """Return whether the object is a certain reform or system, not reform as such: 深化户籍制度改革."""
        if self.text.endswith("改革", c.head.object, c.end):
            shortest = _SHORTEST_REFORM
        elif c.head.verb in _MENDING and self.text.endswith(("机制", "制度"), c.head.object, c.end):
            shortest = _SHORTEST_SYSTEM
        else:
            return False
        return c.end - c.head.object >= shortest and not self.text.startswith(_ANY_REFORM, c.head.object)

    def _is_loose(self, c: Candidate) -> bool:
        """Return whether a candidate behind a numbered lead goes on with the lead."""
        return not c.targets and not self._is_named(c) and c.head.kind not in (heads.MAKE, heads.SET)

    def _is_field(self, c: Candidate) -> bool:
        """Return whether the object is made of fields and qualities only: 有效投资, 产业转型升级."""
        field = _words().field
        at = c.head.object
        while at < c.end:
            word = field.beginning(self.text, at, c.end)
            if not word:
                return False
            at += len(word)
        return True

    def _is_firm_result(self, c: Candidate) -> bool:
        """Return whether an outcome can be checked: it has a name, a number or a measure."""
        if self.text.startswith(_WISHES, c.start):
            return False
        if c.head.manner and not self.text.startswith(("持续", "以"), c.start) and not self._is_field(c):
            return True
        return self._is_named(c) or _MEASURE.search(self.text, c.head.object, c.end) is not None

    def _is_named(self, c: Candidate) -> bool:
        return _NAMED.search(self.text, c.start, c.end) is not None

    def _is_specific(self, c: Candidate) -> bool:
        return _SPECIFIC.search(self.text, c.start, c.end) is not None
