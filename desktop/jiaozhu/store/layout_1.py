"""The first layout: documents, speeches, suggestions, decisions, and the views on them.

`progress` counts the states in each speech and `totals` in each document, for lists.
"""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Make the tables of an empty project."""
    for statement in _DOCUMENTS, _SPEECHES, _METRICS, _COMMITMENTS, _DECISIONS, _PROGRESS, _TOTALS:
        db.execute(statement)
    # The list of documents is read from the index alone, without their texts.
    db.execute("CREATE INDEX documents_list ON documents (key, id, source, title, date, added_at)")
    db.execute("CREATE INDEX decisions_annotation ON decisions (document, annotation)")
    db.execute("CREATE INDEX decisions_skipped ON decisions (document) WHERE action = 'skip'")
    db.execute("CREATE UNIQUE INDEX decisions_added ON decisions (document, annotation) WHERE action = 'add'")
    for table in "documents", "speeches", "metrics", "commitments", "decisions":
        for event in "UPDATE", "DELETE":
            db.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
            )
    db.execute(_LATEST)
    db.execute(_CURRENT)


_DOCUMENTS = """
CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    encoding TEXT,
    title TEXT,
    publisher TEXT,
    date TEXT,
    added_at TEXT NOT NULL, -- ISO 8601, UTC
    text TEXT NOT NULL,
    source_map TEXT, -- JSON
    boxes TEXT, -- JSON
    raw BLOB NOT NULL -- the source bytes, zlib; empty if they never were here
) STRICT"""

_SPEECHES = """
CREATE TABLE speeches (
    document INTEGER NOT NULL REFERENCES documents (key),
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    source_start INTEGER,
    source_end INTEGER,
    heading TEXT,
    speaker TEXT,
    office TEXT,
    region TEXT,
    region_code TEXT,
    date TEXT,
    PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID"""

_SUGGESTION = """
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    speech TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL CHECK (start >= 0 AND "end" > start),
    source_start INTEGER,
    source_end INTEGER,
    text TEXT NOT NULL,"""

_ORIGIN = """
    confidence REAL,
    rule TEXT,
    cue TEXT,
    version TEXT NOT NULL, -- of the extractor
    PRIMARY KEY (document, id),
    FOREIGN KEY (document, speech) REFERENCES speeches (document, id)
) STRICT, WITHOUT ROWID"""

_METRICS = f"""
CREATE TABLE metrics ({_SUGGESTION}
    indicator TEXT,
    indicator_start INTEGER,
    indicator_end INTEGER,
    value TEXT,
    value_high TEXT,
    unit TEXT,
    comparator TEXT,
    kind TEXT,
    basis TEXT,
    period TEXT,
    scope TEXT,
    region TEXT,
    status TEXT,{_ORIGIN}"""

_COMMITMENTS = f"""
CREATE TABLE commitments ({_SUGGESTION}
    strength TEXT,
    kind TEXT,
    deadline TEXT,
    metrics TEXT NOT NULL, -- JSON list of ids{_ORIGIN}"""

_DECISIONS = """
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (key),
    annotation TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('metric', 'commitment')),
    action TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'reject', 'add', 'skip', 'undo', 'redo')),
    before TEXT, -- the annotation as JSON; null: it was not there
    after TEXT, -- null: it is not there any more
    state TEXT, -- this and the four below are the ones in `after`, where a view can read them
    speech TEXT,
    start INTEGER,
    "end" INTEGER,
    text TEXT,
    reviewer TEXT NOT NULL,
    at TEXT NOT NULL, -- ISO 8601, UTC, with microseconds
    program TEXT NOT NULL,
    batch TEXT
) STRICT"""

_COUNTS = """
    suggested INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    corrected INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0"""

_PROGRESS = f"""
CREATE TABLE progress (
    document INTEGER NOT NULL,
    speech TEXT NOT NULL,
    type TEXT NOT NULL,{_COUNTS},
    PRIMARY KEY (document, speech, type)
) STRICT, WITHOUT ROWID"""

_TOTALS = f"""
CREATE TABLE totals (
    document INTEGER PRIMARY KEY,
    speeches INTEGER NOT NULL,{_COUNTS}
) STRICT"""

#: The rule: of all decisions on an annotation, the one recorded last counts.
_NEWEST_OF = "(SELECT max(seq) FROM decisions WHERE document = {0}.document AND annotation = {0}.{1})"

_LATEST = f"""
CREATE VIEW latest AS
    SELECT * FROM decisions AS d WHERE seq = {_NEWEST_OF.format("d", "annotation")}"""


def _standing(kind: str) -> str:
    """Return the rows of the view for one table of suggestions."""
    return f"""
    SELECT s.document, s.id AS annotation, '{kind}' AS type, d.seq, d.action,
        iif(d.seq IS NULL, 'suggested', d.state) AS state,
        iif(d.seq IS NULL, s.speech, d.speech) AS speech,
        iif(d.seq IS NULL, s.start, d.start) AS start,
        iif(d.seq IS NULL, s."end", d."end") AS "end",
        iif(d.seq IS NULL, s.text, d.text) AS text,
        d.after AS snapshot
    FROM {kind}s AS s LEFT JOIN decisions AS d ON d.seq = {_NEWEST_OF.format("s", "id")}"""


_CURRENT = f"""
CREATE VIEW current AS {_standing("metric")} UNION ALL {_standing("commitment")} UNION ALL
    SELECT a.document, a.annotation, a.type, d.seq, d.action, d.state,
        d.speech, d.start, d."end", d.text, d.after
    FROM decisions AS a JOIN decisions AS d ON d.seq = {_NEWEST_OF.format("a", "annotation")}
    WHERE a.action = 'add' AND d.after IS NOT NULL"""
