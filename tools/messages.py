"""Collect the texts of the screen from the source into the catalogues: ``make messages``.

A text that is new comes in without a translation, one that is gone goes. What there was stays
as it is; nothing is guessed. The test of i18n fails until every text is translated.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "desktop"
CATALOGUES = ROOT / "resources" / "i18n"
#: What marks a text: _("…"), gettext("…"), ngettext("…", "…", count).
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def main() -> None:
    """Bring every catalogue up to date and say how many texts each leaves to be translated."""
    texts = collect()
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/jiaozhu.po")):
        language = path.parent.parent.name
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        catalogue.update(texts, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        body = BytesIO()
        write_po(body, catalogue, width=100, omit_header=True, include_lineno=False, sort_by_file=True)
        header = path.read_text("utf-8").split("\n\n")[0].strip()  # ours, without dates that always change
        path.write_text(f"{header}\n\n{body.getvalue().decode().strip()}\n", "utf-8")
        missing = sum(1 for message in catalogue if message.id and not all(message.string or [""]))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} to translate")


def collect() -> Catalog:
    """Return the texts of the source, each with the files it stands in."""
    texts = Catalog(fuzzy=False)
    methods = [("**.py", "python")]
    found = extract_from_dir(SOURCE, methods, keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, line, text, comments, _context in found:
        texts.add(text, locations=[(f"desktop/{file}", line)], auto_comments=comments)
    return texts


if __name__ == "__main__":
    main()
