"""The reader of plain text."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import Content, ReadError
from jiaozhu.reading.decoding import decode
from jiaozhu.reading.lines import ZERO_WIDTH

#: Larger texts are refused: a speech has 10,000 characters, a year of a province's newspaper ten million.
_LARGEST = 60_000_000  # bytes
_MOST_LINES = 400_000
_MOST_INVISIBLE = 400_000  # characters; each is reported


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the cleaned text in `data`; raise ReadError if it isn't text in a known encoding."""
    if len(data) > _LARGEST:
        sentence = _("“{name}”有 {size} MB，超过文本文件 {limit} MB 的上限；请拆分成几个文件再导入。")
        size, limit = -(-len(data) // 1_000_000), _LARGEST // 1_000_000
        raise ReadError(sentence.format(name=source, size=size, limit=limit))
    decoded = decode(data, source, encoding)
    text = decoded.text
    if text.count("\n") + text.count("\r") > 2 * _MOST_LINES:
        sentence = _("“{name}”超过 {limit} 行，没有读取；请拆分成几个文件再导入。")
        raise ReadError(sentence.format(name=source, limit=_MOST_LINES))
    if len(text) > _MOST_INVISIBLE and sum(map(text.count, ZERO_WIDTH)) > _MOST_INVISIBLE:
        sentence = _("“{name}”的不可见字符超过 {limit} 个，没有读取；请用原来的程序另存为纯文本，再导入。")
        raise ReadError(sentence.format(name=source, limit=_MOST_INVISIBLE))
    cleaned = clean(text)
    return Content(
        text=cleaned.text,
        encoding=decoded.encoding,
        source_map=cleaned.source_map,
        dropped=tuple(cleaned.dropped),
        doubts=decoded.doubts(),
    )
