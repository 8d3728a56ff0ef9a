"""A whole text is reviewed by keys alone, and few of them: tests/benchmarks/keystrokes.py."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "tests" / "benchmarks" / "keystrokes.py"


def keys_per_fact(*arguments: Path | str) -> float:
    """Return how many keys a fact took; the export is the gold, or this fails."""
    done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])["keys_per_fact"]


def test_a_sample_becomes_its_gold() -> None:
    samples = ROOT / "sample_docs"
    gold = (
        samples / "gold" / "cangyu-2025-secretary-interview.jsonl"
    )  # something of everything is wrong in it
    assert keys_per_fact(gold, "--text-dir", samples) < 4


def test_the_gold_takes_two_keys_a_fact_at_most(shared: Path) -> None:
    assert keys_per_fact(shared / "gold" / "dev.jsonl") <= 2
