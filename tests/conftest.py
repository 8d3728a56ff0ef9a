"""What every test starts from: no display, Chinese, nobody's settings."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt
os.environ["JIAOZHU_LANG"] = "zh"  # before anything asks for the language

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A machine that is busy is no reason to fail; how fast things are is for the benchmarks to say.
settings.register_profile("jiaozhu", deadline=None)
settings.load_profile("jiaozhu")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for the settings and data of the user, in each test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("JIAOZHU_HOME", str(folder / "jiaozhu"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold texts and corpora, which lies beside some checkouts only."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared")
    return folder
