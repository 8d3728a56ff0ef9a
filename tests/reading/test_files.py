"""Files: what is read, and the sentence for each that isn't."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules

import pytest

from jiaozhu import reading
from jiaozhu.reading import READERS, ReadError, files, read, read_bytes

TEXT = (
    "政府工作报告\r\n\r\n——2019年1月8日在澄湾市第三届人民代表大会第四次会议上\r\n"
    "各位代表：\r\n现在报告工作。\r\n"
)


def test_a_document_has_all_that_the_file_says(tmp_path: Path) -> None:
    file = tmp_path / "澄湾.txt"
    data = TEXT.encode("gb18030")
    file.write_bytes(data)
    document = read(file)
    assert document.source == "澄湾.txt"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == document.sha256[:16]
    assert document.raw == data
    assert document.encoding == "gb18030"
    assert document.text.splitlines()[0] == document.title == "政府工作报告"
    assert document.date == "2019-01-08"
    assert read(str(file)) == document
    assert read_bytes(data, "澄湾.txt") == document


@pytest.mark.parametrize("name", ["讲话", "讲话.TXT", "讲话.md", "讲话.log", ".txt"])
def test_any_name_will_do_for_text(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("谢谢大家。", "utf-8")
    assert read(file).text == "谢谢大家。"


@pytest.fixture
def missing(tmp_path: Path) -> Path:
    return tmp_path / "missing.txt"


def refusal(path: Path | str) -> str:
    with pytest.raises(ReadError) as error:
        read(path)
    sentence = str(error.value)
    assert re.search("请|可以", sentence), "the way out is missing"
    assert "\n" not in sentence
    return sentence


def test_missing(missing: Path) -> None:
    assert "找不到文件“missing.txt”" in refusal(missing)
    assert "找不到" in refusal(missing / "below.txt")
    assert "找不到" in refusal("a\0b")


def test_a_link_to_nothing(missing: Path) -> None:
    link = missing.with_name("link.txt")
    link.symlink_to(missing)
    assert "找不到文件“link.txt”" in refusal(link)


def test_a_folder(tmp_path: Path) -> None:
    assert f"“{tmp_path.name}”是文件夹" in refusal(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_is_not_opened(missing: Path) -> None:
    os.mkfifo(missing)
    assert "不是普通文件" in refusal(missing)  # opening it would wait for a writer for ever
    assert "不是普通文件" in refusal("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read(missing: Path) -> None:
    missing.write_text("谢谢大家。", "utf-8")
    missing.chmod(0)
    assert "没有权限" in refusal(missing)


def test_a_file_that_is_too_large(missing: Path) -> None:
    with missing.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    assert "有 201 MB，超过 200 MB 的上限" in refusal(missing)


def test_a_name_that_cant_be_shown() -> None:
    assert files.shown_name(Path("a\x1b[2J\n\udcff.txt")) == "a\ufffd[2J\ufffd\ufffd.txt"


def test_a_name_longer_than_the_system_takes(tmp_path: Path) -> None:
    assert "无法读取" in refusal(tmp_path / ("长" * 300))


def test_every_reader_is_listed() -> None:
    """A module with a function `read` for bytes is a reader, and has its line in READERS."""
    modules = [import_module(f"jiaozhu.reading.{module.name}") for module in iter_modules(reading.__path__)]
    readers = {module.read for module in modules if hasattr(module, "read") and takes_bytes(module.read)}
    assert set(READERS.values()) == readers
    assert len(readers) >= 6


def takes_bytes(function: Callable[..., object]) -> bool:
    return list(signature(function).parameters) == ["data", "source", "encoding"]


def test_the_window_pays_nothing_for_formats() -> None:
    """What reads them is loaded with the first file that needs it, in the process that reads it."""
    program = "import sys, jiaozhu.reading; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in said.stdout.split()}
    assert not loaded & {"docx", "lxml", "pypdfium2", "trafilatura", "rapidocr", "numpy", "PIL", "email"}


def test_readers_are_listed_by_suffix() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in READERS)
