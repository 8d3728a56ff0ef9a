"""Flags and notes: what a reviewer says of an annotation beside deciding on it."""

from jiaozhu.model import Action, State
from jiaozhu.review import Filter, Session
from jiaozhu.review.queue import find
from sketch import stored

DRAWING = "GDP⟦1607.8亿元⟧，增长⟦7.3%⟧，⟪力争明年突破2000亿元⟫。"


def sitting(reviewer: str = "王敏", session: Session | None = None) -> Session:
    """Return a session with the document open; beside another one, on its project."""
    store = session.store if session is not None else stored(DRAWING)
    new = Session(store, reviewer=reviewer)
    new.open(store.documents()[0].id)
    return new


def history(session: Session) -> list[str]:
    """Return the actions on the annotation in focus."""
    assert session.document is not None
    assert session.current is not None
    current = session.current
    return [item.action for item in session.store.history(session.document.id, current.type, current.id)]


def test_a_flag_and_a_note_change_no_state_and_go_by_undo() -> None:
    session = sitting()
    session.flag()
    session.note("  口径待查 ")
    assert session.current is not None
    assert (session.current.state, session.current.flagged) == (State.SUGGESTED, True)
    assert session.current.note == "口径待查"
    assert session.undo_title == "撤销「备注 1607.8亿元」"
    session.undo()
    session.undo()
    assert (session.current.flagged, session.current.note) == (False, None)
    assert history(session) == [Action.FLAG, Action.NOTE, Action.UNDO, Action.UNDO]


def test_a_second_flag_takes_the_first_away_and_an_empty_note_the_note() -> None:
    session = sitting()
    session.flag()
    session.flag()
    session.note("一")
    session.note(" ")
    session.note(None)  # there is none any more: nothing to record
    assert session.current is not None
    assert (session.current.flagged, session.current.note) == (False, None)
    assert len(history(session)) == 4


def test_what_is_flagged_and_accepted_as_it_is_counts_as_accepted() -> None:
    session = sitting()
    session.flag()
    session.note("口径待查")
    session.accept()
    (first, *_) = session.annotations
    assert (first.state, first.flagged, first.note) == (State.ACCEPTED, True, "口径待查")


def test_what_was_put_off_stays_put_off_when_flagged() -> None:
    session = sitting()
    session.skip()
    session.focus("m1")
    session.flag()
    assert session.skipped == {"m1"}
    assert sitting(session=session).skipped == {"m1"}  # also when read from the project
    session.focus("m1")
    session.accept()
    assert session.skipped == set()


def test_who_flags_later_is_not_who_verified() -> None:
    session = sitting()
    session.accept()
    other = sitting("李静", session)
    other.focus("m1")
    other.flag()
    other.note("再核")
    (record,) = session.store.curated()
    (metric,) = record.metrics
    assert (metric.reviewer, metric.flagged, metric.note) == ("王敏", True, "再核")


def test_a_filter_finds_what_is_flagged_and_the_words_of_notes() -> None:
    session = sitting()
    session.focus("m2")
    session.flag()
    session.note("口径待查")
    for filter_ in Filter(flagged=True), Filter(text="待查"):
        assert [found.annotation.id for found in find(session.store, filter_)] == ["m2"]
