"""The command line: what it does with good input, and one sentence for every bad one."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jiaozhu import records
from jiaozhu.cli import app
from jiaozhu.model import State
from jiaozhu.review import Session
from jiaozhu.store import Store
from jiaozhu.store.migrations import NEWEST
from ordinary import ordinary_user
from sketch import sketch

SPEECH = "2025年，全县地区生产总值增长7.3%，力争突破1500亿元。"
DRAWING = "GDP⟦1607.8亿元⟧，⟪力争增长⟦7.3%⟧⟫。"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    """Run a command; whatever happens, it must not end in a traceback."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one document, its first metric accepted."""
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.accept()
    return path


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    path = tmp_path / "讲话.txt"
    path.write_text(SPEECH, "utf-8")
    return path


# Good input


def test_a_speech_is_imported_once(speech: Path, tmp_path: Path) -> None:
    project = tmp_path / "a.jiaozhu"
    first = run("import", project, speech)
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        str(speech),
        "  讲话：指标 2，承诺 1",
        "导入 1 个文档，跳过 0 个，失败 0 个。",
    ]
    again = run("import", project, speech)
    assert again.exit_code == 0
    assert again.stdout.splitlines() == [
        f"跳过 {speech}：项目中已有",
        "导入 0 个文档，跳过 1 个，失败 0 个。",
    ]


def test_a_folder_is_imported_with_what_was_left_out(speech: Path, tmp_path: Path) -> None:
    folder = tmp_path / "讲话"
    (folder / "深处").mkdir(parents=True)
    speech.rename(folder / "深处" / "b.txt")
    (folder / "a.TXT").write_text("去年粮食总产量达到12.5万吨，比上年多3.1%。", "utf-8")
    (folder / "c.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text("藏", "utf-8")
    (folder / "README.md").write_text("说明", "utf-8")
    result = run("import", tmp_path / "a.jiaozhu", folder)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == str(folder / "a.TXT")
    assert lines[2] == str(folder / "深处" / "b.txt")
    assert lines[4:] == [
        f"跳过 {folder / 'c.png'}：图片只在直接给出时识别",
        "导入 2 个文档，跳过 1 个，失败 0 个。",
    ]


def test_extract_prints_records(speech: Path) -> None:
    result = run("extract", speech)
    assert result.exit_code == 0
    record = records.decode(result.stdout)
    assert record.document.source == "讲话.txt"
    assert [metric.text for metric in record.metrics] == ["7.3%", "突破1500亿元"]


def test_extract_reads_standard_input_and_writes_files(speech: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("extract", "-", speech, "--out", out, stdin=SPEECH.encode("gb18030"))
    assert result.exit_code == 0
    one, other = map(records.decode, out.read_bytes().splitlines())
    assert (one.document.source, other.document.source) == ("-", "讲话.txt")
    assert one.document.text == other.document.text


@pytest.mark.parametrize("command", ["extract", "import"])
def test_the_encoding_can_be_told(command: str, tmp_path: Path) -> None:
    """These two characters are plausible in either."""
    file, project = tmp_path / "a.txt", tmp_path / "a.jiaozhu"
    file.write_bytes("改革".encode("gb18030"))
    arguments = [file] if command == "extract" else [project, file]
    assert run(command, *arguments, "--encoding", "big5").exit_code == 0
    if command == "extract":
        texts = [
            records.decode(run(command, file, *more).stdout).document.text
            for more in ([], ["--encoding", "big5"])
        ]
    else:
        with Store(project) as store:
            texts = ["改革", store.document(store.documents()[0].id).text]
    assert texts == ["改革", "改革".encode("gb18030").decode("big5")]


def test_a_saved_page_is_imported_without_what_lies_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "网页"
    (folder / "a_files").mkdir(parents=True)
    (folder / "a_other").mkdir()
    for name in ("a.html", "a_files/b.html", "a_other/c.html"):
        (folder / name).write_text(f"<html><p>{SPEECH}{name}", "utf-8")
    (folder / "a_files" / "d.png").write_bytes(b"")
    result = run("import", tmp_path / "a.jiaozhu", folder)
    assert result.stdout.splitlines()[-1] == "导入 2 个文档，跳过 0 个，失败 0 个。"
    assert "c.html" in result.stdout


def test_what_extract_prints_can_be_imported(speech: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("extract", speech, "--out", out)
    result = run("import", tmp_path / "a.jiaozhu", out)
    assert result.exit_code == 0
    assert "指标 2，承诺 1" in result.stdout


def test_a_review_goes_from_project_to_project(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run("export", project, "--format", "jsonl", "--out", out).exit_code == 0
    assert run("import", tmp_path / "b.jiaozhu", out).exit_code == 0
    with Store(project) as one, Store(tmp_path / "b.jiaozhu") as other:
        assert list(one.curated()) == list(other.curated())


def test_only_what_is_verified_is_exported_unless_asked_for(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("export", project, "--format", "jsonl", "--out", out)
    assert result.stdout == f"导出 1 个文档的 1 条，写入 {out}。\n"
    run("export", project, "--format", "jsonl", "--out", out, "--state", "suggested", "--state", "accepted")
    record = records.decode(out.read_bytes())
    states = [item.state for item in (*record.metrics, *record.commitments)]
    assert states == [State.ACCEPTED, State.SUGGESTED, State.SUGGESTED]


def test_only_what_was_decided_since_is_exported(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    tomorrow = datetime.now() + timedelta(days=1)
    for since, count in ("2020-01-01", 1), (tomorrow.strftime("%Y-%m-%dT%H:%M"), 0):
        result = run("export", project, "--format", "jsonl", "--out", out, "--since", since)
        assert result.exit_code == 0
        assert len(out.read_bytes().splitlines()) == count
        assert ("没有符合条件" in result.stderr) is (count == 0)


# Bad input


def missing(path: Path) -> None:
    pass


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def white_space(path: Path) -> None:
    path.write_text(" \n　\n", "utf-8")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)


def no_known_encoding(path: Path) -> None:
    path.write_bytes(bytes(random.Random(7).choices(range(128, 256), k=997)))


def an_empty_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(path)


BAD_FILES = [missing, an_empty_file, white_space, a_picture, no_known_encoding, an_empty_folder, a_pipe]


@pytest.mark.parametrize("make", BAD_FILES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", ["import", "extract"])
def test_a_bad_file_is_one_sentence(command: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "坏.txt"
    make(path)
    project = tmp_path / "a.jiaozhu"
    result = run(command, *([project] if command == "import" else []), path)
    assert result.exit_code == 1
    (sentence,) = result.stderr.splitlines()
    assert sentence.endswith("。")
    assert command == "extract" or not project.exists()  # no empty project is left behind


def test_a_bad_file_does_not_keep_the_good_ones_out(speech: Path, tmp_path: Path) -> None:
    bad = tmp_path / "没有.txt"
    result = run("import", tmp_path / "a.jiaozhu", bad, speech)
    assert result.exit_code == 1
    assert "没有.txt" in result.stderr
    assert "导入 1 个文档，跳过 0 个，失败 1 个。" in result.stdout
    result = run("extract", bad, speech)
    assert result.exit_code == 1
    assert records.decode(result.stdout).document.source == "讲话.txt"


@pytest.mark.parametrize(
    "line",
    ["{}", "x", '{"schema": "jiaozhu/2"}', "\udcff", "lying text", "lying hash", "id twice"],
)
def test_a_bad_line_of_records_is_said_with_its_number(line: str, tmp_path: Path) -> None:
    good = json.loads(records.encode(records.from_extraction(*sketch(DRAWING))))
    bad = json.loads(json.dumps(good))
    if line == "lying text":
        bad["metrics"][0]["text"] = "1608亿元"
    elif line == "lying hash":
        bad["document"]["sha256"] = "0" * 63
    elif line == "id twice":
        bad["commitments"][0]["id"] = "m1"
    told = json.dumps(bad) if " " in line and "{" not in line else line
    file = tmp_path / "r.jsonl"
    file.write_bytes(told.encode(errors="surrogateescape") + b"\n\n" + json.dumps(good).encode() + b"\n")
    result = run("import", tmp_path / "a.jiaozhu", file)
    assert result.exit_code == 1
    (sentence,) = result.stderr.splitlines()
    assert "第 1 行" in sentence or "m1" in sentence
    assert "导入 1 个文档，跳过 0 个，失败 1 个。" in result.stdout


def a_text(path: Path) -> None:
    path.write_text("大家好。" * 100, "utf-8")


def a_newer_project(path: Path) -> None:
    Store(path, create=True).close()
    data = bytearray(path.read_bytes())
    data[60:64] = (NEWEST + 1).to_bytes(4, "big")
    path.write_bytes(data)


@pytest.mark.parametrize(
    "make", [a_text, a_newer_project, a_picture, an_empty_folder], ids=lambda make: make.__name__
)
@pytest.mark.parametrize("command", ["import", "export"])
def test_a_bad_project_is_one_sentence_and_left_alone(
    command: str, make: Callable[[Path], None], speech: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.jiaozhu"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    out = tmp_path / "out.csv"
    more = [speech] if command == "import" else ["--format", "csv", "--out", out]
    result = run(command, path, *more)
    assert result.exit_code == 1
    (sentence,) = result.stderr.splitlines()
    assert "x.jiaozhu" in sentence
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not out.exists()


def test_a_read_only_project_can_be_exported_but_takes_nothing_in() -> None:
    from jiaozhu import extraction  # noqa: F401  what is loaded later may be out of an ordinary user's reach

    with ordinary_user() as folder:
        project, speech = folder / "a.jiaozhu", folder / "a.txt"
        speech.write_text(SPEECH, "utf-8")
        assert run("import", project, speech).exit_code == 0
        project.chmod(0o444)
        before = project.read_bytes()
        speech.write_text(SPEECH + "一", "utf-8")
        refused = run("import", project, speech)
        assert refused.exit_code == 1
        assert "只读" in refused.stderr
        command = ("export", project, "--format", "csv", "--out", folder / "o.csv", "--state", "suggested")
        assert run(*command).exit_code == 0
        assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["export", "PROJECT", "--format", "docx", "--out", "o"], "jsonl"),
        (["export", "PROJECT", "--format", "csv", "--out", "o", "--state", "done"], "done"),
        (["export", "PROJECT", "--format", "csv", "--out", "o", "--since", "gestern"], "gestern"),
        (["export", "PROJECT"], "--format"),
        (["import"], "PROJECT"),
        (["import", "PROJECT"], "PATH"),
        (["extract"], "FILE"),
        (["dance"], "dance"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_code_2(arguments: list[str], word: str, project: Path) -> None:
    before = project.read_bytes()
    result = run(*[project if argument == "PROJECT" else argument for argument in arguments])
    assert result.exit_code == 2
    assert word in result.stderr
    assert project.read_bytes() == before


@pytest.mark.parametrize("out", [".", "没有/o.csv"])
def test_an_export_that_can_not_be_written_is_one_sentence(out: str, project: Path, tmp_path: Path) -> None:
    result = run("export", project, "--format", "csv", "--out", tmp_path / out)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


# The program as a whole


def test_the_output_is_the_same_records_through_a_pipe(speech: Path) -> None:
    """Offsets and Chinese survive whatever encoding the terminal has."""
    command = [sys.executable, "-m", "jiaozhu", "extract", "-"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command, input=speech.read_bytes(), capture_output=True, env=environment, check=True
    )
    record = records.decode(done.stdout)
    assert record.metrics[0].text == record.document.text[record.metrics[0].start : record.metrics[0].end]


def test_a_terminal_without_chinese_and_a_name_that_is_no_text_are_no_reason_to_fail(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.txt") if sys.platform == "linux" else "讲.txt"
    (tmp_path / name).write_text(SPEECH, "utf-8")
    command = [sys.executable, "-m", "jiaozhu", "import", tmp_path / "a.jiaozhu", tmp_path]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Traceback" not in done.stdout


def test_help_comes_at_once() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "jiaozhu", "--help"]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert time.perf_counter() - begin < 3  # a tenth of that where nothing else is running
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "校注" in done.stdout
    assert not imported & {
        "sqlite3",
        "jieba",
        "rich",
        "PySide6",
        "msgspec",
        "jiaozhu.store",
        "jiaozhu.extraction",
    }


def test_the_version_is_told() -> None:
    assert run("--version").stdout.strip()[0].isdigit()


REPORT = """在全县经济工作会议上的讲话
县长 高远

同志们：
一季度，全县实现地区生产总值23.6亿元，增长7.3%，规模以上工业增加值增长9.1%，主要指标好于预期。
粮食播种面积保持在12.4万亩，新建高标准农田3600亩，农村居民人均可支配收入增长8.2%。
下一步，我们力争全年新增就业4100人，确保年底前建成两所公办幼儿园，加快建设河东产业园。
"""


@pytest.mark.parametrize(
    ("name", "more", "line", "summary"),
    [
        (
            "a.txt",
            [],
            "  是“在全县经济工作会议上的讲话”的新版本（相似 99%）：沿用 0 个决定，0 个未能沿用",
            (1, 0),
        ),
        (
            "b.txt",
            [],
            "  与“在全县经济工作会议上的讲话”相似 99%，两份都已存入（用 --similar 可以选择）",
            (1, 0),
        ),
        (
            "b.txt",
            ["--similar", "version"],
            "  是“在全县经济工作会议上的讲话”的新版本（相似 99%）：沿用 0 个决定，0 个未能沿用",
            (1, 0),
        ),
        ("b.txt", ["--similar", "skip"], "跳过 {file}：与“在全县经济工作会议上的讲话”相似 99%", (0, 1)),
    ],
)
def test_what_is_alike_is_told(
    name: str, more: list[str], line: str, summary: tuple[int, int], tmp_path: Path
) -> None:
    project, first, second = tmp_path / "p.jiaozhu", tmp_path / "a.txt", tmp_path / "new" / name
    first.write_text(REPORT, "utf-8")
    second.parent.mkdir()
    second.write_text(REPORT.replace("8.2%", "8.3%"), "utf-8")
    assert run("import", project, first).exit_code == 0
    result = run("import", project, second, *more)
    assert result.exit_code == 0
    new, skipped = summary
    assert result.stdout.splitlines()[-2:] == [
        line.format(file=second),
        f"导入 {new} 个文档，跳过 {skipped} 个，失败 0 个。",
    ]


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("在县委会议上的讲话\n（1016日上午）\n\n同志们：\n粮食总产量增长7.3%。\n", "utf-8")
    result = run("import", tmp_path / "p.jiaozhu", file)
    told = "  日期写作“1016日上午”，请核对。"
    assert told in result.stdout.splitlines()
