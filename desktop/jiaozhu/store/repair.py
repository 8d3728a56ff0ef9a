"""What follows from suggestions and decisions is made anew from them; nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from jiaozhu.store import shape
from jiaozhu.store.database import transaction
from jiaozhu.store.faults import Fault, Rule
from jiaozhu.store.gathering import gather
from jiaozhu.store.recount import TABLES, clear, recount, replacements, write
from jiaozhu.store.rejoin import rejoin


def repair(db: Database, faults: Sequence[Fault]) -> None:
    """Put right those faults that are curable, all of them or none."""
    curable = [fault for fault in faults if fault.is_curable]
    rules = {fault.rule for fault in curable}
    with transaction(db):
        if Rule.LAYOUT in rules:
            shape.remake(db)
        if Rule.FILE in rules:
            db.conn.execute("REINDEX")
        if Rule.ORPHAN in rules:
            for table in TABLES:
                db.conn.execute(f"DELETE FROM {table} WHERE document NOT IN (SELECT key FROM documents)")
        ids = {fault.document for fault in curable if fault.rule is Rule.DERIVED}
        keys = [key for key, id_ in db.conn.execute("SELECT key, id FROM documents").fetchall() if id_ in ids]
        newer = replacements(db)
        clear(db, keys)
        for key in keys:
            rejoin(db, key)
            kept = gather(db, key)
            write(db, key, recount(kept, newer.get(kept.id)))
