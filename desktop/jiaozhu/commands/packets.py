"""The commands `packet` and `merge`: part of a project goes away for review, and its decisions come back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import PROJECT
from jiaozhu.commands.saying import fail, misused, sentences, tell
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.review.merging import Merged
    from jiaozhu.store import Conflict


def packet(
    project: Annotated[Path, PROJECT],
    for_: Annotated[str, typer.Option("--for", metavar="REVIEWER", help=_("任务包给谁。"))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=_("写入的文件（.jiaozhu）。"))],
    documents: Annotated[
        list[str] | None,
        typer.Option(metavar="DOC", help=_("分发的文档：文件名、标题或编号，可以重复。")),
    ] = None,
    speeches: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DOC/SPEECH", help=_("分发的讲话：文档/编号、讲话人或地区，可以重复；文档整篇带上。")
        ),
    ] = None,
) -> None:
    """Write a packet: chosen documents of a project, for a reviewer who works elsewhere."""
    from jiaozhu.review.packing import choose, make_packet
    from jiaozhu.store import Store

    if not documents and not speeches:
        misused(_("请用 --documents 或 --speeches 说明分发什么。"))
    with _sentences():
        with Store(project, read_only=True) as store:
            chosen = choose(store, documents or [], speeches or [])
        make_packet(project, out, chosen, reviewer=for_)
    print(
        _("{count} 个文档已写入任务包 {file}，给{reviewer}。").format(
            count=len(chosen), file=out, reviewer=for_
        )
    )


def merge(
    project: Annotated[Path, PROJECT],
    packets: Annotated[list[Path], typer.Argument(metavar="PACKET…", help=_("审校过的任务包。"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只说会怎样，不写入。"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("只输出结果，一行 JSON。"))] = False,
) -> None:
    """Merge reviewed packets into a project, all or none of them; nothing is overwritten."""
    from jiaozhu.review.merging import merge as merge_packets
    from jiaozhu.store import Store

    with _sentences():
        merged = merge_packets(project, packets, dry_run=dry_run)
        with Store(project, read_only=True) as store:
            conflicts = store.conflicts()
    if as_json:
        print(json.dumps(_as_json(merged, conflicts), ensure_ascii=False))
        return
    told = _("新的决定 {new} 个，已有的 {same} 个，有分歧的条目 {conflicting} 条。")
    print(told.format(new=merged.new, same=merged.same, conflicting=merged.conflicting))
    if merged.carried:
        print(_("沿用到文档新版本的决定 {count} 个。").format(count=merged.carried))
    for text in merged.lost:
        print(_("  未能沿用到新版本：{text}").format(text=text))
    for name in merged.left_out:
        tell(_("文档“{name}”不在项目中，它的决定没有合并；请先导入这个文档。").format(name=name))
    for conflict in conflicts:
        print("  " + _line(conflict))
    if conflicts:
        tell(_("分歧请在窗口的“合并”页裁定；裁定之前不导出。"))
    if merged.backup is not None:
        print(_("合并前的项目备份在 {file}。").format(file=merged.backup))


@contextmanager
def _sentences() -> Iterator[None]:
    """End the program with one sentence also where something was asked for that can't be done."""
    from jiaozhu.review import ReviewError

    with sentences():
        try:
            yield
        except ReviewError as error:
            fail(str(error))


def _line(conflict: Conflict) -> str:
    """Return a conflict in one line: the words, and what each reviewer did."""
    text = getattr(conflict.standing, "text", None) or conflict.subject
    said = _("；").join(f"{head.reviewer} {head.action}" for head in conflict.heads)
    return f"{conflict.document} {conflict.subject} “{text}”：{said}"


def _as_json(merged: Merged, conflicts: list[Conflict]) -> dict[str, object]:
    return {
        "new": merged.new,
        "same": merged.same,
        "conflicting": merged.conflicting,
        "carried": merged.carried,
        "lost": merged.lost,
        "left_out": merged.left_out,
        "backup": None if merged.backup is None else str(merged.backup),
        "conflicts": [
            {
                "document": conflict.document,
                "type": conflict.type,
                "id": conflict.subject,
                "text": getattr(conflict.standing, "text", None),
                "fields": conflict.fields,
                "decisions": [
                    {"uid": head.uid, "reviewer": head.reviewer, "action": head.action, "at": head.at}
                    for head in conflict.heads
                ],
            }
            for conflict in conflicts
        ],
    }
