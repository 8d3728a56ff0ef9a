"""What a reviewer does, without a window."""

from jiaozhu.review.fields import ReviewError
from jiaozhu.review.session import Change, Kind, Session

__all__ = ["Change", "Kind", "ReviewError", "Session"]
