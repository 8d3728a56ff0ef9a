"""sqlite-utils, loaded without numpy and pandas.

It would load them wherever they are installed, to store their types, which nobody here does: a fifth of a
second at each start of the program. Imported before all else that imports sqlite-utils.
"""

from __future__ import annotations

import sys

_LEFT_OUT = [name for name in ("numpy", "pandas") if name not in sys.modules]
for _name in _LEFT_OUT:
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _LEFT_OUT:
        del sys.modules[_name]
