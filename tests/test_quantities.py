"""Numbers, quantities and words that compare: specs/numerals.toml, quantities.toml, comparators.toml."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.extraction.numbers.numerals import parse_number, plain
from jiaozhu.extraction.numbers.quantities import Quantity, find_quantities
from jiaozhu.extraction.numbers.units import units
from jiaozhu.extraction.text import normalise

SPECS = Path(__file__).parent / "specs"
NUMERALS = tomllib.loads((SPECS / "numerals.toml").read_text(encoding="utf-8"))
QUANTITIES = tomllib.loads((SPECS / "quantities.toml").read_text(encoding="utf-8"))
COMPARATORS = tomllib.loads((SPECS / "comparators.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("written", "value"), NUMERALS["values"].items())
def test_number(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


IN_TEXT = [
    pytest.param(section["frame"].format(written), written, said, id=f"{name}|{written}")
    for name, section in NUMERALS.items()
    if "frame" in section
    for written, said in section.items()
    if written != "frame"
]


@pytest.mark.parametrize(("text", "written", "said"), IN_TEXT)
def test_number_in_a_text(text: str, written: str, said: str) -> None:
    """One quantity stands in the frame, holds the whole numeral, and says as much."""
    (found,) = find_quantities(normalise(text))
    value, _, comparator = said.partition(" ")
    high = f"..{plain(found.value_high)}" if found.value_high is not None else ""
    assert plain(found.value) + high == value
    assert found.comparator == (comparator or ("range" if high else "="))
    assert written.removeprefix("增长").removeprefix("好") in text[found.start : found.end]


@pytest.mark.parametrize("written", NUMERALS["none"]["words"])
def test_no_number(written: str) -> None:
    assert parse_number(written) is None


def drawn(text: str, quantity: Quantity) -> str:
    high = f"..{plain(quantity.value_high)}" if quantity.value_high is not None else ""
    parts = (
        text[quantity.start : quantity.end],
        quantity.type,
        plain(quantity.value) + high,
        quantity.unit or "",
        quantity.comparator,
    )
    return " | ".join(parts)


def rows(spec: dict) -> list:
    """Return the lines of a spec's tables, one case each."""
    return [
        pytest.param(text, expected, id=f"{table['name']}|{text}")
        for table in spec["table"]
        for text, *expected in table["cases"]
    ]


@pytest.mark.parametrize(("text", "expected"), rows(QUANTITIES))
def test_quantities_of_a_phrase(text: str, expected: list[str]) -> None:
    text = normalise(text)
    assert [drawn(text, quantity) for quantity in find_quantities(text)] == expected


def compared(text: str, quantity: Quantity) -> str:
    span, _, value, unit, comparator = drawn(text, quantity).split(" | ")
    return " | ".join(filter(None, (span, f"{comparator} {value}{unit}", quantity.cue)))


@pytest.mark.parametrize(("text", "expected"), rows(COMPARATORS))
def test_comparing_words(text: str, expected: list[str]) -> None:
    text = normalise(text)
    assert [compared(text, quantity) for quantity in find_quantities(text)] == expected


def test_there_are_enough_cases() -> None:
    assert min(len(rows(QUANTITIES)), len(rows(COMPARATORS)), len(NUMERALS["values"]) + len(IN_TEXT)) >= 200


@pytest.mark.parametrize("case", QUANTITIES["case"], ids=lambda case: case["name"])
def test_quantities(case: dict) -> None:
    text = normalise(case["text"])
    skip = [(text.index(words), text.index(words) + len(words)) for words in case.get("skip", [])]
    found = [drawn(text, quantity) for quantity in find_quantities(text, skip=skip)]
    assert found == [normalise(expected) for expected in case["quantities"]]


def in_chinese(number: int) -> str:
    """Write a whole number below 10^12 in Chinese numerals, in full."""

    def below_myriad(n: int) -> str:
        out, zero = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = n // place % 10
            if digit:
                out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
                zero = False
            else:
                zero = True
        return out

    out, rest_needs_zero = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if not part:
            rest_needs_zero = bool(out)
            continue
        if out and (part < 1000 or rest_needs_zero):
            out += "零"
        out += below_myriad(part) + name
        rest_needs_zero = False
    return out or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_whole_number_reads_back(number: int) -> None:
    assert parse_number(in_chinese(number)) == number
    assert parse_number(f"{number:,}") == number


@given(st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["万", "亿", "万亿", ""]))
def test_every_decimal_is_exact(number: Decimal, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "": 1}[scale]
    assert parse_number(f"{number:f}{scale}") == number * factor
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number * factor)


ALPHABET = (
    "0123456789.,%-—至到第前约近超以上下左右多余亿万千百十一二三两半几零个家元米吨项年月"
    "连续分之成倍番和、。 aG“”《》"
)


@given(st.text(alphabet=ALPHABET, max_size=200))
def test_quantities_of_any_text_are_ordered_and_inside(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        assert quantity.value_high is None or quantity.comparator == "range"
        end = quantity.end


@pytest.mark.parametrize("word", units())
def test_every_unit_is_found_behind_a_number(word: str) -> None:
    (quantity,) = find_quantities(f"完成12{word},") or [None]
    assert quantity is not None
    assert quantity.end == len("完成12") + len(word)
    assert quantity.unit == units()[word].base
