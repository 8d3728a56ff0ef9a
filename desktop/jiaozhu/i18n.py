"""The language of the screen: Chinese as written in the source, others from catalogues.

A catalogue is resources/i18n/LANGUAGE/LC_MESSAGES/jiaozhu.po. It is read as it is: there is
nothing to compile, so a translator sees a change at the next start. Chinese needs none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

from jiaozhu import settings
from jiaozhu.paths import resources

SOURCE = "zh"

#: Environment variables that name a language, the strongest first. The user's setting
#: comes behind the first, which is ours, and before the others, which are everybody's.
_OURS, *_EVERYBODYS = ("JIAOZHU_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def gettext(text: str) -> str:
    """Return `text`, which is Chinese, in the language of the screen."""
    return _catalogue().get(text, (text,))[0] if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a counted phrase that goes with `count`, in the language of the screen.

    Chinese has one form for all numbers: both texts are the same there, and the first is the key.
    """
    forms = _catalogue().get(one)
    if forms is None:
        return one if count == 1 else many
    return forms[min(_plural()(count), len(forms) - 1)]


@cache
def language() -> str:
    """Return the code of the language of the screen: "zh", or one that has a catalogue.

    Asked for nothing, the program speaks Chinese; asked only for languages it hasn't got, English.
    """
    asked = [code for code in _asked() if code not in ("c", "posix")]
    for code in asked:
        if code == SOURCE or catalogue_file(code).is_file():
            return code
    return "en" if asked else SOURCE


def catalogue_file(code: str) -> Path:
    """Return where the catalogue of a language lies."""
    return resources() / "i18n" / code / "LC_MESSAGES" / "jiaozhu.po"


def read_catalogue(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the translations in a .po file, text to forms; the header is under "".

    Entries without a translation, or marked fuzzy by a tool that guessed, are left out.
    """
    translations: dict[str, tuple[str, ...]] = {}
    fuzzy = False
    parts: dict[str, str] = {}  # "msgid", "msgstr", "msgstr[1]" … of one entry
    keyword = ""

    def finish() -> None:
        nonlocal fuzzy
        forms = tuple(text for key, text in parts.items() if key.startswith("msgstr"))
        if forms and all(forms) and not fuzzy:
            translations[parts["msgid"]] = forms
        parts.clear()
        fuzzy = False

    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("#", "msgid ")) and keyword.startswith("msgstr"):
            finish()
            keyword = ""
        if line.startswith("#,"):
            fuzzy = "fuzzy" in line
        elif line.startswith("msg"):
            keyword, quoted = line.split(" ", 1)
            parts[keyword] = json.loads(quoted)  # the escapes of .po files are JSON's
        elif line.startswith('"'):
            parts[keyword] += json.loads(line)
    finish()
    return translations


def _asked() -> Iterator[str]:
    """Yield the languages asked for, the strongest first, as two or three letters."""
    wishes = [os.environ.get(_OURS), settings.read().get("language")]
    wishes += [os.environ.get(name) for name in _EVERYBODYS]
    for wish in wishes:
        for locale in str(wish or "").split(":"):
            if code := locale.replace("-", "_").split("_")[0].split(".")[0].lower():
                yield code


@cache
def _catalogue() -> dict[str, tuple[str, ...]]:
    file = catalogue_file(language())
    return read_catalogue(file) if file.is_file() else {}


@cache
def _plural() -> Callable[[int], int]:
    """Return the rule that gives the number of the form for a count, from the catalogue's header."""
    for line in _catalogue().get("", ("",))[0].splitlines():
        name, _, value = line.partition(":")
        if name == "Plural-Forms":
            return c2py(value.partition("plural=")[2].rstrip("; "))
    return lambda count: int(count != 1)
