"""Time expressions: the cases of specs/periods.toml, and what must hold for any text."""

import re
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaozhu.extraction.text import normalise
from jiaozhu.extraction.times.periods import find_times

SPECS = tomllib.loads((Path(__file__).parent / "specs" / "periods.toml").read_text("utf-8"))
CASES = [
    pytest.param(
        group["day"], case[0], [tuple(pair) for pair in case[1:]], id=f"{group['rule'][:24]}|{case[0]}"
    )
    for group in SPECS["group"]
    for case in group["cases"]
]
ROLES = [pytest.param(group["day"], *case, id=case[0]) for group in SPECS["roles"] for case in group["cases"]]


def as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("day", "text", "expected"), CASES)
def test_case(day: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = find_times(normalise(text), as_day(day))
    assert [(text[time.start : time.end], time.period) for time in found if time.period] == expected


@pytest.mark.parametrize(("day", "text", "span", "role"), ROLES)
def test_role(day: str, text: str, span: str, role: str) -> None:
    found = find_times(normalise(text), as_day(day))
    assert [(text[time.start : time.end], time.period, time.role) for time in found] == [(span, None, role)]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "今年以来,前三季度增长7%。到2027年翻番"
    found = find_times(text, date(2024, 12, 21), 5, 12)
    assert [text[time.start : time.end] for time in found] == ["前三季度"]


def test_measures_tells_values_from_dates() -> None:
    measures = {
        text: find_times(text, None)[0].measures for text in ("3天", "连续五年", "60岁", "2024年", "三年行动")
    }
    assert measures == {"3天": True, "连续五年": True, "60岁": True, "2024年": False, "三年行动": False}


PIECES = [
    *"年月日号旬季度世纪代初末底前后内间起至到的第个、,。—-~ \n“”《》半元零〇○两几多余",
    *"0123456789一二三四五六七八九十百千万",
    *(
        "今年",
        "去年",
        "明年",
        "次年",
        "全年",
        "上半年",
        "季度",
        "本月",
        "以来",
        "至今",
        "截至",
        "目前",
        "近",
        "未来",
        "连续",
    ),
    *(
        "比",
        "较",
        "与",
        "相比",
        "将",
        "十四五",
        "规划",
        "期间",
        "2024",
        "99",
        "12",
        "31",
        "个月",
        "岁",
        "世纪",
        "年代",
    ),
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS)
def test_any_text(text: str, day: date | None) -> None:
    found = find_times(normalise(text), day)
    before = 0
    for expression in found:
        assert before <= expression.start < expression.end <= len(text)
        before = expression.end
        if expression.period is not None:
            assert expression.role == "period"
            first, last = map(date.fromisoformat, expression.period.split("/"))
            assert first <= last


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS, st.integers(0, 80), st.integers(0, 80))
def test_any_window(text: str, day: date | None, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    for expression in find_times(normalise(text), day, start, end):
        assert start <= expression.start < expression.end <= end


@pytest.mark.parametrize(
    "unit", ["2024年", "1", "一", "1、", "1 ", "年", "月日", "今年至", "十五", "“十四五", "—", "第一个五年"]
)
def test_time_grows_with_the_text(unit: str) -> None:
    """No pattern runs away: 100,000 characters take a fraction of a second (generous: shared machines)."""
    text = unit * (100_000 // len(unit))
    begun = time.process_time()
    find_times(text, date(2024, 12, 21))
    assert time.process_time() - begun < 5


def test_dates_stay_in_the_calendar() -> None:
    for text in ("今年", "近一百年", "未来二百年", "后年", "本世纪末", "过去三个月", "下月"):
        for day in (date.min, date.max):
            for expression in find_times(text, day):
                assert expression.period is None or re.fullmatch(
                    r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", expression.period
                )
