"""The numbers that Word puts before paragraphs by itself: 一、（二）3. — they stand nowhere in its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from jiaozhu.reading.wordml import W, attribute, child, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHINESE = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_SYMBOLS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVELS = 9
_BULLET = "•"


def write_number(number: int, form: str) -> str:
    """Return a number in one of Word's forms (ECMA-376, 17.18.59); in figures if it is another one."""
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    ):
        return _counted(number, _CHINESE, "十百千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return _counted(number, _FORMAL, "拾佰仟", one_ten=True)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_CHINESE[int(digit)] for digit in str(number))
    if form in _SYMBOLS and 0 < number <= len(_SYMBOLS[form]):
        return _SYMBOLS[form][number - 1]
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "decimalZero":
        return f"{number:02}"
    if form.startswith("decimalFullWidth"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    return "" if form == "none" else str(number)


def _counted(number: int, digits: str, powers: str, *, one_ten: bool = False) -> str:
    """Return a number below 10,000 in Chinese: 十二, 一百〇三; `one_ten` writes 一十二."""
    if not 0 < number < 10_000:
        return str(number)
    written = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += digits[digit] + (powers[power - 1] if power else "")
        elif written and not written.endswith(digits[0]):
            written += digits[0]
    written = written.rstrip(digits[0])
    return written[1:] if not one_ten and 10 <= number < 20 else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


@dataclass(slots=True)
class _Level:
    """One level of a list: how its numbers are written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""  # %1 is the number of the first level
    is_decimal: bool = False  # all numbers in figures
    restarts_after: int | None = None  # a level, from 1; 0: never; None: any above
    style: str = ""  # of the paragraphs that are numbered by having it


class Numbering:
    """Gives each numbered paragraph its label, in the order of the document."""

    def __init__(self, part: _Element | None) -> None:
        self._levels: dict[str, list[_Level]] = {}  # by number of the list
        self._family: dict[str, str] = {}  # lists that count together
        self._counts: dict[str, list[int | None]] = {}
        self._fresh: dict[str, dict[int, int]] = {}  # where a list begins anew
        if part is not None:
            self._read(part)

    def _read(self, part: _Element) -> None:
        abstract = {attribute(item, "abstractNumId"): item for item in part.iterchildren(f"{W}abstractNum")}
        styled = {attribute(child(item, "styleLink"), "val"): name for name, item in abstract.items()}
        for num in part.iterchildren(f"{W}num"):
            name, family = attribute(num, "numId"), attribute(child(num, "abstractNumId"), "val")
            link = attribute(child(abstract.get(family), "numStyleLink"), "val")
            family = styled.get(link, family) if link else family
            levels = list(_read_levels(abstract.get(family)))
            levels += [_Level(form="none")] * (_LEVELS - len(levels))
            for override in num.iterchildren(f"{W}lvlOverride"):
                at = _number(attribute(override, "ilvl"), 0)
                if not 0 <= at < _LEVELS:
                    continue
                if (own := child(override, "lvl")) is not None:
                    levels[at] = _read_level(own)
                if (start := child(override, "startOverride")) is not None:
                    self._fresh.setdefault(name, {})[at] = _number(attribute(start, "val"), 1)
            self._levels[name] = levels
            self._family[name] = family

    def level_of(self, name: str, style: str) -> int:
        """Return the level of a list that the paragraphs of a style have."""
        levels = self._levels.get(name, [])
        return next((i for i, level in enumerate(levels) if style and level.style == style), 0)

    def label(self, name: str, at: int) -> str:
        """Return the label of the next paragraph of a list at a level (from 0), "" if there is none."""
        levels = self._levels.get(name)
        if levels is None or not 0 <= at < _LEVELS:
            return ""
        counts = self._counts.setdefault(self._family[name], [None] * _LEVELS)
        for level, start in self._fresh.pop(name, {}).items():
            counts[level] = start - 1
        count = counts[at]
        counts[at] = levels[at].start if count is None else count + 1
        for below in range(at + 1, _LEVELS):
            after = levels[below].restarts_after
            if after is None or (after and at < after):
                counts[below] = None
        return self._write(levels, counts, at)

    def _write(self, levels: list[_Level], counts: list[int | None], at: int) -> str:
        level = levels[at]
        if level.form == "bullet":
            return _BULLET
        label = level.text
        for i in range(at + 1):
            count = counts[i]
            number = levels[i].start if count is None else count
            form = "decimal" if level.is_decimal else levels[i].form
            label = label.replace(f"%{i + 1}", write_number(number, form))
        return label.strip()


def _read_levels(abstract: _Element | None) -> Iterator[_Level]:
    if abstract is not None:
        yield from map(_read_level, islice(abstract.iterchildren(f"{W}lvl"), _LEVELS))


def _read_level(element: _Element) -> _Level:
    restart = child(element, "lvlRestart")
    form = child(element, "numFmt")
    return _Level(
        start=_number(attribute(child(element, "start"), "val"), 1),
        form=attribute(form, "val") or "decimal",
        text=attribute(child(element, "lvlText"), "val"),
        is_decimal=is_on(child(element, "isLgl")),
        restarts_after=None if restart is None else _number(attribute(restart, "val"), 0),
        style=attribute(child(element, "pStyle"), "val"),
    )


def _number(text: str, default: int) -> int:
    try:
        return max(-1, min(int(text), 1_000_000))
    except ValueError:
        return default
