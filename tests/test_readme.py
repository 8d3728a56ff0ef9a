"""README says what there is: every command, every key."""

from pathlib import Path

import typer.main

import key_table
from jiaozhu import cli

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def test_every_key_is_there() -> None:
    assert key_table.table() in README, "run `make messages`"


def test_every_command_is_there() -> None:
    commands = typer.main.get_group(cli.app).commands
    assert commands
    missing = [name for name in commands if f"\njiaozhu {name} " not in README]
    assert missing == []
