"""A decision that was shown as saved is there, whenever the program is killed."""

import multiprocessing
import random
import sqlite3
import sys
from pathlib import Path
from time import monotonic

import pytest

import reviewer
from jiaozhu.store import Store
from sketch import sketch

ROUNDS = 50


@pytest.mark.skipif(
    sys.platform == "win32", reason="no fork server there, and fifty fresh starts take too long"
)
def test_killed_fifty_times(tmp_path: Path) -> None:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("，".join(f"增长⟦{number}%⟧" for number in range(30))))
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["jiaozhu.review"])
    moments = random.Random(20241221)
    shown: set[str] = set()
    killed_in_the_middle = 0
    for _ in range(ROUNDS):
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=reviewer.work, args=(path, theirs))
        process.start()
        theirs.close()
        shown.add(ours.recv())  # it is at work
        end = monotonic() + moments.uniform(0, 0.02)
        while (left := end - monotonic()) > 0:
            if ours.poll(left):
                shown.add(ours.recv())
        process.kill()
        process.join()
        while True:
            try:
                shown.add(ours.recv())
            except EOFError:
                break
        ours.close()
        killed_in_the_middle += path.with_name("a.jiaozhu-wal").exists()
        with Store(path) as store:
            (row,) = store.documents()
            annotations = store.annotations(row.id)
            assert row.corrected == sum(item.state == "corrected" for item in annotations)
    assert killed_in_the_middle == ROUNDS
    connection = sqlite3.connect(path)
    kept = {uid for (uid,) in connection.execute("SELECT uid FROM decisions")}
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert len(shown) >= ROUNDS
    assert shown <= kept


def test_a_decision_waits_for_the_disk(tmp_path: Path) -> None:
    """What no test can cut the power for: each transaction is flushed before it counts as done."""
    with Store(tmp_path / "a.jiaozhu", create=True) as store:
        (mode,) = store._db.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = store._db.execute("PRAGMA synchronous").fetchone()
    assert (mode, synchronous) == ("wal", 2)  # 2 is FULL
