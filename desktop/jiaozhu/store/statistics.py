"""What the decisions of a project say about the work and about the extractor, counted by SQLite.

Of a document with versions only the newest counts, as in the export. Days are those of this machine's
clock; decisions are stored in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from sqlite_utils import Database

from jiaozhu.model import VERIFIED, Metric, State
from jiaozhu.store.annotations import columns
from jiaozhu.store.progress import Counts
from jiaozhu.store.snapshots import from_snapshot


class Settled(NamedTuple):
    """How many annotations got the state in which they stand on a day, from a reviewer."""

    day: str  # ISO
    reviewer: str
    state: State
    number: int


class Judged(NamedTuple):
    """How many suggestions of a rule, made with a confidence, came to stand in a state."""

    type: str
    rule: str  # "" if the suggestion names none
    percent: int | None  # the confidence
    state: State
    number: int


class Pace(NamedTuple):
    """How many decisions of a day were made so long after what their reviewer did before."""

    day: str  # ISO
    tenths: int  # of a second
    number: int


class Bulk(NamedTuple):
    """How many acts on several annotations at once a day saw, and on how many."""

    day: str  # ISO
    acts: int
    decisions: int


class IndicatorRow(NamedTuple):
    """How many metrics name an indicator in these words."""

    key: str  # id of the indicator, else its name
    name: str
    verified: int
    suggested: int


class Fact(NamedTuple):
    """A metric as it stands, and the document that it is in."""

    document: str  # Document.id
    metric: Metric


def by_state(db: Database) -> dict[str, Counts]:
    """Return how the annotations of each type stand."""
    sums = ", ".join(f"sum(p.{state})" for state in Counts._fields)
    rows = db.conn.execute(
        f"SELECT p.type, {sums} FROM overview AS o JOIN progress AS p ON p.document = o.document "
        "WHERE o.replaced_by IS NULL GROUP BY p.type"
    )
    return {type_: Counts(*counts) for type_, *counts in rows}


#: What gives an annotation its state; the other actions only lead to a state that one of these gave.
_DECIDING = "('accept', 'correct', 'reject', 'add', 'carry')"

#: The newest decision on each annotation, read from the index alone, and in its place where several
#: were joined what follows from them.
_NEWEST = """newest AS (SELECT max(seq) AS seq FROM decisions WHERE type IN ('metric', 'commitment')
    GROUP BY document, type, subject),
counting AS (SELECT d.seq, d.document, d.type, d.subject, d.action, d.state, d.after
    FROM newest JOIN decisions AS d ON d.seq = newest.seq WHERE NOT EXISTS (SELECT 1 FROM joined
        WHERE document = d.document AND type = d.type AND subject = d.subject)
    UNION ALL SELECT d.seq, d.document, d.type, d.subject, iif(j.contested, NULL, d.action), j.state, j.after
    FROM joined AS j JOIN decisions AS d ON d.seq = j.seq WHERE j.type IN ('metric', 'commitment'))"""

#: Each annotation that is decided, with the decision that gave it its state.
_STANDING = f"""WITH {_NEWEST},
standing AS (SELECT c.document, c.type, c.subject, c.state,
        iif(c.action IN {_DECIDING}, c.seq, (SELECT max(seq) FROM decisions WHERE document = c.document
            AND type = c.type AND subject = c.subject AND action IN {_DECIDING} AND state = c.state)) AS by
    FROM counting AS c JOIN overview AS o ON o.document = c.document
    WHERE c.state <> 'suggested' AND o.replaced_by IS NULL)"""


def settled(db: Database) -> list[Settled]:
    """Return who brought how many annotations into the state in which they stand, by day."""
    # Days are told of ten minutes at once: asking for the local day is slow, and no zone parts them.
    rows = db.conn.execute(
        f"{_STANDING} SELECT date(minutes, 'localtime') AS day, reviewer, state, sum(number) FROM ("
        "SELECT substr(w.at, 1, 15) || '0' AS minutes, w.reviewer, s.state, count(*) AS number "
        "FROM standing AS s JOIN decisions AS w ON w.seq = s.by GROUP BY minutes, w.reviewer, s.state) "
        "GROUP BY day, reviewer, state"
    )
    return [Settled(day, reviewer, State(state), count) for day, reviewer, state, count in rows]


def judged(db: Database) -> list[Judged]:
    """Return what became of the suggestions that were decided on, by type, rule and confidence."""
    parts = (
        f"SELECT s.type, coalesce(f.rule, ''), CAST(round(100 * f.confidence) AS INTEGER) AS percent, "
        f"s.state, count(*) FROM standing AS s JOIN {table} AS f ON f.document = s.document "
        f"AND f.id = s.subject WHERE s.type = '{type_}' GROUP BY 1, 2, 3, 4"
        for type_, table in (("metric", "metrics"), ("commitment", "commitments"))
    )
    rows = db.conn.execute(f"{_STANDING} {' UNION ALL '.join(parts)}")
    return [Judged(type_, rule, percent, State(state), n) for type_, rule, percent, state, n in rows]


def paces(db: Database, most: float) -> tuple[list[Pace], list[Bulk]]:
    """Return how long single decisions took, in tenths of a second, and the acts on several, by day.

    A decision took as long as has passed since its reviewer's act before it, whatever that was; those
    that took more than `most` seconds, or are the reviewer's first, tell nothing and are left out.
    """
    single = db.conn.execute(
        "WITH times AS (SELECT seq, reviewer, julianday(at) AS moment, at, batch, action FROM decisions "
        "WHERE action <> 'carry'), acts AS (SELECT at, batch, action, 86400 * "
        "(moment - lag(moment) OVER (PARTITION BY reviewer ORDER BY moment, seq)) AS took FROM times) "
        "SELECT date(at, 'localtime') AS day, CAST(round(10 * took) AS INTEGER) AS tenths, count(*) "
        "FROM acts WHERE batch IS NULL AND took <= ? AND action IN ('accept', 'correct', 'reject', 'add') "
        "GROUP BY day, tenths",
        (most,),
    )
    bulk = db.conn.execute(
        "SELECT date(at, 'localtime') AS day, count(DISTINCT batch), count(*) FROM decisions "
        "WHERE batch IS NOT NULL AND action IN ('accept', 'correct', 'reject', 'add') GROUP BY day"
    )
    return [Pace(*row) for row in single], [Bulk(*row) for row in bulk]


#: Metrics as decisions have left them, and those that no decision is about.
_DECIDED = f"""WITH {_NEWEST}
SELECT {{}} FROM counting AS c
JOIN overview AS o ON o.document = c.document
WHERE c.type = 'metric' AND c.state IN ({", ".join(f"'{state}'" for state in (*VERIFIED, State.SUGGESTED))})
    AND o.replaced_by IS NULL"""
_UNDECIDED = """SELECT {} FROM metrics AS s JOIN overview AS o ON o.document = s.document
WHERE o.replaced_by IS NULL AND NOT EXISTS
    (SELECT 1 FROM decisions WHERE document = s.document AND type = 'metric' AND subject = s.id)"""

#: What a metric is about: the id of its indicator, else the name; by its decision, or as suggested.
_DECIDED_KEY = "coalesce(json_extract(c.after, '$.indicator_id'), json_extract(c.after, '$.indicator'))"
_UNDECIDED_KEY = "coalesce(s.indicator_id, s.indicator)"


def indicators(db: Database) -> list[IndicatorRow]:
    """Return the indicators that metrics name, rejected ones apart, those named most often first."""
    decided = _DECIDED.format(
        f"{_DECIDED_KEY} AS key, json_extract(c.after, '$.indicator') AS name, c.state = 'suggested' AS waits"
    )
    undecided = _UNDECIDED.format(f"{_UNDECIDED_KEY} AS key, s.indicator AS name, 1 AS waits")
    rows = db.conn.execute(
        f"SELECT key, name, sum(NOT waits), sum(waits) "
        f"FROM (SELECT * FROM ({decided}) UNION ALL {undecided}) "
        "WHERE name IS NOT NULL GROUP BY key, name ORDER BY count(*) DESC, name"
    )
    return [IndicatorRow(*row) for row in rows]


def facts(db: Database, key: str) -> list[Fact]:
    """Return the metrics about an indicator, by its id or name, as they stand; rejected ones apart."""
    return [*_decided(db, key), *_undecided(db, key)]


def _decided(db: Database, key: str) -> Iterator[Fact]:
    ids = "(SELECT id FROM documents WHERE key = c.document), c.after"
    for document, snapshot in db.conn.execute(f"{_DECIDED.format(ids)} AND {_DECIDED_KEY} = ?", (key,)):
        yield Fact(document, cast("Metric", from_snapshot(Metric.type, snapshot)))


def _undecided(db: Database, key: str) -> Iterator[Fact]:
    names = columns(Metric)
    wanted = ", ".join(f's."{name}"' for name in names)
    ids = f"(SELECT id FROM documents WHERE key = s.document), {wanted}"
    for document, *values in db.conn.execute(f"{_UNDECIDED.format(ids)} AND {_UNDECIDED_KEY} = ?", (key,)):
        yield Fact(document, Metric(**dict(zip(names, values, strict=True))))
