"""The annotations of a document, found by place. Without Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from jiaozhu.model import AnyAnnotation

#: Annotations in a run. Each run knows how far it reaches, so that a search skips whole runs.
_RUN = 128


class Spans:
    """Annotations in the order of the text; overlapping and nested ones are ordinary.

    Searching takes the logarithm of their number; ten thousand are as quick as twenty.
    """

    __slots__ = ("_by_id", "_ordered", "_reach", "_starts")

    def __init__(self, annotations: Iterable[AnyAnnotation] = ()) -> None:
        # By start, the outer before the inner; two sorts with C keys, as the first is mostly done.
        self._ordered = sorted(annotations, key=attrgetter("end"), reverse=True)
        self._ordered.sort(key=attrgetter("start"))
        self._by_id = {annotation.id: annotation for annotation in self._ordered}
        self._starts = [annotation.start for annotation in self._ordered]
        self._reach: list[int] = []
        self._measure(0)

    def __len__(self) -> int:
        return len(self._ordered)

    def __iter__(self) -> Iterator[AnyAnnotation]:
        return iter(self._ordered)

    def get(self, annotation_id: str) -> AnyAnnotation | None:
        """Return the annotation with this id, None if there is none."""
        return self._by_id.get(annotation_id)

    def overlapping(self, start: int, end: int) -> list[AnyAnnotation]:
        """Return the annotations that share a character with the span, in the order of the text."""
        last = bisect_left(self._starts, end)
        found: list[AnyAnnotation] = []
        for run, reach in enumerate(self._reach):
            first = run * _RUN
            if first >= last:
                break
            if reach > start:
                found += [one for one in self._ordered[first : min(first + _RUN, last)] if one.end > start]
        return found

    def at(self, offset: int) -> list[AnyAnnotation]:
        """Return the annotations that hold the character at the offset, the innermost first."""
        return sorted(self.overlapping(offset, offset + 1), key=lambda one: one.end - one.start)

    def put(self, annotation: AnyAnnotation) -> None:
        """Take in an annotation, in place of the one with its id if there is one."""
        before = self._by_id.get(annotation.id)
        if before is not None:
            if (before.start, before.end) == (annotation.start, annotation.end):
                self._ordered[self._index(before)] = self._by_id[annotation.id] = annotation
                return
            self.remove(annotation.id)
        index = bisect_left(self._starts, annotation.start)
        while index < len(self._ordered) and self._starts[index] == annotation.start:
            if self._ordered[index].end < annotation.end:
                break
            index += 1
        self._ordered.insert(index, annotation)
        self._starts.insert(index, annotation.start)
        self._by_id[annotation.id] = annotation
        self._measure(index // _RUN)

    def remove(self, annotation_id: str) -> None:
        """Leave out the annotation with this id; nothing happens if there is none."""
        annotation = self._by_id.pop(annotation_id, None)
        if annotation is None:
            return
        index = self._index(annotation)
        del self._ordered[index], self._starts[index]
        self._measure(index // _RUN)

    def _index(self, annotation: AnyAnnotation) -> int:
        """Return where an annotation stands that is held."""
        index = bisect_left(self._starts, annotation.start)
        while self._ordered[index].id != annotation.id:
            index += 1
        return index

    def _measure(self, run: int) -> None:
        """Note anew how far the runs reach, from a run on."""
        del self._reach[run:]
        for first in range(run * _RUN, len(self._ordered), _RUN):
            self._reach.append(max(one.end for one in self._ordered[first : first + _RUN]))


def lanes(intervals: Iterable[tuple[int, int]]) -> list[int]:
    """Return a lane for each half-open interval, 0 first, so that none overlaps another in its lane.

    The intervals are taken in the order given: sort them by start.
    """
    ends: list[int] = []
    chosen: list[int] = []
    for start, end in intervals:
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        chosen.append(lane)
    return chosen
