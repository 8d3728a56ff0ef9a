"""Which clauses bind the place to something, and how firmly (guideline, section 3).

A clause of the future with a verb of action, a target or an event is a candidate
(candidates.py); what only frames the clauses around it is taken out again (framing.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol

from jiaozhu.extraction.commitments import heads
from jiaozhu.extraction.commitments.candidates import Candidate, Figures, Reading, find_candidates
from jiaozhu.extraction.commitments.deliverables import find_kind
from jiaozhu.extraction.commitments.framing import Framing
from jiaozhu.extraction.commitments.heads import ACTION, Head, read_head
from jiaozhu.extraction.commitments.signals import Signals, strength_of
from jiaozhu.extraction.commitments.signs import commitment_signs
from jiaozhu.extraction.commitments.titles import find_titles
from jiaozhu.extraction.confidence import commitment_confidence
from jiaozhu.extraction.origin import Origin, unplaced
from jiaozhu.extraction.stances.stance import Stance
from jiaozhu.extraction.text import Clause
from jiaozhu.model import Commitment, Metric


class Deadlines(Protocol):
    """What is asked of extraction/timeline.py."""

    def deadline(self, clause: int, position: int, end: int = 0) -> str | None:
        """Return the ISO date that ends the period governing a span, None if nothing governs."""


#: What goes on with the counted objects of the clause before: …改革,56项…项目.
_COUNTED = re.compile(r"(?:\d|[一二两三四五六七八九十百千]+[项个家条座所])")
#: Whom 使 says what a promise is good for: 使他们生活得更好.
_PEOPLE = re.compile(r"(?:广大|更多|全体)?(?:他们|人民|群众|百姓|居民|农民|职工|大家|人人)(?!工资|收入)")
#: What money is for.
_SPENT = ("用于", "重点用于", "主要用于", "专项用于", "优先用于")
_BY_RULE = re.compile("按照|本着|根据|遵循")
#: 同志们,让我们….
_LONGEST_ADDRESS = 6
_OWN_PREDICATE = re.compile(r"增长|下降|占|达|突破|提高|完成|实现")
#: What completes 将… of the clause before.
_DISPOSAL = re.compile(r"纳入|列入|并入|打造成|建设成|建成|培育成|转化为")
#: What is to be done with all that stands before it.
_ALL = re.compile(r"(?:都|一律|均|也都)(?:要|必须|应|须)|一律")
#: What is told of an amount in front of it: 今年的投入,将由10亿元增加到15亿元.
_WILL_BE = ("将由", "将从", "将达", "将比", "要由", "要从", "要达")
_OBLIGES = ("要", "必须", "应", "须")
#: Clauses that say what is to be treated so.
_TOPICAL = frozenset((heads.NONE, heads.UNKNOWN, heads.MEANS))
#: A sentence of its own under a heading: 统筹改革与开放,着力推进重点改革.
_LONGEST_MOTTO = 60
#: Tone words that reach on to the parallel clauses behind them.
_CARRYING = frozenset(("确保", "力争", "争取", "努力", "务必", "奋力", "力求", "必须", "保证"))


_CANDIDATES = attrgetter("candidates")


def find_commitments(
    text: str,
    clauses: list[Clause],
    stances: Sequence[Stance],
    timeline: Deadlines | None,
    metrics: Sequence[Metric],
    origin: Origin | None = None,
    *,
    first_id: int = 1,
) -> list[Commitment]:
    """Return the commitments of one speech in the normalised `text`, in order.

    `metrics` are the speech's metrics in order; their status tells targets from sizes. Without a
    `timeline` deadlines stay empty. Ids count on from `first_id`; without an `origin` speech and source
    offsets stay empty.
    """
    if not clauses:
        return []
    figures = Figures(metrics)
    signals = Signals(text, clauses[0].start, clauses[-1].end)
    titles = find_titles(clauses, _sentences(clauses))
    found: list[Commitment] = []
    introduced = False
    for first, last in _sentences(clauses):
        opening = clauses[first]
        if Stance.FUTURE not in stances[first:last] or opening.heading or first in titles:
            continue
        address = opening.end - opening.start <= _LONGEST_ADDRESS and first + 1 < last
        points = signals.points(opening.start, clauses[first + 1 if address else first].end)
        if points and all(clause.mark != ":" for clause in clauses[first:last]):
            continue
        readings = [_read(text, clauses, i, stances[i], figures, signals) for i in range(first, last)]
        _join(text, clauses, readings, figures)
        opens = first == 0 or clauses[first - 1].paragraph != opening.paragraph
        if not opens and not any(map(_CANDIDATES, readings)):
            introduced = False
            continue
        closes = last == len(clauses) or clauses[last].paragraph != opening.paragraph
        following = 0 if closes else clauses[last].start
        heads_next = opens and closes and last < len(clauses) and not clauses[last].heading
        if heads_next and first and clauses[first - 1].heading and _is_motto(clauses[first:last], readings):
            continue
        framing = Framing(text, clauses, readings, opens, closes, introduced, heads_next, signals, following)
        introduced = framing.is_numbered_lead()
        kept = framing.kept()
        _include_years(kept)
        if len(kept) == 1 and not opens:
            _include_means(readings, kept[0])
        _set_strengths(clauses, kept)
        for c in kept:
            found.append(_commitment(text, clauses, c, kept, timeline, origin, len(found) + first_id))
    return found


def _is_motto(sentence: Sequence[Clause], readings: Sequence[Reading]) -> bool:
    """Return whether a sentence alone between a heading and the text only says the heading in more words."""
    if len(sentence) < 2 or sentence[-1].end - sentence[0].start > _LONGEST_MOTTO:
        return False
    return not any(c.targets or c.tone or c.head.kind == heads.MAKE for r in readings for c in r.candidates)


def _sentences(clauses: list[Clause]) -> Iterator[tuple[int, int]]:
    """Yield the first clause of each sentence and the one behind its last."""
    first, sentence = 0, clauses[0].sentence
    for i, clause in enumerate(clauses):
        if clause.sentence != sentence:
            yield first, i
            first, sentence = i, clause.sentence
    yield first, len(clauses)


def _read(
    text: str, clauses: list[Clause], i: int, stance: Stance, figures: Figures, signals: Signals
) -> Reading:
    """Return what stands in a clause."""
    clause = clauses[i]
    head = read_head(text, clause.start, clause.end)
    if stance is not Stance.FUTURE or clause.mark == ":":
        return Reading(i, head)
    return Reading(i, head, find_candidates(text, clause, i, head, figures, signals))


def _join(text: str, clauses: list[Clause], readings: list[Reading], figures: Figures) -> None:
    """Join what continues the clause before it: counted objects, 使…, 用于…, 将…,纳入…"""
    for n in range(1, len(readings)):
        before, reading = readings[n - 1], readings[n]
        acts = before.candidates or reading.candidates or reading.head.kind in ACTION
        if not acts and before.head.kind != heads.FRAME:
            continue  # nothing to join
        clause = clauses[reading.index]
        if clauses[reading.index - 1].mark != ",":
            continue
        if before.head.kind == heads.FRAME and before.head.verb in ("将", "把"):
            match = _DISPOSAL.match(text, clause.start, clause.end)
            if match:
                start = before.head.start
                head = Head(heads.DISPOSAL, match.group(), start, start, match.end(), False, False)
                reading.candidates = [Candidate(reading.index, start, clause.end, head, heads.DISPOSAL, ())]
                reading.candidates[0].refit(figures)
        elif reading.head.obliged and text.startswith("对", clauses[before.index].start):
            before.candidates = []
            if text.startswith(_OBLIGES, clause.start):
                _include_object(clauses, readings[: n + 1])  # 对困难家庭,要给予补助
        elif _ALL.match(text, clause.start, clause.end) or _lacks_object(text, clause, reading):
            _include_object(clauses, readings[: n + 1])
        elif before.candidates and _continues(text, clause, before, reading, figures):
            tail = before.candidates[-1]
            tail.end = clause.end
            tail.refit(figures)
            reading.candidates, before.candidates = before.candidates, []


def _lacks_object(text: str, clause: Clause, reading: Reading) -> bool:
    """Return whether a clause with 要 acts on what stands in front of it: 去年签约的项目,要全部开工."""
    if text.startswith(_WILL_BE, clause.start):
        return True
    if not reading.head.obliged or not text.startswith(_OBLIGES, clause.start):
        return False
    head = reading.head
    return head.kind == heads.EVENT or (head.kind in ACTION and head.object >= clause.end)


def _include_object(clauses: list[Clause], readings: list[Reading]) -> None:
    """Take what 都要 sums up, which stands in front of it, into the span: 一切浪费行为,都要纠正."""
    reading = readings[-1]
    head = reading.head
    if head.kind not in ACTION and not reading.candidates:
        return
    first = reading
    for earlier in reversed(readings[:-1]):
        if earlier.candidates or earlier.head.kind not in _TOPICAL or clauses[earlier.index].mark != ",":
            break
        first = earlier
    if first is reading:
        return
    if not reading.candidates:
        end = clauses[reading.index].end
        reading.candidates = [Candidate(reading.index, head.start, end, head, head.kind, ())]
    reading.candidates[0].start = clauses[first.index].start


def _continues(text: str, clause: Clause, before: Reading, reading: Reading, figures: Figures) -> bool:
    """Return whether a clause has no verb of its own and goes on with the object before it."""
    if text.startswith(_SPENT, clause.start) or (reading.head.kind == heads.CAUSE and not reading.candidates):
        return not reading.aims and not _PEOPLE.match(text, reading.head.object, clause.end)
    tail = before.candidates[-1]
    if text.endswith(("原则", "方针"), tail.start, tail.end) and _BY_RULE.search(text, tail.start, tail.end):
        return reading.head.kind in ACTION  # 鼓励企业按照互利的原则,建立供货关系
    if text[clause.start] in "每其":
        if text.startswith(("每人", "每户"), clause.start):
            return True
        if text.startswith("其中", clause.start):
            return _OWN_PREDICATE.search(text, clause.start, clause.end) is None
    if reading.head.kind in ACTION or not _COUNTED.match(text, clause.start, clause.end):
        return False
    return bool(figures.between(tail.start, tail.end)) and (not reading.aims or tail.targets > 0)


def _include_years(kept: list[Candidate]) -> None:
    """Take the year at the head of a clause into the span if it governs that clause only."""
    for n, c in enumerate(kept):
        if c.head.outer < c.start and (n + 1 == len(kept) or kept[n + 1].head.dated):
            c.start = c.head.outer


def _include_means(readings: list[Reading], only: Candidate) -> None:
    """Take the means into the span: they serve one commitment only."""
    for reading in readings[:-1]:
        if reading.head.kind != heads.MEANS or reading.candidates:
            return
    if len(readings) > 1 and readings[-1].candidates:
        only.start = readings[0].head.outer


def _set_strengths(clauses: list[Clause], kept: list[Candidate]) -> None:
    """Fill strength and tone; a mark carries to the parallel targets behind it."""
    source: Candidate | None = None
    for c in kept:
        if c.tone:
            c.strength = strength_of(c.tone)
            source = c if c.tone in _CARRYING and (c.targets or c.head.kind not in ACTION) else None
        elif source and c.targets and (c.clause == source.clause or clauses[c.clause - 1].mark == ","):
            c.tone, c.strength = source.tone, source.strength
        else:
            source = None


def _commitment(
    text: str,
    clauses: list[Clause],
    c: Candidate,
    kept: list[Candidate],
    timeline: Deadlines | None,
    origin: Origin | None,
    number: int,
) -> Commitment:
    """Return the candidate, one of those `kept` of its sentence, as a commitment."""
    kind = find_kind(text, c)
    deadline = timeline.deadline(c.clause, c.start, c.end) if timeline else None
    return Commitment(
        id=f"c{number}",
        **(origin.place(c.start, c.end) if origin else unplaced(text, c.start, c.end)),
        strength=c.strength,
        kind=kind,
        deadline=deadline,
        metrics=tuple([metric.id for metric in c.metrics]),
        confidence=commitment_confidence(commitment_signs(c, clauses, kept, kind, deadline)),
        rule=c.rule,
        cue=c.tone or c.head.verb or None,
    )
