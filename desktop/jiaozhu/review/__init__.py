"""What a reviewer does, without a window."""

from jiaozhu.review.changes import Change, Kind
from jiaozhu.review.fields import ConflictError, ReviewError
from jiaozhu.review.queue import Filter
from jiaozhu.review.session import Session

__all__ = ["Change", "ConflictError", "Filter", "Kind", "ReviewError", "Session"]
