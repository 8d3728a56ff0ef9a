"""The real texts that lie beside some checkouts: all are read, with title, date and speeches."""

import json
from pathlib import Path

import pytest

from jiaozhu.extraction import extract
from jiaozhu.extraction.speeches.find import find_speeches
from jiaozhu.extraction.text import normalise
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
    for document in documents:
        assert document.doubts == ()
        assert {dropped.reason for dropped in document.dropped} <= {"viewer button"}
        assert find_speeches(document, normalise(document.text))
    assert all(len(find_speeches(document, normalise(document.text))) == 1 for document in national)


#: Of the national reports; extraction takes a tenth of a second for each of 75.
STRIDE = 8


def test_each_annotation_is_found_again_in_the_source(shared: Path) -> None:
    for path in [*sorted(shared.glob("corpus/national/*.txt"))[::STRIDE], *shared.glob("gold/*.txt")]:
        document = read(path)
        extraction = extract(document)
        assert len(extraction.speeches) == 1 or path.parent.name == "gold"
        source = decode(document.raw, document.source).text
        for item in (*extraction.metrics, *extraction.commitments, *extraction.speeches):
            assert item.source_start is not None
            found = source[item.source_start : item.source_end]
            for left_out in reversed(document.dropped):
                assert left_out.source_start is not None
                if item.source_start <= left_out.source_start < (item.source_end or 0):
                    at = left_out.source_start - item.source_start
                    found = found[:at] + found[at + len(left_out.text) :]
            assert "".join(found.split()) == "".join(document.text[item.start : item.end].split())


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
