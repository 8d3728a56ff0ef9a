"""The second layout: decisions on speeches and metadata, versions of a document, documents that are alike."""

from __future__ import annotations

from sqlite_utils import Database

from jiaozhu.fingerprint import fingerprints


def change(db: Database) -> None:
    """Change a project of the first layout; nothing that was stored is lost."""
    for statement in _DOCUMENTS:
        db.execute(statement)
    db.execute(_OVERVIEW)
    db.execute(
        "INSERT INTO overview SELECT d.key, d.title, d.publisher, d.date, NULL, NULL, t.speeches, "
        "t.suggested, t.accepted, t.corrected, t.rejected, t.added "
        "FROM documents AS d JOIN totals AS t ON t.document = d.key"
    )
    db.execute("DROP TABLE totals")
    db.execute(_OUTLINE)
    db.execute("INSERT INTO outline SELECT * FROM speeches")
    db.execute(_FINGERPRINTS)
    for key, text in db.execute("SELECT key, text FROM documents").fetchall():
        db.conn.executemany(
            "INSERT INTO fingerprints VALUES (?, ?)", [(it, key) for it in fingerprints(text)]
        )
    rebuild_decisions(db, _ACTIONS)


def rebuild_decisions(db: Database, actions: str) -> None:
    """Make the table of decisions anew, as its constraints can't be changed: which actions there are."""
    for view in "current", "latest":
        db.execute(f"DROP VIEW {view}")
    db.execute("ALTER TABLE decisions RENAME TO decisions_old")
    db.execute(_DECISIONS.format(actions=actions))
    db.execute("INSERT INTO decisions SELECT * FROM decisions_old")
    db.execute("DROP TABLE decisions_old")  # with its indexes and triggers
    db.execute("CREATE INDEX decisions_subject ON decisions (document, type, subject)")
    db.execute("CREATE INDEX decisions_skipped ON decisions (document) WHERE action = 'skip'")
    db.execute(
        "CREATE UNIQUE INDEX decisions_added ON decisions (document, type, subject) "
        "WHERE before IS NULL AND action IN ('add', 'carry')"
    )
    for event in "UPDATE", "DELETE":
        db.execute(
            f"CREATE TRIGGER decisions_no_{event.lower()} BEFORE {event} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END"
        )
    db.execute(_LATEST)
    db.execute(_CURRENT)


_DOCUMENTS = (
    "ALTER TABLE documents ADD COLUMN url TEXT",
    "ALTER TABLE documents ADD COLUMN replaces TEXT",  # id of the document of which this is a new version
    "ALTER TABLE documents ADD COLUMN dropped TEXT",  # JSON: what of the source is not in the text
    "ALTER TABLE documents ADD COLUMN doubts TEXT",  # JSON: what a person should look at
    # Lists read ids and names from the index alone, without the texts.
    "DROP INDEX documents_list",
    "CREATE INDEX documents_list ON documents (key, id, source, added_at)",
)

_OVERVIEW = """
CREATE TABLE overview (
    document INTEGER PRIMARY KEY,
    title TEXT, -- this and the three below as they stand
    publisher TEXT,
    date TEXT,
    url TEXT,
    replaced_by TEXT, -- id of the document that is a new version of this one
    speeches INTEGER NOT NULL,
    suggested INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    corrected INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0
) STRICT"""

_OUTLINE = """
CREATE TABLE outline (
    document INTEGER NOT NULL,
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

_FINGERPRINTS = """
CREATE TABLE fingerprints (
    fingerprint INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, document)
) STRICT, WITHOUT ROWID"""

_ACTIONS = "'accept', 'correct', 'reject', 'add', 'skip', 'undo', 'redo', 'move', 'carry'"

_DECISIONS = """
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (key),
    subject TEXT NOT NULL, -- id of the annotation or speech, or of the document for its metadata
    type TEXT NOT NULL CHECK (type IN ('metric', 'commitment', 'speech', 'metadata')),
    action TEXT NOT NULL CHECK (action IN
        ({actions})),
    before TEXT, -- the subject as JSON; null: it was not there
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

_LATEST = """
CREATE VIEW latest AS
    SELECT * FROM decisions AS d WHERE seq = (SELECT max(seq) FROM decisions
        WHERE document = d.document AND type = d.type AND subject = d.subject)"""


def _standing(type_: str) -> str:
    """Return the rows of the view for one table of suggestions."""
    return f"""
    SELECT s.document, s.id AS annotation, '{type_}' AS type, d.seq, d.action,
        iif(d.seq IS NULL, 'suggested', d.state) AS state,
        iif(d.seq IS NULL, s.speech, d.speech) AS speech,
        iif(d.seq IS NULL, s.start, d.start) AS start,
        iif(d.seq IS NULL, s."end", d."end") AS "end",
        iif(d.seq IS NULL, s.text, d.text) AS text,
        d.after AS snapshot
    FROM {type_}s AS s LEFT JOIN decisions AS d ON d.seq = (SELECT max(seq) FROM decisions
        WHERE document = s.document AND type = '{type_}' AND subject = s.id)"""


_CURRENT = f"""
CREATE VIEW current AS {_standing("metric")} UNION ALL {_standing("commitment")} UNION ALL
    SELECT a.document, a.subject, a.type, d.seq, d.action, d.state,
        d.speech, d.start, d."end", d.text, d.after
    FROM decisions AS a JOIN decisions AS d ON d.seq = (SELECT max(seq) FROM decisions
        WHERE document = a.document AND type = a.type AND subject = a.subject)
    WHERE a.before IS NULL AND a.action IN ('add', 'carry') AND a.type IN ('metric', 'commitment')
        AND d.after IS NOT NULL"""
