"""The reader of plain text."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.reading.cleaning import clean
from jiaozhu.reading.content import Content, ReadError
from jiaozhu.reading.decoding import decode
from jiaozhu.reading.lines import ZERO_WIDTH

#: Larger texts are refused: a speech has 10,000 characters, a year of a province's newspaper ten million.
_LARGEST = 60_000_000  # bytes
_MOST_LINES = 250_000  # or paragraphs inside of lines
_MOST_INVISIBLE = 250_000  # characters; each is reported
_BREAKS = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_GAPS = ("\u3000\u3000", "\t")


def read(data: bytes, source: str, encoding: str | None) -> Content:
    """Return the cleaned text in `data`; raise ReadError if it isn't text in a known encoding."""
    if len(data) > _LARGEST:
        sentence = _("“{name}”有 {size} MB，超过文本文件 {limit} MB 的上限；请拆分成几个文件再导入。")
        size, limit = -(-len(data) // 1_000_000), _LARGEST // 1_000_000
        raise ReadError(sentence.format(name=source, size=size, limit=limit))
    decoded = decode(data, source, encoding)
    text = decoded.text
    if _count_lines(text) > _MOST_LINES:
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


def _count_lines(text: str) -> int:
    """Return how many lines a text may have, those counted that gaps may part; none if it is short."""
    if len(text) <= _MOST_LINES:
        return 0
    lines = sum(map(text.count, _BREAKS)) - text.count("\r\n")
    return max(lines, *map(text.count, _GAPS))
