"""Two threads that write to one project: neither keeps the other out."""

from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from jiaozhu.store import Store, StoreError, Turn
from sketch import sketch


def test_a_writer_gets_its_turn_between_the_writes_of_another(tmp_path: Path) -> None:
    path, turn, begun, enough = tmp_path / "a.jiaozhu", Turn(), Event(), Event()
    Store(path, create=True).close()

    def write_on_and_on() -> None:
        with Store(path, turn=turn) as store:
            number = 0
            while not enough.is_set():
                with store.batch():
                    for _ in range(5):
                        store.add(*sketch(f"第{number}篇，增长⟦7%⟧。", source=f"{number}.txt"))
                        number += 1
                begun.set()

    thread = Thread(target=write_on_and_on)
    thread.start()
    try:
        with Store(path, turn=turn, timeout=1) as store:
            begun.wait()
            for number in range(20):
                store.add(*sketch(f"另外第{number}篇，增长⟦8%⟧。", source=f"b{number}.txt"))
    finally:
        enough.set()
        thread.join()
    with Store(path) as store:
        assert sum(row.source.startswith("b") for row in store.documents()) == 20


def test_who_does_not_get_a_turn_says_so_in_time(tmp_path: Path) -> None:
    path, turn = tmp_path / "a.jiaozhu", Turn()
    with Store(path, create=True, turn=turn, timeout=0.05) as store, turn.taken(1):
        begun = monotonic()
        with pytest.raises(StoreError, match="正被另一个窗口或程序写入"):
            store.add(*sketch("增长⟦7%⟧。"))
        assert monotonic() - begun < 1
        assert store.documents() == []
