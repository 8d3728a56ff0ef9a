"""The project as a list: documents, and below each unfolded one its speeches, with their progress.

A flat table and not a tree: Qt asks a tree about each of ten thousand documents before it draws the
first, and a table about those in sight only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.store import Counts, DocumentRow, SpeechRow

_Index = QModelIndex | QPersistentModelIndex

NAME, PROGRESS = 0, 1
#: The role under which a cell gives its row as a whole: a Row.
ROW = Qt.ItemDataRole.UserRole


class Wanted(StrEnum):
    """Which documents the queue shows."""

    ALL = "all"
    OPEN = "open"  # something is undecided
    UNTOUCHED = "untouched"
    STARTED = "started"
    DONE = "done"


_TESTS: dict[Wanted, Callable[[Counts], bool]] = {
    Wanted.ALL: lambda counts: True,
    Wanted.OPEN: lambda counts: counts.decided < counts.total,
    Wanted.UNTOUCHED: lambda counts: bool(counts.total) and not counts.decided,
    Wanted.STARTED: lambda counts: 0 < counts.decided < counts.total,
    Wanted.DONE: lambda counts: counts.decided == counts.total,
}


class Row:
    """One line of the list: a document, or a speech of it."""

    __slots__ = ("document", "is_current", "is_unfolded", "number", "speech")

    def __init__(
        self,
        document: DocumentRow,
        speech: SpeechRow | None = None,
        *,
        number: int = 0,
        is_unfolded: bool = False,
        is_current: bool = False,
    ) -> None:
        self.document = document
        self.speech = speech
        self.number = number  # of the speech, from 1
        self.is_unfolded = is_unfolded
        self.is_current = is_current  # the document is the one that is read

    @property
    def counts(self) -> Counts:
        """How its annotations stand."""
        return (self.speech or self.document).counts

    @property
    def can_unfold(self) -> bool:
        """Whether there are speeches to show below; one alone is its document."""
        return self.speech is None and self.document.speeches > 1

    @property
    def name(self) -> str:
        """What it is called."""
        if self.speech is None:
            return self.document.title or PurePath(self.document.source).stem
        speech = self.speech
        known = " · ".join(part for part in (speech.region, speech.speaker) if part)
        return known or speech.heading or _("讲话 {number}").format(number=self.number)

    @property
    def note(self) -> str:
        """What tells it from others of the same name: the day, else the file."""
        return self.document.date or (self.document.source if self.document.title else "")

    @property
    def help(self) -> str:
        """All that is known of it, a line each."""
        if self.speech is None:
            document = self.document
            count = ngettext("{count} 篇讲话", "{count} 篇讲话", document.speeches)
            parts = (document.title, document.source, document.date, count.format(count=document.speeches))
        else:
            speech = self.speech
            parts = (speech.heading, speech.region or "", speech.office, speech.speaker or speech.date or "")
        return "\n".join(part for part in parts if part)


class QueueModel(QAbstractTableModel):
    """Documents with their speeches below them where they are unfolded.

    `fetch_speeches` gives the speeches of a document, or of all if it is asked for None.
    """

    def __init__(
        self, fetch_speeches: Callable[[str | None], Sequence[SpeechRow]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch_speeches
        self._all: list[DocumentRow] = []
        self._places: dict[str, int] = {}  # id -> place among all
        self._shown: list[int] = []  # places of those that pass the filter, ascending
        self._speeches: dict[str, list[SpeechRow]] = {}  # of the documents that are unfolded
        self._unfolded: list[tuple[int, str]] = []  # the same, as (row among those shown, id), ascending
        self._searchable: dict[str, str] | None = None  # id -> all that a filter looks at
        self._text = ""
        self._wanted = Wanted.ALL
        self._current: str | None = None

    # What it holds

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """Show other documents, or the same with new counts; what was unfolded stays so."""
        self.beginResetModel()
        self._all = [row for row in documents if row.replaced_by is None]
        self._places = {row[0]: place for place, row in enumerate(self._all)}
        self._speeches = {key: list(self._fetch(key)) for key in self._speeches if key in self._places}
        if self._searchable is not None and self._searchable.keys() >= self._places.keys():
            for key in {
                *self._speeches,
                self._current or "",
            } & self._places.keys():  # only they get other names
                self._searchable[key] = _names(self._all[self._places[key]], list(self._fetch(key)))
        else:
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
        place = self._places.get(document_id)
        if place is None or not speeches:
            return
        totals = Counts(*(sum(values) for values in zip(*(row.counts for row in speeches), strict=True)))
        self._all[place] = self._all[place]._replace(**totals._asdict())
        row = self.row_of(document_id)
        if row is None:
            return
        index = self.index(row, PROGRESS)
        self.dataChanged.emit(index, index)
        held = self._speeches.get(document_id)
        if held is not None and len(held) == len(speeches):
            for at, (old, new) in enumerate(zip(held, speeches, strict=True)):
                if old != new:
                    held[at] = new
                    below = self.index(row + 1 + at, PROGRESS)
                    self.dataChanged.emit(below, below)

    def set_current(self, document_id: str | None) -> None:
        """Mark the document that is being read."""
        for changed in (self._current, document_id):
            row = self.row_of(changed) if changed is not None else None
            self._current = document_id
            if row is not None:
                index = self.index(row, NAME)
                self.dataChanged.emit(index, index)

    @property
    def current(self) -> str | None:
        """The document that is being read."""
        return self._current

    def unfold(self, document_id: str, *, on: bool = True) -> None:
        """Show the speeches of a document below it, or no longer."""
        row = self.row_of(document_id)
        if row is None or on == (document_id in self._speeches) or not self.at(row).can_unfold:
            return
        if on:
            speeches = list(self._fetch(document_id))
            if not speeches:
                return
            self.beginInsertRows(QModelIndex(), row + 1, row + len(speeches))
            self._speeches[document_id] = speeches
            self._note_unfolded()
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), row + 1, row + len(self._speeches[document_id]))
            del self._speeches[document_id]
            self._note_unfolded()
            self.endRemoveRows()
        index = self.index(row, NAME)
        self.dataChanged.emit(index, index)

    def at(self, row: int) -> Row:
        """Return what stands in a row."""
        before = 0  # rows of speeches above
        for place, key in self._unfolded:
            speeches = self._speeches[key]
            if row <= place + before:
                break
            if row <= place + before + len(speeches):
                number = row - place - before
                document = self._all[self._shown[place]]
                return Row(document, speeches[number - 1], number=number, is_current=key == self._current)
            before += len(speeches)
        document = self._all[self._shown[row - before]]
        return Row(
            document, is_unfolded=document.id in self._speeches, is_current=document.id == self._current
        )

    def row_of(self, document_id: str, speech_id: str | None = None) -> int | None:
        """Return the row of a document, or of its speech if it is unfolded; None if it is not shown."""
        place = self._places.get(document_id)
        if place is None:
            return None
        shown = bisect_left(self._shown, place)
        if shown == len(self._shown) or self._shown[shown] != place:
            return None
        row = shown + sum(len(self._speeches[key]) for at, key in self._unfolded if at < shown)
        for at, speech in enumerate(self._speeches.get(document_id, ())):
            if speech.id == speech_id:
                return row + 1 + at
        return row

    def names(self) -> Iterator[str]:
        """Yield the names of the documents that pass the filter."""
        return (Row(self._all[place]).name for place in self._shown)

    def speech_rows(self) -> Iterator[int]:
        """Yield the rows that are speeches."""
        before = 0
        for place, key in self._unfolded:
            count = len(self._speeches[key])
            yield from range(place + before + 1, place + before + 1 + count)
            before += count

    def first(self, test: Callable[[DocumentRow], bool]) -> DocumentRow | None:
        """Return the first document of the project that passes a test."""
        return next(filter(test, self._all), None)

    @property
    def shown(self) -> int:
        """How many documents pass the filter."""
        return len(self._shown)

    @property
    def size(self) -> int:
        """How many documents the project has."""
        return len(self._all)

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many documents and speeches are shown."""
        if parent.isValid():
            return 0
        return len(self._shown) + sum(len(self._speeches[key]) for _at, key in self._unfolded)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return two: name and progress."""
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or role not in _ROLES:
            return None
        row = self.at(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.help
        if index.column() == NAME:
            return row.name
        counts = row.counts
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("已决 {decided}，共 {total}").format(decided=counts.decided, total=counts.total)
        return f"{counts.decided}/{counts.total}" if counts.total else "–"

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
        if self._wanted is Wanted.ALL:
            shown: Sequence[int] = range(len(self._all))
        else:
            shown = [place for place, row in enumerate(self._all) if test(row.counts)]
        if words:
            texts = self._texts()
            shown = [place for place in shown if all(word in texts[self._all[place].id] for word in words)]
        self._shown = list(shown)
        self._note_unfolded()

    def _note_unfolded(self) -> None:
        """Note in which rows, among the documents shown, the unfolded ones stand."""
        found = []
        for key in self._speeches:
            place = self._places[key]
            row = bisect_left(self._shown, place)
            if row < len(self._shown) and self._shown[row] == place:
                found.append((row, key))
        self._unfolded = sorted(found)

    def _texts(self) -> dict[str, str]:
        """Return what a filter looks at, by document; made when it is first needed."""
        if self._searchable is None:
            speeches: dict[str, list[SpeechRow]] = {row.id: [] for row in self._all}
            for speech in self._fetch(None):
                if speech.document in speeches:
                    speeches[speech.document].append(speech)
            self._searchable = {row.id: _names(row, speeches[row.id]) for row in self._all}
        return self._searchable


_ROLES = {
    int(ROW),
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.ToolTipRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
}


def _names(document: DocumentRow, speeches: Sequence[SpeechRow]) -> str:
    """Return all that a filter looks at in a document."""
    parts = [document.title, document.source, document.date]
    for speech in speeches:
        parts += (speech.region, speech.speaker, speech.office, speech.heading)
    return "\n".join(part for part in parts if part).casefold()
