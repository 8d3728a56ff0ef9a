"""Documents for tests, drawn in one string, and projects made of them.

A line is a speech, ``⟦7.3%⟧`` is a metric and ``⟪力争完成⟫`` a commitment; they may nest. The ids are
s1, m1, c1 … in the order of their starts.
"""

from __future__ import annotations

from hashlib import sha256

from jiaozhu.model import Commitment, Document, Extraction, Metric, Speech
from jiaozhu.store import Store

OPENING = {"⟦": Metric, "⟪": Commitment}


def sketch(drawing: str, *, source: str = "讲话.txt", **fields: str) -> tuple[Document, Extraction]:
    """Return the document and the extraction of a drawing; `fields` go to every metric."""
    text = ""
    waiting: list[tuple[type[Metric | Commitment], str, str, int]] = []
    found: dict[type, list] = {Metric: [], Commitment: []}
    numbers = {Metric: 0, Commitment: 0}
    speech, begin, speeches = 1, 0, []
    for char in drawing + "\n":
        if char in OPENING:
            model = OPENING[char]
            numbers[model] += 1
            waiting.append((model, f"{model.type[0]}{numbers[model]}", f"s{speech}", len(text)))
        elif char in "⟧⟫":
            model, id_, speech_id, start = waiting.pop()
            more = fields if model is Metric else {}
            found[model].append(
                model(
                    id=id_,
                    speech=speech_id,
                    start=start,
                    end=len(text),
                    source_start=start,
                    source_end=len(text),
                    text=text[start:],
                    confidence=0.9,
                    **more,
                )
            )
        elif char == "\n":
            speeches.append(Speech(id=f"s{speech}", start=begin, end=len(text), region=f"第{speech}区"))
            text += char
            begin, speech = len(text), speech + 1
        else:
            text += char
    raw = text[:-1].encode()
    digest = sha256(raw).hexdigest()
    document = Document(
        id=digest[:16], source=source, sha256=digest, encoding="utf-8", text=text[:-1], raw=raw
    )
    return document, Extraction(
        speeches=tuple(speeches),
        metrics=tuple(sorted(found[Metric], key=lambda item: item.start)),
        commitments=tuple(sorted(found[Commitment], key=lambda item: item.start)),
        version="test",
    )


def stored(*drawings: str) -> Store:
    """Return a project in memory that holds the documents of the drawings."""
    store = Store()
    for number, drawing in enumerate(drawings, 1):
        assert store.add(*sketch(drawing, source=f"{number}.txt"))
    return store
