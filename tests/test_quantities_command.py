"""The command `quantities`: lines in, one line of JSON each out, and one sentence for bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jiaozhu.cli import app

FIELDS = ["type", "start", "end", "text", "value", "value_high", "unit", "comparator", "period"]


def run(*arguments: object, stdin: str | bytes = b"") -> Result:
    """Run the command; whatever happens, it must not end in a traceback."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    result = CliRunner().invoke(app, ["quantities", *map(str, arguments)], input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def records(result: Result) -> list[dict[str, Any]]:
    """Return the lines that were printed."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout_bytes.decode().split("\n")[:-1]]


def shown(record: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["type"], found["text"]) for found in record["quantities"]]


def test_plain_lines(tmp_path: Path) -> None:
    file = tmp_path / "讲话.txt"
    file.write_text("增长5%\r\n\r\n突破1500亿元", "utf-8")
    first, empty, last = records(run(file))
    assert first == {
        "text": "增长5%",
        "quantities": [
            dict(zip(FIELDS, ["percent", 2, 4, "5%", "5", None, "%", None, None], strict=True)),
        ],
    }
    assert empty == {"text": "", "quantities": []}
    assert shown(last) == [("range", "突破1500亿"), ("number", "1500亿"), ("currency", "1500亿元")]
    assert [found["value"] for found in last["quantities"]] == ["150000000000"] * 3


def test_json_lines_with_types_and_dates(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    lines = [
        {"id": "a", "text": "去年增长5%", "type": "period", "date": "2020-06-01"},
        {"text": "去年增长5%", "type": "percent"},
        {"text": "去年增长5%", "date": None, "type": None},
    ]
    file.write_text("\n\n".join(json.dumps(line) for line in lines) + "\n", "utf-8")
    first, second, third = records(run(file, "--date", "2025-01-10"))
    assert [found["period"] for found in first["quantities"]] == ["2019-01-01/2019-12-31"]
    assert shown(second) == [("percent", "5%")]
    assert shown(third) == [("period", "去年"), ("percent", "5%")]
    assert third["quantities"][0]["period"] == "2024-01-01/2024-12-31"


def test_standard_input_may_be_either() -> None:
    (plain,) = records(run("-", "--type", "ordinal", stdin="居第3位，共20家\n"))
    assert shown(plain) == [("ordinal", "第3")]
    (line,) = records(run("-", stdin='{"text": "居第3位", "type": "ordinal"}'))
    assert line["quantities"] == plain["quantities"]


def test_the_type_of_a_line_goes_before_the_option() -> None:
    (record,) = records(run("-", "--type", "number", stdin='{"text": "第3", "type": "ordinal"}'))
    assert shown(record) == [("ordinal", "第3")]


def test_offsets_count_the_characters_as_given() -> None:
    text = "😀　投资３．５亿元（約20萬平方米）"
    (record,) = records(run("-", stdin=text))
    for found in record["quantities"]:
        assert found["text"] == text[found["start"] : found["end"]]
    assert ("currency", "３．５亿元") in shown(record)
    assert ("dimension", "20萬平方米") in shown(record)


def test_several_files_in_order(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{name} 第{'ab'.index(name) + 1}\n", "utf-8")
    texts = [record["text"] for record in records(run(tmp_path / "b.txt", tmp_path / "a.txt"))]
    assert texts == ["b 第2", "a 第1"]


def test_other_encodings_and_marks(tmp_path: Path) -> None:
    text = "全县生产总值增长百分之五，实现了全年的目标和任务，人民生活水平不断提高\n"
    for name, data in {"gb.txt": text.encode("gb18030"), "bom.txt": b"\xef\xbb\xbf" + text.encode()}.items():
        (tmp_path / name).write_bytes(data)
        (record,) = records(run(tmp_path / name, "--type", "percent"))
        assert record["text"] == text.strip()
        assert shown(record) == [("percent", "百分之五")]


def test_nothing_in_nothing_out() -> None:
    assert records(run("-", stdin="")) == []


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("{'text': 1}", "不是 JSON"),
        ('["text"]', "没有文字"),
        ('{"text": 5}', "没有文字"),
        ('{"text": "a", "type": "time"}', "time"),
        ('{"text": "a", "type": ["number"]}', "number"),
        ('{"text": "a", "date": "2025-02-30"}', "2025-02-30"),
        ('{"text": "a", "date": 2025}', "2025"),
        ('{"text": "\\ud800"}', "半个字符"),
        ("[" * 100_000, "不是 JSON"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, second: str, reason: str) -> None:
    file = tmp_path / "行.jsonl"
    file.write_text(f'{{"text": "第1"}}\n{second}\n{{"text": "第3"}}\n', "utf-8")
    result = run(file)
    assert result.exit_code == 1
    assert "“行.jsonl”第 2 行" in result.stderr
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1
    assert json.loads(result.stdout_bytes)["text"] == "第1"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "没有.txt")
    assert result.exit_code == 1
    assert "没有.txt" in result.stderr
    assert result.stdout == ""


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    result = run(tmp_path / "a.png")
    assert result.exit_code == 1
    assert "a.png" in result.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--type", "time"), ("--date", "2025-2-30"), ("--date", "昨天"), ("--date", "")]
)
def test_wrong_use(option: str, value: str) -> None:
    result = run("-", option, value, stdin="第1")
    assert result.exit_code == 2
    assert value in result.stderr
    assert result.stdout == ""
