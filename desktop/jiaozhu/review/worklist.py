"""An ordered list of annotations over the whole project, to be gone through one by one.

It is made once, of the ledger, and does not change under the reviewer: what is decided stays in its
place and is closed. What still is to be done in it is open, or put off to the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from jiaozhu.model import Action, AnyAnnotation, Decision, State
from jiaozhu.review.anomaly import anomalies
from jiaozhu.review.ledger import Ledger, LedgerFilter, Selection, select, sort
from jiaozhu.review.ledger.table import Array

#: What is drawn for a second look: one in so many.
_ONE_IN = 10
#: An annotation: its document, its type and its id.
Identity = tuple[str, str, str]


class Order(StrEnum):
    """In which order a list is gone through."""

    DOCUMENT = "document"  # as in the texts
    UNCERTAIN = "uncertain"  # the least certain first
    ANOMALY = "anomaly"  # values that are unlike the others of their indicator first
    SECOND_LOOK = "second_look"  # a tenth of what was accepted, by chance, as in the texts


class Draw(NamedTuple):
    """What was drawn by chance: each annotation whose hash under the seed is not above the limit.

    The limit is set once, so that a tenth is drawn; what is accepted later has the same chance.
    """

    seed: int
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list is made of, and in which order."""

    filter: LedgerFilter = field(
        default_factory=lambda: LedgerFilter("", {"state": frozenset({State.SUGGESTED.value})})
    )
    order: Order = Order.UNCERTAIN
    draw: Draw = field(default_factory=lambda: Draw(1))

    @property
    def whole_filter(self) -> LedgerFilter:
        """What the list is made of: for a second look of what is accepted, whatever states are chosen."""
        if self.order is Order.SECOND_LOOK:
            return self.filter.with_chosen("state", [State.ACCEPTED.value])
        return self.filter

    @property
    def is_check(self) -> bool:
        """Whether what is decided already is looked at again: then what is confirmed is done."""
        states = self.whole_filter.chosen.get("state", frozenset())
        return bool(states) and State.SUGGESTED not in states

    def to_json(self) -> dict[str, object]:
        """Return the plan as it is kept among the settings."""
        return {"filter": self.filter.to_json(), "order": self.order.value, "draw": list(self.draw)}

    @classmethod
    def from_json(cls, kept: object) -> Plan:
        """Return the plan that was kept; what is not understood is as in a new one."""
        plan = cls()
        if not isinstance(kept, dict):
            return plan
        if "filter" in kept:
            plan = replace(plan, filter=LedgerFilter.from_json(kept["filter"]))
        if kept.get("order") in tuple(Order):
            plan = replace(plan, order=Order(kept["order"]))
        match kept.get("draw"):
            case [int(seed), (str() | None) as limit]:
                plan = replace(plan, draw=Draw(seed, limit))
        return plan


class Made(NamedTuple):
    """A list, how many there are of what it can be filtered by, and the plan with what was drawn."""

    worklist: Worklist
    selection: Selection
    plan: Plan


def make(ledger: Ledger, plan: Plan, seen: set[str] | None = None) -> Made:
    """Return the list that a plan makes of a ledger; `seen` holds the keys of what was confirmed before.

    The list adds to `seen` what is confirmed in it.
    """
    selection = select(ledger, plan.whole_filter)
    rows, scores, odd = selection.rows, None, None
    if plan.order is Order.UNCERTAIN:
        rows = sort(ledger, rows, "confidence")
    elif plan.order is Order.ANOMALY:
        scores, odd = anomalies(ledger)
        rows = rows[np.argsort(-np.nan_to_num(scores[rows], nan=-1), kind="stable")]
    elif plan.order is Order.SECOND_LOOK:
        hashes = [_hash(plan.draw.seed, ledger.identity(row)) for row in rows.tolist()]
        limit = plan.draw.limit
        if limit is None and hashes:
            limit = sorted(hashes)[ceil(len(hashes) / _ONE_IN) - 1]
            plan = replace(plan, draw=Draw(plan.draw.seed, limit))
        rows = rows[np.array([limit is not None and one <= limit for one in hashes], bool)]
    found = Worklist(ledger, rows, is_check=plan.is_check, seen=seen)
    if scores is not None and odd is not None:
        found.scores, found.is_odd = scores[rows], odd[rows]
    return Made(found, selection, plan)


def _hash(seed: int, identity: Identity) -> str:
    return blake2b("/".join((str(seed), *identity)).encode(), digest_size=8).hexdigest()


def key_of(identity: Identity) -> str:
    """Return what an annotation is known by among those that were confirmed."""
    document, _type, id_ = identity
    return f"{document}/{id_}"


#: Whether something still is to be done at a place of the list.
_CLOSED, _OPEN, _PUT_OFF = range(3)


class Worklist:
    """The annotations in their order, where one is, and what is left."""

    def __init__(
        self, ledger: Ledger, rows: Array, *, is_check: bool = False, seen: set[str] | None = None
    ) -> None:
        self.ledger = ledger
        self.rows = rows
        self.is_check = is_check
        self.seen: set[str] = set() if seen is None else seen
        self.place = -1  # where one is; -1: not in it yet
        self.scores: Array | None = None  # in the order of anomaly
        self.is_odd: Array | None = None
        self._now: dict[int, State | None] = {}  # what was decided since; None: it is no more
        self._keys = _keys(ledger, rows)
        self._by_key = np.argsort(self._keys, kind="stable")
        self._left = self._begin()

    def _begin(self) -> Array:
        """Return for each place whether it is open in the beginning."""
        if not self.is_check:
            suggested = self.ledger.vocabularies["state"].code(State.SUGGESTED.value)
            left: Array = np.where(self.ledger.codes["state"][self.rows] == suggested, _OPEN, _CLOSED)
            return left
        left = np.full(len(self), _OPEN)
        if self.seen:
            done = [key_of(self.identity(place)) in self.seen for place in range(len(self))]
            left[np.array(done, bool)] = _CLOSED
        return left

    def __len__(self) -> int:
        return len(self.rows)

    def value(self, place: int, column: str) -> Any:
        """Return what the ledger says of an annotation in a column."""
        return self.ledger.value(int(self.rows[place]), column)

    def identity(self, place: int) -> Identity:
        """Return the annotation at a place."""
        return self.ledger.identity(int(self.rows[place]))

    def place_of(self, identity: Identity) -> int | None:
        """Return where an annotation stands, None if it is not in the list."""
        codes = [
            self.ledger.vocabularies[name].code(value)
            for name, value in zip(_IDENTITY, identity, strict=True)
        ]
        if None in codes or not len(self):
            return None
        wanted = _joined(self.ledger, codes)
        found = int(np.searchsorted(self._keys, wanted, sorter=self._by_key))
        if found == len(self) or self._keys[self._by_key[found]] != wanted:
            return None
        return int(self._by_key[found])

    def state(self, place: int) -> State | None:
        """Return how an annotation stands now, None if it is no more."""
        return self._now[place] if place in self._now else State(self.value(place, "state"))

    def is_left(self, place: int) -> bool:
        """Return whether something still is to be done at a place."""
        return bool(self._left[place] != _CLOSED)

    @property
    def left(self) -> int:
        """How many still are to be done."""
        return int(np.count_nonzero(self._left))

    # Going through

    def enter(self, annotation: AnyAnnotation, document_id: str) -> None:
        """Be where an annotation stands; where it is not in the list, stay."""
        place = self.place_of((document_id, annotation.type, annotation.id))
        if place is not None:
            self.place = place

    def beside(self, by: int) -> int | None:
        """Return the next place (`by` is +1) or the one before (-1) that is still there; None at the edge."""
        place = self.place + by
        while 0 <= place < len(self):
            if self.state(place) is not None:
                return place
            place += by
        return None

    def ahead(self) -> int | None:
        """Return the next open place, on and round; then what was put off; None if all is done."""
        for wanted in _OPEN, _PUT_OFF:
            found = np.flatnonzero(self._left == wanted)
            found = found[found != self.place]
            if len(found):
                after = int(np.searchsorted(found, self.place))
                return int(found[after % len(found)])
        return None

    # What is done

    def confirm(self) -> None:
        """Take what is here for looked at."""
        if self.place >= 0:
            self.seen.add(key_of(self.identity(self.place)))
            self._left[self.place] = _CLOSED

    def put_off(self) -> None:
        """Leave what is here to the end."""
        if self.place >= 0 and self._left[self.place] == _OPEN:
            self._left[self.place] = _PUT_OFF

    def lose(self, place: int) -> None:
        """Note that what stood at a place is no more."""
        self._now[place] = None
        self._left[place] = _CLOSED

    def take(self, decisions: Iterable[Decision]) -> None:
        """Take in decisions that were recorded."""
        for decision in decisions:
            place = self.place_of((decision.document, decision.type, decision.subject))
            if place is None:
                continue
            state = getattr(decision.after, "state", None)
            if state is None:
                self.lose(place)
                continue
            before, self._now[place] = self.state(place), State(state)
            if decision.action is Action.SKIP:
                self._left[place] = _PUT_OFF
            elif before is not state or decision.action in (Action.UNDO, Action.REDO):
                self._left[place] = _OPEN if self._waits(place) else _CLOSED

    def _waits(self, place: int) -> bool:
        """Return whether something is to be done with an annotation as it stands."""
        if not self.is_check:
            return self.state(place) is State.SUGGESTED
        as_before = self.state(place) == self.value(place, "state")
        return as_before and key_of(self.identity(place)) not in self.seen


_IDENTITY = ("document", "type", "id")


def _joined(ledger: Ledger, codes: Collection[Any]) -> Any:
    """Return one number for the codes of document, type and id."""
    document, type_, id_ = codes
    return (document * np.int64(4) + type_) * np.int64(2**32) + id_


def _keys(ledger: Ledger, rows: Array) -> Array:
    keys: Array = _joined(ledger, [ledger.codes[name][rows].astype(np.int64) for name in _IDENTITY])
    return keys
