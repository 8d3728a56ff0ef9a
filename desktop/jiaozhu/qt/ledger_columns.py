"""The columns of the ledger: what each is called, how wide it is, what its cells say, what can be edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiaozhu.i18n import gettext as _
from jiaozhu.model import CHOICES, State
from jiaozhu.qt import labels, readable
from jiaozhu.review.fields import EDITABLE
from jiaozhu.review.ledger import CERTAINTIES, Ledger


@dataclass(frozen=True, slots=True)
class Column:
    """One column; its width is in pixels before scaling."""

    name: str
    title: str
    width: int
    is_shown: bool = True  # unless the user chooses otherwise
    is_number: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("state", _("状态"), 88),
    Column("type", _("类型"), 58),
    Column("text", _("原文"), 182),
    Column("indicator", labels.FIELDS["indicator"], 150),
    Column("value", labels.FIELDS["value"], 118, is_number=True),
    Column("kind", labels.FIELDS["kind"], 66),
    Column("status", labels.FIELDS["status"], 76),
    Column("strength", labels.FIELDS["strength"], 56),
    Column("period", labels.FIELDS["period"], 122),
    Column("region", labels.FIELDS["region"], 96),
    Column("speaker", labels.FIELDS["speaker"], 84),
    Column("document", labels.TYPES["metadata"], 200),
    Column("date", labels.FIELDS["date"], 104, is_shown=False),
    Column("basis", labels.FIELDS["basis"], 84, is_shown=False),
    Column("scope", labels.FIELDS["scope"], 96, is_shown=False),
    Column("confidence", _("置信度"), 72, is_shown=False, is_number=True),
    Column("rule", _("规则"), 120, is_shown=False),
    Column("flagged", labels.FIELDS["flagged"], 56),
    Column("note", labels.FIELDS["note"], 160, is_shown=False),
    Column("reviewer", _("审校人"), 84),
    Column("reviewed_at", _("审校时间"), 150, is_shown=False),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}

FACET_TITLES = {
    **{column.name: column.title for column in COLUMNS},
    "year": _("年份"),
    "certainty": _("置信度"),
    "measure": _("指标"),
}
#: What a cell without a value shows.
NONE = "–"

_VALUES = {
    name: {**labels.VALUES["metric"].get(name, {}), **labels.VALUES["commitment"].get(name, {})}
    for name in ("kind", "status", "strength", "basis")
}


def shown(ledger: Ledger, row: int, column: str) -> str:
    """Return what a cell says; empty if it has no value."""
    if column == "value":
        return readable.quantity(ledger.metric(row))
    return said(ledger, column, ledger.value(row, column))


def said(ledger: Ledger, column: str, value: Any) -> str:
    """Return what a value of a column, or of a facet, is called; empty for none."""
    if column == "flagged":
        return _("有标记") if value else ""
    if value is None:
        return ""
    if column == "state":
        state = State(value)
        return f"{labels.SIGNS[state]} {labels.STATES[state]}"
    if column == "type":
        return labels.TYPES[value]
    if column in _VALUES:
        return _VALUES[column].get(value, str(value))
    if column == "period":
        return readable.period(value) if "/" in value else readable.day(value)
    if column == "document":
        return ledger.documents[value].name if value in ledger.documents else value
    if column == "certainty":
        return _certainty(value)
    if column == "rule":
        return labels.rule(value)
    if column == "confidence":
        return f"{value:.2f}"
    if column == "reviewed_at":
        return readable.moment(value)
    if column == "measure":
        return measure_name(value)
    if column == "text":
        return " ".join(value.split())
    return str(value)


#: The names of known indicators by their ids, once they are loaded.
_measures: dict[str, str] = {}


def load_measures() -> None:
    """Load the names of known indicators, which takes a while: not when the ledger opens."""
    from jiaozhu.extraction.metrics.canon import measures

    _measures.update({measure.id: measure.name for measure in measures().values()})


def _certainty(begin: str) -> str:
    """Return what a range of confidence is called: it goes up to where the next one begins."""
    *_before, last = CERTAINTIES
    if begin == last:
        return _("{limit} 以上").format(limit=begin)
    limit = CERTAINTIES[CERTAINTIES.index(begin) + 1]
    if begin == CERTAINTIES[0]:
        return _("不到 {limit}").format(limit=limit)
    return _("{begin} 至 {limit}").format(begin=begin, limit=limit)


def measure_name(measure: str) -> str:
    """Return the name of an indicator that is told by its id or its name."""
    return _measures.get(measure, measure)


def field_of(type_: str, column: str) -> str | None:
    """Return the field of an annotation that a cell stands for, None if it can't be edited there."""
    field = "deadline" if (type_, column) == ("commitment", "period") else column
    return field if field in EDITABLE[type_] else None


def choices_of(type_: str, field: str) -> tuple[str, ...] | None:
    """Return the values that a field can have, None if it can have any."""
    return CHOICES[type_].get(field)


def typed(field: str, text: str) -> dict[str, str | None]:
    """Return the fields that a typed text stands for: a quantity fills value, unit and comparator."""
    text = text.strip()
    if field == "value":
        return readable.typed_value(text)
    if field == "period":
        return {field: readable.typed_period(text) or None}
    if field == "deadline":
        return {field: readable.deadline_of(text) or None}
    return {field: text or None}
