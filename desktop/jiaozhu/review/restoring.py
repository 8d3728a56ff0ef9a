"""What a backup differs in from the project, in words."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.store.backups import Difference, Occasion


def told(difference: Difference) -> str:
    """Return what restoring a backup would take away, and what it would bring back."""
    parts = []
    if difference.documents or difference.decisions:
        parts.append(
            _("此后新增 {documents} 个文档、{decisions} 个决定").format(
                documents=difference.documents, decisions=difference.decisions
            )
        )
    if difference.lost_documents or difference.lost_decisions:
        parts.append(
            _("另有项目中没有的 {documents} 个文档、{decisions} 个决定").format(
                documents=difference.lost_documents, decisions=difference.lost_decisions
            )
        )
    return _("；").join(parts) or _("与项目相同")


OCCASIONS = {
    Occasion.DAILY: _("每日"),
    Occasion.ASKED: _("手动"),
    Occasion.UPGRADE: _("升级前"),
    Occasion.MERGE: _("合并前"),
    Occasion.REPAIR: _("修复前"),
    Occasion.RESTORE: _("恢复前"),
}
