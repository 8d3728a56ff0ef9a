"""What is known of the document that is open: its metadata, to be corrected in place, and its facts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.model import Document, Metadata
from jiaozhu.qt import readable, theme
from jiaozhu.qt.details_doubts import open_doubts
from jiaozhu.qt.details_dropped import DroppedPieces
from jiaozhu.qt.details_sheet import Sheet, section_heading
from jiaozhu.qt.fields_view import FieldsView
from jiaozhu.qt.text import Patch, Text
from jiaozhu.review import Session

#: Records corrected fields; gives back why it can't be done, None if it is done.
Record = Callable[[dict[str, str | None]], str | None]


class Details(Sheet):
    """Title, publisher, date and address; each is recorded when it is left or Enter is pressed."""

    #: The id of another version that is to be opened.
    version_chosen = Signal(str)
    #: An offset of the text that is to be shown.
    place_chosen = Signal(int)

    def __init__(self, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(
            Metadata.type, name=_("文档信息"), hint=_("Tab 到各项，回车或 Tab 保存，Esc 返回"), parent=parent
        )
        self._record = record
        self._document: Document | None = None
        self.form.submitted.connect(self._submit)
        self.form.passed.connect(self._save)
        self._doubts = Patch(ink="warning", patch="warning_tint")
        self._doubts.setAccessibleName(_("存疑"))
        self._doubts_space = QWidget()
        self._doubts_space.setFixedHeight(12)
        self.above.addWidget(self._doubts)
        self.above.addWidget(self._doubts_space)
        self.facts = FieldsView()
        self._versions_heading = section_heading(_("版本"))
        self._versions = QVBoxLayout()
        self._versions.setSpacing(2)
        self._dropped_heading = section_heading(_("未收入正文"))
        self.dropped = DroppedPieces()
        self.dropped.chosen.connect(self._go_to_source)
        self.body.addWidget(section_heading(_("来源")))
        self.body.addWidget(self.facts)
        self.body.addSpacing(10)
        self.body.addWidget(self._versions_heading)
        self.body.addLayout(self._versions)
        self.body.addWidget(self._dropped_heading)
        self.body.addWidget(self.dropped)
        self.end_body()

    def show_document(self, session: Session) -> None:
        """Show the document that is open; what was typed and is wrong stays."""
        document, metadata = session.document, session.outline.metadata
        assert document is not None
        is_same = self._document is not None and self._document.id == document.id
        self._document = document
        self.form.load(metadata, keeping=self._wrong() if is_same else ())
        store = session.store
        versions = store.versions(document.id)
        said = ""
        if len(versions) > 1:
            said = _("第 {number} 版，共 {count} 版").format(
                number=versions.index(document.id) + 1, count=len(versions)
            )
        self.show_head(metadata.title or document.source, said)
        history = store.history(document.id, Metadata.type, document.id)
        doubts = open_doubts(document, history)
        self._doubts.show_text("\n".join(doubts))
        for widget in (self._doubts, self._doubts_space):
            widget.setVisible(bool(doubts))
        characters = sum(not char.isspace() for char in document.text)
        count = len(session.speeches)
        facts = [
            (_("文件名"), document.source),
            (_("编码"), readable.encoding(document.encoding)),
            (_("字数"), f"{characters:,}"),
            (_("讲话"), ngettext("{count} 篇", "{count} 篇", count).format(count=count)),
            (_("导入于"), readable.moment(store.added_at(document.id))),
        ]
        if document.boxes:
            facts.insert(3, (_("页数"), str(document.boxes[-1].page)))
        self.facts.show_facts([fact for fact in facts if fact[1]], name=_("来源"))
        self._show_versions(session, versions)
        for widget in (self._dropped_heading, self.dropped):
            widget.setVisible(bool(document.dropped))
        self.dropped.show_pieces(document.dropped)
        self.show_history(history)

    @property
    def doubts(self) -> str:
        """What is doubtful, a line each."""
        return self._doubts.text()

    def finish(self) -> bool:
        """Record what was typed; return False, the cursor in the field, if a value is wrong."""
        changes = self.form.changes()
        wrong = [name for name in changes if self.wrong_field({name: changes[name]})]
        right = {name: value for name, value in changes.items() if name not in wrong}
        if right and not self._write(right):
            return False
        if wrong:
            self.form.focus_on(wrong[0])
        return not wrong

    def cancel(self) -> None:
        """Forget what was typed and was not recorded."""
        if self._document is not None:
            document = self._document
            self.form.load(
                Metadata(
                    id=document.id,
                    title=document.title,
                    publisher=document.publisher,
                    date=document.date,
                    url=document.url,
                )
            )
        super().cancel()

    def _submit(self) -> None:
        """Record what was typed and stay in the field, ready for something else to be typed."""
        field = self.focusWidget()
        if self.finish() and isinstance(field, QLineEdit):
            field.selectAll()

    def _save(self, name: str) -> None:
        """Record a field that the cursor has left."""
        changes = {field: value for field, value in self.form.changes().items() if field == name}
        if changes and self.wrong_field(changes) is None:
            self._write(changes)

    def _write(self, changes: dict[str, str | None]) -> bool:
        problem = self._record(changes)
        self.form.explain(problem)
        return problem is None

    def _wrong(self) -> list[str]:
        """Return the fields with a typed value that can't be stored."""
        return [name for name in self.form.changes() if self.form.problem(name)]

    def _show_versions(self, session: Session, versions: list[str]) -> None:
        while (item := self._versions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._versions_heading.setVisible(len(versions) > 1)
        if len(versions) < 2:
            return
        rows = {row.id: row for row in session.store.documents() if row.id in versions}
        for number, version in reversed(list(enumerate(versions, 1))):
            at = readable.moment(session.store.added_at(version))
            said = _("第 {number} 版　{at} 导入").format(number=number, at=at)
            is_open = self._document is not None and version == self._document.id
            row: QWidget = (
                Text(_("{version}（当前）").format(version=said)) if is_open else self._link(said, version)
            )
            row.setToolTip(rows[version].source)
            self._versions.addWidget(row)
        self._versions.addSpacing(10)

    def _link(self, said: str, version: str) -> QPushButton:
        link = QPushButton(said)
        link.setProperty("role", "line")
        link.setFlat(True)
        theme.dress(link)
        link.setAccessibleName(_("打开{version}").format(version=said))
        link.clicked.connect(lambda: self.version_chosen.emit(version))
        return link

    def _go_to_source(self, position: int) -> None:
        if self._document is not None and self._document.source_map is not None:
            self.place_chosen.emit(self._document.source_map.offset(position))
