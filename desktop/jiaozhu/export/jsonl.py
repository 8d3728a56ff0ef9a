"""JSONL: records as they are, one line a document, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from jiaozhu.export.exporter import Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.records import Record, encode


def write(records: Iterable[Record], streams: Sequence[BinaryIO]) -> None:
    """Write a line for each document."""
    (stream,) = streams
    for record in records:
        stream.write(encode(record) + b"\n")


EXPORTER = Exporter(name="jsonl", title=_("JSONL 记录（每行一个文档）"), suffix=".jsonl", write=write)
