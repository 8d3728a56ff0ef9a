"""Copies beside the project: made in time, thinned, and brought back with nothing lost."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from jiaozhu.cli import app
from jiaozhu.review import Session
from jiaozhu.review.restoring import told
from jiaozhu.store import Store, StoreError, backups
from jiaozhu.store.backups import Difference, Occasion
from jiaozhu.store.migrations import upgrade
from sketch import sketch

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch("⟦7%⟧，⟦8%⟧。"))
    return path


def accept(path: Path) -> None:
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.accept()


def accepted(path: Path) -> int:
    with Store(path) as store:
        return store.documents()[0].accepted


def test_a_backup_is_a_project_of_one_file(path: Path) -> None:
    accept(path)
    backup = backups.make(path, Occasion.ASKED)
    assert backup.parent == path.with_name("a.backups")
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    assert accepted(backup) == 1


def test_a_backup_is_made_while_somebody_works(path: Path) -> None:
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.accept()
        backup = backups.make(path, Occasion.DAILY)
        session.accept()
    assert (accepted(backup), accepted(path)) == (1, 2)


def test_the_newest_ten_and_the_last_of_each_month_are_kept(path: Path) -> None:
    folder = backups.folder_of(path)
    folder.mkdir()
    for days in range(300):
        at = (NOW - timedelta(days=days)).strftime("%Y%m%dT%H%M%S%fZ")
        (folder / f"{at}-daily.jiaozhu").write_bytes(b"")
    (folder / "mine.txt").write_text("", "utf-8")
    backups.make(path, Occasion.ASKED)
    kept = [backup.at for backup in backups.listed(path)[1:]]
    assert [f"{at:%m-%d}" for at in kept] == [
        *("03-31", "03-30", "03-29", "03-28", "03-27", "03-26", "03-25", "03-24", "03-23"),
        *("03-22", "02-28", "01-31", "12-31", "11-30", "10-31"),
    ]
    assert (folder / "mine.txt").exists()


@pytest.mark.parametrize(
    ("age", "changed", "due"),
    [(None, True, True), (2, True, True), (0.5, True, False), (2, False, False)],
)
def test_a_backup_is_due_when_the_last_is_older_than_a_day(
    age: float | None, changed: bool, due: bool, path: Path
) -> None:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    at = written + timedelta(seconds=-2 if changed else 2)
    if age is not None:
        backups.folder_of(path).mkdir()
        (backups.folder_of(path) / f"{at:%Y%m%dT%H%M%S%fZ}-daily.jiaozhu").write_bytes(b"")
    assert backups.is_due(path, at + timedelta(days=age or 0)) is due


def test_one_that_is_given_up_leaves_nothing(path: Path) -> None:
    with pytest.raises(backups.CancelledError):
        backups.make(path, Occasion.ASKED, is_cancelled=lambda: True)
    assert list(backups.folder_of(path).iterdir()) == []


def test_a_damaged_project_takes_no_sound_backup_away(path: Path) -> None:
    sound = backups.make(path, Occasion.DAILY)
    data = bytearray(path.read_bytes())
    data[8192:20480] = bytes(12288)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="损坏"):
        backups.make(path, Occasion.DAILY)
    assert [backup.path for backup in backups.listed(path)] == [sound]


def test_an_older_layout_is_backed_up_before_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.jiaozhu"
    db = Database(path)
    upgrade(db, stop_before="flag_and_note")
    db.close()
    Store(path).close()
    (backup,) = backups.listed(path)
    assert backup.occasion is Occasion.UPGRADE
    connection = sqlite3.connect(backup.path)
    assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    connection.close()
    Store(path).close()
    assert len(backups.listed(path)) == 1


def test_restoring_keeps_what_was_there(path: Path) -> None:
    backup = backups.make(path, Occasion.ASKED)
    accept(path)
    with Store(path) as store:
        store.add(*sketch("⟦9%⟧。", source="二.txt"))
    assert backups.differs(path, backup) == Difference(1, 1, 0, 0)
    aside = backups.restore(path, backup)
    assert (accepted(path), accepted(aside)) == (0, 1)
    assert backups.differs(path, backup) == Difference(0, 0, 0, 0)
    assert backups.differs(path, aside) == Difference(0, 0, 1, 1)
    backups.restore(path, aside)
    assert accepted(path) == 1


def test_who_has_the_project_open_sees_what_was_restored(path: Path) -> None:
    backup = backups.make(path, Occasion.ASKED)
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.accept()
        backups.restore(path, backup)
        assert store.documents()[0].accepted == 0
        session.reload()
        session.accept()
        assert store.documents()[0].accepted == 1


@pytest.mark.parametrize("damage", [slice(0, 16), slice(100, 4096), slice(4096, None)])
def test_a_project_that_can_not_be_read_is_put_aside(damage: slice, path: Path) -> None:
    backup = backups.make(path, Occasion.ASKED)
    data = bytearray(path.read_bytes())
    data[damage] = bytes(len(data[damage]))
    path.write_bytes(data)
    aside = backups.restore(path, backup)
    assert aside.read_bytes() == data
    assert accepted(path) == 0


def test_a_project_that_is_gone_is_brought_back(path: Path) -> None:
    backup = backups.make(path, Occasion.ASKED)
    path.unlink()
    assert backups.restore(path, backup) is None
    assert accepted(path) == 0


def test_a_log_that_was_left_alone_does_not_spoil_what_is_brought_back(path: Path) -> None:
    backup = backups.make(path, Occasion.ASKED)
    with Store(path) as store:
        store.add(*sketch("⟦9%⟧。", source="二.txt"))
        log = path.with_name("a.jiaozhu-wal").read_bytes()
    path.unlink()
    path.with_name("a.jiaozhu-wal").write_bytes(log)
    backups.restore(path, backup)
    with Store(path) as store:
        assert len(store.documents()) == 1


def test_a_project_that_is_in_use_is_not_written_over(path: Path) -> None:
    with Store(path), pytest.raises(StoreError, match="正被使用"):
        backups.make(path, Occasion.ASKED, to=path)


def test_a_backup_that_is_none_changes_nothing(path: Path) -> None:
    accept(path)
    other = path.with_name("b.jiaozhu")
    other.write_text("大家好。" * 100, "utf-8")
    with pytest.raises(StoreError, match="不是校注项目"):
        backups.restore(path, other)
    assert accepted(path) == 1


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (Difference(0, 0, 0, 0), "与项目相同"),
        (Difference(1, 20, 0, 0), "此后新增 1 个文档、20 个决定"),
        (Difference(0, 0, 2, 3), "另有项目中没有的 2 个文档、3 个决定"),
    ],
)
def test_what_differs_is_told(difference: Difference, words: str) -> None:
    assert told(difference) == words


def test_the_commands(path: Path) -> None:
    def run(*arguments: object, answer: str = "") -> list[str]:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=answer)
        assert result.exit_code == (answer == "n\n"), result.output
        return result.stdout.splitlines()

    assert run("restore", path) == [f"项目“{path}”还没有备份。"]
    run("backup", path)
    run("backup", path, "--to", path.with_name("mine.jiaozhu"))
    assert accepted(path.with_name("mine.jiaozhu")) == 0
    accept(path)
    (line,) = run("restore", path)
    assert line.startswith("  1  ")
    assert line.endswith("此后新增 0 个文档、1 个决定")
    run("restore", path, "1", answer="n\n")
    assert accepted(path) == 1
    run("restore", path, "1", answer="y\n")
    assert accepted(path) == 0
