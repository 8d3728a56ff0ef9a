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


def check_values(store: Store) -> Iterator[Fault]:
    """Yield fields of annotations, as they stand, that hold what they may not hold.

    That a value is not in its words as the grammar reads them today comes as a hint: a reviewer may know
    better, and words are sometimes read with those around them.
    """
    documents = {document.key: document for document in store.ledger_documents()}
    for rows in store.ledger_rows():
        for row in rows:
            document = documents[row.key]
            for rule, problem in (*_fields(row), *_quote(row)):
                yield Fault(rule, problem, document.id, document.name, row.id)


def _fields(row: LedgerRow) -> Iterator[tuple[Rule, str]]:
    for name, column in _COLUMNS[row.type]:
        value = row[column]
        if value is not None and (problem := _problem(row.type, name, str(value))) is not None:
            yield Rule.VALUE, problem


def _quote(row: LedgerRow) -> Iterator[tuple[Rule, str]]:
    if row.type != Metric.type or row.value is None or row.state not in _AS_READ:
        return
    found = _read(row.text)
    if found is None:
        return
    try:
        says = {abs(Decimal(value)) for value in (found.value, found.value_high) if value is not None}
        has = {abs(Decimal(value)) for value in (row.value, row.value_high) if value is not None}
    except ArithmeticError:
        return  # told already: it is no number
    if not says & has:
        yield (
            Rule.HINT,
            _("数值是 {value}，而“{text}”读作 {read}。").format(
                value=row.value, text=row.text, read=found.value
            ),
        )


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
