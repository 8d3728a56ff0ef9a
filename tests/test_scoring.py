"""The measures themselves: each case says what was found beside the gold, and what that is worth."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from jiaozhu.model import Commitment, Metric, Speech
from jiaozhu.paths import sample_docs
from jiaozhu.records import Record, RecordDocument, decode, encode
from jiaozhu.review.scoring import match, overlap, score

METRIC = Metric(
    id="m1",
    speech="s1",
    start=4,
    end=8,
    text="50亿元",
    indicator="地区生产总值",
    value="5000000000",
    unit="元",
    comparator="=",
    kind="level",
    period="2025-01-01/2025-12-31",
    region="槐溪县",
    status="target",
)
COMMITMENT = Commitment(
    id="c1",
    speech="s1",
    start=0,
    end=8,
    text="GDP达50亿元",
    strength="plan",
    kind="quantified",
    metrics=("m1",),
)
SPEECH = Speech(id="s1", start=0, end=9, region="槐溪县")
DOCUMENT = RecordDocument(id="d", source="d.txt", sha256="d", text="GDP达50亿元。")


def record(metric: Metric | None = METRIC, commitment: Commitment | None = COMMITMENT) -> Record:
    return Record(
        document=DOCUMENT,
        speeches=[SPEECH],
        metrics=[metric] if metric else [],
        commitments=[commitment] if commitment else [],
    )


def test_gold_against_itself_is_right_in_everything() -> None:
    assert set(score([(record(), record())]).values()) == {1.0}


@pytest.mark.parametrize(
    ("found", "measure", "worth"),
    [
        (record(metric=None), "metric.span", 0.0),
        (record(metric=replace(METRIC, start=3)), "metric.span", 0.0),
        (record(metric=replace(METRIC, value="5E+9")), "metric.value", 1.0),
        (record(metric=replace(METRIC, indicator="GDP")), "metric.indicator", 1.0),
        (record(metric=replace(METRIC, indicator="财政收入")), "metric.indicator", 0.0),
        (record(metric=replace(METRIC, region="云岭省槐溪县")), "metric.region", 1.0),
        (record(metric=replace(METRIC, period=None)), "metric.tuple", 0.0),
        (record(metric=replace(METRIC, value_high="6")), "metric.tuple", 0.0),
        (record(metric=replace(METRIC, comparator=">")), "metric.tuple", 1.0),
        (record(commitment=replace(COMMITMENT, start=4)), "commitment.span", 1.0),
        (record(commitment=replace(COMMITMENT, start=4)), "commitment.exact", 0.0),
        (record(commitment=replace(COMMITMENT, start=4)), "commitment.char", 2 * 4 / (8 + 4)),
        (record(commitment=replace(COMMITMENT, start=5)), "commitment.span", 0.0),
        (record(commitment=replace(COMMITMENT, strength="aim")), "commitment.strength", 0.0),
    ],
)
def test_worth(found: Record, measure: str, worth: float) -> None:
    assert score([(record(), found)])[measure] == pytest.approx(worth)


def test_white_space_makes_no_difference() -> None:
    spaced = replace(DOCUMENT, text="GDP达50\n\n亿元。")
    gold = replace(record(replace(METRIC, end=10), replace(COMMITMENT, end=10)), document=spaced)
    cleaned = {"source_start": 4, "source_end": 10}
    found = record(replace(METRIC, **cleaned), replace(COMMITMENT, source_start=0, source_end=10))
    assert score([(gold, found)])["metric.span"] == 1.0
    assert score([(gold, found)])["commitment.exact"] == 1.0


def test_the_best_overlap_is_matched_first() -> None:
    assert match([(0, 10), (10, 20)], [(0, 9), (9, 20)], 0.5) == [(1, 1), (0, 0)]
    assert match([(0, 10)], [(0, 6), (0, 9)], 0.5) == [(0, 1)]
    assert overlap((0, 4), (4, 8)) == 0


def test_agrees_with_the_shared_scorer(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same figures as from ../shared/score.py, on gold against a spoilt copy of it."""
    gold = [decode(path.read_bytes()) for path in sorted((sample_docs() / "gold").glob("*.jsonl"))]
    spoilt = [spoil(one) for one in gold]
    for name, records in (("gold", gold), ("found", spoilt)):
        (tmp_path / name).write_bytes(b"\n".join(map(encode, records)))
    specification = importlib.util.spec_from_file_location("shared_score", shared / "score.py")
    assert specification is not None
    assert specification.loader is not None
    theirs = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(theirs)
    monkeypatch.setattr("sys.argv", ["score", str(tmp_path / "gold"), str(tmp_path / "found"), "--json"])
    theirs.main()
    printed = json.loads(capsys.readouterr().out)
    ours = score(zip(gold, spoilt, strict=True))
    expected = {name: row.get("f1", row.get("accuracy")) for name, row in printed.items()}
    assert {name: round(value, 4) for name, value in ours.items()} == {name: expected[name] for name in ours}


def spoil(gold: Record) -> Record:
    """Return the record with every third annotation cut short, shifted, or another in its fields."""
    metrics = [spoil_metric(number, metric) for number, metric in enumerate(gold.metrics) if number % 7]
    commitments = []
    for number, commitment in enumerate(gold.commitments):
        length = commitment.end - commitment.start
        cut = commitment.start + (length * (number % 5)) // 5
        commitments.append(
            replace(commitment, start=cut, source_start=cut, strength="aim" if number % 3 else "firm")
        )
    return replace(gold, metrics=metrics, commitments=commitments, speeches=gold.speeches[::2])


def spoil_metric(number: int, metric: Metric) -> Metric:
    """Return the metric with another end or other fields, by turns."""
    changes = [
        {},
        {"end": metric.end + 1, "source_end": metric.end + 1},
        {"period": None, "status": "actual"},
        {"value": "1", "indicator": "GDP", "region": "全国"},
        {"unit": "元", "kind": "level"},
    ]
    return replace(metric, **changes[number % len(changes)])
