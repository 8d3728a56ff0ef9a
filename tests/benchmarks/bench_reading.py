"""How fast each format is read into documents, without extraction, and what the reading process holds."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from measure import Figure, medians
from work import texts

from jiaozhu.reading import confined, ocr, read_bytes

FILES = Path(__file__).resolve().parent.parent / "reading" / "files"
DOCUMENTS = 40


def as_text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("gb18030")


def as_word(lines: list[str]) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(lines: list[str], kind: str = "TRS_Editor") -> bytes:
    body = "".join(f"<p><span>　　{line}</span></p>" for line in lines)
    menu = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(50))
    return f"<html><meta charset=utf-8><body><ul>{menu}</ul><div class={kind}>{body}</div>".encode()


def figures(name: str, suffix: str, data: list[bytes]) -> Iterator[Figure]:
    """Read documents that are in memory; the process that reads has been started before."""
    characters = len(read_bytes(data[0], f"a{suffix}").text) * len(data)
    (seconds,) = medians(lambda: [read_bytes(one, f"a{suffix}") for one in data], runs=3)
    yield Figure(name=f"reading {name}", value=len(data) / seconds, unit="documents/s")
    yield Figure(name=f"reading {name}", value=characters / seconds, unit="characters/s")


def bench_formats() -> Iterator[Figure]:
    """Documents of 3,000 characters in each format; pdf files of the tests, of 2,600 characters each."""
    lines = [path.read_text("utf-8").split("\n") for path in texts(DOCUMENTS)]
    yield from figures("text in GB18030", ".txt", [as_text(one) for one in lines])
    yield from figures("Word documents", ".docx", [as_word(one) for one in lines])
    yield from figures("web pages of a known layout", ".html", [as_page(one) for one in lines])
    yield from figures("web pages of an unknown layout", ".html", [as_page(one, "a") for one in lines])
    printed = [(FILES / name).read_bytes() for name in ("report.pdf", "sections.pdf")]
    yield from figures("pdf files", ".pdf", printed * 4)
    if sys.platform.startswith("linux"):
        assert confined._worker is not None
        status = Path(f"/proc/{confined._worker._process.pid}/status").read_text("ascii")
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        yield Figure(name="reading, peak memory of its process", value=int(peak) * 1024 / 1e6, unit="MB")


def bench_recognition() -> Iterator[Figure]:
    """A scanned page in black and white, 150 dots to the inch."""
    if ocr.is_installed():
        yield from figures("scanned pages", ".png", [(FILES / "scan.png").read_bytes()])


def bench_start() -> Iterator[Figure]:
    """The first file that needs the process waits for it."""

    def start() -> None:
        if confined._worker is not None:
            confined._worker._end()
        read_bytes((FILES / "wechat.html").read_bytes(), "a.html")

    (seconds,) = medians(start, runs=3)
    yield Figure(name="reading, start of its process", value=seconds, unit="s")
