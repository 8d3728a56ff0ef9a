"""How sure an annotation is: the probability that a careful person would leave it as it is.

A logistic regression over a dozen signs that the rules have at hand anyway. A sign has a word for a value
(``type`` is ``money``) and each value has a weight; a value that training did not meet often enough has
none. The weights stand in resources/models/confidence.json, written by ``make train`` (tools/train.py);
docs/calibration.md tells what the probabilities are worth.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from operator import getitem
from typing import Any

from jiaozhu.extraction.text import Clause
from jiaozhu.lexicon import LexiconError
from jiaozhu.paths import resources

#: The values of an annotation's signs, in the order of METRIC_SIGNS or COMMITMENT_SIGNS; "" says nothing.
Signs = tuple[str, ...]

METRIC_SIGNS = (
    "type",  # of the quantity
    "kind",
    "status",
    "stance",  # of the clause
    "cue",  # whether a word decided the status
    "numeral",  # whether it is Chinese
    "unit",  # whether it often only names
    "comparator",
    "size",  # of a whole number without a myriad
    "name",  # whether the indicator has words of its own or is carried on
    "movement",  # 增长, 下降, 达到
    "verbs",  # whether some stand between name and number
    "behind",  # what follows the quantity
    "length",  # of the clause
    "figures",  # of the clause, and where among them
    "opening",  # of paragraph or sentence
    "time",  # whether the clause has a time of its own
    "period",  # how long
)

COMMITMENT_SIGNS = (
    "rule",
    "head",  # class of the verb
    "strength",
    "tone",  # whether a word says it
    "kind",
    "figures",  # how many, and whether they are targets
    "deadline",
    "manner",  # something before the verb says how; 要 or 将
    "length",
    "reach",  # from the head of its clause or from within, beyond its end
    "closing",  # the mark that ends the clause
    "opening",
    "company",  # commitments of the same sentence
    "place",  # among them
)

#: The signs of either type of annotation.
SIGNS = {"metric": METRIC_SIGNS, "commitment": COMMITMENT_SIGNS}

_LENGTHS = ("to 7", "to 15", "to 15", "to 23", "to 23", "to 31", "to 31", "to 47", "to 47", "to 47", "to 47")
_LONG = "more"
_LEAST, _MOST = 1, 99  # percent: nothing is certain


def length_class(characters: int) -> str:
    """Return a length in classes of characters."""
    at = characters >> 2
    return _LENGTHS[at] if at < len(_LENGTHS) else _LONG


def opening(clauses: Sequence[Clause], index: int) -> str:
    """Return whether a clause opens a paragraph or a sentence."""
    if index == 0:
        return "paragraph"
    before, clause = clauses[index - 1], clauses[index]
    if before.sentence == clause.sentence:
        return ""
    return "sentence" if before.paragraph == clause.paragraph else "paragraph"


class Weights(dict[str, float]):
    """The weights of a sign's values; what training did not meet has none."""

    def __missing__(self, value: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of the values of each sign, and what is added to their sum."""

    tables: tuple[Weights, ...]
    bias: float

    def probability(self, signs: Signs) -> float:
        """Return the probability that an annotation with these signs is right, 0.01 to 0.99."""
        total = sum(map(getitem, self.tables, signs), self.bias)
        percent = int(100 / (1 + exp(-total)) + 0.5)
        return (_LEAST if percent < _LEAST else _MOST if percent > _MOST else percent) / 100


def metric_confidence(signs: Signs) -> float:
    """Return the probability that span and row of a metric are right."""
    return _judged("metric", signs)


def commitment_confidence(signs: Signs) -> float:
    """Return the probability that a commitment is one, and that its span is right by half."""
    return _judged("commitment", signs)


_seen: list[tuple[str, Signs]] | None = None


def _judged(type_: str, signs: Signs) -> float:
    if _seen is not None:
        _seen.append((type_, signs))
    return _probability(type_, signs)


@lru_cache(maxsize=1 << 14)  # the same signs come again and again: of 30,000 commitments a seventh are new
def _probability(type_: str, signs: Signs) -> float:
    return models()[type_].probability(signs)


@contextmanager
def watched() -> Iterator[list[tuple[str, Signs]]]:
    """Keep the type and signs of all annotations found meanwhile, in their order: for training.

    One thread at a time.
    """
    global _seen
    before, _seen = _seen, []
    try:
        yield _seen
    finally:
        _seen = before


@cache
def models() -> dict[str, Model]:
    """Return the models of metrics and commitments; raises LexiconError if the file can't be used."""
    path = resources() / "models" / "confidence.json"
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(
            f"models/{path.name} cannot be read: {error}; `make train` writes it anew"
        ) from error
    return {type_: read_model(told, type_) for type_ in SIGNS}


def read_model(told: Any, type_: str) -> Model:
    """Return one model of the file's content; raises LexiconError, naming the entry, if it is not fit."""
    names = SIGNS[type_]
    try:
        weights, bias = told[type_]["weights"], float(told[type_]["bias"])
        unknown = sorted(set(weights) ^ set(names))
        if unknown:
            raise ValueError(f"signs that code and file do not share: {', '.join(unknown)}")
        tables = tuple(
            Weights({"": 0.0} | {value: float(weight) for value, weight in weights[name].items()})
            for name in names
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(
            f"models/confidence.json: {type_} is not a model ({error}); `make train` writes it anew"
        ) from error
    return Model(tables, bias)
