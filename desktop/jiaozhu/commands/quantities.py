"""The command `quantities`: what the grammar sees in each line, for inspection and for test suites."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from jiaozhu.commands.inputs import STDIN
from jiaozhu.commands.saying import fail, misused
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from decimal import Decimal

    from jiaozhu.extraction.grammar import Mention

_JSON_LINES = (".jsonl", ".ndjson")
_LINE_END = re.compile(r"\r\n|\n|\r")
_OBJECT = re.compile(r'\s*\{\s*"')


class _Line(NamedTuple):
    """A line to look at: its text, and what it says of itself."""

    text: str
    type: str | None = None
    day: date | None = None


class _LineError(Exception):
    """A line that can't be used; the text says why, the caller adds which."""


def quantities(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help=_("每行一段文字，或 JSON 行（text，可有 date、type）；- 是标准输入。")
        ),
    ],
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help=_("只要这一类：number、percent、ordinal、currency、dimension、range 或 period。"),
        ),
    ] = None,
    date_: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help=_("文字的日期，“今年”“去年”等由它算起。")),
    ] = None,
) -> None:
    """Print what the grammar sees in each line of the files, one line of JSON each.

    What a line of JSON says of itself goes before the options.
    """
    from jiaozhu.extraction.grammar import find_mentions
    from jiaozhu.reading import ReadError

    types, day = _types(type_), _day(date_)
    for path in files:
        source = "-" if path == STDIN else path.name
        try:
            text = _load(path, source)
        except ReadError as error:
            fail(str(error))
        is_json = path.suffix.lower() in _JSON_LINES or _OBJECT.match(text) is not None
        for number, written in enumerate(_lines(text), start=1):
            if is_json and not written.strip():
                continue
            try:
                line = _parse(written) if is_json else _Line(written)
            except _LineError as error:
                sentence = _("“{source}”第 {line} 行有误：{reason}。请改正这一行再试；此前各行已经输出。")
                fail(sentence.format(source=source, line=number, reason=error))
            asked = (line.type,) if line.type else types
            mentions = find_mentions(line.text, types=asked, day=line.day or day)
            shown = {"text": line.text, "quantities": [_shown(line.text, mention) for mention in mentions]}
            sys.stdout.buffer.write(json.dumps(shown, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def _types(asked: str | None) -> tuple[str, ...]:
    from jiaozhu.extraction.grammar import TYPES

    if asked is None:
        return TYPES
    if asked not in TYPES:
        misused(_("没有类型“{type}”；可用的有：{known}。").format(type=asked, known=" ".join(TYPES)))
    return (asked,)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written is not None else None
    except ValueError:
        misused(_("“{date}”不是日期；请写成 2025-01-31 的形式。").format(date=written))


def _load(path: Path, source: str) -> str:
    """Return the text of a file or of standard input, without its byte order mark; raise ReadError."""
    from jiaozhu.reading.decoding import decode
    from jiaozhu.reading.files import LARGEST, check_size, load

    if path == STDIN:
        data = sys.stdin.buffer.read(LARGEST + 1)
        check_size(len(data), source)
    else:
        data = load(path)
    return decode(data, source)[0].removeprefix("\ufeff")


def _lines(text: str) -> Iterator[str]:
    lines = _LINE_END.split(text)
    yield from lines if lines[-1] else lines[:-1]


def _parse(written: str) -> _Line:
    """Return what a line of JSON says; raises _LineError."""
    from jiaozhu.extraction.grammar import TYPES

    try:
        fields = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise _LineError(_("不是 JSON（{reason}）").format(reason=error)) from None
    text = fields.get("text") if isinstance(fields, dict) else None
    if not isinstance(text, str):
        raise _LineError(_("没有文字（text）"))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _LineError(_("文字（text）里有半个字符，无法保存")) from None
    type_, day = fields.get("type"), fields.get("date")
    if type_ is not None and not (isinstance(type_, str) and type_ in TYPES):
        raise _LineError(_("没有类型（type）“{type}”").format(type=type_))
    try:
        return _Line(text, type_, None if day is None else date.fromisoformat(day))
    except (TypeError, ValueError):
        raise _LineError(_("日期（date）“{date}”不是 2025-01-31 的形式").format(date=day)) from None


def _shown(text: str, mention: Mention) -> dict[str, Any]:
    """Return a mention as the fields of the output: decimals as strings, what does not apply as null."""
    return {
        "type": mention.type,
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "value": _decimal(mention.value),
        "value_high": _decimal(mention.value_high),
        "unit": mention.unit,
        "comparator": mention.comparator,
        "period": mention.period,
    }


def _decimal(value: Decimal | None) -> str | None:
    from jiaozhu.extraction.numbers.numerals import plain

    return None if value is None else plain(value if value else value.copy_abs())
