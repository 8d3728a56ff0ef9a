"""Who says something in a sentence of a report: somebody by name, he or she, or the meeting as such."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.speeches.layout import Line

#: What is counted or measured, roughly: without it a sentence is a remark.
FIGURE = re.compile(r"\d|[第前百][一二三四五六七八九十]|百分之|[一二三四五六七八九十百千万亿]{2,}")
_VERB_WITHIN = 40  # characters behind the name
_LONGEST_EMPTY = 60  # characters behind the name in a sentence that tells nothing of what was said
_NEAR = 8  # names before a pronoun that it may mean
_LONGEST_SENTENCE = 200  # characters before a name in which its sentence begins
_MARKS = "。!?\n"
#: Of an item of minutes: 一、会议审议了….
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"
_SENTENCE_END = re.compile(f"[{_MARKS}]")
_CLAUSE_END = re.compile(f"[,;:{_MARKS}]")


def says(text: str, name_end: int, end: int) -> bool:
    """Return whether behind a name, in the same sentence, somebody says something, or a colon stands."""
    if text.startswith(":", name_end):
        return True
    most = min(end, name_end + _LONGEST_EMPTY)
    stop = _SENTENCE_END.search(text, name_end, most)
    last = stop.start() if stop else most
    said = _say().search(text, name_end, min(last, name_end + _VERB_WITHIN))
    return said is not None and not (stop and _is_empty(text, name_end, last))


def find_sayings(text: str, lines: list[Line], names: Iterable[str]) -> list[tuple[int, str]]:
    """Return where somebody of these names, or he or she, says something, and the name, in order."""
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
    end = lines[-1].end
    named = list(pattern.finditer(text, lines[0].start, end))
    sayings = [(match.start(), match.group()) for match in named if says(text, match.end(), end)]
    if not named:
        return sayings
    starts = [match.start() for match in named]
    for he in _pronoun().finditer(text, lines[0].start, end):
        at = bisect_left(starts, he.start())
        before = named[max(0, at - _NEAR) : at]
        if before and _is_first(text, he.start()):
            # Who opened a sentence is meant rather than who is named in it.
            opens = [match for match in before if _opens_sentence(text, match.start())]
            sayings.append((he.start(), (opens or before)[-1].group()))
    return sorted(sayings)


def find_meeting(text: str, start: int, end: int) -> int | None:
    """Return where the meeting as such first says something between `start` and `end`: 会议决定,…"""
    for match in _meeting().finditer(text, start, end):
        at = match.start() - 2 * text.startswith(_these(), max(0, match.start() - 2))
        if _is_first(text, at):
            return at
    return None


def is_of_meeting(text: str, start: int, end: int) -> bool:
    """Return whether a sentence tells what the meeting as such says."""
    return _meeting().match(text, start + 2 * text.startswith(_these(), start), end) is not None


def is_hollow(text: str, start: int, end: int) -> bool:
    """Return whether all that a speech holds is that somebody spoke: …出席会议并讲话。"""
    return _only_ends_in((*_words("remark", "empty"), *_words("remark", "hollow")), text[start:end])


def _is_empty(text: str, start: int, end: int) -> bool:
    """Return whether a sentence without figures only says that somebody spoke: …汇报了有关情况。"""
    return _only_ends_in(_words("remark", "empty"), text[start:end])


def _only_ends_in(words: tuple[str, ...], text: str) -> bool:
    """Return whether a text holds no figures and each of its clauses ends in one of the words."""
    if not text.rstrip(_MARKS).endswith(words) or FIGURE.search(text):
        return False
    return all(clause.rstrip().endswith(words) for clause in _CLAUSE_END.split(text) if clause.strip())


def _is_first(text: str, position: int) -> bool:
    """Return whether a sentence begins at a position; a space may stand before it."""
    while position and text[position - 1] == " ":
        position -= 1
    return not position or text[position - 1] in _MARKS + "”"


def _opens_sentence(text: str, position: int) -> bool:
    """Return whether a name, which its office may stand before, is the first word of a sentence."""
    least = max(0, position - _LONGEST_SENTENCE)
    begin = max(text.rfind(mark, least, position) for mark in _MARKS + "”") + 1
    return not any(mark in text[begin:position] for mark in ",:;")


def _words(group: str, key: str) -> tuple[str, ...]:
    return lexicon.words("reporting", group, key)


def _these() -> tuple[str, ...]:
    return _words("meeting", "this")


@cache
def _say() -> re.Pattern[str]:
    # 工作报告 is no report that somebody makes.
    return re.compile(
        "|".join("(?<!工)作" + word[1:] if word[0] == "作" else word for word in _words("verb", "say"))
    )


@cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(rf"[他她][^,。他她]{{0,6}}?(?:{'|'.join(_words('verb', 'say'))})")


@cache
def _meeting() -> re.Pattern[str]:
    subjects, verbs = ("|".join(_words("meeting", key)) for key in ("subject", "says"))
    takes = "|".join(_words("meeting", "takes_up"))
    says_it = rf"(?:{subjects})(?:还|最后|经研究|研究|一致|听取[^,。]*,)?,?(?:{verbs})"
    return re.compile(rf"{_NUMBER}(?:{subjects})(?:还|首先|随后)?(?:{takes})|(?:{_NUMBER})?{says_it}")
