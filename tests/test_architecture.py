"""The dependency rule of CONTRIBUTING, and the rule for the Qt binding in pyproject.toml."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a checkout in a process of its own, on the package as it lies there."""
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "desktop")},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "desktop" / "jiaozhu", tmp_path / "desktop" / "jiaozhu", ignore=ignore)
    return tmp_path


def test_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "stray", "contract"),
    [
        ("review", "import PySide6.QtCore", "Only qt imports PySide6"),
        ("model", "from PySide6 import QtGui", "Only qt imports PySide6"),
        ("export", "import sqlite3", "Only store imports SQLite"),
        ("qt", "from sqlite_utils import Database", "Only store imports SQLite"),
        ("extraction", "import jiaozhu.store", "Layers"),
        ("store", "from jiaozhu.review import Session", "Layers"),
        ("model", "import jiaozhu.lexicon", "Layers"),
    ],
)
def test_a_stray_import_is_found(checkout: Path, module: str, stray: str, contract: str) -> None:
    place = checkout / "desktop" / "jiaozhu" / module
    file = place / "stray.py" if place.is_dir() else place.with_suffix(".py")
    with file.open("a", encoding="utf-8") as source:
        source.write(f"\n{stray}  # noqa\n")
    result = lint_imports(checkout)
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert result.returncode == 1, result.stdout + result.stderr
    assert any(line.startswith(contract) for line in broken), result.stdout


def test_the_core_runs_without_qt() -> None:
    """The command line works where PySide6 can't be imported."""
    program = """
import sys
sys.modules["PySide6"] = None
import jiaozhu.__main__, jiaozhu.cli
assert not [name for name in sys.modules if name.startswith("PySide6.")]
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_a_new_module_must_find_its_layer(checkout: Path) -> None:
    (checkout / "desktop" / "jiaozhu" / "brandnew.py").write_text("", "utf-8")
    result = lint_imports(checkout)
    assert result.returncode == 1
    assert "- jiaozhu.brandnew" in result.stdout


@pytest.mark.parametrize(
    ("python", "binding", "allowed"),
    [
        ("3.11", "6.11.3", True),
        ("3.11", "6.12.0", False),  # loses references to None, see test_binding
        ("3.11", "6.12.1", True),
        ("3.12", "6.12.0", True),
        ("3.13", "6.12.0", True),
        ("3.12", "6.13.0", False),
    ],
)
def test_the_bad_binding_is_excluded(python: str, binding: str, allowed: bool) -> None:
    requirements = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
    applicable = [
        requirement
        for requirement in requirements
        if requirement.name == "PySide6-Essentials"
        and (requirement.marker is None or requirement.marker.evaluate({"python_version": python}))
    ]
    assert len(applicable) == 1
    assert applicable[0].specifier.contains(binding) is allowed
