"""Learn confidence from the gold and write what it is worth: ``make train``.

Writes resources/models/confidence.json, and into docs/ the tables of calibration.md and calibration.png.
The excerpts of the split ``test`` take no part in learning: their scores are told, nothing else of them.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from calibration import Told, draw, scores, tables
from examples import (
    ROOT,
    SHARED,
    TYPES,
    Example,
    Text,
    examples,
    excerpts,
    first_sight,
    hashes,
    training_texts,
)
from jiaozhu.extraction import VERSION
from jiaozhu.extraction.confidence import SIGNS, Model, read_model
from logistic import Fit, Scale, fit, held_out, held_out_probabilities, keys, log_loss, scale

MODEL = ROOT / "resources" / "models" / "confidence.json"
DOCUMENT, PICTURE = ROOT / "docs" / "calibration.md", ROOT / "docs" / "calibration.png"
BEGIN, END = "<!-- tables: written by make train -->\n", "<!-- end of tables -->\n"
PENALTIES = (3.0, 10.0, 30.0)


def main() -> None:
    """Learn, write, and print the scores."""
    if not (SHARED / "corpus").is_dir():
        print("../shared is absent: what is learned is from the sample documents and the first sights only.")
    texts = list(training_texts())
    known = first_sight() + [example for text in texts for example in examples(text)]
    penalty, out_of_fold = choose(known)
    fitted, scaled = fit(known, penalty), scale(known, out_of_fold)
    told = held_out_probabilities(known, out_of_fold)
    dev = [Told(example.type, chance, example.right) for example, chance in zip(known, told, strict=True)]
    unseen = [one for one, example in zip(dev, known, strict=True) if not example.familiar]
    content = {"provenance": provenance(texts, known, penalty, scaled, dev, unseen)}
    content |= {type_: weights(type_, fitted, scaled, known) for type_ in TYPES}
    models = {type_: read_model(content, type_) for type_ in TYPES}
    test = [judged(example, models) for text in excerpts("test") for example in examples(text)]
    sets = {"all, out of fold": dev, "first sight, out of fold": unseen, "excerpts test": test}
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    written = tables(sets)
    before, after = DOCUMENT.read_text("utf-8").split(BEGIN)[0], DOCUMENT.read_text("utf-8").split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}{written}{END}{after}", "utf-8")
    draw(sets, PICTURE)
    print(written)


def choose(known: list[Example]) -> tuple[float, list[float]]:
    """Return the penalty that surprises least on documents left out, and the scores that they got with it."""
    right = [example.right for example in known]
    found = {penalty: held_out(known, penalty) for penalty in PENALTIES}
    best = min(PENALTIES, key=lambda penalty: log_loss(held_out_probabilities(known, found[penalty]), right))
    return best, found[best]


def weights(type_: str, fitted: Fit, scaled: Scale, known: list[Example]) -> dict[str, Any]:
    """Return the model of a type as the file holds it, scaled to log odds."""
    tables_: dict[str, dict[str, float]] = {name: {} for name in SIGNS[type_]}
    for (of, name, value), weight in sorted(fitted.weights.items()):
        if of == type_:
            tables_[name][value] = round(scaled.slope * weight, 3)
    bias = scaled.added[type_] - scaled.slope * fitted.means[type_]
    seen = {key for example in known for key in keys(example)}
    rare = sorted(f"{name} {value}" for of, name, value in seen - set(fitted.weights) if of == type_)
    return {"bias": round(bias, 3), "weights": tables_, "too_rare": rare}


def judged(example: Example, models: dict[str, Model]) -> Told:
    """Return what the program will tell of an example."""
    return Told(example.type, models[example.type].probability(example.signs), example.right)


def provenance(
    texts: list[Text],
    known: list[Example],
    penalty: float,
    scaled: Scale,
    dev: list[Told],
    unseen: list[Told],
) -> dict[str, Any]:
    """Return what the weights come from."""
    return {
        "date": date.today().isoformat(),
        "extractor": VERSION,
        "documents": len(texts),
        "examples": {type_: sum(example.type == type_ for example in known) for type_ in TYPES},
        "wrong": {
            type_: sum(example.type == type_ and not example.right for example in known) for type_ in TYPES
        },
        "penalty": penalty,
        "slope": round(scaled.slope, 3),
        "familiar": round(scaled.familiar, 3),
        "cross_validated": {
            name: {measure: round(value, 4) for measure, value in scores(told).items()}
            for name, told in (("all", dev), ("first sight", unseen))
        },
        "gold": hashes(texts),
    }


if __name__ == "__main__":
    main()
