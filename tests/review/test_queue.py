"""What is left to review, filtered and counted."""

from dataclasses import replace

import pytest

from jiaozhu.model import State
from jiaozhu.review import Filter, Session
from jiaozhu.review.queue import find, outline, total
from jiaozhu.store import Store
from sketch import sketch, stored


@pytest.fixture
def store() -> Store:
    """Two documents with three speeches; the first metric is accepted, the second rejected."""
    store = stored("增长⟦7%⟧、⟦8%⟧。\n⟪力争增长⟦9%⟧⟫。", "⟪确保完成⟫，⟦第一⟧。")
    session = Session(store, reviewer="王敏")
    session.open(store.documents()[0].id)
    session.accept()
    session.reject()
    return store


@pytest.mark.parametrize(
    ("filter_", "speeches", "texts"),
    [
        (Filter(), 3, ["7%", "8%", "力争增长9%", "9%", "确保完成", "第一"]),
        (Filter(types=frozenset({"commitment"})), 3, ["力争增长9%", "确保完成"]),
        (Filter(states=frozenset({State.REJECTED})), 1, ["8%"]),
        (Filter(states=frozenset({State.ACCEPTED, State.REJECTED})), 1, ["7%", "8%"]),
        (Filter(states=frozenset({State.SUGGESTED})), 2, ["力争增长9%", "9%", "确保完成", "第一"]),
        (Filter(text="增长"), 3, ["力争增长9%"]),
        (Filter(region="第2区"), 1, ["力争增长9%", "9%"]),
        (Filter(title="2.TXT"), 1, ["确保完成", "第一"]),
        (Filter(speaker="王"), 0, []),
        (Filter(types=frozenset({"commitment"}), states=frozenset({State.ACCEPTED})), 0, []),
    ],
    ids=str,
)
def test_what_passes(store: Store, filter_: Filter, speeches: int, texts: list[str]) -> None:
    assert sum(len(entry.speeches) for entry in outline(store, filter_)) == speeches
    assert [found.annotation.text for found in find(store, filter_)] == texts


def test_one_document(store: Store) -> None:
    second = store.documents()[1].id
    assert [entry.document.id for entry in outline(store, Filter(document=second))] == [second]


def test_counts_are_of_the_types_that_pass(store: Store) -> None:
    first, second = outline(store)
    assert (first.counts.total, first.counts.decided) == (4, 2)
    assert (second.counts.total, second.counts.decided) == (2, 0)
    metrics = outline(store, Filter(types=frozenset({"metric"})))
    assert [entry.counts.total for entry in metrics] == [3, 1]
    assert total([]).total == 0


@pytest.mark.parametrize(
    ("order", "sources"),
    [
        ("added", ["1.txt", "2.txt", "3.txt"]),
        ("left", ["3.txt", "1.txt", "2.txt"]),
        ("title", ["1.txt", "2.txt", "3.txt"]),
    ],
)
def test_documents_come_in_the_order_asked_for(order: str, sources: list[str]) -> None:
    store = stored("⟦1%⟧", "无", "⟦2%⟧⟦3%⟧")
    assert [entry.document.source for entry in outline(store, order=order)] == sources


def test_documents_without_a_date_come_last() -> None:
    store = Store()
    for number, date in enumerate([None, "2025-02-01", "2024-12-31"]):
        document, extraction = sketch(f"{number}⟦1%⟧", source=str(date))
        store.add(replace(document, date=date), extraction)
    sources = [entry.document.source for entry in outline(store, order="date")]
    assert sources == ["2024-12-31", "2025-02-01", "None"]


def test_a_found_annotation_says_where_it_stands(store: Store) -> None:
    (found,) = find(store, Filter(text="第一"))
    assert (found.document.source, found.speech.region) == ("2.txt", "第1区")
