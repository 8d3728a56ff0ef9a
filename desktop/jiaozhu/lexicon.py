"""The words of the field, read once from resources/lexicon/*.toml.

A file holds groups; a group is a TOML table whose keys are either classes with a list of
words (``firm = ["确保", "务必"]``) or words with attributes (``"亿元" = { ... }``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from jiaozhu.paths import resources


class LexiconError(Exception):
    """A lexicon file that can't be used; the text names the file and the entry."""


@cache
def read(name: str) -> dict[str, Any]:
    """Return the file resources/lexicon/`name`.toml as nested dictionaries."""
    path = resources() / "lexicon" / f"{name}.toml"
    try:
        text = path.read_text("utf-8")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: {error}{_line_of(text, error)}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path.name} is not UTF-8") from error
    except OSError as error:
        raise LexiconError(f"{path.name} cannot be read: {error.strerror}") from error


def _line_of(text: str, error: tomllib.TOMLDecodeError) -> str:
    """Return the line of the key that an error of the file speaks of: it may stand there a second time."""
    at = re.search(r"at line (\d+)", str(error))
    lines = text.splitlines()[: int(at[1])] if at else []
    keyed = (line for line in reversed(lines) if re.match(r'("[^"]*"|[\w-]+)\s*=|\[', line))
    return f": {next(keyed, '').strip()}"


@cache
def classes(name: str, group: str) -> dict[str, tuple[str, ...]]:
    """Return the classes of a group, each with its words in the order of the file.

    Raises LexiconError, naming file and entry, if a class is not a list of words or if a
    word stands in two classes of the group.
    """
    table = read(name).get(group)
    if not isinstance(table, dict):
        raise LexiconError(f"{name}.toml: the group [{group}] is missing")
    seen: dict[str, str] = {}
    for key, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise LexiconError(f"{name}.toml: [{group}] {key} must be a list of words")
        for word in words:
            if word in seen:
                raise LexiconError(f"{name}.toml: [{group}] has {word} twice: under {seen[word]} and {key}")
            seen[word] = key
    return {key: tuple(words) for key, words in table.items()}


@cache
def words(name: str, group: str, key: str) -> tuple[str, ...]:
    """Return the words of one class of a group."""
    try:
        return classes(name, group)[key]
    except KeyError:
        raise LexiconError(f"{name}.toml: [{group}] has no {key}") from None


@cache
def entries(name: str, group: str) -> dict[str, dict[str, Any]]:
    """Return the entries of a group, word to attributes.

    Raises LexiconError, naming file and entry, if an entry has no attributes.
    """
    table = read(name).get(group)
    if not isinstance(table, dict):
        raise LexiconError(f"{name}.toml: the group [{group}] is missing")
    for key, value in table.items():
        if not isinstance(value, dict):
            raise LexiconError(f"{name}.toml: [{group}] {key} must have attributes: {{ … }}")
    return dict(table)
