"""The package with another line in its lexicon: what it says then of a word."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from jiaozhu import lexicon
from jiaozhu.paths import resources

PACKAGE = Path(lexicon.__file__).parent


def with_text(folder: Path, file: str, old: str, new: str) -> Path:
    """Return a folder with a copy of the package in which the first `old` of a lexicon file is `new`."""
    ignored = shutil.ignore_patterns("qt", "__pycache__", "resources")
    shutil.copytree(PACKAGE, folder / "jiaozhu", ignore=ignored)
    shutil.copytree(resources(), folder / "jiaozhu" / "resources")
    path = folder / "jiaozhu" / "resources" / "lexicon" / f"{file}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def said_of(folder: Path, imports: str, function: str, word: str) -> subprocess.CompletedProcess[str]:
    """Return what the copy in `folder` prints for `function(word)`; an error of the lexicon ends it."""
    program = (
        f"import sys\n{imports}\n"
        "from jiaozhu.lexicon import LexiconError\n"
        f"try:\n    print({function}(sys.argv[1]))\n"
        "except LexiconError as error:\n    sys.exit(str(error))\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", program, word]
    return subprocess.run(command, cwd=folder, text=True, capture_output=True, encoding="utf-8", check=False)
