"""The fifth layout: who decided and what they had seen; which project it is; decisions of several joined."""

from __future__ import annotations

import uuid

from sqlite_utils import Database


def change(db: Database) -> None:
    """Change a project of the fourth layout; nothing that was stored is lost."""
    _tell_what_was_seen(db)
    db.execute(_JOINED)
    db.execute("CREATE TABLE project (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("INSERT INTO project VALUES ('id', ?)", (_project_id(db),))
    db.execute(_ASKED)
    for view in "current", "latest":
        db.execute(f"DROP VIEW {view}")
    db.execute(_LATEST)
    db.execute(_CURRENT)


def _tell_what_was_seen(db: Database) -> None:
    """Give decisions the id of their reviewer, unknown so far, and the decisions that they followed.

    Up to now a project had one history a subject: each decision had seen the one before.
    """
    db.execute("ALTER TABLE decisions ADD COLUMN reviewer_id TEXT")
    db.execute("ALTER TABLE decisions ADD COLUMN parents TEXT")
    (trigger,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'decisions_no_update'").fetchone()
    db.execute("DROP TRIGGER decisions_no_update")
    db.execute(
        "UPDATE decisions SET parents = (SELECT uid FROM decisions AS d "
        "WHERE d.document = decisions.document AND d.type = decisions.type AND d.subject = decisions.subject "
        "AND d.seq < decisions.seq ORDER BY d.seq DESC LIMIT 1)"
    )
    db.execute(trigger)


def _project_id(db: Database) -> str:
    """Return an id for the project: copies of one made before there were ids get the same."""
    row = db.execute("SELECT id || added_at FROM documents ORDER BY key LIMIT 1").fetchone()
    return str(uuid.uuid4() if row is None else uuid.uuid5(_PROJECTS, row[0]))


_PROJECTS = uuid.UUID("5b3c5d0e-62f4-4a3b-9d39-0a5b3f2f7a11")

#: Subjects on which several decided without seeing each other's: where they stand by the rule of joining.
_JOINED = """
CREATE TABLE joined (
    document INTEGER NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    seq INTEGER NOT NULL, -- of the decision that is shown as the one that counts
    leaves TEXT NOT NULL, -- the decisions that none has seen yet, apart by spaces
    contested INTEGER NOT NULL, -- 1: they decided differently, and nobody has settled it
    after TEXT, -- the subject as it stands, as JSON; this and the five below as in decisions
    state TEXT,
    speech TEXT,
    start INTEGER,
    "end" INTEGER,
    text TEXT,
    PRIMARY KEY (document, type, subject)
) STRICT, WITHOUT ROWID"""

#: The speeches that a packet is about; the rest of their documents goes along to be read.
_ASKED = """
CREATE TABLE asked (
    document INTEGER NOT NULL,
    speech TEXT NOT NULL,
    PRIMARY KEY (document, speech)
) STRICT, WITHOUT ROWID"""

#: The rule: of all decisions on a subject the one recorded last counts, unless some were joined. What is
#: contested has nobody's action.
_LATEST = """
CREATE VIEW latest AS
    SELECT d.seq, d.uid, d.document, d.subject, d.type,
        iif(j.contested = 1 AND d.type IN ('metric', 'commitment'), NULL, d.action) AS action,
        d.before,
        iif(j.seq IS NULL, d.after, j.after) AS after,
        iif(j.seq IS NULL, d.state, j.state) AS state,
        iif(j.seq IS NULL, d.speech, j.speech) AS speech,
        iif(j.seq IS NULL, d.start, j.start) AS start,
        iif(j.seq IS NULL, d."end", j."end") AS "end",
        iif(j.seq IS NULL, d.text, j.text) AS text,
        d.reviewer, d.at, d.program, d.batch, d.reviewer_id, d.parents
    FROM decisions AS d
    LEFT JOIN joined AS j ON j.document = d.document AND j.type = d.type AND j.subject = d.subject
    WHERE d.seq = iif(j.seq IS NULL, (SELECT max(seq) FROM decisions
        WHERE document = d.document AND type = d.type AND subject = d.subject), j.seq)"""


def _standing(type_: str) -> str:
    """Return the rows of the view for the suggestions of a type that nobody has decided on."""
    return f"""
    SELECT s.document, s.id AS annotation, '{type_}' AS type, NULL AS seq, NULL AS action,
        'suggested' AS state, s.speech, s.start, s."end", s.text, NULL AS snapshot
    FROM {type_}s AS s WHERE NOT EXISTS (SELECT 1 FROM decisions
        WHERE document = s.document AND type = '{type_}' AND subject = s.id)"""


_CURRENT = f"""
CREATE VIEW current AS {_standing("metric")} UNION ALL {_standing("commitment")} UNION ALL
    SELECT document, subject, type, seq, action, state, speech, start, "end", text, after
    FROM latest WHERE type IN ('metric', 'commitment') AND after IS NOT NULL"""
