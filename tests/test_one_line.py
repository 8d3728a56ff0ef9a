"""A unit and a tone word are one line of the lexicon; one that collides is refused by file and key.

For indicators see test_canon.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from one_line import said_of, with_text

QUANTITY = (
    "from jiaozhu.extraction.numbers.quantities import find_quantities\n"
    "from jiaozhu.extraction.numbers.units import all_units\n"
    "def read(text):\n"
    "    all_units()\n"
    "    return [(str(q.value), q.unit) for q in find_quantities(text)]"
)
TONE = "from jiaozhu.extraction.commitments.signals import strength_of"


def test_a_unit_is_one_line(tmp_path: Path) -> None:
    line = '"百担" = { base = "担", type = "measure", factor = "100" }\n'
    said = said_of(
        with_text(tmp_path, "units", "[units]\n", f"[units]\n{line}"), QUANTITY, "read", "产茶3百担"
    )
    assert (said.stdout.strip(), said.stderr) == ("[('300', '担')]", "")


def test_a_counting_word_is_one_word_in_a_line(tmp_path: Path) -> None:
    package = with_text(tmp_path, "units", "strong = [\n", 'strong = [\n    "畦",\n')
    said = said_of(package, QUANTITY, "read", "新垦菜地12畦")
    assert (said.stdout.strip(), said.stderr) == ("[('12', '畦')]", "")


def test_a_tone_word_is_one_word_in_a_line(tmp_path: Path) -> None:
    said = said_of(
        with_text(tmp_path, "tone", "firm = [\n", 'firm = [\n    "铁定",\n'), TONE, "strength_of", "铁定"
    )
    assert (said.stdout.strip(), said.stderr) == ("firm", "")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        # a key that stands there already, in its own group and in another
        ("units", "[units]\n", '[units]\n"元" = { base = "元", type = "money" }\n', ["units.toml", '"元"']),
        (
            "units",
            "[units]\n",
            '[units]\n"家" = { base = "家", type = "measure" }\n',
            ["units.toml", "家", "[units]"],
        ),
        ("units", "strong = [\n", 'strong = [\n"亩",\n', ["units.toml", "亩", "[counts]", "[units]"]),
        ("units", "strong = [\n", 'strong = [\n"个",\n', ["units.toml", "个", "strong", "weak"]),
        (
            "units",
            "[ambiguous]\n",
            '[ambiguous]\n"元" = { base = "元", type = "money" }\n',
            ["units.toml", "元"],
        ),
        # an entry that says too little, or a factor that is none
        ("units", "[units]\n", '[units]\n"百担" = { base = "担" }\n', ["units.toml", "[units] 百担", "type"]),
        (
            "units",
            "[units]\n",
            '[units]\n"百担" = { base = "担", type = "measure", factor = "百" }\n',
            ["[units] 百担"],
        ),
        ("tone", "aim = [\n", 'aim = [\n    "确保",\n', ["tone.toml", "[strength]", "确保", "firm", "aim"]),
        ("tone", "aim = [\n", 'aim = [\n    "力争",\n', ["tone.toml", "[strength]", "力争", "aim"]),
        ("tone", "[strength]\n", "[strength]\nfirm = []\n", ["tone.toml", "firm"]),
    ],
)
def test_a_line_that_collides_is_refused_by_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, told: list[str]
) -> None:
    imports, function = (TONE, "strength_of") if file == "tone" else (QUANTITY, "read")
    said = said_of(with_text(tmp_path, file, old, new), imports, function, "力争")
    assert said.returncode == 1
    assert all(words in said.stderr for words in told), said.stderr
    assert "Traceback" not in said.stderr
