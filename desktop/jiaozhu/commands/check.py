"""The command `check`: the doctor looks through a project, tells what is wrong and puts right what it can."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import PROJECT
from jiaozhu.commands.saying import sentences, tell
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.store import Fault

#: So many faults that break one promise are told one by one.
_TOLD = 20


def check_project(
    project: Annotated[Path, PROJECT],
    repair: Annotated[
        bool, typer.Option("--repair", help=_("修复可以修复的：先备份，在副本上修好，再改项目。"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("每个错误一行 JSON。"))] = False,
) -> None:
    """Look through a project; exit code 1 if anything is wrong with it."""
    from jiaozhu.review.examination import examine, mend
    from jiaozhu.store import Rule

    with sentences():
        found = examine(project)
        if repair and any(fault.is_curable for fault in found):
            backup, found = mend(project, found)
            tell(_("修复前的项目备份在 {path}。").format(path=backup))
    faults = [fault for fault in found if fault.rule is not Rule.HINT]
    if as_json:
        for fault in found:
            print(json.dumps(fault._asdict() | {"sentence": fault.sentence}, ensure_ascii=False))
    else:
        _tell_all(found)
        if not faults:
            print(_("项目“{path}”完好。").format(path=project))
        else:
            print(_("项目“{path}”有 {count} 处错误。").format(path=project, count=len(faults)))
            if not repair and any(fault.is_curable for fault in faults):
                print(
                    _("其中 {count} 处可以用 --repair 修复。").format(count=sum(f.is_curable for f in faults))
                )
    if faults:
        raise typer.Exit(1)


def _tell_all(found: list[Fault]) -> None:
    """Print the faults, of each kind the first ones and how many more there are."""
    from jiaozhu.store import Rule

    counts: Counter[Rule] = Counter()
    for fault in found:
        counts[fault.rule] += 1
        if counts[fault.rule] <= _TOLD:
            print(
                _("提示：{sentence}").format(sentence=fault.sentence)
                if fault.rule is Rule.HINT
                else fault.sentence
            )
    for rule, count in counts.items():
        if count > _TOLD:
            print(
                _("……另有 {count} 处同类（{rule}）；用 --json 列出全部。").format(
                    count=count - _TOLD, rule=rule
                )
            )
