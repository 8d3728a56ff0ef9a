"""Whatever a reviewer does, all can be undone and redone, and the store agrees with a plain replay."""

import contextlib
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.model import AnyAnnotation, Metadata, Speech, State, Subject
from jiaozhu.review import ReviewError, Session
from jiaozhu.store import Store
from sketch import stored

DRAWINGS = (
    "GDP⟦1607.8亿元⟧，增长⟦7%⟧，⟪力争⟦明年⟧增长⟦7%⟧⟫。\n增长⟦7%⟧，⟪确保第一⟫。",
    "⟪力争完成⟫增长⟦8%⟧。",
)

ACTS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject", "skip", "accept_rest", "decide_identical"])),
    st.tuples(st.sampled_from(["next", "previous", "next_undecided", "undo", "redo"])),
    st.tuples(st.just("correct"), st.sampled_from("12")),
    st.tuples(st.just("move_edge"), st.sampled_from(["start", "end"]), st.integers(-2, 2)),
    st.tuples(
        st.just("add"), st.sampled_from(["metric", "commitment"]), st.integers(0, 8), st.integers(1, 9)
    ),
    st.tuples(st.just("open"), st.integers(0, 1)),
    st.tuples(st.just("split"), st.integers(0, 50)),
    st.tuples(st.sampled_from(["merge", "rename"]), st.integers(0, 3)),
    st.tuples(st.just("bound"), st.integers(0, 3), st.integers(0, 50), st.integers(0, 50)),
    st.tuples(st.just("add_speech"), st.integers(0, 50), st.integers(0, 50)),
    st.tuples(st.just("describe"), st.sampled_from("甲乙")),
)


def do(session: Session, act: tuple) -> None:
    """Do one act; one that can't be done now is none."""
    name, *values = act
    with contextlib.suppress(ReviewError):
        if name in ("merge", "rename", "bound") and session.outline.speeches:
            speech = session.outline.speeches[values[0] % len(session.outline.speeches)]
            more = {"region": f"第{len(speech.region or '')}县"} if name == "rename" else {}
            getattr(session.outline, name)(speech.id, *values[1:], **more)
        elif name in ("split", "add_speech"):
            getattr(session.outline, name.removesuffix("_speech"))(*values)
        elif name == "describe":
            session.outline.describe(title=values[0])
        elif name == "open":
            session.open(session.store.documents()[values[0]].id)
        elif name == "correct":
            field = "value" if session.current and session.current.type == "metric" else "deadline"
            session.correct(**{field: values[0] if field == "value" else f"2025-01-0{values[0]}"})
        else:
            getattr(session, name)(*values)


def standing(store: Store) -> dict[str, list[Subject]]:
    """Return the metadata, speeches and annotations of a project as they stand."""
    return {
        row.id: [store.metadata(row.id), *store.outline(row.id), *store.annotations(row.id)]
        for row in store.documents()
    }


def annotations(subjects: list[Subject]) -> list[AnyAnnotation]:
    """Return the annotations among subjects."""
    return [item for item in subjects if not isinstance(item, Speech | Metadata)]


def replayed(start: dict[str, list[Subject]], store: Store) -> dict[str, list[Subject]]:
    """Return what the decisions make of what was found, one after the other."""
    rows = store._db.execute(
        "SELECT documents.id, type, subject FROM decisions JOIN documents ON key = document ORDER BY seq"
    ).fetchall()
    result = {}
    for document, subjects in start.items():
        now = {(item.type, item.id): item for item in subjects}
        for _, *key in dict.fromkeys(row for row in rows if row[0] == document):
            for decision in store.history(document, *key):
                assert decision.before == now.get((*key,))
                now.pop((*key,), None)
                if decision.after is not None:
                    now[*key,] = decision.after
        result[document] = list(now.values())
    return result


def viewed(store: Store, document: str) -> list[tuple]:
    """Return what another tool sees of a document's annotations."""
    return store._db.execute(
        "SELECT annotation, type, state, speech, start, end, c.text FROM current AS c "
        "JOIN documents AS d ON d.key = c.document WHERE d.id = ? ORDER BY start, -end, annotation",
        (document,),
    ).fetchall()


def in_order(standing: dict[str, list[Subject]]) -> dict[str, list[Subject]]:
    """Return the subjects in an order that does not depend on how they came there."""
    return {id_: sorted(items, key=lambda item: item.id) for id_, items in standing.items()}


def check_speeches(subjects: list[Subject]) -> None:
    """Speeches are apart, and each holds its annotations whole."""
    speeches = [item for item in subjects if isinstance(item, Speech)]
    assert all(one.end <= other.start for one, other in pairwise(speeches))
    holders = {speech.id: speech for speech in speeches}
    for item in annotations(subjects):
        speech = holders[item.speech]
        is_held = speech.start <= item.start and item.end <= speech.end
        assert is_held or item.state is State.REJECTED


@given(st.lists(ACTS, max_size=30))
def test_any_sitting(acts: list[tuple]) -> None:
    with stored(*DRAWINGS) as store:
        start = standing(store)
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        for act in acts:
            do(session, act)
        end = standing(store)

        assert in_order(replayed(start, store)) == in_order(end)
        for row in store.documents():
            states = Counter(item.state for item in annotations(end[row.id]))
            check_speeches(end[row.id])
            assert len(store.outline(row.id)) == row.speeches == len(store.speeches(row.id))
            assert row.title == store.metadata(row.id).title
            assert {state: count for state, count in row.counts._asdict().items() if count} == states
        for document, subjects in end.items():
            items = annotations(subjects)
            fields = [(i.id, i.type, i.state, i.speech, i.start, i.end, i.text) for i in items]
            assert viewed(store, document) == fields
            assert items == sorted(items, key=lambda item: (item.start, -item.end, item.id))
        assert session.document is not None
        assert [session.outline.metadata, *session.outline.speeches, *session.annotations] == end[
            session.document.id
        ]
        for item in session.annotations:
            assert session.document.text[item.start : item.end] == item.text

        while session.redo_title:
            session.redo()
        end = standing(store)
        while session.undo_title:
            session.undo()
        assert in_order(standing(store)) == in_order(start)
        while session.redo_title:
            session.redo()
        assert in_order(standing(store)) == in_order(end)
