"""Write the gold of the excerpts from the annotators' notes: ``tools/annotate_excerpts.py NOTES CORPUS``.

The excerpts are parts of published work reports, which are not ours to hand on: the notes quote them and stay
outside the project, what is written to ``tests/excerpts/NAME.jsonl`` holds places and values only. The notes,
``NOTES/NAME.txt``, are written as ``annotate.py`` tells, but they open with

    excerpt provincial/云岭省.txt 1200 2400 dev 900 911
    date 2025-01-14
    region 云岭省

(the file below the folder CORPUS, the first code point and the one behind the last, the split). The last two
numbers are for an excerpt from the middle of a part: there stands the heading of that part, which is put
above the excerpt, since it tells what time the part is about. The whole excerpt is one speech.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotate import ROOT, Annotator, NotesError
from jiaozhu.model import Annotation

GOLD = ROOT / "tests" / "excerpts"

#: What is told of an annotation, besides its place.
FIELDS = {
    "metric": (
        *("indicator", "value", "value_high", "unit", "comparator"),
        *("kind", "basis", "period", "scope", "region", "status"),
    ),
    "commitment": ("strength", "kind", "deadline"),
}


def main() -> None:
    """Write the gold of every excerpt that has notes; stop at the first mistake."""
    notes, corpus = map(Path, sys.argv[1:3])
    GOLD.mkdir(exist_ok=True)
    for path in sorted(notes.glob("*.txt")):
        try:
            lines = list(annotate(path, corpus))
        except NotesError as mistake:
            sys.exit(f"{path.name}, {mistake}")
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (GOLD / f"{path.stem}.jsonl").write_text(text + "\n", "utf-8", newline="\n")


def annotate(notes: Path, corpus: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of the gold: the excerpt, its metrics, its commitments; raises NotesError."""
    excerpt = Excerpt(corpus)
    for number, line in enumerate(notes.read_text("utf-8").splitlines(), start=1):
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        try:
            excerpt.take(word, [part.strip() for part in rest.split(" | ")])
        except (ValueError, ArithmeticError) as mistake:
            raise NotesError(f"line {number}: {line}\n  {mistake}") from None
    record = excerpt.record()
    yield {"excerpt": excerpt.place_in_corpus}
    for annotation in (*record.metrics, *record.commitments):
        yield {annotation.type: told(annotation)}


class Excerpt(Annotator):
    """Takes the notes of an excerpt, whose head gives the file and the one speech."""

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus)
        self.place_in_corpus: dict[str, Any] = {}

    def take(self, word: str, parts: list[str]) -> None:
        """Take one statement."""
        if word == "excerpt":
            name, start, end, split, *heading = parts[0].split()
            self.open(name, int(start), int(end), split, [int(place) for place in heading])
            return
        super().take(word, parts)
        if word in ("date", "region"):
            self.place_in_corpus[word] = parts[0]

    def open(self, name: str, start: int, end: int, split: str, heading: list[int]) -> None:
        """Read the excerpt and make it a speech, under the heading of its part."""
        self.path = self.path / name
        raw = self.path.read_bytes()
        self.text = raw.decode()[start:end]
        if heading:
            self.text = raw.decode()[slice(*heading)] + "\n" + self.text
        self.places = [at for at, char in enumerate(self.text) if not char.isspace()]
        self.dense = "".join(self.text[at] for at in self.places)
        self.place_in_corpus |= {"file": name, "sha256": hashlib.sha256(raw).hexdigest()}
        self.place_in_corpus |= {"heading": heading, "start": start, "end": end, "split": split}
        self.add_speech(self.dense, self.dense)

    def place(self, quote: str, after: int) -> dict[str, Any]:
        """Return the place of the quote; raises ValueError if it begins inside a number, of any width."""
        common = super().place(quote, after)
        if re.search(r"\d[.．,，]?$", self.text[: common["start"]]) and quote[0].isdigit():
            raise ValueError(f"begins inside a number: {quote}")
        return common


def told(annotation: Annotation) -> dict[str, Any]:
    """Return the place and the fields of an annotation, without its text."""
    fields = {name: getattr(annotation, name) for name in FIELDS[annotation.type]}
    return {"start": annotation.start, "end": annotation.end} | {
        name: value for name, value in fields.items() if value is not None
    }


if __name__ == "__main__":
    main()
