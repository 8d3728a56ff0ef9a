"""The parts of a web page: where its article stands, and what it says about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from jiaozhu import lexicon
from jiaozhu.reading.dates import find_days
from jiaozhu.reading.urls import web_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_TEXT = 40  # characters of an article
_SHARE = 0.3  # of the longest part: parts of an article that have the same class are not much shorter
_TITLE_LENGTHS = range(4, 121)
_MOST = 0.9  # of the text that is found: the element that holds so much of it holds the article
_HOLDERS = frozenset(
    {"div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "form", "blockquote"}
)
_LONGEST_FOOT = 400  # characters
_LEAST_NODE = 6  # characters of a text node that tell where it comes from

_OFFICE = re.compile("^(?:Libre|Open)Office")
_BEFORE_SITE = re.compile(r"\s*[_|｜]\s*|\s*[-–—]+\s*(?=[^-–—]*$)")

_BEIJING = timezone(timedelta(hours=8))
#: WeChat writes the publication into a script: seconds since 1970, or a date.
_WECHAT_SECONDS = re.compile(r"""\bct\s*=\s*["'](\d{10})["']""")
_WECHAT_DATE = re.compile(r"""\b(?:publish_time|createTime|create_time)\s*[=:]\s*["'](\d{4}-\d\d?-\d\d?)""")
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d?-\d\d?)')

#: What browsers and their extensions write at the head of a page that they save, and WeChat into a script.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(\S{1,3000})\s*-->")
_SAVED_BY = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,3000})")
_WECHAT_LINK = re.compile(r"""\bmsg_link\s*=\s*["']([^"'\s]{1,3000})["']""")
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(/))")
_HEAD = 20_000  # characters in which a page says where it was saved from


class Places:
    """The elements of a page by their ids, as #id, and by the words of their classes, as .class."""

    def __init__(self, page: HtmlElement) -> None:
        self._found: dict[str, list[HtmlElement]] = defaultdict(list)
        for element in page.iter():
            if name := element.get("id"):
                self._found[f"#{name}"].append(element)
            for name in dict.fromkeys(element.get("class", "").split()):
                self._found[f".{name}"].append(element)

    def at(self, place: str) -> list[HtmlElement]:
        """Return the elements of a place, in the order of the page."""
        return self._found.get(place, [])


def find_body(page: HtmlElement, places: Places, title: HtmlElement | None) -> list[HtmlElement]:
    """Return the elements that hold the article, in the order of the page; `title` shows its title."""
    for place in lexicon.words("webpages", "body", "shown"):
        found = [(element, _length(element)) for element in places.at(place)]
        longest = max((length for _, length in found), default=0)
        if longest < _LEAST_TEXT:
            continue
        parts = [element for element, length in found if length >= max(_LEAST_TEXT, _SHARE * longest)]
        return [part for part in parts if not any(other in part.iterancestors() for other in parts)]
    return _without_edges(_where_text_is(page), title)


def find_title(page: HtmlElement, places: Places) -> tuple[str | None, HtmlElement | None]:
    """Return the title and the element that shows it.

    It is shown in a place that is known for it, or by a heading, or else any element, that says what the
    page calls itself.
    """
    for element in _elements(places, "title"):
        if len(text := _text(element)) in _TITLE_LENGTHS:
            return text, element
    names = [name for name in (*_meta(page, "title"), *_window_titles(page)) if len(name) in _TITLE_LENGTHS]
    headings = [(element, _text(element)) for tag in ("h1", "h2", "h3") for element in page.iter(tag)]
    leaves = [
        (element, " ".join((element.text or "").split())) for element in page.iter() if element.tag != "title"
    ]
    for name in names:
        for element, text in (*headings, *leaves):
            if text.startswith(name) and len(text) in _TITLE_LENGTHS:
                return text, element
    first = [
        (element, text) for element, text in headings if element.tag == "h1" and len(text) in _TITLE_LENGTHS
    ]
    if len(first) == 1:
        return first[0][1], first[0][0]
    return next(_meta(page, "title"), None), None


def wraps_at_spaces(page: HtmlElement) -> bool:
    """Return whether the program that wrote a page breaks lines where a space is meant.

    Others break them anywhere, and between Chinese characters that means nothing.
    """
    return any(
        element.get("name", "").lower() == "generator" and _OFFICE.search(element.get("content", ""))
        for element in page.iter("meta")
    )


def find_name(page: HtmlElement) -> str | None:
    """Return the title of the window without the name of the site."""
    return next(_window_titles(page), None)


def find_publisher(page: HtmlElement, places: Places) -> str | None:
    """Return who published the page, as it says where no reader looks."""
    value = next(_values(page, places, "publisher"), None)
    return re.split("[:：]", value)[-1].strip() or None if value else None


def find_published(page: HtmlElement, places: Places, source: str) -> str | None:
    """Return the day of publication as ISO; `source` is the page's text with its scripts."""
    for value in _values(page, places, "published"):
        if day := next((iso for day in find_days(value) if (iso := day.iso())), None):
            return day
    if match := _WECHAT_SECONDS.search(source):
        return datetime.fromtimestamp(int(match[1]), UTC).astimezone(_BEIJING).date().isoformat()
    match = _WECHAT_DATE.search(source) or _LINKED_DATE.search(source)
    return next((day.iso() for day in find_days(match[1])), None) if match else None


def find_url(page: HtmlElement, source: str) -> str | None:
    """Return where the page was published, as it says; `source` is its text with scripts and comments."""
    saved = [match[1] for mark in (_SAVED_FROM, _SAVED_BY) if (match := mark.search(source, 0, _HEAD))]
    links = [
        urljoin(saved[0] if saved else "", element.get("href", "").strip())
        for element in page.iter("link")
        if "canonical" in element.get("rel", "").lower().split()
    ]
    sent = [unescape(_ESCAPED.sub(_unescaped, match[1])) for match in [_WECHAT_LINK.search(source)] if match]
    return next(
        (url for link in (*links, *_meta(page, "url"), *sent, *saved) if (url := web_url(link))), None
    )


def _unescaped(match: re.Match[str]) -> str:
    """Return the character of an escape in a script: \\x26, \\u0026, a slash."""
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else "/"


def _window_titles(page: HtmlElement) -> Iterator[str]:
    """Yield the title of the window, first without what may be the name of the site behind it."""
    element = page.find(".//title")
    title = "" if element is None else _text(element)
    for name in _BEFORE_SITE.split(title, maxsplit=1)[0].strip(), title:
        if name:
            yield name


def _values(page: HtmlElement, places: Places, part: str) -> Iterator[str]:
    yield from filter(None, map(_text, _elements(places, part)))
    yield from _meta(page, part)


def _elements(places: Places, part: str) -> Iterator[HtmlElement]:
    """Yield the elements that may show a part of the page."""
    for place in lexicon.words("webpages", part, "shown"):
        yield from places.at(place)


def _meta(page: HtmlElement, part: str) -> Iterator[str]:
    """Yield what meta elements say about a part of the page."""
    said: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        if content := " ".join(element.get("content", "").split()):
            said.setdefault(name.lower(), content)
    for name in lexicon.words("webpages", part, "meta"):
        if name.lower() in said:
            yield said[name.lower()]


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _length(element: HtmlElement) -> int:
    """Return how many characters an element holds that are no part of scripts and links."""
    return sum(
        len(text.strip())
        for text in element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::a)]")
    )


def _where_text_is(page: HtmlElement) -> HtmlElement:
    """Return the smallest element that holds (nearly) all that trafilatura takes for the article.

    What it leaves out between paragraphs, such as short lines, is so kept.
    """
    body = page.find("body")
    body = page if body is None else body
    found = _extract(page)
    if not found:
        return body
    held: dict[HtmlElement, int] = {}
    for element in body.iter():
        for node, holder in (element.text, element), (element.tail, element.getparent()):
            text = "".join((node or "").split())
            if len(text) >= _LEAST_NODE and text in found and holder is not None:
                held[holder] = held.get(holder, 0) + len(text)
    for element in reversed(list(body.iter())):  # what is inside comes behind
        parent = element.getparent()
        if element is not body and parent is not None and element in held:
            held[parent] = held.get(parent, 0) + held[element]
    place = body
    least = max(1, _MOST * held.get(body, 0))
    child: HtmlElement | None = body
    while child is not None:
        place = child
        child = next((item for item in place if held.get(item, 0) >= least and item.tag in _HOLDERS), None)
    return place


def _without_edges(place: HtmlElement, title: HtmlElement | None) -> list[HtmlElement]:
    """Return the parts of a place from that with the title on, without what stands at its foot."""
    children = list(place)
    loose = [place.text, *(child.tail for child in children)]
    if any(text and text.strip() for text in loose):
        return [place]
    above = {place} if title is None else {title, *title.iterancestors()}
    first = next((i for i, child in enumerate(children) if child in above), 0)
    last = len(children)
    while last > first + 1 and _is_foot(children[last - 1]):
        last -= 1
    return children[first:last] if first or last < len(children) else [place]


def _is_foot(element: HtmlElement) -> bool:
    """Return whether an element below an article is no part of it: links, words of a foot, or nothing."""
    text = _text(element)
    if len(text) > _LONGEST_FOOT:
        return False
    linked = sum(len(_text(link)) for link in element.iter("a"))
    return (
        not text
        or 2 * linked > len(text)
        or any(word in text for word in lexicon.words("webpages", "foot", "words"))
    )


def _extract(page: HtmlElement) -> str:
    """Return the article as trafilatura sees it, without white space; "" if it sees none."""
    import socket

    had = socket.has_ipv6
    socket.has_ipv6 = False  # urllib3, which nothing here uses, would open a socket to find out
    try:
        from trafilatura import bare_extraction
    finally:
        socket.has_ipv6 = had
    for precisely in True, False:
        try:
            found = bare_extraction(
                deepcopy(page), favor_precision=precisely, include_comments=False, with_metadata=False
            )
        except RecursionError:
            return ""
        text = "".join((getattr(found, "text", None) or "").split())
        if len(text) >= _LEAST_TEXT:
            return text
    return ""
