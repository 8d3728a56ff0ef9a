"""Decisions in the project: recorded, never changed; the newest of an annotation counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple, cast

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    BESIDE,
    Action,
    AnyAnnotation,
    Commitment,
    Decision,
    Metadata,
    Metric,
    Speech,
    Subject,
)
from jiaozhu.store import outline
from jiaozhu.store.annotations import suggestion
from jiaozhu.store.database import ContentError
from jiaozhu.store.documents import key_of
from jiaozhu.store.joining import Joined, join
from jiaozhu.store.progress import Tally
from jiaozhu.store.snapshots import from_snapshot, to_snapshot

_INSERT = (
    "INSERT INTO decisions (uid, document, subject, type, action, before, after, "
    'state, speech, start, "end", text, reviewer, at, program, batch, reviewer_id, parents) '
    f"VALUES (?{', ?' * 17})"
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
        if key is None or not is_about_its_subject(decision):
            raise ContentError(_CHANGED)
        standing = _standing(db, key, decision)
        if before != standing.after:
            raise ContentError(_CHANGED)
        if decision.type == Speech.type:
            outlines.add(key)
            tally.write()  # a speech that goes must be empty
        place = _follow(db, key, decision, tally)
        _write(db, key, replace(decision, parents=standing.leaves), before, after, place)
        if standing.is_joined or (decision.action is Action.UNDO and _was_joined(db, key, decision)):
            _join(db, key, decision, tally)
    tally.write()
    for key in outlines:  # between the decisions of one act, speeches may overlap
        outline.check(db, key)


def _follow(db: Database, key: int, decision: Decision, tally: Tally) -> tuple[object, ...]:
    """Bring lists in line with a decision; return its state, speech, start, end and text."""
    before, after = decision.before, decision.after
    if decision.type == Speech.type:
        bring_in_line(db, key, before, after, tally)
        return _place(after)
    if decision.type == Metadata.type:
        if decision.subject != decision.document or after is None:
            raise ContentError(_("文档信息的编号与文档不符。"))
        bring_in_line(db, key, before, after, tally)
        return _place(after)
    was, annotation = cast("AnyAnnotation | None", before), cast("AnyAnnotation | None", after)
    if annotation is not None and not _is_quoted(db, key, was, annotation):
        raise ContentError(_("选中的文字与原文不符；请重新打开文档后再决定。"))
    bring_in_line(db, key, before, after, tally)
    return _place(after)


def is_about_its_subject(decision: Decision) -> bool:
    """Return whether what a decision says was before and is after is the subject that it names."""
    says = {(item.id, item.type) for item in (decision.before, decision.after) if item is not None}
    return says == {(decision.subject, decision.type)}


_CHANGED = _("这一条已在别处改动或不存在；请重新打开文档后再决定。")


def append(db: Database, key: int, decision: Decision) -> None:
    """Add the row of a decision that was made elsewhere; where its subject stands is not changed."""
    before, after = to_snapshot(decision.before), to_snapshot(decision.after)
    _write(db, key, decision, before, after, _place(decision.after))


def _write(
    db: Database,
    key: int,
    decision: Decision,
    before: str | None,
    after: str | None,
    place: tuple[object, ...],
) -> None:
    """Add the row of a decision."""
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
            decision.reviewer_id,
            " ".join(decision.parents) or None,
        ),
    )


class _Standing(NamedTuple):
    """How a subject stands: its snapshot, and the decisions that the next one on it follows."""

    after: str | None
    leaves: tuple[str, ...]
    is_joined: bool


def _standing(db: Database, key: int, decision: Decision) -> _Standing:
    """Return how the decision's subject stands now."""
    subject = key, decision.type, decision.subject
    joined = db.conn.execute(
        "SELECT after, leaves FROM joined WHERE document = ? AND type = ? AND subject = ?", subject
    ).fetchone()
    if joined is not None:
        return _Standing(joined[0], tuple(joined[1].split()), True)
    latest = db.conn.execute(
        "SELECT after, uid FROM decisions WHERE document = ? AND type = ? AND subject = ? "
        "ORDER BY seq DESC LIMIT 1",
        subject,
    ).fetchone()
    if latest is not None:
        return _Standing(latest[0], (latest[1],), False)
    return _Standing(to_snapshot(suggested(db, key, decision)), (), False)


def suggested(db: Database, key: int, decision: Decision) -> Subject | None:
    """Return the subject of a decision as it was found; None if a reviewer added it."""
    if decision.type == Speech.type:
        return outline.suggested_speech(db, key, decision.subject)
    if decision.type == Metadata.type:
        return outline.suggested_metadata(db, key, decision.document)
    return suggestion(db, key, decision.type, decision.subject)


def _was_joined(db: Database, key: int, decision: Decision) -> bool:
    """Return whether decisions of several were ever joined on a decision's subject."""
    return (
        db.conn.execute(
            "SELECT 1 FROM decisions WHERE document = ? AND type = ? AND subject = ? "
            "AND instr(parents, ' ') LIMIT 1",
            (key, decision.type, decision.subject),
        ).fetchone()
        is not None
    )


def _join(db: Database, key: int, decision: Decision, tally: Tally) -> None:
    """Bring a subject on which several decided in line with all decisions, after one was added."""
    known = history(db, decision.document, decision.type, decision.subject)
    joined = join(suggested(db, key, decision), known)
    write_joined(db, key, joined)
    if to_snapshot(joined.after) != to_snapshot(decision.after):
        bring_in_line(db, key, decision.after, joined.after, tally)


def write_joined(db: Database, key: int, joined: Joined) -> None:
    """Keep where a subject stands on which several decided; nothing is kept if the last one tells all."""
    subject = key, joined.counting.type, joined.counting.subject
    db.conn.execute("DELETE FROM joined WHERE document = ? AND type = ? AND subject = ?", subject)
    if not joined.is_plain:
        db.conn.execute(
            "INSERT INTO joined SELECT ?, ?, ?, seq, ?, ?, ?, ?, ?, ?, ?, ? FROM decisions WHERE uid = ?",
            (
                *subject,
                " ".join(leaf.uid for leaf in joined.leaves),
                joined.is_contested,
                to_snapshot(joined.after),
                *_place(joined.after),
                joined.counting.uid,
            ),
        )


def bring_in_line(
    db: Database, key: int, before: Subject | None, after: Subject | None, tally: Tally
) -> None:
    """Bring lists in line with a subject that stood like `before` and now stands like `after`."""
    if isinstance(before or after, Speech):
        outline.change_speech(db, key, cast("Speech | None", before), cast("Speech | None", after))
    elif isinstance(after, Metadata):
        outline.change_metadata(db, key, after)
    else:
        tally.add(key, cast("AnyAnnotation | None", before), -1)
        tally.add(key, cast("AnyAnnotation | None", after), +1)


def _place(subject: Subject | None) -> tuple[object, ...]:
    """Return state, speech, start, end and text of a subject, so far as it has them."""
    if isinstance(subject, Metric | Commitment):
        return cast("tuple[object, ...]", _PLACE(subject))
    if isinstance(subject, Speech):
        return (None, None, subject.start, subject.end, None)
    return (None,) * 5


def _is_quoted(db: Database, key: int, before: AnyAnnotation | None, after: AnyAnnotation) -> bool:
    """Return whether the annotation's text is the document's at its span."""
    if before is not None and (before.start, before.end, before.text) == (after.start, after.end, after.text):
        return True
    (text,) = db.conn.execute("SELECT text FROM documents WHERE key = ?", (key,)).fetchone()
    return bool(text[after.start : after.end] == after.text)


def history(db: Database, document_id: str, type_: str, subject: str) -> list[Decision]:
    """Return all decisions on a subject, the oldest first."""
    return _read(db, "decisions", "AND type = ? AND subject = ?", (document_id, type_, subject))


def latest(db: Database, document_id: str, type_: str) -> list[Decision]:
    """Return the latest decision on each subject of a type in a document, the oldest first."""
    return _read(db, "latest", "AND type = ?", (document_id, type_))


def all_on(db: Database, document_id: str) -> list[Decision]:
    """Return all decisions on what is in a document, the oldest first."""
    return _read(db, "decisions", "", (document_id,))


def decided_by_several(db: Database) -> list[str]:
    """Return the ids of the documents in which two or more reviewers decided something."""
    rows = db.conn.execute(
        "SELECT d.id FROM decisions AS c JOIN documents AS d ON d.key = c.document "
        "WHERE c.action <> 'carry' GROUP BY c.document "
        "HAVING count(DISTINCT coalesce(c.reviewer_id, c.reviewer)) > 1 ORDER BY c.document"
    )
    return [id_ for (id_,) in rows.fetchall()]


def uids(db: Database, key: int) -> set[str]:
    """Return the uids of all decisions in the document with this key."""
    return {uid for (uid,) in db.conn.execute("SELECT uid FROM decisions WHERE document = ?", (key,))}


def _read(db: Database, table: str, where: str, values: tuple[str, ...]) -> list[Decision]:
    rows = db.execute(
        f"SELECT uid, d.id, subject, type, action, before, after, reviewer, at, program, batch, "
        f"reviewer_id, parents FROM {table} JOIN documents AS d ON d.key = document WHERE d.id = ? {where} "
        "ORDER BY seq",
        values,
    )
    return list(map(_decision, rows))


def _decision(row: Sequence[Any]) -> Decision:
    uid, document, subject, type_, action, before, after, reviewer, at, program, batch, id_, parents = row
    return Decision(
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
        reviewer_id=id_,
        parents=tuple((parents or "").split()),
    )


def skipped(db: Database, key: int) -> set[str]:
    """Return the annotations of the document with this key that were put off and not decided since."""
    rows = db.conn.execute(
        "SELECT subject FROM decisions AS d WHERE document = ? AND action = 'skip' AND NOT EXISTS "
        "(SELECT 1 FROM decisions WHERE document = d.document AND type = d.type AND subject = d.subject "
        f"AND seq > d.seq AND action NOT IN ({_BESIDE}))",
        (key,),
    )
    return {annotation for (annotation,) in rows}
