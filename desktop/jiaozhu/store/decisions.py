"""Decisions in the project: recorded, never changed; the newest of an annotation counts."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Decision
from jiaozhu.store.annotations import from_snapshot, suggestion, to_snapshot
from jiaozhu.store.database import ContentError
from jiaozhu.store.documents import key_of
from jiaozhu.store.progress import count

_INSERT = (
    "INSERT INTO decisions (uid, document, annotation, type, action, before, after, reviewer, at, program, "
    'batch, state, speech, start, "end", text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
)
_PLACE = attrgetter("state", "speech", "start", "end", "text")


def insert(db: Database, decisions: Sequence[Decision]) -> None:
    """Add decisions in their order; the caller has opened a transaction.

    Raises ContentError if an annotation stands otherwise than a decision says it did before, or if
    the text of one is not what stands at its span.
    """
    keys: dict[str, int | None] = {}
    for decision in decisions:
        if decision.document not in keys:
            keys[decision.document] = key_of(db, decision.document)
        key = keys[decision.document]
        before, after = to_snapshot(decision.before), to_snapshot(decision.after)
        says = {(item.id, item.type) for item in (decision.before, decision.after) if item is not None}
        known = key is not None and says == {(decision.subject, decision.type)}
        if key is None or not known or before != _standing(db, key, decision):
            raise ContentError(_("这一条已在别处改动或不存在；请重新打开文档后再决定。"))
        if decision.after is not None and not _is_quoted(db, key, decision.before, decision.after):
            raise ContentError(_("选中的文字与原文不符；请重新打开文档后再决定。"))
        db.conn.execute(
            _INSERT,
            (
                decision.uid,
                key,
                decision.subject,
                decision.type,
                decision.action,
                before,
                after,
                decision.reviewer,
                decision.at,
                decision.program,
                decision.batch,
                *((None,) * 5 if decision.after is None else _PLACE(decision.after)),
            ),
        )
        count(db, key, decision.before, -1)
        count(db, key, decision.after, +1)


def _standing(db: Database, key: int, decision: Decision) -> str | None:
    """Return the snapshot of the decision's annotation as it stands now; None if there is none."""
    latest = db.conn.execute(
        "SELECT after FROM decisions WHERE document = ? AND annotation = ? ORDER BY seq DESC LIMIT 1",
        (key, decision.subject),
    ).fetchone()
    if latest is not None:
        return latest[0]  # type: ignore[no-any-return]
    return to_snapshot(suggestion(db, key, decision.type, decision.subject))


def _is_quoted(db: Database, key: int, before: AnyAnnotation | None, after: AnyAnnotation) -> bool:
    """Return whether the annotation's text is the document's at its span."""
    if before is not None and (before.start, before.end, before.text) == (after.start, after.end, after.text):
        return True
    (text,) = db.conn.execute("SELECT text FROM documents WHERE key = ?", (key,)).fetchone()
    return bool(text[after.start : after.end] == after.text)


def history(db: Database, document_id: str, annotation_id: str) -> list[Decision]:
    """Return all decisions on an annotation, the oldest first."""
    rows = db.execute(
        "SELECT uid, d.id, annotation, type, action, before, after, reviewer, at, program, batch "
        "FROM decisions JOIN documents AS d ON d.key = document "
        "WHERE d.id = ? AND annotation = ? ORDER BY seq",
        (document_id, annotation_id),
    )
    return [
        Decision(
            uid=uid,
            document=document,
            subject=annotation,
            type=type_,
            action=Action(action),
            before=from_snapshot(type_, before),
            after=from_snapshot(type_, after),
            reviewer=reviewer,
            at=at,
            program=program,
            batch=batch,
        )
        for uid, document, annotation, type_, action, before, after, reviewer, at, program, batch in rows
    ]


def skipped(db: Database, key: int) -> set[str]:
    """Return the annotations of the document with this key that were put off and not decided since."""
    rows = db.conn.execute(
        "SELECT annotation FROM latest WHERE document = ? AND action = 'skip' AND state = 'suggested'", (key,)
    )
    return {annotation for (annotation,) in rows}
