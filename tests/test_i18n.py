"""The screen speaks Chinese, and English to those who ask for it."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiaozhu import i18n, settings
from messages import ROOT, SOURCES, marks_text, texts_in

ENGLISH = i18n.read_catalogue(i18n.catalogue_file("en"))


@pytest.fixture(autouse=True)
def forget_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing in the environment names a language, and none is remembered."""
    for name in ("JIAOZHU_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    for remembered in (i18n.language, i18n._catalogue, i18n._plural):
        remembered.cache_clear()


def texts(path: Path) -> set[str]:
    """Return the texts of the screen in a source file; of a pair, the first."""
    return {text.id if isinstance(text.id, str) else text.id[0] for text in texts_in(path)}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:zh:en"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "JIAOZHU_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "JIAOZHU_LANG": "zh-CN"}, "zh"),
    ],
)
def test_language(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.language() == language


def test_the_setting_stands_between_our_variable_and_everybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write(language="en")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert i18n.language() == "en"
    forget()
    monkeypatch.setenv("JIAOZHU_LANG", "zh")
    assert i18n.language() == "zh"


def test_a_catalogue_is_read_as_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "jiaozhu.po"
    file.write_text(
        """# A comment
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: desktop/jiaozhu/cli.py
msgid "采纳"
msgstr "Accept"

msgid "两行\\n和“引号”和 \\"引号\\""
msgstr ""
"Two lines\\n"
"and \\"quotes\\""

msgid "{count} 项"
msgid_plural "{count} 项"
msgstr[0] "{count} item"
msgstr[1] "{count} items"

#, fuzzy
msgid "驳回"
msgstr "Refuse?"

msgid "搁置"
msgstr ""

#~ msgid "以前"
#~ msgstr "Formerly"
""",
        "utf-8",
    )
    catalogue = i18n.read_catalogue(file)
    assert catalogue.pop("") == ("Language: en\nPlural-Forms: nplurals=2; plural=(n != 1);\n",)
    assert catalogue == {
        "采纳": ("Accept",),
        '两行\n和“引号”和 "引号"': ('Two lines\nand "quotes"',),
        "{count} 项": ("{count} item", "{count} items"),
    }


def test_chinese_needs_no_catalogue() -> None:
    assert i18n.gettext("采纳") == "采纳"
    assert i18n.gettext("") == ""
    assert i18n.ngettext("{count} 项", "{count} 项", 2) == "{count} 项"


def test_what_is_marked_is_written_out() -> None:
    """_(f"…"), _("…" + x) and _("…".format(x)) would never be found in a catalogue."""
    odd = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if marks_text(node) and isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert odd == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "desktop").as_posix())
def test_every_text_has_its_english(path: Path) -> None:
    missing = sorted(text for text in texts(path) if not all(ENGLISH.get(text, ("",))))
    assert missing == [], "run `make messages` and fill in what is empty"


def test_nothing_in_the_catalogue_is_without_use() -> None:
    used = set().union(*(texts(path) for path in SOURCES))
    assert sorted(set(ENGLISH) - used - {""}) == [], "run `make messages`"


@pytest.mark.parametrize("text", sorted(ENGLISH))
def test_a_translation_has_the_same_fields(text: str) -> None:
    """{name} in the text is filled in from the source: a translation may use those, and no others."""
    for form in ENGLISH[text]:
        assert fields(form) <= fields(text)


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
