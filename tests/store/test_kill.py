"""What was shown as saved is there, whenever the program is killed, and the project is sound."""

import multiprocessing
import os
import random
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

import killed
from jiaozhu.store import Store, backups, doctor
from sketch import sketch

#: `make soak` kills more often.
TIMES = int(os.environ.get("JIAOZHU_KILLS", "100"))
#: Of a hundred kills so many fall on each work, each within so many seconds of its beginning.
SHARES = {"review": (50, 0.02), "import": (20, 0.05), "backup": (15, 0.04), "upgrade": (15, 0.12)}

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no fork server there, and a hundred fresh starts take too long"
)


def kill(name: str, path: Path, chance: random.Random) -> set[str]:
    """Begin a work, kill it at some moment, and return what it has told."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["jiaozhu.review", "jiaozhu.store.backups"])
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=killed.work, args=(name, path, theirs))
    process.start()
    theirs.close()
    told = {ours.recv()}  # it is at work
    end = monotonic() + chance.uniform(0, SHARES[name][1])
    while (left := end - monotonic()) > 0:
        if ours.poll(left):
            told.add(ours.recv())
    process.kill()
    process.join()
    with suppress(EOFError):
        while True:
            told.add(ours.recv())
    ours.close()
    return told - {""}


def rounds(name: str) -> range:
    return range(TIMES * SHARES[name][0] // 100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("，".join(f"增长⟦{number}%⟧" for number in range(30))))
    return path


def uids(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {uid for (uid,) in connection.execute("SELECT uid FROM decisions")}
    connection.close()
    return found


def test_a_review(path: Path) -> None:
    chance = random.Random(20241221)
    shown: set[str] = set()
    in_the_middle = 0
    for _ in rounds("review"):
        shown |= kill("review", path, chance)
        in_the_middle += path.with_name("a.jiaozhu-wal").exists()
        with Store(path) as store:
            (row,) = store.documents()
            annotations = store.annotations(row.id)
            assert row.corrected == sum(item.state == "corrected" for item in annotations)
    assert in_the_middle == len(rounds("review"))
    assert len(shown) >= len(rounds("review"))
    assert shown <= uids(path)
    assert doctor.examine(path) == []


def documents(path: Path) -> set[str]:
    with Store(path) as store:
        return {row.id for row in store.documents()}


def sound(path: Path) -> list[str]:
    return [fault.sentence for fault in doctor.examine(path)]


def test_an_import(path: Path) -> None:
    chance = random.Random(1)
    shown: set[str] = set()
    for _ in rounds("import"):
        shown |= kill("import", path, chance)
        assert shown <= documents(path)
    assert shown
    assert sound(path) == []


def test_a_backup(path: Path) -> None:
    """A file that is listed is whole; the project and the backups that were there have not changed."""
    chance = random.Random(2)
    first = backups.make(path, backups.Occasion.ASKED)
    made = 0
    for _ in rounds("backup"):
        made += len(kill("backup", path, chance))
        listed = backups.listed(path)
        assert all(sound(backup.path) == [] for backup in listed[:3])
        assert len(listed) <= backups.NEWEST_KEPT + 3  # killed before the oldest was removed
        assert documents(path) == documents(listed[0].path)
    assert made
    assert first.parent.is_dir()
    assert sound(path) == []


def test_an_upgrade(tmp_path: Path) -> None:
    """The project has the old layout or the new one; what it held is in it."""
    chance = random.Random(3)
    begun = 0
    for number in rounds("upgrade"):
        folder = tmp_path / str(number)
        folder.mkdir()
        killed.older(folder / "old.jiaozhu")
        kill("upgrade", folder / "old.jiaozhu", chance)
        for path in sorted(folder.glob("*.jiaozhu")):
            assert len(documents(path)) == killed.DOCUMENTS
            assert sound(path) == []
            begun += path.stem != "old"
    assert begun


def test_a_decision_waits_for_the_disk(tmp_path: Path) -> None:
    """What no test can cut the power for: each transaction is flushed before it counts as done."""
    with Store(tmp_path / "a.jiaozhu", create=True) as store:
        (mode,) = store._db.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = store._db.execute("PRAGMA synchronous").fetchone()
    assert (mode, synchronous) == ("wal", 2)  # 2 is FULL
