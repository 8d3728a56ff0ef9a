"""Formats that their first bytes give away, whatever the file is called."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaozhu.i18n import gettext as _

_HEAD = 2048  # bytes looked at for the beginning of a page
_MHTML = re.compile(rb"\A(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related")
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
}


class Format(NamedTuple):
    """A format: the suffix its reader is listed under, and its name in sentences."""

    suffix: str
    name: str


def find_format(data: bytes) -> Format | None:
    """Return the format that `data` is certainly in, None if it may be plain text or is unknown."""
    if data.startswith(b"%PDF-"):
        return Format(".pdf", _("PDF 文档"))
    if data.startswith(b"PK\x03\x04"):
        return Format(".docx", _("Word 文档或压缩包"))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Format(".docx-locked", _("有密码保护的 Word 文档"))
        return Format(".doc", _("旧版 Word 文档"))
    if data.startswith(b"{\\rtf"):
        return Format(".rtf", _("RTF 文档"))
    for mark, suffix in _PICTURES.items():
        if data.startswith(mark):
            return Format(suffix, _("图片"))
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or (
        head.startswith((b"<?xml", b"<!--")) and b"<html" in head
    ):
        return Format(".html", _("网页"))
    if _MHTML.search(head):
        return Format(".mhtml", _("网页"))
    return None
