"""The doctor: each promise of a project broken by hand, and what is said of it."""

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jiaozhu.cli import app
from jiaozhu.review import Session
from jiaozhu.review.examination import examine
from jiaozhu.store import Rule, Store, StoreError, doctor
from sketch import sketch

FIELDS = {"value": "160780000000", "unit": "元", "comparator": "=", "kind": "level"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project in which much was decided: annotations, a speech, the metadata, a new version."""
    path = tmp_path / "a.jiaozhu"
    first, found = sketch(
        "GDP⟦1607.8亿元⟧，⟪确保⟦1607.8亿元⟧⟫。\n工业⟦1607.8亿元⟧，还有三件。", source="一.txt", **FIELDS
    )
    later, found_later = sketch("GDP⟦1607.8亿元⟧，都好。", source="二.txt", **FIELDS)
    with Store(path, create=True) as store:
        store.add(first, found)
        store.add(later, found_later)
        session = Session(store, reviewer="王敏")
        session.open(first.id)
        session.accept()
        session.reject()
        session.undo()
        session.correct(strength="aim")
        session.outline.rename("s2", speaker="张三")
        session.outline.describe(title="报告")
        start = session.document.text.index("三件")
        session.add("metric", start, start + 2, value="3", unit="件")
        session.skip()
    return path


def damage(path: Path, script: str) -> None:
    """Change what the triggers keep from being changed, as somebody with another tool could."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(script)
    for _name, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.close()


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_project_that_was_worked_on_is_sound(path: Path) -> None:
    assert [fault for fault in examine(path) if fault.rule is not Rule.HINT] == []
    result = run("check", path)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, f"项目“{path}”完好。")


#: What is done to the file, the promise that is broken, and words of the sentence.
FINAL = [
    ("UPDATE documents SET text = '另' || text WHERE key = 1", Rule.QUOTE, "文字与原文不符"),
    ("UPDATE metrics SET text = '1亿元' WHERE id = 'm1' AND document = 1", Rule.QUOTE, "m1：文字与原文不符"),
    ("UPDATE metrics SET source_start = 0 WHERE id = 'm1' AND document = 1", Rule.SOURCE, "原件"),
    ("UPDATE speeches SET \"end\" = 9999 WHERE id = 's1' AND document = 1", Rule.QUOTE, "超出原文"),
    ("UPDATE documents SET sha256 = 'x' || substr(sha256, 2) WHERE key = 1", Rule.DOCUMENT, "校验和"),
    ("UPDATE documents SET raw = x'00' WHERE key = 1", Rule.FILE, "读不出来"),
    ("UPDATE documents SET source_map = '{' WHERE key = 1", Rule.FILE, "读不出来"),
    ("UPDATE documents SET replaces = 'nowhere' WHERE key = 2", Rule.ORPHAN, "nowhere"),
    ("UPDATE metrics SET speech = 's9' WHERE id = 'm1' AND document = 2", Rule.ORPHAN, "讲话"),
    ("UPDATE decisions SET document = 9 WHERE seq = 1", Rule.ORPHAN, "文档不存在"),
    ("DELETE FROM decisions WHERE seq = 2", Rule.DECISION, "第 3 个决定之前的情况"),
    ("UPDATE decisions SET after = before WHERE seq = 1", Rule.DECISION, "各栏与条目不符"),
    ("UPDATE decisions SET after = '{' WHERE seq = 1", Rule.FILE, "读不出来"),
    ("UPDATE decisions SET action = 'skip' WHERE seq = 1", Rule.STATE, "accepted"),
    ("UPDATE decisions SET reviewer = '' WHERE seq = 1", Rule.STATE, "没有审校人"),
    ("UPDATE decisions SET at = 'gestern' WHERE seq = 1", Rule.STATE, "没有审校人或时间"),
    ("UPDATE metrics SET value = 'viel' WHERE document = 2", Rule.VALUE, "不是数值"),
    ("UPDATE metrics SET value = '77' WHERE document = 2", Rule.HINT, "读作 160780000000"),
    ("ALTER TABLE decisions ADD COLUMN mine TEXT", Rule.LAYOUT, "decisions"),
]
#: The same for what can be made anew.
CURABLE = [
    ("UPDATE overview SET accepted = accepted + 1", Rule.DERIVED, "条数与决定不符"),
    ("UPDATE overview SET title = '另一个' WHERE document = 1", Rule.DERIVED, "标题"),
    ("DELETE FROM overview WHERE document = 1", Rule.DERIVED, "条数与决定不符"),
    ("UPDATE outline SET speaker = '李四'", Rule.DERIVED, "讲话的列表"),
    ("DELETE FROM outline", Rule.DERIVED, "讲话的列表"),
    ("UPDATE progress SET rejected = 7", Rule.DERIVED, "各篇讲话"),
    ("DELETE FROM fingerprints", Rule.DERIVED, "指纹"),
    ("INSERT INTO fingerprints VALUES (1, 99)", Rule.ORPHAN, "fingerprints"),
    ("DROP VIEW latest", Rule.LAYOUT, "latest"),
    ("DROP INDEX decisions_subject", Rule.LAYOUT, "decisions_subject"),
    ("CREATE INDEX mine ON decisions (at)", Rule.LAYOUT, "mine"),
    ("CREATE VIEW mine AS SELECT 1", Rule.LAYOUT, "mine"),
    ("CREATE TABLE t (a); CREATE TRIGGER mine AFTER INSERT ON t BEGIN SELECT 1; END", Rule.LAYOUT, "mine"),
]


@pytest.mark.parametrize(("script", "rule", "words"), FINAL + CURABLE)
def test_a_broken_promise_is_told(script: str, rule: Rule, words: str, path: Path) -> None:
    damage(path, script)
    before = path.read_bytes()
    found = [fault for fault in examine(path) if fault.rule is rule]
    assert any(words in fault.sentence for fault in found), examine(path)
    assert path.read_bytes() == before
    result = run("check", path)
    assert result.exit_code == (rule is not Rule.HINT)
    assert words in result.stdout


@pytest.mark.parametrize(("script", "rule", "words"), CURABLE)
def test_what_follows_from_the_rest_is_made_anew(script: str, rule: Rule, words: str, path: Path) -> None:
    with Store(path) as store:
        there = [(row, store.annotations(row.id), store.outline(row.id)) for row in store.documents()]
    damage(path, script)
    result = run("check", path, "--repair")
    assert result.exit_code == 0, result.stdout
    assert "备份" in result.stderr
    with Store(path) as store:
        assert [(row, store.annotations(row.id), store.outline(row.id)) for row in store.documents()] == there


def test_what_is_lost_is_not_made_up(path: Path) -> None:
    """Repair puts the counts right, says what it can't put right, and leaves decisions as they are."""
    damage(path, "UPDATE overview SET rejected = 9; UPDATE metrics SET text = '1亿元' WHERE document = 2")
    result = run("check", path, "--repair")
    assert result.exit_code == 1
    assert "文字与原文不符" in result.stdout
    assert "条数" not in result.stdout


def test_a_damaged_index_is_made_anew(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'metrics_text'").fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 3 : (page - 1) * 4096 + 5] = b"\0\0"  # an index without entries
    path.write_bytes(data)
    assert any(fault.rule is Rule.FILE and fault.is_curable for fault in examine(path))


def test_a_file_with_a_hole_is_told(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20480] = bytes(12288)
    path.write_bytes(data)
    result = run("check", path)
    assert result.exit_code == 1
    assert "备份" in result.stdout


def test_each_fault_is_a_line_of_json(path: Path) -> None:
    damage(path, "UPDATE overview SET rejected = 9")
    result = run("check", path, "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["rule"] for line in lines] == ["derived", "derived"]
    assert result.exit_code == 1


def test_what_is_no_project_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("大家好。" * 100, "utf-8")
    result = run("check", tmp_path / "x")
    assert (result.exit_code, "不是校注项目" in result.stderr) == (1, True)


def test_another_programs_lock_is_waited_for_and_said(path: Path) -> None:
    damage(path, "UPDATE overview SET rejected = 9")
    faults = doctor.examine(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="另一个窗口"):
        doctor.cure(path, faults, timeout=0.01)
    other.close()
