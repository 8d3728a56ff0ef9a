"""One speech in the right pane: who speaks, as what, where and when, to be corrected in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Speech
from jiaozhu.qt import readable, speech_title, theme
from jiaozhu.qt.details_sheet import Sheet, section_heading
from jiaozhu.qt.fields_view import FieldsView
from jiaozhu.qt.text import Text
from jiaozhu.review import Session
from jiaozhu.review.outlining import region_code

#: Records corrected fields of a speech; gives back why it can't be done, None if it is done.
Record = Callable[[str, dict[str, str | None]], str | None]

#: How much of the beginning of a speech is shown, in characters.
_BEGINNING = 90
_QUOTE_SIZE = 14
#: When the sheet is surely drawn, in milliseconds.
_DRAWN = 200


class SpeechSheet(Sheet):
    """Enter records what was typed and goes back to the text, Escape forgets it."""

    def __init__(
        self, record: Record, actions: Sequence[QAction] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(Speech.type, name=_("讲话信息"), parent=parent)
        self._record = record
        self._speech: Speech | None = None
        self._facts: list[tuple[str, str]] = []
        self.form.submitted.connect(self._submit)
        for name in ("region", "date"):
            editor = self.form.editor(name)
            assert isinstance(editor, QLineEdit)
            editor.textChanged.connect(self._show_facts)
        self.facts = FieldsView()
        self._beginning = Text(wraps=True)
        self._beginning.setFont(theme.reading_font(_QUOTE_SIZE))
        self._beginning.setAccessibleName(_("开头"))
        self.body.addWidget(self.facts)
        self.body.addSpacing(10)
        self.body.addWidget(section_heading(_("开头")))
        self.body.addWidget(self._beginning)
        self.end_body()
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(20, 10, 20, 14)
        row.setSpacing(8)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        theme.dress(buttons)
        self.layout_.addWidget(buttons)
        # Names of regions are a large table: it is read while one reads and types, once all is drawn.
        self._table = Thread(target=region_code, args=("-", None), daemon=True)
        QTimer.singleShot(_DRAWN, self, self._table.start)

    @property
    def speech(self) -> Speech | None:
        """The speech that is shown."""
        return self._speech

    def show_speech(self, session: Session, speech: Speech) -> None:
        """Show a speech of the open document."""
        assert session.document is not None
        self._speech = speech
        self.form.load(speech)
        speeches = session.outline.speeches
        number = next((at for at, one in enumerate(speeches, 1) if one.id == speech.id), 0)
        said = _("第 {number} 篇，共 {count} 篇").format(number=number, count=len(speeches))
        self.show_head(speech_title.speaker(speech), said)
        text = session.document.text[speech.start : speech.end]
        counts = next((row.counts for row in session.speeches if row.id == speech.id), None)
        self._facts = [(_("字数"), f"{sum(not char.isspace() for char in text):,}")]
        if counts is not None:
            total = ngettext("{count} 条", "{count} 条", counts.total).format(count=counts.total)
            decided = _("{total}，已决 {count}").format(total=total, count=counts.decided)
            self._facts.append((_("条目"), decided if counts.total else _("没有")))
        self._show_facts()
        beginning = " ".join(text[: 2 * _BEGINNING].split())
        cut = f"{beginning[:_BEGINNING]}…" if len(beginning) > _BEGINNING else beginning
        self._beginning.show_text(cut)
        self.show_history(session.store.history(session.document.id, Speech.type, speech.id))

    def finish(self) -> bool:
        """Record what was typed; return False, the cursor in the field, if a value is wrong."""
        if self._speech is None:
            return True
        changes = self.form.changes()
        wrong = self.wrong_field(changes)
        if wrong is not None:
            self.form.focus_on(wrong)
            return False
        problem = self._record(self._speech.id, changes) if changes else None
        self.form.explain(problem)
        return problem is None

    def _submit(self) -> None:
        if self.finish():
            self.left.emit()

    def _show_facts(self) -> None:
        """Show the code of the region as it is typed, above what else is known."""
        if self._speech is None:
            return
        changes = self.form.changes()
        region = changes.get("region", self._speech.region)
        code = self._speech.region_code
        if changes.keys() & {"region", "date"}:
            day = changes.get("date", self._speech.date)
            if self._table.is_alive():
                self._table.join()
            code = region_code(region, day if day == readable.typed_day(day or "") else None)
        said = code or (_("没有这个地名") if region else "")
        self.facts.show_facts([(_("地区代码"), said), *self._facts], name=_("讲话"))
