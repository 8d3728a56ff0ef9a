"""Decisions in the project: recorded, never changed; the newest of an annotation counts."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import cast

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import BESIDE, Action, AnyAnnotation, Decision, Metadata, Speech, Subject
from jiaozhu.store import outline
from jiaozhu.store.annotations import suggestion
from jiaozhu.store.database import ContentError
from jiaozhu.store.documents import key_of
from jiaozhu.store.progress import Tally
from jiaozhu.store.snapshots import from_snapshot, to_snapshot

_INSERT = (
    "INSERT INTO decisions (uid, document, subject, type, action, before, after, "
    'state, speech, start, "end", text, reviewer, at, program, batch) '
    f"VALUES (?{', ?' * 15})"
)
#: Actions that leave what was put off put off.
_BESIDE = ", ".join(f"'{action}'" for action in BESIDE)
_PLACE = attrgetter("state", "speech", "start", "end", "text")


def insert(db: Database, decisions: Sequence[Decision]) -> None:
    """Add decisions in their order; the caller has opened a transaction.

    Raises ContentError if a subject stands otherwise than a decision says it did before, if the text of
    an annotation is not what stands at its span, or if speeches would overlap or lose an annotation.
    """
    keys: dict[str, int | None] = {}
    outlines: set[int] = set()
    tally = Tally(db)
    for decision in decisions:
        if decision.document not in keys:
            keys[decision.document] = key_of(db, decision.document)
        key = keys[decision.document]
        before, after = to_snapshot(decision.before), to_snapshot(decision.after)
        says = {(item.id, item.type) for item in (decision.before, decision.after) if item is not None}
        known = key is not None and says == {(decision.subject, decision.type)}
        if key is None or not known or before != _standing(db, key, decision):
            raise ContentError(_("这一条已在别处改动或不存在；请重新打开文档后再决定。"))
        if decision.type == Speech.type:
            outlines.add(key)
            tally.write()  # a speech that goes must be empty
        place = _follow(db, key, decision, tally)
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
                *place,
                decision.reviewer,
                decision.at,
                decision.program,
                decision.batch,
            ),
        )
    tally.write()
    for key in outlines:  # between the decisions of one act, speeches may overlap
        outline.check(db, key)


def _follow(db: Database, key: int, decision: Decision, tally: Tally) -> tuple[object, ...]:
    """Bring lists in line with a decision; return its state, speech, start, end and text."""
    before, after = decision.before, decision.after
    if decision.type == Speech.type:
        speech = cast("Speech | None", after)
        outline.change_speech(db, key, cast("Speech | None", before), speech)
        return (None,) * 5 if speech is None else (None, None, speech.start, speech.end, None)
    if decision.type == Metadata.type:
        if decision.subject != decision.document or after is None:
            raise ContentError(_("文档信息的编号与文档不符。"))
        outline.change_metadata(db, key, cast("Metadata", after))
        return (None,) * 5
    was, annotation = cast("AnyAnnotation | None", before), cast("AnyAnnotation | None", after)
    if annotation is not None and not _is_quoted(db, key, was, annotation):
        raise ContentError(_("选中的文字与原文不符；请重新打开文档后再决定。"))
    tally.add(key, was, -1)
    tally.add(key, annotation, +1)
    return (None,) * 5 if annotation is None else cast("tuple[object, ...]", _PLACE(annotation))


def _standing(db: Database, key: int, decision: Decision) -> str | None:
    """Return the snapshot of the decision's subject as it stands now; None if there is none."""
    latest = db.conn.execute(
        "SELECT after FROM decisions WHERE document = ? AND type = ? AND subject = ? "
        "ORDER BY seq DESC LIMIT 1",
        (key, decision.type, decision.subject),
    ).fetchone()
    if latest is not None:
        return latest[0]  # type: ignore[no-any-return]
    return to_snapshot(_suggested(db, key, decision))


def _suggested(db: Database, key: int, decision: Decision) -> Subject | None:
    if decision.type == Speech.type:
        return outline.suggested_speech(db, key, decision.subject)
    if decision.type == Metadata.type:
        return outline.suggested_metadata(db, key, decision.document)
    return suggestion(db, key, decision.type, decision.subject)


def _is_quoted(db: Database, key: int, before: AnyAnnotation | None, after: AnyAnnotation) -> bool:
    """Return whether the annotation's text is the document's at its span."""
    if before is not None and (before.start, before.end, before.text) == (after.start, after.end, after.text):
        return True
    (text,) = db.conn.execute("SELECT text FROM documents WHERE key = ?", (key,)).fetchone()
    return bool(text[after.start : after.end] == after.text)


def history(db: Database, document_id: str, type_: str, subject: str) -> list[Decision]:
    """Return all decisions on a subject, the oldest first."""
    return _read(db, "decisions", "AND subject = ?", (document_id, type_, subject))


def latest(db: Database, document_id: str, type_: str) -> list[Decision]:
    """Return the latest decision on each subject of a type in a document, the oldest first."""
    return _read(db, "latest", "", (document_id, type_))


def _read(db: Database, table: str, where: str, values: tuple[str, ...]) -> list[Decision]:
    rows = db.execute(
        f"SELECT uid, d.id, subject, type, action, before, after, reviewer, at, program, batch FROM {table} "
        f"JOIN documents AS d ON d.key = document WHERE d.id = ? AND type = ? {where} ORDER BY seq",
        values,
    )
    return [
        Decision(
            uid=uid,
            document=document,
            subject=subject,
            type=type_,
            action=Action(action),
            before=from_snapshot(type_, before),
            after=from_snapshot(type_, after),
            reviewer=reviewer,
            at=at,
            program=program,
            batch=batch,
        )
        for uid, document, subject, type_, action, before, after, reviewer, at, program, batch in rows
    ]


def skipped(db: Database, key: int) -> set[str]:
    """Return the annotations of the document with this key that were put off and not decided since."""
    rows = db.conn.execute(
        "SELECT subject FROM decisions AS d WHERE document = ? AND action = 'skip' AND NOT EXISTS "
        "(SELECT 1 FROM decisions WHERE document = d.document AND type = d.type AND subject = d.subject "
        f"AND seq > d.seq AND action NOT IN ({_BESIDE}))",
        (key,),
    )
    return {annotation for (annotation,) in rows}
