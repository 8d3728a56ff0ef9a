"""Packets come back: their decisions join those of the project, by the rule of docs/merging.md."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, Commitment, Decision, Metric
from jiaozhu.review.carrying import Alignment, carry, quote
from jiaozhu.review.fields import ReviewError
from jiaozhu.store import Merging, Store, Turn, backups


@dataclass(slots=True)
class Merged:
    """What merging packets did, or would do."""

    new: int = 0  # decisions that the project did not have
    same: int = 0  # decisions that it had
    conflicting: int = 0  # subjects that are contested by what came
    carried: int = 0  # decisions on an earlier version that were carried to the newest one
    lost: list[str] = field(default_factory=list)  # what these are about whose words are not there any more
    left_out: list[str] = field(default_factory=list)  # documents of packets that the project has not
    backup: Path | None = None


def merge(
    project: Path, packets: Sequence[Path], *, dry_run: bool = False, turn: Turn | None = None
) -> Merged:
    """Merge packets into a project, all of them or none, or tell what that would do.

    Before that the project is backed up, unless nothing new comes. Merging a packet again
    does nothing, and in which order packets come makes no difference.
    Raises StoreError, and ReviewError for a packet of another project.
    """
    with Store(project, read_only=True) as store:
        coming, names = _coming(store, packets)
        if dry_run or not any(store.unknown(document, found) for document, found in coming.items()):
            return _plan(store, coming, names)
    merged = Merged(backup=backups.make(project, backups.Occasion.MERGE))
    with Store(project, turn=turn) as store:
        return _merge(store, coming, names, merged)


def _coming(store: Store, packets: Sequence[Path]) -> tuple[dict[str, dict[str, Decision]], dict[str, str]]:
    """Return the decisions of packets by document and uid, and what the documents are called."""
    here = store.identity.project
    coming: dict[str, dict[str, Decision]] = {}
    names: dict[str, str] = {}
    for path in packets:
        with Store(path, read_only=True) as packet:
            if packet.identity.project != here:
                raise ReviewError(
                    _("“{path}”来自另一个项目，不能合并到这里；请选择从本项目分发的任务包。").format(
                        path=path
                    )
                )
            for row in packet.documents():
                names[row.id] = row.title or row.source
                known = coming.setdefault(row.id, {})
                for decision in packet.decisions_on(row.id):
                    known.setdefault(decision.uid, decision)
    return coming, names


def _plan(store: Store, coming: Mapping[str, Mapping[str, Decision]], names: Mapping[str, str]) -> Merged:
    merged = Merged()
    there = {row.id for row in store.documents()}
    for document, decisions in coming.items():
        if document not in there:
            merged.left_out.append(names[document])
        else:
            _count(merged, store.plan_merge(document, decisions.values()))
    return merged


def _merge(
    store: Store, coming: Mapping[str, Mapping[str, Decision]], names: Mapping[str, str], merged: Merged
) -> Merged:
    with store.batch():
        newest = {row.id: row.replaced_by for row in store.documents()}
        for document, decisions in coming.items():
            if document not in newest:
                merged.left_out.append(names[document])
                continue
            merging = store.merge(document, decisions.values())
            _count(merged, merging)
            while merging.new and (following := newest[merging.document]) is not None:
                carried = list(_carry(store, merging, following, merged))
                merging = store.merge(following, carried)
                merged.carried += len(merging.new)
                merged.conflicting += merging.conflicts
    return merged


def _count(merged: Merged, merging: Merging) -> None:
    merged.new += len(merging.new)
    merged.same += merging.same
    merged.conflicting += merging.conflicts


def _carry(store: Store, merging: Merging, following: str, merged: Merged) -> Iterator[Decision]:
    """Yield what came for an earlier version of a document as decisions on the version that follows it.

    Each has an id that follows from that of the decision it repeats: once more makes the same ones.
    """
    touched = {(item.type, item.subject) for item in merging.new}
    document, extraction = store.document(following), store.suggested(following)
    alignment = Alignment(store.text(merging.document), document.text)
    standing = {(item.type, item.start, item.end) for item in store.annotations(following)}
    for annotation in store.reviewed(merging.document):
        if (annotation.type, annotation.id) not in touched:
            continue
        history = store.history(merging.document, annotation.type, annotation.id)
        found = carry([annotation], alignment, document, extraction, suggested=_first(history))
        merged.lost += map(quote, found.lost)
        for decision in found.decisions:
            one = _following(store, decision, history)
            after = decision.after
            assert isinstance(after, Metric | Commitment)
            if one is None:
                continue
            if one.before is None and (after.type, after.start, after.end) in standing:
                merged.lost.append(after.text)  # something else stands there now: a person must look
            else:
                yield one


def _first(history: Sequence[Decision]) -> dict[str, AnyAnnotation]:
    """Return how an annotation was suggested, if it was."""
    first = history[0].before
    return {first.id: first} if isinstance(first, Metric | Commitment) else {}


def _following(store: Store, decision: Decision, history: Sequence[Decision]) -> Decision | None:
    """Return a carried decision with an id that follows from what it repeats; None if it was carried."""
    repeated = f"{decision.reviewer}\n{decision.at}\n{history[0].subject}\n{decision.document}"
    uid = uuid.uuid5(_CARRIED, repeated)
    if decision.before is None:  # words that a reviewer added: their id must be the same each time, too
        id_ = f"{decision.type[0]}_{uid.hex[:12]}"
        assert isinstance(decision.after, Metric | Commitment)
        decision = replace(decision, subject=id_, after=replace(decision.after, id=id_))
    there = store.history(decision.document, decision.type, decision.subject)
    mine = decision.reviewer, decision.at
    if any((item.reviewer, item.at) == mine for item in there):
        return None
    source = next((item for item in history if (item.reviewer, item.at) == mine), None)
    seen = _seen(source, {item.uid: item for item in history})
    parents = [item for item in there if item.action is Action.CARRY and (item.reviewer, item.at) in seen]
    return replace(
        decision,
        uid=str(uid),
        before=parents[-1].after if parents else decision.before,
        reviewer_id=source.reviewer_id if source is not None else None,
        parents=tuple(item.uid for item in parents),
        batch=None,
    )


def _seen(decision: Decision | None, by_uid: Mapping[str, Decision]) -> set[tuple[str, str]]:
    """Return reviewer and time of all decisions that one has seen, itself left out."""
    found: dict[str, Decision] = {}
    left = list(decision.parents) if decision is not None else []
    while left:
        uid = left.pop()
        if uid in by_uid and uid not in found:
            found[uid] = by_uid[uid]
            left += by_uid[uid].parents
    return {(item.reviewer, item.at) for item in found.values()}


_CARRIED = uuid.UUID("0f0c1b0e-6a2a-4a52-8a6e-6d2c0f5f6e5d")
