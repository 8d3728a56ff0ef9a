"""Write the gold of the sample documents from the annotators' notes: ``tools/annotate.py``.

The notes, ``tests/annotations/NAME.txt``, follow the document ``sample_docs/NAME.txt`` from top to bottom
and quote it. The program finds the quotes, works out offsets, dates and numbers, refuses what does not hold
together and writes ``sample_docs/gold/NAME.jsonl``. One statement a line, its parts divided by `` | ``:

    encoding gb18030            of the document; also: title, publisher, date (of the text)
    speech FIRST WORDS | LAST WORDS
    heading …                   of the speech; also: speaker, office, region
    time 2024-01..2024-09       the period of what follows, and the deadline; a year, month or day at each end
    status actual               of the metrics that follow
    c QUOTE | firm quantified
    m QUOTE | INDICATOR | >160.5e8 元 | level
    m QUOTE | INDICATOR | 3..5 个 | count | target @2025-06 scope=全省 region=云岭省

White space in quotes is free. A comparator stands before the value; without one it is ``=``, and with ``..``
between two values a range. ``growth`` means ``growth/yoy``; other bases are written out. ``@…`` is a time
for that line alone, ``@none`` is no time. A new speech begins without a time, its metrics ``actual``.
"""

from __future__ import annotations

import hashlib
import re
import sys
from calendar import monthrange
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiaozhu.model import (
    BASES,
    COMMITMENT_KINDS,
    METRIC_KINDS,
    STATUSES,
    STRENGTHS,
    Commitment,
    Metric,
    Speech,
)
from jiaozhu.records import Record, RecordDocument, encode

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "tests" / "annotations"
SAMPLES = ROOT / "sample_docs"

_VALUE = re.compile(r"([<>]=?|~)?([^.]\S*?)(?:\.\.(\S+))? (\S+)")


class NotesError(ValueError):
    """The notes contradict the document or themselves; the message names the line."""


def main() -> None:
    """Write the gold of every document that has notes; stop at the first mistake."""
    for notes in sorted(NOTES.glob("*.txt")):
        try:
            record = annotate(notes)
        except NotesError as mistake:
            sys.exit(f"{notes.name}, {mistake}")
        gold = SAMPLES / "gold" / f"{notes.stem}.jsonl"
        gold.write_bytes(encode(record) + b"\n")
        counts = f"{len(record.speeches)} speeches, {len(record.metrics)} metrics"
        print(f"{gold.relative_to(ROOT)}: {counts}, {len(record.commitments)} commitments")


def annotate(notes: Path) -> Record:
    """Return the record that the notes make of their document; raises NotesError."""
    annotator = Annotator(SAMPLES / notes.name)
    for number, line in enumerate(notes.read_text("utf-8").splitlines(), start=1):
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        try:
            annotator.take(word, [part.strip() for part in rest.split(" | ")])
        except (ValueError, ArithmeticError) as mistake:
            raise NotesError(f"line {number}: {line}\n  {mistake}") from None
    return annotator.record()


@dataclass
class Annotator:
    """Takes the statements of the notes, one after the other."""

    path: Path
    about: dict[str, str] = field(default_factory=dict)
    speeches: list[Speech] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    period: str | None = None
    status: str = "actual"
    text: str = ""

    def take(self, word: str, parts: list[str]) -> None:
        """Take one statement: its first word and the parts behind it."""
        match word:
            case "encoding" | "title" | "publisher" | "date":
                self.about[word] = " | ".join(parts)
            case "speech":
                self.read()
                self.add_speech(*parts)
            case "heading" | "speaker" | "office" | "region":
                described: dict[str, Any] = {word: parts[0]}
                self.speeches[-1] = replace(self.speeches[-1], **described)
            case "time":
                self.period = period(parts[0])
            case "status":
                self.status = one_of(parts[0], STATUSES)
            case "c":
                self.add_commitment(*parts)
            case "m":
                self.add_metric(*parts)
            case _:
                raise ValueError(f"no such statement: {word}")

    def read(self) -> None:
        """Read the document, once, and remember where its non-space characters stand."""
        if not self.text:
            self.text = self.path.read_bytes().decode(self.about.get("encoding", "utf-8"))
            self.places = [at for at, char in enumerate(self.text) if not char.isspace()]
            self.dense = "".join(self.text[at] for at in self.places)

    def find(self, quote: str, after: int) -> tuple[int, int]:
        """Return the span of the first `quote` at or behind the position `after`, white space left out."""
        dense = "".join(quote.split())
        begin = sum(1 for at in self.places if at < after)
        found = self.dense.find(dense, begin)
        if found < 0:
            raise ValueError(f"not found behind position {after}: {quote}")
        return self.places[found], self.places[found + len(dense) - 1] + 1

    def add_speech(self, first: str, last: str) -> None:
        """Add a speech from its first to its last words."""
        start, _ = self.find(first, self.speeches[-1].end if self.speeches else 0)
        _, end = self.find(last, start)
        name, date = f"s{len(self.speeches) + 1}", self.about.get("date")
        span: dict[str, Any] = {"start": start, "end": end, "source_start": start, "source_end": end}
        self.speeches.append(Speech(id=name, date=date, **span))
        self.period, self.status = None, "actual"

    def place(self, quote: str, after: int) -> dict[str, Any]:
        """Return what every annotation has: its speech, span and text."""
        start, end = self.find(quote, after)
        speech = self.speeches[-1]
        if not speech.start <= start < end <= speech.end:
            raise ValueError(f"outside the speech {speech.id}: {quote}")
        if start and self.text[start].isdigit() and self.text[start - 1] in "0123456789.":
            raise ValueError(f"begins inside a number: {quote}")
        span = {"start": start, "end": end, "source_start": start, "source_end": end}
        return {"speech": speech.id, "text": self.text[start:end], **span}

    def add_commitment(self, quote: str, kinds: str) -> None:
        """Add a commitment; its metrics are those found inside it at the end."""
        strength, kind, *time = kinds.split()
        until = period(time[0].removeprefix("@")) if time else self.period
        ends = [item.end for item in (*self.commitments[-1:], *self.metrics[-1:])]
        common = self.place(quote, max([self.speeches[-1].start, *ends]))
        self.commitments.append(
            Commitment(
                id=f"c{len(self.commitments) + 1}",
                **common,
                strength=one_of(strength, STRENGTHS),
                kind=one_of(kind, COMMITMENT_KINDS),
                deadline=until.split("/")[1] if until else None,
            )
        )

    def add_metric(self, quote: str, indicator: str, quantity: str, kind: str, options: str = "") -> None:
        """Add a metric behind the last one, inside or behind the last commitment."""
        last = [self.metrics[-1].end] if self.metrics else []
        last += [self.commitments[-1].start] if self.commitments else []
        common = self.place(quote, max([self.speeches[-1].start, *last]))
        found = _VALUE.fullmatch(quantity)
        if not found:
            raise ValueError(f"not a value with a unit: {quantity}")
        sign, low, high, unit = found.groups()
        kind, _, basis = kind.partition("/")
        chosen: dict[str, Any] = {
            "period": self.period,
            "status": self.status,
            "region": self.speeches[-1].region,
        }
        for option in options.split():
            name, equals, value = option.partition("=")
            if option.startswith("@"):
                chosen["period"] = period(option[1:])
            elif equals and name in ("scope", "region"):
                chosen[name] = value
            else:
                chosen["status"] = one_of(option, STATUSES)
        self.metrics.append(
            Metric(
                id=f"m{len(self.metrics) + 1}",
                **common,
                indicator=indicator,
                value=decimal(low),
                value_high=decimal(high) if high else None,
                unit=unit,
                comparator="range" if high else sign or "=",
                kind=one_of(kind, METRIC_KINDS),
                basis=one_of(basis or "yoy", BASES) if kind in ("growth", "change") else None,
                **chosen,
            )
        )

    def record(self) -> Record:
        """Return the record, the metrics of each commitment filled in; raises NotesError."""
        commitments = []
        for commitment in self.commitments:
            inside = [m for m in self.metrics if commitment.start <= m.start and m.end <= commitment.end]
            if (commitment.kind == "quantified") != any(m.status == "target" for m in inside):
                raise NotesError(f"quantified means: with a target inside. {commitment.id} {commitment.text}")
            commitments.append(replace(commitment, metrics=tuple(m.id for m in inside)))
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        about = {key: value for key, value in self.about.items() if key != "encoding"}
        document = RecordDocument(
            id=digest[:16], source=self.path.name, sha256=digest, text=self.text, **about
        )
        return Record(
            document=document, speeches=self.speeches, metrics=self.metrics, commitments=commitments
        )


def one_of(word: str, words: tuple[str, ...]) -> str:
    """Return the word; raises ValueError if it is none of the words."""
    if word not in words:
        raise ValueError(f"{word!r} is none of {', '.join(words)}")
    return word


def decimal(number: str) -> str:
    """Return a number such as ``1607.8e8`` written out, without an exponent."""
    return format(Decimal(number).normalize(), "f")


def period(words: str) -> str | None:
    """Return the ISO period from ``2024``, ``2024-01..2024-09`` or ``none``."""
    if words == "none":
        return None
    first, _, last = words.partition("..")
    return f"{day(first, last=False)}/{day(last or first, last=True)}"


def day(words: str, *, last: bool) -> str:
    """Return the first or last ISO day of a year, a month or a day."""
    year, month, *rest = [*words.split("-"), "12" if last else "01"] if len(words) == 4 else words.split("-")
    return f"{year}-{month}-{rest[0] if rest else monthrange(int(year), int(month))[1] if last else '01'}"


if __name__ == "__main__":
    main()
