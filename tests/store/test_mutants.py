"""Spoilt project files: each use of them ends well or in a sentence; none crashes or hangs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import mutants
from jiaozhu.review import Session
from jiaozhu.store import Store
from sketch import sketch

#: `make soak` asks for more.
COUNT = int(os.environ.get("JIAOZHU_MUTANTS", "100"))
BATCH = 50
#: In so many seconds a batch is done on a slow machine that is busy.
PATIENCE = 300


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with decisions, in one file."""
    path = tmp_path_factory.mktemp("template") / "a.jiaozhu"
    with Store(path, create=True) as store:
        session = Session(store, reviewer="王敏")
        for number in range(3):
            drawing = "，".join(f"增长⟦{percent}%⟧，⟪力争{number}⟫" for percent in range(20))
            document, extraction = sketch(drawing, source=f"{number}.txt")
            store.add(document, extraction)
            session.open(document.id)
            for turn in range(12):
                session.accept() if turn % 2 else session.reject()
    return path


@pytest.mark.parametrize("first", range(0, COUNT, BATCH))
def test_a_spoilt_project_ends_in_a_sentence(first: int, template: Path, tmp_path: Path) -> None:
    command = (
        sys.executable,
        mutants.__file__,
        template,
        tmp_path,
        str(first),
        str(min(first + BATCH, COUNT)),
    )
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as expired:
        pytest.fail(f"hangs at seed {(expired.stdout or b'').decode().split()[-1:]}")
    assert result.returncode == 0, f"seed {result.stdout.split()[-1]}: {result.stderr[-2000:]}"
    assert len(result.stdout.splitlines()) == min(BATCH, COUNT - first)
    # Not all of them are the same: some are used as if nothing were, of others much is said.
    assert {line.split()[1] for line in result.stdout.splitlines()} >= {"0", "5"}
