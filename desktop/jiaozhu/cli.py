"""The command line: the whole program but the window, and the proof that the core needs none.

What a command needs is imported when it runs, so that help comes at once. An error is one sentence
on standard error; the exit code is 1 for a job that failed and 2 for wrong use.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from jiaozhu import __version__
from jiaozhu.commands.quantities import quantities
from jiaozhu.i18n import gettext as _
from jiaozhu.model import VERIFIED, State

if TYPE_CHECKING:
    from jiaozhu.model import Extraction
    from jiaozhu.records import Record
    from jiaozhu.review.intake import Refused, Taken
    from jiaozhu.review.storing import Held, Stored

_T = TypeVar("_T")

app = typer.Typer(
    help=_("校注：把官员讲话变成经过核对的指标和承诺。"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_ENCODING = typer.Option(
    "--encoding", metavar="NAME", help=_("文字的编码，如 gb18030、big5、utf-16；默认自动识别。")
)


class Similar(StrEnum):
    """What to do with a file that says nearly the same as a document of the project."""

    AUTO = "auto"
    KEEP = "keep"
    SKIP = "skip"
    VERSION = "version"


_PROJECT = typer.Argument(metavar="PROJECT", help=_("项目文件（.jiaozhu）。"))
_STDIN = Path("-")


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


@app.command("import", help=_("导入文件或文件夹：读取、提取、存入项目，并报告结果。"))
def import_files(
    project: Annotated[Path, _PROJECT],
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help=_("文件、文件夹、记录（.jsonl）；- 是标准输入。")),
    ],
    encoding: Annotated[str | None, _ENCODING] = None,
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
    from jiaozhu.review.intake import Refused, files_in
    from jiaozhu.review.storing import Held, Treatment, store_all
    from jiaozhu.store import Store

    files, left_out = files_in(path for path in paths if path != _STDIN)
    is_fresh = not os.path.exists(project)
    kept = new = failed = held = 0
    with _sentences():
        with Store(project, create=True) as store:
            taken = chain(_take_stdin(paths, encoding), _take_files(files, encoding))
            stored = store_all(store, taken, Treatment(similar))
            for item in _with_progress(stored, len(files) + (_STDIN in paths)):
                if isinstance(item, Refused):
                    failed += 1
                    _tell(item.reason)
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
    if not files and _STDIN not in paths:
        _fail(_("没有可以导入的文件；请检查文件夹，或直接给出文件。"))
    summary = _("导入 {new} 个文档，跳过 {skipped} 个，失败 {failed} 个。")
    print(summary.format(new=new, skipped=kept - new + held + len(left_out), failed=failed))
    if failed:
        raise typer.Exit(1)


@app.command(help=_("提取文件中的指标和承诺，输出记录（每行一个文档），不用项目。"))
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("文件；- 是标准输入。"))],
    out: Annotated[Path | None, typer.Option(help=_("写入这个文件，而不是标准输出。"))] = None,
    encoding: Annotated[str | None, _ENCODING] = None,
) -> None:
    """Print what is found in files as records, one JSON line a document."""
    from jiaozhu import records
    from jiaozhu.export.writing import whole_files
    from jiaozhu.review.intake import Refused

    failed = 0

    def lines() -> Iterator[bytes]:
        nonlocal failed
        named = [path for path in files if path != _STDIN]
        for item in chain(_take_stdin(files, encoding), _take_files(named, encoding)):
            if isinstance(item, Refused):
                failed += 1
                _tell(item.reason)
            else:
                yield records.encode(records.from_extraction(item.document, item.extraction)) + b"\n"

    with _sentences():
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
    project: Annotated[Path, _PROJECT],
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
        _misused(_("没有格式“{format}”；可用的格式：{known}。").format(format=format_, known=known))
    with _sentences(), Store(project, read_only=True) as store:
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
        _tell(_("没有符合条件的条目；用 --state 可以选择其他状态。"))


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

    with _sentences():
        try:
            matched = pairs(gold, found)
        except EvaluationError as error:
            _fail(str(error))
    scores = score(matched)
    if as_json:
        print(json.dumps({name: round(value, 4) for name, value in scores.items()}, ensure_ascii=False))
        return
    for name, value in scores.items():
        print(f"{name:22} {value:.3f}")
    for line in tabulate(find_faults(matched), examples=errors):
        print(line)


app.command(help=_("看语法在每一行里看到什么（数、金额、范围、期间等），每行输出一行 JSON。"))(quantities)


def _take_stdin(paths: Iterable[Path], encoding: str | None) -> Iterator[Taken | Refused]:
    """Yield the document on standard input, if it is asked for."""
    if _STDIN in paths:
        from jiaozhu.reading.files import LARGEST
        from jiaozhu.review.intake import take_bytes

        yield take_bytes(sys.stdin.buffer.read(LARGEST + 1), "-", encoding)  # it may never end


def _take_files(files: list[Path], encoding: str | None) -> Iterator[Taken | Refused]:
    """Yield the documents in files; imported late, so that a wrong project is said at once."""
    from jiaozhu.review.intake import take

    yield from take(files, encoding=encoding)


def _report(item: Stored) -> None:
    """Print what became of a document, a line a speech."""
    from jiaozhu.review.carrying import quote

    taken = item.taken
    if not item.is_new:
        print(_("跳过 {source}：项目中已有").format(source=taken.source))
        return
    print(taken.source)
    for line in speech_lines(taken.extraction):
        print(line)
    if item.carried is not None and item.like is not None:
        sentence = _("  是“{name}”的新版本（相似 {similarity:.0%}）：沿用 {count} 个决定，{lost} 个未能沿用")
        carried = item.carried
        print(
            sentence.format(
                name=item.like.name,
                similarity=item.like.similarity,
                count=carried.count,
                lost=len(carried.lost),
            )
        )
        for lost in carried.lost:
            print(_("    未能沿用：{text}").format(text=quote(lost)))
    elif item.like is not None:
        sentence = _("  与“{name}”相似 {similarity:.0%}，两份都已存入（用 --similar 可以选择）")
        print(sentence.format(name=item.like.name, similarity=item.like.similarity))


def _report_held(item: Held) -> None:
    """Print why a document was not stored."""
    sentence = _("跳过 {source}：与“{name}”相似 {similarity:.0%}")
    like = item.like
    print(sentence.format(source=item.taken.source, name=like.name, similarity=like.similarity))


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


def _with_progress(items: Iterable[_T], total: int) -> Iterator[_T]:
    """Pass the items on, with a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    # What is printed to the terminal moves the bar down; what goes to a file must still go there.
    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield from progress.track(items, total=total, description=_("导入"))


@contextmanager
def _sentences() -> Iterator[None]:
    """End the program with one sentence where a job fails; what was stored before stays."""
    from jiaozhu.export.writing import ExportError
    from jiaozhu.store import StoreError

    try:
        yield
    except (StoreError, ExportError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail(_("已中断；此前存入的都在。"))


def _tell(sentence: str) -> None:
    """Print a sentence on standard error; not with click, which would write across the bar."""
    print(sentence, file=sys.stderr)


def _fail(sentence: str) -> NoReturn:
    _tell(sentence)
    raise typer.Exit(1)


def _misused(sentence: str) -> NoReturn:
    _tell(sentence)
    raise typer.Exit(2)
