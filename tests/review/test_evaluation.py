"""Measuring: records and projects against gold, and the faults by cause."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jiaozhu import records
from jiaozhu.cli import app
from jiaozhu.extraction import extract
from jiaozhu.paths import sample_docs
from jiaozhu.reading import read
from jiaozhu.records import Record
from jiaozhu.review import evaluation
from jiaozhu.review.errors import Fault, find_faults, tabulate
from jiaozhu.review.scoring import score
from jiaozhu.review.session import Session
from jiaozhu.store import Store

NAME = "boyuan-2025-groundbreaking-speech"
TEXT = sample_docs() / f"{NAME}.txt"
GOLD = sample_docs() / "gold" / f"{NAME}.jsonl"


def gold() -> Record:
    return records.decode(GOLD.read_bytes())


def faults(found: Record) -> list[tuple[str, str, str]]:
    return [(fault.type, fault.cause, fault.detail) for fault in find_faults([(gold(), found)])]


def test_nothing_differs_from_itself() -> None:
    assert faults(gold()) == []


def test_every_cause_is_told() -> None:
    given = gold()
    first, second, third, *rest = given.metrics
    found = replace(
        given,
        metrics=[
            replace(first, value="1"),  # a field
            replace(second, source_start=(second.source_start or 0) + 1, start=second.start + 1),  # an edge
            *rest,  # the third is missed
        ],
        commitments=[
            *given.commitments,
            replace(given.commitments[-1], start=0, end=4, source_start=0, source_end=4, rule="run"),
        ],
    )
    assert faults(found) == [
        ("metric", "value", f"{first.value} → 1"),
        ("metric", "start", second.text),
        ("metric", "missed", third.kind),
        ("commitment", "extra", "run"),
    ]


def test_the_table_begins_with_the_most_frequent_cause() -> None:
    given = [
        Fault("metric", "missed", "level", "a.txt", "甲⟦1⟧乙"),
        *[Fault("commitment", "kind", "x → y", "b.txt", "⟦丙⟧")] * 2,
    ]
    lines = [line for line in tabulate(given, examples=1) if line]
    assert [line.split()[0] for line in lines if line[:5].strip().isdigit()] == ["2", "1"]
    assert lines[1].strip() == "x → y ×2"
    assert "⟦丙⟧" in lines[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.jiaozhu"
    document = read(TEXT)
    with Store(path, create=True) as store:
        store.add(document, extract(document))
    return path


def test_a_project_is_extracted_anew(project: Path) -> None:
    document = read(TEXT)
    expected = score([(gold(), records.from_extraction(document, extract(document)))])
    assert score(evaluation.pairs(GOLD, project)) == expected


def test_gold_of_a_project_is_what_was_verified_in_finished_speeches(project: Path) -> None:
    with pytest.raises(evaluation.EvaluationError, match="没有可以对照的文档"):
        evaluation.pairs(project, project)  # nothing is decided
    with Store(project) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.reject()
        session.accept_rest()
    (pair,) = evaluation.pairs(project, project)
    assert len(pair[1].metrics) == len(pair[0].metrics) + 1  # the rejected one is a false alarm
    assert [fault.cause for fault in find_faults([pair])] == ["extra"]


def test_a_document_that_was_not_found_counts(tmp_path: Path) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("", encoding="utf-8")
    assert score(evaluation.pairs(GOLD, empty))["metric.span"] == 0


def test_command(project: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(GOLD), str(project), "--json"])
    assert result.exit_code == 0
    assert 0 < json.loads(result.stdout)["metric.span"] <= 1
    assert "metric.tuple" in CliRunner().invoke(app, ["evaluate", str(GOLD), str(project)]).stdout


@pytest.mark.parametrize(
    ("given", "sentence"),
    [("missing.jsonl", "没有文件"), ("bad.jsonl", "第 2 行不是记录"), ("missing.jiaozhu", "")],
)
def test_bad_input_is_one_sentence(tmp_path: Path, given: str, sentence: str) -> None:
    (tmp_path / "bad.jsonl").write_bytes(GOLD.read_bytes().rstrip() + b"\n{}\n")
    result = CliRunner().invoke(app, ["evaluate", str(tmp_path / given), str(GOLD)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
