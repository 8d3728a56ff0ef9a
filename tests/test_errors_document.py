"""docs/errors.md tells of the extractor that is here."""

from pathlib import Path

from jiaozhu.extraction import VERSION

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "errors.md"


def test_the_figures_are_those_of_this_version() -> None:
    assert f"Extractor version {VERSION}." in DOCUMENT.read_text("utf-8"), "run `make errors`"
