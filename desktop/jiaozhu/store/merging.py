"""Decisions from elsewhere come into the project, and subjects are brought to where all of them lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import (
    Commitment,
    Decision,
    Metadata,
    Metric,
    Speech,
    Subject,
)
from jiaozhu.store import decisions, outline
from jiaozhu.store.database import ContentError
from jiaozhu.store.documents import key_of
from jiaozhu.store.joining import Joined, differing, join
from jiaozhu.store.progress import Tally
from jiaozhu.store.snapshots import from_snapshot, to_snapshot

_Subject = tuple[str, str]  # type and id


@dataclass(frozen=True, slots=True)
class Conflict:
    """A subject on which reviewers decided differently without seeing each other's decisions."""

    document: str  # Document.id
    type: str
    subject: str
    standing: Subject | None  # as it stands until somebody settles it
    heads: tuple[Decision, ...]  # the last word of each reviewer, the earliest first

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in which any two of them differ."""
        first = self.heads[0].after
        found = [name for head in self.heads[1:] for name in differing(first, head.after)]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Merging:
    """What comes into one document: decisions that are new to it, and where they bring their subjects."""

    document: str  # Document.id
    new: tuple[Decision, ...]
    same: int  # decisions that were there already
    joined: tuple[tuple[Subject | None, Joined], ...]  # how subjects stood, and how they stand with all

    @property
    def conflicts(self) -> int:
        """How many subjects are contested that were not."""
        return sum(one.is_contested for _before, one in self.joined)


def plan(db: Database, document_id: str, coming: Iterable[Decision]) -> Merging:
    """Return what merging decisions on a document would do; nothing is changed.

    Raises ContentError if they can't be decisions on this document.
    """
    key = key_of(db, document_id)
    assert key is not None
    there = decisions.all_on(db, document_id)
    known = {decision.uid for decision in there}
    came = list(coming)
    new = [decision for decision in came if decision.uid not in known]
    by_subject: dict[_Subject, list[Decision]] = defaultdict(list)
    touched = {(decision.type, decision.subject) for decision in new}
    for decision in there:
        if (decision.type, decision.subject) in touched:
            by_subject[decision.type, decision.subject].append(decision)
    coming_by: dict[_Subject, list[Decision]] = defaultdict(list)
    for decision in new:
        coming_by[decision.type, decision.subject].append(decision)
    (text,) = db.conn.execute("SELECT text FROM documents WHERE key = ?", (key,)).fetchone()
    joined = []
    for subject, here in coming_by.items():
        found = decisions.suggested(db, key, here[0])
        before = by_subject[subject]
        _check(found, before, here, text)
        standing = _standing(db, key, subject, found, before)
        joined.append((standing, _one_history([*before, *here]) or join(found, [*before, *here])))
    return Merging(document_id, tuple(new), len(came) - len(new), tuple(joined))


def carry_out(db: Database, merging: Merging) -> None:
    """Bring what was planned into the project; the caller has opened a transaction and planned in it.

    Raises ContentError if speeches would overlap or lose an annotation.
    """
    key = key_of(db, merging.document)
    assert key is not None
    for decision in merging.new:
        decisions.append(db, key, decision)
    tally = Tally(db)
    speeches = [entry for entry in merging.joined if entry[1].counting.type == Speech.type]
    others = [entry for entry in merging.joined if entry[1].counting.type != Speech.type]
    going = [entry for entry in speeches if entry[1].after is None]
    for before, joined in [entry for entry in speeches if entry[1].after is not None]:
        _carry_out(db, key, before, joined, tally)
    standing = outline.speeches(db, key) if speeches or others else []
    for before, joined in others:
        _carry_out(db, key, before, placed(joined, standing), tally)
    tally.write()
    for before, joined in going:
        _carry_out(db, key, before, joined, tally)
    if speeches or others:
        outline.check(db, key)


def conflicts(db: Database) -> list[Conflict]:
    """Return what reviewers decided differently and nobody has settled, in the order of the documents."""
    rows = db.conn.execute(
        "SELECT j.document, d.id, j.type, j.subject, j.after FROM joined AS j JOIN documents AS d "
        "ON d.key = j.document JOIN overview AS o ON o.document = j.document "
        "WHERE j.contested AND o.replaced_by IS NULL ORDER BY j.document, j.start, j.type, j.subject"
    ).fetchall()
    found = []
    for key, document, type_, subject, after in rows:
        known = decisions.history(db, document, type_, subject)
        joined = join(decisions.suggested(db, key, known[0]), known)
        found.append(Conflict(document, type_, subject, from_snapshot(type_, after), joined.heads))
    return found


def contested(db: Database, key: int) -> set[str]:
    """Return the ids of what is contested in the document with this key."""
    rows = db.conn.execute("SELECT subject FROM joined WHERE document = ? AND contested", (key,))
    return {subject for (subject,) in rows.fetchall()}


def conflict_count(db: Database) -> int:
    """Return how many subjects are contested."""
    row = db.conn.execute(
        "SELECT count(*) FROM joined AS j JOIN overview AS o USING (document) "
        "WHERE j.contested AND o.replaced_by IS NULL"
    ).fetchone()
    return int(row[0])


def _carry_out(db: Database, key: int, before: Subject | None, joined: Joined, tally: Tally) -> None:
    decisions.write_joined(db, key, joined)
    if before != joined.after:
        decisions.bring_in_line(db, key, before, joined.after, tally)


def placed(joined: Joined, speeches: Sequence[Speech]) -> Joined:
    """Return where an annotation stands, in the speech that holds its words now.

    Who did not see how speeches were divided anew names one that may be gone.
    """
    after = joined.after
    if not isinstance(after, Metric | Commitment):
        return joined
    holds = (one for one in speeches if one.start <= after.start and after.end <= one.end)
    speech = next(holds, None)
    if speech is None or speech.id == after.speech:
        return joined
    return replace(joined, after=replace(after, speech=speech.id))


def _one_history(known: Sequence[Decision]) -> Joined | None:
    """Return where decisions lead that came one after the other: to the last; None for others."""
    before: tuple[str, ...] = ()
    for decision in known:
        if decision.parents != before:
            return None
        before = (decision.uid,)
    last = known[-1]
    return Joined(after=last.after, counting=last, heads=(last,), leaves=(last,), is_contested=False)


def _standing(
    db: Database, key: int, subject: _Subject, found: Subject | None, known: Sequence[Decision]
) -> Subject | None:
    """Return how a subject stands before anything comes in."""
    if not known:
        return found
    row = db.conn.execute(
        "SELECT after FROM joined WHERE document = ? AND type = ? AND subject = ?", (key, *subject)
    ).fetchone()
    return known[-1].after if row is None else from_snapshot(subject[0], row[0])


def _is_time(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).utcoffset() == timedelta(0)
    except ValueError:
        return False


def _check(found: Subject | None, before: Sequence[Decision], new: Sequence[Decision], text: str) -> None:
    """Raise ContentError unless decisions are about what the project has, and quote its text."""
    seen = {decision.uid for decision in before}
    for decision in new:
        is_first_fitting = decision.parents or to_snapshot(decision.before) == to_snapshot(found)
        fits = decisions.is_about_its_subject(decision) and set(decision.parents) <= seen
        fits = fits and bool(decision.reviewer.strip()) and _is_time(decision.at)
        fits = fits and decision.uid.split() == [decision.uid]  # lists of uids have spaces between them
        if not fits or not is_first_fitting:
            raise ContentError(
                _("条目 {id} 的决定与项目不符；任务包可能来自另一个项目，或被改动过。").format(
                    id=decision.subject
                )
            )
        for side in decision.before, decision.after:
            if isinstance(side, Metric | Commitment) and text[side.start : side.end] != side.text:
                raise ContentError(_("条目 {id} 的文字与原文不符；任务包可能被改动过。").format(id=side.id))
        if isinstance(decision.after, Metadata) and decision.subject != decision.document:
            raise ContentError(_("文档信息的编号与文档不符。"))
        seen.add(decision.uid)
