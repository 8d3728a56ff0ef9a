"""What can be done to the speeches of a document, and to what is known of it.

Each act is on the speech at hand: the one whose menu is open or that the right pane shows, else the
one where the selection, the caret or the focus is. The bottom line says how many annotations followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.review import ReviewError, Session
from jiaozhu.review.actions import action

if TYPE_CHECKING:
    from jiaozhu.qt.main_window import MainWindow

SPEECH = _("讲话")
#: The actions that a menu over a speech offers, in its order.
IN_MENU = ("edit_speech", "split_speech", "merge_previous", "merge_next", "bound_speech", "add_speech")


@action("document_info", title=_("文档信息"), group=SPEECH, keys=("Ctrl+D",), over="window")
def document_info(window: MainWindow) -> None:
    """在右栏查看并更正文档的标题、发布者、日期和网址；再按一次回到正文。"""
    was_shown = window.page.aside.is_details
    if not window.page.finish():
        return
    if was_shown:
        window.page.view.setFocus()
    else:
        window.page.show_details()


@action("edit_speech", title=_("编辑讲话信息"), group=SPEECH, keys=("P", "F4"), over="window")
def edit_speech(window: MainWindow) -> None:
    """就地更正讲话人、职务、地区、日期和小标题。"""
    speech_id = window.page.speech_at_hand()
    if window.page.finish():
        window.page.edit_speech(speech_id)


@action("split_speech", title=_("在此处拆分讲话"), group=SPEECH, keys=("D", "F9"), over="window")
def split_speech(window: MainWindow) -> None:
    """从选中文字的开头、光标处或当前条目所在段落的开头起，把讲话拆成两篇。"""
    place = window.page.place_to_split()
    session = _session(window)
    if not window.page.finish():
        return
    with _followed(window, session, _("已拆分")):
        second = session.outline.split(place)
    _open(window, session, second.id)


@action("merge_previous", title=_("与上一篇合并"), group=SPEECH, keys=("Alt+Shift+Up",), over="window")
def merge_previous(window: MainWindow) -> None:
    """把这篇讲话并入上一篇，成为其一部分。"""
    session = _session(window)
    speech_id = window.page.speech_at_hand()
    before = [speech.id for speech in session.outline.speeches]
    at = before.index(speech_id)
    if at == 0:
        raise ReviewError(_("这是第一篇讲话，前面没有可以合并的。"))
    _merge(window, session, before[at - 1])


@action("merge_next", title=_("与下一篇合并"), group=SPEECH, keys=("Alt+Shift+Down",), over="window")
def merge_next(window: MainWindow) -> None:
    """把下一篇讲话并入这一篇，讲话人仍是这一篇的。"""
    _merge(window, _session(window), window.page.speech_at_hand())


@action(
    "bound_speech", title=_("讲话改为选中文字"), group=SPEECH, keys=("Shift+S", "Shift+F8"), over="window"
)
def bound_speech(window: MainWindow) -> None:
    """把讲话的范围改为选中的文字，其他讲话让出这些文字。"""
    session = _session(window)
    start, end = _selected(session)
    speech_id = window.page.speech_at_hand(focus_first=True)
    if window.page.finish():
        with _followed(window, session, _("范围已改变")):
            session.outline.bound(speech_id, start, end)
        window.page.view.clear_selection()


@action("add_speech", title=_("选中文字新增为讲话"), group=SPEECH, keys=("A", "Shift+F9"), over="window")
def add_speech(window: MainWindow) -> None:
    """把选中的文字新增为一篇讲话，其他讲话让出这些文字。"""
    session = _session(window)
    start, end = _selected(session)
    if not window.page.finish():
        return
    with _followed(window, session, _("已新增讲话")):
        new = session.outline.add(start, end)
    _open(window, session, new.id)


def _open(window: MainWindow, session: Session, speech_id: str) -> None:
    """Open the fields of a new speech, unless the disk has refused it."""
    if not session.unsaved:
        window.page.view.clear_selection()
        window.page.edit_speech(speech_id, bring_into_sight=True)


def _merge(window: MainWindow, session: Session, first: str) -> None:
    if window.page.finish():
        with _followed(window, session, _("已合并")):
            session.outline.merge(first)


def _session(window: MainWindow) -> Session:
    if window.session is None or window.session.document is None:
        raise ReviewError(_("还没有打开文档。"))
    return window.session


def _selected(session: Session) -> tuple[int, int]:
    if session.selection is None:
        raise ReviewError(_("请先选中文字。"))
    return session.selection


@contextmanager
def _followed(window: MainWindow, session: Session, done: str) -> Iterator[None]:
    """Say what was done and how many annotations have gone to another speech with it."""
    before = {annotation.id: annotation.speech for annotation in session.annotations}
    yield
    if session.unsaved:
        return
    moved = sum(before.get(annotation.id) != annotation.speech for annotation in session.annotations)
    follows = ngettext("，{count} 条随之归入另一篇", "，{count} 条随之归入另一篇", moved).format(count=moved)
    window.status.remark(f"{done}{follows if moved else ''}{_('。')}")
