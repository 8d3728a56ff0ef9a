"""Whether a clause looks back, looks ahead, or reports what is.

A speech is read once from its start. Headings and leading time expressions set a mode that lasts
(``2011年工作回顾``, ``2025年,义乌将…``, ``今年…预期目标是:``); marks inside a sentence
(``了``, ``力争``) change the reading of that clause or sentence only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.outline import PART
from jiaozhu.extraction.stances.marks import Mark, Marked, TimedSpan, find_marks
from jiaozhu.extraction.text import Clause
from jiaozhu.extraction.times.periods import find_times


class Stance(StrEnum):
    """How a clause stands to the day of the speech."""

    PAST = "past"
    FUTURE = "future"
    REPORTED = "reported"  # current practice or standing fact


#: A time expression this near to the head of its clause governs what follows.
_HEAD = 8
#: One that looks back has to stand nearer, or be all of it: 沿用多年来的老办法 is a plan.
_LEAD = 3
#: A verb stands before the thing it is about; what says which thing is not longer than this.
_LEAST_VERB = 2
_LONGEST_ATTRIBUTE = 10
#: Verbs whose object is there before they begin.
_CARRYING_OUT = re.compile(r"落实|执行|贯彻|实施|完成|推广|用好|巩固|抓好|完善|推进|兑现")
#: Work reports are read in the first months of a year and plan the rest of it.
_LAST_REPORT_MONTH = 4


def find_stances(
    text: str, clauses: list[Clause], day: date | None, *, times: Sequence[TimedSpan] | None = None
) -> list[Stance]:
    """Return the stance of each clause of one speech in the normalised `text`.

    `day` is the day of the text; without it years say nothing. `times` are the time expressions of
    the speech, if they are known already.
    """
    if not clauses:
        return []
    if times is None:
        times = find_times(text, day, clauses[0].start, clauses[-1].end)
    marks = find_marks(text, clauses, day, times)
    reader = _Reader(text, day)
    stances: list[Stance] = []
    sentence = paragraph = -1
    for i, clause in enumerate(clauses):
        first = clause.sentence != sentence
        if first:
            sentence, reader.sentence = clause.sentence, None
            if clause.paragraph != paragraph:
                paragraph, reader.paragraph = clause.paragraph, None
            if text.startswith(_arguing(), clause.start) and not _obliges(text, clauses, i):
                reader.sentence = Stance.REPORTED
        marked = marks.get(i)
        if clause.heading:
            if first:
                last = i
                while last + 1 < len(clauses) and clauses[last + 1].paragraph == paragraph:
                    last += 1
                reader.heading(text[clause.start : clauses[last].end])
            stances.append(reader.mode)
        else:
            stances.append(reader.clause(clause, marked, first) if marked else reader.lasting)
            if clause.mark == ":" and reader.section is not Stance.PAST and _announces_plan(text, clauses, i):
                reader.sentence = Stance.FUTURE
            elif clause.mark == ":" and _announces_reasons(text, clause):
                reader.sentence = Stance.REPORTED
    return stances


#: A year in a heading, where the digits may stand apart: 1 9 9 8 年.
_YEAR = re.compile(r"(?<!\d)(?:1 ?9|2 ?0) ?\d ?\d(?= ?年)")

#: What announces the items of a plan, though it was done: 部署了13项任务举措:一是…, 设置了主要指标,包括:….
_PLANNED = re.compile(
    r"(?:部署|设置|提出|明确|确定|规定|安排|制定|拟定|列出|抓好|做好|办好)[^。;]{0,24}"
    r"(?:任务|举措|目标|指标|要求|工作|措施|实事|重点)[^。;]{0,8}$"
)
_LONGEST_PLANNED = 48  # characters: more than the pattern can take


def _announces_plan(text: str, clauses: Sequence[Clause], index: int) -> bool:
    """Tell whether the words of a sentence up to its colon announce what is planned."""
    end = clauses[index].end
    reach = end - _LONGEST_PLANNED
    first = index
    while first and clauses[first - 1].sentence == clauses[index].sentence and clauses[first].start > reach:
        first -= 1
    return _PLANNED.search(text, max(clauses[first].start, reach), end) is not None


#: What announces reasons and circumstances: 这样做有两个好处:第一,….
_REASONS = re.compile(
    r"(?:意义|原因|理由|好处|坏处|特点|优点|缺点|优越性|弊病|弊端|教训|困难|表现|矛盾|情况)[^,;、]{0,4}\Z"
)
_WORKED_ON = re.compile(r"解决|克服|消除|扭转|改变|落实|完成|抓好|做好|掌握|摸清|根据")
_LONGEST_REASONS = 10  # characters of a clause that the pattern looks at
#: Words of obligation and of aims, without which a sentence that begins as an argument is one.
_OBLIGES = re.compile(r"必须|应[当该]?(?!看到|指出|承认)|要(?![素求点])|须|力争|争取|确保|务必|决定")


def _announces_reasons(text: str, clause: Clause) -> bool:
    """Tell whether a clause before a colon announces reasons, and no work on them: 解决这些困难:…"""
    return (
        _REASONS.search(text, max(clause.start, clause.end - _LONGEST_REASONS), clause.end) is not None
        and _OBLIGES.search(text, clause.start, clause.end) is None
        and _WORKED_ON.search(text, clause.start, clause.end) is None
    )


@cache
def _arguing() -> tuple[str, ...]:
    """Return how sentences begin that argue or tell what is."""
    return lexicon.words("stance", "arguing", "opening")


def _obliges(text: str, clauses: Sequence[Clause], first: int) -> bool:
    """Tell whether anything in a sentence must be done or is aimed at."""
    last = first
    while last + 1 < len(clauses) and clauses[last + 1].sentence == clauses[first].sentence:
        last += 1
    return _OBLIGES.search(text, clauses[first].start, clauses[last].end) is not None


@cache
def _heading_words(key: str) -> re.Pattern[str]:
    """Return the words of headings that look back or ahead."""
    words = "|".join(map(re.escape, lexicon.words("stance", "heading", key)))
    # 改革要取得新突破 looks ahead
    return re.compile(rf"(?<![要将])(?<!力争|争取|确保|努力)(?:{words})" if key == "past" else words)


@cache
def _opening_words() -> tuple[str, ...]:
    """Return how headings begin that say what is to be done."""
    return lexicon.words("stance", "heading", "opening")


@dataclass(slots=True)
class _Reader:
    """Reads a speech clause by clause and remembers which part it is in."""

    text: str
    day: date | None
    section: Stance | None = None  # set by a heading, until the next heading of its rank; REPORTED: notes
    numbered: bool = False  # the heading that set it was numbered
    mode: Stance = Stance.REPORTED  # lasts over sentences
    sentence: Stance | None = None  # lasts to the end of the sentence
    paragraph: Stance | None = None  # lasts to the end of the paragraph

    def heading(self, line: str) -> None:
        """Enter the part that a heading opens; headings inside a part change nothing."""
        numbered = PART.match(line) is not None
        if not numbered and line[:1] in "(#*—" and not line.startswith("# "):
            return
        if _heading_words("aside").search(line):
            self.section = self.mode = Stance.REPORTED
            return
        past = _heading_words("past").search(line) is not None
        future = _heading_words("future").search(line) is not None
        if not past and not future and numbered and self.numbered:
            planned = self.section is Stance.FUTURE and not _heading_words("telling").search(line)
            self.section = None
            if planned or self._opens_plan(line):
                self.section = self.mode = Stance.FUTURE
            return
        if not past and not future:
            return
        self.numbered = numbered
        if past and future:
            # “十四五”时期发展成就和“十五五”时期主要目标任务: each paragraph says where it stands
            self.section, self.mode = None, Stance.PAST
            return
        if future and self.day:
            years = [int(year.replace(" ", "")) for year in _YEAR.findall(line)]
            past = bool(years) and max(years) < self.day.year
        self.section = self.mode = Stance.PAST if past else Stance.FUTURE

    def _opens_plan(self, line: str) -> bool:
        """Return whether a part behind the review names this year, or what is to be done: 三、加快改革."""
        if _heading_words("telling").search(line):
            return False
        if self.day and any(int(year.replace(" ", "")) == self.day.year for year in _YEAR.findall(line)):
            return True
        return re.match(rf"[^、]{{1,3}}、\s*(?:{'|'.join(_opening_words())})", line) is not None

    @property
    def lasting(self) -> Stance:
        """The stance of a clause without marks."""
        if self.section is Stance.REPORTED:
            return self.section
        return self.paragraph or self.sentence or self.mode

    def clause(self, clause: Clause, marks: list[Marked], first: bool) -> Stance:
        """Return the stance of a clause with marks; `first`: it opens its sentence."""
        if self.section is Stance.REPORTED:
            return Stance.REPORTED
        done = achieved = ahead = soon = plan = False
        for at, end, mark in marks:
            if mark is Mark.DONE:
                done = done or not self._is_attribute(clause, at, end)
            elif mark is Mark.ACHIEVED:
                achieved = True
            elif mark is Mark.AHEAD:
                ahead = True
            elif mark is Mark.STRIVING:
                ahead = ahead or self._now() is not Stance.PAST
            elif mark is Mark.SOON:
                soon = True
                self._time(clause, at, end, mark, first)
            elif mark is Mark.PLAN:
                plan = True
            elif mark is Mark.ASIDE:
                self._aside()
            elif mark is Mark.WILL:
                self._will()
            else:
                self._time(clause, at, end, mark, first)
        if plan and not done:
            self._plan()
            self.section = None if self.section is Stance.PAST else self.section
        if done or (achieved and not ahead and self._now() is not Stance.FUTURE):
            if first and self.section is not Stance.FUTURE and not ahead:
                self.sentence = Stance.PAST
                if self.section is None and self.mode is Stance.REPORTED:
                    self.mode = Stance.PAST
            return Stance.PAST
        if ahead and self.section is not Stance.PAST and self._now() is not Stance.FUTURE:
            self.sentence = Stance.FUTURE
        stance = self.paragraph or self._now()
        return Stance.FUTURE if soon and stance is Stance.REPORTED else stance

    def _is_attribute(self, clause: Clause, at: int, end: int) -> bool:
        """Return whether what is done only says which thing a plan is about: 落实已经确定的措施."""
        if self._now() is not Stance.FUTURE or at - clause.start < _LEAST_VERB or self.text[at] != "已":
            return False
        if not _CARRYING_OUT.search(self.text, clause.start, at):
            return False
        stop = self.text.find("的", end, min(clause.end - 1, end + _LONGEST_ATTRIBUTE))
        return stop >= 0 and self.text.find(",", end, stop) < 0

    def _now(self) -> Stance:
        """Return what holds for the sentence."""
        return self.sentence or self.mode

    def _plan(self) -> None:
        """Enter a plan, until something says otherwise."""
        self.mode, self.sentence, self.paragraph = Stance.FUTURE, None, None

    def _aside(self) -> None:
        if self.mode is Stance.FUTURE:
            self.sentence = Stance.REPORTED
        else:
            self.paragraph = Stance.REPORTED

    def _will(self) -> None:
        if self.section is Stance.PAST:
            self.sentence = Stance.FUTURE
        else:
            self._plan()

    def _time(self, clause: Clause, at: int, end: int, mark: Mark, first: bool) -> None:
        """Take in a time expression; at the head of a sentence it governs what follows."""
        head = at - clause.start <= _HEAD
        lead = at - clause.start <= _LEAD
        if mark is Mark.PAST:
            if not lead and clause.end > end:
                return
            if self._now() is Stance.FUTURE and self.text.find("的", end, clause.end) >= 0:
                return  # 去年签约的项目
            if self.section is Stance.FUTURE or not first:
                self.sentence = Stance.PAST
            else:
                self.mode, self.sentence = Stance.PAST, None
        elif self.section is Stance.PAST:
            return
        elif mark is Mark.SOON:
            if first and lead:
                self.sentence = Stance.FUTURE
        elif mark is Mark.FUTURE:
            if first and head and (at - clause.start <= 1 or clause.end == end):
                self._plan()
            elif head or self.mode is not Stance.PAST:
                self.sentence = Stance.FUTURE
        elif (
            first
            and at - clause.start <= _LEAD
            and (self.day is None or self.day.month <= _LAST_REPORT_MONTH)
        ):
            self._plan()
