"""The only folder that knows SQLite."""

from jiaozhu.store import lean  # noqa: F401  # the first of all
from jiaozhu.store.database import ContentError, StoreError
from jiaozhu.store.documents import Alike
from jiaozhu.store.faults import Fault, Rule
from jiaozhu.store.ledger import LedgerDocument, LedgerMark, LedgerRow
from jiaozhu.store.mentions import AROUND, Mention
from jiaozhu.store.progress import Counts, DocumentRow, SpeechRow
from jiaozhu.store.store import Store
from jiaozhu.store.turn import Turn

__all__ = [
    "AROUND",
    "Alike",
    "ContentError",
    "Counts",
    "DocumentRow",
    "Fault",
    "LedgerDocument",
    "LedgerMark",
    "LedgerRow",
    "Mention",
    "Rule",
    "SpeechRow",
    "Store",
    "StoreError",
    "Turn",
]
