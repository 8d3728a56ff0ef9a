"""How far reviewers agree: published examples, and two who review the same packet apart."""

from pathlib import Path

import pytest

from jiaozhu.review import Session
from jiaozhu.review.agreement import Unit, alpha, compare, kappa
from jiaozhu.review.merging import merge
from jiaozhu.review.packing import make_packet
from jiaozhu.store import Store
from sketch import sketch

#: The example of the paper, section C: four observers, twelve units, a point where one said nothing.
PUBLISHED = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units(*observers: str) -> list[Unit]:
    rows = [observer.split() for observer in observers]
    return [
        {str(who): value for who, value in enumerate(column) if value != "."}
        for column in zip(*rows, strict=True)
    ]


def test_alpha_as_published() -> None:
    assert alpha(units(*PUBLISHED)).value == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize(
    ("observers", "value"),
    [
        (("1 1 2 2", "1 1 2 2"), 1),
        (("1 1 2 2", "1 2 1 2"), 0),  # as often as by chance
        (("1 1 2 2", "2 2 1 1"), -1),
        (("1 1 1 2 2 2 2 2 2 2", "1 1 2 1 2 2 2 2 2 2"), 1 - 0.2 / (1 - 0.58)),
    ],
)
def test_kappa(observers: tuple[str, ...], value: float) -> None:
    assert kappa(units(*observers)).value == pytest.approx(value)


@pytest.mark.parametrize("observers", [("1 1", "1 1"), (". .", "1 1"), ("1 2", "1 2", "2 1")])
def test_what_is_not_defined_says_why(observers: tuple[str, ...]) -> None:
    found = kappa(units(*observers))
    assert found.value is None
    assert found.reason


def test_two_who_review_the_same_apart(tmp_path: Path) -> None:
    project = tmp_path / "项目.jiaozhu"
    with Store(project, create=True) as store:
        store.add(*sketch("GDP⟦486亿元⟧，增长⟦7%⟧，达到⟦8%⟧。", kind="level"))
        document = store.documents()[0].id
    packets = []
    for name, kind in (("甲", "count"), ("乙", "growth")):
        path = tmp_path / f"{name}.jiaozhu"
        make_packet(project, path, {document: []}, reviewer=name)
        with Store(path) as store:
            session = Session(store, reviewer=name, reviewer_id=name)
            session.open(document)
            session.accept()
            session.correct(kind=kind)
            session.focus(session.annotations[2].id)
            session.reject()
        packets.append(path)
    with Store(packets[0]) as store:
        session = Session(store, reviewer="甲", reviewer_id="甲")
        session.open(document)
        session.add("metric", 0, 3)  # what the other did not mark
    merge(project, packets)
    with Store(project) as store:
        session = Session(store, reviewer="丙", reviewer_id="丙")
        session.open(document)
        session.accept()  # who has seen both is not compared
        found = compare(store)
    assert found.reviewers == ["乙", "甲"]
    (span,) = found.spans
    assert (span.type, span.spans) == ("metric", 5)
    assert span.exact.value == pytest.approx(0.8)
    by_field = {row.field: row for row in found.fields}
    assert (by_field["verdict"].items, by_field["verdict"].same) == (3, 3)
    assert by_field["verdict"].kappa.value == 1
    assert (by_field["kind"].items, by_field["kind"].same) == (2, 1)
