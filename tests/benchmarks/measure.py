"""What benchmarks share: a figure, and ways to get one."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One thing measured. `ratio` is value / what `against` names got in the same run."""

    name: str
    value: float
    unit: str  # "s", "ms", "MB", "characters/s", "documents/s"
    ratio: float | None = None
    against: str | None = None
    note: str | None = None

    def line(self) -> str:
        """Return the figure as one line of JSON, numbers with four digits that count."""
        fields = {name: value for name, value in asdict(self).items() if value is not None}
        rounded = {name: shorten(value) for name, value in fields.items()}
        return json.dumps(rounded, ensure_ascii=False)


def shorten(value: object) -> object:
    """Return a number with four digits that count; anything else as it is."""
    if not isinstance(value, float):
        return value
    short = float(f"{value:.4g}")
    return int(short) if short == int(short) else short


def medians(*functions: Callable[[], object], runs: int = 5) -> list[float]:
    """Return the median seconds of each function.

    The functions take turns, so that a machine that slows down on the way slows all of them.
    """
    seconds: list[list[float]] = [[] for _ in functions]
    for _ in range(runs):
        for taken, function in zip(seconds, functions, strict=True):
            gc.collect()
            start = time.perf_counter()
            function()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in seconds]


def percentile(values: list[float], percent: float) -> float:
    """Return the value below which `percent` of the values lie, or that value itself."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def peak_memory() -> float:
    """Return the most memory this process has held at once so far, in MB (10⁶ bytes)."""
    if sys.platform == "win32":
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
