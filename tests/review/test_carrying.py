"""Decisions on an earlier version become decisions on the new one. Drawings as in `sketch`."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu import __version__
from jiaozhu.model import Action, AnyAnnotation, Commitment, Document, Extraction, Metric, Speech, State
from jiaozhu.review.carrying import Alignment, Carried, carry, carry_speeches
from jiaozhu.store import Store
from sketch import sketch

BY = {"reviewer": "王敏", "reviewed_at": "2026-03-01T08:00:00.000000+00:00"}
SIGNS = {State.ACCEPTED: "✓", State.CORRECTED: "✎", State.REJECTED: "✗", State.ADDED: "+"}


def decided(drawing: str, states: str, **fields: str | None) -> tuple[Document, list[AnyAnnotation]]:
    """Return a document and its annotations in the text's order, each in the state that is drawn."""
    document, extraction = sketch(drawing)
    found = sorted([*extraction.metrics, *extraction.commitments], key=lambda item: (item.start, -item.end))
    named = {sign: state for state, sign in SIGNS.items()} | {"·": State.SUGGESTED}
    assert len(found) == len(states)
    return document, [
        replace(item, state=named[sign], **BY, **(fields if isinstance(item, Metric) else {}))
        for item, sign in zip(found, states, strict=True)
    ]


def over(old: tuple[Document, list[AnyAnnotation]], new: tuple[Document, Extraction]) -> Carried:
    """Carry what was decided on an old version over to the new one."""
    return carry(old[1], Alignment(old[0].text, new[0].text), *new)


def draw(carried: Carried) -> str:
    """Return the states and words of what was carried, then those of what was lost."""
    found = [f"{SIGNS[item.after.state]}{item.after.text}" for item in carried.decisions]
    return " ".join(found + [f"?{item.text}" for item in carried.lost])


#: What happened, the earlier version, what was decided on it, the new version, and what becomes of it:
#: ✓ accepted ✎ corrected ✗ rejected + added, and ? lost.
CASES = {
    "the same": ("产值⟦90亿元⟧，增长⟦7%⟧。", "✓✗", "产值⟦90亿元⟧，增长⟦7%⟧。", "✓90亿元 ✗7%"),
    "undecided": ("产值⟦90亿元⟧，增长⟦7%⟧。", "·✓", "产值⟦90亿元⟧，增长⟦7%⟧。", "✓7%"),
    "paragraph inserted": ("产值⟦90亿元⟧。", "✓", "本报讯 记者报道\n产值⟦90亿元⟧。", "✓90亿元"),
    "number changed": ("产值⟦90亿元⟧，增长⟦7%⟧。", "✓✓", "产值⟦91亿元⟧，增长⟦7%⟧。", "✓7% ?90亿元"),
    "rejected, number changed": ("产值⟦90亿元⟧。", "✗", "产值⟦91亿元⟧。", ""),
    "not suggested again": ("产值⟦90亿元⟧，增长⟦7%⟧。", "✓✎", "产值90亿元，增长7%。", "+90亿元 +7%"),
    "rejected, not suggested again": ("产值⟦90亿元⟧。", "✗", "产值90亿元。", ""),
    "added, suggested now": ("产值⟦90亿元⟧。", "+", "产值⟦90亿元⟧。", "✓90亿元"),
    "suggested with other bounds": ("产值⟦90亿元⟧。", "✓", "产值⟦90亿⟧元。", "+90亿元"),
    "suggested as something else": ("⟦新建90家⟧。", "✓", "⟪新建90家⟫。", "+新建90家"),
    "nested": ("⟪产值突破⟦90亿元⟧⟫。", "✎✓", "各位，⟪产值突破⟦90亿元⟧⟫。", "✓产值突破90亿元 ✓90亿元"),
    "words gone": ("产值⟦90亿元⟧。⟪力争更好⟫。", "✓✓", "产值⟦90亿元⟧。", "✓90亿元 ?力争更好"),
    "rejected, may be either": ("头。增⟦7%⟧。增⟦7%⟧。尾。", "✗✗", "头。增⟦7%⟧。尾。", "?7% ?7%"),
}


@pytest.mark.parametrize(("old", "states", "new", "drawing"), CASES.values(), ids=CASES)
def test_case(old: str, states: str, new: str, drawing: str) -> None:
    assert draw(over(decided(old, states), sketch(new))) == drawing


def test_the_store_takes_what_is_carried() -> None:
    old = decided("⟪产值突破⟦90亿元⟧⟫，增长⟦7%⟧，⟦5家⟧。", "✎✓✗+", value="1")
    document, extraction = sketch("新闻\n⟪产值突破⟦90亿元⟧⟫，增长⟦7%⟧，5家。")
    carried = carry(old[1], Alignment(old[0].text, document.text), document, extraction)
    with Store() as store:
        store.add(document, extraction)
        store.record(carried.decisions)
        states = [SIGNS[item.state] + item.text for item in store.annotations(document.id)]
        assert states == ["✓产值突破90亿元", "✎90亿元", "✗7%", "+5家"]
        assert {(item.reviewer, item.reviewed_at) for item in store.reviewed(document.id)} == {
            (BY["reviewer"], BY["reviewed_at"])
        }


def test_who_decided_and_when() -> None:
    carried = over(decided("产值⟦90亿元⟧，增长⟦7%⟧。", "✓✓"), sketch("产值⟦90亿元⟧，增长⟦7%⟧。"))
    one, other = carried.decisions
    assert (one.reviewer, one.at) == (BY["reviewer"], BY["reviewed_at"])
    assert (one.action, one.program) == (Action.CARRY, __version__)
    assert (one.after.reviewer, one.after.reviewed_at) == (None, None)
    assert one.uid != other.uid
    assert one.batch == other.batch
    assert UUID(one.batch)
    assert over(decided("增长⟦7%⟧。", "✓"), sketch("增长⟦7%⟧。")).decisions[0].batch is None


def test_nobody_answers_for_it() -> None:
    document, (metric,) = decided("增长⟦7%⟧。", "✓")
    assert draw(over((document, [replace(metric, reviewer=None)]), sketch("增长⟦7%⟧。"))) == "?7%"


def test_fields_are_the_reviewer_s_and_the_rest_is_the_suggestion_s() -> None:
    old = decided(
        "增长⟦7%⟧。", "✎", value="7", unit="%", period="2024-01-01/2024-12-31", cue="达", rule="old"
    )
    document, extraction = sketch("各位，增长⟦7%⟧。", value="7", period="2025-01-01/2025-12-31", rule="new")
    (decision,) = over(old, (document, extraction)).decisions
    suggestion = extraction.metrics[0]
    assert decision.before == suggestion
    assert decision.after == replace(
        suggestion, unit="%", period="2024-01-01/2024-12-31", state=State.CORRECTED
    )


def test_an_added_annotation() -> None:
    old = decided("⟪产值突破⟦90亿元⟧，超过⟦5家⟧⟫。", "✓✗✓", value="1", rule="old", status="target")
    document, extraction = sketch("新闻\n产值突破⟦90亿元⟧，超过5家。")
    commitment, rejected, metric = over(old, (document, extraction)).decisions
    assert rejected.after.state is State.REJECTED
    assert metric.before is None
    assert metric.after == Metric(
        id=metric.subject,
        speech="s2",
        start=14,
        end=16,
        source_start=14,
        source_end=16,
        text="5家",
        value="1",
        status="target",
        state=State.ADDED,
    )
    assert metric.subject.startswith("m_")
    assert commitment.subject.startswith("c_")
    assert commitment.after.metrics == (metric.subject,)  # not the rejected one


def test_an_added_annotation_needs_a_speech() -> None:
    document, extraction = sketch("产值90亿元。")
    extraction = replace(extraction, speeches=(Speech(id="s1", start=0, end=3),))
    assert draw(over(decided("产值⟦90亿元⟧。", "✓"), (document, extraction))) == "?90亿元"


def test_without_a_source_map_there_is_no_source_span() -> None:
    document, extraction = sketch("产值90亿元。")
    (decision,) = over(
        decided("产值⟦90亿元⟧。", "✓"), (replace(document, source_map=None), extraction)
    ).decisions
    assert (decision.after.source_start, decision.after.source_end) == (None, None)


@pytest.mark.parametrize(
    ("new", "start", "state"),
    [
        ("各位，全县产值⟦90亿元⟧。", 5, State.ACCEPTED),  # follows its words
        ("各位，全县产⟦90亿元⟧。", None, State.CORRECTED),  # they are not there any more
    ],
)
def test_the_place_of_the_indicator(new: str, start: int | None, state: State) -> None:
    document, (metric,) = decided("全县产值⟦90亿元⟧。", "✓", indicator="产值")
    old = document, [replace(metric, indicator_start=2, indicator_end=4)]
    found, extraction = sketch(new, indicator="产值" if start else "产")
    place = {"indicator_start": start, "indicator_end": start + 2} if start else {"indicator_start": 0}
    extraction = replace(extraction, metrics=(replace(extraction.metrics[0], **place),))
    (decision,) = over(old, (found, extraction)).decisions
    assert decision.after.state is state
    assert decision.after.indicator == "产值"
    assert decision.after.indicator_start == start


def test_of_two_on_the_same_words_the_verified_one_counts() -> None:
    document, (metric,) = decided("增长⟦7%⟧。", "✓")
    rejected = replace(metric, id="m9", state=State.REJECTED)
    added = replace(metric, id="m_1", state=State.ADDED)
    new = sketch("增长⟦7%⟧。")
    assert draw(over((document, [rejected, metric]), new)) == "✓7%"
    assert draw(over((document, [metric, added]), new)) == "✓7% ?7%"


def test_other_bounds_are_a_decision_on_what_was_suggested() -> None:
    document, extraction = sketch("产值⟦突破90亿元⟧。")
    (suggestion,) = extraction.metrics
    bounded = replace(
        suggestion, start=4, end=8, source_start=4, source_end=8, text="90亿元", state=State.CORRECTED, **BY
    )
    new, found = sketch("新闻\n产值⟦突破90亿元⟧。")
    alignment = Alignment(document.text, new.text)
    suggested = {suggestion.id: suggestion}
    carried = carry([bounded], alignment, new, found, suggested=suggested)
    (decision,) = carried.decisions
    assert decision.before == found.metrics[0]
    assert decision.after == replace(
        found.metrics[0], start=7, end=11, source_start=7, source_end=11, text="90亿元", state=State.CORRECTED
    )
    # Who decided on these very words comes first.
    exact = replace(suggestion, id="m_1", state=State.ADDED, **BY)
    carried = carry([bounded, exact], alignment, new, found, suggested=suggested)
    assert draw(carried) == "✓突破90亿元 +90亿元"


SENTENCES = [f"第{number}项⟪力争投资⟦{number * 7}亿元⟧⟫。" for number in range(1, 12)]


@given(
    st.lists(st.tuples(st.sampled_from("✓✗✎+"), st.sampled_from("✓✗✎+")), min_size=11, max_size=11),
    st.permutations(SENTENCES),
    st.sets(st.sampled_from(SENTENCES)),
    st.sets(st.sampled_from(SENTENCES)),
)
def test_nothing_is_decided_twice_and_nothing_verified_goes_unsaid(
    states: list[tuple[str, str]], order: list[str], gone: set[str], unmarked: set[str]
) -> None:
    old = decided("".join(SENTENCES), "".join(map("".join, states)))
    rest = [sentence for sentence in order if sentence not in gone]
    plain = str.maketrans("", "", "⟦⟧⟪⟫")
    new = sketch("".join(item.translate(plain) if item in unmarked else item for item in rest) or "无")
    carried = over(old, new)
    subjects = [decision.subject for decision in carried.decisions]
    assert len(subjects) == len(set(subjects))
    verified = [item for item in old[1] if item.state is not State.REJECTED]
    told = [item.after for item in carried.decisions if item.after.state is not State.REJECTED]
    lost = [item for item in carried.lost if item.state is not State.REJECTED]
    assert sorted(item.text for item in [*told, *lost]) == sorted(item.text for item in verified)
    for decision in carried.decisions:
        assert new[0].text[decision.after.start : decision.after.end] == decision.after.text
    metrics = {item.id for item in told if isinstance(item, Metric)} | {item.id for item in new[1].metrics}
    assert all(set(item.metrics) <= metrics for item in told if isinstance(item, Commitment))


# Speeches

TALKS = "县长李明：\n我们要多修路。\n市长王芳：\n我们要多栽树。\n"


def speech(text: str, number: int, begin: str, **fields: str) -> Speech:
    start = text.index(begin)
    return Speech(id=f"s{number}", start=start, end=start + 13, **fields)


@pytest.mark.parametrize(
    ("new", "begin"),
    [
        (TALKS, "市长"),
        ("本报讯\n" + TALKS, "市长"),
        (TALKS.replace("市长王芳：", "市长 王 芳"), "市长"),  # its first line has changed
        (TALKS.replace("市长王芳：\n", ""), "我们要多栽树"),
    ],
)
def test_who_speaks_is_carried(new: str, begin: str) -> None:
    old = speech(TALKS, 2, "市长", speaker="王芳", office="市长", region="甲市", date="2026-01-02")
    found = speech(new, 7, begin, speaker="王", region_code="330000")
    others = [speech(new, 6, "县长", speaker="李明")]
    pairs, lost = carry_speeches([old], Alignment(TALKS, new), [*others, found])
    assert pairs == [
        (
            found,
            replace(found, speaker="王芳", office="市长", region="甲市", region_code=None, date="2026-01-02"),
        )
    ]
    assert not lost


def test_a_speech_that_is_right_by_now_needs_nothing() -> None:
    right = speech(TALKS, 2, "市长", speaker="王芳")
    assert carry_speeches([right], Alignment(TALKS, TALKS), [right]) == ([], [])


def test_a_speech_that_begins_nowhere_is_lost() -> None:
    old = speech(TALKS, 2, "市长", speaker="王芳")
    new = "县长李明：\n我们要多修路。\n"
    assert carry_speeches([old], Alignment(TALKS, new), [speech(new, 1, "县长")]) == ([], [old])
    far = "甲" * 50 + TALKS
    assert carry_speeches([old], Alignment(TALKS, far), [Speech(id="s1", start=0, end=60)]) == ([], [old])
