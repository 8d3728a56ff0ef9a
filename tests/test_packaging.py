"""What is built holds everything that the program reads, and says one version everywhere."""

import email
import os
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from jiaozhu import __version__

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with wheel and sdist: JIAOZHU_DIST, or one built into here."""
    if built := os.environ.get("JIAOZHU_DIST"):
        return Path(built)
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> zipfile.ZipFile:
    (file,) = dist.glob("*.whl")
    return zipfile.ZipFile(file)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(wheel.read(name))


def files_in(folder: str) -> set[str]:
    """Return the files of a folder of the checkout, as paths from its root."""
    found = (ROOT / folder).rglob("*")
    return {path.relative_to(ROOT).as_posix() for path in found if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize("folder", ["resources/lexicon", "resources/i18n", "sample_docs"])
def test_the_wheel_holds_the_data(wheel: zipfile.ZipFile, folder: str) -> None:
    wanted = {f"jiaozhu/{name}" for name in files_in(folder)}
    assert wanted
    assert wanted <= set(wheel.namelist())


def test_the_wheel_holds_the_package_and_its_types(wheel: zipfile.ZipFile) -> None:
    wanted = {name.removeprefix("desktop/") for name in files_in("desktop")}
    assert "jiaozhu/py.typed" in wanted
    assert wanted <= set(wheel.namelist())


def test_the_sdist_can_be_built_and_tested(dist: Path) -> None:
    (file,) = dist.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    assert names >= {"pyproject.toml", "README.md", "LICENSE", "Makefile", "tools/prepare.py"}
    assert names >= files_in("tests") | files_in("resources") | files_in("sample_docs")


def test_the_version_is_one(metadata: Message) -> None:
    assert metadata["Version"] == __version__


def test_the_command_is_there(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    assert "jiaozhu = jiaozhu.__main__:main" in wheel.read(name).decode()


def test_the_program_finds_its_data_in_a_wheel(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """The package as installed, without the checkout around it, reads its own lexicon."""
    wheel.extractall(tmp_path)
    program = "from jiaozhu import paths; print(paths.resources(), paths.sample_docs(), sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert said == [str(tmp_path / "jiaozhu" / "resources"), str(tmp_path / "jiaozhu" / "sample_docs")]
