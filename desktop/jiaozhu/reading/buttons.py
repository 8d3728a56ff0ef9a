"""The buttons of the page that a text was copied from: 【字号：大 中 小】 打印 收藏."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu import lexicon
from jiaozhu.reading.lines import Line, is_address

_LONGEST = 40  # characters of a line of buttons
_ABOVE, _BELOW = 40, 8  # lines looked at above and below the text
_LEAST = 3  # different buttons that stand together, or …
_LEAST_LONG, _LONG = 2, 4  # … two of this many characters, which are no words of a text
_BODY = 60  # characters of a line that is no longer above the text


def find_buttons(lines: list[Line]) -> set[int]:
    """Return the indices of the lines above and below the text that hold nothing but buttons.

    One word by itself may be part of the text; buttons come several together.
    """
    body = next(
        (i for i, line in enumerate(lines[:_ABOVE]) if len(line.text) >= _BODY or is_address(line.text)),
        _ABOVE,
    )
    found: set[int] = set()
    run: list[int] = []
    words: set[str] = set()
    places = [*range(min(body, len(lines))), *range(max(body, len(lines) - _BELOW), len(lines))]
    for i, before in zip([*places, -1], [-1, *places], strict=True):
        own = _words(lines[i].text) if i >= 0 else None
        if own is None or i != before + 1:
            if len(words) >= _LEAST or sum(len(word) >= _LONG for word in words) >= _LEAST_LONG:
                found.update(run)
            run, words = [], set()
        if own is not None:
            run.append(i)
            words |= own
    return found


def _words(text: str) -> set[str] | None:
    """Return the buttons that a line is made of; None if there is anything else in it."""
    if len(text) > _LONGEST or not _buttons().fullmatch(text):
        return None
    return set(_button().findall(text))


@cache
def _button() -> re.Pattern[str]:
    words = sorted(lexicon.words("reading", "viewer", "button"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(rf"(?:{_button().pattern}|[\s\[\]【】［］（）()：:|｜/、，,>]){{1,40}}")
