"""What can be done in the window beyond deciding; declared as the reviewer's actions are."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QGuiApplication

from jiaozhu.export import EXPORTERS, Exporter
from jiaozhu.i18n import gettext as _
from jiaozhu.paths import sample_docs, user_folder
from jiaozhu.qt import dialogs, keeping, memory
from jiaozhu.qt.fields_view import ROWS
from jiaozhu.qt.ledger_actions import LEDGER
from jiaozhu.qt.speech_actions import SPEECH
from jiaozhu.qt.words import (
    next_clause,
    next_clause_end,
    next_stop,
    previous_clause,
    previous_clause_end,
    previous_stop,
)
from jiaozhu.review import ReviewError
from jiaozhu.review.actions import ACTIONS, DECIDE, EDIT, GO, SPAN, action
from jiaozhu.review.citation import citation

if TYPE_CHECKING:
    from jiaozhu.qt.main_window import MainWindow

FILE = _("文件")
FIELD = _("字段")
VIEW = _("视图")
HELP = _("帮助")

#: The order of the menus; all groups are in it.
MENUS = (FILE, EDIT, FIELD, DECIDE, GO, SPAN, SPEECH, LEDGER, VIEW, HELP)


@action("new_project", title=_("新建项目…"), group=FILE, keys=("Ctrl+N",), over="window")
def new_project(window: MainWindow) -> None:
    """新建一个项目文件。"""
    path = dialogs.ask_new_project(window, _folder(window))
    if path is not None:
        window.open_project(path, create=True)


@action("open_sample", title=_("打开示例"), group=FILE, over="window")
def open_sample(window: MainWindow) -> None:
    """用程序自带的示例讲话试一遍，一步一步有引导；示例中的地方和人都是虚构的。"""
    path = user_folder() / f"{_('示例')}{dialogs.SUFFIX}"
    is_new = not path.is_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    if window.open_project(path, create=is_new):
        if is_new:
            window.import_paths(sorted(sample_docs().glob("*.txt")))
        window.page.start_tour()


@action("open_project", title=_("打开项目…"), group=FILE, keys=("Ctrl+O",), over="window")
def open_project(window: MainWindow) -> None:
    """打开已有的项目文件。"""
    path = dialogs.ask_project(window, _folder(window))
    if path is not None:
        window.open_project(path)


@action("import_files", title=_("导入文件…"), group=FILE, keys=("Ctrl+I",), over="window")
def import_files(window: MainWindow) -> None:
    """导入文本文件，找出其中的讲话、指标和承诺。"""
    window.import_paths(dialogs.ask_files(window, _folder(window)))


@action("import_folder", title=_("导入文件夹…"), group=FILE, keys=("Ctrl+Shift+I",), over="window")
def import_folder(window: MainWindow) -> None:
    """导入文件夹中的所有文本文件。"""
    folder = dialogs.ask_folder(window, _folder(window))
    if folder is not None:
        window.import_paths([folder])


@action("paste", title=_("从剪贴板导入"), group=FILE, keys=("Ctrl+V", "Shift+Ins"), over="window")
def paste(window: MainWindow) -> None:
    """把剪贴板中的文字、图片或文件导入项目。"""
    if window.ensure_project():
        window.importing.paste()


@action("import_report", title=_("上次导入的报告"), group=FILE, over="window")
def import_report(window: MainWindow) -> None:
    """看上次导入的每个文件怎样了；相近的文档在这里选择。"""
    window.importing.show_report()


def _exports(exporter: Exporter, keys: tuple[str, ...]) -> None:
    """Register the action that exports to one format."""

    @action(
        f"export_{exporter.name}",
        title=_("导出 {format}…").format(format=exporter.title),
        group=FILE,
        keys=keys,
        over="window",
    )
    def export(window: MainWindow) -> None:
        """把采纳、更正和新增的条目写入文件。"""
        project = window.session.store.path if window.session is not None else None
        target = dialogs.ask_export(window, project, exporter) if project is not None else None
        if target is not None:
            window.export_to(target, exporter)


for _number, _exporter in enumerate(EXPORTERS):
    _exports(_exporter, ("Ctrl+E",) if _number == 0 else ())


@action("save_as", title=_("另存为…"), group=FILE, keys=("Ctrl+Shift+S",), over="window")
def save_as(window: MainWindow) -> None:
    """把项目存到另一处，在那里接着做；没能保存的决定也带过去。"""
    project = window.session.store.path if window.session is not None else None
    target = dialogs.ask_copy(window, project) if project is not None else None
    if target is not None:
        keeping.save_as(window, target)


@action("backups", title=_("备份与恢复…"), group=FILE, over="window")
def show_backups(window: MainWindow) -> None:
    """列出项目的备份和与现在的不同，恢复到其中一个。"""
    from jiaozhu.qt.backup_list import BackupList

    project = window.session.store.path if window.session is not None else None
    if project is not None:
        dialog = BackupList(project, window)
        dialog.restore_wanted.connect(lambda backup: keeping.restore(window, backup))
        dialog.open()


@action("make_packet", title=_("分发审校包…"), group=FILE, over="window")
def make_packet(window: MainWindow) -> None:
    """选出文档或讲话写成一个任务包，交给别处的审校人；审校后再合并回来。"""
    from jiaozhu.qt.packet_dialog import PacketDialog

    session = window.session
    if session is not None and session.store.path is not None:
        dialog = PacketDialog(session.store, window)
        dialog.accepted.connect(lambda: window.start_task(dialog.task(window)))
        dialog.open()


@action("merge_packets", title=_("合并任务包…"), group=FILE, over="window")
def merge_packets(window: MainWindow) -> None:
    """选择审校过的任务包，先看会怎样，再合并到本项目。"""
    if window.session is not None and window.page.finish():
        from jiaozhu.qt.merge_page import MergePage

        window.pages.turn_to("merge")
        page = window.pages.currentWidget()
        assert isinstance(page, MergePage)
        page.choose_packets()


@action("check_project", title=_("检查项目"), group=FILE, over="window")
def check_project(window: MainWindow) -> None:
    """检查文件、原文、条目和决定是否都对；什么也不改。"""
    from jiaozhu.qt.examining import Examination

    project = window.session.store.path if window.session is not None else None
    if project is not None:
        window.start_task(Examination(project, window))


@action("reviewer", title=_("审校人…"), group=FILE, over="window")
def reviewer(window: MainWindow) -> None:
    """设定审校人姓名，此后的决定记在该姓名之下。"""
    name = dialogs.ask_reviewer(window, memory.reviewer() or getpass.getuser())
    if name is not None:
        memory.note_reviewer(name)
        if window.session is not None:
            window.session.reviewer = name


@action("quit", title=_("退出"), group=FILE, keys=("Ctrl+Q",), over="window")
def leave(window: MainWindow) -> None:
    """关闭窗口。所有决定都已保存。"""
    window.close()


@action("edit_fields", title=_("更正字段"), group=EDIT, keys=("E", "F2"), over="window")
def edit_fields(window: MainWindow) -> None:
    """就地更正当前条目的字段，或右栏中的文档信息。"""
    if window.page.aside.is_details and window.page.aside.details is not None:
        window.page.aside.details.focus_on()
        return
    if window.current is None:
        raise ReviewError(_("没有选中条目。"))
    if window.page.finish():
        window.page.card.edit()


def _edits_row(number: int) -> None:
    """Register the action that opens the field of a row of the card."""

    @action(
        f"edit_row_{number}",
        title=_("更正第 {number} 项").format(number=number),
        group=FIELD,
        keys=(str(number), f"Ctrl+Alt+{number}"),
        over="window",
    )
    def edit_row(window: MainWindow) -> None:
        """更正右栏中的这一项；选中了文字，就把选中的文字填进去。"""
        session, card = window.session, window.page.card
        if session is None or session.document is None or session.current is None:
            raise ReviewError(_("没有选中条目。"))
        typed = None
        if session.selection is not None:
            typed = "".join(session.document.text[slice(*session.selection)].split())
            window.page.view.clear_selection()  # the next annotation is not to have it too
        if (card.is_editing or window.page.finish()) and not card.edit_row(number, typed=typed):
            raise ReviewError(_("这一条没有第 {number} 项。").format(number=number))


for _row in range(1, max(map(len, ROWS.values())) + 1):
    _edits_row(_row)


@action("note", title=_("备注…"), group=DECIDE, keys=("N", "Ctrl+;"), over="window")
def note(window: MainWindow) -> None:
    """给当前条目写一句备注，回车保存；清空即去掉。"""
    if window.current is None:
        raise ReviewError(_("没有选中条目。"))
    if window.page.finish():
        window.page.card.write_note()


@action("span_from_selection", title=_("范围改为选中文字"), group=SPAN, keys=("S", "F8"), over="window")
def span_from_selection(window: MainWindow) -> None:
    """把当前条目的范围改为选中的文字。"""
    if window.session is None or window.session.selection is None:
        raise ReviewError(_("请先选中文字。"))
    window.session.set_span(*window.session.selection)
    window.page.view.clear_selection()


@action("split", title=_("拆成两条"), group=SPAN, keys=("X", "Ctrl+/"), over="window")
def split(window: MainWindow) -> None:
    """在光标处，或在选中文字的起点，把当前条目拆成两条。"""
    session, caret = window.session, window.page.view.caret
    if session is None:
        return
    if session.selection is not None:
        start, end = session.selection
        current = session.current
        session.split(end if current is not None and start <= current.start else start)
    elif caret is not None:
        session.split(caret.position)
    else:
        raise ReviewError(_("请先打开文中光标（F7）或选中文字，指明拆开的地方。"))
    window.page.view.clear_selection()


@action("start_word_left", title=_("起点左移一词"), group=SPAN, keys=("Shift+Left",), over="window")
def start_word_left(window: MainWindow) -> None:
    """把当前条目的起点左移一个词。"""
    _move(window, "start", previous_stop)


@action("start_word_right", title=_("起点右移一词"), group=SPAN, keys=("Shift+Right",), over="window")
def start_word_right(window: MainWindow) -> None:
    """把当前条目的起点右移一个词。"""
    _move(window, "start", next_stop)


@action("end_word_left", title=_("终点左移一词"), group=SPAN, keys=("Alt+Shift+Left",), over="window")
def end_word_left(window: MainWindow) -> None:
    """把当前条目的终点左移一个词。"""
    _move(window, "end", previous_stop)


@action("end_word_right", title=_("终点右移一词"), group=SPAN, keys=("Alt+Shift+Right",), over="window")
def end_word_right(window: MainWindow) -> None:
    """把当前条目的终点右移一个词。"""
    _move(window, "end", next_stop)


@action("start_clause_left", title=_("起点左移一分句"), group=SPAN, keys=("Ctrl+Left",), over="window")
def start_clause_left(window: MainWindow) -> None:
    """把当前条目的起点左移到分句的开头。"""
    _move(window, "start", previous_clause)


@action("start_clause_right", title=_("起点右移一分句"), group=SPAN, keys=("Ctrl+Right",), over="window")
def start_clause_right(window: MainWindow) -> None:
    """把当前条目的起点右移到下一分句的开头。"""
    _move(window, "start", next_clause)


@action("end_clause_left", title=_("终点左移一分句"), group=SPAN, keys=("[", "Ctrl+Alt+Left"), over="window")
def end_clause_left(window: MainWindow) -> None:
    """把当前条目的终点左移到上一分句的末尾。"""
    _move(window, "end", previous_clause_end)


@action(
    "end_clause_right", title=_("终点右移一分句"), group=SPAN, keys=("]", "Ctrl+Alt+Right"), over="window"
)
def end_clause_right(window: MainWindow) -> None:
    """把当前条目的终点右移到分句的末尾。"""
    _move(window, "end", next_clause_end)


@action("copy", title=_("复制文字"), group=EDIT, keys=("Ctrl+C",), over="window")
def copy(window: MainWindow) -> None:
    """复制选中的文字；没有选中时复制当前条目的文字。"""
    session = window.session
    if session is None or session.document is None:
        return
    current = session.current
    start, end = session.selection or ((current.start, current.end) if current else (0, 0))
    if start < end:
        QGuiApplication.clipboard().setText(session.document.text[start:end])


@action("copy_citation", title=_("复制引文"), group=EDIT, keys=("Ctrl+Shift+C",), over="window")
def copy_citation(window: MainWindow) -> None:
    """复制当前条目所在的句子，连同讲话人、标题、发布者、日期和网址。"""
    session = window.session
    if session is None or session.document is None or session.current is None:
        raise ReviewError(_("没有选中条目。"))
    speech = session.outline.speech(session.current.speech)
    QGuiApplication.clipboard().setText(citation(session.document, speech, session.current))
    window.status.remark(_("引文已复制。"))


@action("find", title=_("查找…"), group=EDIT, keys=("Ctrl+F",), over="window")
def find(window: MainWindow) -> None:
    """在正文中查找文字；找到的文字被选中，可以新增为指标或承诺。"""
    window.page.find_bar.open()


@action("search", title=_("在项目中找词…"), group=EDIT, keys=("Ctrl+Shift+F", "Ctrl+F3"), over="window")
def search(window: MainWindow) -> None:
    """在全部讲话、指标、承诺和备注中找词，边打边列出，回车到正文。"""
    window.show_search()


@action("caret", title=_("文中光标"), group=VIEW, keys=("F7", "V"), over="window")
def caret(window: MainWindow) -> None:
    """在文中打开或关闭光标，用方向键移动，按住 Shift 选择文字。"""
    view = window.page.view
    view.set_caret(view.caret is None)


def _turns(name: str, title: str, key: str) -> None:
    """Register the action that brings a page of the project to the front."""

    @action(f"page_{name}", title=title, group=VIEW, keys=(key,), over="window")
    def turn(window: MainWindow) -> None:
        """转到项目的这一页。"""
        if window.page.finish():
            window.pages.turn_to(name)


_turns("review", _("审校"), "Alt+1")
_turns("ledger", _("台账"), "Alt+2")
_turns("progress", _("进度"), "Alt+3")
_turns("merge", _("合并"), "Alt+4")


@action("to_queue", title=_("到文档列表"), group=VIEW, keys=("Ctrl+1",), over="window")
def to_queue(window: MainWindow) -> None:
    """把键盘焦点移到左栏的文档或条目列表。"""
    window.page.left.list.setFocus()


@action("to_text", title=_("到正文"), group=VIEW, keys=("Ctrl+2",), over="window")
def to_text(window: MainWindow) -> None:
    """把键盘焦点移到正文。"""
    window.page.view.setFocus()


@action("to_filter", title=_("筛选文档"), group=VIEW, keys=("Ctrl+L",), over="window")
def to_filter(window: MainWindow) -> None:
    """在筛选栏中输入文字，只列出有关的文档或条目。"""
    window.page.left.text.setFocus()
    window.page.left.text.selectAll()


@action("worklist", title=_("按条目审校"), group=VIEW, keys=("Q", "F12"), over="window")
def worklist(window: MainWindow) -> None:
    """左栏换成条目队列，从上次离开的地方接着看；再按一次离开，回到文档次序。"""
    window.page.turn_to_worklist(not window.page.left.is_worklist)


@action("worklist_filter", title=_("筛选条目"), group=VIEW, keys=("Shift+Q", "Shift+F12"), over="window")
def worklist_filter(window: MainWindow) -> None:
    """按状态、类型、置信度、标记、地区、讲话人、规则选出要看的条目。"""
    if not window.page.left.is_worklist:
        window.page.turn_to_worklist(True)
    window.page.left.worklist.open_conditions()


@action("worklist_order", title=_("条目的下一种次序"), group=VIEW, keys=("Ctrl+F12",), over="window")
def worklist_order(window: MainWindow) -> None:
    """依次换用：文档次序、最没把握的在前、数值反常的在前、复看。"""
    if not window.page.left.is_worklist:
        window.page.turn_to_worklist(True)
    window.page.left.worklist.next_order()


@action("larger", title=_("放大文字"), group=VIEW, keys=("Ctrl++", "Ctrl+="), over="window")
def larger(window: MainWindow) -> None:
    """放大正文的文字。"""
    window.page.view.set_size_of_text(window.page.view.size_of_text + 1)


@action("smaller", title=_("缩小文字"), group=VIEW, keys=("Ctrl+-",), over="window")
def smaller(window: MainWindow) -> None:
    """缩小正文的文字。"""
    window.page.view.set_size_of_text(window.page.view.size_of_text - 1)


@action("usual_size", title=_("恢复文字大小"), group=VIEW, keys=("Ctrl+0",), over="window")
def usual_size(window: MainWindow) -> None:
    """恢复正文文字原来的大小。"""
    window.page.view.set_size_of_text(None)


@action("light", title=_("浅色"), group=VIEW, over="window")
def light(window: MainWindow) -> None:
    """总是用浅色。"""
    window.set_theme("light")


@action("dark", title=_("深色"), group=VIEW, over="window")
def dark(window: MainWindow) -> None:
    """总是用深色。"""
    window.set_theme("dark")


@action("as_system", title=_("颜色随系统"), group=VIEW, over="window")
def as_system(window: MainWindow) -> None:
    """浅色还是深色，由系统决定。"""
    window.set_theme(None)


@action("key_sheet", title=_("按键一览"), group=HELP, keys=("F1", "?"), over="window")
def key_sheet(window: MainWindow) -> None:
    """列出所有按键。"""
    from jiaozhu.qt.key_sheet import KeySheet  # not when the window opens

    KeySheet(MENUS, ACTIONS, window).open()


@action("guideline", title=_("标注指南"), group=HELP, keys=("G", "Shift+F1"), over="window")
def guideline(window: MainWindow) -> None:
    """打开标注指南，翻到当前字段或当前条目的那一节。"""
    window.show_guideline()


@action("change_keys", title=_("更改按键…"), group=HELP, over="window")
def change_keys(window: MainWindow) -> None:
    """给命令换上自己习惯的键；冲突会提示，可随时恢复标准。"""
    from jiaozhu.qt.key_editor import KeyEditor

    KeyEditor(MENUS, ACTIONS, window.show_keys, window).open()


@action("commands", title=_("所有命令…"), group=HELP, keys=("Ctrl+K",), over="window")
def commands(window: MainWindow) -> None:
    """列出所有命令，输入名称即可执行。"""
    from jiaozhu.qt.command_list import CommandList

    CommandList(ACTIONS, window.items, window).open()


@action("about", title=_("关于校注"), group=HELP, over="window")
def about(window: MainWindow) -> None:
    """版本和许可证，以及用到的库。"""
    from jiaozhu.extraction import VERSION
    from jiaozhu.qt.about import About

    About(VERSION, window).open()


def _move(window: MainWindow, edge: Literal["start", "end"], stop: Callable[[str, int], int]) -> None:
    """Move an edge of the current annotation to the next place where a word ends."""
    session = window.session
    if session is None or session.document is None or session.current is None:
        raise ReviewError(_("没有选中条目。"))
    here: int = getattr(session.current, edge)
    session.move_edge(edge, stop(session.document.text, here) - here)


def _folder(window: MainWindow) -> Path:
    """Return the folder where a dialog begins: that of the project."""
    path = window.session.store.path if window.session is not None else None
    return path.parent if path is not None else Path.home()
