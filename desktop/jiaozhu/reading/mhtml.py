"""The reader of web pages that a browser saved as one file (.mht, .mhtml)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiaozhu.i18n import gettext as _
from jiaozhu.reading import html
from jiaozhu.reading.content import Content, ReadError
from jiaozhu.reading.urls import web_url

if TYPE_CHECKING:
    from email.message import Message

_MOST_PARTS = 10_000


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the article of the page in the file; raise ReadError if there is no page in it."""
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        message = message_from_bytes(data)
        page = _find_page(message)
        body = page.get_payload(decode=True) if page else None
    except (MessageError, ValueError, LookupError):
        page = body = None
    if page is None or not isinstance(body, bytes):
        sentence = _("“{name}”里没有网页（文件不完整，或不是浏览器保存的）；请在浏览器中重新保存，再导入。")
        raise ReadError(sentence.format(name=source))
    content = html.read(body, source, encoding or page.get_content_charset())
    return replace(content, url=content.url or _find_url(message, page))


def _find_url(message: Message, page: Message) -> str | None:
    """Return where the browser found the page."""
    places = message.get("Snapshot-Content-Location"), page.get("Content-Location")
    return next((url for place in places if (url := web_url("".join(str(place or "").split())))), None)


def _find_page(message: Message) -> Message | None:
    """Return the part that holds the page: the one named as the start, else the first of its kind."""
    start = message.get_param("start")
    pages: list[Message] = []
    for i, part in enumerate(message.walk()):
        if i > _MOST_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if start and part.get("Content-ID") == start:
                return part
            pages.append(part)
    return pages[0] if pages else None
