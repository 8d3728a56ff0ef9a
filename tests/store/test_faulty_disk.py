"""A disk that is full or fails: nothing that was saved is lost, a sentence is said, and one can go on."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import faulty
from jiaozhu.store import Store, doctor
from sketch import sketch

#: Writes that fail, each with all that follow: `make soak` lets every one of them.
WRITES = int(os.environ.get("JIAOZHU_WRITES", "5"))
#: The writes of one turn are no more than so many.
LAST = 200
ERRORS = {"full": errno.ENOSPC, "broken": errno.EIO}


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that lets writes fail, compiled where there is a compiler."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs a C compiler on Linux")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = Path(__file__).resolve().parent.parent / "shim.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("，".join(f"增长⟦{number}%⟧" for number in range(30))))
    return path


@pytest.mark.parametrize("kind", ERRORS)
def test_each_write_fails_once(kind: str, shim: Path, template: Path, tmp_path: Path) -> None:
    failed = 0
    for number in range(1, LAST + 1, LAST // WRITES):
        path = tmp_path / str(number) / "a.jiaozhu"
        path.parent.mkdir()
        shutil.copy(template, path)
        result = subprocess.run(
            [sys.executable, faulty.__file__, path, path.with_name("armed")],
            env=os.environ
            | {
                "LD_PRELOAD": str(shim),
                "JIAOZHU_FAIL": str(number),
                "JIAOZHU_ERROR": str(ERRORS[kind]),
                "JIAOZHU_ARMED": str(path.with_name("armed")),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert result.returncode == 0, f"write {number}: {result.stderr[-2000:]}"
        told = json.loads(result.stdout)
        assert told["is_saved"]
        failed += bool(told["said"])
        with Store(path) as store:
            decided = {one.id for one in store.annotations(told["document"]) if one.state != "suggested"}
        assert set(told["saved"]) <= decided, number
        assert doctor.examine(path) == [], number
    assert failed  # some of the writes that failed were needed


def test_a_small_disk_is_full(template: Path, tmp_path: Path) -> None:
    """A real one: a file system in memory of fixed size, where one may be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", place], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("file systems can't be mounted here")
    try:
        path = Path(shutil.copy(template, place))
        result = subprocess.run(
            [sys.executable, faulty.__file__, path, place / "armed", "fill"],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert result.returncode == 0, result.stderr[-2000:]
        told = json.loads(result.stdout)
        assert told["is_saved"]
        assert any("满" in sentence for sentence in told["said"])
        with Store(path) as store:
            decided = {one.id for one in store.annotations(told["document"]) if one.state != "suggested"}
        assert set(told["saved"]) <= decided
        assert doctor.examine(path) == []
    finally:
        subprocess.run(["umount", place], check=True)
