"""What goes into a project comes out of it; what is in it is never changed."""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import count
from pathlib import Path

import pytest

from jiaozhu.model import (
    DERIVED,
    Action,
    AnyAnnotation,
    Box,
    Commitment,
    Decision,
    Document,
    Extraction,
    Metric,
    SourceMap,
    Speech,
    State,
)
from jiaozhu.store import Counts, Store, StoreError
from sketch import sketch

COUNT = count()
DRAWING = "GDP⟦1607.8亿元⟧，⟪力争增长⟦7.3%⟧⟫。\n第二篇⟦第9⟧。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "项目 一.jiaozhu"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path, create=True) as store:
        yield store


def decide(
    before: AnyAnnotation | None, after: AnyAnnotation | None, action: Action = Action.ACCEPT, **more: str
) -> Decision:
    """Return a decision on the drawing's document."""
    annotation = after or before
    assert annotation is not None
    document, _ = sketch(DRAWING)
    number = next(COUNT)
    values = {
        "uid": f"uid-{number}",
        "document": document.id,
        "subject": annotation.id,
        "type": annotation.type,
        "reviewer": "王敏",
        "at": f"2025-01-01T00:00:{number % 60:02}.000000+00:00",
        "program": "0.1.0",
    }
    return Decision(action=action, before=before, after=after, **values | more)  # type: ignore[arg-type]


def test_what_goes_in_comes_out(store: Store, path: Path) -> None:
    document, extraction = sketch(DRAWING, indicator="GDP", value="1.5", period="2025-01-01/2025-12-31")
    document = replace(
        document,
        title="标题",
        publisher="日报",
        date="2025-01-02",
        source_map=SourceMap((0, 5), (1, 9)),
        boxes=(Box(0, 1, 0.1, 0.2, 0.9, 0.25),),
    )
    assert store.add(document, extraction)
    with Store(path) as again:
        assert again.document(document.id) == replace(document, raw=b"")
        assert again.raw(document.id) == document.raw
        found = again.annotations(document.id)
    assert sorted(found, key=lambda item: item.id) == [*extraction.commitments, *extraction.metrics]
    assert [item.text for item in found] == ["1607.8亿元", "力争增长7.3%", "7.3%", "第9"]


def test_the_same_bytes_are_added_once(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    assert store.add(document, extraction)
    store.record(decide(extraction.metrics[0], replace(extraction.metrics[0], state=State.ACCEPTED)))
    assert not store.add(replace(document, source="别名.txt"), extraction)
    (row,) = store.documents()
    assert (row.source, row.counts) == ("讲话.txt", Counts(suggested=3, accepted=1))


def test_a_batch_is_all_or_nothing(store: Store) -> None:
    def add_two() -> None:
        with store.batch():
            store.add(*sketch("一⟦1%⟧"))
            store.add(*sketch("二⟦2%⟧"))
            raise KeyError

    with pytest.raises(KeyError):
        add_two()
    assert store.documents() == []
    with store.batch():
        store.add(*sketch("一⟦1%⟧"))
        document, extraction = sketch("二⟦2%⟧")
        with pytest.raises(StoreError):  # a bad document does not spoil the others
            store.add(document, replace(extraction, metrics=(replace(extraction.metrics[0], text="3%"),)))
    assert [row.suggested for row in store.documents()] == [1]


@pytest.mark.parametrize(
    "change",
    [{"text": "别的"}, {"end": 10_000}, {"start": -1}, {"end": 0}, {"speech": "s9"}, {"id": "c1"}],
    ids=str,
)
def test_an_annotation_that_lies_is_refused(store: Store, change: dict[str, object]) -> None:
    document, extraction = sketch(DRAWING)
    first, *others = extraction.metrics
    bad = replace(first, **change)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=r"讲话\.txt"):
        store.add(document, replace(extraction, metrics=(bad, *others)))
    assert store.documents() == []


def test_speeches_have_their_progress(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    store.record(decide(extraction.metrics[2], replace(extraction.metrics[2], state=State.REJECTED)))
    first, second = store.speeches(document.id)
    assert (first.region, first.counts.total, first.counts.decided) == ("第1区", 3, 0)
    assert (second.region, second.counts.total, second.counts.decided) == ("第2区", 1, 1)
    assert [row.counts.total for row in store.speeches(type_="metric")] == [2, 1]
    assert store.speeches("没有") == []


def test_the_latest_decision_counts(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first = extraction.metrics[0]
    accepted = replace(first, state=State.ACCEPTED)
    longer = replace(first, start=0, text="GDP1607.8亿元", state=State.CORRECTED)
    for before, after, action in (
        (first, accepted, Action.ACCEPT),
        (accepted, longer, Action.CORRECT),
        (longer, accepted, Action.UNDO),
        (accepted, longer, Action.REDO),
    ):
        store.record(decide(before, after, action))
        assert store.annotations(document.id)[0] == after
    history = store.history(document.id, "metric", "m1")
    assert [item.action for item in history] == [Action.ACCEPT, Action.CORRECT, Action.UNDO, Action.REDO]
    assert history[1].after == longer
    assert store.documents()[0].counts == Counts(suggested=3, corrected=1)


def test_an_added_annotation_lives_in_decisions_alone(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    added = Metric(id="m-1", speech="s1", start=0, end=3, text="GDP", state=State.ADDED)
    store.record(decide(None, added, Action.ADD))
    assert store.annotations(document.id)[0] == added
    store.record(decide(added, None, Action.UNDO))
    assert "m-1" not in [item.id for item in store.annotations(document.id)]
    assert store.documents()[0].counts == Counts(suggested=4)
    store.record(decide(None, added, Action.REDO))
    assert store.documents()[0].counts == Counts(suggested=4, added=1)


def test_what_was_skipped_is_known(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first = extraction.metrics[0]
    store.record(decide(first, first, Action.SKIP))
    assert store.skipped(document.id) == {"m1"}
    assert store.annotations(document.id)[0] == first
    assert store.documents()[0].counts == Counts(suggested=4)
    store.record(decide(first, replace(first, state=State.ACCEPTED)))
    assert store.skipped(document.id) == set()


def test_a_decision_on_what_has_changed_meanwhile_is_refused(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first, second = extraction.metrics[:2]
    accepted = replace(first, state=State.ACCEPTED)
    store.record(decide(first, accepted))
    stale = decide(first, replace(first, state=State.REJECTED), Action.REJECT)
    fine = decide(second, replace(second, state=State.REJECTED), Action.REJECT)
    unknown = decide(replace(first, id="m9"), replace(accepted, id="m9"))
    elsewhere = replace(fine, document="没有")
    mixed = replace(fine, subject="m3")
    for bad in stale, unknown, elsewhere, mixed:
        with pytest.raises(StoreError, match="重新打开"):
            store.record([fine, bad])
    assert store.documents()[0].counts == Counts(suggested=3, accepted=1)  # none of the two


def test_a_decision_must_quote_the_document(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first = extraction.metrics[0]
    for bad in replace(first, text="1607亿元"), replace(first, end=first.end + 1):
        with pytest.raises(StoreError, match="原文"):
            store.record(decide(first, replace(bad, state=State.CORRECTED), Action.CORRECT))
    assert store.history(document.id, "metric", "m1") == []


def test_a_decision_must_stay_in_a_speech(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first = extraction.metrics[0]
    with pytest.raises(StoreError, match="s9"):
        store.record(decide(first, replace(first, speech="s9", state=State.CORRECTED), Action.CORRECT))
    assert store.documents()[0].counts == Counts(suggested=4)


def test_documents_with_something_left_come_round(store: Store) -> None:
    ids = []
    for number in range(4):
        document, extraction = sketch(f"{number}⟦1%⟧" if number != 2 else "空")
        store.add(document, extraction)
        ids.append(document.id)
    assert list(store.waiting()) == [ids[0], ids[1], ids[3]]
    assert list(store.waiting(after=ids[1])) == [ids[3], ids[0]]
    assert list(store.waiting(after=ids[2])) == [ids[3], ids[0], ids[1]]


@pytest.mark.parametrize("table", ["documents", "speeches", "metrics", "commitments", "decisions"])
def test_nothing_stored_can_be_changed(store: Store, path: Path, table: str) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    store.record(decide(extraction.metrics[0], replace(extraction.metrics[0], state=State.ACCEPTED)))
    connection = sqlite3.connect(path)
    column = {"decisions": "reviewer", "documents": "text"}.get(table, "id")
    for change in f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}":
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute(change)
    connection.close()


@pytest.mark.parametrize(
    ("model", "table", "more"),
    [
        (Document, "documents", {"key", "added_at"}),
        (Speech, "speeches", {"document"}),
        (Metric, "metrics", {"document", "version"}),
        (Commitment, "commitments", {"document", "version"}),
        (Decision, "decisions", {"seq", "state", "speech", "start", "end", "text"}),
    ],
)
def test_the_columns_of_a_table_are_the_fields_of_its_model(
    store: Store, path: Path, model: type, table: str, more: set[str]
) -> None:
    connection = sqlite3.connect(path)
    columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    derived = set() if model is Decision else set(DERIVED)
    assert columns - more == {field.name for field in fields(model)} - derived


def test_a_field_without_a_value_is_not_in_a_snapshot(store: Store, path: Path) -> None:
    """So that a field that the model gets later changes no snapshot of before."""
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    store.record(decide(extraction.metrics[0], replace(extraction.metrics[0], state=State.ACCEPTED)))
    connection = sqlite3.connect(path)
    (snapshot,) = connection.execute("SELECT after FROM decisions").fetchone()
    connection.close()
    assert "null" not in snapshot
    assert '"state":"accepted"' in snapshot


def test_an_unknown_document_is_said(store: Store) -> None:
    for ask in store.document, store.raw, store.annotations, store.skipped:
        with pytest.raises(StoreError, match="没有文档"):
            ask("0123")


def test_a_document_without_speeches_is_listed(store: Store) -> None:
    document, _ = sketch("空")
    store.add(document, Extraction(speeches=(), metrics=(), commitments=(), version="1"))
    assert [row[-6:] for row in store.documents()] == [(0, 0, 0, 0, 0, 0)]
    assert store.annotations(document.id) == []


# What leaves the project


def test_what_is_verified_leaves_with_name_and_time(store: Store) -> None:
    document, extraction = sketch(DRAWING)
    store.add(document, extraction)
    first, second, third = extraction.metrics
    (promise,) = extraction.commitments
    accepted = replace(first, state=State.ACCEPTED)
    corrected = replace(first, value="1", state=State.CORRECTED)
    store.record(decide(first, accepted, reviewer="李雷", at="2025-01-01T00:00:00.000001+00:00"))
    store.record(decide(accepted, corrected, Action.CORRECT))
    store.record(decide(corrected, accepted, Action.UNDO))  # back to what 李雷 accepted
    store.record(decide(second, replace(second, state=State.REJECTED), Action.REJECT))
    store.record(decide(promise, replace(promise, state=State.ACCEPTED)))
    store.record(decide(third, third, Action.SKIP))
    (record,) = store.curated()
    (metric,) = record.metrics
    assert (metric.reviewer, metric.reviewed_at) == ("李雷", "2025-01-01T00:00:00.000001+00:00")
    assert replace(metric, reviewer=None, reviewed_at=None) == accepted
    assert [item.reviewer for item in record.commitments] == ["王敏"]
    assert record.commitments[0].metrics == ()  # the metric inside was rejected
    assert [speech.id for speech in record.speeches] == ["s1", "s2"]

    (record,) = store.curated([State.SUGGESTED, State.REJECTED])
    assert [(item.id, item.reviewer) for item in record.metrics] == [("m2", "王敏"), ("m3", None)]
    assert list(store.curated([])) == []


def test_documents_without_anything_verified_stay(store: Store) -> None:
    store.add(*sketch(DRAWING))
    store.add(*sketch("另一⟦第一⟧"))
    assert list(store.curated()) == []
    assert len(list(store.curated([State.SUGGESTED]))) == 2
