"""Files come into the project: read and searched in a thread, stored by the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Document, Extraction
from jiaozhu.qt.jobs import Job
from jiaozhu.reading import READERS, ReadError, read
from jiaozhu.store import Store, StoreError


@dataclass(frozen=True, slots=True)
class Searched:
    """A file that was read, with what was found in it."""

    document: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why."""

    reason: str


@dataclass(slots=True)
class Report:
    """What became of the files."""

    added: int = 0
    known: int = 0  # were in the project already
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The report on one line."""
        parts = [
            ngettext("导入了 {count} 个文档", "导入了 {count} 个文档", self.added).format(count=self.added)
        ]
        if self.known:
            parts.append(
                ngettext("{count} 个已在项目中", "{count} 个已在项目中", self.known).format(count=self.known)
            )
        if self.problems:
            count = len(self.problems)
            parts.append(ngettext("{count} 个无法读取", "{count} 个无法读取", count).format(count=count))
        return _("，").join(parts) + _("。")


def files_in(folder: Path) -> list[Path]:
    """Return the files below a folder that a reader knows, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in READERS and path.is_file())
    return sorted(
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


class Import(QObject):
    """Imports files into a store, telling how far it is."""

    #: What is being done, how many files are done, and how many there are.
    progressed = Signal(str, int, int)
    #: The report, once all files are done or the import was cancelled.
    finished = Signal(object)

    def __init__(self, store: Store, paths: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.report = Report()
        self._store = store
        self._paths = list(paths)
        self._done = 0
        self._job = Job(self._work, self)
        self._job.made.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.finished.connect(lambda: self.finished.emit(self.report))

    def start(self) -> None:
        """Begin."""
        self._tell()
        self._job.start()

    def stop(self) -> None:
        """Stop after the file at hand and wait for that; what was imported stays."""
        self._job.cancel()
        self._job.wait()

    def cancel(self) -> None:
        """Stop after the file at hand."""
        self._job.cancel()

    def _work(self) -> Iterator[Searched | Refused]:
        """Read and search the files; runs in the thread, which is why the search is imported here."""
        from jiaozhu.extraction import extract

        for path in self._paths:
            try:
                document = read(path)
            except ReadError as error:
                yield Refused(str(error))
                continue
            yield Searched(document, extract(document))

    def _take(self, item: object) -> None:
        try:
            if isinstance(item, Refused):
                self.report.problems.append(item.reason)
            elif isinstance(item, Searched):
                if self._store.add(item.document, item.extraction):
                    self.report.added += 1
                else:
                    self.report.known += 1
        except StoreError as error:
            self._fail(str(error))
            self._job.cancel()
        self._done += 1
        self._job.taken()
        self._tell()

    def _fail(self, problem: str) -> None:
        self.report.problems.append(problem)

    def _tell(self) -> None:
        self.progressed.emit(_("正在导入 {done}/{total}"), self._done, len(self._paths))
