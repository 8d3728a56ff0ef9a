"""Where a caret stops that goes by words, and what a double click takes. Without Qt."""

from __future__ import annotations

import re

#: A number, a Latin word, a run of Chinese characters, a run of blanks, or one sign.
_WORD = re.compile(
    r"(?P<number>[0-9０-９](?:[0-9０-９]|[,，.．](?=[0-9０-９]))*[%％‰]?)"
    r"|(?P<latin>[A-Za-z]+(?:[0-9.+&'-]+[A-Za-z]*)*)"
    r"|(?P<chinese>[\u3400-\u9fff\U00020000-\U000323af]+)"
    r"|(?P<blank>[^\S\n]+)|(?P<sign>[\s\S])"
)
_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』", "‘": "’"}
#: How far around a place a word is looked for, in characters.
_NEAR = 120


def next_stop(text: str, offset: int) -> int:
    """Return the next place at which a caret going right by words stops."""
    match = _WORD.match(text, offset)
    if match is None:
        return len(text)
    if match.lastgroup == "chinese":
        return min(match.end(), offset + 2)  # Chinese words are mostly two characters long
    return match.end()


def previous_stop(text: str, offset: int) -> int:
    """Return the place at which a caret going left by words stops."""
    begin = max(0, offset - _NEAR)
    last = begin
    for match in _WORD.finditer(text, begin, offset):
        last = match.start()
        if match.lastgroup == "chinese":
            last = max(last, match.end() - 2)
    return last


#: A clause: what stands between two marks. 、 divides too, and no mark inside a number does.
_CLAUSE = re.compile(r"(?:[^\s,，.。;；:：!！?？、]|(?<=[0-9])[,.:](?=[0-9]))+")


def _clauses(text: str, offset: int) -> list[tuple[int, int]]:
    """Return the clauses around an offset, as spans."""
    near = (max(0, offset - _NEAR), min(len(text), offset + _NEAR))
    return [match.span() for match in _CLAUSE.finditer(text, *near)]


def next_clause(text: str, offset: int) -> int:
    """Return where the next clause begins, the same offset if none does near by."""
    return min((start for start, _ in _clauses(text, offset) if start > offset), default=offset)


def previous_clause(text: str, offset: int) -> int:
    """Return where the clause before begins, the same offset if none does near by."""
    return max((start for start, _ in _clauses(text, offset) if start < offset), default=offset)


def next_clause_end(text: str, offset: int) -> int:
    """Return where the next clause ends, the same offset if none does near by."""
    return min((end for _, end in _clauses(text, offset) if end > offset), default=offset)


def previous_clause_end(text: str, offset: int) -> int:
    """Return where the clause before ends, the same offset if none does near by."""
    return max((end for _, end in _clauses(text, offset) if end < offset), default=offset)


def clause_at(text: str, offset: int) -> tuple[int, int]:
    """Return the clause that holds an offset or ends there; empty if none does."""
    found = (span for span in _clauses(text, offset) if span[0] <= offset <= span[1])
    return next(found, (offset, offset))


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span that a double click at a character takes: number with unit, quoted name or word."""
    # The grammar's words are read at the first double click, not when the window opens.
    from jiaozhu.extraction.numbers.quantities import find_quantities
    from jiaozhu.extraction.text import normalise

    begin, end = max(0, offset - _NEAR), min(len(text), offset + _NEAR)
    for quantity in find_quantities(normalise(text[begin:end])):
        if begin + quantity.start <= offset < begin + quantity.end:
            return begin + quantity.start, begin + quantity.end
    match = next((one for one in _WORD.finditer(text, begin, end) if one.end() > offset), None)
    if match is None:
        return offset, offset
    quoted = _quoted(text, offset, begin, end)
    if quoted:
        return quoted
    if match.lastgroup == "chinese":  # two characters: the one pointed at and its neighbour
        first = match.start() + (offset - match.start()) // 2 * 2
        return first, min(first + 2, match.end())
    return match.span()


def _quoted(text: str, offset: int, begin: int, end: int) -> tuple[int, int] | None:
    """Return the innermost pair of marks around the offset, as the span between them."""
    for start in range(offset, begin - 1, -1):
        close = _QUOTES.get(text[start])
        if close:
            stop = text.find(close, start + 1, end)
            return (start + 1, stop) if stop > offset >= start + 1 else None
        if text[start] in "\n。" or (start != offset and text[start] in _QUOTES.values()):
            return None
    return None
