"""Quantities become metrics: which of them state something, and what (guideline, section 2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from jiaozhu.extraction.confidence import metric_confidence
from jiaozhu.extraction.metrics.canon import canonical
from jiaozhu.extraction.metrics.claims import states_something
from jiaozhu.extraction.metrics.compared import part_of_plan
from jiaozhu.extraction.metrics.indicators import holds_pair, members
from jiaozhu.extraction.metrics.kinds import kind_of
from jiaozhu.extraction.metrics.naming import Naming
from jiaozhu.extraction.metrics.nominal import Names
from jiaozhu.extraction.metrics.owners import Owners
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.metrics.ranked import scope_of
from jiaozhu.extraction.metrics.signs import metric_signs
from jiaozhu.extraction.metrics.status import Statuses
from jiaozhu.extraction.metrics.subjects import members_before
from jiaozhu.extraction.numbers.numerals import plain
from jiaozhu.extraction.numbers.quantities import Quantity, find_quantities
from jiaozhu.extraction.origin import Origin
from jiaozhu.extraction.stances.stance import Stance
from jiaozhu.extraction.text import Clause
from jiaozhu.extraction.times.periods import TimeExpression
from jiaozhu.extraction.times.timeline import Timeline
from jiaozhu.model import Metric

_REACH = 12  # how far before the number 至少 or 不低于 may stand


def find_metrics(
    text: str,
    clauses: list[Clause],
    stances: list[Stance],
    timeline: Timeline | None,
    times: Sequence[TimeExpression],
    origin: Origin,
    *,
    first: int = 1,
    asked: frozenset[tuple[int, int]] = frozenset(),
) -> list[Metric]:
    """Return the metrics of one speech in the normalised `text`; their ids count on from `first`.

    The quantities at the spans `asked` are metrics whatever the rules say: a reviewer says so.
    """
    if not clauses:
        return []
    start, end = clauses[0].start, clauses[-1].end
    # a length of time may be what is measured (压缩至3个工作日); dates and names are not
    skip = [(time.start, time.end) for time in times if not time.measures]
    dated = [(time.start, time.end) for time in times if time.period]
    quantities = find_quantities(text, start, end, skip=skip)
    reader = _Reader(text, clauses, stances, timeline, dated, Names(text, start, end), origin, first, asked)
    by_clause: dict[int, list[Quantity]] = {}
    clause_starts = [clause.start for clause in clauses]
    for quantity in quantities:
        i = bisect_right(clause_starts, quantity.number_start) - 1
        if i < 0 or quantity.number_start >= clauses[i].end:
            continue
        if not (clauses[i].heading and quantity.chinese):  # 做强三个驱动: headings speak in slogans
            by_clause.setdefault(i, []).append(quantity)
    found: list[Metric] = []
    for i in sorted(by_clause):
        found.extend(reader.clause(i, by_clause[i]))
    return found


class _Reader:
    """Reads the clauses of one speech in order and remembers what the last one spoke of."""

    def __init__(
        self,
        text: str,
        clauses: list[Clause],
        stances: list[Stance],
        timeline: Timeline | None,
        times: Sequence[tuple[int, int]],
        names: Names,
        origin: Origin,
        first: int,
        asked: frozenset[tuple[int, int]],
    ) -> None:
        self._asked = asked
        self.text, self.clauses, self.stances = text, clauses, stances
        self.timeline, self.times, self.names, self.origin = timeline, times, names, origin
        self._time_starts = [time[0] for time in times]
        self._statuses = Statuses()
        self._naming = Naming(origin.speech.region)
        self._owners = Owners(text, clauses, origin.speech)
        self._movement = ""  # of the number before
        self._next = first
        self._list: list[str] = []  # the members of the last list, and its sentence
        self._list_sentence = -1

    def clause(self, i: int, quantities: list[Quantity]) -> list[Metric]:
        """Return the metrics of clause `i`."""
        clause = self.clauses[i]
        times = self._times_in(clause.start, clause.end)
        before = self.clauses[max(0, i - 1)]
        earlier = self._times_in(before.start, before.end)

        def place(among: list[Quantity], n: int, begin: int) -> Place:
            return Place(
                self.text, self.clauses, i, among, n, self.stances[i], self.names, times, begin, earlier
            )

        kept = [
            quantity
            for n, quantity in enumerate(quantities)
            if (quantity.start, quantity.end) in self._asked
            or states_something(place(quantities, n, quantities[n - 1].end if n else clause.start))
        ]
        self._naming.enter(clause)
        shared = self._shared(place(kept, 0, clause.start)) if len(kept) > 1 else {}
        found: list[Metric] = []
        begin = clause.start
        for n, quantity in enumerate(kept):
            found.append(self._metric(place(kept, n, begin), shared.get(n)))
            begin = quantity.end
        return found

    def _times_in(self, start: int, end: int) -> list[tuple[int, int]]:
        i = max(0, bisect_right(self._time_starts, start) - 1)
        found = []
        while i < len(self.times) and self.times[i][0] < end:
            found.append(self.times[i])
            i += 1
        return found

    def _shared(self, lead: Place) -> dict[int, tuple[str, str]]:
        """Return the list member and the movement that each number of a list belongs to, from `lead` on."""
        text, clause, kept = lead.text, lead.clause, lead.quantities
        run = 1
        while run < len(kept) and not text[kept[run - 1].end : kept[run].start].strip("、和,及与 "):
            run += 1
        if run < 2:
            return {}
        head = text[clause.start : kept[0].start]
        phrase = lead.phrase
        names: list[str] | None
        if "分别" in head or (run == len(kept) and self._in_step(lead, head)):
            own, plan = part_of_plan(lead)
            names = members(own, run) or self._naming.said_before(own, run, clause)
            if names is None and not own:
                names = members_before(lead, run)
            names = [name + plan for name in names] if names else None
        else:
            # 支出分别为7亿元、5亿元,比上年增长9%、4%: the list goes on
            same = self._list_sentence == clause.sentence and not phrase.name and run == len(kept)
            names = self._list if same and len(self._list) == run else None
        if not names:
            return {}
        self._list, self._list_sentence = names, clause.sentence
        first = kept[0]
        if first.cue and text.startswith(first.cue, first.start) and text.endswith("分别", 0, first.start):
            # 分别不低于90%、95%
            for quantity in kept[1:run]:
                if quantity.comparator == "=":
                    quantity.comparator, quantity.cue = first.comparator, first.cue
        last = kept[run - 1]
        if last.cue and text.endswith(last.cue, last.start, last.end):
            # 分别达50%、60%以上: the word behind the last one holds for all
            for quantity in kept[: run - 1]:
                if quantity.comparator == "=":
                    quantity.comparator, quantity.cue = last.comparator, last.cue
        return {n: (name, phrase.movement) for n, name in enumerate(names)}

    @staticmethod
    def _in_step(lead: Place, head: str) -> bool:
        """Tell whether as many figures as names follow each other without 分别."""
        text, kept = lead.text, lead.quantities
        listed = "、" in head and len(kept) == head.count("、") + 1
        pair = len(kept) == 2 and holds_pair(lead.phrase.name)
        return (listed or pair) and all(text[one.end : other.start] == "、" for one, other in pairwise(kept))

    def _metric(self, place: Place, shared: tuple[str, str] | None) -> Metric:
        quantity, phrase = place.quantity, place.phrase
        movement = phrase.movement
        if shared:
            movement = shared[1]
        elif place.previous and not phrase.name and not phrase.verbs and place.previous.type == quantity.type:
            movement = self._movement
        self._movement = movement
        name = self._naming.of(place, shared[0] if shared else None)
        time = self.timeline.governing(place.index, quantity.start) if self.timeline else None
        status, cue = self._statuses.of(place, self.timeline.due(time) if self.timeline and time else "")
        if self.timeline and time and status == "target" and time.start < place.clause.start:
            time = self.timeline.to_come(place.index, time)
        compared = self.timeline.compared(place.index) if self.timeline else None
        kind, basis, sign = kind_of(
            place, name.text, movement, time, (compared.period if compared else None) or ""
        )
        if basis == "cagr" and self.timeline and time and not time.assumed and time.unit == "year":
            # 2000年达到8.9万亿元,年均增长8%: of the years that the review is about
            time = self.timeline.spanning(place.index) or time
        self._naming.remember(place, name, kind)
        number, self._next = self._next, self._next + 1
        if quantity.value < 0:
            sign = 1  # 下降-3.2%
        low, high = quantity.value * sign, quantity.value_high
        if high is not None and sign < 0:
            low, high = -high, -quantity.value
        comparator, period = _comparator(place), time.period if time else None
        signs = metric_signs(place, name, shared is not None, kind, status, cue, comparator, period or "")
        return Metric(
            id=f"m{number}",
            **self.origin.place(quantity.start, quantity.end),
            indicator=name.text or None,
            indicator_start=name.start,
            indicator_end=name.end,
            indicator_id=canonical(name.text),
            value=plain(low),
            value_high=plain(high) if high is not None else None,
            unit=quantity.unit,
            comparator=comparator,
            kind=kind,
            basis=basis,
            period=period,
            scope=(scope_of(place) or None) if kind == "rank" else None,
            region=self._owners.of(place),
            status=status,
            confidence=metric_confidence(signs),
            rule=f"{quantity.type}.{kind}",
            cue=cue or quantity.cue,
        )


def _comparator(place: Place) -> str:
    """Return the comparator; 稳定在 and 保持 before the number make it approximate."""
    quantity = place.quantity
    if quantity.comparator != "=" or quantity.type in ("rank", "streak"):
        return quantity.comparator  # a rank that is kept is not about the same
    if word_set("units", "outside", "~").found_in(place.phrase.verbs):
        return "~"
    words = place.text[max(place.begin, quantity.start - _REACH) : quantity.start]
    for sign in (">=", "<="):
        if word_set("units", "before", sign).found_in(words):
            return sign  # 至少建成1家, 不低于年度计划的55%
    return "="
