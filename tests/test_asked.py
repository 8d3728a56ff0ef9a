"""What the rules read in words that a reviewer marks: all fields, though they would not have marked them."""

from hashlib import sha256

import pytest

from jiaozhu.extraction import extract
from jiaozhu.extraction.asked import ask_commitment, ask_metric
from jiaozhu.model import Document, Speech

TEXT = (
    "东河县县长在会上讲话。\n去年，全县外贸出口增长7.3%，累计走访企业400多家。\n"
    "今年，我们将加快建设智慧港口，确保西山水厂6月底前建成投用，游客达到300万人次。\n"
)


def document(text: str = TEXT) -> tuple[Document, Speech]:
    digest = sha256(text.encode()).hexdigest()
    made = Document(
        id=digest[:16], source="a.txt", sha256=digest, encoding="utf-8", text=text, date="2025-02-10"
    )
    return made, Speech(id="s1", start=0, end=len(text), region="东河县", date="2025-02-10")


METRICS = [
    (
        "7.3%",
        {"indicator": "外贸出口", "kind": "growth", "period": "2024-01-01/2024-12-31", "status": "actual"},
    ),
    (
        "300万人次",
        {"value": "3000000", "unit": "人次", "period": "2025-01-01/2025-12-31", "status": "target"},
    ),
]


@pytest.mark.parametrize(("words", "expected"), METRICS)
def test_a_metric_is_read_from_its_place(words: str, expected: dict[str, str]) -> None:
    whole, speech = document()
    start = TEXT.index(words)
    found = ask_metric(whole, speech, start, start + len(words))
    assert found is not None
    assert (found.start, found.end, found.text) == (start, start + len(words), words)
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_number_that_is_no_metric_for_the_rules_is_one_if_a_reviewer_says_so() -> None:
    text = "我们实施七大行动，推进改革。"
    whole, speech = document(text)
    assert extract(whole).metrics == ()
    found = ask_metric(whole, speech, text.index("七"), text.index("七") + 2)
    assert found is not None
    assert (found.value, found.unit) == ("7", "个")


def test_what_is_no_quantity_is_no_metric() -> None:
    whole, speech = document()
    assert ask_metric(whole, speech, 0, 3) is None


COMMITMENTS = [
    ("加快建设智慧港口", {"strength": "plan", "deadline": "2025-12-31"}),
    (
        "确保西山水厂6月底前建成投用",
        {"strength": "firm", "kind": "deliverable", "deadline": "2025-06-30"},
    ),
]


@pytest.mark.parametrize(("words", "expected"), COMMITMENTS)
def test_a_commitment_is_read_from_its_place(words: str, expected: dict[str, str]) -> None:
    whole, speech = document()
    start = TEXT.index(words)
    found = ask_commitment(whole, speech, [], start, start + len(words))
    assert {name: found[name] for name in expected} == expected


def test_a_commitment_that_holds_a_target_is_quantified() -> None:
    whole, speech = document()
    start, figure = TEXT.index("游客达到"), TEXT.index("300万")
    target = ask_metric(whole, speech, figure, figure + 6)
    assert target is not None
    assert ask_commitment(whole, speech, [target], start, figure + 6)["kind"] == "quantified"


def test_the_place_in_a_long_speech_does_not_matter() -> None:
    before = "会议讨论了有关工作，大家作了发言。\n" * 400
    whole, speech = document(before + TEXT)
    start = len(before) + TEXT.index("7.3%")
    found = ask_metric(whole, speech, start, start + 4)
    assert found is not None
    assert (found.start, found.indicator, found.period) == (start, "外贸出口", "2024-01-01/2024-12-31")
