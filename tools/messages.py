"""Collect the texts of the screen from the source into the catalogues: ``make messages``.

A text that is new comes in without a translation, one that is gone goes. What there was stays
as it is; nothing is guessed. The test of i18n fails until every text is translated.
"""

import ast
import inspect
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "desktop").rglob("*.py"))
CATALOGUES = sorted((ROOT / "resources" / "i18n").glob("*/LC_MESSAGES/jiaozhu.po"))


class Text(NamedTuple):
    """A text of the screen: a string, or a pair for ngettext, and where it stands."""

    id: str | tuple[str, ...]
    line: int


def main() -> None:
    """Bring every catalogue up to date and say how many texts each leaves to be translated."""
    texts = Catalog(fuzzy=False)
    for path in SOURCES:
        for text in texts_in(path):
            texts.add(text.id, locations=[(path.relative_to(ROOT).as_posix(), text.line)])
    for path in CATALOGUES:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        catalogue.update(texts, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        body = BytesIO()
        write_po(body, catalogue, width=100, omit_header=True, include_lineno=False, sort_by_file=True)
        header = path.read_text("utf-8").split("\n\n")[0].strip()  # ours, without dates that always change
        path.write_text(f"{header}\n\n{body.getvalue().decode().strip()}\n", "utf-8")
        missing = sum(1 for message in catalogue if message.id and not all(message.string or [""]))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} to translate")


def texts_in(path: Path) -> Iterator[Text]:
    """Yield the texts of a source file: what stands in _("…"), and the help of actions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if marks_text(node):
            parts = node.args[: 2 if node.func.id == "ngettext" else 1]
            ids = tuple(part.value for part in parts if isinstance(part, ast.Constant))
            if len(ids) == len(parts):
                yield Text(ids[0] if len(ids) == 1 else ids, node.lineno)
        elif isinstance(node, ast.FunctionDef) and any(map(makes_action, node.decorator_list)):
            if help := ast.get_docstring(node, clean=False):
                yield Text(inspect.cleandoc(help), node.lineno)


def marks_text(node: ast.AST) -> bool:
    """Return whether a node is _("…"), gettext("…") or ngettext("…", "…", count)."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return named and bool(node.args) and node.func.id in ("_", "gettext", "ngettext")


def makes_action(decorator: ast.expr) -> bool:
    """Return whether a decorator is @action(…): the function's docstring is shown as its help."""
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("action")


if __name__ == "__main__":
    main()
