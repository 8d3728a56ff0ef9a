"""Values and periods as people say them, and what they type for them."""

import pytest

from jiaozhu.model import Commitment, Metric
from jiaozhu.qt import readable

PLACE = {"id": "m1", "speech": "s1", "start": 0, "end": 1, "text": ""}

QUANTITIES = [
    ({"value": "160780000000", "unit": "元", "comparator": "="}, "1607.8亿元"),
    ({"value": "150000000000", "unit": "元", "comparator": ">"}, ">1500亿元"),
    ({"value": "1200000000000", "unit": "元"}, "1.2万亿元"),
    ({"value": "7.5", "unit": "%", "comparator": ">="}, "≥7.5%"),
    ({"value": "-3.20", "unit": "%", "kind": "growth"}, "−3.2%"),
    ({"value": "3", "value_high": "5", "unit": "个", "comparator": "range"}, "3–5个"),
    ({"value": "9", "unit": "位", "kind": "rank", "comparator": "="}, "第9位"),
    ({"value": "50", "unit": "位", "kind": "rank", "comparator": "<="}, "前50位"),
    ({"value": "6", "unit": "季度", "kind": "streak"}, "连续6季度"),
    ({"value": "45000", "unit": "人", "comparator": "~"}, "≈4.5万人"),
    ({"value": None, "unit": "元"}, ""),
]


@pytest.mark.parametrize(("fields", "expected"), QUANTITIES)
def test_a_quantity_is_shown_with_its_comparator_and_unit(fields: dict[str, str], expected: str) -> None:
    assert readable.quantity(Metric(**PLACE, **fields)) == expected  # type: ignore[arg-type]


PERIODS = [
    ("2025", "2025-01-01/2025-12-31", "2025年"),
    ("2025年", "2025-01-01/2025-12-31", "2025年"),
    ("2024年上半年", "2024-01-01/2024-06-30", "2024年上半年"),
    ("2024年前三季度", "2024-01-01/2024-09-30", "2024年前三季度"),
    ("2024年一季度", "2024-01-01/2024-03-31", "2024年一季度"),
    ("2024年2月", "2024-02-01/2024-02-29", "2024年2月"),
    ("2024-02", "2024-02-01/2024-02-29", "2024年2月"),
    ("2024年1—8月", "2024-01-01/2024-08-31", "2024年1—8月"),
    ("2021-2025", "2021-01-01/2025-12-31", "2021—2025年"),
    ("2024-01-01/2024-12-21", "2024-01-01/2024-12-21", "2024年1月1日—2024年12月21日"),
    ("2024-12-01/2025-01-31", "2024-12-01/2025-01-31", "2024年12月—2025年1月"),
    ("2024-12-21/2024-12-21", "2024-12-21/2024-12-21", "2024年12月21日"),
    ("以后", "以后", "以后"),
    ("2024年13月", "2024年13月", "2024年13月"),
]


@pytest.mark.parametrize(("typed", "stored", "shown"), PERIODS)
def test_a_period_is_typed_and_shown_as_it_is_said(typed: str, stored: str, shown: str) -> None:
    assert readable.typed_period(typed) == stored
    assert readable.period(stored) == shown


TYPED = [
    ("1500亿元", {"value": "150000000000", "value_high": None, "unit": "元", "comparator": "="}),
    ("突破50亿美元", {"value": "5000000000", "value_high": None, "unit": "美元", "comparator": ">"}),
    ("3至5个", {"value": "3", "value_high": "5", "unit": "个", "comparator": "range"}),
    ("160780000000", {"value": "160780000000"}),
    ("１６０，７８０", {"value": "160,780"}),
    ("-3.2", {"value": "-3.2"}),
    ("−3.2", {"value": "-3.2"}),
    ("", {"value": None}),
    ("很多", {"value": "很多"}),
    ("GDP 7%", {"value": "GDP 7%"}),
]


@pytest.mark.parametrize(("typed", "fields"), TYPED)
def test_a_typed_quantity_fills_the_fields_it_stands_for(typed: str, fields: dict[str, str | None]) -> None:
    assert readable.typed_value(typed) == fields


def test_a_deadline_is_the_last_day_of_what_is_typed() -> None:
    assert readable.deadline_of("2025") == "2025-12-31"
    assert readable.deadline_of("2025年6月") == "2025-06-30"
    assert readable.deadline_of("2025-03-08") == "2025-03-08"


def test_fields_are_shown_in_words() -> None:
    metric = Metric(**PLACE, status="target", kind="growth", basis="yoy", period="2025-01-01/2025-12-31")  # type: ignore[arg-type]
    shown = {name: readable.shown(metric, name) for name in ("status", "kind", "basis", "period", "region")}
    assert shown == {"status": "目标", "kind": "增速", "basis": "同比", "period": "2025年", "region": ""}
    commitment = Commitment(**PLACE, strength="aim", kind="deliverable", deadline="2025-12-31")  # type: ignore[arg-type]
    assert [readable.shown(commitment, name) for name in ("strength", "kind", "deadline")] == [
        "力争",
        "可交付",
        "2025年12月31日",
    ]


SENTENCES = [
    ("前一句。实现⟦7%⟧的增长。后一句。", "实现7%的增长。"),
    ("没有句号⟦7%⟧", "没有句号7%"),
    ("上一段\n　　本段⟦7%⟧\n下一段", "本段7%"),
    ("一！二？⟦7%⟧！三", "7%！"),
    ("甲增长5%；乙增长⟦7%⟧；丙持平。", "乙增长7%；"),
]


@pytest.mark.parametrize(("drawing", "expected"), SENTENCES)
def test_the_evidence_is_the_sentence_around(drawing: str, expected: str) -> None:
    start, end = drawing.index("⟦"), drawing.index("⟧") - 1
    text = drawing.replace("⟦", "").replace("⟧", "")
    first, last = readable.sentence(text, start, end)
    assert text[first:last] == expected
