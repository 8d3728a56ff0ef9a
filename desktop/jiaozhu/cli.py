"""The command line: the whole program but the window, and the proof that the core needs none.

What a command needs is imported when it runs, so that help comes at once. An error is one sentence
on standard error; the exit code is 1 for a job that failed and 2 for wrong use.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu import __version__
from jiaozhu.commands.agreement import agreement
from jiaozhu.commands.backup import back_up, restore
from jiaozhu.commands.check import check_project
from jiaozhu.commands.importing import import_files
from jiaozhu.commands.inputs import ENCODING, PROJECT, STDIN, take_files, take_stdin
from jiaozhu.commands.packets import merge, packet
from jiaozhu.commands.quantities import quantities
from jiaozhu.commands.saying import fail, misused, sentences, tell
from jiaozhu.commands.search import search
from jiaozhu.i18n import gettext as _
from jiaozhu.model import VERIFIED, State

if TYPE_CHECKING:
    from jiaozhu.records import Record

app = typer.Typer(
    help=_("校注：把官员讲话变成经过核对的指标和承诺。"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_("显示版本号。"))
    ] = False,
) -> None:
    for stream in sys.stdout, sys.stderr:
        if isinstance(stream, TextIOWrapper):  # a terminal without Chinese, a file name that is no text
            stream.reconfigure(errors="backslashreplace")


app.command("import", help=_("导入文件或文件夹：读取、提取、存入项目，并报告结果。"))(import_files)


@app.command(help=_("提取文件中的指标和承诺，输出记录（每行一个文档），不用项目。"))
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("文件；- 是标准输入。"))],
    out: Annotated[Path | None, typer.Option(help=_("写入这个文件，而不是标准输出。"))] = None,
    encoding: Annotated[str | None, ENCODING] = None,
) -> None:
    """Print what is found in files as records, one JSON line a document."""
    from jiaozhu import records
    from jiaozhu.export.writing import whole_files
    from jiaozhu.intake import Refused

    failed = 0

    def lines() -> Iterator[bytes]:
        nonlocal failed
        named = [path for path in files if path != STDIN]
        for item in chain(take_stdin(files, encoding), take_files(named, encoding)):
            if isinstance(item, Refused):
                failed += 1
                tell(item.reason)
            else:
                yield records.encode(records.from_extraction(item.document, item.extraction)) + b"\n"

    with sentences():
        if out is None:
            for line in lines():
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        else:
            with whole_files([out]) as (stream,):
                stream.writelines(lines())
    if failed:
        raise typer.Exit(1)


@app.command(help=_("导出校核过的数据，供其他工具使用。"))
def export(
    project: Annotated[Path, PROJECT],
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=_("格式：jsonl、csv 等。"))],
    out: Annotated[Path, typer.Option(metavar="PATH", help=_("写入的文件。"))],
    state: Annotated[
        list[State] | None,
        typer.Option(help=_("只导出这些状态，可以重复；默认是采纳、更正和新增的。")),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
            help=_("只导出这一天或时刻以来决定的。"),
        ),
    ] = None,
) -> None:
    """Write what is verified, or what stands in the states asked for, to a file."""
    from jiaozhu.export import EXPORTERS, write
    from jiaozhu.store import Store

    exporters = {exporter.name: exporter for exporter in EXPORTERS}
    if format_ not in exporters:
        known = " ".join(exporters)
        misused(_("没有格式“{format}”；可用的格式：{known}。").format(format=format_, known=known))
    with sentences(), Store(project, read_only=True) as store:
        documents = annotations = 0

        def counted() -> Iterator[Record]:
            nonlocal documents, annotations
            for record in store.curated(state or VERIFIED, since=since):
                documents += 1
                annotations += len(record.metrics) + len(record.commitments)
                yield record

        written = write(counted(), out, exporters[format_])
    summary = _("导出 {documents} 个文档的 {annotations} 条，写入 {files}。")
    names = _("、").join(str(path) for path in written)
    print(summary.format(documents=documents, annotations=annotations, files=names))
    if not annotations:
        tell(_("没有符合条件的条目；用 --state 可以选择其他状态。"))


@app.command(help=_("用校核过的数据衡量提取的好坏：各项分数，以及按原因排列的差错。"))
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help=_("标准：记录（.jsonl）或项目中校核过的部分。"))
    ],
    found: Annotated[
        Path, typer.Argument(metavar="PRED|PROJECT", help=_("要衡量的：记录，或项目（重新提取）。"))
    ],
    errors: Annotated[int, typer.Option(metavar="N", min=0, help=_("每种差错举几个例子。"))] = 3,
    as_json: Annotated[bool, typer.Option("--json", help=_("只输出分数，一行 JSON。"))] = False,
) -> None:
    """Print how near found records come to gold, and what differs, by cause."""
    from jiaozhu.review.errors import find_faults, tabulate
    from jiaozhu.review.evaluation import EvaluationError, pairs
    from jiaozhu.review.scoring import score

    with sentences():
        try:
            matched = pairs(gold, found)
        except EvaluationError as error:
            fail(str(error))
    scores = score(matched)
    if as_json:
        print(json.dumps({name: round(value, 4) for name, value in scores.items()}, ensure_ascii=False))
        return
    for name, value in scores.items():
        print(f"{name:22} {value:.3f}")
    for line in tabulate(find_faults(matched), examples=errors):
        print(line)


app.command(help=_("看语法在每一行里看到什么（数、金额、范围、期间等），每行输出一行 JSON。"))(quantities)

app.command("check", help=_("检查项目：文件、原文、条目和决定是否都对；--repair 修复可以修复的。"))(
    check_project
)
app.command("backup", help=_("备份项目；项目开着也可以。"))(back_up)
app.command("restore", help=_("列出项目的备份和不同之处，或恢复到其中一个。"))(restore)
app.command(help=_("在讲话和条目中找词：每处一行，按文档排列。"))(search)
app.command(help=_("分发任务包：选出的文档写成一个文件，交给别处的审校人。"))(packet)
app.command(help=_("合并审校过的任务包；分歧逐条列出，什么也不覆盖。"))(merge)
app.command(help=_("互不知情的审校人有多一致：按类型和字段，附条数。"))(agreement)
