"""The project as a tree: documents, and under each its speeches, with their progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.qt import theme
from jiaozhu.store import Counts, DocumentRow, SpeechRow

#: A document's index carries this; a speech's carries the row of its document.
_DOCUMENT = 0xFFFF_FFFF
_Index = QModelIndex | QPersistentModelIndex

NAME, PROGRESS = 0, 1
#: The role under which a progress cell gives its Counts.
COUNTS = Qt.ItemDataRole.UserRole


class Wanted(StrEnum):
    """Which documents the queue shows."""

    ALL = "all"
    UNTOUCHED = "untouched"
    STARTED = "started"
    OPEN = "open"  # something is undecided
    DONE = "done"


def progress(counts: Counts) -> str:
    """Return how far a document or a speech has come, with a sign: 26/36 ●."""
    if not counts.total:
        return "–"
    return f"{counts.decided}/{counts.total} {sign(counts)}"


def sign(counts: Counts) -> str:
    """Return ○ if nothing is decided, ✔ if everything is, else ●."""
    if counts.decided == counts.total:
        return "✔"
    return "●" if counts.decided else "○"


_TESTS: dict[Wanted, Callable[[Counts], bool]] = {
    Wanted.ALL: lambda counts: True,
    Wanted.UNTOUCHED: lambda counts: bool(counts.total) and not counts.decided,
    Wanted.STARTED: lambda counts: 0 < counts.decided < counts.total,
    Wanted.OPEN: lambda counts: counts.decided < counts.total,
    Wanted.DONE: lambda counts: counts.decided == counts.total,
}


class QueueModel(QAbstractItemModel):
    """Documents with their speeches; speeches are fetched when a document is unfolded.

    `fetch_speeches` gives the speeches of a document, or of all if it is asked for None.
    """

    def __init__(
        self, fetch_speeches: Callable[[str | None], Sequence[SpeechRow]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch_speeches
        self._all: list[DocumentRow] = []
        self._places: dict[str, int] = {}  # id -> row, of all
        self._shown: list[DocumentRow] = []
        self._rows: dict[str, int] = {}  # id -> row, of those shown
        self._speeches: dict[str, list[SpeechRow]] = {}  # of the documents that were unfolded
        self._searchable: dict[str, str] | None = None  # id -> all that a filter looks at
        self._text = ""
        self._wanted = Wanted.ALL
        self.current: str | None = None  # the document that is open

    # What it holds

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Show other documents, or the same with new counts."""
        self.beginResetModel()
        self._all = list(documents)
        self._places = {row.id: at for at, row in enumerate(self._all)}
        self._speeches.clear()
        self._searchable = None
        self._choose()
        self.endResetModel()

    def filter(self, text: str, wanted: Wanted = Wanted.ALL) -> None:
        """Show only documents that hold all the words of a text in their names or those of their speeches."""
        if (text, wanted) == (self._text, self._wanted):
            return
        self.beginResetModel()
        self._text, self._wanted = text, wanted
        self._choose()
        self.endResetModel()

    def update_document(self, document_id: str, speeches: Sequence[SpeechRow]) -> None:
        """Take in the counts of a document's speeches after a decision."""
        totals = Counts(*(sum(values) for values in zip(*(row.counts for row in speeches), strict=True)))
        row = self._rows.get(document_id)
        if row is None or not speeches:
            return
        before = self._shown[row]
        after = before._replace(**totals._asdict())
        self._shown[row] = after
        self._all[self._places[document_id]] = after
        index = self.index(row, PROGRESS)
        self.dataChanged.emit(index, index)
        held = self._speeches.get(document_id)
        if held is not None and len(held) == len(speeches):
            for at, (old, new) in enumerate(zip(held, speeches, strict=True)):
                if old != new:
                    held[at] = new
                    below = self.index(at, PROGRESS, self.index(row, NAME))
                    self.dataChanged.emit(below, below)

    def document_at(self, index: _Index) -> DocumentRow | None:
        """Return the document of an index, or the one whose speech it is."""
        if not index.isValid():
            return None
        row = index.row() if index.internalId() == _DOCUMENT else index.internalId()
        return self._shown[row]

    def speech_at(self, index: _Index) -> SpeechRow | None:
        """Return the speech of an index, None if it is a document's."""
        if not index.isValid() or index.internalId() == _DOCUMENT:
            return None
        return self._speeches[self._shown[index.internalId()].id][index.row()]

    def index_of(self, document_id: str, speech_id: str | None = None) -> QModelIndex:
        """Return the index of a document, or of its speech if it is unfolded; invalid if it is not shown."""
        row = self._rows.get(document_id)
        if row is None:
            return QModelIndex()
        index = self.index(row, NAME)
        for at, speech in enumerate(self._speeches.get(document_id, ())):
            if speech.id == speech_id:
                return self.index(at, NAME, index)
        return index

    @property
    def documents(self) -> Sequence[DocumentRow]:
        """The documents that are shown, in their order."""
        return self._shown

    @property
    def total(self) -> Counts:
        """How all annotations of the project stand, whatever the filter shows."""
        if not self._all:
            return Counts()
        return Counts(*(sum(values) for values in zip(*(row[-5:] for row in self._all), strict=True)))

    @property
    def size(self) -> int:
        """How many documents the project has, whatever the filter shows."""
        return len(self._all)

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() if parent.isValid() else _DOCUMENT)

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the index of the document that a speech belongs to."""
        if not index.isValid() or index.internalId() == _DOCUMENT:
            return QModelIndex()
        return self.createIndex(index.internalId(), NAME, _DOCUMENT)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many documents are shown, or how many speeches were fetched for one."""
        if not parent.isValid():
            return len(self._shown)
        if parent.internalId() != _DOCUMENT or parent.column() != NAME:
            return 0
        return len(self._speeches.get(self._shown[parent.row()].id, ()))

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return two: name and progress."""
        return 2

    def hasChildren(self, parent: _Index = QModelIndex()) -> bool:  # noqa: B008
        """Return whether there is something below; one speech alone is its document."""
        if not parent.isValid():
            return bool(self._shown)
        if parent.internalId() != _DOCUMENT or parent.column() != NAME:
            return False
        return self._shown[parent.row()].speeches > 1

    def canFetchMore(self, parent: _Index) -> bool:
        """Return whether a document's speeches are still to be fetched."""
        return (
            self.hasChildren(parent)
            and parent.isValid()
            and self._shown[parent.row()].id not in self._speeches
        )

    def fetchMore(self, parent: _Index) -> None:
        """Fetch the speeches of a document."""
        if not self.canFetchMore(parent):
            return
        document = self._shown[parent.row()]
        speeches = list(self._fetch(document.id))
        if speeches:
            self.beginInsertRows(parent, 0, len(speeches) - 1)
        self._speeches[document.id] = speeches
        if speeches:
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        document = self.document_at(index)
        if document is None:
            return None
        speech = self.speech_at(index)
        roles = Qt.ItemDataRole
        if role == roles.DisplayRole:
            if index.column() == PROGRESS:
                return progress((speech or document).counts)
            return _speech_name(speech, index.row()) if speech else document_name(document)
        if role == COUNTS:
            return (speech or document).counts
        if role == roles.ToolTipRole:
            return _speech_help(speech) if speech else _document_help(document)
        if role == roles.AccessibleTextRole and index.column() == PROGRESS:
            counts = (speech or document).counts
            return _("已决 {decided}，共 {total}").format(decided=counts.decided, total=counts.total)
        if role == roles.FontRole and speech is None and index.column() == NAME:
            font = theme.interface_font()
            font.setBold(document.id == self.current)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the names of the columns, which a screen reader says."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("文档"), _("进度"))[section] if section < 2 else None
        return None

    def _choose(self) -> None:
        """Choose what is shown from what there is."""
        words = self._text.casefold().split()
        test = _TESTS[self._wanted]
        shown = self._all if self._wanted is Wanted.ALL else [row for row in self._all if test(row.counts)]
        if words:
            texts = self._texts()
            shown = [row for row in shown if all(word in texts[row.id] for word in words)]
        self._shown = list(shown)
        self._rows = {row.id: at for at, row in enumerate(self._shown)}

    def _texts(self) -> dict[str, str]:
        """Return what a filter looks at, by document; made when it is first needed."""
        if self._searchable is None:
            parts: dict[str, list[str]] = {
                row.id: [part for part in (row.title, row.source, row.date) if part] for row in self._all
            }
            for speech in self._fetch(None):
                if speech.document in parts:
                    parts[speech.document] += [
                        part
                        for part in (speech.region, speech.speaker, speech.office, speech.heading)
                        if part
                    ]
            self._searchable = {key: "\n".join(values).casefold() for key, values in parts.items()}
        return self._searchable


def document_name(document: DocumentRow) -> str:
    """Return what a document is called: its title, else its file's name."""
    return document.title or PurePath(document.source).stem


def _speech_name(speech: SpeechRow, row: int) -> str:
    return speech.region or speech.speaker or speech.heading or _("讲话 {number}").format(number=row + 1)


def _document_help(document: DocumentRow) -> str:
    speeches = ngettext("{count} 篇讲话", "{count} 篇讲话", document.speeches).format(count=document.speeches)
    return "\n".join(part for part in (document.title, document.source, document.date, speeches) if part)


def _speech_help(speech: SpeechRow) -> str:
    parts = (speech.heading, speech.region, speech.office, speech.speaker, speech.date)
    return "\n".join(part for part in parts if part)
