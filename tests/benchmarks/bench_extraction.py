"""How fast metrics and commitments are found, beside what word segmentation alone takes."""

import logging
from collections.abc import Iterator

import jieba
from measure import Figure, medians, peak_memory
from work import ROOT, texts

from jiaozhu.extraction import extract
from jiaozhu.model import Document
from jiaozhu.reading import read

DOCUMENTS = 40
REPORTS = ROOT.parent / "shared" / "corpus"  # work reports of governments, where they are at hand
MOST_REPORTS = 20

jieba.setLogLevel(logging.WARNING)


def bench_extraction() -> Iterator[Figure]:
    """Extract from documents that are read already; jieba cuts the same texts."""
    yield _beside_jieba("extraction", [read(path) for path in texts(DOCUMENTS)])
    reports = sorted(REPORTS.rglob("*.txt"))
    if reports:
        chosen = reports[:: max(1, len(reports) // MOST_REPORTS)][:MOST_REPORTS]
        yield _beside_jieba("extraction of work reports", [read(path) for path in chosen])
    yield Figure(name="extraction, peak memory with jieba", value=peak_memory(), unit="MB")


def _beside_jieba(name: str, documents: list[Document]) -> Figure:
    characters = sum(len(document.text) for document in documents)
    extract(documents[0])  # what is loaded at first use is no part of the speed
    jieba.lcut(documents[0].text)
    ours, theirs = medians(
        lambda: [extract(document) for document in documents],
        lambda: [jieba.lcut(document.text) for document in documents],
    )
    return Figure(
        name=name, value=characters / ours, unit="characters/s", ratio=theirs / ours, against="jieba.cut"
    )


def bench_reading() -> Iterator[Figure]:
    """Read text files into documents, without extraction."""
    paths = texts(DOCUMENTS)
    (seconds,) = medians(lambda: [read(path) for path in paths])
    yield Figure(name="reading text files", value=len(paths) / seconds, unit="documents/s")
