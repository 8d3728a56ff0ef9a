"""Whether what is kept of joined decisions is what follows from them, and made anew if it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlite_utils import Database

from jiaozhu.model import Commitment, Decision, Metric
from jiaozhu.store import decisions
from jiaozhu.store.gathering import Kept, Of, gather, is_branched
from jiaozhu.store.joining import Joined, join
from jiaozhu.store.merging import placed
from jiaozhu.store.outline import speeches
from jiaozhu.store.snapshots import to_snapshot


def is_joined(db: Database, kept: Kept) -> bool:
    """Return whether the rows kept of subjects on which several decided are those that they lead to."""
    wanted = dict(_joined(db, kept))
    for of, row in kept.joined.items():
        joined = wanted.pop(of, None)
        if joined is None:
            if row.contested or " " in row.leaves:
                return False
            continue  # one who came back did not see how speeches were divided: that alone is kept
        after = joined.after
        if isinstance(after, Metric | Commitment) and row.speech is not None:
            after = replace(after, speech=row.speech)  # where it stands is for the outline to say
        is_same = (
            row.after == to_snapshot(after)
            and row.contested == joined.is_contested
            and row.leaves == " ".join(leaf.uid for leaf in joined.leaves)
            and row.counting is not None
            and row.counting.uid == joined.counting.uid
        )
        if not is_same:
            return False
    return not wanted


def rejoin(db: Database, key: int) -> None:
    """Make the rows of a document anew; the caller has opened a transaction."""
    db.conn.execute("DELETE FROM joined WHERE document = ?", (key,))
    standing = speeches(db, key)
    for _of, joined in _joined(db, gather(db, key)):
        decisions.write_joined(db, key, placed(joined, standing))


def _joined(db: Database, kept: Kept) -> Iterator[tuple[Of, Joined]]:
    """Yield what several led to, where the last decision does not tell all."""
    branched = {of for of, history in kept.histories().items() if is_branched(history)}
    if not branched:
        return
    found: dict[Of, list[Decision]] = {}
    for decision in decisions.all_on(db, kept.id):
        if (decision.type, decision.subject) in branched:
            found.setdefault((decision.type, decision.subject), []).append(decision)
    for of, history in found.items():
        joined = join(decisions.suggested(db, kept.key, history[0]), history)
        if not joined.is_plain:
            yield of, joined
