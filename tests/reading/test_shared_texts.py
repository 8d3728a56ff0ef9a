"""The real texts that lie beside some checkouts: all are read, with title and date."""

import json
from pathlib import Path

import pytest

from jiaozhu.reading import read
from jiaozhu.reading.decoding import decode


def test_corpus(shared: Path) -> None:
    documents = [read(path) for path in sorted(shared.glob("corpus/*/*.txt"))]
    assert len(documents) == 75
    for document in documents:
        assert max(map(len, document.text.split("\n"))) < 3000, "paragraphs were not parted"
    provincial = [document for document in documents if not document.source[:4].isdigit()]
    assert all((document.title or "").endswith("政府工作报告") for document in provincial)
    assert {(document.date or "")[:7] for document in provincial} == {"2026-01", "2026-02"}
    national = [document for document in documents if document.source[:4].isdigit()]
    assert all(document.date is None or document.date[:4] == document.source[:4] for document in national)


@pytest.mark.parametrize("name", ["dev", "reports"])
def test_gold(shared: Path, name: str) -> None:
    for line in (shared / f"gold/{name}.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)["document"]
        document = read(shared / "gold" / gold["source"])
        assert document.sha256 == gold["sha256"]
        assert document.title == gold["title"]
        assert document.publisher == gold["publisher"]
        assert document.date == gold["date"]
        assert decode(document.raw, document.source)[0] == gold["text"]
