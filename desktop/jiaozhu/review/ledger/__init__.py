"""The ledger: every annotation of a project in one table: filtered, counted, sorted, and as a pivot."""

from jiaozhu.review.ledger.filtering import FACETS, LedgerFilter, Selection, select
from jiaozhu.review.ledger.pivot import Pivot, PivotCell, PivotRow, pivot
from jiaozhu.review.ledger.sorting import sort
from jiaozhu.review.ledger.table import CERTAINTIES, Ledger

__all__ = [
    "CERTAINTIES",
    "FACETS",
    "Ledger",
    "LedgerFilter",
    "Pivot",
    "PivotCell",
    "PivotRow",
    "Selection",
    "pivot",
    "select",
    "sort",
]
