"""tools/prepare.py runs on machines that have next to nothing, and says what they lack."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import prepare


def test_an_old_python_can_read_it() -> None:
    ast.parse(Path(prepare.__file__).read_text("utf-8"), feature_version=(3, 7))


def test_it_needs_nothing_but_python() -> None:
    """It runs before anything is installed."""
    tree = ast.parse(Path(prepare.__file__).read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_a_machine_without_a_new_python_is_told() -> None:
    program = "import prepare; prepare.OLDEST = (9, 9); prepare.find_interpreter()"
    bare = {"PYTHONPATH": str(Path(prepare.__file__).parent), "PATH": os.devnull}
    result = subprocess.run([sys.executable, "-c", program], env=bare, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("Jiaozhu needs Python 9.9 or newer")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("content", ["", "{", "[]x"])
def test_a_stamp_that_was_cut_off_counts_as_none(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "STAMP", tmp_path / "prepared.json")
    prepare.STAMP.write_text(content)
    assert prepare.read_stamp() == {}


def test_a_changed_list_of_packages_is_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text("one")
    before = prepare.fingerprint()
    assert prepare.fingerprint() == before
    project.write_text("another")
    assert prepare.fingerprint() != before
