"""Logistic regression over named signs, and its scaling to probabilities that hold on unseen texts.

Two steps. First the signs' weights, for metrics and commitments at once. Then, from scores that each
document got from a fit without it, a slope, what is added for either type, and `familiar`: how much rarer
errors are in the texts that the rules were made with. That number is learned and left out: a probability is
told as for a text that nobody has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from examples import TYPES, Example
from jiaozhu.extraction.confidence import SIGNS

LEAST_SEEN = 5  # a value that is met less often gets no weight
_FREE = 1e-3  # penalty of what is not to be kept small
_STEPS, _CLOSE = 50, 1e-8

Key = tuple[str, str, str]  # type, sign, value


@dataclass(frozen=True)
class Fit:
    """Weights of the signs' values, and the mean of their sums by type."""

    weights: dict[Key, float]
    means: dict[str, float]

    def score(self, example: Example) -> float:
        """Return by how much an example's signs are better than those of its type in the mean."""
        total = sum(self.weights.get(key, 0.0) for key in keys(example))
        return total - self.means.get(example.type, 0.0)


@dataclass(frozen=True)
class Scale:
    """From scores to log odds: `slope` × score + what is added for the type, + `familiar` where it holds."""

    slope: float
    added: dict[str, float]
    familiar: float

    def probability(self, example: Example, score: float, *, familiar: bool) -> float:
        """Return the probability that an example is right, in a text that is `familiar` or not."""
        odds = self.slope * score + self.added[example.type] + self.familiar * familiar
        return float(1 / (1 + np.exp(-odds)))


def keys(example: Example) -> list[Key]:
    """Return the keys of the weights that an example takes part in."""
    named = zip(SIGNS[example.type], example.signs, strict=True)
    return [(example.type, name, value) for name, value in named if value]


def fit(examples: Sequence[Example], penalty: float) -> Fit:
    """Return the weights that make the examples most likely, less `penalty` × half of each one's square."""
    seen = Counter(key for example in examples for key in keys(example))
    columns = sorted(key for key in seen if seen[key] >= LEAST_SEEN)
    at = {key: n for n, key in enumerate(columns)}
    rows = np.zeros((len(examples), len(columns)))
    for row, example in zip(rows, examples, strict=True):
        for key in keys(example):
            if key in at:
                row[at[key]] = 1
    ridge = np.array([penalty] * len(columns) + [_FREE] * 3)
    found = newton(np.hstack([rows, _setting(examples)]), _right(examples), ridge)
    weights = dict(zip(columns, found[: len(columns)].tolist(), strict=True))
    raw = Fit(weights, {})
    means = {
        type_: float(np.mean([raw.score(example) for example in examples if example.type == type_]))
        for type_ in {example.type for example in examples}
    }
    return Fit(weights, means)


def held_out(examples: Sequence[Example], penalty: float) -> list[float]:
    """Return the score that each example gets from a fit without its document."""
    return _without_each(
        examples,
        lambda others: fit([examples[n] for n in others], penalty),
        lambda fitted, n: fitted.score(examples[n]),
    )


def scale(examples: Sequence[Example], scores: Sequence[float]) -> Scale:
    """Return how scores become log odds (Platt's scaling)."""
    rows = np.hstack([np.array(scores)[:, None], _setting(examples)])
    slope, *added, familiar = newton(rows, _right(examples), np.full(rows.shape[1], _FREE)).tolist()
    return Scale(slope, dict(zip(TYPES, added, strict=True)), familiar)


def held_out_probabilities(examples: Sequence[Example], scores: Sequence[float]) -> list[float]:
    """Return each example's probability by a scale without its document, its text as familiar as it is."""
    return _without_each(
        examples,
        lambda others: scale([examples[n] for n in others], [scores[n] for n in others]),
        lambda scaled, n: scaled.probability(examples[n], scores[n], familiar=examples[n].familiar),
    )


def log_loss(told: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean surprise, in nats, of finding what is right and what is not."""
    chances = np.clip(np.array(told), 0.005, 0.995)
    return float(-np.log(np.where(np.array(right, bool), chances, 1 - chances)).mean())


def newton(rows: np.ndarray, right: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge logistic regression, by Newton's method with halved steps."""

    def loss(weights: np.ndarray) -> float:
        scores = rows @ weights
        return float(np.logaddexp(0, scores).sum() - right @ scores + (ridge * weights**2).sum() / 2)

    weights = np.zeros(rows.shape[1])
    now = loss(weights)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (chance - right) + ridge * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        while (then := loss(weights - step)) > now + _CLOSE:
            step /= 2
        weights, before, now = weights - step, now, then
        if before - now < _CLOSE:
            break
    return weights


def _setting(examples: Sequence[Example]) -> np.ndarray:
    """Return the columns that tell the type, and whether the text is one of two sorts and familiar."""
    both = len({example.familiar for example in examples}) == 2
    told = [[*(example.type == type_ for type_ in TYPES), both and example.familiar] for example in examples]
    return np.array(told, float)


def _right(examples: Sequence[Example]) -> np.ndarray:
    return np.array([example.right for example in examples], float)


def _without_each(
    examples: Sequence[Example], learn: Callable[[list[int]], Any], tell: Callable[[Any, int], float]
) -> list[float]:
    """Return what is told of each example by what was learned from all other documents."""
    told = [0.0] * len(examples)
    for document in sorted({example.document for example in examples}):
        learned = learn([n for n, example in enumerate(examples) if example.document != document])
        for n, example in enumerate(examples):
            if example.document == document:
                told[n] = tell(learned, n)
    return told
