"""Files that are no project, or not to be written now: one sentence, and nothing is touched."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlite_utils import Database

from jiaozhu.model import Action, Decision, State
from jiaozhu.review import Kind, Session
from jiaozhu.review.fields import ConflictError
from jiaozhu.store import Store, StoreError
from jiaozhu.store.migrations import APPLICATION_ID, NEWEST, migrations, upgrade
from jiaozhu.store.snapshots import to_snapshot
from ordinary import ordinary_user
from sketch import sketch

STEPS = [step.name for step in migrations.pending(Database(memory=True))]
DRAWING = "GDP⟦1607.8亿元⟧，增长⟦7.3%⟧。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with one document."""
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
    return path


def database(path: Path, *statements: str) -> None:
    """Run statements on an SQLite file and close it."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, except the scratch file that SQLite shares between programs."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith("-shm")}


def accept(store: Store) -> None:
    """Accept the first suggestion in a project."""
    (document, *_) = store.documents()
    first = store.annotations(document.id)[0]
    store.record(
        Decision(
            uid=str(uuid4()),
            document=document.id,
            subject=first.id,
            type=first.type,
            action=Action.ACCEPT,
            before=first,
            after=replace(first, state=State.ACCEPTED),
            reviewer="王敏",
            at="2025-01-01T00:00:00.000000+00:00",
            program="0.1.0",
        )
    )


# Refused


def a_text(path: Path) -> None:
    path.write_text("大家好。" * 100, "utf-8")


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def half_a_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 20)


def a_pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(path)


def a_foreign_database(path: Path) -> None:
    database(path, "CREATE TABLE a (b)", "PRAGMA application_id = 77")


def a_newer_project(path: Path) -> None:
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
    database(path, f"PRAGMA user_version = {NEWEST + 1}")


def a_project_whose_log_is_newer(path: Path) -> None:
    """A newer program was killed after it had brought the file up to date."""
    with Store(path.with_name("whole"), create=True) as store:
        store.add(*sketch(DRAWING))
    connection = sqlite3.connect(path.with_name("whole"))
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    for suffix in "", "-wal":
        shutil.copy(path.with_name("whole" + suffix), path.with_name(path.name + suffix))
    connection.close()
    path.with_name("whole").unlink()


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (a_text, "不是校注项目"),
        (an_empty_file, "不是校注项目"),
        (half_a_header, "不是校注项目"),
        (a_pipe, "不是校注项目"),
        (a_foreign_database, "别的程序"),
        (a_newer_project, "升级"),
        (a_project_whose_log_is_newer, "升级"),
        (Path.mkdir, "文件夹"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_project_is_refused_and_left_alone(
    make: Callable[[Path], None], word: str, read_only: bool, tmp_path: Path
) -> None:
    path = tmp_path / "x.jiaozhu"
    make(path)
    before = contents(tmp_path) if path.is_file() else {}
    with pytest.raises(StoreError, match=word) as refused:
        Store(path, read_only=read_only)
    assert str(path) in str(refused.value)
    assert (contents(tmp_path) if path.is_file() else {}) == before


@pytest.mark.parametrize("name", ["a" * 300, "nul\0"])
def test_a_name_that_no_file_can_have_is_said(name: str, tmp_path: Path) -> None:
    for create in False, True:
        with pytest.raises(StoreError, match="jiaozhu|" + name[:3]):
            Store(tmp_path / name, create=create)


@pytest.mark.parametrize("name", ["没有.jiaozhu", "没有/没有.jiaozhu"])
def test_a_missing_project_is_made_only_when_asked_for(name: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="找不到"):
        Store(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    if "/" in name:
        with pytest.raises(StoreError, match="不存在"):
            Store(tmp_path / name, create=True)
    else:
        Store(tmp_path / name, create=True).close()
        Store(tmp_path / name).close()


def test_an_empty_file_becomes_a_project_when_asked_for(tmp_path: Path) -> None:
    an_empty_file(tmp_path / "x")
    Store(tmp_path / "x", create=True).close()
    Store(tmp_path / "x").close()


def test_create_keeps_what_is_there(path: Path) -> None:
    with Store(path, create=True) as store:
        assert len(store.documents()) == 1


def test_a_damaged_project_is_said(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="损坏"):
        Store(path).documents()


# Versions


def test_the_newest_layout() -> None:
    assert (NEWEST, STEPS[-1]) == (5, "join_decisions")


@pytest.mark.parametrize("step", STEPS)
def test_a_project_of_any_older_layout_opens(step: str, tmp_path: Path) -> None:
    db = Database(tmp_path / "old.jiaozhu")
    upgrade(db, stop_before=step)
    db.close()
    with Store(tmp_path / "old.jiaozhu") as store:
        assert store.add(*sketch(DRAWING))


def test_a_project_of_the_first_layout_keeps_all_it_has(tmp_path: Path) -> None:
    """Documents, suggestions, decisions and counts are the same, and can be corrected from now on."""
    path = tmp_path / "old.jiaozhu"
    document, extraction = sketch(DRAWING)
    old = Database(path)
    upgrade(old, stop_before="decide_on_speeches")
    old.execute(
        "INSERT INTO documents (key, id, source, sha256, title, text, added_at, raw) "
        "VALUES (7, ?, ?, ?, '标题', ?, '', x'')",
        [document.id, document.source, document.sha256, document.text],
    )
    (speech,) = extraction.speeches
    old.execute("INSERT INTO speeches (document, id, start, end) VALUES (7, 's1', 0, ?)", [speech.end])
    for metric in extraction.metrics:
        names = ("id", "speech", "start", "end", "source_start", "source_end", "text", "confidence")
        old.execute(
            f"INSERT INTO metrics (document, version, {', '.join(names)}) "
            f"VALUES (7, '1'{', ?' * len(names)})",
            [getattr(metric, name) for name in names],
        )
    first, second = extraction.metrics
    after = to_snapshot(replace(first, state=State.ACCEPTED))
    old.execute(
        "INSERT INTO decisions (seq, uid, document, annotation, type, action, before, after, state, speech, "
        "start, end, text, reviewer, at, program) VALUES (5, 'u', 7, 'm1', 'metric', 'accept', ?, ?, "
        "'accepted', 's1', ?, ?, ?, '王敏', '2025-01-01T00:00:00.000000+00:00', '0.1.0')",
        [to_snapshot(first), after, first.start, first.end, first.text],
    )
    old.execute("INSERT INTO progress VALUES (7, 's1', 'metric', 1, 1, 0, 0, 0)")
    old.execute("INSERT INTO progress VALUES (7, 's1', 'commitment', 0, 0, 0, 0, 0)")
    old.execute("INSERT INTO totals VALUES (7, 1, 1, 1, 0, 0, 0)")
    old.close()

    with Store(path) as store:
        (row,) = store.documents()
        assert (row.title, row.speeches, row.counts.accepted, row.counts.suggested) == ("标题", 1, 1, 1)
        assert store.annotations(document.id) == [replace(first, state=State.ACCEPTED), second]
        (decision,) = store.history(document.id, "metric", "m1")
        assert (decision.uid, decision.reviewer) == ("u", "王敏")
        assert [row.id for row in store.alike(document.text)] == [document.id]
        session = Session(store, reviewer="李强")
        session.open(document.id)
        session.outline.rename("s1", speaker="张三")
        session.undo()
        session.next_undecided()
        session.accept()
        assert [item.state for item in store.annotations(document.id)] == [State.ACCEPTED] * 2


def test_the_file_says_what_it_is(path: Path) -> None:
    header = path.read_bytes()[:100]
    assert header[68:72] == b"JIAO" == APPLICATION_ID.to_bytes(4, "big")


# Not to be written


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """A folder of somebody for whom permissions count."""
    with ordinary_user() as folder:
        yield folder


def test_a_read_only_file_is_read_but_not_opened_for_writing(ordinary: Path) -> None:
    path = ordinary / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
    path.chmod(0o444)
    before = contents(ordinary)
    with pytest.raises(StoreError, match="只读"):
        Store(path)
    with Store(path, read_only=True) as store:
        assert len(store.documents()) == 1
    assert contents(ordinary) == before


def test_a_project_in_a_read_only_folder_is_read(ordinary: Path) -> None:
    path = ordinary / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
    path.chmod(0o444)
    ordinary.chmod(0o555)
    with pytest.raises(StoreError, match="只读"):
        Store(path)
    with Store(path, read_only=True) as store:
        assert len(store.documents()) == 1
    with pytest.raises(StoreError, match="权限"):
        Store(ordinary / "b.jiaozhu", create=True)


def test_a_folder_that_may_not_be_entered_is_said(ordinary: Path) -> None:
    (ordinary / "closed").mkdir(mode=0)
    for create in False, True:
        with pytest.raises(StoreError, match="权限"):
            Store(ordinary / "closed" / "a.jiaozhu", create=create)


def test_a_file_that_may_not_be_read_is_said(ordinary: Path) -> None:
    path = ordinary / "a.jiaozhu"
    Store(path, create=True).close()
    path.chmod(0)
    with pytest.raises(StoreError, match="权限"):
        Store(path)


def test_what_is_opened_to_read_is_not_written(path: Path) -> None:
    with Store(path, read_only=True) as store, pytest.raises(StoreError, match="只读"):
        accept(store)
    with Store(path, read_only=True) as store, pytest.raises(StoreError, match="只读"):
        store.add(*sketch("二"))


def test_another_writer_is_waited_for_and_then_said(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(path, timeout=0.01) as store:
        with pytest.raises(StoreError, match="另一个窗口"):
            accept(store)
        other.execute("COMMIT")
        accept(store)
        assert store.documents()[0].accepted == 1
    other.close()


def test_what_another_program_decided_is_not_overwritten(path: Path) -> None:
    with Store(path) as one, Store(path) as other:
        session = Session(one, reviewer="一")
        session.open(one.documents()[0].id)
        accept(other)
        with pytest.raises(ConflictError):
            session.reject()
        assert session.unsaved == ()
        assert [item.state for item in session.annotations] == [State.ACCEPTED, State.SUGGESTED]
        session.reject()
        assert [item.state for item in session.annotations] == [State.REJECTED, State.SUGGESTED]


def test_a_decision_inside_a_transaction_that_hangs_is_not_taken_for_saved(path: Path) -> None:
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        store._db.execute("BEGIN")
        session.accept()
        assert session.last_saved is None
        assert len(session.unsaved) == 1
        store._db.execute("ROLLBACK")
        assert session.retry()
        assert session.last_saved is not None


def test_an_undo_that_came_too_late_is_said_and_the_one_before_still_works(path: Path) -> None:
    with Store(path) as one, Store(path) as other:
        session = Session(one, reviewer="一")
        session.open(one.documents()[0].id)
        session.accept()
        session.accept()
        second = Session(other, reviewer="二")
        second.open(one.documents()[0].id)
        second.focus("m2")
        second.reject()
        with pytest.raises(ConflictError):
            session.undo()
        assert session.undo_title == "撤销「采纳 1607.8亿元」"
        session.undo()
        assert [item.state for item in session.annotations] == [State.SUGGESTED, State.REJECTED]


def test_a_full_disk_leaves_a_decision_unsaved_until_there_is_room(path: Path) -> None:
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        heard: list[Kind] = []
        session.on_changed.append(lambda change: heard.append(change.kind))
        store._db.execute("PRAGMA max_page_count = 1")  # the least is what the file has
        while not session.unsaved:
            session.accept()
            if not session.unsaved:
                session.undo()
        assert heard[-1] is Kind.UNSAVED
        assert session.problem is not None
        assert "磁盘已满" in session.problem
        recorded = len(store.history(session.unsaved[0].document, "metric", session.unsaved[0].subject))
        before = [item.state for item in session.annotations]
        saved = session.last_saved
        assert not session.retry()
        assert (session.last_saved, [item.state for item in session.annotations]) == (saved, before)
        store._db.execute("PRAGMA max_page_count = 100000")
        waiting = session.unsaved[0]
        assert session.retry()
        assert session.unsaved == ()
        assert session.problem is None
        assert session.last_saved != saved
        assert len(store.history(waiting.document, waiting.type, waiting.subject)) == recorded + 1


# From outside


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER mine AFTER INSERT ON decisions BEGIN SELECT load_extension('x'); END",
        "DROP TRIGGER decisions_no_delete",
        "DROP VIEW current",
        "CREATE VIEW mine AS SELECT 1",
        "DROP TABLE overview",
        "ALTER TABLE decisions ADD COLUMN mine TEXT",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_project_of_another_shape_is_refused(change: str, read_only: bool, path: Path) -> None:
    database(path, change)
    with pytest.raises(StoreError, match="结构"):
        Store(path, read_only=read_only)


def test_another_table_does_no_harm(path: Path) -> None:
    database(path, "CREATE TABLE notes (text)")
    Store(path).close()


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER decisions_no_update; UPDATE decisions SET after = '{'; ",
        "DROP TRIGGER decisions_no_update; UPDATE decisions SET after = '{\"id\": 1}'; ",
        "DROP TRIGGER commitments_no_update; UPDATE commitments SET metrics = '{}'; ",
        "DROP TRIGGER documents_no_update; UPDATE documents SET source_map = '7'; ",
        "DROP TRIGGER documents_no_update; UPDATE documents SET raw = x'00'; ",
        "DROP TRIGGER documents_no_update; UPDATE documents SET text = CAST(x'ff' AS TEXT); ",
    ],
)
def test_spoilt_values_are_said(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jiaozhu"
    document, extraction = sketch("⟪力争⟫⟦7%⟧，⟪确保⟫。")
    with Store(path, create=True) as store:
        store.add(document, extraction)
        accept(store)
    connection = sqlite3.connect(path)
    name = change.split()[2].rstrip(";")
    (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    connection.executescript(change)
    connection.execute(trigger)
    connection.commit()
    connection.close()
    sentences = []
    with Store(path) as store:
        for ask in store.document, store.raw, store.annotations:
            try:
                ask(document.id)
            except StoreError as error:
                sentences.append(str(error))
    (sentence,) = sentences
    assert str(path) in sentence
