"""What was done in a sitting: each act is on the disk before it shows, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Decision
from jiaozhu.review.changes import Kind
from jiaozhu.review.fields import ConflictError, ReviewError
from jiaozhu.store import ContentError, Store, StoreError

#: What follows when a step is on the disk.
Follow = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the reviewer: its decisions, and what it is called in the undo menu."""

    title: str
    decisions: tuple[Decision, ...]


class Sitting:
    """The acts of one sitting, the newest last, and the one that the disk has refused so far.

    `show` brings the screen in line with decisions that are on the disk; `tell` tells listeners.
    """

    def __init__(
        self, store: Store, *, show: Callable[[Sequence[Decision]], None], tell: Callable[[Kind], None]
    ) -> None:
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.last_saved: datetime | None = None
        self.problem: str | None = None
        self._store = store
        self._show = show
        self._tell = tell
        self._pending: tuple[Step, Follow] | None = None

    @property
    def unsaved(self) -> tuple[Decision, ...]:
        """Decisions that could not be written yet."""
        return self._pending[0].decisions if self._pending else ()

    def check_saved(self) -> None:
        """Raise ReviewError if something waits for the disk."""
        if self._pending is not None:
            raise ReviewError(_("上一个决定还没有保存：{problem}").format(problem=self.problem))

    def act(self, step: Step, follow: Follow) -> None:
        """Record a new act; what was undone before it can't be redone any more."""

        def then() -> None:
            self.done.append(step)
            self.undone.clear()
            follow()

        self._record(step, then)

    def turn(self, source: list[Step], target: list[Step], turned: Step, follow: Follow) -> None:
        """Take the newest step of `source`, done or undone, back by the one `turned` round, for `target`."""

        def then() -> None:
            source.pop()
            target.append(turned)
            follow()

        try:
            self._record(turned, then)
        except ConflictError:
            source.pop()  # what it did is no more; those before it can still be taken back
            raise

    def retry(self) -> bool:
        """Try again to write what is unsaved; return whether all is on the disk now."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self._record(*pending)
        return self._pending is None

    def discard(self) -> None:
        """Give up what is unsaved; nothing of it was ever shown as done."""
        if self._pending is not None:
            self._pending = self.problem = None
            self._tell(Kind.UNSAVED)

    def _record(self, step: Step, then: Follow) -> None:
        """Write a step, the one way in; only when the disk has it, show it and do what follows."""
        self.check_saved()
        try:
            self._store.record(step.decisions)
        except ContentError as error:
            raise ConflictError(_("这一条刚在别处改动过，现在显示的是最新的情况；请再看一遍。")) from error
        except StoreError as error:
            self._pending = step, then
            self.problem = str(error)
            self._tell(Kind.UNSAVED)
            return
        self.problem = None
        self.last_saved = datetime.now(UTC)
        self._show(step.decisions)
        self._tell(Kind.SAVED)
        then()
