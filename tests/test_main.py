"""The program as it is started: with a window, with a picture, without a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from jiaozhu import records
from jiaozhu.paths import sample_docs

SAMPLE = "yunling-2024-12-county-secretaries.txt"


def jiaozhu(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, where there is no display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "jiaozhu", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "样例.jiaozhu"
    assert jiaozhu("import", path, sample_docs() / SAMPLE).returncode == 0
    return path


def test_a_picture_and_a_line_a_speech(project: Path, tmp_path: Path) -> None:
    picture = tmp_path / "new" / "window.png"
    result = jiaozhu("open", project, "--render", picture)
    assert (result.returncode, result.stderr) == (0, "")
    first, *speeches, last = result.stdout.splitlines()
    assert first == SAMPLE
    gold = records.decode((sample_docs() / "gold" / SAMPLE).with_suffix(".jsonl").read_bytes())
    assert len(speeches) == len(gold.speeches)
    assert all((speech.speaker or "") in line for speech, line in zip(gold.speeches, speeches, strict=True))
    assert all("指标" in line and "承诺" in line for line in speeches)
    assert str(picture) in last
    assert QImage(str(picture)).width() >= 1280


def test_a_picture_changes_nothing(project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    assert jiaozhu("open", project, "--render", tmp_path / "window.png").returncode == 0
    assert project.read_bytes() == before


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
@pytest.mark.parametrize("arguments", [(), ("open", "any.jiaozhu")])
def test_no_display_is_said_in_one_sentence(arguments: tuple[str, ...]) -> None:
    result = jiaozhu(*arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert "--render" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(("name", "content"), [("none.jiaozhu", None), ("text.jiaozhu", "讲话")])
def test_what_is_no_project_is_said_in_one_sentence(tmp_path: Path, name: str, content: str | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, "utf-8")
    result = jiaozhu("open", path, "--render", tmp_path / "window.png")
    assert (result.returncode, result.stdout) == (1, "")
    assert name in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_picture_that_cannot_be_written_is_said_in_one_sentence(project: Path, tmp_path: Path) -> None:
    result = jiaozhu("open", project, "--render", tmp_path / "window.nonsense")
    assert result.returncode == 1
    assert "window.nonsense" in result.stderr
    assert len(result.stderr.splitlines()) == 1
