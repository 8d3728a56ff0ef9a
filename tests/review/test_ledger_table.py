"""The ledger without a window: what a filter leaves, in which order, how many there would be, the pivot."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaozhu.model import VERIFIED
from jiaozhu.review.ledger import FACETS, Ledger, LedgerFilter, PivotRow, pivot, select, sort
from jiaozhu.review.ledger.table import year_of
from jiaozhu.store import LedgerDocument, LedgerRow

DOCUMENTS = [
    LedgerDocument(1, "a", "报告.txt", "河东县报告", "2025-01-09"),
    LedgerDocument(2, "b", "讲话.txt", None, None),
]
BLANK = LedgerRow(
    **dict.fromkeys(LedgerRow._fields, None)
    | {"key": 1, "id": "m1", "type": "metric", "state": "suggested", "start": 0, "end": 1, "text": ""}
    | {"flagged": False}
)


def row(key: int, id_: str, **fields: Any) -> LedgerRow:
    return BLANK._replace(key=key, id=id_, type={"m": "metric", "c": "commitment"}[id_[0]], **fields)


ROWS = [
    row(1, "m1", start=9, text="8%", indicator="GDP", indicator_id="gdp", value="8", unit="%",
        kind="growth", period="2024-01-01/2024-12-31", region="河东县", status="actual", state="accepted"),
    row(1, "m2", start=20, text="486亿元", indicator="地区生产总值", indicator_id="gdp", value="48600000000",
        unit="元", kind="level", period="2024-01-01/2024-12-31", region="河东县", status="actual",
        state="corrected", speaker="王敏", reviewer="李四"),
    row(1, "c1", start=20, end=30, text="力争新建学校", strength="aim", kind="deliverable",
        period="2025-12-31", region="河东县", state="suggested"),
    row(2, "m1", start=0, text="5所", indicator="学校", value="5", unit="所", kind="count",
        period="2021-01-01/2025-12-31", region="安平县", status="target", flagged=True),
    row(2, "m2", start=5, text="9%", indicator="gdp增速", value="9", unit="%", kind="growth",
        region="安平县", status="target", state="rejected", note="口径不明"),
]  # fmt: skip


def ledger(rows: list[LedgerRow] = ROWS) -> Ledger:
    return Ledger.read(DOCUMENTS, [rows[:2], rows[2:]])


def drawn(table: Ledger, rows: Any) -> str:
    """Draw rows as their documents and ids."""
    return " ".join(f"{table.value(at, 'document')}.{table.value(at, 'id')}" for at in rows.tolist())


@pytest.mark.parametrize(
    ("text", "chosen", "left"),
    [
        ("", {}, "a.m1 a.c1 a.m2 b.m1 b.m2"),
        ("学校", {}, "a.c1 b.m1"),
        ("学校 力争", {}, "a.c1"),
        ("GDP", {}, "a.m1 b.m2"),
        ("gDp", {}, "a.m1 b.m2"),
        ("口径", {}, "b.m2"),
        ("河东县报告", {}, "a.m1 a.c1 a.m2"),  # the title of the document
        ("讲话.txt", {}, "b.m1 b.m2"),
        ("没有这样的", {}, ""),
        ("", {"type": ["metric"]}, "a.m1 a.m2 b.m1 b.m2"),
        ("", {"type": ["metric"], "region": ["河东县"]}, "a.m1 a.m2"),
        ("", {"state": ["accepted", "corrected"]}, "a.m1 a.m2"),
        ("", {"measure": ["gdp"]}, "a.m1 a.m2"),  # however it is written
        ("", {"year": ["2021–2025", "2025"]}, "a.c1 b.m1"),
        ("", {"year": [None]}, "b.m2"),
        ("", {"strength": ["aim"]}, "a.c1"),
        ("", {"flagged": [True]}, "b.m1"),
        ("", {"document": ["b"]}, "b.m1 b.m2"),
        ("", {"reviewer": ["没有这个人"]}, ""),
        ("%", {"kind": ["growth"], "status": ["target"]}, "b.m2"),
    ],
)
def test_a_filter_leaves(text: str, chosen: dict[str, list], left: str) -> None:
    table = ledger()
    filter_ = LedgerFilter(text, {facet: frozenset(values) for facet, values in chosen.items()})
    assert drawn(table, select(table, filter_).rows) == left


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        ("value", False, "b.m1 a.m1 b.m2 a.m2 a.c1"),  # as numbers; without a value at the end
        ("value", True, "a.m2 b.m2 a.m1 b.m1 a.c1"),
        ("state", False, "a.c1 b.m1 a.m1 a.m2 b.m2"),
        ("type", False, "a.m1 a.m2 b.m1 b.m2 a.c1"),
        ("region", False, "b.m1 b.m2 a.m1 a.c1 a.m2"),  # Ānpíng before Hédōng
        ("period", False, "b.m1 a.m1 a.m2 a.c1 b.m2"),
        ("flagged", False, "b.m1 a.m1 a.c1 a.m2 b.m2"),
        ("document", False, "a.m1 a.c1 a.m2 b.m1 b.m2"),
        ("speaker", True, "a.m2 a.m1 a.c1 b.m1 b.m2"),
    ],
)
def test_rows_by_a_column(column: str, descending: bool, order: str) -> None:
    table = ledger()
    rows = select(table, LedgerFilter()).rows
    assert drawn(table, sort(table, rows, column, descending=descending)) == order


STATES = st.sampled_from(["suggested", "accepted", "corrected", "rejected", "added"])
NAMES = st.sampled_from([None, "河东县", "安平县", "北山市"])
ROW = st.builds(
    lambda key, type_, **fields: row(key, type_, **fields),
    st.integers(1, 2),
    st.sampled_from(["m1", "c1"]),
    state=STATES,
    region=NAMES,
    speaker=NAMES,
    text=st.sampled_from(["增长8%", "新建学校", "GDP"]),
    period=st.sampled_from([None, "2024-01-01/2024-12-31", "2025-12-31"]),
    status=st.sampled_from([None, "actual", "target"]),
    indicator=st.sampled_from([None, "GDP", "学校"]),
    kind=st.sampled_from([None, "growth", "level"]),
    flagged=st.booleans(),
)
TABLES = st.lists(ROW, max_size=30).map(
    lambda rows: ledger([one._replace(id=f"{one.id[0]}{number}") for number, one in enumerate(rows)])
)


@st.composite
def filtered(draw: st.DrawFn) -> tuple[Ledger, LedgerFilter]:
    """A table and a filter by values that it has."""
    table = draw(TABLES)
    chosen = {}
    for facet in draw(st.lists(st.sampled_from(FACETS), max_size=3, unique=True)):
        if values := table.vocabularies[facet].values:
            chosen[facet] = frozenset(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2)))
    return table, LedgerFilter(draw(st.sampled_from(["", "8", "学校", "gdp"])), chosen)


@given(filtered())
def test_a_count_is_what_the_filter_shows(made: tuple[Ledger, LedgerFilter]) -> None:
    table, filter_ = made
    selection = select(table, filter_)
    for facet in FACETS:
        for code, value in enumerate(table.vocabularies[facet].values):
            alone = select(table, filter_.with_chosen(facet, [value]))
            assert selection.counts[facet][code] == len(alone.rows)


@given(filtered())
def test_a_filter_is_kept_as_it_was(made: tuple[Ledger, LedgerFilter]) -> None:
    table, filter_ = made
    again = LedgerFilter.from_json(filter_.to_json())
    assert select(table, again).rows.tolist() == select(table, filter_).rows.tolist()


@pytest.mark.parametrize(
    "kept",
    [None, [], "x", {"text": 3, "chosen": []}, {"chosen": {"state": "x", "nothing": ["x"], "type": []}}],
)
def test_a_filter_that_was_spoilt_is_empty(kept: object) -> None:
    assert LedgerFilter.from_json(kept).is_empty


@given(st.lists(ROW, max_size=20), st.lists(ROW, max_size=20), st.integers(1, 2))
def test_reading_a_document_again_is_as_reading_all(
    before: list[LedgerRow], after: list[LedgerRow], key: int
) -> None:
    def numbered(rows: list[LedgerRow]) -> list[LedgerRow]:
        return [one._replace(id=f"{one.id[0]}{number}", start=number) for number, one in enumerate(rows)]

    stay = [one for one in numbered(before) if one.key != key]
    fresh = [one._replace(key=key) for one in numbered(after)]
    table = ledger(numbered(before)).extended(DOCUMENTS, [fresh], instead_of={key})
    whole = ledger(stay + fresh)
    for name in ("document", "id", "state", "region", "year"):
        assert [table.value(at, name) for at in range(len(table))] == [
            whole.value(at, name) for at in range(len(whole))
        ]


def test_an_annotation_is_found_again() -> None:
    table = ledger()
    for at in range(len(table)):
        assert table.find(table.identity(at)) == at
    assert table.find(("a", "metric", "m9")) is None


@pytest.mark.parametrize(
    ("period", "year"),
    [
        (None, None),
        ("2024-01-01/2024-09-30", "2024"),
        ("2021-01-01/2025-12-31", "2021–2025"),
        ("2025-12-31", "2025"),
    ],
)
def test_the_year_of_a_period(period: str | None, year: str | None) -> None:
    assert year_of(period) == year


def lines(table: Ledger, text: str = "") -> dict[PivotRow, dict[str, tuple[list[str], int]]]:
    """Return the pivot by lines and years: the values that differ, and how many metrics there are."""
    made = pivot(table, select(table, LedgerFilter(text)).rows)
    return {
        made.row(line): {
            year: ([str(one.value) for one in cell.quantities], len(cell.rows))
            for at, year in enumerate(made.years)
            if (cell := made.cell(line, at)) is not None
        }
        for line in range(len(made))
    }


def test_the_pivot_has_what_is_verified() -> None:
    assert lines(ledger()) == {
        PivotRow("gdp", "level", "河东县"): {"2024": (["48600000000"], 1)},
        PivotRow("gdp", "growth", "河东县"): {"2024": (["8"], 1)},
    }
    assert lines(ledger(), "没有这样的") == {}


def test_several_values_in_a_cell_are_told() -> None:
    growth = ROWS[0]
    table = ledger(
        [
            growth,
            growth._replace(id="m7", start=50),  # the same once more
            growth._replace(id="m8", start=60, value="8.1"),
            growth._replace(id="m9", start=70, region="安平县", period="2023-01-01/2023-12-31"),
        ]
    )
    assert lines(table) == {
        PivotRow("gdp", "growth", "安平县"): {"2023": (["8"], 1)},
        PivotRow("gdp", "growth", "河东县"): {"2024": (["8", "8.1"], 3)},
    }


@given(TABLES)
def test_the_pivot_holds_each_verified_metric_once(table: Ledger) -> None:
    made = pivot(table, select(table, LedgerFilter()).rows)
    held = [
        at
        for line in range(len(made))
        for year in range(len(made.years))
        if (cell := made.cell(line, year)) is not None
        for at in cell.rows
    ]
    wanted = [
        at
        for at in range(len(table))
        if table.value(at, "state") in VERIFIED
        and table.value(at, "type") == "metric"
        and table.value(at, "year") is not None
        and table.value(at, "measure") is not None
    ]
    assert sorted(held) == wanted
    assert made.count == len(wanted)
