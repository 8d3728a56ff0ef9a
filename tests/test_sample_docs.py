"""The sample documents and their gold: complete, as claimed, true to the text and to the guideline."""

import hashlib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from annotate import NOTES, Annotator, NotesError, annotate
from jiaozhu.model import CHOICES, Annotation, Commitment, Metric
from jiaozhu.paths import resources, sample_docs
from jiaozhu.records import SCHEMA, Record, decode, encode

SAMPLES = sorted(path.stem for path in sample_docs().glob("*.txt"))
every_sample = pytest.mark.parametrize("name", SAMPLES)

#: Encoding, byte order mark and line end, where it is not UTF-8 without a mark and with LF. The mark is the
#: first character of the decoded source, as reading has it, so offsets count it.
ENCODINGS = {
    "boyuan-2025-groundbreaking-speech": ("utf-16-le", b"\xff\xfe", "\n"),
    "hezhou-2023-games-opening-address": ("utf-8", b"\xef\xbb\xbf", "\n"),
    "liujian-1998-county-report": ("gb18030", b"", "\r\n"),
}


def source(name: str) -> Path:
    return sample_docs() / f"{name}.txt"


def gold(name: str) -> Record:
    return decode((sample_docs() / "gold" / f"{name}.jsonl").read_bytes())


def annotations(record: Record) -> list[Annotation]:
    return [*record.metrics, *record.commitments]


def test_every_sample_has_gold_and_notes_and_the_other_way_round() -> None:
    assert len(SAMPLES) >= 8
    assert sorted(path.stem for path in (sample_docs() / "gold").glob("*.jsonl")) == SAMPLES
    assert sorted(path.stem for path in NOTES.glob("*.txt")) == SAMPLES


def test_readme_names_every_sample() -> None:
    readme = (sample_docs() / "README.md").read_text("utf-8")
    assert [name for name in SAMPLES if f"| `{name}.txt` |" not in readme] == []


@every_sample
def test_text_says_that_it_is_invented(name: str) -> None:
    assert "本文为虚构样例" in gold(name).document.text


@every_sample
def test_places_are_invented(name: str) -> None:
    lines = (resources() / "gazetteer" / "regions.tsv").read_text("utf-8").splitlines()
    real = {name for line in lines[1:] for name in line.split("\t")[1:3]}
    record = gold(name)
    regions = {speech.region for speech in record.speeches} | {metric.region for metric in record.metrics}
    assert regions & real <= {"全国"}
    assert {speech.region_code for speech in record.speeches} == {None}


@every_sample
def test_bytes_are_in_the_encoding_claimed(name: str) -> None:
    encoding, mark, end = ENCODINGS.get(name, ("utf-8", b"", "\n"))
    raw = source(name).read_bytes()
    text = raw.decode(encoding)
    assert raw.startswith(mark)
    assert text.startswith("\ufeff") == bool(mark)
    assert text.count("\r\n") == (text.count("\n") if end == "\r\n" else 0)
    if encoding == "gb18030":
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")


@every_sample
def test_gold_is_of_these_bytes(name: str) -> None:
    raw, document = source(name).read_bytes(), gold(name).document
    encoding, _, _ = ENCODINGS.get(name, ("utf-8", b"", "\n"))
    assert document.source == f"{name}.txt"
    assert document.sha256 == hashlib.sha256(raw).hexdigest()
    assert document.id == document.sha256[:16]
    assert document.text == raw.decode(encoding)
    assert document.title
    assert "".join(document.title.split()) in "".join(document.text.split())
    date.fromisoformat(document.date or "")


@every_sample
def test_gold_is_what_the_notes_say(name: str) -> None:
    made = encode(annotate(NOTES / f"{name}.txt")) + b"\n"
    stored = (sample_docs() / "gold" / f"{name}.jsonl").read_bytes()
    assert made == stored, "run tools/annotate.py"


@every_sample
def test_gold_is_a_record(name: str) -> None:
    record = gold(name)
    assert record.schema == SCHEMA
    ids = [speech.id for speech in record.speeches] + [item.id for item in annotations(record)]
    assert len(ids) == len(set(ids))
    assert record.speeches


@every_sample
def test_spans_quote_the_text_and_lie_in_their_speech(name: str) -> None:
    record = gold(name)
    speeches = {speech.id: speech for speech in record.speeches}
    ends = [0, *(speech.end for speech in record.speeches)]
    assert all(end <= speech.start < speech.end for end, speech in zip(ends, record.speeches, strict=False))
    for item in annotations(record):
        assert item.text == record.document.text[item.start : item.end]
        assert item.text == item.text.strip() != ""
        assert (item.source_start, item.source_end) == (item.start, item.end)
        assert speeches[item.speech].start <= item.start < item.end <= speeches[item.speech].end


@every_sample
def test_annotations_of_a_kind_follow_each_other(name: str) -> None:
    record = gold(name)
    for items in (record.metrics, record.commitments):
        assert all(one.end <= two.start for one, two in pairwise(items))


@every_sample
def test_fields_hold_what_the_guideline_allows(name: str) -> None:
    record = gold(name)
    for item in annotations(record):
        for field, allowed in CHOICES[item.type].items():
            assert getattr(item, field) in (None, *allowed), (item.text, field)
    for metric in record.metrics:
        check_metric(metric)
    for commitment in record.commitments:
        check_commitment(commitment, record.metrics)


def check_metric(metric: Metric) -> None:
    assert None not in (metric.indicator, metric.unit, metric.comparator, metric.kind, metric.status), metric
    value = Decimal(metric.value or "")
    assert (metric.value_high is not None) == (metric.comparator == "range"), metric
    assert metric.value_high is None or value < Decimal(metric.value_high), metric
    assert (metric.basis is not None) == (metric.kind in ("growth", "change")), metric
    assert metric.scope is None or metric.kind in ("rank", "share"), metric
    if metric.period:
        start, end = map(date.fromisoformat, metric.period.split("/"))
        assert start <= end, metric


def check_commitment(commitment: Commitment, metrics: list[Metric]) -> None:
    inside = [m for m in metrics if commitment.start <= m.start and m.end <= commitment.end]
    assert commitment.metrics == tuple(m.id for m in inside), commitment
    assert (commitment.kind == "quantified") == any(m.status == "target" for m in inside), commitment
    assert commitment.strength, commitment
    if commitment.deadline:
        date.fromisoformat(commitment.deadline)


def test_samples_show_what_the_guideline_distinguishes() -> None:
    records = [gold(name) for name in SAMPLES]
    for field, allowed in CHOICES["metric"].items():
        shown = {getattr(m, field) for record in records for m in record.metrics} - {None}
        # Growth on the quarter or the month before is not in the samples.
        assert shown == set(allowed) - {"qoq", "mom"}, field
    for field, allowed in CHOICES["commitment"].items():
        assert {getattr(c, field) for record in records for c in record.commitments} == set(allowed), field


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["m 486.3亿元 | GDP | 1 元 | level"], "not found"),
        (["m 5个县 | 县 | 5 个 | count"], "not found behind"),
        (["m 86.2亿元 | GDP | 1 元 | level"], "begins inside a number"),
        (["m 486.2亿元 | GDP | many 元 | level"], "ConversionSyntax"),
        (["m 486.2亿元 | GDP | 1 元 | size"], "'size' is none of level"),
        (["c 盘活存量工业用地2200亩 | plan vague"], "'vague' is none of quantified"),
        (["c 盘活存量工业用地2200亩 | plan quantified"], "with a target inside"),
        (["note 1"], "no such statement"),
    ],
)
def test_wrong_notes_are_refused(statements: list[str], said: str, tmp_path: Path) -> None:
    notes = tmp_path / f"{SAMPLES[-1]}.txt"
    first = "speech 向湖而兴 向新而行 | 推动城乡居民收入比缩小到1.72以内。"
    notes.write_text("\n".join([first, *statements]), "utf-8")
    with pytest.raises(NotesError, match=said):
        annotate(notes)


def test_quotes_are_found_across_page_breaks() -> None:
    annotator = Annotator(source("yunling-2024-12-county-secretaries"))
    annotator.take("speech", ["向湖而兴 向新而行", "推动城乡居民收入比缩小到1.72以内。"])
    annotator.take("m", ["46亿元", "总投资", "46e8 元", "level"])
    assert annotator.metrics[0].text == "46亿\n\n元"
