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
from functools import cache
from math import exp
from operator import getitem
from typing import Any

from jiaozhu.extraction.candidates import Candidate
from jiaozhu.extraction.indicators import Name
from jiaozhu.extraction.place import Place
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
_COUNTS = ("0", "1", "2", "3", "3")
_MANY = "many"
_MARKS = frozenset(",;。!?、)”:\n ")
_LEAST, _MOST = 1, 99  # percent: nothing is certain


def metric_signs(
    place: Place,
    name: Name,
    listed: bool,
    kind: str,
    status: str,
    cue: str | None,
    comparator: str,
    time: str,
) -> Signs:
    """Return the signs of a metric; `time` is its period, "" if it has none."""
    quantity, clause, phrase = place.quantity, place.clause, place.phrase
    value = quantity.value
    return (
        quantity.type,
        kind,
        status,
        place.stance,
        "cued" if cue else "",
        "chinese" if quantity.chinese else "",
        "weak" if quantity.weak else "",
        comparator,
        "one digit" if value < 10 else "two digits" if value < 100 else "",
        _source(place, name, listed),
        phrase.movement,
        "verbs" if phrase.verbs else "",
        "mark"
        if quantity.end >= clause.end
        else "mark inside"
        if place.text[quantity.end] in _MARKS
        else "words",
        _length(clause.end - clause.start),
        _among(place.n, len(place.quantities)),
        _opening(place.clauses, place.index),
        "own" if place.times else "",
        _duration(time),
    )


def _source(place: Place, name: Name, listed: bool) -> str:
    """Return where the indicator's name is from."""
    if not name.text:
        return "none"
    if listed:
        return "listed"
    if name.start is not None:
        return "own" if name.start >= place.begin else "carried"
    return "own" if place.phrase.name else "carried"


def _among(n: int, count: int) -> str:
    """Return whether a figure stands alone, opens a row or follows in it."""
    if count == 1:
        return "alone"
    return "first" if n == 0 else "later"


def _duration(period: str) -> str:
    """Return how long a period is."""
    if not period:
        return "none"
    if period[:4] != period[11:15]:
        return "years"
    return "year" if period[5:10] == "01-01" and period[16:] == "12-31" else "part"


def commitment_signs(
    c: Candidate, clauses: Sequence[Clause], kept: Sequence[Candidate], kind: str, deadline: str | None
) -> Signs:
    """Return the signs of a commitment; `kept` are those of its sentence."""
    clause, head = clauses[c.clause], c.head
    count = len(kept)
    metrics = len(c.metrics)
    return (
        c.rule,
        head.kind,
        c.strength,
        "tone" if c.tone else "",
        kind,
        "none" if not metrics else "targets" if c.targets == metrics else "some" if c.targets else "sizes",
        "deadline" if deadline else "",
        "obliged" if head.obliged else "manner" if head.manner else "",
        _length(c.end - c.start),
        ("part" if c.start > clause.start else "whole") if c.end <= clause.end else "beyond",
        clause.mark,
        _opening(clauses, c.clause),
        _COUNTS[count] if count < len(_COUNTS) else _MANY,
        "alone" if count == 1 else "first" if c is kept[0] else "last" if c is kept[-1] else "between",
    )


def _length(characters: int) -> str:
    """Return a length in classes of characters."""
    at = characters >> 2
    return _LENGTHS[at] if at < len(_LENGTHS) else _LONG


def _opening(clauses: Sequence[Clause], index: int) -> str:
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
