"""The commands `backup` and `restore`: a copy of a project beside it, and the way back to one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import PROJECT
from jiaozhu.commands.saying import misused, sentences
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.store.backups import Backup


def back_up(
    project: Annotated[Path, PROJECT],
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("写入这个文件，而不是项目旁的备份文件夹。")),
    ] = None,
) -> None:
    """Make a copy of a project, also while it is open elsewhere."""
    from jiaozhu.store import backups

    with sentences():
        path = backups.make(project, backups.Occasion.ASKED, to=to)
    print(_("项目备份在 {path}。").format(path=path))


def restore(
    project: Annotated[Path, PROJECT],
    backup: Annotated[
        Path | None,
        typer.Argument(metavar="[BACKUP]", help=_("备份文件，或列表中的序号；不给则只列出备份。")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("不再询问。"))] = False,
) -> None:
    """List the backups of a project with what differs, or bring the project back to one of them."""
    from jiaozhu.store import backups

    with sentences():
        listed = backups.listed(project)
        if backup is None:
            _print_list(project, listed)
            return
        chosen = _chosen(backup, listed)
        if project.exists():
            print(_difference(project, chosen))
        if not yes and not typer.confirm(_("恢复到这个备份吗？现在的项目会另存到备份文件夹。")):
            raise typer.Exit(1)
        aside = backups.restore(project, chosen)
    print(_("项目“{path}”已恢复到 {backup}。").format(path=project, backup=chosen))
    if aside is not None:
        print(_("恢复前的项目在 {path}。").format(path=aside))


def _chosen(named: Path, listed: list[Backup]) -> Path:
    """Return the backup that is meant: the number of one in the list, or a file."""
    if not named.name.isdecimal() or named.exists():
        return named
    number = int(named.name)
    if not 1 <= number <= len(listed):
        misused(_("没有第 {number} 个备份；不给序号可以列出全部。").format(number=number))
    return listed[number - 1].path


def _print_list(project: Path, listed: list[Backup]) -> None:
    if not listed:
        print(_("项目“{path}”还没有备份。").format(path=project))
    for number, backup in enumerate(listed, 1):
        difference = _difference(project, backup.path) if project.exists() else ""
        print(
            f"{number:3}  {_moment(backup.at)}  {backup.size / 1e6:8.1f} MB  {backup.path.name}  {difference}"
        )


def _difference(project: Path, backup: Path) -> str:
    from jiaozhu.review.restoring import told
    from jiaozhu.store import StoreError, backups

    try:
        return told(backups.differs(project, backup))
    except StoreError as error:
        return str(error)


def _moment(at: datetime) -> str:
    """Return a time as clocks here show it."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
