"""How fast metrics and commitments are found, beside what word segmentation alone takes."""

import logging
from collections.abc import Iterator

import jieba
from measure import Figure, medians, peak_memory
from work import texts

from jiaozhu.extraction import extract
from jiaozhu.reading import read

DOCUMENTS = 40

jieba.setLogLevel(logging.WARNING)


def bench_extraction() -> Iterator[Figure]:
    """Extract from documents that are read already; jieba cuts the same texts."""
    documents = [read(path) for path in texts(DOCUMENTS)]
    characters = sum(len(document.text) for document in documents)
    extract(documents[0])  # what is loaded at first use is no part of the speed
    jieba.lcut(documents[0].text)
    ours, theirs = medians(
        lambda: [extract(document) for document in documents],
        lambda: [jieba.lcut(document.text) for document in documents],
    )
    yield Figure(
        name="extraction",
        value=characters / ours,
        unit="characters/s",
        ratio=theirs / ours,
        against="jieba.cut",
    )
    yield Figure(name="extraction, peak memory with jieba", value=peak_memory(), unit="MB")


def bench_reading() -> Iterator[Figure]:
    """Read text files into documents, without extraction."""
    paths = texts(DOCUMENTS)
    (seconds,) = medians(lambda: [read(path) for path in paths])
    yield Figure(name="reading text files", value=len(paths) / seconds, unit="documents/s")
