"""What leaves the project: documents with their annotations in chosen states, and who verified them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import replace

from sqlite_utils import Database

from jiaozhu.model import AnyAnnotation, Commitment, Metric, State
from jiaozhu.records import Record, RecordDocument
from jiaozhu.store.annotations import decided, sort, undecided
from jiaozhu.store.database import snapshot
from jiaozhu.store.outline import speeches

#: What gives an annotation its state; the other actions only lead to a state that one of these gave.
_DECIDING = "('accept', 'correct', 'reject', 'add', 'carry')"

#: A snapshot without what changes when an annotation follows its speech, is flagged or remarked on.
_SAME = "json_remove({}, '$.speech', '$.flagged', '$.note')"

#: Joins to a latest decision `c` the one that gave the state, `w`; nulls if nobody gave one.
DECIDED_BY = f"""
LEFT JOIN decisions AS w ON w.seq = iif(c.action IN {_DECIDING}, c.seq,
    (SELECT max(seq) FROM decisions WHERE document = c.document AND type = c.type AND subject = c.subject
        AND action IN {_DECIDING} AND {_SAME.format("after")} = {_SAME.format("c.after")}))"""

#: The snapshots with two more fields at their ends.
_DECIDED = f"""
SELECT group_concat(substr(c.after, 1, length(c.after) - 1) || iif(w.seq IS NULL, '}}',
    ',"reviewer":' || json_quote(w.reviewer) || ',"reviewed_at":' || json_quote(w.at) || '}}'))
FROM latest AS c {DECIDED_BY}
WHERE c.type = ?1 AND c.document = ?2 AND (?3 IS NULL OR w.at >= ?3) AND c.state IN"""


def curated(db: Database, states: Collection[State], since: str | None = None) -> Iterator[Record]:
    """Yield a record of each document that has annotations in one of the states, and those only.

    Of a document with versions only the newest comes. With `since`, a time as decisions have it, only
    what got its state then or later.
    """
    counted = " + ".join(State(state) for state in states) or "0"
    keys = db.conn.execute(
        f"SELECT document FROM overview WHERE {counted} > 0 AND replaced_by IS NULL ORDER BY document"
    ).fetchall()
    for (key,) in keys:  # one after the other: a query left open would hold on to the project as it was
        with snapshot(db):
            record = _record(db, key, states, since)
        if record.metrics or record.commitments:
            yield record


def _record(db: Database, key: int, states: Collection[State], since: str | None) -> Record:
    id_, source, sha256, title, publisher, date, url, text = db.conn.execute(
        "SELECT d.id, d.source, d.sha256, o.title, o.publisher, o.date, o.url, d.text "
        "FROM documents AS d JOIN overview AS o ON o.document = d.key WHERE d.key = ?",
        (key,),
    ).fetchone()
    annotations = chosen(db, key, states, since)
    metrics = [annotation for annotation in annotations if isinstance(annotation, Metric)]
    starts = [metric.start for metric in metrics]
    return Record(
        document=RecordDocument(
            id=id_,
            source=source,
            sha256=sha256,
            title=title,
            publisher=publisher,
            date=date,
            url=url,
            text=text,
        ),
        speeches=speeches(db, key),
        metrics=metrics,
        commitments=[
            _with_metrics(annotation, metrics, starts)
            for annotation in annotations
            if isinstance(annotation, Commitment)
        ],
    )


def chosen(db: Database, key: int, states: Collection[State], since: str | None) -> list[AnyAnnotation]:
    """Return the annotations of a document in these states, with who gave them and when."""
    wanted = ", ".join(f"'{State(state)}'" for state in states)
    found = decided(db, f"{_DECIDED} ({wanted})", key, since)
    if State.SUGGESTED in states and since is None:
        found += undecided(db, key)
    sort(found)
    return found


def _with_metrics(commitment: Commitment, metrics: list[Metric], starts: list[int]) -> Commitment:
    """Return the commitment with the ids of those metrics that lie inside its span."""
    near = metrics[bisect_left(starts, commitment.start) : bisect_left(starts, commitment.end)]
    inside = tuple(metric.id for metric in near if metric.end <= commitment.end)
    return commitment if inside == commitment.metrics else replace(commitment, metrics=inside)
