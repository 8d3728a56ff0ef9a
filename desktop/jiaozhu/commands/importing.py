"""The command `import`: files come into a project, and what became of each is told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import ENCODING, PROJECT, STDIN, take_files, take_stdin
from jiaozhu.commands.saying import fail, sentences, tell, with_progress
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.model import Extraction
    from jiaozhu.records import Record
    from jiaozhu.review.storing import Held, Stored


class Similar(StrEnum):
    """What to do with a file that says nearly the same as a document of the project."""

    AUTO = "auto"
    KEEP = "keep"
    SKIP = "skip"
    VERSION = "version"


def import_files(
    project: Annotated[Path, PROJECT],
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help=_("文件、文件夹、记录（.jsonl）；- 是标准输入。")),
    ],
    encoding: Annotated[str | None, ENCODING] = None,
    similar: Annotated[
        Similar,
        typer.Option(
            help=_(
                "文字与项目中某个文档相近时：auto 同名的作为新版本，其余两份都留；keep 都留；"
                "skip 不导入；version 都作为新版本。"
            )
        ),
    ] = Similar.AUTO,
) -> None:
    """Import files into a project, which is made if there is none, and tell what became of each."""
    from jiaozhu.intake import Refused, files_in
    from jiaozhu.review.storing import Held, Treatment, store_all
    from jiaozhu.store import Store

    files, left_out = files_in(path for path in paths if path != STDIN)
    is_fresh = not os.path.exists(project)
    kept = new = failed = held = 0
    with sentences():
        with Store(project, create=True) as store:
            taken = chain(take_stdin(paths, encoding), take_files(files, encoding))
            stored = store_all(store, taken, Treatment(similar))
            for item in with_progress(stored, len(files) + (STDIN in paths)):
                if isinstance(item, Refused):
                    failed += 1
                    tell(item.reason)
                elif isinstance(item, Held):
                    held += 1
                    _report_held(item)
                else:
                    kept, new = kept + 1, new + item.is_new
                    _report(item)
        if is_fresh and not kept and not held:
            project.unlink(missing_ok=True)  # made a moment ago, for nothing
    for refused in left_out:
        print(_("跳过 {source}：{reason}").format(source=refused.source, reason=refused.reason))
    if not files and STDIN not in paths:
        fail(_("没有可以导入的文件；请检查文件夹，或直接给出文件。"))
    summary = _("导入 {new} 个文档，跳过 {skipped} 个，失败 {failed} 个。")
    print(summary.format(new=new, skipped=kept - new + held + len(left_out), failed=failed))
    if failed:
        raise typer.Exit(1)


def _report(item: Stored) -> None:
    """Print what became of a document, a line a speech."""
    from jiaozhu.review.carrying import quote
    from jiaozhu.review.doubts import sentence

    taken = item.taken
    if not item.is_new:
        print(_("跳过 {source}：项目中已有").format(source=taken.source))
        return
    print(taken.source)
    for line in speech_lines(taken.extraction):
        print(line)
    for doubt in taken.document.doubts:
        print("  " + sentence(doubt))
    if item.carried is not None and item.like is not None:
        told = _("  是“{name}”的新版本（相似 {percent}%）：沿用 {count} 个决定，{lost} 个未能沿用")
        carried = item.carried
        print(
            told.format(
                name=item.like.name,
                percent=item.like.percent,
                count=carried.count,
                lost=len(carried.lost),
            )
        )
        for lost in carried.lost:
            print(_("    未能沿用：{text}").format(text=quote(lost)))
    elif item.like is not None:
        told = _("  与“{name}”相似 {percent}%，两份都已存入（用 --similar 可以选择）")
        print(told.format(name=item.like.name, percent=item.like.percent))


def _report_held(item: Held) -> None:
    """Print why a document was not stored."""
    sentence = _("跳过 {source}：与“{name}”相似 {percent}%")
    like = item.like
    print(sentence.format(source=item.taken.source, name=like.name, percent=like.percent))


def speech_lines(found: Extraction | Record) -> Iterator[str]:
    """Yield what was found in a document, a line a speech."""
    metrics = Counter(metric.speech for metric in found.metrics)
    commitments = Counter(commitment.speech for commitment in found.commitments)
    for speech in found.speeches:
        names = (speech.speaker, speech.region) if speech.speaker else (speech.heading, speech.region)
        yield _("  {name}：指标 {metrics}，承诺 {commitments}").format(
            name=" ".join(name for name in names if name) or _("讲话"),
            metrics=metrics[speech.id],
            commitments=commitments[speech.id],
        )
