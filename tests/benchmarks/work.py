"""The texts to measure with: N documents, and one that is as long as a book.

The work that peers were measured on is made by ../shared/workload.py. Where that is absent, a
work of the same sizes and the same layout is made here, of fewer kinds of sentences: it keeps
`make bench` running, and its figures are comparable with one another only.

The layout: txt/doc_00001.txt …; docs.jsonl with a line {"id", "title", "text", "spans"} each;
long.txt and long.jsonl for the long one. A span is {"start", "end", "label"}.
"""

import importlib.util
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "workload.py"
BUILD = ROOT / "build"

LONG_CHARACTERS, LONG_SPANS = 1_000_000, 10_000
CHARACTERS, SPANS = 3_000, 20


def work(count: int, *, with_long: bool = False) -> Path:
    """Return the folder with `count` documents, and with the long one if wanted; made if need be."""
    name = f"{'work' if SHARED.is_file() else 'small-work'}-{count}{'-long' if with_long else ''}"
    folder = BUILD / name
    if SHARED.is_file():
        spec = importlib.util.spec_from_file_location("workload", SHARED)
        assert spec is not None
        assert spec.loader is not None
        workload = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(workload)
        return Path(workload.generate(count, str(folder), with_long=with_long))
    if not (folder / "docs.jsonl").is_file():
        make(folder, count, with_long)
    return folder


def texts(count: int) -> list[Path]:
    """Return `count` documents as text files of about 3,000 characters."""
    return sorted((work(count) / "txt").glob("doc_*.txt"))[:count]


def make(folder: Path, count: int, with_long: bool) -> None:
    """Write a work into a folder; the same count gives the same bytes."""
    (folder / "txt").mkdir(parents=True, exist_ok=True)
    lines = []
    for number in range(1, count + 1):
        text, spans = document(random.Random(number), CHARACTERS, SPANS)
        (folder / "txt" / f"doc_{number:05}.txt").write_text(text, "utf-8")
        lines.append({"id": number, "title": f"讲话{number}", "text": text, "spans": spans})
    if with_long:
        text, spans = document(random.Random(0), LONG_CHARACTERS, LONG_SPANS)
        (folder / "long.txt").write_text(text, "utf-8")
        (folder / "long.jsonl").write_text(
            line({"id": 0, "title": "长讲话", "text": text, "spans": spans}), "utf-8"
        )
    (folder / "docs.jsonl").write_text("".join(map(line, lines)), "utf-8")  # last: it says that all is there


def line(value: object) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False) + "\n"


METRICS = ("{year}年，全县生产总值{amount}亿元", "粮食产量达{amount}万吨", "规上工业增加值增长{percent}%")
COMMITMENTS = ("今年力争新增就业{count}人", "确保{year}年底前建成学校{small}所", "加快建设{small}个产业园区")
PADDING = (
    "，干部群众为此付出了许多。",
    "，群众看得见、摸得着。",
    "，基础还要打得更牢。",
    "，路还很长，劲不能松。",
)


def document(chance: random.Random, characters: int, count: int) -> tuple[str, list[dict[str, object]]]:
    """Return a text of so many characters and its spans, one in each of `count` equal lines."""
    lines, spans = [], []
    for number in range(count):
        start, end = (characters * place // count for place in (number, number + 1))
        label = chance.choice(("metric", "commitment"))
        text = chance.choice(METRICS if label == "metric" else COMMITMENTS).format(
            year=chance.randint(2010, 2030),
            amount=chance.randint(100, 99999) / 10,
            percent=chance.randint(1, 200) / 10,
            count=chance.randint(100, 90000),
            small=chance.randint(2, 90),
        )
        spans.append({"start": start, "end": start + len(text), "label": label})
        while len(text) < end - start:
            text += chance.choice(PADDING)
        lines.append(text[: end - start - 1] + "\n")
    return "".join(lines), spans
