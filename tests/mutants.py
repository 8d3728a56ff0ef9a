"""Project files that somebody has spoilt, by chance or on purpose, and what the program does with them.

A process that is given a project, a folder and a range of seeds makes a mutant of each seed and does all
with it that the program does with a project. It says which one it is at before it begins, so that a crash
or a hang is found out.
"""

import contextlib
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from jiaozhu.export import EXPORTERS, ExportError, write
from jiaozhu.model import State
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.examination import examine, mend
from jiaozhu.store import Store, StoreError, backups

PAGE = 4096
Chance = random.Random


def flip(data: bytearray, chance: Chance) -> None:
    """Other bytes in some places."""
    for _ in range(chance.choice((1, 1, 3, 20, 300))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def wipe(data: bytearray, chance: Chance) -> None:
    """A hole."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((16, 512, PAGE, 5 * PAGE)))
    data[start:end] = bytes(end - start)


def cut(data: bytearray, chance: Chance) -> None:
    """Half a file."""
    del data[chance.randrange(len(data)) :]


def swap(data: bytearray, chance: Chance) -> None:
    """One page in the place of another."""
    one, other = (PAGE * chance.randrange(len(data) // PAGE) for _ in range(2))
    data[one : one + PAGE] = data[other : other + PAGE]


def header(data: bytearray, chance: Chance) -> None:
    """Other numbers at the beginning of the file: size of pages, encoding of texts, format."""
    place = chance.randrange(16, 100)
    data[place] = chance.choice((0, 1, 2, 3, 127, 128, 255))


def node(data: bytearray, chance: Chance) -> None:
    """Other numbers at the beginning of a page: its kind, its cells, where they begin."""
    page = PAGE * chance.randrange(len(data) // PAGE)
    data[min(len(data) - 1, page + (100 if page == 0 else 0) + chance.randrange(24))] = chance.randrange(256)


def schema(data: bytearray, chance: Chance) -> None:
    """Other words in a statement of the schema."""
    for _ in range(chance.choice((1, 4))):
        place = data.find(chance.choice((b"CREATE", b"TEXT", b"SELECT", b"NOT NULL", b"decisions")))
        if place >= 0:
            data[place + chance.randrange(6)] = chance.randrange(32, 127)


BYTES = (flip, flip, wipe, cut, swap, header, node, node, schema)

VALUES = (
    "''", "'{'", "'[]'", "'null'", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e999",
    "NULL", "x'ff'", "x''", "zeroblob(100000)", "'s9'", "char(0)", "'=cmd|x!A1'", "CAST(x'ff41' AS TEXT)",
    "replace(hex(zeroblob(30000)), '00', '[')", "'{\"text_starts\": [], \"source_starts\": []}'",
    "'{\"id\": \"m1\"}'", "'{\"id\": 7, \"speech\": null, \"start\": -5, \"end\": 1e9}'", "'suggested'",
)  # fmt: skip


def value(path: Path, chance: Chance) -> None:
    """Other values in a column, or fewer rows, or a schema with something more."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for _ in range(chance.choice((1, 1, 3))):
        (table,) = chance.choice(tables)
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        with contextlib.suppress(sqlite3.Error):
            if chance.random() < 0.15:
                connection.execute(f"DELETE FROM {table} WHERE abs(random()) % 2")
            else:
                where = chance.choice(("1", "abs(random()) % 3 = 0"))
                connection.execute(
                    f'UPDATE {table} SET "{chance.choice(columns)}" = {chance.choice(VALUES)} WHERE {where}'
                )
    for _name, sql in triggers:
        connection.execute(sql)
    with contextlib.suppress(sqlite3.Error):
        if chance.random() < 0.2:
            connection.executescript(chance.choice(STATEMENTS))
    connection.commit()
    connection.close()


STATEMENTS = (
    "CREATE TRIGGER x AFTER INSERT ON decisions BEGIN SELECT load_extension('x'); END",
    "CREATE VIEW x AS WITH RECURSIVE a (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM a) SELECT n FROM a",
    "DROP VIEW latest; CREATE VIEW latest AS SELECT * FROM decisions",
    "CREATE VIRTUAL TABLE x USING fts5(a)",
    "CREATE INDEX x ON decisions (abs(seq))",
    "CREATE TABLE x (a DEFAULT (randomblob(100)))",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 2",
    "PRAGMA user_version = -1",
    "PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA encoding = 'UTF-16'; VACUUM",
    "DROP TABLE _sqlite_migrations",
)


def mutate(template: bytes, path: Path, seed: int) -> None:
    """Write the mutant of a seed."""
    chance = Chance(seed)
    if seed % 3 == 0:
        path.write_bytes(template)
        value(path, chance)
    else:
        data = bytearray(template)
        for _ in range(chance.choice((1, 1, 2))):
            chance.choice(BYTES)(data, chance)
            if len(data) < PAGE:
                break
        path.write_bytes(data)


def use(path: Path) -> list[str]:
    """Do all with a project that the program does; return what it said."""
    said: list[str] = []
    steps: tuple[Callable[[Path], object], ...] = (read, export, check, back_up, decide)
    for step in steps:
        try:
            step(path)
        except (StoreError, ReviewError, ExportError) as error:
            said.append(str(error))
    assert all(said)
    return said


def read(path: Path) -> None:
    with Store(path) as store:
        store.speeches()
        store.by_state()
        list(store.ledger_rows())
        for row in store.documents():
            store.document(row.id)
            store.raw(row.id)
            store.annotations(row.id)


def export(path: Path) -> None:
    with Store(path, read_only=True) as store:
        write(store.curated(State), path.with_name("out.jsonl"), EXPORTERS[0])


def check(path: Path) -> None:
    faults = examine(path)
    if any(fault.is_curable for fault in faults):
        mend(path, faults)


def back_up(path: Path) -> None:
    backups.restore(path, backups.make(path, backups.Occasion.ASKED))


def decide(path: Path) -> None:
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        for row in store.documents()[:1]:
            session.open(row.id)
            session.accept()


def main(template: Path, folder: Path, first: int, last: int) -> None:
    """Use the mutants of these seeds; print each seed, then what it led to."""
    data = template.read_bytes()
    for seed in range(first, last):
        print(seed, end=" ", flush=True)
        place = folder / str(seed)
        place.mkdir()
        mutate(data, place / "a.jiaozhu", seed)
        print(len(use(place / "a.jiaozhu")), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
