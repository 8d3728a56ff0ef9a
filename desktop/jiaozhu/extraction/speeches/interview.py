"""Interviews: an official's answers and the reporter's questions between them are one speech."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.people.persons import is_name
from jiaozhu.extraction.speeches.drafts import Atlas, Draft
from jiaozhu.extraction.speeches.layout import Line

_LEAST = 2  # questions, and answers
_LABEL = re.compile(r"(?P<label>[一-龥·]{1,8})[^\S\n]?:")


def read_interview(text: str, lines: list[Line], atlas: Atlas) -> list[Draft]:
    """Return the speeches of an interview: the answers of one official, the questions between them included.

    None if the lines are no interview.
    """
    asked = [i for i, line in enumerate(lines) if _asks().match(text, line.start, line.end)]
    if len(asked) < _LEAST:
        return []
    officials: dict[str, Official] = {}
    for official in find_officials(text, 0, lines[-1].end):
        if not (official.name(text) in officials and officials[official.name(text)].place.name):
            officials[official.name(text)] = official
    answers = [
        (i, label) for i in range(asked[0], len(lines)) if (label := _answerer(text, lines[i], officials))
    ]
    if len(answers) < _LEAST:
        return []
    drafts: list[Draft] = []
    speaking = ""
    for i, label in answers:
        if label != speaking:
            drafts.append(
                _begin(lines[i], officials.get(label) or next(iter(officials.values()), None), atlas)
            )
            speaking = label
        until = next((question for question in asked if question > i), len(lines))
        drafts[-1].end = lines[until - 1].end
    return drafts


def has_questions(text: str, lines: list[Line]) -> bool:
    """Return whether a reporter asks in the text."""
    return sum(_asks().match(text, line.start, line.end) is not None for line in lines) >= _LEAST


def _begin(line: Line, official: Official | None, atlas: Atlas) -> Draft:
    draft = Draft(line.start, line.end)
    if official:
        draft.give(official)
        place = official.place
        draft.region = atlas.named(place) or (atlas.main(0, line.start, place.kind) if place.kind else None)
    return draft


def _answerer(text: str, line: Line, officials: dict[str, Official]) -> str:
    """Return whose answer a line begins: a name that the text introduces, or 答."""
    match = _LABEL.match(text, line.start, line.end)
    label = match["label"] if match else ""
    return label if label in officials or label == "答" or (is_name(label) and not officials) else ""


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(lexicon.words('reporting', 'interview', 'asks'))}):")
