"""What confidence is worth: tables for docs/calibration.md and the picture beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

from examples import TYPES
from logistic import log_loss

EDGES = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
_Z = 1.96  # of the interval that holds 95 of 100


@dataclass(frozen=True)
class Told:
    """A probability that was told of an annotation, and the truth."""

    type: str
    probability: float
    right: bool


@dataclass(frozen=True)
class Bin:
    """What was told from `low` up to `high`: how much of it, what was told in the mean, what was right."""

    low: float
    high: float
    count: int
    told: float
    right: float

    def margin(self) -> tuple[float, float]:
        """Return the ends of Wilson's interval around the share that was right."""
        n, p = self.count, self.right
        middle = (p + _Z**2 / 2 / n) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / 4 / n**2) / (1 + _Z**2 / n)
        return middle - half, middle + half


def bins(told: Sequence[Told], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return the bins that hold something."""
    made = []
    for low, high in pairwise(edges):
        inside = [one for one in told if low <= one.probability < high]
        if inside:
            mean = sum(one.probability for one in inside) / len(inside)
            made.append(Bin(low, high, len(inside), mean, sum(one.right for one in inside) / len(inside)))
    return made


def scores(told: Sequence[Told]) -> dict[str, float]:
    """Return the scores of a set of probabilities; `gap` is the mean distance of told and right, by bin."""
    right = [one.right for one in told]
    chances = [one.probability for one in told]
    share = sum(right) / len(right)
    high = [one.right for one in told if one.probability >= 0.9]
    return {
        "count": len(told),
        "told": sum(chances) / len(told),
        "right": share,
        "from 0.9": len(high),
        "of these right": sum(high) / len(high) if high else float("nan"),
        "log loss": log_loss(chances, right),
        "log loss of the share": log_loss([share] * len(right), right),
        "Brier": sum((chance - truth) ** 2 for chance, truth in zip(chances, right, strict=True)) / len(told),
        "gap": sum(one.count * abs(one.told - one.right) for one in bins(told)) / len(told),
    }


def tables(sets: dict[str, Sequence[Told]]) -> str:
    """Return the tables of scores and of bins, for each named set that is not empty."""
    lines = ["| texts | annotations | " + " | ".join(scores([Told("", 0.5, True)])) + " |"]
    lines.append("|---|---|" + "--:|" * (lines[0].count("|") - 3))
    for name, told in sets.items():
        for type_ in (*TYPES, "both"):
            chosen = [one for one in told if type_ in (one.type, "both")]
            if chosen:
                values = scores(chosen).values()
                shown = (str(value) if isinstance(value, int) else f"{value:.3f}" for value in values)
                lines.append(f"| {name} | {type_} | " + " | ".join(shown) + " |")
    for name, told in sets.items():
        if told:
            lines += ["", f"**{name}**", "", "| told | annotations | told, mean | right | 95 of 100 |"]
            lines.append("|---|--:|--:|--:|---|")
            for bin_ in bins(told):
                low, high = bin_.margin()
                lines.append(
                    f"| {bin_.low:.2f} – {min(bin_.high, 1):.2f} | {bin_.count} | {bin_.told:.3f} "
                    f"| {bin_.right:.3f} | {low:.2f} – {high:.2f} |"
                )
    return "\n".join(lines) + "\n"


def draw(sets: dict[str, Sequence[Told]], path: Path) -> None:
    """Draw told against right, a panel a set, and below how often each probability was told."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = {name: told for name, told in sets.items() if told}
    figure, axes = pyplot.subplots(
        2, len(shown), figsize=(4 * len(shown), 5), height_ratios=(4, 1), sharex=True, squeeze=False
    )
    for column, (name, told) in enumerate(shown.items()):
        above, below = axes[0][column], axes[1][column]
        made = bins(told)
        ends = [bin_.margin() for bin_ in made]
        above.plot((0, 1), (0, 1), color="0.7", linewidth=1)
        above.vlines([bin_.told for bin_ in made], *zip(*ends, strict=True), color="#1f5a8c", linewidth=1)
        above.plot([bin_.told for bin_ in made], [bin_.right for bin_ in made], "o", color="#1f5a8c")
        above.set(title=f"{name}, {len(told)} annotations", xlim=(0.3, 1.01), ylim=(0, 1.03))
        below.hist([one.probability for one in told], bins=[n / 50 for n in range(51)], color="0.6")
        below.set(xlabel="confidence")
        below.set_yscale("log")
    axes[0][0].set(ylabel="share right")
    axes[1][0].set(ylabel="count")
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
