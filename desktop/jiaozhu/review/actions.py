"""What a reviewer can do, each with its keys: menus, shortcuts, key sheet and palette are made of these.

A function over the session becomes an action by its decorator; its docstring is the help on the
screen, which is why it is in Chinese. Keys are written as Qt writes them. A key with a letter has
a second one without: an input method may take letters.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from jiaozhu.i18n import gettext as _
from jiaozhu.model import State
from jiaozhu.review.fields import ReviewError
from jiaozhu.review.session import Session

_F = TypeVar("_F", bound=Callable[..., None])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAction:
    """One thing that can be done, with all that a menu, a tool bar or a key sheet shows of it."""

    id: str
    title: str
    group: str
    standard_keys: tuple[str, ...]
    over: Literal["session", "window"]  # what `run` is called with
    run: Callable[[Any], None]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that it has: those that the user chose, else the standard ones."""
        return CHOSEN_KEYS.get(self.id, self.standard_keys)

    @property
    def help(self) -> str:
        """What it does, for tooltip and key sheet."""
        return _(inspect.getdoc(self.run) or "")


#: Keys that the user chose in place of the standard ones, by the id of the action; the window fills it.
CHOSEN_KEYS: dict[str, tuple[str, ...]] = {}

#: All actions in the order in which menus show them; the window adds its own at the end.
ACTIONS: list[ReviewAction] = []


def action(
    id: str,
    *,
    title: str,
    group: str,
    keys: tuple[str, ...] = (),
    over: Literal["session", "window"] = "session",
) -> Callable[[_F], _F]:
    """Register the decorated function, which takes the session or the window, as an action."""

    def register(run: _F) -> _F:
        ACTIONS.append(ReviewAction(id=id, title=title, group=group, standard_keys=keys, over=over, run=run))
        return run

    return register


DECIDE = _("决定")
GO = _("浏览")
SPAN = _("范围")
EDIT = _("编辑")


@action("accept", title=_("采纳"), group=DECIDE, keys=("Return", "Enter"))
def accept(session: Session) -> None:
    """采纳当前条目，转到下一个未决条目。"""
    session.accept()


@action("reject", title=_("驳回"), group=DECIDE, keys=("Backspace", "Del"))
def reject(session: Session) -> None:
    """驳回当前条目，转到下一个未决条目。"""
    session.reject()


@action("skip", title=_("搁置"), group=DECIDE, keys=("Space",))
def skip(session: Session) -> None:
    """搁置当前条目，其他条目都决定之后再回来。"""
    session.skip()


@action("flag", title=_("标记"), group=DECIDE, keys=("F", "Ctrl+."))
def flag(session: Session) -> None:
    """给当前条目做标记，以便回头再看；再按一次去掉标记。"""
    session.flag()


@action("accept_rest", title=_("采纳本篇其余"), group=DECIDE, keys=("Ctrl+Return", "Ctrl+Enter"))
def accept_rest(session: Session) -> None:
    """采纳本篇讲话中所有未决条目，一次撤销即可全部收回。"""
    session.accept_rest()


@action("decide_identical", title=_("同样处理相同条目"), group=DECIDE, keys=("Ctrl+Shift+A", "Shift+Return"))
def decide_identical(session: Session) -> None:
    """对本文档中文字和字段都相同的未决条目，作同样的决定。"""
    session.decide_identical()


@action("next", title=_("下一条"), group=GO, keys=("Down", "J"))
def go_next(session: Session) -> None:
    """转到下一个条目。"""
    session.next()


@action("previous", title=_("上一条"), group=GO, keys=("Up", "K"))
def go_previous(session: Session) -> None:
    """转到上一个条目。"""
    session.previous()


@action("next_undecided", title=_("下一个未决"), group=GO, keys=("Tab",))
def next_undecided(session: Session) -> None:
    """转到下一个未决条目；本篇没有了，就到下一篇讲话或下一个文档。"""
    if not session.next_undecided():
        done = _("队列中的条目都看过了。") if session.worklist is not None else _("所有条目都已决定。")
        raise ReviewError(done)


@action("next_flagged", title=_("下一个有标记的"), group=GO, keys=("Shift+F", "Ctrl+Shift+."))
def next_flagged(session: Session) -> None:
    """转到本文档中下一个有标记的条目。"""
    session.next_flagged()


@action("next_rejected", title=_("下一个驳回的"), group=GO, keys=("Alt+Backspace",))
def next_rejected(session: Session) -> None:
    """转到下一个驳回的条目；本文档没有了，就到别的文档。"""
    session.next_in(State.REJECTED)


@action("next_corrected", title=_("下一个更正的"), group=GO, keys=("Alt+F2",))
def next_corrected(session: Session) -> None:
    """转到下一个更正过的条目；本文档没有了，就到别的文档。"""
    session.next_in(State.CORRECTED)


@action("next_added", title=_("下一个新增的"), group=GO, keys=("Alt+Ins",))
def next_added(session: Session) -> None:
    """转到下一个新增的条目；本文档没有了，就到别的文档。"""
    session.next_in(State.ADDED)


@action("next_accepted", title=_("下一个采纳的"), group=GO, keys=("Alt+Return", "Alt+Enter"))
def next_accepted(session: Session) -> None:
    """转到下一个采纳的条目；本文档没有了，就到别的文档。"""
    session.next_in(State.ACCEPTED)


@action("start_left", title=_("起点左移"), group=SPAN, keys=("Left",))
def start_left(session: Session) -> None:
    """把当前条目的起点左移一个字。"""
    session.move_edge("start", -1)


@action("start_right", title=_("起点右移"), group=SPAN, keys=("Right",))
def start_right(session: Session) -> None:
    """把当前条目的起点右移一个字。"""
    session.move_edge("start", +1)


@action("end_left", title=_("终点左移"), group=SPAN, keys=("Alt+Left",))
def end_left(session: Session) -> None:
    """把当前条目的终点左移一个字。"""
    session.move_edge("end", -1)


@action("end_right", title=_("终点右移"), group=SPAN, keys=("Alt+Right",))
def end_right(session: Session) -> None:
    """把当前条目的终点右移一个字。"""
    session.move_edge("end", +1)


@action("merge", title=_("与下一条合并"), group=SPAN, keys=("Shift+X", "Ctrl+J"))
def merge(session: Session) -> None:
    """把当前条目与同一句中下一个同类条目合并为一条。"""
    session.merge()


@action("retype", title=_("改变类型"), group=EDIT, keys=("T", "Ctrl+T"))
def retype(session: Session) -> None:
    """把当前的指标改为承诺，或把承诺改为指标。"""
    session.retype()


@action("add_metric", title=_("新增指标"), group=EDIT, keys=("M", "F5"))
def add_metric(session: Session) -> None:
    """把选中的文字新增为指标。"""
    _add(session, "metric")


@action("add_commitment", title=_("新增承诺"), group=EDIT, keys=("C", "F6"))
def add_commitment(session: Session) -> None:
    """把选中的文字新增为承诺。"""
    _add(session, "commitment")


def _add(session: Session, type_: str) -> None:
    if session.selection is None:
        raise ReviewError(_("请先选中文字。"))
    start, end = session.selection
    session.add(type_, start, end)


@action("undo", title=_("撤销"), group=EDIT, keys=("Ctrl+Z",))
def undo(session: Session) -> None:
    """收回上一个决定，回到它所在的条目。"""
    session.undo()


@action("redo", title=_("重做"), group=EDIT, keys=("Ctrl+Shift+Z", "Ctrl+Y"))
def redo(session: Session) -> None:
    """重新作出刚撤销的决定。"""
    session.redo()
