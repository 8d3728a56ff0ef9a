"""Which clauses bind the place to something, and how firmly (guideline, section 3).

A clause of the future with a verb of action is a candidate. What only frames the clauses around it
is taken out again: slogans, lead sentences, exhortation, results at the end of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from jiaozhu import lexicon
from jiaozhu.extraction import heads
from jiaozhu.extraction.heads import ACTION, Head, is_slogan, read_head
from jiaozhu.extraction.outline import find_headings
from jiaozhu.extraction.stance import Stance
from jiaozhu.extraction.text import Clause
from jiaozhu.model import Commitment, Metric


class Deadlines(Protocol):
    """What is asked of extraction/timeline.py."""

    def deadline(self, clause: int, position: int) -> str | None:
        """Return the ISO date that ends the period governing a position, None if nothing governs."""


@dataclass(slots=True)
class _Candidate:
    """A clause that may be a commitment."""

    clause: int
    start: int
    end: int
    head: Head
    rule: str
    targets: int  # how many metrics with status target it holds
    metrics: tuple[Metric, ...]
    tone: str = ""
    strength: str = "plan"


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled words that commitments are judged by."""

    tone: re.Pattern[str]
    strengths: dict[str, str]
    doctrine: re.Pattern[str]
    field: heads.Lookup
    thing: heads.Lookup
    effort: heads.Lookup
    work: heads.Lookup
    image: heads.Lookup
    pivot: frozenset[str]
    nominal: frozenset[str]
    objectless: frozenset[str]
    general: frozenset[str]


def _backwards(group: str) -> heads.Lookup:
    """Return the words of a group, reversed, to be found at the end of an object."""
    return heads.Lookup({word[::-1]: group for word in lexicon.words("verbs", group, "words")})


def _set(group: str) -> frozenset[str]:
    return frozenset(lexicon.words("verbs", group, "words"))


@cache
def _words() -> _Words:
    """Return the words that commitments are judged by, compiled."""
    strengths = {
        word: strength for strength, words in lexicon.classes("tone", "strength").items() for word in words
    }
    doctrine = lexicon.words("verbs", "doctrine", "words")
    return _Words(
        tone=re.compile("|".join(sorted(strengths, key=len, reverse=True))),
        strengths=strengths,
        doctrine=re.compile("|".join(map(re.escape, doctrine))),
        field=heads.Lookup(dict.fromkeys(lexicon.words("verbs", "field", "words"), "field")),
        thing=_backwards("thing"),
        effort=_backwards("effort"),
        work=_backwards("work"),
        image=_backwards("image"),
        pivot=_set("pivot"),
        nominal=_set("nominal"),
        objectless=_set("objectless"),
        general=_set("general"),
    )


#: How often each rule was right on the texts it was written with; a model refines it per clause.
CONFIDENCE = {
    "target": 0.95,
    "make": 0.9,
    "set": 0.9,
    "run": 0.85,
    "result": 0.6,
    "disposal": 0.8,
    "event": 0.75,
    "trend": 0.7,
    "tone": 0.75,
    "manner": 0.5,
    "cause": 0.7,
}

_BACK = re.compile(
    r"(?:上述|以上|这些)(?:预期)?(?:目标|任务|工作|指标|要求)|让我们|以下.{0,4}(?:工作|任务|方面)"
)
_NAMED = re.compile(r"[0-9A-Za-z“《]")
_ABSTRACTING = frozenset(("探索", "形成", "创造", "实现"))
_SPECIFIC = re.compile(r"[0-9A-Za-z“《、]|等")


def find_commitments(
    text: str,
    clauses: list[Clause],
    stances: Sequence[Stance],
    timeline: Deadlines | None,
    metrics: Sequence[Metric],
) -> list[Commitment]:
    """Return the commitments of one speech in the normalised `text`, in order.

    `metrics` are the speech's metrics in order; their status tells targets from sizes. Without a
    `timeline` deadlines stay empty. Ids count from c1; speech and source offsets are left empty.
    """
    headings = find_headings(clauses)
    found: list[Commitment] = []
    starts = [metric.start for metric in metrics]
    first = 0
    while first < len(clauses):
        last = first + 1
        while last < len(clauses) and clauses[last].sentence == clauses[first].sentence:
            last += 1
        if not headings[first]:
            opens = (
                first == 0 or clauses[first - 1].paragraph != clauses[first].paragraph or headings[first - 1]
            )
            closes = last == len(clauses) or clauses[last].paragraph != clauses[first].paragraph
            sentence = _Sentence(text, clauses, stances, metrics, starts, first, last, opens, closes)
            for candidate in sentence.commitments():
                found.append(_commitment(text, candidate, timeline, len(found) + 1))
        first = last
    return found


@dataclass(slots=True)
class _Sentence:
    """One sentence with what its candidates are judged by."""

    text: str
    clauses: list[Clause]
    stances: Sequence[Stance]
    metrics: Sequence[Metric]
    starts: list[int]
    first: int
    last: int
    opens: bool  # its paragraph
    closes: bool

    def commitments(self) -> list[_Candidate]:
        """Return the candidates that stand."""
        text, clauses, stances = self.text, self.clauses, self.stances
        if Stance.FUTURE not in stances[self.first : self.last]:
            return []
        begin, end = clauses[self.first].start, clauses[self.last - 1].end
        doctrine = _words().doctrine.search(text, begin, end) is not None
        if _BACK.search(text, begin, min(end, clauses[self.first].end)):
            return []
        read: list[tuple[int, Head, list[_Candidate]]] = []
        for i in range(self.first, self.last):
            clause = clauses[i]
            head = read_head(text, clause.start, clause.end)
            made: list[_Candidate] = []
            if stances[i] is Stance.FUTURE and clause.mark != ":":
                made = self._candidates(i, head)
            read.append((i, head, made))
        if doctrine:
            for _, _, made in read:
                made[:] = [c for c in made if c.targets]
        else:
            self._judge(read)
        self._join(read)
        self._join_disposal(read)
        kept = [c for _, _, made in read for c in made]
        self._include_means(read, kept)
        self._set_strength(kept)
        return kept

    # -- candidates ---------------------------------------------------------------------------

    def _candidates(self, i: int, head: Head) -> list[_Candidate]:
        """Return the candidates of a clause: one, several divided by 、, or none."""
        text = self.text
        clause = self.clauses[i]
        start, end = head.start, clause.end
        metrics = self._metrics(start, end)
        targets = sum(metric.status == "target" for metric in metrics)
        kind = head.kind
        rule = ""
        if kind == heads.EXHORT and head.verb == "坚持" and text.endswith(("制度", "机制"), start, end):
            kind = head.kind = heads.SET  # 继续坚持周调度制度
        if kind in (heads.MEANS, heads.EXHORT, heads.FRAME):
            if targets and kind == heads.FRAME:
                rule = "target"
            elif not (targets and kind == heads.EXHORT):
                return []
            else:
                rule = "target"
        elif targets:
            rule = "target"
        elif self._is_image(head, end):
            return []
        elif kind in ACTION:
            if (
                end > head.object
                or head.verb in _words().objectless
                or _words().tone.search(text, start, end)
            ):
                rule = kind
        elif kind in (heads.DISPOSAL, heads.EVENT, heads.TREND):
            rule = kind
        elif kind == heads.UNKNOWN and end - head.object >= 4:
            rule = "manner"
        if not rule:
            return []
        candidate = _Candidate(i, start, end, head, rule, targets, metrics)
        mark = text.find("、", start, end)
        if mark < 0:
            return [candidate]
        return self._divide(candidate)

    def _is_image(self, head: Head, end: int) -> bool:
        """Return whether the clause is a slogan, or its object an image or a state of mind."""
        text = self.text
        if is_slogan(text, head.start, end) or _COINED.match(text, head.start, end):
            return True
        if text[end - 1] in "”》)":
            return False
        tail = text[max(head.object, end - 5) : end][::-1]
        return bool(_words().image.at(tail, 0, len(tail)))

    def _metrics(self, start: int, end: int) -> tuple[Metric, ...]:
        at = bisect_left(self.starts, start)
        stop = at
        while stop < len(self.starts) and self.starts[stop] < end:
            stop += 1
        return tuple(self.metrics[at:stop])

    def _divide(self, whole: _Candidate) -> list[_Candidate]:
        """Return the candidate divided where a verb or a figure of its own follows 、."""
        text = self.text
        parts = [whole]
        depth = 0
        end = whole.end
        for at in range(whole.start, end):
            ch = text[at]
            if ch in "“《(":
                depth += 1
            elif ch in "”》)":
                depth -= 1
            elif ch == "、" and depth <= 0:
                part = parts[-1]
                head = read_head(text, at + 1, end)
                before = self._metrics(part.start, at)
                after = self._metrics(at + 1, end)
                if self._own_figure(part.start, at, before, after) or self._own_verb(part, at, head, end):
                    self._cut(parts, at, head)
        return parts

    def _own_figure(self, start: int, at: int, before: tuple[Metric, ...], after: tuple[Metric, ...]) -> bool:
        """Return whether both sides of 、 state a target with a predicate of their own."""
        if not before or not after or before[-1].status != "target" or after[0].status != "target":
            return False
        if "分别" in self.text[start:at]:
            return False
        return _PREDICATE.search(self.text, at, after[0].end) is not None

    def _own_verb(self, part: _Candidate, at: int, head: Head, end: int) -> bool:
        """Return whether what follows 、 has a verb and an object of its own."""
        if part.head.kind not in ACTION or part.head.verb in _words().pivot:
            return False
        if head.kind not in (heads.MAKE, heads.SET, heads.RUN, heads.RESULT):
            return False
        stop = self.text.find("、", at + 1, end)
        stop = end if stop < 0 else stop
        if stop - head.object < 2 or at - part.head.object < 2:
            return False
        if self.text[head.object] in _SUFFIXES:
            return False  # 保障性住房
        return not (head.verb in _words().nominal and not head.manner)

    def _cut(self, parts: list[_Candidate], at: int, head: Head) -> None:
        part = parts[-1]
        metrics = self._metrics(at + 1, part.end)
        targets = sum(metric.status == "target" for metric in metrics)
        rule = "target" if targets else (head.kind if head.kind in ACTION else part.rule)
        parts.append(_Candidate(part.clause, at + 1, part.end, head, rule, targets, metrics))
        part.end = at
        part.metrics = self._metrics(part.start, at)
        part.targets = sum(metric.status == "target" for metric in part.metrics)
        part.rule = "target" if part.targets else (part.head.kind if part.head.kind in ACTION else part.rule)

    # -- judging ------------------------------------------------------------------------------

    def _judge(self, read: list[tuple[int, Head, list[_Candidate]]]) -> None:
        """Take out the candidates that only frame others."""
        clauses = self.clauses
        count = len(read)
        if self.opens and not self.closes and self._is_lead(read):
            for _, _, made in read:
                made.clear()
            return
        if count == 1 and not self.closes and self._is_run_in(read[0]):
            read[0][2].clear()
            return
        framed = sum(1 for _, head, made in read if not made and head.kind in _FRAMING)
        bound = sum(1 for _, _, made in read if made)
        opening = next((item for item in read if item[2] or item[1].kind != heads.NONE), read[0])
        if framed >= bound and not opening[2] and opening[1].kind in _FRAMING:
            for _, _, made in read:
                made[:] = [c for c in made if not self._is_vague(c)]
        # groups between semicolons
        first = 0
        while first < count:
            last = first + 1
            while last < count and clauses[read[last - 1][0]].mark != ";":
                last += 1
            self._judge_group(read[first:last])
            first = last

    def _judge_group(self, group: list[tuple[int, Head, list[_Candidate]]]) -> None:
        """Take out of a sentence's part up to ; its vague first and last clauses."""
        last = group[-1][2]
        if last and self._is_closing(last[0], len(group) > 1):
            last.clear()
        for _, head, made in group:
            if head.kind == heads.RESULT and made and self.text.startswith("不断", made[0].start):
                made[:] = [c for c in made if c.targets]
            made[:] = [c for c in made if c.head.verb not in _ABSTRACTING or not self._is_vague(c)]
        first = group[0][2]
        topic = first and first[0].start > self.clauses[first[0].clause].start and not first[0].head.obliged
        if first and not topic and sum(len(made) for _, _, made in group) > len(first):
            c = first[0]
            if self._is_vague(c) or (c.head.kind == heads.RESULT and not self._is_named(c)):
                first.clear()

    def _is_vague(self, c: _Candidate) -> bool:
        """Return whether a candidate binds to nothing: a general verb with fields for an object."""
        if c.targets or self._tone(c) or self._is_specific(c):
            return False
        return (c.head.verb in _words().general or c.head.kind == heads.RESULT) and self._is_broad(c)

    def _is_closing(self, c: _Candidate, follows: bool) -> bool:
        """Return whether the last clause only says what comes of those before it."""
        if c.targets or self._tone(c):
            return False
        if c.head.kind == heads.RESULT:
            return not self._is_named(c)
        if not follows:
            return False
        if c.head.verb in ("推动", "促进", "实现", "形成", "带动") and _OUTCOME.search(
            self.text, c.start, c.end
        ):
            return True
        return self._is_vague(c)

    def _is_named(self, c: _Candidate) -> bool:
        """Return whether the object holds a name or a number."""
        return _NAMED.search(self.text, c.start, c.end) is not None

    def _is_lead(self, read: list[tuple[int, Head, list[_Candidate]]]) -> bool:
        """Return whether the sentence is the abstract lead of its paragraph."""
        clauses = self.clauses
        begin, end = clauses[read[0][0]].start, clauses[read[-1][0]].end
        if len(read) > 3 or end - begin > 50:
            return False
        if len(read) == 1 and end - begin <= 14 and _SPECIFIC.search(self.text, begin, end) is None:
            return read[0][1].kind != heads.MAKE or read[0][1].verb in _words().general
        for _, head, made in read:
            for c in made:
                if c.targets or self._kind(c) != "directional" or self._tone(c):
                    return False
                if self._is_specific(c) and not head.manner:
                    return False
        return True

    def _is_run_in(self, item: tuple[int, Head, list[_Candidate]]) -> bool:
        """Return whether a short sentence of one clause heads the sentences behind it."""
        _, head, made = item
        if len(made) != 1:
            return False
        c = made[0]
        return (
            c.end - c.start <= 10
            and not c.targets
            and head.kind in (heads.RUN, heads.RESULT, heads.SET, heads.UNKNOWN)
            and not self._is_specific(c)
            and self._kind(c) == "directional"
            and not self._tone(c)
        )

    def _is_specific(self, c: _Candidate) -> bool:
        return _SPECIFIC.search(self.text, c.start, c.end) is not None

    def _is_broad(self, c: _Candidate) -> bool:
        """Return whether the object is made of fields and qualities only: 有效投资, 产业转型升级."""
        field = _words().field
        at = c.head.object
        while at < c.end:
            word = field.at(self.text, at, c.end)
            if not word:
                return False
            at += len(word)
        return True

    def _tone(self, c: _Candidate) -> str:
        """Return the tone word of a candidate, as written, else an empty string."""
        end = c.head.object if c.head.kind in ACTION else c.end
        if c.head.kind in ACTION:
            end = max(end, c.start + 4)
        match = _words().tone.search(self.text, c.start, min(end, c.end))
        return match.group() if match else ""

    # -- fields -------------------------------------------------------------------------------

    def _join(self, read: list[tuple[int, Head, list[_Candidate]]]) -> None:
        """Join what continues the clause before it: counted objects, 使…, 用于…."""
        for n in range(1, len(read)):
            i, head, made = read[n]
            before = read[n - 1][2]
            if not before or self.clauses[i - 1].mark != "," or self.stances[i] is not Stance.FUTURE:
                continue
            start, end = self.clauses[i].start, self.clauses[i].end
            if self.text.startswith("用于", start) or (
                head.kind == heads.CAUSE and not any(c.targets for c in made)
            ):
                made.clear()
            elif _COUNTED.match(self.text, start, end) and not (made and head.kind in ACTION):
                inside = self._metrics(before[-1].start, before[-1].end)
                if not inside or (made and not any(c.targets for c in before)):
                    continue
                made.clear()
            else:
                continue
            tail = before[-1]
            tail.end = end
            tail.metrics = self._metrics(tail.start, end)
            tail.targets = sum(metric.status == "target" for metric in tail.metrics)
            read[n] = (i, head, before)
            read[n - 1] = (read[n - 1][0], read[n - 1][1], [])

    def _join_disposal(self, read: list[tuple[int, Head, list[_Candidate]]]) -> None:
        """Make one candidate of 将… in one clause and 纳入… in the next."""
        for n in range(1, len(read)):
            i, head, made = read[n]
            before = read[n - 1][1]
            if (
                before.verb in ("将", "把")
                and before.kind == heads.FRAME
                and self.stances[i] is Stance.FUTURE
            ):
                end = self.clauses[i].end
                match = _DISPOSAL_VERB.match(self.text, self.clauses[i].start, end)
                if match:
                    head = Head(
                        heads.DISPOSAL, match.group(), before.start, before.outer, match.end(), False, False
                    )
                    metrics = self._metrics(before.start, end)
                    targets = sum(metric.status == "target" for metric in metrics)
                    made[:] = [_Candidate(i, before.start, end, head, heads.DISPOSAL, targets, metrics)]

    def _include_means(self, read: list[tuple[int, Head, list[_Candidate]]], kept: list[_Candidate]) -> None:
        """Take the means into the span where they serve one commitment only."""
        if len(kept) != 1:
            return
        first = 0
        while first < len(read) and read[first][1].kind == heads.MEANS and not read[first][2]:
            first += 1
        if self.opens:
            return
        if 0 < first < len(read) and read[first][2] and first == len(read) - 1:
            kept[0].start = read[0][1].outer

    def _set_strength(self, kept: list[_Candidate]) -> None:
        """Fill strength and tone; a mark carries to parallel clauses with targets behind it."""
        strengths = _words().strengths
        carried: _Candidate | None = None
        for c in kept:
            tone = self._tone(c)
            if tone:
                c.tone, c.strength = tone, strengths[tone]
                carried = c if c.targets and tone in _CARRIES else None
            elif (
                carried
                and c.targets
                and (c.clause == carried.clause or self.clauses[c.clause - 1].mark == ",")
            ):
                c.tone, c.strength = carried.tone, carried.strength
            else:
                carried = None

    def _kind(self, c: _Candidate) -> str:
        return find_kind(self.text, c.start, c.end, c.head, c.targets, c.metrics)


#: 拓展新路径, 谋划新场景: coined to head the clauses behind.
_COINED = re.compile(
    r"(?:拓展|探索|谋划|开辟|培育|打造|创造|展现|塑造|构筑|构建|激发|实现|形成|厚植)新[一-鿿]{2}$"
)
_FRAMING = frozenset((heads.EXHORT, heads.FRAME))
_DISPOSAL_VERB = re.compile(r"纳入|列入|并入|打造成|建设成|建成|培育成|转化为")
_CARRIES = frozenset(("确保", "力争", "争取", "努力", "务必", "奋力", "力求", "必须", "保证"))
_PREDICATE = re.compile(r"达到?|突破|超过?|增长|下降|降低|保持|稳定在|控制在|完成|实现|提高|提升")
_SUFFIXES = frozenset("性型类化率力区园厂站业者员")
_OUTCOME = re.compile(r"成为|焕|新活力|蝶变|再上新台阶|走在前列|新突破|新局面|新格局|良性|互动|有机统一")
_COUNTED = re.compile(r"(?:\d|[一二两三四五六七八九十百千]+[项个家条座所])")


def find_kind(text: str, start: int, end: int, head: Head, targets: int, metrics: Sequence[Metric]) -> str:
    """Return the kind of a commitment: quantified, deliverable or directional."""
    if targets:
        return "quantified"
    if any(metric.status == "planned" for metric in metrics):
        return "deliverable"
    words = _words()
    tail = text[max(start, end - 6) : end][::-1]
    effort = words.effort.at(tail, 0, len(tail))
    thing = words.thing.at(tail, 0, len(tail))
    if head.kind == heads.MAKE:
        return "directional" if len(effort) > len(thing) else "deliverable"
    if head.kind == heads.SET:
        return "deliverable" if len(thing) > len(effort) else "directional"
    if head.kind == heads.EVENT:
        return "deliverable"
    work = words.work.at(tail, 0, len(tail))
    if head.kind == heads.DISPOSAL:
        return "deliverable" if thing or head.verb == "纳入" else "directional"
    if work:
        rest = text[max(start, end - len(work) - 6) : end - len(work)][::-1]
        if words.thing.at(rest, 0, len(rest)) or "前期" in work:
            return "deliverable"
    return "directional"


def _commitment(text: str, c: _Candidate, timeline: Deadlines | None, number: int) -> Commitment:
    """Return the candidate as a commitment."""
    end = c.end
    while end > c.start and text[end - 1].isspace():
        end -= 1
    return Commitment(
        id=f"c{number}",
        speech="",
        start=c.start,
        end=end,
        text=text[c.start : end],
        strength=c.strength,
        kind=find_kind(text, c.start, end, c.head, c.targets, c.metrics),
        deadline=timeline.deadline(c.clause, c.start) if timeline else None,
        metrics=tuple(metric.id for metric in c.metrics),
        confidence=CONFIDENCE[c.rule],
        rule=c.rule,
        cue=c.tone or c.head.verb or None,
    )
