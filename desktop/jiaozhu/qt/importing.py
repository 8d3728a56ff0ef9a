"""Imports of a window: from files, folders and the clipboard; their report, and what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from jiaozhu.i18n import gettext as _
from jiaozhu.qt import pasting
from jiaozhu.qt.outcomes import Became, Outcome, Source, left_out, summary
from jiaozhu.qt.tasks import Import, Report

if TYPE_CHECKING:
    from jiaozhu.qt.import_report import ImportReport
    from jiaozhu.qt.main_window import MainWindow


class Importing(QObject):
    """What the window knows of the last import of its project, and how it begins another one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._report: Report | None = None
        self._dialog: ImportReport | None = None

    @property
    def report(self) -> Report | None:
        """The report of the last import, with what was chosen in it since."""
        return self._report

    def begin(self, sources: Sequence[Source], *, goes_there: bool = False) -> None:
        """Import files, folders or pasted bytes; then open the document, if `goes_there`."""
        self._run(sources, lambda report: self._on_imported(report, goes_there))

    def paste(self) -> None:
        """Import what is on the clipboard; say so if that is nothing to import."""
        found = pasting.pasted()
        if isinstance(found, str):
            self._window.status.remark(found)
        else:
            self.begin(found, goes_there=all(source.data is not None for source in found))

    def show_report(self) -> None:
        """Show the report of the last import."""
        from jiaozhu.qt.import_report import ImportReport

        if self._report is None:
            self._window.status.remark(_("打开项目以来还没有导入过。"))
            return
        if self._dialog is None:
            self._dialog = ImportReport(self._window)
            self._dialog.document_wanted.connect(self._window.page.open)
            self._dialog.chosen.connect(self._on_chosen)
            self._dialog.encoding_wanted.connect(self._choose_encoding)
            self._dialog.again_wanted.connect(lambda source: self._again([source]))
        self._dialog.show_report(self._report)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def forget(self) -> None:
        """Forget the report: the project is closed."""
        self._report = None
        if self._dialog is not None:
            for asking in self._dialog.findChildren(QDialog):
                asking.reject()
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _run(self, sources: Sequence[Source], then: Callable[[Report], None]) -> None:
        session = self._window.session
        if session is None or session.store.path is None or not sources:
            return
        task = Import(session.store.path, sources, self._window.turn, self._window)
        if self._window.start_task(task):
            task.finished.connect(then)

    def _on_imported(self, report: Report, goes_there: bool) -> None:
        self._report = report
        one = report.outcomes[0] if len(report.outcomes) == 1 else None
        if goes_there and one is not None and one.document is not None:
            self._window.page.open(one.document)
            if one.became is Became.SKIPPED:
                self._window.status.remark(_("这些内容已在项目中，没有再导入一次。"))
                return
        if report.problems or any(one.is_remarkable for one in report.outcomes):
            self.show_report()

    def _on_chosen(self, unwanted: Sequence[Outcome], wanted: Sequence[Source]) -> None:
        """Do with documents that were held back as was chosen."""
        self._replace([left_out(one) for one in unwanted])
        if wanted:
            self._again(wanted)

    def _choose_encoding(self, failed: Outcome) -> None:
        from jiaozhu.qt.encoding_dialog import EncodingDialog

        dialog = EncodingDialog(failed.source, self._dialog or self._window)
        dialog.chosen.connect(lambda source: self._again([source]))
        dialog.open()

    def _again(self, sources: Sequence[Source]) -> None:
        """Import what the report lists once more, in another way; the rest of the report stays."""

        def then(report: Report) -> None:
            if self._report is not None:
                self._report.problems = report.problems
            self._replace(report.outcomes)

        self._run(sources, then)

    def _replace(self, outcomes: Sequence[Outcome]) -> None:
        if self._report is None:
            return
        became = {one.source.name: one for one in outcomes}
        self._report.outcomes = [became.get(one.source.name, one) for one in self._report.outcomes]
        self._report.sentence = summary(self._report.outcomes)
        if self._dialog is not None:
            self._dialog.show_report(self._report)


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """Return files and folders as sources."""
    return [Source(str(path)) for path in paths]
