"""The command `search`: where words stand in a project, in its speeches and annotations."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import PROJECT
from jiaozhu.commands.saying import fail, misused, sentences, tell
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.store import Found, Hit, Snippet

#: So long the index may learn what is new, in seconds; what it doesn't know then is looked through.
_LEARNING = 2.0
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def search(
    project: Annotated[Path, PROJECT],
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS…", help=_("要找的词，都要出现；引号中的是短语。"))
    ],
    speeches: Annotated[bool, typer.Option("--speeches", help=_("只找讲话的文字。"))] = False,
    annotations: Annotated[bool, typer.Option("--annotations", help=_("只找条目和备注。"))] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=_("最多列出几处。"))] = 100,
    versions: Annotated[bool, typer.Option("--all-versions", help=_("也找文档的旧版。"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("每处输出一行 JSON。"))] = False,
) -> None:
    """Print the places in which all words stand; exit with 1 if there is none, as grep does."""
    from jiaozhu.store import ANNOTATIONS, SPEECHES, Store

    if not any(word.strip('"“”＂ \t\u3000') for word in words):
        misused(_("请给出要找的词。"))
    kinds = SPEECHES if speeches else frozenset()
    kinds |= ANNOTATIONS if annotations else frozenset()
    count = 0
    with sentences(), Store(project, read_only=True) as store:
        store.learn(_LEARNING)
        for found in store.search(
            _typed(words), kinds or SPEECHES | ANNOTATIONS, versions=versions, most=limit
        ):
            if found is not None:
                count += len(found.hits)
                _print(found, as_json)
    if not count:
        fail(_("没有找到。"))
    if count >= limit:
        tell(_("只列出前 {count} 处；用 --limit 可以列出更多。").format(count=limit))


def _typed(words: list[str]) -> str:
    """Return words as one types them: a blank in an argument was in quotes, which the shell took away."""
    return " ".join(f'"{word}"' if " " in word and not set('"“”＂') & set(word) else word for word in words)


def _print(found: Found, as_json: bool) -> None:
    if as_json:
        for hit in found.hits:
            print(json.dumps(_as_json(found, hit), ensure_ascii=False))
        return
    print(found.name + (f"  {found.date}" if found.date else ""))
    for hit in found.hits:
        print(f"  {_KINDS[hit.type]}\t{_marked(hit.snippet)}")


_KINDS = {"speech": _("讲话"), "metric": _("指标"), "commitment": _("承诺"), "note": _("备注")}


def _marked(snippet: Snippet) -> str:
    """Return a snippet with what was found in bold, on a terminal."""
    text, marks = snippet
    text = "".join(char if char.isprintable() else " " for char in text)  # the same length
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    for start, end in reversed(marks):
        text = f"{text[:start]}{_BOLD}{text[start:end]}{_PLAIN}{text[end:]}"
    return text


def _as_json(found: Found, hit: Hit) -> dict[str, object]:
    return {
        "document": found.document,
        "title": found.name,
        "date": found.date,
        "type": hit.type,
        "speech": hit.speech or None,
        "speaker": hit.speaker,
        "region": hit.region,
        "annotation": hit.annotation,
        "state": hit.state,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet.text,
        "marks": hit.snippet.marks,
    }
