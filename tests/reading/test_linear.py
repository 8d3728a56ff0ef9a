"""A text that is ten times as long takes about ten times as long to read, whatever its lines are like."""

import time
from collections.abc import Callable

import pytest

from jiaozhu.reading import read_bytes
from wordfile import paragraph, word

SENTENCE = "今年以来，全市经济稳中向好，地区生产总值增长7.2%，完成投资19.3亿元；"
SHORT, LONG = 100_000, 1_000_000
#: Of the time for a character in the long text to that in the short one: 1 if it is linear, 10 if it is
#: quadratic. A machine that is busy makes it neither.
MOST = 2.5


def paragraphs(length: int) -> list[str]:
    """Return paragraphs of 300 characters, so many that they have about `length` characters."""
    text = SENTENCE * (300 // len(SENTENCE))
    return [f"　　{text}第{number}项完成。" for number in range(length // 300)]


def wrapped(length: int) -> str:
    """Return pages of lines of 36 characters, each with a head and a number."""
    text = "".join(paragraphs(length))
    lines = [text[at : at + 36] for at in range(0, len(text), 36)]
    pages = [lines[at : at + 30] for at in range(0, len(lines), 30)]
    return "\n".join(
        f"政府工作报告\n{chr(10).join(page)}\n— {number} —" for number, page in enumerate(pages, 1)
    )


def short_lines(length: int) -> str:
    return "\n".join(
        ["今年财政收入增长，", "工业投资继续扩大", "1.推进港口扩建", "7", "市长 林知远"] * (length // 33)
    )


TEXTS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "paragraphs in GB18030": (".txt", lambda length: "\r\n".join(paragraphs(length)).encode("gb18030")),
    "one line": (".txt", lambda length: "".join(paragraphs(length)).encode()),
    "wrapped pages": (".txt", lambda length: wrapped(length).encode()),
    "short lines": (".txt", lambda length: short_lines(length // 2).encode()),
    "invisible characters": (".txt", lambda length: wrapped(length).replace("，", "，\u200b").encode()),
    "a web page": (
        ".html",
        lambda length: f"<html><div id='zoom'><p>{'<p>'.join(paragraphs(length))}</div>".encode(),
    ),
    "a Word document": (".docx", lambda length: word("".join(map(paragraph, paragraphs(length))))),
}


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_text(name: str) -> None:
    suffix, make = TEXTS[name]
    name = f"甲{suffix}"
    short, long = make(SHORT), make(LONG)
    assert len(long) > 9 * len(short) or suffix == ".docx"
    assert len(read_bytes(long, name).text) > 0.4 * LONG  # and the process that reads has been started
    # The least of several times: others that use the machine only ever add to it.
    taken = min(seconds(short, name) for _ in range(4)), min(seconds(long, name) for _ in range(2))
    assert taken[1] / taken[0] < MOST * LONG / SHORT


def seconds(data: bytes, name: str) -> float:
    begin = time.perf_counter()
    read_bytes(data, name)
    return time.perf_counter() - begin
