"""What can be done in the ledger from anywhere in it; its table has keys of its own beside these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaozhu.i18n import gettext as _
from jiaozhu.review import ReviewError
from jiaozhu.review.actions import action

if TYPE_CHECKING:
    from jiaozhu.qt.ledger_page import LedgerPage
    from jiaozhu.qt.main_window import MainWindow

LEDGER = _("台账")


@action("ledger_pivot", title=_("表格或透视"), group=LEDGER, keys=("Ctrl+Shift+P",), over="window")
def pivot(window: MainWindow) -> None:
    """在台账的表格和透视表之间切换：透视表按指标、地区和年份列出核实过的数值。"""
    page = _page(window)
    page.bar.show_pivot(not page.is_pivot)


@action("ledger_clear", title=_("清除筛选"), group=LEDGER, keys=("Ctrl+Backspace",), over="window")
def clear(window: MainWindow) -> None:
    """台账重新列出所有条目。"""
    _page(window).clear_filter()


@action("ledger_save_filter", title=_("保存当前筛选…"), group=LEDGER, keys=("Ctrl+S",), over="window")
def save_filter(window: MainWindow) -> None:
    """给台账当前的筛选起个名字，以后在任何项目中都可以再用。"""
    _page(window).bar.save_filter()


@action("ledger_export", title=_("导出所见…"), group=LEDGER, keys=("Ctrl+Shift+E",), over="window")
def export(window: MainWindow) -> None:
    """把台账中所见的行和列写入 CSV 文件。"""
    _page(window).export()


def _page(window: MainWindow) -> LedgerPage:
    """Return the ledger if it is in front."""
    from jiaozhu.qt.ledger_page import LedgerPage  # loaded when first shown

    page = window.pages.currentWidget()
    if not isinstance(page, LedgerPage):
        raise ReviewError(_("请先转到台账。"))
    return page
