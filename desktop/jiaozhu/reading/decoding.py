"""Bytes to text: which encoding they are in, and an error rather than a doubtful guess.

The encoding that is returned gives the source back exactly: ``data.decode(encoding)`` is the text, with
its byte order mark if it has one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Doubt
from jiaozhu.reading.content import ENCODING, EncodingError, ReadError
from jiaozhu.reading.plausibility import (
    PLAUSIBLE,
    first_beyond_ascii,
    has_beyond_ascii,
    is_binary,
    plausibility,
)

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

#: Another text that is more than so many times as plausible as the best one makes that doubtful.
_RIVAL = 0.7
#: Fewer characters beyond ASCII prove nothing unless they are all common ones.
_PROOF = 4

_SAMPLE = 1_000_000  # bytes that texts are compared by
_GUESS_SAMPLE = 50_000  # bytes that charset-normalizer gets to see
_GUESSES = 3
_PREVIEW = 24  # characters that show whether a guess is right, in a sentence
_LONG_PREVIEW = 60  # the same, in a list to choose from
_PREVIEW_SAMPLE = 20_000  # characters looked at
_DAMAGED = 0.02  # the share of characters beyond repair that still leaves an encoding recognisable

#: A standard that a larger one contains is read as the larger one, as browsers do.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "utf-8-sig": "utf-8"}

_TAGS = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class Decoded(NamedTuple):
    """A text, and the name of its encoding."""

    text: str
    encoding: str
    is_certain: bool = True

    def doubts(self) -> tuple[Doubt, ...]:
        """Return the doubt that the encoding is this one, if there is any."""
        return () if self.is_certain else (Doubt(ENCODING, self.encoding),)


def larger(encoding: str) -> str | None:
    """Return the name under which an encoding is read; None if there is no such encoding."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    return _LARGER.get(name, name)


def decode(data: bytes, source: str, encoding: str | None = None) -> Decoded:
    """Return the text in `data` and its encoding.

    Raises ReadError, naming `source`, if the bytes aren't text; EncodingError if they aren't in the encoding
    that was asked for, or if none is plausible. One that is plausible, but not alone, is taken and called
    uncertain.
    """
    if encoding is not None:
        found = _decode_as(data, source, encoding)
        if is_binary(found.text):
            raise EncodingError(_not_text(source))
        return found
    if mark := next((name for mark, name in _MARKS if data.startswith(mark)), None):
        found = _decode_as(data, source, mark)
    else:
        found = _detect(data, source)
    if is_binary(found.text):
        raise ReadError(_not_text(source))
    return found


def candidates(data: bytes) -> list[tuple[str, str]]:
    """Return the encodings under which all of `data` is text, the most plausible first.

    Each comes with what the text begins with, in one line, for people to choose by: the first words that
    aren't ASCII alone, without tags. Of encodings that make the same text only the first is named.
    """
    found: dict[str, tuple[str, float]] = {}
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    guesses = _guess(data)
    for name in dict.fromkeys((mark or "utf-8", "utf-8", *_CANDIDATES, *_WIDE_CANDIDATES, *guesses)):
        try:
            text = codecs.getincrementaldecoder(name)().decode(data[:_SAMPLE], len(data) <= _SAMPLE)
            text.encode("utf-8")
            if len(data) > _SAMPLE:
                data.decode(name)
        except (LookupError, ValueError):
            continue
        if text and text not in found and not is_binary(text):
            # What charset-normalizer believes in comes before what is possible only.
            likely = plausibility(text) + (name == mark or name == "utf-8") + PLAUSIBLE * (name in guesses)
            found[text] = name, likely
    ordered = sorted(found.items(), key=lambda item: -item[1][1])
    return [(name, _long_preview(text)) for text, (name, _likely) in ordered]


def _decode_as(data: bytes, source: str, encoding: str) -> Decoded:
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
        raise EncodingError(
            _(
                "“{name}”不能按 {encoding} 解码：第 {line} 行有无法识别的字节；"
                "请用 --encoding 换一种编码，或用原来的程序另存为 UTF-8。"
            ).format(name=source, encoding=encoding, line=line)
        ) from None
    except (LookupError, ValueError):
        raise EncodingError(
            _(
                "读取“{name}”时不认识编码“{encoding}”；"
                "可以用 utf-8、gb18030、big5、utf-16 等，或省略以自动识别。"
            ).format(name=source, encoding=encoding)
        ) from None
    return Decoded(text, name)


def _detect(data: bytes, source: str) -> Decoded:
    """Decode bytes that have no byte order mark and come without a word about their encoding."""
    has_nul = b"\0" in data
    if not has_nul:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    found, likely = _most_plausible(data, _WIDE_CANDIDATES if has_nul else _CANDIDATES)
    if likely >= PLAUSIBLE:
        return found
    if has_nul:
        raise ReadError(_not_text(source))
    if damaged := _damage(data):
        raise EncodingError(
            _(
                "“{name}”看来是 {encoding} 编码，但第 {line} 行有损坏的字节；"
                "请用原来的程序重新另存为 UTF-8，再导入。"
            ).format(name=source, encoding=damaged[0], line=damaged[1])
        )
    guesses = _guess(data)
    found, likely = _most_plausible(data, guesses[:1])
    if likely >= PLAUSIBLE and not found.text.isascii() and _gives_back(found, data):
        return found._replace(is_certain=False)
    if not guesses:
        sentence = _(
            "无法确定“{name}”的文字编码（也许是二进制文件）；请用 --encoding 指明，例如 --encoding gb18030。"
        )
        raise EncodingError(sentence.format(name=source))
    sentence = _(
        "无法确定“{name}”的文字编码：按 {guess} 开头是“{preview}”；"
        "如果对，请用 --encoding {guess}，否则换一种，例如 --encoding gb18030。"
    )
    preview = data[: 8 * _PREVIEW].decode(guesses[0], "replace")
    raise EncodingError(
        sentence.format(name=source, guess=guesses[0], preview=_in_one_line(preview)[:_PREVIEW])
    )


def _gives_back(found: Decoded, data: bytes) -> bool:
    """Return whether the text makes the bytes again; some codecs have two ways to write a character."""
    try:
        return found.text.encode(found.encoding) == data
    except UnicodeEncodeError:
        return False


def _in_one_line(text: str) -> str:
    """Return text fit for a sentence: no line breaks, and nothing that can't be shown."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def _long_preview(text: str) -> str:
    """Return the first words of a text that show whether its encoding is right."""
    sample = text[:_PREVIEW_SAMPLE].removeprefix("\ufeff")
    if "<" in sample:
        sample = _TAGS.sub(" ", sample)
    shown = _in_one_line(sample)
    if shown[:_LONG_PREVIEW].isascii():
        at = first_beyond_ascii(shown)
        if at is None:
            at = first_beyond_ascii(text)
            shown = shown if at is None else _in_one_line(text[at : at + _PREVIEW_SAMPLE])
        else:
            shown = shown[at:]
    return shown[:_LONG_PREVIEW]


def _most_plausible(data: bytes, encodings: Iterable[str]) -> tuple[Decoded, float]:
    """Return the likeliest of the texts that `data` makes, and how likely it is.

    It isn't certain if another text is nearly as likely, or if there is too little to tell.
    """
    best, most, rival = Decoded("", ""), 0.0, 0.0
    for name in encodings:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        likely = plausibility(text)
        if text == best.text:
            continue
        if likely > most:
            best, most, rival = Decoded(text, name), likely, most
        else:
            rival = max(rival, likely)
    is_certain = rival <= _RIVAL * most and (most == 1 or has_beyond_ascii(best.text, _PROOF))
    return best._replace(is_certain=is_certain), most


def _not_text(source: str) -> str:
    """Return the sentence for what isn't text."""
    return _(
        "“{name}”不是文本文件（含有二进制数据）；请用原来的程序打开，另存为纯文本（.txt）再导入。"
    ).format(name=source)


def _damage(data: bytes) -> tuple[str, int] | None:
    """Return the encoding that `data` is in but for a few bytes, and the line of the first of those."""
    for name in ("utf-8", "gb18030"):
        repaired = data.decode(name, "replace")
        if repaired.count("\ufffd") > max(1, len(repaired) * _DAMAGED) or plausibility(repaired) < PLAUSIBLE:
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError as error:
            return name, data.count(b"\n", 0, error.start) + 1
    return None


def _guess(data: bytes) -> tuple[str, ...]:
    """Return the encodings that charset-normalizer believes in, the likeliest first."""
    from charset_normalizer import from_bytes  # here, because it takes long to load and is hardly ever asked

    found = [match.encoding for match in from_bytes(data[:_GUESS_SAMPLE])][:_GUESSES]
    return tuple(dict.fromkeys(larger(name) or name for name in found))
