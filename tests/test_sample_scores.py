"""What extraction finds in the sample documents, held against their gold."""

import pytest

from jiaozhu.extraction import extract
from jiaozhu.paths import sample_docs
from jiaozhu.reading import read
from jiaozhu.records import Record, decode, from_extraction
from jiaozhu.review.scoring import score

#: Each measure may not fall below this. A floor is what was reached, less a little; raise it with the rules.
FLOORS = {
    "metric.span": 0.95,
    "metric.tuple": 0.86,
    "metric.value": 0.98,
    "metric.unit": 0.98,
    "metric.comparator": 0.98,
    "metric.status": 0.95,
    "metric.period": 0.93,
    "commitment.span": 0.94,
    "commitment.char": 0.94,
    "commitment.strength": 0.95,
    "commitment.deadline": 0.90,
    "speech.span": 0.68,
}

Pairs = dict[str, tuple[Record, Record]]


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    """Gold and find of each sample, by name."""
    found = {}
    for path in sorted(sample_docs().glob("*.txt")):
        gold = decode((sample_docs() / "gold" / f"{path.stem}.jsonl").read_bytes())
        document = read(path)
        found[path.stem] = gold, from_extraction(document, extract(document))
    return found


@pytest.mark.parametrize("measure", FLOORS)
def test_measure_stays_above_its_floor(pairs: Pairs, measure: str) -> None:
    assert score(pairs.values())[measure] >= FLOORS[measure]


def test_ceremony_promises_nothing(pairs: Pairs) -> None:
    gold, found = pairs["hezhou-2023-games-opening-address"]
    assert [metric.text for metric in found.metrics] == [metric.text for metric in gold.metrics]
    assert found.commitments == []


def test_title_and_date_are_read(pairs: Pairs) -> None:
    for gold, found in pairs.values():
        ours, theirs = gold.document, found.document
        assert (theirs.title, theirs.date, theirs.publisher) == (ours.title, ours.date, ours.publisher)
