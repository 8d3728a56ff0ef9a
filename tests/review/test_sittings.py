"""Whatever a reviewer does, all can be undone and redone, and the store agrees with a plain replay."""

import contextlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.model import AnyAnnotation
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
)


def do(session: Session, act: tuple) -> None:
    """Do one act; one that can't be done now is none."""
    name, *values = act
    with contextlib.suppress(ReviewError):
        if name == "open":
            session.open(session.store.documents()[values[0]].id)
        elif name == "correct":
            field = "value" if session.current and session.current.type == "metric" else "deadline"
            session.correct(**{field: values[0] if field == "value" else f"2025-01-0{values[0]}"})
        else:
            getattr(session, name)(*values)


def standing(store: Store) -> dict[str, list[AnyAnnotation]]:
    """Return all annotations of a project as they stand."""
    return {row.id: store.annotations(row.id) for row in store.documents()}


def replayed(start: dict[str, list[AnyAnnotation]], store: Store) -> dict[str, list[AnyAnnotation]]:
    """Return what the decisions make of the suggestions, one after the other."""
    rows = store._db.execute(
        "SELECT documents.id, annotation FROM decisions JOIN documents ON key = document ORDER BY seq"
    ).fetchall()
    result = {}
    for document, annotations in start.items():
        now = {item.id: item for item in annotations}
        for annotation in dict.fromkeys(annotation for id_, annotation in rows if id_ == document):
            for decision in store.history(document, annotation):
                assert decision.before == now.get(annotation)
                now.pop(annotation, None)
                if decision.after is not None:
                    now[annotation] = decision.after
        result[document] = list(now.values())
    return result


def viewed(store: Store, document: str) -> list[tuple]:
    """Return what another tool sees of a document's annotations."""
    return store._db.execute(
        "SELECT annotation, type, state, speech, start, end, c.text FROM current AS c "
        "JOIN documents AS d ON d.key = c.document WHERE d.id = ? ORDER BY start, -end, annotation",
        (document,),
    ).fetchall()


def in_order(standing: dict[str, list[AnyAnnotation]]) -> dict[str, list[AnyAnnotation]]:
    """Return the annotations in an order that does not depend on how they came there."""
    return {id_: sorted(items, key=lambda item: item.id) for id_, items in standing.items()}


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
            states = Counter(item.state for item in end[row.id])
            assert {state: count for state, count in row.counts._asdict().items() if count} == states
        for document, items in end.items():
            fields = [(i.id, i.type, i.state, i.speech, i.start, i.end, i.text) for i in items]
            assert viewed(store, document) == fields
            assert items == sorted(items, key=lambda item: (item.start, -item.end, item.id))
        assert session.document is not None
        assert session.annotations == end[session.document.id]
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
