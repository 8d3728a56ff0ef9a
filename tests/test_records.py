"""Records: what one program writes another reads, and the schema that says how."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import msgspec
import pytest

from jiaozhu import records
from jiaozhu.model import Action, State
from jiaozhu.records import Record, decode, encode, from_extraction, to_extraction
from schema import SCHEMA, generated
from sketch import sketch

DRAWING = "GDP⟦1607.8亿元⟧，⟪力争增长⟦7.3%⟧⟫。"


def record() -> Record:
    return from_extraction(*sketch(DRAWING))


def test_the_schema_is_that_of_the_model() -> None:
    assert SCHEMA.read_text("utf-8") == generated(), "run python tools/schema.py"


def test_records_keep_to_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    validator.check_schema(validator.schema)
    line = json.loads(encode(record()))
    validator.validate(line)
    line["metrics"][0]["comparator"] = "about"
    assert not validator.is_valid(line)


def test_gold_keeps_to_the_schema(shared: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    lines = [
        line for path in sorted(shared.glob("gold/*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_a_record_comes_back_as_it_went() -> None:
    assert decode(encode(record())) == record()


def test_what_was_never_reviewed_comes_back_as_suggestions() -> None:
    document, extraction, decisions = to_extraction(record())
    original, _ = sketch(DRAWING)
    assert (document.text, document.sha256) == (original.text, original.sha256)
    assert [*extraction.metrics, *extraction.commitments] == [*record().metrics, *record().commitments]
    assert decisions == []


def test_a_review_comes_back_with_its_reviewers() -> None:
    at = "2025-01-01T00:00:00.000000+00:00"
    by = {"reviewer": "王敏", "reviewed_at": at}
    given = record()
    first, second = given.metrics
    (promise,) = given.commitments
    given = replace(
        given,
        metrics=[replace(first, state=State.CORRECTED, **by), replace(second, state=State.ADDED, **by)],
        commitments=[replace(promise, state=State.REJECTED)],  # by nobody: nobody rejected it
    )
    _, extraction, decisions = to_extraction(given)
    assert [item.id for item in extraction.metrics] == ["m1"]
    assert [item.state for item in (*extraction.metrics, *extraction.commitments)] == [State.SUGGESTED] * 2
    assert [(item.action, item.subject, item.reviewer, item.at) for item in decisions] == [
        (Action.CORRECT, "m1", "王敏", at),
        (Action.ADD, "m2", "王敏", at),
    ]
    assert decisions[1].before is None
    assert [item.uid for item in to_extraction(given)[2]] == [item.uid for item in decisions]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "nonsense",
        '{"document": {"id": 1}}',
        '{"schema": "jiaozhu/2", "document": {"id": "a", "source": "a", "sha256": "a", "text": "a"}}',
        '{"document": {"id": "a", "source": "a", "sha256": "a", "text": "\\ud800"}}',
    ],
)
def test_what_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(line)


@pytest.mark.parametrize("change", [{"id": "x"}, {"sha256": "../../etc/passwd"}])
def test_a_document_that_lies_about_itself_is_refused(change: dict[str, str]) -> None:
    lying = replace(record(), document=replace(record().document, **change))
    with pytest.raises(ValueError, match=next(iter(change))):
        to_extraction(lying)


def test_the_time_of_a_review_must_be_one() -> None:
    first = replace(record().metrics[0], state=State.ACCEPTED, reviewer="王敏", reviewed_at="gestern")
    with pytest.raises(ValueError, match="gestern"):
        records.to_extraction(replace(record(), metrics=[first], commitments=[]))
