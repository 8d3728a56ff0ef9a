"""Work on a project whose disk begins to fail at the n-th write and gets well again: told line by line.

Each number n is one process's turn; JIAOZHU_FAIL is set for it by whoever starts it (see shim.c).
"""

import contextlib
import json
import sys
from pathlib import Path

from jiaozhu.review import ReviewError, Session
from jiaozhu.store import Store, StoreError, backups
from sketch import sketch


def fill(folder: Path) -> Path:
    """Leave no room on the disk; return the file that takes it."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


def work(path: Path, armed: Path, full: bool) -> dict[str, object]:
    """Open, decide, import and back up while the disk fails; then let it get well and go on."""
    said: list[str] = []
    saved: list[str] = []
    document = ""
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        document = store.documents()[0].id
        session.open(document)
        if full:
            armed = fill(path.parent)
        else:
            armed.touch()
        for _ in range(12):
            try:
                before = session.last_saved
                current = session.current
                session.accept()
                if session.last_saved != before and current is not None:
                    saved.append(current.id)
            except ReviewError as error:  # one decision waits: no other can be made before it is saved
                said.append(str(error))
        if session.problem:
            said.append(session.problem)
        for step in (
            lambda: store.add(*sketch("又来了⟦9%⟧。" * 50, source="二.txt")),
            lambda: backups.make(path, backups.Occasion.ASKED),
        ):
            try:
                step()
            except StoreError as error:
                said.append(str(error))
        waiting = session.unsaved
        armed.unlink()  # there is room again
        is_saved = session.retry()
        saved += [decision.subject for decision in waiting if is_saved]
        session.accept()
    return {"document": document, "saved": saved, "said": said, "is_saved": is_saved}


if __name__ == "__main__":
    print(json.dumps(work(Path(sys.argv[1]), Path(sys.argv[2]), "fill" in sys.argv)))
