"""The rows of the ledger are what stands, of the newest versions, and what is new is found again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jiaozhu.model import State
from jiaozhu.review import Session
from jiaozhu.store import LedgerRow, Store
from sketch import sketch

FIELDS = {"indicator": "GDP", "value": "8", "unit": "%", "period": "2024-01-01/2024-12-31"}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as store:
        store.add(*sketch("增长⟦8%⟧，⟪力争增长⟦9%⟧⟫。\n第二篇⟦7%⟧。", source="一.txt", **FIELDS))
        store.add(*sketch("增长⟦6%⟧。", source="二.txt", **FIELDS))
        yield store


def rows(store: Store, keys: set[int] | None = None) -> list[LedgerRow]:
    return [row for part in store.ledger_rows(keys) for row in part]


def drawn(store: Store) -> list[str]:
    """Draw the rows, each as its words, its state and its region."""
    return sorted(f"{row.text} {row.state} {row.region}" for row in rows(store))


def session_on(store: Store, number: int = 0) -> Session:
    session = Session(store, reviewer="王敏")
    session.open(store.documents()[number].id)
    return session


def test_a_project_as_it_was_imported(store: Store) -> None:
    assert drawn(store) == [
        "6% suggested 第1区",
        "7% suggested 第2区",
        "8% suggested 第1区",
        "9% suggested 第1区",
        "力争增长9% suggested 第1区",
    ]
    commitment = next(row for row in rows(store) if row.type == "commitment")
    assert (commitment.indicator, commitment.value, commitment.status) == (None, None, None)


def test_decisions_show_with_who_made_them(store: Store) -> None:
    session = session_on(store)
    session.accept()
    session.focus("m2")
    session.correct(value="9.5", region="河东县")
    session.focus("c1")
    session.correct(strength="firm", deadline="2025-06-30")
    session.reject()
    session.focus("m1")
    session.flag()
    session.note("再看")
    found = {row.id: row for row in rows(store, {1})}
    assert (found["m1"].state, found["m1"].reviewer, found["m1"].flagged, found["m1"].note) == (
        State.ACCEPTED,
        "王敏",
        True,
        "再看",
    )
    assert found["m1"].reviewed_at is not None
    assert (found["m2"].state, found["m2"].value, found["m2"].region) == (State.CORRECTED, "9.5", "河东县")
    assert (found["c1"].state, found["c1"].strength, found["c1"].period) == (
        State.REJECTED,
        "firm",
        "2025-06-30",
    )
    assert found["m3"].reviewer is None


def test_what_was_added_and_taken_back_is_gone(store: Store) -> None:
    session = session_on(store, 1)
    session.add("commitment", 0, 4)
    assert len(rows(store)) == 6
    session.undo()
    assert len(rows(store)) == 5


def test_only_the_newest_version_counts(store: Store) -> None:
    mark = store.ledger_mark()
    old = store.documents()[1]
    document, extraction = sketch("增长⟦6.1%⟧。", source="二.txt", **FIELDS)
    store.add(replace(document, replaces=old.id), extraction)
    assert [document.source for document in store.ledger_documents()] == ["一.txt", "二.txt"]
    assert [row.text for row in rows(store) if row.key != 1] == ["6.1%"]
    assert store.ledger_changes(mark) == {2, 3}  # the old one is to be read again too: it is gone
    assert rows(store, {2}) == []


def test_a_mark_tells_what_has_changed_since(store: Store) -> None:
    mark = store.ledger_mark()
    assert store.ledger_mark() == mark
    assert store.ledger_changes(mark) == set()
    session_on(store).accept()
    assert store.ledger_mark() != mark
    assert store.ledger_changes(mark) == {1}
    store.add(*sketch("增长⟦5%⟧。", source="三.txt"))
    assert store.ledger_changes(mark) == {1, 3}


def test_the_name_of_a_speech_follows_its_correction(store: Store) -> None:
    session = session_on(store)
    session.outline.rename("s2", speaker="李四", region="河西区")
    assert {(row.speaker, row.region) for row in rows(store, {1}) if row.id == "m3"} == {("李四", "河西区")}


def test_a_part_is_no_more_than_it_should_be(store: Store) -> None:
    text = "。".join(f"第{number}年增长⟦{number}%⟧" for number in range(900)) + "。"
    for number in range(8):
        store.add(*sketch(f"{number}、{text}", source=f"{number}.txt"))
    sizes = [len(part) for part in store.ledger_rows()]
    assert sum(sizes) == 5 + 8 * 900
    assert len(sizes) == 3
    assert sizes[0] < 1000  # what is seen first does not wait for the rest
