"""Where a text was published on the web, as its lines say: 原文链接：https://…; nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from jiaozhu import lexicon

_LONGEST = 2000  # characters
#: Chinese marks end an address in running text, and so do brackets and quotation marks.
_URL = re.compile(r"https?://[^\s<>\"'，。；、！？（）《》〈〉「」『』【】〔〕“”‘’|｜]+", re.IGNORECASE)
_LINK = re.compile(r"\]\((https?://[^\s()]+)\)")
_TRAILING = ".,;:!?)]}"


def web_url(text: str) -> str | None:
    """Return `text` if it is the address of a page on the web; None for all else.

    The front page of a site is the address of no text.
    """
    text = text.strip()
    if not 0 < len(text) <= _LONGEST or not text.isprintable() or any(map(str.isspace, text)):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port  # raises ValueError if it is none
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "." not in host.strip("."):
        return None
    return text if parts.path.strip("/") or parts.query or parts.fragment else None


def find_url(front: list[str], end: list[str]) -> str | None:
    """Return the address that a line in front of the text or at its end gives; None if there is none.

    It stands behind a label, on the line below one, or alone.
    """
    lines = [*front, *end]
    for i, line in enumerate(lines):
        if match := _label().search(line):
            value = line[match.end() :].strip() or (lines[i + 1] if i + 1 < len(lines) else "")
            if url := leading_url(value) or _linked(value):
                return url
    alone = {url for line in lines if (url := leading_url(line)) and url == line.strip()}
    return alone.pop() if len(alone) == 1 else None


def _linked(text: str) -> str | None:
    """Return where the first link of Markdown leads to: [澄湾日报](https://…)."""
    match = _LINK.search(text)
    return web_url(match[1]) if match else None


def leading_url(text: str) -> str | None:
    """Return the address of a page on the web that a text begins with, None if there is none."""
    match = _URL.match(text.strip("[（(<《“\"' "))
    return web_url(match[0].rstrip(_TRAILING)) if match else None


@cache
def _label() -> re.Pattern[str]:
    labels: Iterable[str] = (
        word for key in ("url", "publisher") for word in lexicon.words("reading", "label", key)
    )
    return re.compile(
        rf"(?:^|[\s（(【\[*])(?:{'|'.join(map(re.escape, labels))})[\s*]{{0,3}}[：:】\]]+[\s*]*",
        re.IGNORECASE,
    )
