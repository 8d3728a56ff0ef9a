"""Which documents may hold a word: an index beside the project, in the user's folder.

It is derived from the project and never relied upon: what it does not know yet is looked through, what
it names is looked at. So it can lag behind, be thrown away or be written by nobody, and a decision never
waits for it. Kept in the project, in the transactions of imports, it would cost more than half of their
speed, and a damaged or hostile one could keep decisions from being saved.

A project only grows, so how far the index has come is told by the last document and decision in it. If
these are not in the project any more, it is another project at the same place, or an earlier copy of it:
the index is made anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import NamedTuple, Self

from sqlite_utils import Database

from jiaozhu.paths import user_folder
from jiaozhu.store.query import fold

#: Changes when an index written by another version of the program can't be used.
_LAYOUT = 1
#: Below the key of a document in a row's number: which of its paragraphs, or of its annotations.
_BITS, _HALF = 24, 1 << 23
_QUARTER = _HALF >> 1
_BATCH = 8  # documents, or …
_DECISIONS = 200  # … decisions that are taken in at once: a search that comes meanwhile waits for it
_FIRST, _PART = 60, 500  # rows that are asked for at once: few first, which is what is seen first
#: More words than this that begin with one or two characters: they are nearly everywhere.
_MOST_TERMS = 3_000
_LAST = chr(0x10FFFF)
_WORDS_CHANGE = "action IN ('add', 'correct', 'carry', 'note') AND after IS NOT NULL"

_TABLES = f"""
CREATE VIRTUAL TABLE words USING fts5
    (text, content='', columnsize=0, detail='none', tokenize='trigram case_sensitive 1');
CREATE TABLE mark (project TEXT, document INTEGER, id TEXT, added_at TEXT, decision INTEGER, uid TEXT);
INSERT INTO mark VALUES ('', 0, NULL, NULL, 0, NULL);
PRAGMA user_version = {_LAYOUT};
"""


class Mark(NamedTuple):
    """How far the index has come in a project."""

    document: int  # the key of the last one
    decision: int  # the number of the last one


class Candidate(NamedTuple):
    """A document that may hold what is looked for: in its text, or in its annotations."""

    key: int
    in_text: bool
    in_annotations: bool


class WordIndex:
    """The index of one project, of a file or in memory. Everything that fails raises sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is made anew
        connection.execute("PRAGMA busy_timeout = 0")  # another window is doing it
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout != _LAYOUT:
            if layout or connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
                raise sqlite3.DatabaseError("another layout")
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, words, row)")

    @classmethod
    def beside(cls, project: Path | None) -> Self:
        """Return the index of a project, made if there is none or if it can't be read."""
        if project is None:
            return cls(sqlite3.connect(":memory:", isolation_level=None))
        path = place_of(project)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds words of the user's texts
            forget_gone(path.parent)
        try:
            return cls._at(path, project)
        except sqlite3.OperationalError:  # locked, or no room: not damaged
            raise
        except sqlite3.DatabaseError:
            remove(path)
            return cls._at(path, project)

    @classmethod
    def _at(cls, path: Path, project: Path) -> Self:
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            index = cls(connection)
            index._name(project)
        except BaseException:
            connection.close()
            raise
        return index

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _name(self, project: Path) -> None:
        """Note whose index this is, so that it can be removed once the project is gone."""
        written = str(project.absolute())
        if self._connection.execute("SELECT project FROM mark").fetchone() != (written,):
            self._connection.execute("UPDATE mark SET project = ?", (written,))

    def mark(self, db: Database) -> Mark:
        """Return how far the index has come in a project; it is emptied if it is not of this project."""
        document, id_, added_at, decision, uid = self._connection.execute(
            "SELECT document, id, added_at, decision, uid FROM mark"
        ).fetchone()
        same = "SELECT 1 FROM {} WHERE {}"
        of_document = same.format("documents", "key = ? AND id = ? AND added_at = ?")
        of_decision = same.format("decisions", "seq = ? AND uid = ?")
        if (not document or db.conn.execute(of_document, (document, id_, added_at)).fetchone()) and (
            not decision or db.conn.execute(of_decision, (decision, uid)).fetchone()
        ):
            return Mark(document, decision)
        self._connection.executescript(
            "BEGIN IMMEDIATE; INSERT INTO words (words) VALUES ('delete-all');"
            "UPDATE mark SET document = 0, id = NULL, added_at = NULL, decision = 0, uid = NULL; COMMIT;"
        )
        return Mark(0, 0)

    # What is looked for

    def candidates(self, words: Sequence[str], after: int = 0) -> Iterator[Candidate] | None:
        """Yield the documents behind `after` that may hold all words in one place, by their keys.

        None if that can't be told: the words are so short and so frequent that it may be any document.
        """
        wanted = [self._wanted(word) for word in words]
        known = [one for one in wanted if one is not None]
        return self._read(" AND ".join(known), after) if known else None

    def _wanted(self, word: str) -> str | None:
        """Return the expression of the index for a word; None if it would be nearly everywhere."""
        if len(word) > 2:
            # All of three characters in a row; every third and the last one name all the rest.
            places = {*range(0, len(word) - 2, 3), len(word) - 3} if len(word) > 12 else range(len(word) - 2)
            return "(" + " AND ".join(_quoted(word[place : place + 3]) for place in sorted(places)) + ")"
        terms = self._connection.execute(
            "SELECT term FROM temp.terms WHERE term >= ? AND term < ? LIMIT ?",
            (word, word + _LAST, _MOST_TERMS),
        ).fetchall()
        if len(terms) == _MOST_TERMS:
            return None
        # A word that is nowhere is looked for all the same: the answer is then that there is nothing.
        return "(" + " OR ".join(_quoted(term) for (term,) in terms or [(word + _LAST,)]) + ")"

    def _read(self, wanted: str, after: int) -> Iterator[Candidate]:
        row = after + 1 << _BITS
        key, in_text, in_annotations = 0, False, False
        part = _FIRST
        while True:
            rows = self._connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? ORDER BY rowid LIMIT ?",
                (wanted, row, part),
            ).fetchall()
            for (row,) in rows:
                if row >> _BITS != key:
                    if key:
                        yield Candidate(key, in_text, in_annotations)
                    key, in_text, in_annotations = row >> _BITS, False, False
                if row & _HALF:
                    in_annotations = True
                else:
                    in_text = True
            if len(rows) < part:
                break
            row, part = row + 1, _PART
        if key:
            yield Candidate(key, in_text, in_annotations)

    # What is taken in

    def catch_up(self, db: Database) -> Iterator[None]:
        """Take in what has come into the project; yield after each part, which is then kept."""
        mark = self.mark(db)
        while (row := self._documents(db, mark.document)) is not None:
            mark = mark._replace(document=row)
            yield
        while (row := self._decisions(db, mark.decision)) is not None:
            mark = mark._replace(decision=row)
            yield

    def _documents(self, db: Database, after: int) -> int | None:
        found = db.conn.execute(
            "SELECT key, id, added_at, text FROM documents WHERE key > ? ORDER BY key LIMIT ?",
            (after, _BATCH),
        ).fetchall()
        if not found:
            return None
        rows: list[tuple[int, str]] = []
        for key, _id, _at, text in found:
            rows += _rows(key, 0, map(fold, text.split("\n")))  # in pieces: the window is not kept waiting
            annotations = db.conn.execute(
                "SELECT text, indicator FROM metrics WHERE document = ?1 "
                "UNION ALL SELECT text, NULL FROM commitments WHERE document = ?1",
                (key,),
            ).fetchall()
            rows += _rows(key, _HALF, (fold(said(*one)) for one in annotations))
        key, id_, at, _text = found[-1]
        self._write(rows, "document = ?, id = ?, added_at = ?", (key, id_, at))
        return int(key)

    def _decisions(self, db: Database, after: int) -> int | None:
        found = db.conn.execute(
            f"SELECT seq, uid, document, type, iif({_WORDS_CHANGE}, after, NULL) FROM decisions "
            "WHERE seq > ? ORDER BY seq LIMIT ?",
            (after, _DECISIONS),
        ).fetchall()
        if not found:
            return None
        rows: list[tuple[int, str]] = []
        for seq, _uid, key, type_, snapshot in found:
            if snapshot is not None and type_ in ("metric", "commitment"):
                fields = json.loads(snapshot)
                words = said(*(fields.get(name) for name in ("text", "indicator", "note")))
                rows += _rows(key, _HALF + _QUARTER + seq % _QUARTER, [fold(words)])
        self._write(rows, "decision = ?, uid = ?", found[-1][:2])
        return int(found[-1][0])

    def _write(self, rows: Iterable[tuple[int, str]], change: str, values: Sequence[object]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
            self._connection.execute(f"UPDATE mark SET {change}", values)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def changed(db: Database, after: int) -> list[int]:
    """Return the keys of documents with decisions behind a number that may have changed words."""
    rows = db.conn.execute(
        f"SELECT DISTINCT document FROM decisions WHERE seq > ? AND {_WORDS_CHANGE} ORDER BY document",
        (after,),
    )
    return [key for (key,) in rows.fetchall()]


def said(text: str | None, indicator: str | None = None, note: str | None = None) -> str:
    """Return all words of an annotation, a line each."""
    return "\n".join(part for part in (text, indicator, note) if part)


def until(seconds: float, steps: Iterable[None]) -> None:
    """Take steps until the time is over, or all of them."""
    end = monotonic() + seconds
    for _step in steps:
        if monotonic() > end:
            return


def place_of(project: Path) -> Path:
    """Return the file of a project's index."""
    name = sha256(os.fsencode(project.resolve())).hexdigest()[:20]
    return user_folder() / "search" / f"{name}.index"


def forget_gone(folder: Path) -> None:
    """Remove the indexes of projects that are not there any more."""
    for path in folder.glob("*.index"):
        try:
            connection = sqlite3.connect(path, timeout=0)
            try:
                (project,) = connection.execute("SELECT project FROM mark").fetchone()
            finally:
                connection.close()
        except (sqlite3.Error, TypeError):  # in use, or damaged: it is made anew when it is asked for
            continue
        if project and not os.path.exists(project):
            remove(path)


def remove(path: Path) -> None:
    """Remove an index with the files of its log."""
    for suffix in "", "-wal", "-shm":
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _rows(key: int, first: int, texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the rows of the index for the folded paragraphs, or annotations, of a document.

    A row too many for its document shares a number with another, which costs a look and loses nothing.
    The ends of lines let the last one and two characters be found as the beginning of three.
    """
    room = _HALF if not first else _QUARTER
    for number, text in enumerate(texts):
        if text:
            yield (key << _BITS) + first + number % room, text + "\n\n"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
