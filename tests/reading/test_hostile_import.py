"""Hostile files on the command line: a sentence and exit code 1 for each, and the project is as before."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from jiaozhu.reading import files
from jiaozhu.reading.files import shown_name
from wordfile import NAMESPACES, paragraph, word

FILES = Path(__file__).resolve().parent / "files"
TEXT = paragraph("全县生产总值增长7.2%。")
MEGABYTE = 1 << 20
MOST_SECONDS = 10.0
MOST_MEMORY = 1 << 30  # bytes, of the program and the processes that it starts

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="needs links, pipes and devices, and the memory of processes"
)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    sentences: list[str]  # on standard error
    seconds: float  # of computing: how long others have kept the machine busy doesn't count
    memory: int  # bytes at most, of all processes together


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "好.txt").write_text("各位代表：\n全县生产总值增长7.2%。", "utf-8")
    ended = run(folder, "import", "a.jiaozhu", "好.txt")
    assert (ended.code, ended.sentences) == (0, [])
    return folder / "a.jiaozhu"


def run(folder: Path, *arguments: str | Path, stdin: str = os.devnull) -> Ended:
    """Run the program in a folder."""
    begin, used = time.monotonic(), computed()
    command = [sys.executable, "-m", "jiaozhu", *arguments]
    environment = os.environ | {"JIAOZHU_LANG": "zh", "PYTHONUTF8": "1"}
    peaks: dict[int, int] = {}
    with (
        open(stdin, "rb") as source,
        subprocess.Popen(
            command,
            cwd=folder,
            stdin=source,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process,
    ):
        assert process.stderr is not None
        while time.monotonic() - begin < 6 * MOST_SECONDS:
            for pid in pids(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
                break
        process.kill()  # if it hasn't ended
        said = process.stderr.read().decode()
    return Ended(process.returncode, said.splitlines(), computed() - used, sum(peaks.values()))


def computed() -> float:
    """Return the seconds that processes which have ended, and those that they started, were computing."""
    times = os.times()
    return times.children_user + times.children_system


def pids(pid: int) -> list[int]:
    """Return a process and those that it started."""
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return []


def peak(pid: int) -> int:
    """Return the most memory that a process has held at once."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def refused(project: Path, *paths: str | Path, stdin: str = os.devnull) -> list[str]:
    """Import what must be refused; return the sentences, one for each."""
    folder = project.parent
    before = project.read_bytes(), sorted(path.name for path in folder.iterdir())
    ended = run(folder, "import", "a.jiaozhu", "--", *paths, stdin=stdin)
    assert ended.code == 1
    assert len(ended.sentences) == len(paths), ended.sentences
    assert ended.seconds < MOST_SECONDS
    assert ended.memory < MOST_MEMORY
    assert (project.read_bytes(), sorted(path.name for path in folder.iterdir())) == before
    return ended.sentences


def laughs() -> bytes:
    entities = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
    body = paragraph("全县生产总值增长&a9;")
    root = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return word(f"<?xml version='1.0'?><!DOCTYPE w [{entities}]>{root}")


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "炸弹.docx": (lambda: word(TEXT, files={"word/a.xml": b" " * 70 * MEGABYTE}), "解压后太大"),
    "实体.docx": (laughs, "实体声明"),
    "深.html": (lambda: b"<html>" + b"<div>" * 10_000 + b"a", "嵌套太深"),
    "行.txt": (lambda: b"\r\n" * 25_000_000 + b"a", "超过 250000 行"),
    "空.txt": (lambda: "甲\u200b".encode() * 9_000_000, "不可见字符"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_take_much_time_or_memory(name: str, project: Path, tmp_path: Path) -> None:
    make, words = HEAVY[name]
    file = tmp_path / name
    file.write_bytes(make())
    (sentence,) = refused(project, file)
    assert words in sentence
    assert f"“{name}”" in sentence


def test_a_gigabyte_of_one_line(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "大.txt"
    with file.open("wb") as stream:
        stream.truncate(1 << 30)
    (sentence,) = refused(project, file)
    assert "MB 的上限" in sentence


def test_standard_input_without_end(project: Path) -> None:
    (sentence,) = refused(project, "-", stdin="/dev/zero")
    assert f"超过 {files.LARGEST // 1_000_000} MB" in sentence


def half(name: str) -> bytes:
    data = (FILES / name).read_bytes()
    return data[: len(data) // 2]


def locked_zip() -> bytes:
    data = bytearray(word(TEXT))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
EXTERNAL = (
    f"<?xml version='1.0'?><!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document {NAMESPACES}>"
    f"<w:body>{paragraph('全县&x;')}</w:body></w:document>"
)

#: Files that are refused at once, together in one run of the program.
LIGHT: dict[str, tuple[Callable[[], bytes], str]] = {
    "外部.docx": (lambda: word(EXTERNAL), "实体声明"),
    "半.docx": (lambda: half("report.docx"), "不是完整的 Word 文档"),
    "半.pdf": (lambda: half("report.pdf"), "不是完整的 PDF"),
    "锁.docx": (lambda: LOCKED_WORD, "有密码保护"),
    "锁2.docx": (locked_zip, "有密码保护"),
    "锁.pdf": (lambda: (FILES / "locked.pdf").read_bytes(), "有密码保护"),
    "空.pdf": (lambda: b"", "空"),
    "程序.txt": (lambda: b"MZ\x90\x00\x03\x00\x00\x00", "二进制"),
    "甲\n乙.docx": (lambda: b"PK\x03\x04", "不是完整的 Word 文档"),
    "-rf.docx": (lambda: b"PK\x03\x04", "不是完整的 Word 文档"),
    "--encoding=utf-8": (lambda: b"\0\1\2", "二进制"),
    "甲\x1b[2J\r.pdf": (lambda: b"%PDF-", "不是完整的 PDF"),
    "a\udcff.docx": (lambda: b"PK\x03\x04", "不是完整的 Word 文档"),
}


def test_what_is_refused_at_once(project: Path, tmp_path: Path) -> None:
    """All in one run, with relative names: fast enough together, so each of them is."""
    here = tmp_path.relative_to(project.parent, walk_up=True) if sys.version_info >= (3, 12) else tmp_path
    for name, (make, _words) in LIGHT.items():
        (tmp_path / name).write_bytes(make())
    sentences = refused(project, *(here / name for name in LIGHT))
    for sentence, (name, (_make, words)) in zip(sentences, LIGHT.items(), strict=True):
        assert words in sentence
        assert f"“{shown_name(Path(name))}”" in sentence
        assert sentence.isprintable()


def test_links_pipes_and_devices(project: Path, tmp_path: Path) -> None:
    links = {"无.txt": "nowhere", "自.txt": "自.txt", "零.txt": "/dev/zero", "零.docx": "/dev/zero"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    os.mkfifo(tmp_path / "管.txt")
    os.mkfifo(tmp_path / "管.docx")
    paths = [
        *(tmp_path / name for name in (*links, "管.txt", "管.docx")),
        "/dev/zero",
        "/dev/random",
        "/dev/tty",
    ]
    sentences = refused(project, *paths)
    wanted = ["找不到文件", "无法读取", *["不是普通文件"] * 7]
    for sentence, words in zip(sentences, wanted, strict=True):
        assert words in sentence


def test_a_folder_that_leads_back_to_itself(project: Path, tmp_path: Path) -> None:
    """It is gone through once; a pipe, a device and a link to nowhere in it are told as if named."""
    folder = tmp_path / "夹"
    (folder / "下").mkdir(parents=True)
    (folder / "下" / "回").symlink_to(folder)
    (folder / "坏.txt").symlink_to("nowhere")
    (folder / "零.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "管.txt")
    ended = run(project.parent, "import", "a.jiaozhu", tmp_path / "夹" / "下" / "回")
    assert ended.code == 1
    assert [words for words in ("坏.txt", "管.txt", "零.txt") if words in "".join(ended.sentences)] == [
        "坏.txt", "管.txt", "零.txt",
    ]  # fmt: skip
    assert len(ended.sentences) == 3
    assert ended.seconds < MOST_SECONDS
