"""What reading could not make out for certain, as sentences for people."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Doubt
from jiaozhu.reading.content import DATE, ENCODING

_SENTENCES = {
    DATE: _("日期写作“{text}”，不是一个日子；请核对原文，在文档信息中填写。"),
    ENCODING: _("文字编码按 {text} 猜测；如有乱字，请用 --encoding 指明后重新导入。"),
}


def sentence(doubt: Doubt) -> str:
    """Return what is in doubt and the way out."""
    return _SENTENCES[doubt.kind].format(text=doubt.text)
