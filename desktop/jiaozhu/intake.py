"""Files come in: each is read and extracted, in several processes if there are many."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from jiaozhu import records
from jiaozhu.i18n import gettext as _
from jiaozhu.model import Decision, Document, Extraction
from jiaozhu.reading import PICTURES, READERS, EncodingError, ReadError, read, read_bytes

#: Records are read as they are, without extraction.
RECORDS = ".jsonl"

#: Below this many bytes of files, one process is done before others have started.
_WORTH_PROCESSES = 2_000_000
_CHUNK = 16  # files that a process gets at a time

#: A line of records that is longer is no record: 100 MB of text have never been one speech.
_LONGEST_LINE = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A file, or a line of records, that became a document."""

    source: str
    document: Document
    extraction: Extraction
    decisions: tuple[Decision, ...] = ()
    is_record: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not become a document, and the sentence why."""

    source: str
    reason: str
    is_encoding: bool = False  # another encoding may help


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Refused]]:
    """Return the files among `paths` and, by name, those in their folders that a reader knows.

    With them come the files in folders that were left out, each with the reason. Hidden files and
    folders are passed over, and so are the notes that a folder has on itself (README).
    """
    files: list[Path] = []
    left_out: list[Refused] = []
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        for found in _below(path, left_out):
            if found.suffix.lower() in PICTURES:
                left_out.append(Refused(str(found), _("图片只在直接给出时识别")))
            elif found.suffix.lower() in READERS:
                files.append(found)
            elif found.suffix.lower() == RECORDS:
                left_out.append(Refused(str(found), _("记录只在直接给出时导入")))
            else:
                left_out.append(Refused(str(found), _("不是能读取的格式")))
    return files, left_out


def _below(folder: Path, left_out: list[Refused]) -> Iterator[Path]:
    """Yield the files below a folder by name, without following links to folders.

    What browsers put beside a saved page, in PAGE_files or PAGE.files, is passed over.
    """

    def note(error: OSError) -> None:
        left_out.append(Refused(str(error.filename), error.strerror or str(error)))

    for place, folders, names in os.walk(folder, onerror=note):
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm"))}
        beside = {f"{page}{suffix}" for page in pages for suffix in ("_files", ".files")}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in beside)
        for name in sorted(names):
            if not name.startswith(".") and not name.lower().startswith("readme."):
                yield Path(place, name)


def take_file(path: Path, encoding: str | None = None) -> Taken | Refused:
    """Read a file and extract from it; what can't be read comes back with its sentence.

    `encoding` overrules what the bytes look like.
    """
    return _take(lambda: read(path, encoding=encoding), str(path))


def take_bytes(data: bytes, source: str, encoding: str | None = None) -> Taken | Refused:
    """Extract from what came from elsewhere than a file: standard input, the clipboard."""
    return _take(lambda: read_bytes(data, source, encoding=encoding), source)


def _take(reading: Callable[[], Document], source: str) -> Taken | Refused:
    from jiaozhu.extraction import extract  # loads the lexicon, which records don't need

    try:
        document = reading()
        return Taken(source, document, extract(document))
    except ReadError as error:
        return Refused(source, str(error), isinstance(error, EncodingError))
    except Exception as error:  # a fault of ours with one file must not keep the others out
        sentence = _("处理“{source}”时程序出错（{reason}）；请把这个文件发给我们，其余文件不受影响。")
        return Refused(source, sentence.format(source=source, reason=f"{type(error).__name__}: {error}"))


def take_records(stream: BinaryIO, source: str) -> Iterator[Taken | Refused]:
    """Yield the documents of a file of records, one line at a time."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if line.isspace():
            continue
        try:
            taken = records.to_extraction(records.decode(line))
        except ValueError as error:  # msgspec's and Unicode's errors are among them
            sentence = _("“{source}”第 {line} 行不是记录（{reason}）；请检查文件。")
            yield Refused(source, sentence.format(source=source, line=number, reason=error))
        else:
            document, extraction, decisions = taken
            yield Taken(source, document, extraction, tuple(decisions), is_record=True)


def take(
    paths: Sequence[Path], *, encoding: str | None = None, processes: int | None = None
) -> Iterator[Taken | Refused]:
    """Yield what becomes of each file, in order; many files are shared out among processes.

    `encoding` is that of all of them; None: what each looks like. How many processes pay is found out unless
    it is said.
    """
    texts = [path for path in paths if path.suffix.lower() != RECORDS]
    if processes is None:
        size = sum(os.path.getsize(path) for path in texts if os.path.isfile(path))
        processes = min(os.cpu_count() or 1, 8, len(texts)) if size > _WORTH_PROCESSES else 1
    one_by_one = (take_file(path, encoding) for path in texts)
    taken = iter(_take_in_processes(texts, processes, encoding) if processes > 1 else one_by_one)
    for path in paths:
        if path.suffix.lower() == RECORDS:
            yield from _take_records_file(path)
        else:
            yield next(taken)


def _take_records_file(path: Path) -> Iterator[Taken | Refused]:
    try:
        with path.open("rb") as stream:
            yield from take_records(stream, str(path))
    except OSError as error:
        sentence = _("无法读取“{path}”（{reason}）；请检查路径和权限。")
        yield Refused(str(path), sentence.format(path=path, reason=error.strerror or error))


def _take_chunk(paths: list[Path], encoding: str | None) -> list[Taken | Refused]:
    return [take_file(path, encoding) for path in paths]


def _ignore_interrupt() -> None:
    """Leave Ctrl+C, which a terminal sends to all processes, to the one that stores."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _take_in_processes(paths: list[Path], processes: int, encoding: str | None) -> Iterator[Taken | Refused]:
    """Yield the files' documents in order, never more than a few chunks ahead of the reader."""
    chunks = [paths[first : first + _CHUNK] for first in range(0, len(paths), _CHUNK)]
    # A forked copy of a program with threads may hang; a fresh process can't.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_ignore_interrupt) as pool:
        waiting: deque[tuple[list[Path], Future[list[Taken | Refused]]]] = deque()
        try:
            for chunk in chunks:
                waiting.append((chunk, pool.submit(_take_chunk, chunk, encoding)))
                if len(waiting) > 3 * processes:
                    yield from _result(*waiting.popleft())
            while waiting:
                yield from _result(*waiting.popleft())
        finally:
            for _chunk, future in waiting:
                future.cancel()


def _result(paths: list[Path], future: Future[list[Taken | Refused]]) -> list[Taken | Refused]:
    try:
        return future.result()
    except BrokenProcessPool:  # out of memory, most likely
        sentence = _("读取“{path}”的进程意外终止；请关闭其他程序后再导入一次。")
        return [Refused(str(path), sentence.format(path=path)) for path in paths]
