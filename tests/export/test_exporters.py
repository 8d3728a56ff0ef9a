"""Each format writes what was verified, whole or not at all."""

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiaozhu.export
from jiaozhu import records
from jiaozhu.export import EXPORTERS, Exporter, ExportError, write
from jiaozhu.export.csv import columns, harmless
from jiaozhu.model import Commitment, Metric, State
from jiaozhu.records import Record
from jiaozhu.review import Session
from jiaozhu.sentences import Sentences
from jiaozhu.store import Store
from sketch import stored

BY_NAME = {exporter.name: exporter for exporter in EXPORTERS}
INFRASTRUCTURE = {"table", "__init__", "exporter", "writing", "sentences"}


@pytest.fixture
def reviewed() -> Iterator[Store]:
    """Two documents: a metric corrected, one rejected, one left, a commitment accepted, one added."""
    with stored("去年GDP⟦1607.8亿元⟧，增长⟦7%⟧。“好！”⟪确保⟦第一⟧⟫。", "=⟦8%⟧") as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.correct(indicator="=GDP", value="-3.2", comparator="=")
        session.focus("m2")
        session.reject()
        session.focus("c1")
        session.accept()
        session.add("commitment", 0, 2)
        yield store


def exported(store: Store, name: str, folder: Path) -> list[Path]:
    """Export what is verified and return the files."""
    exporter = BY_NAME[name]
    return write(store.curated(), folder / f"out{exporter.suffix}", exporter)


def test_the_folder_and_the_list_agree() -> None:
    folder = Path(jiaozhu.export.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - INFRASTRUCTURE
    assert files == {exporter.write.__module__.rsplit(".", 1)[1] for exporter in EXPORTERS}
    assert len(BY_NAME) == len(EXPORTERS) == len(files)


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_each_format_writes_a_review(exporter: Exporter, reviewed: Store, tmp_path: Path) -> None:
    assert exporter.title
    paths = write(reviewed.curated(), tmp_path / f"导出{exporter.suffix}", exporter)
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    assert len(paths) == len(exporter.parts)
    assert all(path.stat().st_size > 0 for path in paths)


def test_jsonl_is_a_record_a_line(reviewed: Store, tmp_path: Path) -> None:
    (path,) = exported(reviewed, "jsonl", tmp_path)
    (line,) = path.read_bytes().splitlines()
    record = records.decode(line)
    assert [(item.id, item.state, item.reviewer) for item in record.metrics] == [
        ("m1", State.CORRECTED, "王敏")
    ]
    assert [(item.text, item.state) for item in record.commitments] == [
        ("去年", State.ADDED),
        ("确保第一", State.ACCEPTED),
    ]
    assert all(item.reviewed_at for item in (*record.metrics, *record.commitments))
    schema = json.loads((Path(__file__).parents[2] / "resources" / "records.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(line), schema)


def test_csv_is_two_tables(reviewed: Store, tmp_path: Path) -> None:
    metrics, commitments = exported(reviewed, "csv", tmp_path)
    assert (metrics.name, commitments.name) == ("out.csv", "out-commitments.csv")
    assert metrics.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel takes it for another encoding without
    (row,) = table(metrics)
    assert row["document_source"] == "1.txt"
    assert row["speech_region"] == "第1区"
    assert row["text"] == "1607.8亿元"
    assert row["sentence"] == "去年GDP1607.8亿元，增长7%。"
    assert (row["start"], row["source_end"]) == ("5", "13")
    assert (row["value"], row["comparator"], row["indicator"]) == ("-3.2", "=", "'=GDP")
    assert (row["state"], row["reviewer"]) == ("corrected", "王敏")
    assert row["scope"] == ""
    promises = table(commitments)
    assert [(item["text"], item["sentence"]) for item in promises] == [
        ("去年", "去年GDP1607.8亿元，增长7%。"),
        ("确保第一", "确保第一。"),
    ]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("model", [Metric, Commitment])
def test_csv_has_a_column_for_each_field(model: type[Metric] | type[Commitment]) -> None:
    names = columns(model)
    assert len(set(names)) == len(names)
    assert {field.name for field in fields(model)} < set(names)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "+86"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-3.2", "-3.2"),
        ("-3.2-A1", "'-3.2-A1"),
        ("-", "-"),
        ("=", "="),
        ("@name", "'@name"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        (">=", ">="),
        ("7%以上", "7%以上"),
        ("", ""),
        (None, None),
        (-3, -3),
    ],
)
def test_no_cell_is_a_formula(cell: object, written: object) -> None:
    assert harmless(cell) == written


@given(st.text(st.sampled_from("=+-@\t\r\n＝1.eA\"',;7中"), max_size=8))
def test_whatever_a_field_holds_the_table_is_harmless_and_says_it(text: str) -> None:
    metric = Metric(id="m1", speech="s1", start=0, end=1, text="x", indicator=text or None)
    with stored("x") as store:
        row = store.documents()[0]
        document = records.describe(store.document(row.id))
    speeches = [records.Speech(id="s1", start=0, end=1)]
    streams = [BytesIO(), BytesIO()]
    BY_NAME["csv"].write([Record(document=document, speeches=speeches, metrics=[metric])], streams)
    (cells,) = csv.DictReader(streams[0].getvalue().decode("utf-8-sig").splitlines(keepends=True))
    found = cells["indicator"]
    assert found.removeprefix("'") == text.removeprefix("'")
    assert found[:1] not in "=+-@\t\r\n＝" or len(found) < 2 or float(found) is not None


# Files


def failing(store: Store) -> Iterator[Record]:
    yield from store.curated()
    raise KeyError("in the middle")


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_an_interrupted_export_changes_nothing(exporter: Exporter, reviewed: Store, tmp_path: Path) -> None:
    path = tmp_path / f"out{exporter.suffix}"
    path.write_text("before", "utf-8")
    with pytest.raises(KeyError):
        write(failing(reviewed), path, exporter)
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [(path.name, "before")]


def test_an_export_replaces_what_was_there(reviewed: Store, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("before", "utf-8")
    (path,) = exported(reviewed, "jsonl", tmp_path)
    assert path.read_bytes().startswith(b'{"schema"')


@pytest.mark.parametrize("name", [".", "没有/out.csv"])
def test_a_place_that_can_not_be_written_is_said(name: str, reviewed: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="文件夹"):
        write(reviewed.curated(), tmp_path / name, BY_NAME["csv"])
    assert list(tmp_path.iterdir()) == []


def test_a_project_is_not_overwritten(reviewed: Store, tmp_path: Path) -> None:
    project = tmp_path / "a.jiaozhu"
    Store(project, create=True).close()
    before = project.read_bytes()
    with pytest.raises(ExportError, match="项目"):
        write(reviewed.curated(), project, BY_NAME["jsonl"])
    assert project.read_bytes() == before


def test_a_full_disk_is_said(reviewed: Store) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="space"):
        BY_NAME["jsonl"].write(reviewed.curated(), [full])


# Sentences


@pytest.mark.parametrize(
    ("text", "span", "sentence"),
    [
        ("一。二7%。三", "7%", "二7%。"),
        ("一！“二7%。”三", "7%", "“二7%。”"),
        ("一\n  二7% \n三", "7%", "二7%"),
        ("7%", "7%", "7%"),
        ("一。7%", "7%", "7%"),
        ("一7%。二8%。三", "7%。二8%", "一7%。二8%。"),
        ("一？！二7%", "7%", "二7%"),
    ],
)
def test_the_sentence_around_a_span(text: str, span: str, sentence: str) -> None:
    start = text.index(span)
    assert Sentences(text).around(start, start + len(span)) == sentence


@given(st.text("。！”\n一7%", min_size=1), st.data())
def test_a_sentence_holds_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    sentence = Sentences(text).around(start, end)
    assert text[start:end].strip() in sentence
    assert sentence in text
