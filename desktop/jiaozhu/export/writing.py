"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from jiaozhu.export.exporter import Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.records import Record


class ExportError(Exception):
    """An export that can't be written; the text is one sentence for people."""


def write(records: Iterable[Record], path: Path, exporter: Exporter) -> list[Path]:
    """Write the records to `path`, and to files named after it if the format makes several; return them.

    A file that was there is replaced when the new one is whole; if anything fails on the way, also
    in `records`, nothing has changed. Raises ExportError if a file can't be written.
    """
    paths = [path.with_name(path.stem + part + path.suffix) for part in exporter.parts]
    with whole_files(paths) as streams:
        exporter.write(records, streams)
    return paths


@contextmanager
def whole_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Yield open files that take the places of `paths` together, once the block has come to its end.

    Raises ExportError if one can't be written.
    """
    drafts = [path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths]
    try:
        with ExitStack() as opened:
            streams = [
                opened.enter_context(_open(draft, path)) for draft, path in zip(drafts, paths, strict=True)
            ]
            with _told(paths[0]):
                yield streams
                for stream in streams:
                    stream.flush()
                    os.fsync(stream.fileno())
        for draft, path in zip(drafts, paths, strict=True):
            with _told(path):
                draft.replace(path)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _open(draft: Path, path: Path) -> BinaryIO:
    if os.path.isdir(path):
        raise ExportError(_("“{path}”是文件夹；请给出文件名。").format(path=path))
    if not os.path.isdir(path.parent):
        raise ExportError(_("文件夹“{path}”不存在；请先新建它，或换一个位置。").format(path=path.parent))
    with _told(path):
        if _is_database(path):
            raise ExportError(_("“{path}”是项目或数据库，不能覆盖；请换一个文件名。").format(path=path))
        return draft.open("wb")


def _is_database(path: Path) -> bool:
    """Return whether an export would destroy somebody's work."""
    if not os.path.isfile(path):
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into a sentence."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            _("无法写入“{path}”（{reason}）；请检查权限和磁盘空间，并关闭正在使用它的程序。").format(
                path=path, reason=error.strerror or error
            )
        ) from error
