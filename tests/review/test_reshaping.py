"""One annotation becomes two, two become one, a metric becomes a commitment; and all of it by one undo."""

import pytest

from jiaozhu.model import State
from jiaozhu.review import ReviewError, Session
from sketch import stored

TWO = "⟦出口100亿元、进口50亿元⟧，⟪建成学校⟫，⟪引进教师⟫。⟪改善食堂⟫。"


def sitting(drawing: str, words: str) -> Session:
    """Return a session with the annotation of these words in focus."""
    store = stored(drawing)
    session = Session(store, reviewer="王敏")
    session.open(store.documents()[0].id)
    session.focus(next(item.id for item in session.annotations if item.text == words))
    return session


def words(session: Session) -> list[tuple[str, str, State]]:
    """Return type, text and state of all annotations that are not rejected."""
    return [
        (item.type, item.text, item.state) for item in session.annotations if item.state is not State.REJECTED
    ]


def test_a_metric_is_cut_in_two_and_each_has_the_value_of_its_words() -> None:
    session = sitting(TWO, "出口100亿元、进口50亿元")
    assert session.document is not None
    before = words(session)
    session.split(session.document.text.index("进口"))
    assert words(session)[:2] == [
        ("metric", "出口100亿元", State.CORRECTED),
        ("metric", "进口50亿元", State.ADDED),
    ]
    assert session.current is not None
    assert session.current.text == "出口100亿元"
    assert session.undo_title == "撤销「拆分 出口100亿元、进口50亿元」"
    session.undo()
    assert words(session) == before


@pytest.mark.parametrize("at", ["出口", "，建成", "学校"])
def test_a_cut_must_leave_something_on_both_sides(at: str) -> None:
    session = sitting(TWO, "出口100亿元、进口50亿元")
    assert session.document is not None
    with pytest.raises(ReviewError):
        session.split(session.document.text.index(at))
    assert session.undo_title is None


def test_commitments_of_one_sentence_are_merged_over_what_stands_between() -> None:
    session = sitting(TWO, "建成学校")
    session.merge()
    assert words(session)[1:] == [
        ("commitment", "建成学校，引进教师", State.CORRECTED),
        ("commitment", "改善食堂", State.SUGGESTED),
    ]
    session.undo()
    assert [text for _, text, _ in words(session)[1:]] == ["建成学校", "引进教师", "改善食堂"]


@pytest.mark.parametrize("last", ["引进教师", "改善食堂"])
def test_nothing_is_merged_beyond_a_sentence_or_a_speech(last: str) -> None:
    session = sitting(TWO, last)
    with pytest.raises(ReviewError):
        session.merge()


def test_the_type_changes_and_the_first_one_counts_as_rejected() -> None:
    session = sitting(TWO, "建成学校")
    session.retype()
    assert session.current is not None
    assert (session.current.type, session.current.text) == ("metric", "建成学校")
    assert [item.state for item in session.annotations if item.text == "建成学校"].count(State.REJECTED) == 1
    session.undo()
    assert [type_ for type_, *_ in words(session)] == ["metric", "commitment", "commitment", "commitment"]
