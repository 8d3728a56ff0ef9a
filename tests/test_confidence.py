"""Confidence: the weights in the file, what they tell, and how they are learned."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration import Told, bins, scores, tables
from examples import FIRST_SIGHT, Example, examples, first_sight, training_texts
from jiaozhu.extraction import extract
from jiaozhu.extraction.confidence import SIGNS, Model, Signs, Weights, models, read_model, watched
from jiaozhu.lexicon import LexiconError
from jiaozhu.model import Document
from jiaozhu.paths import resources
from logistic import fit, held_out, scale
from train import BEGIN, DOCUMENT, END

FILE: dict[str, Any] = json.loads((resources() / "models" / "confidence.json").read_text("utf-8"))


def document(text: str) -> Document:
    return Document(id="d", source="d.txt", sha256="0" * 64, encoding="utf-8", text=text, date="2026-01-20")


# The file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", SIGNS)
def test_file_has_the_signs_of_the_code(type_: str) -> None:
    assert list(FILE[type_]["weights"]) == list(SIGNS[type_])
    assert any(any(table.values()) for table in models()[type_].tables)


def test_file_tells_what_it_comes_from() -> None:
    told = FILE["provenance"]
    assert set(told) >= {"date", "extractor", "documents", "examples", "gold", "cross_validated"}
    assert "tests/excerpts/first_sight.json" in told["gold"]
    assert all(len(digest) == 64 for digest in told["gold"].values())


def test_nothing_is_learned_from_the_split_test() -> None:
    for file in FIRST_SIGHT.parent.glob("*.jsonl"):
        split = json.loads(file.read_text("utf-8").splitlines()[0])["excerpt"]["split"]
        assert (split == "dev") == (f"tests/excerpts/{file.name}" in FILE["provenance"]["gold"])
    assert {example.document for example in first_sight()} <= {
        f"{file.stem}.txt"
        for file in FIRST_SIGHT.parent.glob("*.jsonl")
        if '"split": "dev"' in file.read_text("utf-8")
    }


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"bias": "much"}, "much"),
        ({"weights": {}}, "type"),
        ({"weights": {**FILE["metric"]["weights"], "weather": {}}}, "weather"),
        ({"weights": {**FILE["metric"]["weights"], "type": {"money": "gold"}}}, "gold"),
        ({"weights": None}, "metric"),
    ],
)
def test_spoilt_model_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(LexiconError, match=named):
        read_model({"metric": FILE["metric"] | change}, "metric")


# What it tells -----------------------------------------------------------------------------------


def signs_of(type_: str) -> st.SearchStrategy[Signs]:
    """Any values, met in training or not."""
    weights = FILE[type_]["weights"].values()
    return st.tuples(*(st.sampled_from([*table, "", "never met"]) for table in weights))


@given(signs_of("metric"), signs_of("commitment"))
def test_probability_is_never_certain(metric: Signs, commitment: Signs) -> None:
    assert 0 < models()["metric"].probability(metric) < 1
    assert 0 < models()["commitment"].probability(commitment) < 1


def test_extreme_weights_end_within() -> None:
    assert Model((Weights(a=99.0),), 0.0).probability(("a",)) == 0.99
    assert Model((Weights(a=-99.0),), 0.0).probability(("a",)) == 0.01


def test_own_words_and_money_are_surer_than_a_short_numeral() -> None:
    text = "2025年工作回顾\n全市实现生产总值1500亿元,增长6%。\n去年,新建学校三所。"
    money, rate, count = extract(document(text)).metrics
    assert [money.text, rate.text, count.text] == ["1500亿元", "6%", "三所"]
    assert rate.confidence > money.confidence > count.confidence  # type: ignore[operator]


def test_target_is_surer_than_mere_manner() -> None:
    text = "2026年工作安排\n全面统筹城乡融合。\n加强监管,新建学校20所,完善机制。"
    found = {commitment.text: commitment.confidence for commitment in extract(document(text)).commitments}
    assert found["新建学校20所"] == max(found.values())  # type: ignore[type-var]


def test_watched_keeps_the_order_of_what_is_found() -> None:
    with watched() as seen:
        found = extract(document("2026年工作安排\n新建学校20所、医院3家,投资5亿元。"))
    assert [type_ for type_, _ in seen] == ["metric"] * len(found.metrics) + ["commitment"] * len(
        found.commitments
    )
    judged = [models()[type_].probability(signs) for type_, signs in seen]
    assert judged == [item.confidence for item in (*found.metrics, *found.commitments)]


# How it is learned -------------------------------------------------------------------------------


def synthetic(seed: int = 1) -> list[Example]:
    """Ten documents in which money is nearly always right, counts half of the time; half are familiar."""
    chance = random.Random(seed)
    made = []
    for n in range(1000):
        familiar = n % 10 < 5
        type_ = "money" if chance.random() < 0.5 else "count"
        rate = (0.98 if familiar else 0.9) if type_ == "money" else (0.85 if familiar else 0.5)
        signs = (type_, *[""] * (len(SIGNS["metric"]) - 1))
        made.append(Example(f"d{n % 10}", "metric", signs, chance.random() < rate, familiar))
    return made


def test_learns_what_is_right_more_often_on_unseen_texts() -> None:
    known = synthetic()
    fitted = fit(known, 1.0)
    scaled = scale(known, held_out(known, 1.0))
    told = {
        example.signs[0]: scaled.probability(example, fitted.score(example), familiar=False)
        for example in known
    }
    assert told == {"money": pytest.approx(0.9, abs=0.05), "count": pytest.approx(0.5, abs=0.08)}
    assert scaled.familiar > 1


def test_same_examples_same_weights() -> None:
    assert fit(synthetic(), 3.0) == fit(synthetic(), 3.0)


def test_noise_is_not_believed() -> None:
    chance = random.Random(2)
    rest = [""] * (len(SIGNS["metric"]) - 1)
    known = [
        Example(f"d{n % 10}", "metric", (chance.choice("abcdefgh"), *rest), chance.random() < 0.9, n % 2 == 0)
        for n in range(600)
    ]
    told = [scale(known, held_out(known, 10.0)).probability(one, 0.0, familiar=False) for one in known[:1]]
    assert told == [pytest.approx(0.9, abs=0.05)]


def test_first_sights_have_known_signs_and_no_text() -> None:
    seen = first_sight()
    assert {example.familiar for example in seen} == {False}
    for entry in json.loads(FIRST_SIGHT.read_text("utf-8")):
        for row in entry["found"]:
            assert set(row) == {"type", "right", "signs"}
            assert all(len(value) < 16 for value in row["signs"].values())


def test_gold_is_right_about_itself() -> None:
    text = next(text for text in training_texts() if "chengwan" in text.document.source)
    found = examples(text)
    assert {example.type for example in found} == set(SIGNS)
    assert sum(example.right for example in found) / len(found) > 0.9


# What is told of it ------------------------------------------------------------------------------


def test_bins_and_scores() -> None:
    told = [Told("metric", 0.92, n > 0) for n in range(10)] + [Told("metric", 0.5, False)]
    low, high = bins(told)
    assert (low.count, low.right, high.count, high.right) == (1, 0, 10, 0.9)
    assert high.margin()[0] < 0.9 < high.margin()[1]
    assert scores(told)["of these right"] == 0.9
    assert "| 0.90 – 0.95 | 10 | 0.920 | 0.900 |" in tables({"set": told})


def test_document_holds_the_tables() -> None:
    written = DOCUMENT.read_text("utf-8").split(BEGIN)[1].split(END)[0]
    assert "excerpts test" in written
    assert DOCUMENT.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
