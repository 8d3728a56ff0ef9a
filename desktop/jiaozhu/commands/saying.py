"""How a command speaks: results on standard output, sentences on standard error, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import typer

from jiaozhu.i18n import gettext as _

_T = TypeVar("_T")


@contextmanager
def sentences() -> Iterator[None]:
    """End the program with one sentence where a job fails; what was stored before stays."""
    try:
        yield
    except _failures() as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail(_("已中断；此前存入的都在。"))


def _failures() -> tuple[type[Exception], ...]:
    """Return the errors that are sentences; imported when a job fails: not every command needs the store."""
    from jiaozhu.export.writing import ExportError
    from jiaozhu.store import StoreError

    return StoreError, ExportError


def tell(sentence: str) -> None:
    """Print a sentence on standard error; not with click, which would write across the bar."""
    sys.stdout.flush()  # what was printed before comes first
    print(sentence, file=sys.stderr)


def fail(sentence: str) -> NoReturn:
    """End the program: the job failed."""
    tell(sentence)
    raise typer.Exit(1)


def misused(sentence: str) -> NoReturn:
    """End the program: it was used wrongly."""
    tell(sentence)
    raise typer.Exit(2)


def with_progress(items: Iterable[_T], total: int) -> Iterator[_T]:
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
