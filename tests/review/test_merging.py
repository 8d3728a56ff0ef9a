"""Packets go away and come back: what the project holds then, and what reviewers see of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaozhu.model import Metric, State
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.merging import merge
from jiaozhu.review.packing import choose, make_packet
from jiaozhu.store import Store, StoreError, backups, doctor
from sketch import sketch

DRAWING = "GDP⟦1607.8亿元⟧，增长⟦7.3%⟧，⟪力争明年突破2000亿元⟫。"
OTHER = "新增就业⟦3万人⟧。\n第二篇⟦第9⟧。"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "项目.jiaozhu"
    with Store(path, create=True) as store:
        store.add(*sketch(DRAWING))
        store.add(*sketch(OTHER, source="就业.txt"))
    return path


def packet(project: Path, name: str) -> Path:
    """Make a packet of the first document for a reviewer; return its file."""
    path = project.with_name(f"{name}.jiaozhu")
    with Store(project, read_only=True) as store:
        chosen = choose(store, [store.documents()[0].id], [])
    make_packet(project, path, chosen, reviewer=name)
    return path


def review(path: Path, who: str, *acts: Callable[[Session], object]) -> None:
    """Let a reviewer open a project at its first document and act."""
    with Store(path) as store:
        session = Session(store, reviewer=who, reviewer_id=f"id-{who}")
        session.open(store.documents()[0].id)
        for act in acts:
            act(session)


def focus(number: int) -> Callable[[Session], None]:
    return lambda session: session.focus(session.annotations[number].id)


def drawn(path: Path) -> str:
    """Return how the annotations of the first document stand, and how many are contested."""
    with Store(path, read_only=True) as store:
        found = store.annotations(store.documents()[0].id)
        signs = "".join("·✓✎✗+"[list(State).index(item.state)] for item in found)
        assert store.documents()[0].counts.decided == sum(sign != "·" for sign in signs)
        return signs + "!" * len(store.conflicts())


def test_a_packet_is_a_project_with_the_chosen_documents(project: Path) -> None:
    review(project, "王敏", Session.accept)
    path = project.with_name("李强.jiaozhu")
    with Store(project, read_only=True) as store:
        first, second = store.documents()
        chosen = choose(store, [first.source], [f"{second.id}/{store.speeches(second.id)[-1].id}"])
        home = store.identity.project
    made = make_packet(project, path, chosen, reviewer=" 李强 ")
    with Store(path) as taken, Store(project, read_only=True) as store:
        assert taken.identity == made
        assert (made.project, made.reviewer) == (home, "李强")
        assert [row.id for row in taken.documents()] == [first.id, second.id]
        assert taken.annotations(first.id) == store.annotations(first.id)
        assert taken.raw(first.id) == store.raw(first.id)
        assert taken.decisions_on(first.id) == store.decisions_on(first.id)
        assert [(one.document, one.speech) for one in taken.asked()] == [
            (second.id, store.speeches(second.id)[-1].id)
        ]


@pytest.mark.parametrize(
    ("documents", "speeches"),
    [(["没有"], []), ([], ["没有/s1"]), ([], ["s1"]), (["@"], [])],
)
def test_what_is_not_there_is_not_chosen(project: Path, documents: list[str], speeches: list[str]) -> None:
    with Store(project, read_only=True) as store, pytest.raises(ReviewError):
        choose(store, documents, [*speeches, f"{store.documents()[0].id}/s99"])


def test_a_packet_overwrites_nothing(project: Path) -> None:
    path = packet(project, "李强")
    before = path.read_bytes()
    with pytest.raises(ReviewError):
        packet(project, "李强")
    assert path.read_bytes() == before


def test_decisions_come_back(project: Path) -> None:
    path = packet(project, "李强")
    review(path, "李强", Session.accept, Session.reject, lambda session: session.add("metric", 0, 3))
    review(project, "王敏", focus(2), Session.accept)
    planned = merge(project, [path], dry_run=True)
    assert drawn(project) == "··✓"
    merged = merge(project, [path])
    assert (merged.new, merged.same, merged.conflicting) == (3, 0, 0)
    assert (planned.new, planned.same, planned.conflicting, planned.backup) == (3, 0, 0, None)
    assert drawn(project) == "+✓✗✓"
    assert merged.backup is not None
    assert drawn(merged.backup) == "··✓"
    again = merge(project, [path])
    assert (again.new, again.same, again.conflicting, again.backup) == (0, 3, 0, None)
    with Store(project, read_only=True) as store:
        record = next(store.curated())
        assert {(item.text, item.reviewer) for item in record.metrics} == {
            ("GDP", "李强"),
            ("1607.8亿元", "李强"),
        }


def differ(project: Path) -> Path:
    """Let two decide differently on the first annotation, and alike on the second; return the packet."""
    path = packet(project, "李强")
    review(project, "王敏", lambda session: session.correct(value="1"), focus(1), Session.accept)
    review(path, "李强", Session.reject, Session.accept)
    return path


def test_what_two_decided_differently_is_contested(project: Path) -> None:
    path = differ(project)
    merged = merge(project, [path])
    assert (merged.new, merged.conflicting) == (2, 1)
    assert drawn(project) == "·✓·!"
    with Store(project, read_only=True) as store:
        (conflict,) = store.conflicts()
        assert [head.reviewer for head in conflict.heads] == ["王敏", "李强"]
        assert "value" in conflict.fields
        assert len(store.history(conflict.document, conflict.type, conflict.subject)) == 2
        # nobody has verified it, so it is not among what is exported
        assert [item.text for item in next(store.curated()).metrics] == ["7.3%"]
        assert sum(item[-1] for item in store.settled()) == 1


@pytest.mark.parametrize(("act", "after"), [(Session.accept, "✎✓·"), (Session.reject, "✗✓·")])
def test_a_conflict_is_settled_by_a_decision_and_undone(
    project: Path, act: Callable[[Session], object], after: str
) -> None:
    merge(project, [differ(project)])
    with Store(project) as store:
        session = Session(store, reviewer="赵云", reviewer_id="id-赵云")
        session.open(store.documents()[0].id)
        session.focus(session.annotations[0].id)
        session.flag()
        assert drawn(project) == "·✓·!"
        act(session)
        assert drawn(project) == after
        session.undo()
        assert drawn(project) == "·✓·!"
        session.redo()
        assert drawn(project) == after


def test_settled_is_settled_also_when_the_packet_comes_again(project: Path) -> None:
    path = differ(project)
    merge(project, [path])
    review(project, "赵云", Session.accept)
    merge(project, [path])
    assert drawn(project) == "✎✓·"
    review(path, "李强", focus(0), lambda session: session.correct(value="3"))  # he goes on, not knowing
    assert merge(project, [path]).conflicting == 1
    assert drawn(project) == "·✓·!"


def test_a_packet_of_another_project_is_refused(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的.jiaozhu"
    with Store(other, create=True) as store:
        store.add(*sketch(DRAWING))
    with pytest.raises(ReviewError, match="另一个项目"):
        merge(project, [packet(other, "李强")])


def test_who_speaks_can_be_contested_too(project: Path) -> None:
    path = packet(project, "李强")
    for file, who, name in (project, "王敏", "张三"), (path, "李强", "李四"):
        review(file, who, lambda session, name=name: session.outline.rename("s1", speaker=name))
    assert merge(project, [path]).conflicting == 1
    with Store(project, read_only=True) as store:
        (conflict,) = store.conflicts()
        assert conflict.type == "speech"
        assert "speaker" in conflict.fields
        assert store.outline(store.documents()[0].id)[0].speaker == "张三"  # the earlier, until it is settled


def test_speeches_divided_meanwhile_take_in_what_comes_back(project: Path) -> None:
    path = packet(project, "李强")
    review(path, "李强", Session.accept, focus(2), Session.accept)
    review(project, "王敏", lambda session: session.outline.split(13))
    merge(project, [path])
    assert drawn(project) == "✓·✓"
    assert doctor.examine(project) == []
    with Store(project, read_only=True) as store:
        document = store.documents()[0].id
        first, second = store.outline(document)
        assert [item.speech for item in store.annotations(document)] == [first.id, second.id, second.id]


def test_in_a_packet_speeches_are_not_divided_anew(project: Path) -> None:
    with pytest.raises(ReviewError):
        review(packet(project, "李强"), "李强", lambda session: session.outline.split(13))


def test_decisions_on_an_earlier_version_are_carried_on(project: Path) -> None:
    path = packet(project, "李强")
    review(path, "李强", Session.accept, lambda session: session.correct(value="8"))
    with Store(project) as store:
        old = store.documents()[0].id
        document, extraction = sketch("开头。" + DRAWING + "完。")
        store.add(replace(document, replaces=old), extraction)
    merged = merge(project, [path])
    assert (merged.new, merged.carried, merged.lost) == (2, 2, [])
    with Store(project, read_only=True) as store:
        found = store.annotations(document.id)
        assert [item.state for item in found] == [State.ACCEPTED, State.CORRECTED, State.SUGGESTED]
        assert isinstance(found[1], Metric)
        assert found[1].value == "8"
    assert merge(project, [path]).new == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"reviewer": " "},
        {"at": "昨天"},
        {"at": "2025-01-01T00:00:00"},
        {"uid": "a b"},
        {"parents": ("nobody",)},
        {"subject": "m9"},
    ],
)
def test_what_does_not_fit_is_refused(project: Path, changes: dict[str, object]) -> None:
    path = packet(project, "李强")
    review(path, "李强", Session.accept)
    with Store(path, read_only=True) as store:
        document = store.documents()[0].id
        (decision,) = store.decisions_on(document)
    with Store(project) as store:
        with pytest.raises(StoreError):
            store.merge(document, [replace(decision, **changes)])  # type: ignore[arg-type]
        assert store.decisions_on(document) == []


ACTS: dict[str, Callable[[Session], object]] = {
    "accept": Session.accept,
    "reject": Session.reject,
    "1": lambda session: session.correct(value="1"),
    "flag": Session.flag,
    "note": lambda session: session.note("看"),
    "add": lambda session: session.add("metric", 4, 6),
    "undo": Session.undo,
    "skip": Session.skip,
}
WORK = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(sorted(ACTS))), max_size=5)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(WORK, WORK, WORK, WORK))
def test_the_state_does_not_depend_on_the_order(
    tmp_path_factory: pytest.TempPathFactory, work: tuple[list[tuple[int, str]], ...]
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    first = folder / "0.jiaozhu"
    with Store(first, create=True) as store:
        store.add(*sketch(DRAWING))
    packets = [packet(first, f"审{number}") for number in range(1, len(work))]
    for number, (path, acts) in enumerate(zip([first, *packets], work, strict=True)):
        with Store(path) as store:
            session = Session(store, reviewer=f"审{number}", reviewer_id=str(number))
            session.open(store.documents()[0].id)
            for place, act in acts:
                session.focus(session.annotations[place].id)
                try:
                    ACTS[act](session)
                except ReviewError:
                    continue  # such a one stands there already
    stands = []
    for order in list(permutations(packets))[:3]:
        copy = folder / "copy.jiaozhu"
        backups.make(first, backups.Occasion.ASKED, to=copy)
        for path in order:
            merge(copy, [path])
        merge(copy, order)
        assert doctor.examine(copy) == []
        with Store(copy, read_only=True) as store:
            document = store.documents()[0]
            stands.append(
                (
                    store.annotations(document.id),
                    store.conflicts(),
                    document.counts,
                    {item.uid for item in store.decisions_on(document.id)},
                    list(store.curated()),
                )
            )
        copy.unlink()
    assert stands[0] == stands[1] == stands[2]
