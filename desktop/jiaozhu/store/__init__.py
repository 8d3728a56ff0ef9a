"""The only folder that knows SQLite."""

from jiaozhu.store import lean  # noqa: F401  # the first of all
from jiaozhu.store.database import ContentError, StoreError, damaged
from jiaozhu.store.documents import Alike
from jiaozhu.store.faults import Fault, Rule
from jiaozhu.store.ledger import LedgerDocument, LedgerMark, LedgerRow
from jiaozhu.store.mentions import AROUND, Mention
from jiaozhu.store.merging import Conflict, Merging
from jiaozhu.store.packets import Asked, Identity
from jiaozhu.store.progress import Counts, DocumentRow, SpeechRow
from jiaozhu.store.query import Snippet, Span
from jiaozhu.store.search import ANNOTATIONS, SPEECHES, Found, Hit
from jiaozhu.store.store import Store
from jiaozhu.store.turn import Turn

__all__ = [
    "ANNOTATIONS",
    "AROUND",
    "SPEECHES",
    "Alike",
    "Asked",
    "Conflict",
    "ContentError",
    "Counts",
    "DocumentRow",
    "Fault",
    "Found",
    "Hit",
    "Identity",
    "LedgerDocument",
    "LedgerMark",
    "LedgerRow",
    "Mention",
    "Merging",
    "Rule",
    "Snippet",
    "Span",
    "SpeechRow",
    "Store",
    "StoreError",
    "Turn",
    "damaged",
]
