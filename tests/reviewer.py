"""A reviewer at work in a process of their own, to be killed there."""

from multiprocessing.connection import Connection
from pathlib import Path

from jiaozhu.review import Session
from jiaozhu.store import Store


def work(path: Path, saved: Connection) -> None:
    """Decide without end; send the uid of each decision once the session shows it as saved."""
    with Store(path) as store:
        session = Session(store, reviewer="王敏")
        session.open(store.documents()[0].id)
        number = 0
        while True:
            number += 1
            document, current, before = session.document, session.current, session.last_saved
            assert document is not None
            assert current is not None
            session.correct(value=str(number))
            if session.last_saved != before:
                saved.send(store.history(document.id, current.type, current.id)[-1].uid)
            session.focus(session.annotations[number % len(session.annotations)].id)
