"""The command `search`: places by document, lines of JSON, one sentence for what is wrong."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from jiaozhu.cli import app
from jiaozhu.store import Store
from sketch import sketch

TEXT = "全县实现GDP１６０７．８亿元，增长⟦7.3%⟧。\n⟪新建 学校⟦5所⟧⟫。"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two documents."""
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(TEXT, source="甲.txt", indicator="经济增速"))
        store.add(*sketch("又说到学校\x1b[31m。", source="乙.txt"))
    return path


def run(*arguments: object) -> Result:
    """Run the command."""
    result = CliRunner().invoke(app, ["search", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_places_by_document(project: Path) -> None:
    result = run(project, "学校")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "甲.txt",
        "  承诺\t新建 学校5所。",
        "乙.txt",
        "  讲话\t又说到学校 [31m。",  # nothing in a text tells the terminal what to do
    ]


def test_lines_of_json(project: Path) -> None:
    result = run(project, "1607.8亿元", "--json")
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["title"], line["type"], line["speech"], line["annotation"]) == (
        "甲.txt",
        "speech",
        "s1",
        None,
    )
    assert [line["snippet"][start:end] for start, end in line["marks"]] == ["１６０７．８亿元"]
    with Store(project, read_only=True) as store:
        assert store.text(line["document"])[line["start"] : line["end"]] == "１６０７．８亿元"


WAYS = [
    # arguments, and what types of places come
    (["学校"], ["承诺", "讲话"]),
    (["学校", "--speeches"], ["讲话", "讲话"]),
    (["学校", "--annotations"], ["承诺"]),
    (["学校", "--speeches", "--annotations"], ["承诺", "讲话"]),
    (["经济", "7.3"], ["指标"]),  # an indicator that the text does not name
    (["新建 学校"], ["承诺"]),  # an argument is a phrase
    (["学校 新建"], []),
    (["学校", "新建"], ["承诺"]),
    (['"新建学校"'], ["承诺"]),
    (["学校", "--limit", "1"], ["承诺"]),
]


@pytest.mark.parametrize(("arguments", "types"), WAYS, ids=[" ".join(one) for one, _ in WAYS])
def test_what_is_asked_for(project: Path, arguments: list[str], types: list[str]) -> None:
    result = run(project, *arguments)
    found = [line.split("\t")[0].strip() for line in result.stdout.splitlines() if "\t" in line]
    assert (found, result.exit_code) == (types, 0 if types else 1)


WRONG = [
    (["不在"], 1, "没有找到。"),
    ([""], 2, "请给出要找的词。"),
    (['" "'], 2, "请给出要找的词。"),
    (["学校", "--limit", "1"], 0, "只列出前 1 处；用 --limit 可以列出更多。"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), WRONG)
def test_sentences(project: Path, arguments: list[str], code: int, sentence: str) -> None:
    result = run(project, *arguments)
    assert (result.exit_code, result.stderr.strip()) == (code, sentence)


def test_no_project(tmp_path: Path) -> None:
    result = run(tmp_path / "b.jiaozhu", "学校")
    assert result.exit_code == 1
    assert "找不到项目" in result.stderr
