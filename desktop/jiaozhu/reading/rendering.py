"""The text of a web page as a browser would set it: a paragraph a line, a row of a table a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from jiaozhu import lexicon
from jiaozhu.model import Dropped
from jiaozhu.reading.content import (
    BESIDE,
    DELETED,
    FORM,
    GLOSS,
    HIDDEN,
    NOTE_MARK,
    RUNNING_HEAD,
    VIEWER_BUTTON,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CELLS = frozenset({"td", "th"})
_RAISING = frozenset({"a", "sup"})
_NOTE_LINK = re.compile(r"^#.|#.{0,9}(?:ftn|note)")
_NOTE_MARK = re.compile(r"\s*[\[〔［(（]?\s*(?:\d{1,3}|[a-z*＊†①-⑳])\s*[\]〕］)）]?\s*")
_HEADS = ("header", "footer")  # what LibreOffice calls them in pages that it writes
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BROKEN = "\v"  # white space with a line break in it; between Chinese characters that is nothing
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…]"
_ANY = re.compile(f"[ {_BROKEN}]*{_BROKEN}[ {_BROKEN}]*")
_NOTHING = re.compile(rf"(?<={_WIDE})[ ]*{_BROKEN}[ {_BROKEN}]*(?={_WIDE})")


def render(
    element: HtmlElement,
    marked: Collection[HtmlElement] = (),
    mark: str = "",
    dropped: list[Dropped] | None = None,
) -> str:
    """Return the text of an element; before each of the `marked` ones inside of it stands the `mark`.

    What is left out of it, apart from code, is added to `dropped`.
    """
    from lxml.etree import iterwalk

    blocks = _blocks()
    buffers: list[list[str]] = [[]]  # of the page, and of the rows and cells that are open
    rows: list[list[str]] = []  # cells of the rows that are open
    preformatted = 0
    walk = iterwalk(element, events=("start", "end"))
    skipped = None
    for event, item in walk:
        tag = item.tag
        if event == "start":
            if item in marked:
                buffers[-1].append(mark)
            reason = None if item is element else _reason(item)
            if reason is None and tag in _RAISING and _is_note_mark(item) and not _begins_line(buffers[-1]):
                reason = NOTE_MARK
            if reason is not None:
                skipped = item
                walk.skip_subtree()
                if reason and dropped is not None:
                    dropped += (Dropped(line, reason) for line in find_lines(item))
                continue
            preformatted += tag == "pre"
            if tag == "tr":
                rows.append([])
            if tag == "tr" or tag in _CELLS:
                buffers.append([])
            elif tag in blocks or tag == "br":
                buffers[-1].append("\n")
            _put(buffers[-1], item.text, preformatted)
            continue
        if item is not skipped:
            preformatted -= tag == "pre"
            if tag in _CELLS:
                cell = _set("".join(buffers.pop())).strip(" ")
                parent = item.getparent()
                in_row = item is not element and parent is not None and parent.tag == "tr"
                if in_row:
                    rows[-1].append(cell)
                else:
                    buffers[-1].append(f"\n{cell}\n")
            elif tag == "tr":
                loose = "".join(buffers.pop())
                buffers[-1].append(f"\n{_row(rows.pop())}\n{loose}")
            elif tag in blocks:
                buffers[-1].append("\n")
        if item is not element:
            _put(buffers[-1], item.tail, preformatted)
    return _set("".join(buffers[0]))


def find_lines(element: HtmlElement, without: Collection[HtmlElement] = ()) -> Iterator[str]:
    """Yield all that is written in an element, seen or not, but code and what stands in `without`."""
    from lxml.etree import iterwalk

    blocks, code, left_out = _blocks(), _left_out(), frozenset(without)
    buffer: list[str] = []
    walk = iterwalk(element, events=("start", "end"))
    for event, item in walk:
        is_block = item.tag in blocks or item.tag == "br"
        buffer.append("\n" * is_block)
        if event == "start":
            if item in left_out or code.get(item.tag) == "":
                walk.skip_subtree()
            else:
                buffer.append(_flat(item.text))
        elif item is not element:
            buffer.append(_flat(item.tail))
    yield from filter(None, map(str.strip, "".join(buffer).split("\n")))


def _flat(text: str | None) -> str:
    """Return text without line breaks."""
    return _SPACE.sub(" ", text or "")


def _reason(item: HtmlElement) -> str | None:
    """Return why an element is no part of a text, "" for code; None if it is one."""
    if item.tag in _left_out():
        return _left_out()[item.tag]
    if item.get("hidden") is not None or _HIDDEN.search(item.get("style", "")):
        return HIDDEN
    if item.tag == "div" and item.get("title") in _HEADS:
        return RUNNING_HEAD
    return None if _furniture().isdisjoint(item.get("class", "").split()) else VIEWER_BUTTON


def _is_note_mark(item: HtmlElement) -> bool:
    """Return whether an element is the mark of a note: a number, or a sign, with a link inside the page."""
    links = [item] if item.tag == "a" else item.findall(".//a")
    if not any(_NOTE_LINK.search(link.get("href", "")) for link in links):
        return False
    return _NOTE_MARK.fullmatch("".join(item.itertext())) is not None


def _begins_line(buffer: list[str]) -> bool:
    """Return whether nothing stands on the line so far, as before the mark of a note at the note itself."""
    for piece in reversed(buffer):
        line = piece.rpartition("\n")[2]
        if line.strip():
            return False
        if "\n" in piece:
            return True
    return True


@cache
def _left_out() -> dict[str, str]:
    reasons = {"code": "", "form": FORM, "beside": BESIDE, "gloss": GLOSS, "deleted": DELETED}
    return {
        tag: reason for key, reason in reasons.items() for tag in lexicon.words("webpages", "elements", key)
    }


@cache
def _blocks() -> frozenset[str]:
    return frozenset(lexicon.words("webpages", "elements", "blocks"))


@cache
def _furniture() -> frozenset[str]:
    return frozenset(place[1:] for place in lexicon.words("webpages", "furniture", "shown"))


def _put(buffer: list[str], text: str | None, preformatted: int) -> None:
    if text:
        buffer.append(text if preformatted else _SPACE.sub(_collapse, text))


def _collapse(space: re.Match[str]) -> str:
    return _BROKEN if "\n" in space[0] or "\r" in space[0] else " "


def _set(text: str) -> str:
    """Return text with its white space settled, without blank lines."""
    lines = (_ANY.sub(" ", _NOTHING.sub("", line)).rstrip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _row(cells: list[str]) -> str:
    """Return the cells of a row as one line; as lines of their own where a cell has several."""
    if any("\n" in cell for cell in cells):
        return "\n".join(cells)
    return "\t".join(cells)
