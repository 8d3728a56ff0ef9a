"""Keep what the extractor finds in an excerpt before any rule is made after it: ``tools/first_sight.py``.

Once rules are made after a text, errors in it tell nothing of errors elsewhere. So, when an excerpt of the
split ``dev`` has been annotated, this is run first: it adds to ``tests/excerpts/first_sight.json`` for each
annotation that was found its signs and whether it is right, and never touches what is there. ``make train``
learns from it how often the rules err on texts that nobody has seen.
"""

from __future__ import annotations

import json
from datetime import date

from examples import FIRST_SIGHT, examples, excerpts
from jiaozhu.extraction.confidence import SIGNS


def main() -> None:
    """Add the excerpts that are not yet in the file."""
    kept = json.loads(FIRST_SIGHT.read_text("utf-8")) if FIRST_SIGHT.is_file() else []
    names = {entry["document"] for entry in kept}
    for text in excerpts("dev"):
        name = text.gold.document.source
        if name not in names:
            found = [
                {
                    "type": example.type,
                    "right": example.right,
                    "signs": {
                        sign: value
                        for sign, value in zip(SIGNS[example.type], example.signs, strict=True)
                        if value
                    },
                }
                for example in examples(text)
            ]
            kept.append({"document": name, "date": date.today().isoformat(), "found": found})
            print(f"{name}: {len(found)} annotations kept")
    lines = []
    for entry in kept:
        rows = ",\n   ".join(json.dumps(row, ensure_ascii=False) for row in entry["found"])
        head = f'"document": "{entry["document"]}", "date": "{entry["date"]}"'
        lines.append(f'  {{{head}, "found": [\n   {rows}\n  ]}}')
    FIRST_SIGHT.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()
