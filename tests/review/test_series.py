"""Facts of one indicator brought to numbers that can be compared."""

import pytest

from jiaozhu.model import Metric
from jiaozhu.review.series import Scale, base_unit, readings, told_in
from jiaozhu.store.statistics import Fact


def fact(value: str | None, unit: str | None, kind: str = "level", **fields: str) -> Fact:
    return Fact(
        "d", Metric(id="m", speech="s", start=0, end=1, text="…", value=value, unit=unit, kind=kind, **fields)
    )


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("元", "元", 1),
        ("亿元", "元", 10**8),
        ("万元", "元", 10**4),
        ("万", "万", 1),
        ("%", "%", 1),
        ("咫", "咫", 1),
    ],
)
def test_units_are_brought_to_their_base(unit: str, base: str, factor: int) -> None:
    assert base_unit(unit) == (base, factor)


def test_amounts_of_one_unit_stand_together_and_growth_apart() -> None:
    found = readings(
        [
            fact("100", "元"),
            fact("2", "亿元", "count"),
            fact("7.5", "%", "growth", basis="yoy"),
            fact("6", "%", "growth"),
            fact("30", "%", "growth", basis="cagr"),
            fact("30", "%", "share"),
            fact(None, "元"),
            fact("很多", "元"),
            fact("NaN", "元"),
        ]
    )
    assert {scale: [one.value for one in several] for scale, several in found.items()} == {
        Scale("元", "level", ""): [100, 2e8],
        Scale("%", "growth", "yoy"): [7.5, 6],  # without a word the growth is that over a year
        Scale("%", "growth", "cagr"): [30],
        Scale("%", "share", ""): [30],
    }


@pytest.mark.parametrize(
    ("period", "year", "moment"),
    [
        (None, None, None),
        ("今年", None, None),
        ("2024-01-01/2024-12-31", 2024, 2024.0),
        ("2021-01-01/2025-12-31", 2025, 2025.0),
        ("2024-01-01/2024-06-30", 2024, 2023 + 182 / 366),
        ("2025-01-01/2025-09-30", 2025, 2024 + 273 / 365),
    ],
)
def test_a_figure_stands_where_its_period_ends(
    period: str | None, year: int | None, moment: float | None
) -> None:
    fields = {} if period is None else {"period": period}
    ((one,),) = readings([fact("1", "元", **fields)]).values()
    assert (one.year, one.moment) == (year, moment)


@pytest.mark.parametrize(
    ("unit", "values", "expected"),
    [
        ("元", [1.6e11, 3], (1e8, "亿元")),
        ("人", [52000], (1e4, "万人")),
        ("人", [-52000], (1e4, "万人")),
        ("个", [300], (1.0, "个")),
        ("%", [20000], (1.0, "%")),
        ("", [], (1.0, "")),
    ],
)
def test_large_numbers_are_told_in_myriads(
    unit: str, values: list[float], expected: tuple[float, str]
) -> None:
    assert told_in(Scale(unit, "level", ""), values) == expected
