"""Whether fields hold what they may hold, and values what their quotes say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Metric, State
from jiaozhu.review.fields import EDITABLE, ReviewError, check
from jiaozhu.review.prefill import Read, read
from jiaozhu.store import Fault, LedgerRow, Rule, Store

#: States in which nobody has said that a value is another than that of its words.
_AS_READ = (State.SUGGESTED, State.ACCEPTED)
_MANY = 200_000
#: After so many hints there is more amiss than one by one would tell.
_MOST_HINTS = 1_000


def check_values(store: Store) -> Iterator[Fault]:
    """Yield fields of annotations, as they stand, that hold what they may not hold.

    That a value is not in its words as the grammar reads them today comes as a hint: a reviewer may know
    better, and words are sometimes read with those around them.
    """
    documents = {document.key: document for document in store.ledger_documents()}
    hints = 0
    for rows in store.ledger_rows():
        for row in rows:
            document = documents.get(row.key)
            if document is None:
                continue  # its row in the list is missing, which the store tells
            found = list(_fields(row))
            if hints < _MOST_HINTS and (hint := _hint(row)) is not None:
                hints += 1
                found.append((Rule.HINT, hint))
            for rule, problem in found:
                yield Fault(rule, problem, document.id, document.name, row.id)


def _fields(row: LedgerRow) -> Iterator[tuple[Rule, str]]:
    for name, column in _COLUMNS[row.type]:
        value = row[column]
        if value is not None and (problem := _problem(row.type, name, str(value))) is not None:
            yield Rule.VALUE, problem


def _hint(row: LedgerRow) -> str | None:
    """Return what to say if the words of a metric say another value than the one it has."""
    if row.type != Metric.type or row.value is None or row.state not in _AS_READ:
        return None
    if _digits(row.value) in row.text.replace(".", ""):  # most are written so, and the grammar takes its time
        return None
    found = _read(row.text)
    if found is None:
        return None
    try:
        says = {abs(Decimal(value)) for value in (found.value, found.value_high) if value is not None}
        has = {abs(Decimal(value)) for value in (row.value, row.value_high) if value is not None}
    except ArithmeticError:
        return None  # told already: it is no number
    if says & has:
        return None
    told = _("数值是 {value}，而“{text}”读作 {read}。")
    return told.format(value=row.value, text=row.text, read=found.value)


def _digits(value: str) -> str:
    """Return the digits of a value that are written in whatever unit: 160780000000 is 1607.8亿."""
    return value.lstrip("-").replace(".", "").strip("0") or "0"


@lru_cache(_MANY)
def _problem(type_: str, name: str, value: str) -> str | None:
    try:
        check(type_, name, value)
    except ReviewError as error:
        return str(error)
    return None


@lru_cache(_MANY)
def _read(text: str) -> Read | None:
    return read(text)


#: The fields of each type that are checked, and where they stand in a row.
_COLUMNS = {
    type_: [
        (name, LedgerRow._fields.index("period" if name == "deadline" else name)) for name in EDITABLE[type_]
    ]
    for type_ in ("metric", "commitment")
}
