"""What several commands take: files, standard input, an encoding, a project."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.intake import Refused, Taken

ENCODING = typer.Option(
    "--encoding", metavar="NAME", help=_("文字的编码，如 gb18030、big5、utf-16；默认自动识别。")
)
PROJECT = typer.Argument(metavar="PROJECT", help=_("项目文件（.jiaozhu）。"))
#: Stands for standard input among files.
STDIN = Path("-")


def take_stdin(paths: Iterable[Path], encoding: str | None) -> Iterator[Taken | Refused]:
    """Yield the document on standard input, if it is asked for."""
    if STDIN in paths:
        from jiaozhu.intake import take_bytes
        from jiaozhu.reading.files import LARGEST

        yield take_bytes(sys.stdin.buffer.read(LARGEST + 1), "-", encoding)  # it may never end


def take_files(files: list[Path], encoding: str | None) -> Iterator[Taken | Refused]:
    """Yield the documents in files; imported late, so that a wrong project is said at once."""
    from jiaozhu.intake import take

    yield from take(files, encoding=encoding)
