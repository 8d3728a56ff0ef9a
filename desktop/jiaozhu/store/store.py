"""A project as the rest of the program sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    VERIFIED,
    AnyAnnotation,
    Commitment,
    Decision,
    Document,
    Extraction,
    Metadata,
    Metric,
    Speech,
    State,
)
from jiaozhu.records import Record
from jiaozhu.store import (
    backups,
    collector,
    curation,
    decisions,
    documents,
    ledger,
    mentions,
    merging,
    outline,
    packets,
    progress,
    search,
    statistics,
)
from jiaozhu.store.annotations import found_in, standing
from jiaozhu.store.database import StoreError, busy, open_database, reading, sentences, snapshot, transaction
from jiaozhu.store.documents import Alike
from jiaozhu.store.hold import Hold, hold
from jiaozhu.store.ledger import LedgerDocument, LedgerMark, LedgerRow
from jiaozhu.store.mentions import Mention
from jiaozhu.store.merging import Conflict, Merging
from jiaozhu.store.packets import Asked, Identity
from jiaozhu.store.progress import Counts, DocumentRow, SpeechRow
from jiaozhu.store.query import Query
from jiaozhu.store.turn import Turn
from jiaozhu.store.word_index import WordIndex, until


class Store:
    """One project: its documents, suggestions and decisions, in one `.jiaozhu` file.

    Everything that fails raises StoreError, whose text is one sentence for people. A store belongs
    to the thread that opened it; another thread opens its own.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        create: bool = False,
        read_only: bool = False,
        timeout: float = 5.0,
        turn: Turn | None = None,
        alone: bool = False,
    ) -> None:
        """Open the project at `path`, in memory if None; `create` makes it if there is none.

        `timeout` is how many seconds to wait for another writer before giving up. Stores of one program
        that write to the same project share a `turn`, else the one with more to write keeps the other out.
        With `alone` the project is held as a window's: no other program's window opens it then.
        """
        self.path = None if path is None else Path(path)
        self._timeout = timeout
        self.turn = turn or Turn()
        self._words: WordIndex | None = None
        self._depth = 0  # of blocks that write; only the outermost is flushed to the disk
        self._hold = _held(self.path) if alone and self.path is not None else None
        try:
            self._db = self._open(create=create, read_only=read_only)
        except BaseException:
            self._let_go()
            raise

    def _open(self, *, create: bool, read_only: bool) -> Database:
        return open_database(
            self.path,
            create=create,
            read_only=read_only,
            timeout=self._timeout,
            before_upgrade=lambda path: backups.make(path, backups.Occasion.UPGRADE),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was recorded is in it."""
        if self._words is not None:
            self._words.close()
        self._db.close()
        self._let_go()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write what is added in the block at once: many documents in one go to the disk."""
        with self._writing():
            yield

    def add(self, document: Document, extraction: Extraction) -> bool:
        """Add a document with its suggestions; return False, adding nothing, if it is there already.

        If it says which document it `replaces`, that one is from then on its earlier version.
        Raises ContentError if a suggestion does not fit the document.
        """
        with self._writing():
            if documents.has(self._db, document.sha256):
                return False
            documents.insert(self._db, document, extraction)
            return True

    def has(self, sha256: str) -> bool:
        """Return whether a document with these source bytes is in the project."""
        with reading(self.path):
            return documents.has(self._db, sha256)

    def documents(self) -> list[DocumentRow]:
        """Return all documents in the order in which they were added, with counts by state."""
        with reading(self.path):
            return progress.documents(self._db)

    def speeches(
        self,
        document_id: str | None = None,
        *,
        type_: str | None = None,
        states: Collection[State] = (),
        title: str = "",
        region: str = "",
        speaker: str = "",
    ) -> list[SpeechRow]:
        """Return the speeches of a document, or of all, in the text's order, with counts by state.

        The counts are of one type of annotation, or of both. Only those come that have annotations
        in one of the states, if any is named, and that hold the texts: `title` in the title or name
        of the document, or in heading, speaker, office or region of the speech.
        """
        with reading(self.path):
            return progress.speeches(
                self._db,
                document_id,
                type_=type_,
                states=states,
                title=title,
                region=region,
                speaker=speaker,
            )

    def mentions(self, type_: str, text: str) -> list[Mention]:
        """Return the undecided annotations of a type that were suggested in these words, in all documents."""
        with reading(self.path), snapshot(self._db):
            return list(mentions.mentions(self._db, type_, text))

    def search(
        self,
        typed: str,
        kinds: Collection[str] = search.SPEECHES | search.ANNOTATIONS,
        *,
        versions: bool = False,
        most: int = 100,
    ) -> Iterator[search.Found | None]:
        """Yield the documents that hold all words that were typed, with the places; phrases are in quotes.

        Each place is a paragraph, or an annotation with its indicator and note. None comes now and then
        where nothing is found, so that one may stop; at most so many places come. Earlier versions of
        documents are left out unless `versions`. What `learn_words` has taken in is found at once, the
        rest is looked through.
        """
        with reading(self.path):
            yield from search.search(
                self._db, self._index(), Query.parse(typed), kinds=kinds, versions=versions, most=most
            )

    def learn(self, seconds: float) -> None:
        """Make searching quick for so long at most, or until all is known; see `learn_words`."""
        until(seconds, self.learn_words())

    def learn_words(self) -> Iterator[None]:
        """Make searching quick: take what is new into the index, yielding after each part.

        The index lies beside the project, in the user's folder. Where it can't be written, nothing is done.
        """
        index = self._index()
        with reading(self.path), suppress(sqlite3.Error):
            if index is not None:
                yield from index.catch_up(self._db)

    def waiting(self, after: str | None = None) -> Iterator[str]:
        """Yield the ids of documents with undecided annotations: those behind `after`, then round to it."""
        with reading(self.path):
            yield from progress.waiting(self._db, after)

    def document(self, document_id: str) -> Document:
        """Return a document with its metadata as they stand; its source bytes are left out, see `raw`."""
        with reading(self.path):
            document = documents.document(self._db, document_id)
        if document is None:
            raise self._unknown(document_id)
        return document

    def outline(self, document_id: str) -> list[Speech]:
        """Return the speeches of a document as they stand, with all their fields, in the text's order."""
        with reading(self.path):
            return outline.speeches(self._db, self._key(document_id))

    def metadata(self, document_id: str) -> Metadata:
        """Return what is known of a document, as it stands."""
        with reading(self.path):
            return outline.metadata(self._db, self._key(document_id), document_id)

    def versions(self, document_id: str) -> list[str]:
        """Return the ids of all versions of a document, the oldest first; it is one of them."""
        with reading(self.path):
            return documents.versions(self._db, document_id)

    def added_at(self, document_id: str) -> str:
        """Return when a document came into the project (ISO 8601, UTC)."""
        with reading(self.path):
            at = documents.added_at(self._db, document_id)
        if at is None:
            raise self._unknown(document_id)
        return at

    def text(self, document_id: str) -> str:
        """Return the text of a document."""
        with reading(self.path):
            text = documents.text(self._db, document_id)
        if text is None:
            raise self._unknown(document_id)
        return text

    def alike(self, text: str, most: int = 10) -> list[Alike]:
        """Return documents that have clauses in common with a text, those with the most first."""
        with reading(self.path):
            return documents.alike(self._db, text, most)

    def raw(self, document_id: str) -> bytes:
        """Return a document's source bytes; empty if it came as a record, without them."""
        with reading(self.path):
            raw = documents.raw(self._db, document_id)
        if raw is None:
            raise self._unknown(document_id)
        return raw

    def annotations(self, document_id: str) -> list[AnyAnnotation]:
        """Return a document's annotations as they stand now, by start, the longer first."""
        with reading(self.path), snapshot(self._db):
            return standing(self._db, self._key(document_id))

    def skipped(self, document_id: str) -> set[str]:
        """Return the ids of a document's annotations that were put off and not decided since."""
        with reading(self.path):
            return decisions.skipped(self._db, self._key(document_id))

    def record(self, decision: Decision | Sequence[Decision]) -> None:
        """Record one decision, or several as one: all are on the disk when this returns, or none is.

        Raises ContentError if an annotation does not stand as a decision says it did before.
        """
        several = [decision] if isinstance(decision, Decision) else decision
        with self._writing(), reading(self.path):
            decisions.insert(self._db, several)

    def history(self, document_id: str, type_: str, subject: str) -> list[Decision]:
        """Return all decisions on an annotation, a speech or the metadata, the oldest first."""
        with reading(self.path):
            return decisions.history(self._db, document_id, type_, subject)

    def latest(self, document_id: str, type_: str) -> list[Decision]:
        """Return the latest decision on each subject of a type in a document, the oldest first."""
        with reading(self.path):
            return decisions.latest(self._db, document_id, type_)

    def decisions_on(self, document_id: str) -> list[Decision]:
        """Return all decisions on what is in a document, the oldest first."""
        with reading(self.path), collector.held():
            return decisions.all_on(self._db, document_id)

    def suggested(self, document_id: str) -> Extraction:
        """Return what was found in a document, as it was found."""
        with reading(self.path), snapshot(self._db):
            key = self._key(document_id)
            found = found_in(self._db, key)
            return Extraction(
                speeches=tuple(outline.suggested_speeches(self._db, key)),
                metrics=tuple(item for item in found if isinstance(item, Metric)),
                commitments=tuple(item for item in found if isinstance(item, Commitment)),
                version="",
            )

    # Packets

    @property
    def identity(self) -> Identity:
        """Which project this is, and of a packet for whom it was made."""
        with reading(self.path):
            return packets.identity(self._db)

    def asked(self) -> list[Asked]:
        """Return the speeches that a packet is about; none: all of its documents."""
        with reading(self.path):
            return packets.asked(self._db)

    def fill_from(self, project: Path, chosen: Mapping[str, Sequence[str]], *, reviewer: str) -> Identity:
        """Make a packet of this new project: documents of another one, with the speeches asked for."""
        with reading(self.path):
            return packets.fill(self._db, project, chosen, reviewer=reviewer)

    def decided_by_several(self) -> list[str]:
        """Return the ids of the documents in which two or more reviewers decided something."""
        with reading(self.path):
            return decisions.decided_by_several(self._db)

    def unknown(self, document_id: str, uids: Iterable[str]) -> set[str]:
        """Return those uids that no decision in a document has; none of a document that is not there."""
        with reading(self.path):
            key = documents.key_of(self._db, document_id)
            return set() if key is None else set(uids) - decisions.uids(self._db, key)

    def plan_merge(self, document_id: str, coming: Iterable[Decision]) -> Merging:
        """Return what merging decisions from elsewhere into a document would do; nothing is changed.

        Raises ContentError if they can't be decisions on this document.
        """
        with reading(self.path), snapshot(self._db):
            return merging.plan(self._db, document_id, coming)

    def merge(self, document_id: str, coming: Iterable[Decision]) -> Merging:
        """Merge decisions from elsewhere into a document; return what that did. Once more does nothing.

        Raises ContentError if they can't be decisions on this document, or if its speeches would
        contradict each other.
        """
        with collector.held(), self._writing():
            planned = merging.plan(self._db, document_id, coming)
            merging.carry_out(self._db, planned)
            return planned

    def conflicts(self) -> list[Conflict]:
        """Return what reviewers decided differently and nobody has settled, document by document."""
        with reading(self.path), snapshot(self._db):
            return merging.conflicts(self._db)

    def contested(self, document_id: str) -> set[str]:
        """Return the ids of what reviewers decided differently in a document and nobody has settled."""
        with reading(self.path):
            return merging.contested(self._db, self._key(document_id))

    def conflict_count(self) -> int:
        """Return how many subjects are contested."""
        with reading(self.path):
            return merging.conflict_count(self._db)

    def reviewed(self, document_id: str) -> list[AnyAnnotation]:
        """Return what reviewers have decided on in a document, each with who gave it its state and when."""
        decided = [state for state in State if state is not State.SUGGESTED]
        with reading(self.path), snapshot(self._db):
            return curation.chosen(self._db, self._key(document_id), decided, None)

    def curated(
        self, states: Collection[State] = VERIFIED, *, since: datetime | None = None
    ) -> Iterator[Record]:
        """Yield a record of each document with annotations in one of the states, and those only.

        With `since` only what got its state then or later. Each annotation says who gave it its
        state and when. One document is in memory at a time.
        """
        from_then = None if since is None else since.astimezone(UTC).isoformat(timespec="microseconds")
        with reading(self.path):
            yield from curation.curated(self._db, states, from_then)

    def ledger_mark(self) -> LedgerMark:
        """Return how far the project has come: the same as long as nothing is added."""
        with reading(self.path):
            return ledger.mark(self._db)

    def ledger_changes(self, since: LedgerMark) -> set[int]:
        """Return the keys of the documents that were added, replaced or decided on since a mark."""
        with reading(self.path):
            return ledger.changed(self._db, since)

    def ledger_documents(self) -> list[LedgerDocument]:
        """Return the documents of the ledger: all but earlier versions, in the order they were added."""
        with reading(self.path):
            return ledger.documents(self._db)

    def ledger_rows(self, keys: Collection[int] | None = None) -> Iterator[list[LedgerRow]]:
        """Yield the annotations of some documents, or of all, as they stand, in parts of some thousand."""
        with reading(self.path):
            yield from ledger.rows(self._db, keys)

    def by_state(self) -> dict[str, Counts]:
        """Return how the annotations of each type stand."""
        with reading(self.path):
            return statistics.by_state(self._db)

    def settled(self) -> list[statistics.Settled]:
        """Return who brought how many annotations into the state in which they stand, by day."""
        with reading(self.path):
            return statistics.settled(self._db)

    def judged(self) -> list[statistics.Judged]:
        """Return what became of the suggestions that were decided on, by type, rule and confidence."""
        with reading(self.path):
            return statistics.judged(self._db)

    def paces(self, most: float) -> tuple[list[statistics.Pace], list[statistics.Bulk]]:
        """Return how long single decisions took, up to `most` seconds, and the acts on several, by day."""
        with reading(self.path):
            return statistics.paces(self._db, most)

    def indicators(self) -> list[statistics.IndicatorRow]:
        """Return the indicators that metrics name, rejected ones apart, those named most often first."""
        with reading(self.path):
            return statistics.indicators(self._db)

    def facts(self, indicator: str) -> list[statistics.Fact]:
        """Return the metrics about an indicator, by its id or name, as they stand; rejected ones apart."""
        with reading(self.path):
            return statistics.facts(self._db, indicator)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._depth:
            with self.turn.taken(self._timeout) as is_mine:
                if not is_mine:
                    raise busy(self.path)
                with self._deeper():
                    yield
        else:
            with self._deeper():
                yield

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        # The depth is counted here, not asked of SQLite: what is taken for inside must not be outermost.
        with sentences(self.path), transaction(self._db, inside=self._depth > 0):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def _index(self) -> WordIndex | None:
        """Return the index of words; None if there can't be one now: the disk is full, or it is locked."""
        if self._words is None:
            with suppress(sqlite3.Error, OSError):
                self._words = WordIndex.beside(self.path)
        return self._words

    def _key(self, document_id: str) -> int:
        key = documents.key_of(self._db, document_id)
        if key is None:
            raise self._unknown(document_id)
        return key

    def _unknown(self, document_id: str) -> StoreError:
        return StoreError(_("项目“{path}”中没有文档 {id}。").format(path=self.path, id=document_id))

    def _let_go(self) -> None:
        if self._hold is not None:
            self._hold.release()


def _held(path: Path) -> Hold | None:
    """Return the hold on a project; raise StoreError if another window has it."""
    try:
        held = hold(path)
    except OSError:
        return None  # the folder can't be written, or is not there: opening tells
    if held is None:
        raise StoreError(
            _("项目“{path}”已在另一个窗口中打开；请在那里接着做，或先关闭那个窗口。").format(path=path)
        )
    return held
