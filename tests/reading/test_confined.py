"""Readers at work in a process of their own: what one is kept from, and what its end leads to."""

import subprocess
import sys
from pathlib import Path

import pytest

import naughty
from jiaozhu.reading import EncodingError, ReadError, confined


def ask(deed: str) -> str:
    return confined.run(naughty.read, deed.encode(), "甲.docx", None).text


def refusal(deed: str) -> str:
    with pytest.raises(ReadError) as error:
        ask(deed)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_what_is_read_comes_back() -> None:
    assert ask("read 各位代表") == "各位代表"
    assert ask("say 各位代表") == "各位代表"


def test_a_sentence_comes_back() -> None:
    assert refusal("refuse “甲.docx”不行。") == "“甲.docx”不行。"


def test_the_kind_of_a_refusal_comes_back() -> None:
    with pytest.raises(EncodingError, match="哪种编码"):
        ask("doubt 哪种编码")
    with pytest.raises(ReadError) as error:
        ask("refuse 不行")
    assert not isinstance(error.value, EncodingError)


@pytest.mark.parametrize("deed", ["connect", "resolve", "start"])
def test_no_network_and_no_programs(deed: str) -> None:
    assert "PermissionError" in refusal(deed)


def test_no_file_is_written_or_removed(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("各位代表", "utf-8")
    assert "PermissionError" in refusal(f"write {tmp_path / 'new.txt'}")
    assert "PermissionError" in refusal(f"write {there}")
    assert "PermissionError" in refusal(f"remove {there}")
    assert [file.name for file in tmp_path.iterdir()] == ["there.txt"]
    assert there.read_text("utf-8") == "各位代表"


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("fail", "已损坏，或不合格式规范（KeyError）"),
        ("recurse", "已损坏，或不合格式规范（RecursionError）"),
        ("die", "已损坏，或需要的内存太多"),
        ("chatter", "已损坏，或需要的内存太多"),
        ("hang", "太费时间，已经停止"),
    ],
)
def test_a_failure_is_a_sentence_and_the_next_file_is_read(deed: str, sentence: str) -> None:
    assert sentence in refusal(deed)
    assert ask("read 各位代表") == "各位代表"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the memory")
def test_memory_is_bounded() -> None:
    assert "需要的内存太多" in refusal("eat")
    assert ask("read 各位代表") == "各位代表"


def test_the_process_ends_with_the_program() -> None:
    """Also where the program reads at its top level, without asking whether it is the main module."""
    program = """
import psutil
import naughty
from jiaozhu.reading import confined
print(confined.run(naughty.read, b"read x", "x", None).text, psutil.Process().children()[0].pid)
"""
    import psutil

    said = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    text, pid = said.stdout.split()
    assert text == "x"
    assert said.stderr == ""
    assert not psutil.pid_exists(int(pid))
