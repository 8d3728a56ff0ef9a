"""What takes long: files come into the project, and annotations go out of it. One task at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QObject, QTimer, Signal

from jiaozhu.export import Exporter, ExportError, write
from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.intake import Refused, Taken, files_in, take, take_bytes
from jiaozhu.model import VERIFIED
from jiaozhu.qt.jobs import Job
from jiaozhu.qt.outcomes import Became, Outcome, Source, outcome, refusal, summary
from jiaozhu.records import Record
from jiaozhu.review.storing import Treatment, store_all
from jiaozhu.store import Store, Turn

#: So much is stored at once, in characters, or what was read in so many seconds: while it is being
#: stored the window can't save a decision. A document costs as much as so many characters by itself.
_PART, _PART_SECONDS, _EACH = 2_500, 0.3, 300
#: For how long the project is left to the window then, in seconds.
_PAUSE = 0.001
#: How often the window looks how far an import is, in milliseconds.
_LOOK = 100


@dataclass(slots=True)
class Report:
    """What came of a task: a sentence, what went wrong, and for imports what became of each document."""

    sentence: str = ""
    problems: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


class Task(QObject):
    """Something long that the bottom line shows, with a way to cancel it."""

    #: What is being done, how far it is, and how far it goes; 0 if that is not known.
    progressed = Signal(str, int, int)
    #: The report, once it is over.
    finished = Signal(object)
    #: Whether what went wrong is said elsewhere than in a box of its own.
    has_own_report = False
    #: Whether it brings documents into the project.
    adds_documents = False

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
    """Brings files and folders into a project.

    A thread reads, searches and stores them, with a store of its own: long documents, and what is like
    them, take longer than the window may stand still.
    """

    has_own_report = adds_documents = True

    def __init__(
        self, project: Path, sources: Sequence[Source], turn: Turn, parent: QObject | None = None
    ) -> None:
        super().__init__(self._work, parent)
        self._project, self._sources, self._turn = project, sources, turn
        #: How many files are read, and what is being read; the thread writes, the window looks.
        self._now = 0, 0, ""
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self._show_progress)
        self._job.started.connect(self._clock.start)
        self._job.finished.connect(self._clock.stop)

    def summarise(self) -> None:
        """Say how many documents became what; also of those that were stored while it was cancelled."""
        if not self.report.outcomes and not self.report.problems and not self._job.is_cancelled:
            self.report.sentence = _("没有可以导入的文件；请检查文件夹，或直接选择文件。")
            return
        self.report.sentence = summary(self.report.outcomes)
        if self._job.is_cancelled:
            self.report.sentence += _("其余已取消。")

    def _show_progress(self) -> None:
        done, total, name = self._now
        text = _("正在导入 {done}/{total}").format(done=done, total=total)
        self.progressed.emit(f"{text}  {name}" if name else text, done, total)

    # In the thread, which alone adds to the report until it is done

    def _work(self) -> Iterator[object]:
        with Store(self._project, turn=self._turn) as store:
            for treatment, sources, items in self._parts():
                if self._job.is_cancelled:
                    return
                stored = store_all(store, items, treatment)
                became = [outcome(item, source) for item, source in zip(stored, sources, strict=True)]
                self.report.outcomes += became
                sleep(_PAUSE)  # whoever waits to write, writes now
                yield None

    def _parts(self) -> Iterator[tuple[Treatment, list[Source], list[Taken | Refused]]]:
        """Yield what was read, as much at once as is soon stored, with what is to be done with it."""
        sources: list[Source] = []
        items: list[Taken | Refused] = []
        weight, begun = 0, monotonic()
        for source, item in self._read():
            if sources and (
                source.treatment is not sources[-1].treatment
                or weight > _PART
                or monotonic() - begun > _PART_SECONDS
            ):
                yield sources[-1].treatment, sources, items
                sources, items, weight, begun = [], [], 0, monotonic()
            sources.append(source)
            items.append(item)
            weight += len(item.document.text) + _EACH if isinstance(item, Taken) else _EACH
            if self._job.is_cancelled:
                return
        if sources:
            yield sources[-1].treatment, sources, items

    def _read(self) -> Iterator[tuple[Source, Taken | Refused]]:
        """Yield what becomes of each source, files of folders each by itself."""
        pasted = [source for source in self._sources if source.data is not None]
        in_files = [source for source in self._sources if source.data is None]
        files: dict[str, Source] = {}
        left_out: list[tuple[Refused, Source]] = []
        for source in in_files:
            found, refused = files_in([Path(source.name)])
            # A file that was given twice, by itself and in its folder, is imported once.
            for path in found:
                files.setdefault(os.path.abspath(path), replace(source, name=str(path)))
            left_out += [(one, replace(source, name=one.source)) for one in refused]
        self.report.outcomes += [
            refusal(refused, source, Became.SKIPPED)
            for refused, source in left_out
            if os.path.abspath(source.name) not in files  # left out of a folder, but given by itself too
        ]
        total = len(files) + len(pasted)
        self._now = 0, total, ""
        done = 0
        for encoding, group in groupby(files.values(), key=attrgetter("encoding")):
            waiting = list(group)
            here = 0
            self._now = done, total, waiting[0].shown
            for item in take([Path(source.name) for source in waiting], encoding=encoding):
                while item.source != waiting[here].name:  # a file of records may make many documents, or none
                    here += 1
                    done += 1
                following = waiting[min(here + 1, len(waiting) - 1)]
                self._now = min(done + 1, total), total, following.shown
                yield waiting[here], item
            done += len(waiting) - here
        for source in pasted:
            assert source.data is not None
            self._now = done, total, source.shown
            yield source, take_bytes(source.data, source.name, source.encoding)
            done += 1
        self._now = total, total, ""


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
