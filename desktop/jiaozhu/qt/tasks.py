"""What takes long: files come into the project, and annotations go out of it. One task at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from jiaozhu.export import Exporter, ExportError, write
from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import VERIFIED
from jiaozhu.qt.jobs import Job
from jiaozhu.records import Record
from jiaozhu.review.intake import Refused, Taken, files_in, take
from jiaozhu.review.storing import Held, store_all
from jiaozhu.store import Store, StoreError

#: Documents are handed to the window by so many, or by what came in so many seconds: storing them
#: must not keep it from drawing.
_CHUNK, _CHUNK_SECONDS = 20, 0.3


@dataclass(slots=True)
class Report:
    """What came of a task: a sentence, and what went wrong."""

    sentence: str = ""
    problems: list[str] = field(default_factory=list)


class Task(QObject):
    """Something long that the bottom line shows, with a way to cancel it."""

    #: What is being done, how far it is, and how far it goes; 0 if that is not known.
    progressed = Signal(str, int, int)
    #: The report, once it is over.
    finished = Signal(object)

    def __init__(self, work: Callable[[], Iterator[object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.report = Report()
        self._job = Job(work, self)
        self._job.made.connect(self._on_made)
        self._job.failed.connect(self.report.problems.append)
        self._job.finished.connect(self._on_finished)

    def start(self) -> None:
        """Begin."""
        self._job.start()

    def cancel(self) -> None:
        """Stop soon; what is done stays done."""
        self._job.cancel()

    def stop(self) -> None:
        """Stop and wait for that: the project is being closed."""
        self._job.cancel()
        self._job.wait()

    def take(self, item: object) -> None:
        """Do the window's part with what the thread made."""

    def summarise(self) -> None:
        """Write the sentence of the report."""

    def _on_made(self, item: object) -> None:
        if not self._job.is_cancelled:
            self.take(item)
        self._job.taken()

    def _on_finished(self) -> None:
        self.summarise()
        self.finished.emit(self.report)


class Import(Task):
    """Brings files and folders into a project: a thread reads and searches them, the window stores."""

    def __init__(self, store: Store, paths: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(self._work, parent)
        self._store = store
        self._paths = paths
        self._total = self._done = self._new = self._known = 0

    def take(self, item: object) -> None:
        """Store some documents, or note how many files there are."""
        if isinstance(item, int):
            self._total = item
        elif isinstance(item, list):
            self._done += len(item)
            try:
                for stored in store_all(self._store, item):
                    if isinstance(stored, Refused):
                        self.report.problems.append(_refusal(stored))
                    elif stored.is_new:
                        self._new += 1
                    else:
                        self._known += 1
            except StoreError as error:
                self.report.problems.append(str(error))
                self.cancel()
        done = min(self._done, self._total)
        text = _("正在导入 {done}/{total}").format(done=done, total=self._total)
        self.progressed.emit(text, done, self._total)

    def summarise(self) -> None:
        """Say how many documents are new, known and refused."""
        count = self._new
        parts = [ngettext("导入了 {count} 个文档", "导入了 {count} 个文档", count).format(count=count)]
        if count := self._known:
            parts.append(ngettext("{count} 个已在项目中", "{count} 个已在项目中", count).format(count=count))
        if count := len(self.report.problems):
            parts.append(ngettext("{count} 个没有导入", "{count} 个没有导入", count).format(count=count))
        self.report.sentence = _("，").join(parts) + _("。")

    def _work(self) -> Iterator[object]:
        files, left_out = files_in(self._paths)
        yield len(files)
        chunk: list[Taken | Refused] = list(left_out)
        begun = monotonic()
        for item in take(files):
            chunk.append(item)
            if len(chunk) >= _CHUNK or monotonic() - begun > _CHUNK_SECONDS:
                yield chunk
                chunk = []
                begun = monotonic()
        yield chunk


class Export(Task):
    """Writes what is verified to a file, from a connection of its own."""

    def __init__(
        self, project: Path, target: Path, exporter: Exporter, parent: QObject | None = None
    ) -> None:
        super().__init__(self._work, parent)
        self._project, self._target, self._exporter = project, target, exporter
        self._count = 0
        self._written: list[Path] = []

    def take(self, item: object) -> None:
        """Say what is going on."""
        self.progressed.emit(_("正在导出…"), 0, 0)

    def summarise(self) -> None:
        """Say how much went where."""
        if self._written:
            count, names = self._count, _("、").join(path.name for path in self._written)
            sentence = ngettext("导出 {count} 条到 {names}。", "导出 {count} 条到 {names}。", count)
            self.report.sentence = sentence.format(count=count, names=names)
        else:
            self.report.sentence = _("没有导出。")

    def _work(self) -> Iterator[object]:
        yield None
        with Store(self._project, read_only=True) as store:
            self._written = write(self._records(store), self._target, self._exporter)

    def _records(self, store: Store) -> Iterator[Record]:
        for record in store.curated(VERIFIED):
            if self._job.is_cancelled:
                raise ExportError(_("导出已取消，没有写入文件。"))
            self._count += len(record.metrics) + len(record.commitments)
            yield record


def _refusal(refused: Refused) -> str:
    """Return why a file was left out; the sentence often names it already."""
    name = Path(refused.source).name
    return refused.reason if name in refused.reason else f"{name}：{refused.reason}"
