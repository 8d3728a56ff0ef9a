"""The only folder that knows SQLite."""

from jiaozhu.store.database import StoreError
from jiaozhu.store.documents import Counts, DocumentRow, SpeechRow
from jiaozhu.store.store import Store

__all__ = ["Counts", "DocumentRow", "SpeechRow", "Store", "StoreError"]
