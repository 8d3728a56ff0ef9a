"""Metadata: what each text of specs/metadata.toml says about itself."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from jiaozhu.model import Doubt
from jiaozhu.reading import metadata
from jiaozhu.reading.content import Content
from jiaozhu.reading.dates import find_days, find_impossible_days

CASES = tomllib.loads((ROOT / "tests/specs/metadata.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_case(case: dict) -> None:
    found = metadata.find(case["text"], case.get("source", "text.txt"))
    assert found == metadata.Found(
        case.get("title"),
        case.get("publisher"),
        case.get("date"),
        case.get("url"),
        tuple(Doubt("date", words) for words in case.get("doubts", [])),
    )


TEXT = "各位代表：\n现在报告工作。"


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        pytest.param(
            f"政府工作报告\n{TEXT}",
            {"title": "在大会上的报告", "name": "1"},
            ("在大会上的报告", None, None),
            id="a title that is marked comes first",
        ),
        pytest.param(
            f"政府工作报告\n来源：澄湾日报\n{TEXT}",
            {"name": "省政府工作报告", "publisher": "澄湾网"},
            ("政府工作报告", "澄湾日报", None),
            id="the text comes before properties",
        ),
        pytest.param(
            TEXT,
            {"name": "省政府工作报告", "publisher": "澄湾网", "published": "2025-01-20"},
            ("省政府工作报告", "澄湾网", "2025-01-20"),
            id="properties where the text says nothing",
        ),
        pytest.param(
            TEXT, {"name": "Microsoft Word - 文档1"}, (None, None, None), id="a name that is no title"
        ),
        pytest.param(
            TEXT,
            {"name": "Microsoft Word - 全县经济工作会议讲话.doc"},
            ("全县经济工作会议讲话", None, None),
            id="a name with what a program adds",
        ),
        pytest.param(
            f"——1月14日在澄湾市第三届人民代表大会第四次会议上\n{TEXT}",
            {"published": "2025-01-20"},
            (None, None, "2025-01-14"),
            id="the publication tells the year of the occasion",
        ),
    ],
)
def test_what_the_format_says(
    text: str, known: dict[str, str], found: tuple[str | None, str | None, str | None]
) -> None:
    assert metadata.find(text, "a.docx", Content(text=text, **known)) == metadata.Found(*found)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2012年1月14日", ["2012-01-14"]),
        ("二〇一二年十二月二十一日", ["2012-12-21"]),
        ("二○一二年一月十日", ["2012-01-10"]),
        ("一九九八年三月三十一日", ["1998-03-31"]),
        ("２０１２年１月１４日", ["2012-01-14"]),
        ("2 0 1 2 年1 月1 4 日", ["2012-01-14"]),
        ("2025-11-03 09:18", ["2025-11-03"]),
        ("2025/11/3、2025.11.04", ["2025-11-03", "2025-11-04"]),
        ("10月16日", ["2000-10-16"]),  # the year is the test's
        ("1016日", []),
        ("2025年10月", []),
        ("2025年2月29日", []),
        ("2025年13月1日", []),
        ("12025年1月1日", []),
        ("2025-11-033", []),
    ],
)
def test_days(text: str, dates: list[str]) -> None:
    assert [day.iso(2000) for day in find_days(text) if day.iso(2000)] == dates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1016日上午，省委召开", ["1016日上午"]),
        ("2025年1016日在澄湾", ["2025年1016日"]),
        ("新华社北京1016日电", ["1016日"]),
        ("116日晚", ["116日晚"]),
        ("10月日上午", ["10月日上午"]),
        ("2025年13月", ["2025年13月"]),
        ("2025年13月5日上午", ["2025年13月5日"]),
        ("2月30日、4月31日", ["2月30日", "4月31日"]),
        ("2025年2月29日", ["2025年2月29日"]),
        ("一九九八年二月三十日", ["一九九八年二月三十日"]),
        ("2025-13-09 08:11", ["2025-13-09"]),
        ("2024年2月29日", []),
        ("1849年2月3日", []),  # no date of a document, but a day
        ("总工期1016日，连续130日，历时120日", []),
        ("2025年10月　日", []),  # left open
        ("〔2025〕13号", []),
        ("电话 0571-87-55", []),
    ],
)
def test_days_that_are_none(text: str, words: list[str]) -> None:
    assert list(find_impossible_days(text)) == words


@given(
    st.text(alphabet="2019零〇一二十年月日在会上举行：:-—（）报告各位代表来源\n 　", max_size=80),
    st.text(max_size=12),
)
def test_any_text_has_metadata(text: str, source: str) -> None:
    found = metadata.find(text, source)
    assert found.title is None or found.title.strip()
    assert found.date is None or len(found.date) == 10


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("roundup-2025-10.txt", "2025-10-16"),  # the name of the file gives the month, so 1016日 is 10月16日
        (
            "roundup-2025-09.txt",
            "2025-11-03",
        ),  # it gives another month: nothing is certain but the publication
        ("roundup.txt", "2025-11-03"),
    ],
)
def test_damaged_day_is_believed_only_beside_the_file_name(source: str, date: str) -> None:
    text = (
        "县委书记交流会\n发布时间：2025-11-03 09:18\n"
        "1016日上午，省委召开县委书记工作交流会，通报经济运行情况。\n"
    )
    assert metadata.find(text, source).date == date
