"""What is killed in a process of its own: imports, backups and upgrades that tell what they have done."""

from collections.abc import Callable
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

from sqlite_utils import Database

import reviewer
from jiaozhu.store import Store, backups
from jiaozhu.store.backups import Occasion
from jiaozhu.store.migrations import upgrade
from sketch import sketch

DOCUMENTS = 40


def bring_in(path: Path, done: Connection) -> None:
    """Import without end, some documents at once; tell the ids of those that are in."""
    with Store(path) as store:
        number = len(store.documents())
        done.send("")
        while True:
            several = [sketch(f"第{number + more}号讲话，增长⟦{number}%⟧。") for more in range(5)]
            with store.batch():
                for document, extraction in several:
                    store.add(document, extraction)
            for document, _extraction in several:
                done.send(document.id)
            number += len(several)


def back_up(path: Path, done: Connection) -> None:
    """Back up without end; tell the names of the files that are whole."""
    done.send("")
    while True:
        done.send(str(backups.make(path, Occasion.ASKED)))


def bring_up_to_date(path: Path, done: Connection) -> None:
    """Open a project of an older layout, and tell when it is open; then anew with another copy."""
    template = path.read_bytes()
    done.send("")
    number = 0
    while True:
        fresh = path.with_name(f"{number}.jiaozhu")
        draft = fresh.with_suffix(".part")
        draft.write_bytes(template)
        draft.replace(fresh)
        Store(fresh).close()
        done.send(str(fresh))
        number += 1


WORKS: dict[str, Callable[[Path, Connection], None]] = {
    "review": reviewer.work,
    "import": bring_in,
    "backup": back_up,
    "upgrade": bring_up_to_date,
}


def work(name: str, path: Path, done: Connection) -> None:
    """Do one of the works."""
    WORKS[name](path, done)


def older(path: Path) -> None:
    """Make a project of the first layout."""
    db = Database(path)
    upgrade(db, stop_before="decide_on_speeches")
    for key in range(1, DOCUMENTS + 1):
        text = f"第{key}号讲话，" + "".join(f"第{line}件事情一定要办好。" for line in range(60))
        digest = sha256(text.encode()).hexdigest()
        db.execute(
            "INSERT INTO documents (key, id, source, sha256, text, added_at, raw) "
            "VALUES (?, ?, 'a.txt', ?, ?, '', x'')",
            [key, digest[:16], digest, text],
        )
        db.execute("INSERT INTO speeches (document, id, start, end) VALUES (?, 's1', 0, ?)", [key, len(text)])
        for type_ in "metric", "commitment":
            db.execute("INSERT INTO progress (document, speech, type) VALUES (?, 's1', ?)", [key, type_])
        db.execute("INSERT INTO totals (document, speeches) VALUES (?, 1)", [key])
    db.close()
