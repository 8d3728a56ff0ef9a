"""Speeches and metadata corrected: what becomes of the speeches, of their annotations, and undo."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiaozhu.model import Action, State
from jiaozhu.review import Kind, ReviewError, Session
from jiaozhu.store import Store
from sketch import sketch, stored

#: Two speeches, with two metrics in the first and one in the second.
DRAWING = "张三：GDP⟦1607亿元⟧。李四：增长⟦7%⟧。\n王五：⟪力争⟦8%⟧⟫。"
LI_SI, END = 13, 21  # where the second sentence starts, and where the first speech ends


def said(session: Session) -> list[tuple[str | None, str, list[str]]]:
    """Return who says what in each speech, and the annotations that belong to it."""
    assert session.document is not None
    return [
        (
            speech.speaker,
            session.document.text[speech.start : speech.end],
            [item.text for item in session.annotations if item.speech == speech.id],
        )
        for speech in session.outline.speeches
    ]


ALL = (None, "张三：GDP1607亿元。李四：增长7%。", ["1607亿元", "7%"])
ZHANG = (None, "张三：GDP1607亿元。", ["1607亿元"])
LI = (None, "李四：增长7%。", ["7%"])
WANG = (None, "王五：力争8%。", ["力争8%", "8%"])


@pytest.fixture
def session() -> Session:
    store = stored(DRAWING)
    session = Session(store, reviewer="王敏")
    session.open(store.documents()[0].id)
    return session


def rename(session: Session) -> None:
    session.outline.rename("s2", speaker=" 王五 ", office="县长")


def split(session: Session) -> None:
    session.outline.split(LI_SI)


def merge(session: Session) -> None:
    session.outline.merge("s1")


def widen(session: Session) -> None:
    session.outline.bound("s2", LI_SI, 40)


def narrow(session: Session) -> None:
    session.reject()  # what was rejected needs no speech around it
    session.outline.bound("s1", LI_SI, END)


def add_inside(session: Session) -> None:
    session.outline.add(LI_SI, END)


def add_between(session: Session) -> None:
    session.outline.add(3, LI_SI)


def swallow(session: Session) -> None:
    session.outline.bound("s2", 0, 40)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (rename, [ALL, ("王五", *WANG[1:])]),
        (split, [ZHANG, LI, WANG]),
        (
            merge,
            [(None, "张三：GDP1607亿元。李四：增长7%。\n王五：力争8%。", ["1607亿元", "7%", "力争8%", "8%"])],
        ),
        (widen, [ZHANG, (None, "李四：增长7%。\n王五：力争8%。", ["7%", "力争8%", "8%"])]),
        (narrow, [(None, "李四：增长7%。", ["1607亿元", "7%"]), WANG]),
        (add_inside, [ZHANG, LI, WANG]),
        (add_between, [(None, "张三：", []), (None, "GDP1607亿元。", ["1607亿元"]), LI, WANG]),
        (
            swallow,
            [(None, "张三：GDP1607亿元。李四：增长7%。\n王五：力争8%。", ["1607亿元", "7%", "力争8%", "8%"])],
        ),
    ],
)
def test_annotations_follow_their_speech(
    act: Callable[[Session], None], expected: list, session: Session
) -> None:
    before = said(session)
    act(session)
    assert said(session) == expected
    assert [row.counts.total for row in session.speeches] == [len(texts) for *_, texts in expected]
    assert session.store.documents()[0].speeches == len(expected)
    while session.undo_title:
        session.undo()
    assert said(session) == before
    while session.redo_title:
        session.redo()
    assert said(session) == expected


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda outline: outline.split(0), "开头或末尾"),
        (lambda outline: outline.split(END), "不在任何一篇讲话之内"),
        (lambda outline: outline.split(8), "1607亿元"),
        (lambda outline: outline.merge("s2"), "最后一篇"),
        (lambda outline: outline.merge("s7"), "不在文档中"),
        (lambda outline: outline.bound("s1", LI_SI, END), "1607亿元"),
        (lambda outline: outline.bound("s1", 5, 5), "选中文字"),
        (lambda outline: outline.add(8, 16), "1607亿元"),
        (lambda outline: outline.rename("s1", date="2025年"), "日期"),
        (lambda outline: outline.rename("s1", start="3"), "不能更正"),
        (lambda outline: outline.describe(url="javascript:alert(1)"), "网址"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(act: Callable, why: str, session: Session) -> None:
    before = said(session)
    with pytest.raises(ReviewError, match=why):
        act(session.outline)
    assert said(session) == before
    assert session.undo_title is None


def test_states_stay_and_who_gave_them(session: Session) -> None:
    session.accept()
    session.correct(value="8")
    session.reviewer = "李强"
    session.outline.split(LI_SI)
    (metric,) = [item for item in session.annotations if item.text == "7%"]
    assert metric.state is State.CORRECTED
    verified = [item for record in session.store.curated() for item in record.metrics]
    assert [(item.text, item.state, item.reviewer) for item in verified] == [
        ("1607亿元", State.ACCEPTED, "王敏"),
        ("7%", State.CORRECTED, "王敏"),
    ]


def test_what_only_followed_is_still_accepted_as_suggested(session: Session) -> None:
    second = session.outline.split(LI_SI)
    session.focus("m2")
    session.accept()
    assert session.annotation("m2") is not None
    assert (session.annotations[1].speech, session.annotations[1].state) == (second.id, State.ACCEPTED)


def test_the_region_of_a_speech_is_that_of_its_undecided_metrics() -> None:
    with Store() as store:
        store.add(*sketch("增长⟦7%⟧，⟦8%⟧。", region="第1区"))
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        session.accept()
        session.outline.rename("s1", region="义乌市")
        assert session.outline.speech("s1").region_code == "330782"
        assert [item.region for item in session.annotations] == ["第1区", "义乌市"]
        session.outline.rename("s1", region="无此地")
        assert session.outline.speech("s1").region_code is None
        session.undo()
        session.undo()
        assert [item.region for item in session.annotations] == ["第1区", "第1区"]


def test_metadata_are_kept_as_decisions(session: Session) -> None:
    assert session.document is not None
    seen: list[Kind] = []
    session.on_changed.append(lambda change: seen.append(change.kind))
    session.outline.describe(title="在全县大会上的讲话", date="2025-02-03", url="https://example.org/a")
    assert session.document.title == session.store.documents()[0].title == "在全县大会上的讲话"
    assert session.undo_title == "撤销「更正文档信息」"
    assert Kind.OUTLINE in seen
    assert Kind.ANNOTATIONS not in seen
    session.outline.describe(title="在全县大会上的讲话")  # nothing new
    session.accept()
    (record,) = session.store.curated()
    assert (record.document.title, record.document.url) == ("在全县大会上的讲话", "https://example.org/a")
    session.undo()
    session.undo()
    assert session.document.title is None
    history = session.store.history(session.document.id, "metadata", session.document.id)
    assert [item.action for item in history] == [Action.CORRECT, Action.UNDO]


def test_another_window_that_changed_the_speeches_is_noticed(session: Session) -> None:
    store: Store = session.store
    other = Session(store, reviewer="李强")
    other.open(store.documents()[0].id)
    other.outline.rename("s1", speaker="张三")
    with pytest.raises(ReviewError, match="别处改动"):
        session.outline.rename("s1", speaker="张山")
    assert session.outline.speech("s1") == replace(session.outline.speech("s1"), speaker="张三")
