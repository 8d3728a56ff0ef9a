"""A second window on the same project is refused with a sentence, as long as the first one lives."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jiaozhu.store import Store, StoreError
from sketch import sketch

#: Another program's window: it says when it has the project, and waits until it is told to go.
WINDOW = """
import sys
from jiaozhu.store import Store
with Store(sys.argv[1], alone=True) as store:
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("⟦7%⟧"))
    return path


@contextmanager
def window(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WINDOW, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_window_is_refused_and_the_command_line_is_not(path: Path) -> None:
    with window(path):
        with pytest.raises(StoreError, match="另一个窗口"):
            Store(path, alone=True)
        with Store(path) as store:
            store.add(*sketch("⟦8%⟧"))


def test_the_lock_dies_with_the_program(path: Path) -> None:
    with window(path) as process:
        process.kill()
        process.wait()
        with Store(path, alone=True) as store:
            assert len(store.documents()) == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_one_window_may_open_its_project_anew(path: Path) -> None:
    with Store(path, alone=True) as one:
        with Store(path, alone=True):
            pass
        assert one.documents()
        result = subprocess.run(
            [sys.executable, "-c", WINDOW, path], capture_output=True, text=True, input="\n", check=False
        )
        assert "另一个窗口" in result.stderr
    Store(path, alone=True).close()


def test_what_can_not_be_opened_is_not_held(path: Path) -> None:
    with pytest.raises(StoreError, match="找不到"):
        Store(path.with_name("b.jiaozhu"), alone=True)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_second_look_in_one_program_gives_no_lock_up(path: Path) -> None:
    """Closing any handle of a file gives up all of a program's locks on it: nobody may do that by hand.

    Else another program takes itself for the last one, and removes the log that is still written to.
    """
    with Store(path) as store:
        with Store(path, read_only=True), Store(path):
            pass
        look = "import sys; from jiaozhu.store import Store; Store(sys.argv[1]).close()"
        subprocess.run([sys.executable, "-c", look, path], check=True)
        store.add(*sketch("⟦8%⟧"))
        assert path.with_name("a.jiaozhu-wal").exists()
    with Store(path) as store:
        assert len(store.documents()) == 2
