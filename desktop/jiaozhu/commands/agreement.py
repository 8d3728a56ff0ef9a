"""The command `agreement`: how far reviewers agree who did not see each other's decisions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiaozhu.commands.inputs import PROJECT
from jiaozhu.commands.saying import sentences
from jiaozhu.i18n import gettext as _

if TYPE_CHECKING:
    from jiaozhu.review.agreement import Measure


def agreement(
    project: Annotated[Path, PROJECT],
    as_json: Annotated[bool, typer.Option("--json", help=_("只输出结果，一行 JSON。"))] = False,
) -> None:
    """Print how far reviewers agree, by type and field, with the number of items."""
    from jiaozhu.review.agreement import compare
    from jiaozhu.store import Store

    with sentences(), Store(project, read_only=True) as store:
        compared = compare(store)
    if as_json:
        print(json.dumps(asdict(compared), ensure_ascii=False))
        return
    if not compared.fields:
        print(_("还没有两名审校人各自独立决定过的条目。"))
        return
    print(_("审校人：{names}").format(names=_("、").join(compared.reviewers)))
    for span in compared.spans:
        told = _("{type} 范围（{count} 处）  F1 完全相同 {exact}  有重叠 {overlapping}")
        print(
            told.format(
                type=span.type,
                count=span.spans,
                exact=_figure(span.exact),
                overlapping=_figure(span.overlapping),
            )
        )
    for row in compared.fields:
        told = _("{name:24} {items:6} 条  一致 {same:6}  kappa {kappa}  alpha {alpha}")
        print(
            told.format(
                name=f"{row.type}.{row.field}",
                items=row.items,
                same=row.same,
                kappa=_figure(row.kappa),
                alpha=_figure(row.alpha),
            )
        )


def _figure(measure: Measure) -> str:
    """Return a figure, or in its place why there is none."""
    if measure.value is not None:
        return f"{measure.value:.3f}"
    return _("–（{reason}）").format(reason=measure.reason)
