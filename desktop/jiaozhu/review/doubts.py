"""What reading could not make out for certain, as sentences for people."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Doubt
from jiaozhu.reading.content import DATE, ENCODING

_SENTENCES = {
    DATE: _("日期写作“{text}”，请核对。"),
    ENCODING: _("编码按 {text} 读取，不能完全确定，请核对文字。"),
}


def sentence(doubt: Doubt, text: str | None = None) -> str:
    """Return what is in doubt; `text` is what it is called on the screen, if otherwise than in the doubt."""
    return _SENTENCES[doubt.kind].format(text=text or doubt.text)
