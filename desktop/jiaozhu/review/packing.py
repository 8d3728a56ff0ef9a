"""Packets: part of a project goes away for review, as a project of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from jiaozhu.i18n import gettext as _
from jiaozhu.review.fields import ReviewError
from jiaozhu.store import DocumentRow, Identity, SpeechRow, Store


def choose(store: Store, documents: Sequence[str], speeches: Sequence[str]) -> dict[str, list[str]]:
    """Return the documents that are named, each with the speeches that are asked for; none: all.

    A document is named by its id, file name or title; a speech by that, a slash, and its id, speaker or
    region. Raises ReviewError for what is not there, or there more than once.
    """
    rows = [row for row in store.documents() if row.replaced_by is None]
    chosen: dict[str, list[str]] = {}
    for name in documents:
        chosen[_document(rows, name).id] = []
    for name in speeches:
        of, slash, part = name.rpartition("/")
        if not slash:
            raise ReviewError(_("“{name}”不是讲话；请写成 文档/讲话，如 讲话稿.txt/s1。").format(name=name))
        row = _document(rows, of)
        if row.id in chosen and not chosen[row.id]:
            continue  # the whole document is asked for
        asked = chosen.setdefault(row.id, [])
        speech = _speech(store.speeches(row.id), part, row)
        if speech.id not in asked:
            asked.append(speech.id)
    return chosen


def make_packet(project: Path, out: Path, chosen: Mapping[str, Sequence[str]], *, reviewer: str) -> Identity:
    """Write a packet of chosen documents of a project for a reviewer to a new file.

    Raises ReviewError if the file is there, or nothing is chosen, and StoreError if it can't be written.
    """
    if not chosen:
        raise ReviewError(_("请先选择要分发的文档或讲话。"))
    if not reviewer.strip():
        raise ReviewError(_("请写明任务包给谁。"))
    if os.path.lexists(out):
        raise ReviewError(_("“{path}”已经存在；请换一个名称，以免覆盖别人的决定。").format(path=out))
    Store(project, read_only=True).close()  # that it is a project that this program trusts
    try:
        with Store(out, create=True) as packet:
            return packet.fill_from(project, chosen, reviewer=reviewer.strip())
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _document(rows: Sequence[DocumentRow], name: str) -> DocumentRow:
    for found in (
        [row for row in rows if row.id == name],
        [row for row in rows if name in (row.source, row.title)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise ReviewError(_("有几个文档都叫“{name}”；请改用文档编号。").format(name=name))
    raise ReviewError(_("项目中没有文档“{name}”；请给出文件名、标题或编号。").format(name=name))


def _speech(rows: Sequence[SpeechRow], name: str, document: DocumentRow) -> SpeechRow:
    for found in (
        [row for row in rows if row.id == name],
        [row for row in rows if name in (row.speaker, row.region, row.heading)],
    ):
        if len(found) == 1:
            return found[0]
    known = " ".join(row.id for row in rows)
    raise ReviewError(
        _("“{document}”中没有讲话“{name}”，或不止一篇；可用的编号：{known}。").format(
            document=document.title or document.source, name=name, known=known
        )
    )
