"""Speeches: where each begins and ends, who speaks, for which place."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiaozhu.extraction.speeches.find import find_speeches
from jiaozhu.extraction.text import normalise
from jiaozhu.model import Document, SourceMap, Speech

HERE = Path(__file__).parent
DOCUMENTS = tomllib.loads((HERE / "specs" / "speeches.toml").read_text("utf-8"))["document"]
SHARED = HERE.parent.parent / "shared"
GOLD = [SHARED / "gold" / "dev.jsonl", SHARED / "gold" / "reports.jsonl"]
FIELDS = ("heading", "speaker", "office", "region", "region_code")


def document(text: str, date: str | None = None, source_map: SourceMap | None = None) -> Document:
    return Document(
        id="0" * 16,
        source="speech.txt",
        sha256="0" * 64,
        encoding="utf-8",
        text=text,
        date=date,
        source_map=source_map or SourceMap(),
    )


def found(text: str, date: str | None = None) -> list[Speech]:
    return find_speeches(document(text, date), normalise(text))


def told(speech: Speech) -> dict[str, Any]:
    return {field: getattr(speech, field) for field in FIELDS}


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: case["name"])
def test_a_document_has_speeches(case: dict[str, Any]) -> None:
    text = case["text"]
    speeches = found(text, case.get("date"))
    expected = []
    for wanted in case["speeches"]:
        start = text.index(wanted["first"])
        end = text.index(wanted["last"], start) + len(wanted["last"])
        expected.append((text[start:end], {field: wanted.get(field) for field in FIELDS}))
    assert [(text[speech.start : speech.end], told(speech)) for speech in speeches] == expected
    for speech, wanted in zip(speeches, case["speeches"], strict=True):
        assert speech.date == wanted.get("date", speech.date)


@pytest.mark.parametrize(
    "record",
    [json.loads(line) for path in GOLD if path.exists() for line in path.read_text("utf-8").splitlines()],
    ids=lambda record: record["document"]["source"],
)
def test_annotated_documents_have_exactly_their_speeches(record: dict[str, Any]) -> None:
    text = record["document"]["text"]
    speeches = found(text, record["document"]["date"])
    wanted = [Speech(**speech) for speech in record["speeches"]]
    assert [(s.start, s.end, s.date, told(s)) for s in speeches] == [
        (s.start, s.end, s.date, told(s)) for s in wanted
    ]


@pytest.mark.parametrize(
    "path", sorted((SHARED / "corpus").glob("*/*.txt")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_work_report_is_one_speech(path: Path) -> None:
    text = path.read_text("utf-8")
    speeches = found(text)
    assert len(speeches) == 1
    speech = speeches[0]
    assert speech.end - speech.start > 0.95 * len(text.strip())
    if path.parent.name == "national":
        assert (speech.region, speech.region_code) == ("全国", None)
    else:
        assert speech.region == path.stem
        assert speech.region_code
        assert speech.speaker
        assert speech.office


def test_full_width_signs_are_kept_as_written() -> None:
    text = (
        "## 提质，增效！\n\n金华市委常委、义乌市委书记　王　行\n\n义乌工业增长７％。\n\n"
        "## 再出发\n\n东阳市市长：李明\n\n东阳增长８％。"
    )
    first, second = found(text)
    assert (first.heading, first.speaker, first.office) == (
        "提质，增效！",
        "王行",
        "金华市委常委、义乌市委书记",
    )
    assert (second.speaker, second.region_code) == ("李明", "330783")


def test_lines_broken_inside_a_sentence_change_nothing() -> None:
    case = next(case for case in DOCUMENTS if case["name"].startswith("reported, with handing over"))
    joined = found(case["text"], case["date"])
    at = case["text"].index("市委常委、寿光") + 2
    broken = found(case["text"][:at] + "\n\n" + case["text"][at:], case["date"])
    assert [(s.speaker, s.region) for s in broken] == [(s.speaker, s.region) for s in joined]


def test_the_place_in_the_source_follows_the_map() -> None:
    text = "政府工作报告\n各位代表:全县增长6%。"
    moved = SourceMap((0, 7), (3, 20))
    (speech,) = find_speeches(document(text, source_map=moved), normalise(text))
    assert (speech.source_start, speech.source_end) == (3, 20 + len(text) - 7)


def test_a_format_without_plain_text_has_no_place_in_a_source() -> None:
    text = "政府工作报告\n各位代表:全县增长6%。"
    made = Document(id="0" * 16, source="a.docx", sha256="0" * 64, encoding=None, text=text, source_map=None)
    (speech,) = find_speeches(made, normalise(text))
    assert (speech.source_start, speech.source_end) == (None, None)


def test_an_empty_document_has_no_speech() -> None:
    assert found("") == []
    assert found(" \n　\n") == []


WORDS = [
    *(
        "义乌市委书记",
        "王健",
        "县长",
        "市长",
        "绍兴",
        "柯桥区",
        "全省",
        "买买提·艾力",
        "各位代表:",
        "政府工作报告",
    ),
    *("表示,", "介绍,", "记者:", "答:", "在", "12%", "2024年1月9日", "书面发言"),
    *(" ", "\n", "\n\n", "“", "”", "。", "# ", "一、", "01", "(", ")", "——", "【", "】", "、"),
]


@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=40).map("".join), st.text(max_size=80)))
@example("“" * 30 + "义乌市委书记王健表示")
@example("市长\n\n市长\n\n")
def test_speeches_are_in_order_and_inside(text: str) -> None:
    speeches = found(text)
    for speech in speeches:
        assert 0 <= speech.start < speech.end <= len(text)
        assert text[speech.start : speech.end].strip() == text[speech.start : speech.end]
    for before, after in pairwise(speeches):
        assert before.end <= after.start
    assert [speech.id for speech in speeches] == [f"s{n}" for n in range(1, len(speeches) + 1)]
