"""The only folder that knows SQLite."""

from jiaozhu.store.database import ContentError, StoreError
from jiaozhu.store.documents import Alike
from jiaozhu.store.progress import Counts, DocumentRow, SpeechRow
from jiaozhu.store.store import Store
from jiaozhu.store.turn import Turn

__all__ = ["Alike", "ContentError", "Counts", "DocumentRow", "SpeechRow", "Store", "StoreError", "Turn"]
