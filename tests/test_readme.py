"""README says what there is: every command, every key."""

import re
from pathlib import Path

import typer.main

import key_table
from jiaozhu import cli

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def test_every_key_is_there() -> None:
    assert key_table.table() in README, "run `make messages`"


def test_the_commands_are_those_there_are() -> None:
    block = README.split("## Command line", 1)[1].split("```")[1]
    named = set(re.findall(r"^jiaozhu ([a-z]+)", block, re.MULTILINE))
    assert named == {*typer.main.get_group(cli.app).commands, "open"}
