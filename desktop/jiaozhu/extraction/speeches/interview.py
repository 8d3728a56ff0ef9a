"""Interviews and press conferences: lines that begin with who asks or answers.

An interview with one official is one speech, the questions between the answers included. Where several
answer, as at a press conference, each run of answers of one is a speech, and nobody's question is in any.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.bylines import read_byline
from jiaozhu.extraction.people.offices import titles
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.people.persons import is_name
from jiaozhu.extraction.places.gazetteer import Region
from jiaozhu.extraction.speeches.drafts import Atlas, Draft
from jiaozhu.extraction.speeches.layout import Line

_LEAST = 2  # questions, and answers
_LONGEST_LABEL = 40  # characters
_LABEL = re.compile(
    rf"[\[【](?P<boxed>[^\n:。,\]】]{{1,{_LONGEST_LABEL}}})[\]】]|(?P<label>[^\n:。,\[【]{{1,{_LONGEST_LABEL}}}):"
)
_SENTENCE = re.compile("[,。!?]")
_ANSWER = "答"
_SURNAME_AND_TITLE = re.compile(r"(?P<surname>[一-龥]{1,2})(?P<title>[副代]?[一-龥]{2,4})")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A line that begins with who speaks; `name` is empty if that is somebody who asks."""

    line: int
    name: str
    official: Official | None = None


def read_interview(text: str, lines: list[Line], atlas: Atlas) -> list[Draft]:
    """Return the speeches of an interview or a press conference; none if the lines are neither."""
    asked = _count_questions(text, lines)
    if not asked:
        return []
    turns = _Turns(text, lines).read()
    answers = [turn for turn in turns if turn.name]
    if len(answers) < _LEAST:
        return []
    names = {turn.name for turn in answers} - {_ANSWER}
    if asked < _LEAST and len(names) < _LEAST:
        return []
    several = len(names) > 1
    speakers = {turn.name: turn.official for turn in answers}
    regions = {name: _region(text, official, atlas) for name, official in speakers.items()}
    drafts: list[Draft] = []
    speaking = ""
    for turn, following in zip(turns, [*turns[1:], None], strict=False):
        if turn.name:
            if not speaking or (turn.name not in (speaking, _ANSWER) and several):
                drafts.append(_begin(text, lines[turn.line], turn, regions[turn.name]))
                speaking = turn.name
            drafts[-1].end = lines[(following.line if following else len(lines)) - 1].end
        elif several:
            speaking = ""
    return drafts


def has_questions(text: str, lines: list[Line]) -> bool:
    """Return whether a reporter asks in the text."""
    return _count_questions(text, lines) >= _LEAST


def _count_questions(text: str, lines: list[Line]) -> int:
    return sum(_asks().match(text, line.start, line.end) is not None for line in lines)


def _begin(text: str, line: Line, turn: _Turn, region: Region | None) -> Draft:
    draft = Draft(line.start, line.end, region=region)
    if turn.official:
        draft.give(turn.official)
    elif turn.name != _ANSWER:
        at = text.index(turn.name[0], line.start)
        draft.name = at, next(i for i in range(at, line.end) if text[i] in ":]】")
    return draft


def _region(text: str, official: Official | None, atlas: Atlas) -> Region | None:
    """Return the place that an official answers for; None if that isn't known."""
    if official is None or official.private:
        return None
    place = official.place
    return atlas.named(place) or (atlas.main(0, len(text), place.kind) if place.kind else None)


class _Turns:
    """Finds who speaks in each line that begins with it."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self.officials: dict[str, Official] = {}
        for official in self._introduced():
            name = official.name(text)
            if not (name in self.officials and self.officials[name].place.name):
                self.officials[name] = official
        self.hosts = {
            name
            for line, following in zip(lines, [*lines[1:], lines[-1]], strict=True)
            if text.startswith("主持人", line.start) and not _SENTENCE.search(text, line.start, line.end)
            for name in self._named_in(following if text[line.end - 1] == ":" else line)
        }

    def read(self) -> list[_Turn]:
        """Return the turns in order, those before the first question left out unless an official speaks."""
        turns = [turn for i, line in enumerate(self.lines) if (turn := self._turn(i, line))]
        counted = Counter(turn.name for turn in turns)
        turns = [
            turn
            for turn in turns
            if turn.official or turn.name in ("", _ANSWER) or counted[turn.name] >= _LEAST
        ]
        if all(turn.name in ("", _ANSWER) for turn in turns) and self.officials:
            name, official = next(iter(self.officials.items()))  # whom the title or the first lines introduce
            turns = [_Turn(turn.line, name, official) if turn.name else turn for turn in turns]
        return turns

    def _introduced(self) -> list[Official]:
        found = [
            official
            for line in self.lines
            if (official := read_byline(self.text, line.start, min(line.end, line.start + 90)))
        ]
        return [*find_officials(self.text, 0, self.lines[-1].end), *found]

    def _named_in(self, line: Line) -> list[str]:
        return [name for name in self.officials if name in self.text[line.start : line.end].replace(" ", "")]

    def _turn(self, i: int, line: Line) -> _Turn | None:
        match = _LABEL.match(self.text, line.start, line.end)
        if match is None:
            return None
        if _asks().match(self.text, line.start, line.end):
            return _Turn(i, "")
        at, end = match.span("boxed" if match["boxed"] else "label")
        label = "".join(self.text[at:end].split())
        if label == _ANSWER:
            return _Turn(i, label)
        if label not in self.officials:
            official = read_byline(self.text, at, end, sure=True)
            label = official.name(self.text) if official else self._known(label)
        if label in self.hosts:
            return _Turn(i, "")
        if label in self.officials:
            return _Turn(i, label, self.officials[label])
        return _Turn(i, label) if is_name(label) else None

    def _known(self, label: str) -> str:
        """Return the name of whom a label means: 郁安澜县长, 郁县长 after 县长 郁安澜; else the label."""
        if not titles().search(label):
            return label
        for name, official in self.officials.items():
            office = self.text[official.office_start : official.office_end]
            match = _SURNAME_AND_TITLE.fullmatch(label)
            if label.startswith(name) or (
                match and name.startswith(match["surname"]) and office.endswith(match["title"])
            ):
                return name
        return label


@cache
def _asks() -> re.Pattern[str]:
    alone, press = ("|".join(lexicon.words("reporting", "interview", key)) for key in ("asks", "press"))
    return re.compile(
        rf"(?P<box>[\[【])?(?:{alone}|(?:[^\s:。,]{{0,20}}[\s—]?)?(?:{press}))"
        r"(?:[“(][^:\n]{1,12}[”)]|[^\S\n]*[一-龥]{2,3}|\d)?(?(box)[\]】]:?|[^\S\n]?:)"
    )
