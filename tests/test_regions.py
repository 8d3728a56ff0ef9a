"""Regions: names in a text, one name looked up, references; the gazetteer itself."""

from __future__ import annotations

import csv
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.places.regions import (
    NATION,
    Level,
    Parts,
    Region,
    by_code,
    find_regions,
    lookup,
    region_of,
    resolve_reference,
)
from jiaozhu.extraction.text import normalise
from jiaozhu.model import Speech
from jiaozhu.paths import resources

SPEC = tomllib.loads((Path(__file__).parent / "specs" / "regions.toml").read_text("utf-8"))


def place(name: str) -> Region:
    region = lookup(name)
    assert region is not None, f"the gazetteer has no {name}"
    return region


def shown(region: Region | None) -> list[str]:
    return [region.name, region.code or ""] if region else ["", ""]


@pytest.mark.parametrize("case", SPEC["case"], ids=lambda case: case.get("name", case["text"]))
def test_a_text_names_regions(case: dict[str, Any]) -> None:
    text = normalise(case["text"])
    within = place(case["within"]) if "within" in case else None
    found = find_regions(text, year=case.get("year"), within=within)
    assert [[text[m.start : m.end], *shown(m.region)] for m in found] == case["regions"]


@pytest.mark.parametrize("case", SPEC["case"], ids=lambda case: case.get("name", case["text"]))
def test_parts_of_a_region_are_those_that_the_text_names(case: dict[str, Any]) -> None:
    text = normalise(case["text"])
    for outer in (NATION, place("浙江省"), place("广西壮族自治区")):
        named = {
            m.start: m.region
            for m in find_regions(text, within=outer)
            if m.region.lies_in(outer) and not m.region.same(outer)
        }
        for at in range(len(text)):  # each anew: whether the text is read depends on the place asked for
            assert Parts(text, 0, len(text), outer).at(at) == named.get(at)


@pytest.mark.parametrize("case", SPEC["lookup"], ids=lambda case: f"{case['form']}-{case.get('within', '')}")
def test_a_name_is_looked_up(case: dict[str, Any]) -> None:
    within = place(case["within"]) if "within" in case else None
    assert shown(lookup(case["form"], case.get("year"), within)) == case["region"]


@pytest.mark.parametrize("case", SPEC["reference"], ids=lambda case: f"{case['word']}-{case['place']}")
def test_a_reference_is_resolved(case: dict[str, Any]) -> None:
    assert shown(resolve_reference(case["word"], place(case["place"]))) == case["region"]


def test_a_reference_without_a_place_is_the_nation_or_nothing() -> None:
    assert resolve_reference("全国", None) is NATION
    assert resolve_reference("全省", None) is None


def test_a_region_knows_what_it_lies_in() -> None:
    assert [region.name for region in place("义乌市").chain()] == ["义乌市", "金华市", "浙江省"]
    assert place("义乌市").lies_in(place("浙江省"))
    assert place("义乌市").lies_in(NATION)
    assert not place("浙江省").lies_in(place("义乌市"))
    assert [level.rank for level in Level] == [0, 1, 2, 3]


def test_counties_of_a_municipality_lie_in_it() -> None:
    assert [region.name for region in place("重庆市渝中区").chain()] == ["渝中区", "重庆市"]
    assert [region.name for region in place("仙桃市").chain()] == ["仙桃市", "湖北省"]


def test_a_speech_has_its_region_back() -> None:
    known = Speech(id="s1", start=0, end=1, region="柯桥区", region_code="330603")
    assert [region.name for region in (region_of(known) or NATION).chain()] == ["柯桥区", "绍兴市", "浙江省"]
    nation = Speech(id="s1", start=0, end=1, region="全国")
    assert region_of(nation) is NATION
    assert region_of(Speech(id="s1", start=0, end=1)) is None


def test_an_unknown_region_keeps_its_province() -> None:
    speech = Speech(id="s1", start=0, end=1, region="望山县")
    region = region_of(speech, "云岭省望山县县长 顾念")
    assert shown(resolve_reference("全省", region)) == ["云岭省", ""]


def test_codes_have_a_region_at_any_time() -> None:
    today, earlier = by_code("420600"), by_code("420600", 2005)
    assert today
    assert earlier
    assert (today.name, earlier.name) == ("襄阳市", "襄樊市")
    assert by_code("000000") is None


def test_the_gazetteer_is_sound() -> None:
    with (resources() / "gazetteer" / "regions.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    codes = {line["code"] for line in lines}
    today = [line for line in lines if not line["valid_to"]]
    assert len(today) > 3200
    assert len({line["code"] for line in today}) == len(today), "a code in force twice"
    for line in lines:
        assert line["code"].isdigit()
        assert len(line["code"]) == 6
        assert line["name"].startswith(line["short"])
        assert line["level"] in ("province", "prefecture", "county")
        assert line["parent"] in codes or (line["level"] == "province" and not line["parent"])
        assert 1980 <= int(line["valid_from"]) <= int(line["valid_to"] or 9999)
    assert {line["parent"] for line in today} <= {line["code"] for line in today} | {""}


@given(st.text(alphabet="义乌市县区省浙江和平鼓楼城委书记,。、\n 在1", max_size=60))
def test_mentions_are_in_order_and_inside(text: str) -> None:
    end = 0
    for mention in find_regions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_reading_names_is_linear() -> None:
    text = "今年以来,义乌市规上工业增加值增长9%,柯桥区出口增长12%,合作区建设加快。" * 2000
    find_regions(text[:100])
    spent = []
    for part in (text[: len(text) // 4], text):
        begin = time.process_time()
        find_regions(part)
        spent.append(time.process_time() - begin)
    assert spent[1] < 4 * spent[0] * 3 + 0.2
