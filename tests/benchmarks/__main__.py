"""Measure the program: ``python tests/benchmarks [NAME…]``, one line of JSON a figure.

Each file bench_NAME.py is run in a process of its own, so that none profits or suffers from what
another imported or left in memory. In it every function whose name starts with ``bench_`` yields
figures (`measure.Figure`). A new benchmark is a new file; nothing else needs to know of it.
"""

import importlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, or all; return 0 if each came to its end."""
    if arguments[:1] == ["--here"]:
        return run(arguments[1])
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    if unknown := set(arguments) - set(names):
        print(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}.", file=sys.stderr)
        return 2
    commands = [[sys.executable, str(HERE), "--here", name] for name in arguments or names]
    return max(subprocess.call(command) for command in commands)


def run(name: str) -> int:
    """Print the figures of one benchmark, in this process."""
    module = importlib.import_module(f"bench_{name}")
    for function in [value for key, value in vars(module).items() if key.startswith("bench_")]:
        for figure in function():
            print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
