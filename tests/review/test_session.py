"""What a reviewer's keys do, drawn: · suggested ✓ accepted ✎ corrected ✗ rejected + added, [] the focus."""

import pytest

from jiaozhu.model import Action, Metric, State
from jiaozhu.review import Change, Filter, Kind, ReviewError, Session
from jiaozhu.review.actions import ACTIONS
from sketch import sketch, stored

SIGNS = {"suggested": "·", "accepted": "✓", "corrected": "✎", "rejected": "✗", "added": "+"}
BY_KEY = {key: action for action in ACTIONS if action.over == "session" for key in action.keys}

THREE = "GDP⟦1607.8亿元⟧，增长⟦7.3%⟧，⟪力争明年突破2000亿元⟫。"
SPEECHES = "增长⟦7.3%⟧和⟦5%⟧。\n增长⟦8%⟧。"


def sitting(*drawings: str) -> Session:
    """Return a session with the first of the documents open."""
    store = stored(*drawings)
    session = Session(store, reviewer="王敏")
    session.open(store.documents()[0].id)
    return session


def draw(session: Session) -> str:
    """Return the states of the open document's annotations, with the focus in brackets."""
    signs = ((SIGNS[item.state], item is session.current) for item in session.annotations)
    return "".join(f"[{sign}]" if here else sign for sign, here in signs)


def play(session: Session, keys: str) -> str:
    """Press keys one after the other and return the drawing."""
    for key in keys.split():
        BY_KEY[key].run(session)
    return draw(session)


@pytest.mark.parametrize(
    ("keys", "drawing"),
    [
        ("", "[·]··"),
        ("Return", "✓[·]·"),
        ("Return Backspace", "✓✗[·]"),
        ("Return Backspace Return", "✓✗[✓]"),
        ("Space", "·[·]·"),
        ("Space Return Return", "[·]✓✓"),  # what was put off comes again at the end
        ("Space Return Return Return", "[✓]✓✓"),
        ("Down", "·[·]·"),
        ("Down Down Down", "··[·]"),
        ("Down Return", "·✓[·]"),
        ("Down Down Return", "[·]·✓"),  # round to the beginning
        ("Up", "[·]··"),
        ("Return Up Return", "✓[·]·"),  # decided as it is: goes on, and records nothing
        ("Return Up Backspace", "✗[·]·"),
        ("Return Up Backspace Up Return", "✓[·]·"),
        ("Tab Tab Tab", "[·]··"),
        ("Return Tab Tab", "✓[·]·"),
        ("Ctrl+Return", "[✓]✓✓"),
        ("Right", "[✎]··"),
        ("Right Left", "[✓]··"),  # back to what was suggested
        ("Right Return", "✎[·]·"),
        ("Right Up Backspace Up Return", "✎[·]·"),  # rejected and taken back: corrected still
    ],
)
def test_keys(keys: str, drawing: str) -> None:
    assert play(sitting(THREE), keys) == drawing


@pytest.mark.parametrize(
    ("keys", "drawing"),
    [
        ("Return Ctrl+Z", "[·]··"),
        ("Return Backspace Ctrl+Z", "✓[·]·"),
        ("Return Backspace Ctrl+Z Ctrl+Z", "[·]··"),
        ("Return Backspace Ctrl+Z Ctrl+Z Ctrl+Shift+Z", "[✓]··"),
        ("Return Backspace Ctrl+Z Ctrl+Z Ctrl+Shift+Z Ctrl+Shift+Z", "✓[✗]·"),
        ("Return Ctrl+Z Ctrl+Z Ctrl+Z", "[·]··"),
        ("Return Ctrl+Z Backspace Ctrl+Shift+Z", "✗[·]·"),  # a new act: nothing to redo
        ("Ctrl+Return Ctrl+Z", "[·]··"),  # several at once are taken back at once
        ("Ctrl+Return Ctrl+Z Ctrl+Shift+Z", "[✓]✓✓"),
        ("Right Ctrl+Z", "[·]··"),
        ("Right Ctrl+Z Ctrl+Shift+Z", "[✎]··"),
        ("Space Ctrl+Z", "[·]··"),
    ],
)
def test_undo(keys: str, drawing: str) -> None:
    session = sitting(THREE)
    before = list(session.annotations)
    assert play(session, keys) == drawing
    while session.undo_title:
        session.undo()
    assert session.annotations == before


def test_undo_says_what_it_would_take_back() -> None:
    session = sitting(THREE)
    assert session.undo_title is None
    play(session, "Down Down Return")
    assert session.undo_title == "撤销「采纳 力争明年突破2000亿元」"
    session.undo()
    assert session.undo_title is None
    assert session.redo_title == "重做「采纳 力争明年突破2000亿元」"


def test_undo_of_something_skipped_makes_it_wait_again() -> None:
    session = sitting(THREE)
    play(session, "Space")
    assert session.skipped == {"m1"}
    play(session, "Ctrl+Z")
    assert session.skipped == set()
    assert session.current is not None
    assert session.current.id == "m1"


def test_the_next_undecided_is_in_this_speech_then_in_the_next_then_in_the_next_document() -> None:
    session = sitting(SPEECHES, "增长⟦9%⟧。")
    visited = []
    while session.counts.total:
        assert session.current is not None
        visited.append(session.current.text)
        session.accept()
        if not any(row.suggested for row in session.store.documents()):
            break
    assert visited == ["7.3%", "5%", "8%", "9%"]
    assert not session.next_undecided()


def test_the_rest_of_a_speech_is_accepted_before_the_next() -> None:
    session = sitting(SPEECHES)
    assert play(session, "Down Return") == "[·]✓·"


def test_what_was_skipped_in_another_document_comes_again_at_the_very_end() -> None:
    session = sitting("增长⟦7%⟧。", "增长⟦8%⟧。")
    first = session.document
    play(session, "Space")
    assert session.document is not first
    play(session, "Return")
    assert session.document is not None
    assert first is not None
    assert session.document.id == first.id
    assert draw(session) == "[·]"


def test_undo_goes_back_to_the_document() -> None:
    session = sitting("增长⟦7%⟧。", "增长⟦8%⟧。")
    play(session, "Return Return Ctrl+Z Ctrl+Z")
    assert session.document is not None
    assert session.document.text == "增长7%。"
    assert draw(session) == "[·]"
    assert [row.suggested for row in session.store.documents()] == [1, 1]


def test_no_decision_is_recorded_twice() -> None:
    session = sitting(THREE)
    document = session.document
    assert document is not None
    play(session, "Return Up Return Up Return")
    assert [item.action for item in session.store.history(document.id, "metric", "m1")] == [Action.ACCEPT]
    play(session, "Up Backspace Up Up Backspace")
    actions = [item.action for item in session.store.history(document.id, "metric", "m1")]
    assert actions == [Action.ACCEPT, Action.REJECT]
    play(session, "Down Down Space Up Up Down Down Space")
    assert [item.action for item in session.store.history(document.id, "commitment", "c1")] == [Action.SKIP]


def test_a_decision_says_who_and_what() -> None:
    session = sitting(THREE)
    document = session.document
    assert document is not None
    play(session, "Right")
    (decision,) = session.store.history(document.id, "metric", "m1")
    assert decision.before is not None
    assert decision.after is not None
    assert (decision.before.text, decision.after.text) == ("1607.8亿元", "607.8亿元")
    assert (decision.before.state, decision.after.state) == (State.SUGGESTED, State.CORRECTED)
    assert (decision.after.source_start, decision.after.source_end) == (4, 11)
    assert decision.reviewer == "王敏"
    assert decision.at.endswith("+00:00")


# Spans


@pytest.mark.parametrize(
    ("edge", "by", "text"),
    [
        ("start", -1, "P1607.8亿元"),
        ("start", +1, "607.8亿元"),
        ("start", -4, "1607.8亿元"),  # not beyond the speech
        ("start", +9, "1607.8亿元"),  # not beyond the end
        ("end", -1, "1607.8亿"),
        ("end", +1, "1607.8亿元，"),
        ("end", -9, "1607.8亿元"),
    ],
)
def test_edges_move_within_the_speech(edge: str, by: int, text: str) -> None:
    session = sitting(THREE)
    session.move_edge(edge, by)  # type: ignore[arg-type]
    assert session.current is not None
    assert session.current.text == text
    assert session.document is not None
    assert session.document.text[session.current.start : session.current.end] == text


def test_an_edge_jumps_over_white_space() -> None:
    session = sitting("第一 ⟦7 %⟧ 增")
    session.move_edge("start", +1)
    assert session.current is not None
    assert session.current.text == "%"
    session.move_edge("start", -1)
    session.move_edge("start", -1)
    assert session.current.text == "一 7 %"
    session.move_edge("end", +1)
    assert session.current.text == "一 7 % 增"


def test_a_span_that_grows_knows_its_metrics() -> None:
    session = sitting("⟪力争⟫增长⟦7%⟧、⟦8%⟧。")
    session.focus("c1")
    session.set_span(0, 6)
    assert session.current is not None
    assert session.current.text == "力争增长7%"
    assert session.current.metrics == ("m1",)  # type: ignore[union-attr]


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (-1, 4), (0, 999), (2, 3), (0, 7)])
def test_a_span_that_is_no_place_for_an_annotation_changes_nothing(span: tuple[int, int]) -> None:
    session = sitting("一 \n⟦7%⟧以上")  # (2, 3) is white space, (0, 7) reaches over two speeches
    before = list(session.annotations)
    with pytest.raises(ReviewError):
        session.set_span(*span)
    with pytest.raises(ReviewError):
        session.add("metric", *span)
    assert session.annotations == before
    assert session.undo_title is None


def test_a_value_follows_its_words() -> None:
    session = sitting("突破⟦1500亿⟧元，力争3至5个")
    session.correct(value="150000000000", comparator="=", unit="")
    session.move_edge("end", +1)
    metric = session.current
    assert isinstance(metric, Metric)
    assert (metric.text, metric.value, metric.unit, metric.comparator) == (
        "1500亿元",
        "150000000000",
        "元",
        "=",
    )
    session.set_span(0, 8)
    metric = session.current
    assert isinstance(metric, Metric)
    assert (metric.text, metric.comparator) == ("突破1500亿元", ">")
    session.correct(value="7")  # somebody knows better
    session.set_span(4, 8)
    assert isinstance(session.current, Metric)
    assert session.current.value == "7"


# Fields


@pytest.mark.parametrize(
    ("name", "value", "stored_as"),
    [
        ("value", "1,234.50", "1234.50"),
        ("value", " 7.3 ", "7.3"),
        ("value", "-3.2", "-3.2"),
        ("value", "1.6e11", "160000000000"),
        ("value", "", None),
        ("period", "2025-01-01/2025-12-31", "2025-01-01/2025-12-31"),
        ("comparator", ">=", ">="),
        ("indicator", " GDP ", "GDP"),
        ("region", "", None),
    ],
)
def test_a_field_is_corrected(name: str, value: str, stored_as: str | None) -> None:
    session = sitting(THREE)
    session.correct(**{name: value})
    assert session.current is not None
    assert getattr(session.current, name) == stored_as
    assert draw(session) == ("[·]··" if stored_as is None else "[✎]··")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"value": "很多"}, "很多"),
        ({"value": "NaN"}, "NaN"),
        ({"value": "1e999999"}, "1e999999"),
        ({"value": "5", "value_high": "3"}, "3"),
        ({"comparator": "约"}, "~"),
        ({"status": "done"}, "actual"),
        ({"period": "2025"}, "2025-01-01/2025-12-31"),
        ({"period": "2025-12-31/2025-01-01"}, "早于"),
        ({"period": "2025-02-30/2025-03-01"}, "2025-02-30"),
        ({"deadline": "2025-12-31"}, "deadline"),  # a commitment's
        ({"text": "别的"}, "text"),
        ({"state": "accepted"}, "state"),
        ({"value": "3", "kind": "?"}, "kind"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_changes(fields: dict[str, str], word: str) -> None:
    session = sitting(THREE)
    before = list(session.annotations)
    with pytest.raises(ReviewError) as refused:
        session.correct(**fields)
    assert word in str(refused.value)
    assert session.annotations == before
    assert session.undo_title is None


def test_correcting_nothing_is_no_decision() -> None:
    session = sitting(THREE)
    session.correct(indicator="", value=None)
    assert session.undo_title is None


# Adding


def test_an_added_annotation_comes_and_goes() -> None:
    session = sitting(THREE)
    start = THREE.replace("⟦", "").replace("⟧", "").index("增长")
    session.selection = (start, start + 2)
    assert play(session, "M") == "·[+]··"
    assert session.current is not None
    assert session.current.text == "增长"
    assert play(session, "Ctrl+Z") == "·[·]·"
    assert play(session, "Ctrl+Shift+Z") == "·[+]··"
    assert play(session, "Backspace") == "·✗[·]·"
    assert play(session, "Up Return") == "·+[·]·"  # taken back: added still
    session.focus(session.annotations[1].id)
    session.correct(indicator="GDP")
    assert draw(session) == "·[+]··"


def test_what_is_added_says_what_its_words_say() -> None:
    session = sitting("突破1500亿元，力争3至5个")
    amount = session.add("metric", 0, 8)
    assert isinstance(amount, Metric)
    assert (amount.value, amount.unit, amount.comparator) == ("150000000000", "元", ">")
    assert amount.region == "第1区"
    few = session.add("metric", 11, 15, value_high="6", region="")
    assert isinstance(few, Metric)
    assert (few.value, few.value_high, few.comparator, few.region) == ("3", "6", "range", None)
    words = session.add("metric", 9, 11)
    assert isinstance(words, Metric)
    assert (words.value, words.unit) == (None, None)


def test_the_same_is_not_added_twice() -> None:
    session = sitting(THREE)
    first = session.annotations[0]
    with pytest.raises(ReviewError, match="1607"):
        session.add("metric", first.start, first.end)
    session.reject()
    assert session.add("metric", first.start, first.end, value="160780000000").state is State.ADDED
    assert draw(session) == "✗[+]··"


def test_without_a_selection_nothing_is_added() -> None:
    with pytest.raises(ReviewError, match="选中文字"):
        play(sitting(THREE), "C")


def test_the_next_in_a_state_is_looked_for_in_other_documents_and_round() -> None:
    session = sitting(THREE, THREE.replace("。", "！"))
    first, second = (row.id for row in session.store.documents())
    session.focus("m2")
    session.reject()
    session.open(second)
    session.focus("c1")
    session.reject()
    session.open(second)
    session.focus("c1")
    session.next_in(State.REJECTED)
    places = []
    for _ in range(3):
        assert session.document is not None
        assert session.current is not None
        places.append((session.document.id, session.current.id))
        session.next_in(State.REJECTED)
    assert places == [(first, "m2"), (second, "c1"), (first, "m2")]
    with pytest.raises(ReviewError):
        session.next_in(State.ADDED)


# Several at once


def test_identical_mentions_are_decided_together() -> None:
    session = sitting("⟦第一⟧、⟦第一⟧、⟦第二⟧、⟦第一⟧。")
    assert session.identical() == []
    play(session, "Backspace Up")
    assert [item.annotation.id for item in session.identical()] == ["m2", "m4"]
    assert play(session, "Ctrl+Shift+A") == "[✗]✗·✗"
    assert play(session, "Ctrl+Z") == "✗[·]··"


def test_a_correction_is_carried_to_identical_mentions() -> None:
    session = sitting("⟦第一⟧、⟦第一⟧。")
    session.correct(indicator="GDP")
    session.decide_identical()
    assert draw(session) == "[✎]✎"
    assert [item.indicator for item in session.annotations] == ["GDP", "GDP"]  # type: ignore[union-attr]


def test_nothing_identical_is_said() -> None:
    with pytest.raises(ReviewError):
        sitting(THREE).decide_identical()


# Filter


def test_a_filter_says_where_to_stop() -> None:
    session = sitting(THREE)
    session.filter = Filter(types=frozenset({"commitment"}))
    assert play(session, "Tab") == "··[·]"
    assert play(session, "Up") == "··[·]"
    session.filter = Filter(text="7.3")
    assert play(session, "Tab") == "·[·]·"
    session.filter = Filter(states=frozenset({State.REJECTED}))
    assert not session.next_undecided()


def test_a_filter_reaches_into_other_documents() -> None:
    session = sitting("增长⟦7%⟧。", "增长⟦8%⟧。", "⟪确保⟫增长⟦9%⟧。")
    session.filter = Filter(types=frozenset({"commitment"}))
    assert session.next_undecided()
    assert draw(session) == "[·]·"
    assert session.current is not None
    assert session.current.text == "确保"
    session.filter = Filter(region="第2区")
    assert not session.next_undecided()


# Listeners


def test_listeners_hear_what_kind_of_thing_changed() -> None:
    session = sitting(THREE)
    heard: list[Change] = []
    session.on_changed.append(heard.append)
    session.accept()
    session.next()
    session.selection = (1, 3)
    session.selection = (1, 3)
    session.filter = Filter(text="x")
    assert heard == [
        Change(Kind.ANNOTATIONS, ("m1",)),
        Change(Kind.SAVED),
        Change(Kind.FOCUS),
        Change(Kind.FOCUS),
        Change(Kind.SELECTION),
        Change(Kind.FILTER),
    ]
    heard.clear()
    document, extraction = sketch("增长⟦9%⟧。")
    session.store.add(document, extraction)
    session.open(document.id)
    assert heard == [Change(Kind.DOCUMENT), Change(Kind.FOCUS)]


def test_counts_are_true_when_listeners_hear_of_a_decision() -> None:
    session = sitting(THREE)
    counts = []
    session.on_changed.append(lambda change: counts.append((change.kind, session.counts.accepted)))
    session.accept()
    assert counts[:2] == [(Kind.ANNOTATIONS, 1), (Kind.SAVED, 1)]


def test_without_a_document_or_a_name_nothing_is_decided() -> None:
    session = Session(stored(THREE), reviewer=" ")
    for act in session.accept, session.reject, session.skip, session.decide_identical:
        with pytest.raises(ReviewError):
            act()
    session.next()
    assert session.next_undecided()
    with pytest.raises(ReviewError, match="姓名"):
        session.accept()
    assert draw(session) == "[·]··"


def test_the_id_of_an_indicator_follows_its_name() -> None:
    with stored("地区生产总值⟦1607.8亿元⟧。") as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        for name, id_ in ("GDP", "gdp"), ("县域文旅热度", None), ("地区生产总值", "gdp"):
            session.correct(indicator=name)
            assert session.current is not None
            assert session.current.indicator_id == id_
        session.undo()
        assert session.current.indicator_id is None
        added = session.add("metric", 0, 6, indicator="粮食总产量")
        assert added.indicator_id == "grain_output"
