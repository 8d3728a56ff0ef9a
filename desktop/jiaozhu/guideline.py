"""The guideline by which annotations are reviewed, in sections: resources/guideline/LANGUAGE.md."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiaozhu import i18n
from jiaozhu.paths import resources

_HEADING = re.compile(r"## (.+) \{#([a-z_]+)\}")

#: The sections of fields that share one or are named otherwise, by type and field.
_OF_FIELD = {
    ("metric", "value_high"): "value",
    ("commitment", "kind"): "commitment_kind",
    ("speech", "office"): "speaker",
    ("speech", "heading"): "speech",
    ("speech", "date"): "speech",
}
#: The section of a type where no field of it is meant.
_OF_TYPE = {"metric": "span", "commitment": "commitment", "speech": "speech", "metadata": "speech"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guideline under a heading; `text` is Markdown."""

    id: str
    title: str
    text: str


def sections() -> list[Section]:
    """Return the sections in the language of the screen, in English where there are none in it."""
    folder = resources() / "guideline"
    path = folder / f"{i18n.language()}.md"
    _, *parts = re.split(_HEADING, (path if path.is_file() else folder / "en.md").read_text("utf-8"))
    return [Section(id_, title, text.strip()) for title, id_, text in zip(*[iter(parts)] * 3, strict=True)]


def section_of(type_: str | None, field: str | None = None) -> str:
    """Return the id of the section about a field of a type, else about the type, else the first one."""
    if type_ is None:
        return "review"
    if field is None:
        return _OF_TYPE[type_]
    id_ = _OF_FIELD.get((type_, field), field)
    return id_ if id_ in {section.id for section in sections()} else _OF_TYPE[type_]
