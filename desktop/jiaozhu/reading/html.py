"""The reader of saved web pages: the article with its title and imprint, nothing else of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Dropped
from jiaozhu.reading import webpage
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import BESIDE, Content, EncodingError, ReadError
from jiaozhu.reading.decoding import Decoded, decode, larger
from jiaozhu.reading.metadata import is_byline, is_imprint
from jiaozhu.reading.plausibility import PLAUSIBLE, plausibility
from jiaozhu.reading.rendering import find_lines, render

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARK = "\ufdd1"  # stands before title and body in the text of a page; no text has this code
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\s[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD = 4096  # bytes in which a page declares its encoding


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the article of a web page; raise ReadError if it can't be decoded or taken apart."""
    decoded, is_whole = _decode(data, source, encoding)
    page = _parse(decoded.text, source)
    if page is not None and webpage.wraps_at_spaces(page):
        page = _parse(decoded.text.replace("\n", " "), source)
    if page is None:
        return Content(text="")
    places = webpage.Places(page)
    title, shown = webpage.find_title(page, places)
    parts = webpage.find_body(page, places, shown)
    dropped: list[Dropped] = []
    heading = _heading(page, shown, parts)
    cleaned = clean("\n".join([*heading, *(render(part, dropped=dropped) for part in parts)]))
    if not is_whole and "\ufffd" in cleaned.text:
        sentence = _("“{name}”的正文里有损坏的文字；请用 --encoding 指明编码，或在浏览器中打开并重新保存。")
        raise EncodingError(sentence.format(name=source))
    return Content(
        text=cleaned.text,
        title=title,
        name=webpage.find_name(page),
        publisher=webpage.find_publisher(page, places),
        published=webpage.find_published(page, places, decoded.text),
        url=webpage.find_url(page, decoded.text),
        dropped=(
            *(replace(item, source_start=None, source_end=None) for item in cleaned.dropped),
            *dropped,
            *_beside(page, parts, heading),
        ),
        doubts=decoded.doubts(),
    )


def _decode(data: bytes, source: str, asked: str | None) -> tuple[Decoded, bool]:
    """Return the page as text, in the encoding asked for, else as declared, else as it looks.

    What is declared counts only if the text is plausible then: templates of pages declare what they like.
    With it comes whether all of it could be decoded; U+FFFD stands for what couldn't.
    """
    if asked is not None:
        return decode(data, source, asked), True
    match = _DECLARED.search(data, 0, _HEAD)
    declared = larger(match[1].decode("ascii")) if match else None
    found: list[Decoded] = []
    for encoding in (declared, None) if declared else (None,):
        try:
            found.append(decode(data, source, encoding))
        except ReadError:
            continue
        if plausibility(found[-1].text) >= PLAUSIBLE:
            return found[-1], True
    if found:
        return found[0]._replace(is_certain=False), True
    replaced = data.decode(declared or "utf-8", "replace")
    return Decoded(replaced, declared or "utf-8", is_certain=declared is not None), False


def _parse(text: str, source: str) -> HtmlElement | None:
    """Return the page as a tree; None if there is nothing in it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        sentence = _("“{name}”的网页结构嵌套太深，没有读取；请在浏览器中打开，把正文复制到文本文件，再导入。")
        raise ReadError(sentence.format(name=source))
    return page


def _heading(page: HtmlElement, title: HtmlElement | None, parts: list[HtmlElement]) -> list[str]:
    """Return the title and the lines between it and the article that tell speaker, publisher and day."""
    if title is None or any(part is title or part in title.iterancestors() for part in parts):
        return []
    _before, *marked = render(page, [title, parts[0]], _MARK).split(_MARK)
    if len(marked) != 2 or not marked[0].strip():
        return []
    shown = render(title)
    between = marked[0].strip()
    lines = between.removeprefix(shown).split("\n")
    kept = [shown]
    is_label = False  # the value is on the next line
    for line in filter(None, map(str.strip, lines)):
        if line != shown and (is_label or is_imprint(line) or is_byline(line)):
            kept.append(line)
            is_label = line[-1] in ":："
        else:
            is_label = False
    return kept


def _beside(page: HtmlElement, parts: list[HtmlElement], heading: list[str]) -> Iterator[Dropped]:
    """Yield the lines of a page around its article, but for those that came before it as `heading`."""
    kept = "".join("".join(heading).split())
    for line in find_lines(page, parts):
        words = "".join(line.split())
        if words in kept:
            kept = kept.replace(words, "", 1)
        else:
            yield Dropped(line, BESIDE)
