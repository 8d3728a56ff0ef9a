"""The Qt binding must not lose references to None, True or False.

PySide6 6.12.0 on Python 3.11 drops a reference at every call of a Qt method that returns None,
and the process dies (none_dealloc, bool_dealloc) after some thousand calls. A program that is
used for hours would always meet that. From Python 3.12 on these objects are immortal: their
count never moves, and a binding that drops references to them does no harm.
"""

import sys

from PySide6.QtCore import QObject, QTimer

CALLS = 2_000
SINGLES = (None, True, False)

#: As many references more as the calls could lose, so that a bad binding fails here, and does not abort.
SPARE = list(SINGLES) * 10 * CALLS


def call_much() -> None:
    """Call what returns nothing, and what returns a truth: plain methods and signals."""
    ours, timer = QObject(), QTimer()
    timer.timeout.connect(lambda: None)
    for _ in range(CALLS):
        ours.setObjectName("name")
        ours.blockSignals(False)
        ours.inherits("QObject")
        timer.setInterval(1)
        timer.timeout.emit()


def test_nothing_is_lost() -> None:
    before = [sys.getrefcount(single) for single in SINGLES]
    call_much()
    after = [sys.getrefcount(single) for single in SINGLES]
    lost = {str(single): was - now for single, was, now in zip(SINGLES, before, after, strict=True)}
    assert max(lost.values()) < CALLS // 10, f"the binding lost references in {CALLS} calls: {lost}"
