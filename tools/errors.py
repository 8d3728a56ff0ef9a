"""Measure the extractor on all gold there is and write docs/errors.md: ``make errors``.

Counts only: the words of published reports are no part of the project. Of the split ``test`` of the excerpts
the scores and the number of errors are told, never what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from examples import ROOT, SHARED, Text, excerpts, gold_texts, sample_texts
from jiaozhu.extraction import VERSION, extract
from jiaozhu.records import Record, from_extraction
from jiaozhu.review.errors import Fault, find_faults
from jiaozhu.review.scoring import score

DOCUMENT = ROOT / "docs" / "errors.md"
BEGIN, END = "<!-- tables: written by make errors -->\n", "<!-- end of tables -->\n"
#: Causes whose details are names of the grammar, not words of a text.
_TOLD = ("missed", "extra", "kind", "status", "strength", "comparator", "basis", "period", "deadline")
_MOST = 6  # details told of a cause

Pairs = list[tuple[Record, Record]]


def main() -> None:
    """Measure, write, and print."""
    if not (SHARED / "corpus").is_dir():
        print("../shared is absent: only the sample documents can be measured, and nothing is written.")
        return
    sets = {
        "press documents": [pair(text) for text in gold_texts("dev")],
        "work reports": [pair(text) for text in gold_texts("reports")],
        "sample documents": [pair(text) for text in sample_texts()],
        "excerpts, dev": [pair(text) for text in excerpts("dev")],
        "excerpts, test": [pair(text) for text in excerpts("test")],
    }
    written = "\n".join([*scores(sets), "", *causes(sets)]) + "\n"
    before, after = DOCUMENT.read_text("utf-8").split(BEGIN)[0], DOCUMENT.read_text("utf-8").split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}{written}{END}{after}", "utf-8")
    print(written)


def pair(text: Text) -> tuple[Record, Record]:
    """Return the gold of a text and what is found in it."""
    found = from_extraction(text.document, extract(text.document))
    if text.is_part:
        found = replace(
            text.gold,
            metrics=[one for item in found.metrics if (one := text.inside(item))],
            commitments=[one for item in found.commitments if (one := text.inside(item))],
        )
    return text.gold, found


def scores(sets: dict[str, Pairs]) -> Iterator[str]:
    """Yield the table of the measures, a column a set; speeches are not measured on excerpts."""
    rates = {name: score(pairs) for name, pairs in sets.items()}
    yield f"Extractor version {VERSION}."
    yield ""
    yield "| measure | " + " | ".join(rates) + " |"
    yield "|---|" + "--:|" * len(rates)
    for title, count in (("documents", len), ("metrics", _metrics), ("commitments", _commitments)):
        yield f"| {title} | " + " | ".join(str(count(pairs)) for pairs in sets.values()) + " |"
    for measure in rates["sample documents"]:
        cells = [
            f"{rate[measure]:.3f}" if measure in rate and not _is_moot(name, measure) else "–"
            for name, rate in rates.items()
        ]
        yield f"| {measure} | " + " | ".join(cells) + " |"


def _metrics(pairs: Pairs) -> int:
    return sum(len(gold.metrics) for gold, _ in pairs)


def _commitments(pairs: Pairs) -> int:
    return sum(len(gold.commitments) for gold, _ in pairs)


def _is_moot(name: str, measure: str) -> bool:
    return name.startswith("excerpts") and measure.startswith("speech.")


def causes(sets: dict[str, Pairs]) -> Iterator[str]:
    """Yield the table of errors by cause, the most frequent first, and what they are where it may be told."""
    faults = {name: list(find_faults(pairs)) for name, pairs in sets.items()}
    counted = {name: Counter((fault.type, fault.cause) for fault in those) for name, those in faults.items()}
    total = sum(counted.values(), Counter())
    yield "| errors | " + " | ".join(faults) + " | what they are, without the test excerpts |"
    yield "|---|" + "--:|" * len(faults) + "---|"
    known = [fault for name, those in faults.items() if name != "excerpts, test" for fault in those]
    for key, _ in total.most_common():
        cells = " | ".join(str(counts[key]) for counts in counted.values())
        yield f"| {key[0]} {key[1]} | {cells} | {details(known, *key)} |"


def details(faults: Iterable[Fault], type_: str, cause: str) -> str:
    """Return the commonest details of a cause: a kind if missed, a rule if too much, else gold → found."""
    if cause not in _TOLD:
        return ""
    found = Counter(fault.detail for fault in faults if (fault.type, fault.cause) == (type_, cause))
    return "; ".join(f"{detail or '–'} {count}" for detail, count in found.most_common(_MOST))


if __name__ == "__main__":
    main()
