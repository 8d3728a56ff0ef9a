"""What leaves the ledger: the rows and columns that are shown, as they are shown, or as records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jiaozhu.export import Exporter, write
from jiaozhu.model import State
from jiaozhu.qt.ledger_columns import shown
from jiaozhu.records import Record
from jiaozhu.review.ledger import Ledger
from jiaozhu.store import Store


def cells(ledger: Ledger, rows: Any, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of some rows, as they are shown."""
    for row in rows.tolist():
        yield [shown(ledger, row, column) for column in columns]


def write_records(ledger: Ledger, rows: Any, project: Path, target: Path, exporter: Exporter) -> int:
    """Write the annotations of some rows with one of the exporters; return how many were written.

    Raises ExportError or StoreError.
    """
    wanted: dict[str, set[tuple[str, str]]] = {}
    for row in rows.tolist():
        document, type_, id_ = ledger.identity(row)
        wanted.setdefault(document, set()).add((type_, id_))
    count = 0

    def records(store: Store) -> Iterator[Record]:
        nonlocal count
        for record in store.curated(State):
            here = wanted.get(record.document.id)
            if here:
                metrics = [one for one in record.metrics if (one.type, one.id) in here]
                commitments = [one for one in record.commitments if (one.type, one.id) in here]
                count += len(metrics) + len(commitments)
                yield replace(record, metrics=metrics, commitments=commitments)

    with Store(project, read_only=True) as store:
        write(records(store), target, exporter)
    return count
