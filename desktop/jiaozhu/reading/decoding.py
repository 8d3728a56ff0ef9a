"""Bytes to text: which encoding they are in, and an error rather than a doubtful guess.

The encoding that is returned gives the source back exactly: ``data.decode(encoding)`` is the text, with
its byte order mark if it has one.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from itertools import islice

from jiaozhu import lexicon
from jiaozhu.i18n import gettext as _
from jiaozhu.reading.content import ReadError

#: Byte order marks, the longer first: that of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Tried in this order on bytes that aren't UTF-8; the most plausible wins, of equals the first.
_CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_WIDE_CANDIDATES = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

#: The share of common characters in text that was decoded rightly is 0.6 to 0.95 from 100 characters on and
#: hardly ever below 0.3 in a dozen; in text decoded wrongly it stays below 0.15 (measured on work reports in
#: simplified and traditional characters).
_PLAUSIBLE = 0.3
_SAMPLE = 2000  # characters judged
_GUESS_SAMPLE = 50_000  # bytes that charset-normalizer gets to see
_PREVIEW = 24  # characters that show whether a guess is right
_DAMAGED = 0.02  # the share of characters beyond repair that still leaves an encoding recognisable

#: A standard that a larger one contains is read as the larger one, as browsers do.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "utf-8-sig": "utf-8"}

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def larger(encoding: str) -> str | None:
    """Return the name under which an encoding is read; None if there is no such encoding."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    return _LARGER.get(name, name)


def decode(data: bytes, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text in `data` and the name of its encoding.

    Raises ReadError, naming `source`, if the bytes aren't text, if they aren't in the encoding that was asked
    for, or if it is doubtful which one they are in.
    """
    if encoding is not None:
        text, name = _decode_as(data, source, encoding)
    elif mark := next((name for mark, name in _MARKS if data.startswith(mark)), None):
        text, name = _decode_as(data, source, mark)
    else:
        text, name = _detect(data, source)
    if _is_binary(text):
        raise _not_text(source)
    return text, name


def _decode_as(data: bytes, source: str, encoding: str) -> tuple[str, str]:
    """Decode strictly, with an encoding that is certain."""
    try:
        name = codecs.lookup(encoding).name
        name = _LARGER.get(name, name)
        if name in ("utf-16", "utf-32"):  # these need a mark; without one, little end first as Windows writes
            name += "-be" if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) else "-le"
        text = data.decode(name)
        text.encode("utf-8")  # some codecs let halves of surrogate pairs through, which nothing can store
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            _(
                "“{name}”不能按 {encoding} 解码：第 {line} 行有无法识别的字节；"
                "请用 --encoding 换一种编码，或用原来的程序另存为 UTF-8。"
            ).format(name=source, encoding=encoding, line=line)
        ) from None
    except (LookupError, ValueError):
        raise ReadError(
            _(
                "读取“{name}”时不认识编码“{encoding}”；"
                "可以用 utf-8、gb18030、big5、utf-16 等，或省略以自动识别。"
            ).format(name=source, encoding=encoding)
        ) from None
    return text, name


def _detect(data: bytes, source: str) -> tuple[str, str]:
    """Decode bytes that have no byte order mark and come without a word about their encoding."""
    has_nul = b"\0" in data
    if not has_nul:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    text, name, likely = _most_plausible(data, _WIDE_CANDIDATES if has_nul else _CANDIDATES)
    if likely >= _PLAUSIBLE:
        return text, name
    if has_nul:
        raise _not_text(source)
    if damaged := _damage(data):
        raise ReadError(
            _(
                "“{name}”看来是 {encoding} 编码，但第 {line} 行有损坏的字节；"
                "请用原来的程序重新另存为 UTF-8，再导入。"
            ).format(name=source, encoding=damaged[0], line=damaged[1])
        )
    guess = _guess(data)
    text, name, likely = _most_plausible(data, guess)
    if likely >= _PLAUSIBLE and not text.isascii():
        return text, name
    if not guess:
        sentence = _(
            "无法确定“{name}”的文字编码（也许是二进制文件）；请用 --encoding 指明，例如 --encoding gb18030。"
        )
        raise ReadError(sentence.format(name=source))
    sentence = _(
        "无法确定“{name}”的文字编码：按 {guess} 开头是“{preview}”；"
        "如果对，请用 --encoding {guess}，否则换一种，例如 --encoding gb18030。"
    )
    raise ReadError(sentence.format(name=source, guess=guess[0], preview=_preview(data, guess[0])))


def _preview(data: bytes, encoding: str) -> str:
    """Return the first words of `data` in an encoding, fit for a sentence."""
    text = " ".join(data[: 8 * _PREVIEW].decode(encoding, "replace").split())
    return "".join(char if char.isprintable() else "\ufffd" for char in text)[:_PREVIEW]


def _most_plausible(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str, float]:
    """Return the likeliest of the texts that `data` makes, its encoding, and how likely it is."""
    best = ("", "", 0.0)
    for name in encodings:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        likely = _plausibility(text)
        if likely > best[2]:
            best = (text, name, likely)
    return best


def _plausibility(text: str) -> float:
    """Return how likely `text` is Chinese: the share of common characters among those beyond ASCII.

    Text in ASCII alone is as likely as can be, unless it holds control characters.
    """
    if _is_binary(text[:_SAMPLE]):
        return 0.0
    sample = [match.group() for match in islice(_NOT_ASCII.finditer(text), _SAMPLE)]
    if not sample:
        return 1.0
    common = _common_characters()
    return sum(char in common for char in sample) / len(sample)


@cache
def _common_characters() -> frozenset[str]:
    return frozenset("".join("".join(rows) for rows in lexicon.classes("characters", "common").values()))


def _is_binary(text: str) -> bool:
    """Return whether there are characters that no text holds: NUL, or more than a few other controls."""
    if "\0" in text:
        return True
    few = (len(text) + 190) // 200  # an end-of-file mark of DOS is no reason to refuse a short text
    return len(list(islice(_CONTROL.finditer(text), few + 1))) > few


def _not_text(source: str) -> ReadError:
    return ReadError(
        _("“{name}”不是文本文件（含有二进制数据）；请用原来的程序打开，另存为纯文本（.txt）再导入。").format(
            name=source
        )
    )


def _damage(data: bytes) -> tuple[str, int] | None:
    """Return the encoding that `data` is in but for a few bytes, and the line of the first of those."""
    for name in ("utf-8", "gb18030"):
        repaired = data.decode(name, "replace")
        if (
            repaired.count("\ufffd") > max(1, len(repaired) * _DAMAGED)
            or _plausibility(repaired) < _PLAUSIBLE
        ):
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError as error:
            return name, data.count(b"\n", 0, error.start) + 1
    return None


def _guess(data: bytes) -> tuple[str, ...]:
    """Return the encoding that charset-normalizer believes in, as a tuple of one or none."""
    from charset_normalizer import from_bytes  # here, because it takes long to load and is hardly ever asked

    best = from_bytes(data[:_GUESS_SAMPLE]).best()
    return (best.encoding,) if best else ()
