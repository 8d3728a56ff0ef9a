"""Write the table of keys into README.md, from the actions themselves: ``make messages``."""

import os
from pathlib import Path

os.environ["JIAOZHU_LANG"] = "zh"  # before the actions give themselves titles

import jiaozhu.qt.actions  # noqa: F401 - adds the window's actions to the reviewer's
from jiaozhu import i18n
from jiaozhu.review.actions import ACTIONS

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- keys: written by make messages -->\n", "<!-- end of keys -->\n"


def main() -> None:
    """Put the table between its two marks."""
    text = README.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", "utf-8")


def table() -> str:
    """Return the actions that have keys as a table, group by group, in Chinese and English."""
    english = i18n.read_catalogue(i18n.catalogue_file("en"))
    lines = ["| keys | 操作 | action |", "|---|---|---|"]
    for group in dict.fromkeys(action.group for action in ACTIONS):
        lines.append(f"| | **{group}** | **{english.get(group, ('',))[0]}** |")
        for action in ACTIONS:
            if action.group == group and action.keys:
                keys = " ".join(f"`{key}`" for key in action.keys)
                lines.append(f"| {keys} | {action.title} | {english.get(action.title, ('',))[0]} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
