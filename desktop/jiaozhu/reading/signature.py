"""Formats that their first bytes give away, whatever the file is called."""

from __future__ import annotations

from typing import NamedTuple

from jiaozhu.i18n import gettext as _


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
        return Format(".doc", _("旧版 Word 文档"))
    if data.startswith(b"{\\rtf"):
        return Format(".rtf", _("RTF 文档"))
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return Format(".html", _("网页"))
    return None
