"""The XML of Word documents, as far as it holds text: elements, and what of a paragraph is to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jiaozhu.reading.content import DELETED, FORM, GLOSS, HIDDEN

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: What was deleted or moved away; a reader who accepts all changes doesn't see it.
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
#: What has text, or parts with text, below it.
_TRANSPARENT = frozenset(
    f"{W}{name}"
    for name in (
        *("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent"),
        *("rubyBase", "ruby", "r"),
    )
) | {f"{M}oMath", f"{M}oMathPara"}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the element below `element` that the names lead to, None if it isn't there."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{W}{name}")
    return element


def attribute(element: _Element | None, name: str) -> str:
    """Return an attribute, "" if there is none."""
    return "" if element is None else element.get(f"{W}{name}", "")


def is_on(element: _Element | None) -> bool:
    """Return whether a switch is there and on."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")


def blocks(element: _Element | None) -> Iterator[_Element]:
    """Yield the paragraphs and tables right below an element, out of whatever wraps them."""
    if element is None:
        return
    for item in element.iterchildren(f"{W}*", f"{_MC}*"):
        if item.tag in (f"{W}p", f"{W}tbl"):
            yield item
        elif item.tag == f"{W}sdt":
            yield from blocks(_filled_in(item))
        elif item.tag in _TRANSPARENT:
            yield from blocks(item)
        elif item.tag == f"{_MC}AlternateContent":
            for choice in _alternatives(item):
                yield from blocks(choice)


def pieces(element: _Element | None) -> Iterator[str | _Element]:
    """Yield what a paragraph, or a part of one, is made of, all changes accepted, nothing hidden.

    Text comes as strings; references to notes and the contents of text boxes come as elements.
    """
    if element is None:
        return
    for item in element.iterchildren():
        tag = item.tag
        if tag in (f"{W}t", f"{M}t"):
            yield item.text or ""
        elif tag == f"{W}r" and is_on(child(item, "rPr", "vanish")):
            continue
        elif tag in _TRANSPARENT or (isinstance(tag, str) and tag.startswith(M)):
            yield from pieces(item)
        elif tag in _CHARACTERS:
            yield "\f" if attribute(item, "type") == "page" else _CHARACTERS[tag]
        elif tag == f"{W}sdt":
            yield from pieces(_filled_in(item))
        elif tag == f"{W}sym":
            yield _symbol(item)
        elif tag in _NOTES:
            yield item
        elif tag in _PICTURES:
            yield from text_boxes(item)
        elif tag == f"{_MC}AlternateContent":
            for choice in _alternatives(item):
                yield from pieces(choice)


def text_boxes(element: _Element) -> Iterator[_Element]:
    """Yield the contents of the text boxes in a drawing, but not those of boxes inside of them."""
    for item in element.iterchildren():
        if item.tag == f"{W}txbxContent":
            yield item
        elif item.tag == f"{_MC}AlternateContent":
            for choice in _alternatives(item):
                yield from text_boxes(choice)
        else:
            yield from text_boxes(item)


def is_gone(paragraph: _Element) -> bool:
    """Return whether the end of a paragraph was deleted: what follows goes on with it."""
    marks = child(paragraph, "pPr", "rPr")
    return marks is not None and any(mark.tag in _GONE for mark in marks)


def _filled_in(field: _Element) -> _Element | None:
    """Return the content of a form's field, None if it only says what to write there."""
    return None if is_on(child(field, "sdtPr", "showingPlcHdr")) else child(field, "sdtContent")


def _alternatives(element: _Element) -> list[_Element]:
    """Return the one alternative to be read: the first that has text, for each says the same in its way."""
    choices = list(element.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"))
    return next(([choice] for choice in choices if next(choice.iter(f"{W}t"), None) is not None), [])


def _symbol(element: _Element) -> str:
    try:
        return chr(int(attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return ""


def left_out(element: _Element) -> Iterator[tuple[str, str]]:
    """Yield the texts below an element that a reader who accepts all changes doesn't see, and why.

    What was moved away is not among them: it stands elsewhere.
    """
    for item in element.iterchildren():
        if not isinstance(item.tag, str):
            continue
        reason = _reason(item)
        if reason is None:
            if item.tag not in _GONE and item.tag != f"{_MC}Fallback":
                yield from left_out(item)
        elif text := "".join(part.text or "" for part in item.iter(f"{W}t", f"{W}delText")).strip():
            yield text, reason


def _reason(item: _Element) -> str | None:
    """Return why the text of an element isn't read, None if it is, or if some of it may be."""
    tag = item.tag
    if tag == f"{W}del":
        return DELETED
    if tag == f"{W}tr" and child(item, "trPr", "del") is not None:
        return DELETED
    if tag == f"{W}tc" and child(item, "tcPr", "cellDel") is not None:
        return DELETED
    if tag == f"{W}r" and is_on(child(item, "rPr", "vanish")):
        return HIDDEN
    if tag == f"{W}rt":
        return GLOSS
    if tag == f"{W}sdt" and is_on(child(item, "sdtPr", "showingPlcHdr")):
        return FORM
    return None
