"""The report of an import: what became of each file, and what can still be done about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.qt.outcome_details import OutcomeDetails
from jiaozhu.qt.outcome_list import OutcomeDelegate, OutcomeModel
from jiaozhu.qt.outcomes import NAMES, Became, Outcome, as_text
from jiaozhu.qt.tasks import Report
from jiaozhu.qt.text import Text
from jiaozhu.review.storing import Treatment

#: What asks for something to be done comes first.
_ORDER = (Became.HELD, Became.FAILED, Became.VERSION, Became.NEW, Became.SKIPPED)
_LIST_LEAST, _LIST_MOST = 240, 430
_SIZE = 940, 600
#: From so many rows on they are laid out bit by bit: the first ones show at once.
_MANY = 300


class ImportReport(QDialog):
    """A list of what became of the files; beside it what is known of the one that is chosen.

    It stands beside the window while one works there; Escape closes it, and nothing in it is lost.
    """

    #: A document is to be opened, by its id.
    document_wanted = Signal(str)
    #: Held documents that are not wanted (outcomes), and those that are (sources with their treatment).
    chosen = Signal(object, object)
    #: A file is to be read in an encoding that is still to be chosen (outcome).
    encoding_wanted = Signal(object)
    #: A file is to be imported once more, by itself (source).
    again_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入报告"))
        self.setObjectName("import_report")
        self._report = Report()
        self._choices: dict[str, Treatment] = {}
        self._shown: Became | None = None  # None: all
        self.title = Text()
        self.title.setFont(theme.reading_font(20))
        self.title.setWordWrap(True)
        self.title.setAccessibleName(_("导入的结果"))
        self._problems = Text(ink="warning", wraps=True)
        self._filters = QHBoxLayout()
        self._filters.setSpacing(6)
        self._group = QButtonGroup(self)
        self.model = OutcomeModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(OutcomeDelegate(self.list))
        self.list.setAccessibleName(_("导入的文件"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.list.setMinimumWidth(_LIST_LEAST)
        self.list.setMaximumWidth(_LIST_MOST)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_activated)
        self.details = OutcomeDetails()
        self.details.document_wanted.connect(self.document_wanted)
        self.details.encoding_wanted.connect(self.encoding_wanted)
        self.details.again_wanted.connect(self.again_wanted)
        self.details.choice_made.connect(self._on_choice)
        scroll = QScrollArea()
        scroll.setWidget(self.details)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("选中的文件"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy = QPushButton(_("复制报告"))
        self.apply = QPushButton()
        self.apply.setProperty("prominent", True)
        self.shut = QPushButton(_("关闭"))
        for button in (self.copy, self.apply, self.shut):
            button.setAutoDefault(False)
            theme.dress(button)
        self.copy.setAccessibleName(_("复制报告"))
        self.shut.setAccessibleName(_("关闭"))
        self.copy.clicked.connect(self._copy)
        self.apply.clicked.connect(self._apply)
        self.shut.clicked.connect(self.close)
        for area in (self.list, scroll):
            area.verticalScrollBar().setAccessibleName(_("滚动条"))
            theme.dress(area.verticalScrollBar())

        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 14)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self._problems)
        head.addLayout(self._filters)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list, 1)
        middle.addWidget(Rule(stands=True))
        middle.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 14)
        foot.setSpacing(10)
        foot.addWidget(self.copy)
        foot.addStretch()
        foot.addWidget(self.apply)
        foot.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Rule())
        layout.addLayout(middle, 1)
        layout.addWidget(Rule())
        layout.addLayout(foot)
        screen = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], screen.width() - 60), min(_SIZE[1], screen.height() - 80))
        self.list.setFocus()

    def show_report(self, report: Report) -> None:
        """Show a report: another one, or what has become of it; the chosen file stays chosen."""
        if report is not self._report:
            self._choices.clear()
            self._shown = None
        self._report = report
        held = {one.source.name for one in report.outcomes if one.became is Became.HELD}
        self._choices = {name: choice for name, choice in self._choices.items() if name in held}
        self.title.show_text(report.sentence)
        self._problems.show_text("\n".join(report.problems))
        self._problems.setVisible(bool(report.problems))
        self._show_filters()
        self._show_list()

    @property
    def shown(self) -> list[Outcome]:
        """The outcomes that are listed, in their order."""
        return self.model.outcomes

    def _show_filters(self) -> None:
        while (item := self._filters.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                self._group.removeButton(widget)  # type: ignore[arg-type]
                widget.deleteLater()
        counts = Counter(one.became for one in self._report.outcomes)
        if not counts[self._shown or Became.NEW]:
            self._shown = None
        kinds = [became for became in _ORDER if counts[became]]
        for became in (None, *kinds):
            count = counts[became] if became is not None else counts.total()
            name = f"{NAMES[became] if became is not None else _('全部')} {count}"
            button = QToolButton()
            button.setText(name)
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setChecked(became is self._shown)
            button.setProperty("role", "filter")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, became=became: self._show_only(became))
            theme.dress(button)
            self._group.addButton(button)
            self._filters.addWidget(button)
        self._filters.addStretch()

    def _show_only(self, became: Became | None) -> None:
        self._shown = became
        self._show_list()

    def _show_list(self) -> None:
        before = self._current()
        row = self.list.currentIndex().row()
        listed = [one for one in self._report.outcomes if self._shown in (None, one.became)]
        # What asks for something is at the top; the order of the files stays otherwise.
        listed.sort(key=lambda one: (_ORDER.index(one.became), not one.doubts))
        mode = QListView.LayoutMode.Batched if len(listed) > _MANY else QListView.LayoutMode.SinglePass
        self.list.setLayoutMode(mode)
        self.model.show_outcomes(listed, self._choices)
        names = [one.source.name for one in listed]
        if before is not None and before.source.name in names:
            row = names.index(before.source.name)
        self._go_to(max(0, min(row, len(listed) - 1)))
        self._show_details()
        self._show_apply()

    def _go_to(self, row: int) -> None:
        index = self.model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _current(self) -> Outcome | None:
        row = self.list.currentIndex().row()
        return self.model.outcomes[row] if 0 <= row < len(self.model.outcomes) else None

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        self._show_details()

    def _on_activated(self, index: QModelIndex) -> None:
        one = self._current()
        if one is None:
            return
        if one.is_encoding:
            self.encoding_wanted.emit(one)
        elif one.document is not None:
            self.document_wanted.emit(one.document)

    def _show_details(self) -> None:
        one = self._current()
        held = self._held()
        choice = self._choices.get(one.source.name) if one is not None else None
        self.details.show_outcome(one, choice, len(held))

    def _held(self) -> list[Outcome]:
        return [one for one in self._report.outcomes if one.became is Became.HELD]

    def _on_choice(self, choice: Treatment, for_all: bool) -> None:
        one = self._current()
        if one is None:
            return
        for each in self._held() if for_all else [one]:
            self._choices[each.source.name] = choice
        self.model.show_choices(self._choices)
        self._show_apply()
        if for_all:
            self.apply.setFocus()

    def _show_apply(self) -> None:
        count = len(self._choices)
        text = ngettext("按选择处理 {count} 个", "按选择处理 {count} 个", count).format(count=count)
        text = text if count else _("按选择处理")
        self.apply.setText(text)
        self.apply.setAccessibleName(text)
        self.apply.setEnabled(count > 0)
        self.apply.setVisible(bool(self._held()))

    def _apply(self) -> None:
        chosen = [(one, self._choices.get(one.source.name)) for one in self._held()]
        unwanted = [one for one, choice in chosen if choice is Treatment.SKIP]
        wanted = [
            replace(one.source, treatment=choice)
            for one, choice in chosen
            if choice is not None and choice is not Treatment.SKIP
        ]
        self.chosen.emit(unwanted, wanted)

    def _copy(self) -> None:
        text = as_text(self._report.outcomes, self._report.problems)
        QGuiApplication.clipboard().setText(text)
        self.copy.setText(_("已复制"))


class Rule(QWidget):
    """A hairline between two parts."""

    def __init__(self, *, stands: bool = False) -> None:
        super().__init__()
        if stands:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), theme.current().line)
