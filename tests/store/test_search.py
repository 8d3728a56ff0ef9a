"""Searching a project: what is found however it is written, in what state the index may be."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaozhu.review import Session
from jiaozhu.store import ANNOTATIONS, SPEECHES, Found, Store
from jiaozhu.store.query import Query, fold
from jiaozhu.store.word_index import place_of
from sketch import sketch, stored

TEXT = (
    "去年，河东县实现GDP１６０７．８亿元，增长⟦7.3%⟧。\n"
    "今年⟪力争跨境电商交易额⟦突破 1 500 亿元⟧⟫，“两高”项目清零。\n"
    "AB县的经 济\t发展了；确保教育投入，鄞"
)


def found(store: Store, typed: str, **options: object) -> list[str]:
    """Return what is found, with the words in brackets."""
    lines = []
    for one in store.search(typed, **options):
        for hit in one.hits if one is not None else ():
            text, marks = hit.snippet
            for start, end in reversed(marks):
                text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
            lines.append(f"{hit.type}: {text}")
    return lines


def words_in(lines: list[str]) -> list[str]:
    return [part.split("]")[0] for line in lines for part in line.split("[")[1:]]


@pytest.fixture(params=["learnt", "not learnt"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A project whose words are in the index, and one whose words are not."""
    with stored(TEXT, "又一篇：教育和医疗。") as store:
        if request.param == "learnt":
            store.learn(60)
        yield store


WRITTEN = [
    # typed, and as it is found in the text
    ("1607.8亿元", ["１６０７．８亿元"]),
    ("１６０７．８亿元", ["１６０７．８亿元"]),
    ("gdp", ["GDP"]),
    ("ＧＤＰ", ["GDP"]),
    ("1500亿元", ["1 500 亿元"] * 2),  # the metric, and the commitment around it
    ("经济发展", ["经 济 发展"]),
    ("%", ["%"]),
    ("％", ["%"]),
    ("鄞", ["鄞"]),  # one character, the last of the text
    ("，鄞", ["，鄞"]),
    ("AB", ["AB"]),
    ("教育", ["教育", "教育"]),  # two characters, two documents
    ("教育 确保", ["确保", "教育"]),  # all of them, in any order
    ("教育 确保 医疗", []),  # not all in one paragraph
    ("教育 教育", ["教育", "教育"]),
    ('"确保 教育"', ["确保教育"]),
    ("“教育确保”", []),
    ('"两高', ["两高"]),  # not closed yet
    ("經濟", []),  # simplified as written
    ("。\n今年", ["今年", "。"]),  # pasted over the end of a line: two words
    ('" "', []),
    ("", []),
    ("　", []),
    ("不在", []),
    ("*", []),
    ("text:GDP OR NOT (", []),  # words, no language of queries
    ("\U0010ffff", []),
]


@pytest.mark.parametrize(("typed", "words"), WRITTEN, ids=[repr(typed) for typed, _ in WRITTEN])
def test_ways_of_writing(store: Store, typed: str, words: list[str]) -> None:
    assert words_in(found(store, typed)) == words


def test_what_is_found_is_told(store: Store) -> None:
    assert found(store, "跨境 突破") == [
        "commitment: 今年力争[跨境]电商交易额[突破] 1 500 亿元，“两高”项目清零。",
    ]
    assert found(store, "今年 突破", kinds=SPEECHES) == [
        "speech: [今年]力争跨境电商交易额[突破] 1 500 亿元，“两高”项目清零。"
    ]
    assert found(store, "今年", kinds=ANNOTATIONS) == []
    (one,) = [one for one in store.search("河东") if one is not None]
    (hit,) = one.hits
    text = store.text(one.document)
    assert (one.name, hit.speech, hit.region, text[hit.start : hit.end]) == ("1.txt", "s1", "第1区", "河东")


def test_annotations_by_indicator_and_note_as_they_stand() -> None:
    with stored("全县⟦7.3%⟧。") as store:
        store.learn(60)
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        for is_learnt in (False, True):  # what was decided is found at once, and when it has been learnt
            session.correct(indicator="规上工业增加值")
            session.note("与公报核对")
            if is_learnt:
                store.learn(60)
            assert found(store, "工业 7.3") == ["metric: 规上[工业]增加值 · 全县[7.3]%。"]
            assert found(store, "公报") == ["note: 7.3% · 与[公报]核对"]
            assert found(store, "公报", kinds={"metric"}) == []
            session.undo()
            session.undo()
            if is_learnt:
                store.learn(60)
            assert found(store, "工业") == found(store, "公报") == []


def test_earlier_versions_are_found_when_asked_for() -> None:
    old, new = sketch("增长一成。"), sketch("增长二成。")
    with Store() as store:
        store.add(*old)
        store.add(replace(new[0], replaces=old[0].id), new[1])
        store.learn(60)
        assert words_in(found(store, "增长")) == ["增长"]
        assert words_in(found(store, "增长", versions=True)) == ["增长"] * 2
        assert found(store, "一成") == []


def test_no_more_than_asked_for_and_a_rest_in_vain() -> None:
    with stored(*(f"第{number}篇，共有的话。" for number in range(60))) as store:
        assert len(found(store, "共有", most=7)) == 7
        assert list(store.search("没有的")) == [None, None]  # the caller may stop in between


# The index is nothing to rely on


def project(path: Path, *drawings: str) -> Path:
    with Store(path, create=True) as store:
        for number, drawing in enumerate(drawings):
            store.add(*sketch(drawing, source=f"{number}.txt"))
        store.learn(60)
    return path


def test_another_project_at_the_same_place(tmp_path: Path) -> None:
    path = project(tmp_path / "a.jiaozhu", "旧的文字在此。")
    path.unlink()
    with Store(path, create=True) as store:
        store.add(*sketch("新的文字在此。"))
        assert words_in(found(store, "新的文字")) == ["新的文字"]
        assert found(store, "旧的文字") == []


def test_an_earlier_copy_at_the_same_place(tmp_path: Path) -> None:
    path = project(tmp_path / "a.jiaozhu", "全县⟦7.3%⟧。")
    earlier = path.read_bytes()

    def note(words: str) -> None:
        with Store(path) as store:
            session = Session(store, reviewer="王敏")
            session.open(store.documents()[0].id)
            session.note(words)
            store.learn(60)
            assert words_in(found(store, words)) == [words]

    note("与公报核对")
    path.write_bytes(earlier)  # as many decisions as there were, but others
    note("向统计局问")
    with Store(path) as store:
        assert found(store, "公报") == []


DAMAGE = {
    "no database": b"x" * 5000,
    "empty": b"",
    "cut": None,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = project(tmp_path / "a.jiaozhu", *(f"第{number}篇文字在此。" for number in range(50)))
    index = place_of(path)
    index.write_bytes(index.read_bytes()[:6000] if damage == "cut" else DAMAGE[damage])
    for _ in range(2):
        with Store(path, read_only=True) as store:
            assert words_in(found(store, "第49篇")) == ["第49篇"]
            store.learn(60)


def test_an_index_that_is_locked_or_cannot_be_made_keeps_nobody(tmp_path: Path) -> None:
    path = project(tmp_path / "a.jiaozhu", "文字在此。")
    with Store(path) as store:
        store.add(*sketch("后来的文字。"))
        other = sqlite3.connect(place_of(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        store.learn(60)
        assert words_in(found(store, "文字")) == ["文字"] * 2
        other.close()
    folder = place_of(path).parent
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    with Store(path) as store:
        store.learn(60)
        assert words_in(found(store, "文字")) == ["文字"] * 2


def test_the_index_of_a_project_that_is_gone_goes(tmp_path: Path) -> None:
    first = project(tmp_path / "a.jiaozhu", "文字在此。")
    index = place_of(first)
    first.unlink()
    project(tmp_path / "b.jiaozhu", "文字在此。")
    assert not index.exists()
    assert len([name for name in os.listdir(index.parent) if name.endswith(".index")]) == 1


# Against a naive scan

CHARS = st.text(alphabet='增长亿1１.．aAＡ \u3000\n“"0%％\0', max_size=30)


@settings(max_examples=50)
@given(
    texts=st.lists(CHARS.filter(str.strip), min_size=1, max_size=4),
    typed=CHARS,
    learnt=st.integers(0, 4),
)
def test_the_same_as_a_naive_scan(texts: list[str], typed: str, learnt: int) -> None:
    query = Query.parse(typed)
    naive = sorted(
        f"{number}: {line}"
        for number, text in enumerate(texts)
        for line in fold(text).split("\n")
        if query.words and all(word in line for word in query.words)
    )
    with Store() as store:
        for number, text in enumerate(texts):
            document, extraction = sketch(text, source=str(number))
            document = replace(document, id=f"{number:016}", sha256=f"{number:016}" * 4)
            store.add(document, extraction)
            if number < learnt:
                store.learn(60)
        hits = [(one, hit) for one in store.search(typed) if isinstance(one, Found) for hit in one.hits]
        lines = sorted(f"{one.name}: {_line(store.text(one.document), hit.start)}" for one, hit in hits)
    assert lines == naive
    for _one, hit in hits:
        marked = {fold(hit.snippet.text[start:end]) for start, end in hit.snippet.marks}
        assert marked
        assert all(any(word in mark for word in query.words) for mark in marked)


def _line(text: str, offset: int) -> str:
    """Return the folded line in which an offset is."""
    return fold(text[: text.find("\n", offset) if "\n" in text[offset:] else None]).split("\n")[-1]
