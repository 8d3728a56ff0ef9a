"""Count the keys that make a project equal to gold: ``keystrokes.py GOLD.jsonl… [--text-dir DIR]``.

The texts are imported as the program imports them. Then everything is done in the real window, by key
events alone: each annotation is accepted, corrected or rejected, what is missing is added, until the
export has the spans and the scored fields of the gold. A character through an input method counts as a
key. The hand behind the keys looks at what the window shows (the focus, the caret, what is offered under
a field) and does nothing else to it.

Prints one line of JSON a document and one for all: keys, facts, keys a fact, keys by cause, and how
long it takes from a key that decides until it is on the disk and painted. Ends with 1, saying what
differs, if the export is not the gold.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_window import Paints
from measure import percentile, shorten
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from jiaozhu import intake
from jiaozhu.export import EXPORTERS
from jiaozhu.model import CHOICES, AnyAnnotation, Document, Speech, State
from jiaozhu.qt import app, readable, words
from jiaozhu.qt.fields_form import FieldsForm
from jiaozhu.qt.fields_view import ROWS
from jiaozhu.qt.main_window import MainWindow
from jiaozhu.review.fields import EDITABLE
from jiaozhu.store import Store

#: The fields that are scored, by type; the guideline's scope is not.
SCORED = {
    "metric": (
        *("indicator", "value", "value_high", "unit", "comparator", "kind", "basis", "period"),
        *("region", "status"),
    ),
    "commitment": ("strength", "kind", "deadline"),
    "speech": ("speaker", "office", "region", "region_code"),
}
#: From how much in common on moving the edges of a suggestion is less work than adding another one.
ALIKE = 0.5
#: How far an edge or the caret is moved by keys, in steps.
FAR = 80


@dataclass
class Goal:
    """What the gold wants: a span of the imported text, and fields."""

    type: str
    start: int
    end: int
    fields: dict[str, str | None]

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


class Ruler:
    """Places in an imported text by those in its source, counted in characters that are no white space.

    The gold's text is the source; the import has left out what is no running text.
    """

    def __init__(self, source: str, document: Document) -> None:
        before = [0]
        for char in source:
            before.append(before[-1] + (not char.isspace()))
        self._before = before
        assert document.source_map is not None, "the texts of the gold are plain ones"
        self._places = {
            before[document.source_map.position(place)]: place
            for place, char in enumerate(document.text)
            if not char.isspace()
        }

    def find(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the source in the imported text; what was left out at its edges is not in it."""
        inside = [
            self._places[at] for at in range(self._before[start], self._before[end]) if at in self._places
        ]
        return inside[0], inside[-1] + 1


def goals_of(record: dict, document: Document) -> list[Goal]:
    """Return what a record of the gold wants, placed in the imported text, in the text's order."""
    ruler = Ruler(record["document"]["text"], document)
    found = []
    for type_, items in (
        ("metric", record["metrics"]),
        ("commitment", record["commitments"]),
        ("speech", record["speeches"]),
    ):
        for item in items:
            span = ruler.find(item["start"], item["end"])
            found.append(Goal(type_, *span, {name: item.get(name) for name in SCORED[type_]}))
    return sorted(found, key=lambda goal: (goal.start, -goal.end))


def paired(annotations: list[AnyAnnotation], goals: list[Goal]) -> dict[str, Goal]:
    """Return the goals by the ids of the annotations that can become them: equal spans first, then alike."""
    likeness = []
    for one in annotations:
        for number, goal in enumerate(goals):
            common = min(one.end, goal.end) - max(one.start, goal.start)
            if one.type == goal.type and common > 0:
                whole = max(one.end, goal.end) - min(one.start, goal.start)
                likeness.append((common / whole, one.id, number))
    found: dict[str, Goal] = {}
    taken: set[int] = set()
    for alike, id_, number in sorted(likeness, reverse=True):
        if alike >= ALIKE and id_ not in found and number not in taken:
            found[id_] = goals[number]
            taken.add(number)
    return found


@dataclass
class Tally:
    """What it took."""

    keys: Counter[str] = field(default_factory=Counter)
    decided: list[float] = field(default_factory=list)  # milliseconds


class Hand:
    """Presses keys in the window and counts them, by what they are for."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.tally = Tally()
        self.cause = ""
        self._paints = Paints(window)

    @property
    def widget(self) -> QWidget:
        """Where keys go."""
        return self.window.focusWidget() or self.window.page.view

    def press(self, *keys: str) -> None:
        """Press keys, named as Qt names them."""
        for key in keys:
            self._timed(lambda key=key: QTest.keySequence(self.widget, QKeySequence(key)))

    def write(self, text: str) -> None:
        """Type a text; what is no ASCII comes through the input method."""
        for char in text:
            if char.isascii():
                self._timed(lambda char=char: QTest.keyClicks(self.widget, char))
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                self._timed(lambda event=event: QCoreApplication.sendEvent(self.widget, event))

    def _timed(self, act: Callable[[], object]) -> None:
        session = self.window.session
        assert session is not None
        saved = session.last_saved
        self._paints.count = 0
        start = time.perf_counter()
        act()
        QCoreApplication.processEvents()
        taken = time.perf_counter() - start
        self.tally.keys[self.cause] += 1
        if session.last_saved != saved:
            assert self._paints.count, "nothing was painted"
            self.tally.decided.append(1000 * taken)


class Reviewer:
    """Makes the annotations of the open document what the gold wants."""

    def __init__(self, hand: Hand, goals: dict[str, list[Goal]]) -> None:
        self.hand = hand
        self.window = hand.window
        self.goals = goals
        self._plans: dict[str, tuple[dict[str, Goal], list[Goal]]] = {}
        self._heard: set[tuple[str, str]] = set()
        self.by_document: dict[str, Counter[str]] = {}

    @property
    def session(self):
        assert self.window.session is not None
        return self.window.session

    def work(self) -> None:
        """Go on from annotation to annotation until nothing is left."""
        while self.session.current is not None:
            document = self.session.document.id
            counted = self.by_document.setdefault(document, Counter())
            before = self.hand.tally.keys.copy()
            goes_on = self._one(document)
            counted += self.hand.tally.keys - before
            if not goes_on:
                return

    def _one(self, document: str) -> bool:
        """Do what is to be done next; return False if nothing is."""
        if document not in self._plans:
            self._plans[document] = self._plan(document)
        wanted, missing = self._plans[document]
        current = self.session.current
        if (document, current.speech) not in self._heard:
            self._heard.add((document, current.speech))
            self._speech(current.speech, document)
        left = self.session.counts.suggested
        if missing and (missing[0].start <= current.start or left <= 1):
            self._add(missing.pop(0))
        elif current.state is State.SUGGESTED:
            goal = wanted.get(current.id)
            if goal is None:
                self.hand.cause = "reject"
                self.hand.press("Backspace")
            else:
                self._make(current, goal)
        else:
            return False
        return True

    def _plan(self, document: str) -> tuple[dict[str, Goal], list[Goal]]:
        goals = [goal for goal in self.goals[document] if goal.type != Speech.type]
        wanted = paired(self.session.annotations, goals)
        met = {id(goal) for goal in wanted.values()}
        return wanted, [goal for goal in goals if id(goal) not in met]

    def _speech(self, speech_id: str, document: str) -> None:
        """Correct what is known of a speech, from one of its annotations; its code follows its region."""
        speech = self.session.outline.speech(speech_id)
        spans = (
            (min(speech.end, goal.end) - max(speech.start, goal.start), goal) for goal in self.goals[document]
        )
        goal = max(
            ((common, goal) for common, goal in spans if goal.type == Speech.type), key=lambda it: it[0]
        )[1]
        changes = {
            name: value for name, value in self._changes(speech, goal).items() if name != "region_code"
        }
        if not changes:
            return
        self.hand.cause = "speech"
        self.hand.press("P")
        order = EDITABLE[Speech.type]
        here = 0
        for name in sorted(changes, key=order.index):
            self.hand.press(*["Tab"] * (order.index(name) - here), "Backspace")
            self.hand.write(changes[name] or "")
            here = order.index(name)
        self.hand.press("Return")

    # One annotation

    def _make(self, annotation: AnyAnnotation, goal: Goal) -> None:
        """Make an annotation what the gold wants, and accept it."""
        self._move_edges(goal)
        self._fill(goal, self._changes(self.session.current, goal))
        self.hand.cause = "accept"
        self.hand.press("Return")

    def _changes(self, subject: object, goal: Goal) -> dict[str, str | None]:
        return {
            name: value
            for name, value in goal.fields.items()
            if not same(name, getattr(subject, name), value)
        }

    def _move_edges(self, goal: Goal) -> None:
        self.hand.cause = "edges"
        keys = {
            "start": {"Left": -1, "Right": +1},
            "end": {"Alt+Left": -1, "Alt+Right": +1},
        }
        by_word = {
            "start": {"Shift+Left": words.previous_stop, "Shift+Right": words.next_stop},
            "end": {"Alt+Shift+Left": words.previous_stop, "Alt+Shift+Right": words.next_stop},
        }
        by_clause = {
            "start": {"Ctrl+Left": words.previous_clause, "Ctrl+Right": words.next_clause},
            "end": {"[": words.previous_clause_end, "]": words.next_clause_end},
        }
        text = self.session.document.text
        for _ in range(4):
            for edge in ("start", "end") if goal.start < self.session.current.end else ("end", "start"):
                steps = {
                    key: (lambda at, by=by, edge=edge: passed(text, at + by, by, edge))
                    for key, by in keys[edge].items()
                }
                steps |= {
                    key: (lambda at, stop=stop: stop(text, at))
                    for key, stop in (by_word[edge] | by_clause[edge]).items()
                }
                here, there = getattr(self.session.current, edge), getattr(goal, edge)
                for key in way(here, there, steps):
                    self.hand.press(key)
        if (self.session.current.start, self.session.current.end) != goal.span:
            raise SystemExit(f"no way from “{self.session.current.text}” to the span of the gold by keys")

    def _fill(self, goal: Goal, changes: dict[str, str | None]) -> None:
        """Open the fields, if anything is wrong, and correct them; Enter is still to be pressed."""
        names = [name for name in EDITABLE[goal.type] if name in changes]
        for name in names:
            self.hand.cause = f"field {name}"
            self._go_to(name)
            self._put(name, changes[name])

    def _go_to(self, name: str) -> None:
        """Go to a field, from the text or from another one."""
        type_ = self.session.current.type
        order, rows = EDITABLE[type_], ROWS[type_]
        form = self._form()
        nearest = max((row for row in rows if order.index(row) <= order.index(name)), key=order.index)
        jump = [str(rows.index(nearest) + 1), *["Tab"] * (order.index(name) - order.index(nearest))]
        if form is None:
            self.hand.press(*jump)
            return
        here = next(field for field in order if form.editor(field).hasFocus())
        ahead = order.index(name) - order.index(here)
        self.hand.press(*(["Tab"] * ahead if 0 <= ahead <= len(jump) else [f"Ctrl+Alt+{jump[0]}", *jump[1:]]))

    def _form(self) -> FieldsForm | None:
        """Return the fields if they are open."""
        forms = self.window.page.card.findChildren(FieldsForm)
        return next((form for form in forms if form.isVisible()), None)

    def _put(self, name: str, value: str | None) -> None:
        """Make a field that has the cursor say what it should."""
        form = self._form()
        assert form is not None
        editor = form.editor(name)
        assert editor.hasFocus(), name
        if isinstance(editor, QComboBox):
            number = 0 if value is None else CHOICES[form.type][name].index(value) + 1
            self.hand.press(str(number))
        elif value is None:
            self.hand.press("Backspace")
        else:
            self._type(form, editor, name, value)

    def _type(self, form: FieldsForm, editor: QLineEdit, name: str, value: str) -> None:
        """Type a value with the fewest keys that can be seen."""
        if value in form.offers(name):
            self.hand.press(*["Down"] * (form.offers(name).index(value) + 1))
            return
        if name in ("period", "deadline"):
            self.hand.write(shortest(name, value, {one[:4] for one in (editor.text(), *form.offers(name))}))
            if editor.text() != value and value in form.offers(name):
                self.hand.press(*["Down"] * (form.offers(name).index(value) + 1))
            return
        edited = edits(editor.text(), value)
        if len(edited) <= max(3, len(value) // 3):
            for key in edited:
                if len(key) == 1:
                    self.hand.write(key)
                else:
                    self.hand.press(key)
            return
        typed = ""
        while typed != value:
            best, most = "", 0  # the offer whose right part saves most keys
            for rank, offer in enumerate(form.offers(name), 1):
                right = len(os.path.commonprefix([offer, value]))
                saved = right - len(typed) - rank - (len(offer) - right)
                if saved > most and (offer == value or saved > 1):
                    best, most = offer, saved
            word = next((offer for offer in form.offers(name) if offer.startswith(typed) and typed), typed)
            word = word[len(typed) : words.next_stop(word, len(typed))]
            if len(word) - 1 > most and value.startswith(typed + word):
                self.hand.press("Right")
                typed += word
            elif best:
                self.hand.press(*["Down"] * (form.offers(name).index(best) + 1))
                right = len(os.path.commonprefix([best, value]))
                self.hand.press(*["Backspace"] * (len(best) - right))
                typed = value[:right]
            else:
                self.hand.write(value[len(typed)])
                typed = value[: len(typed) + 1]

    def _add(self, goal: Goal) -> None:
        """Add what is missing, from where the focus is."""
        self.hand.cause = f"add {goal.type}"
        text = self.session.document.text
        view = self.window.page.view
        self.hand.press("F7")
        assert view.caret is not None
        steps: dict[str, Callable[[int], int]] = {
            "Left": lambda at: max(0, at - 1),
            "Right": lambda at: min(len(text), at + 1),
            "Ctrl+Left": lambda at: words.previous_stop(text, at),
            "Ctrl+Right": lambda at: words.next_stop(text, at),
            "Ctrl+Up": lambda at: words.previous_clause(text, at),
            "Ctrl+Down": lambda at: words.next_clause(text, at),
        }
        here = view.caret.position
        meant = words.word_at if goal.type == "metric" else words.clause_at
        goes = [
            (len(path), path)
            for at in range(goal.start, goal.end)
            if meant(text, at) == goal.span and (path := way(here, at, steps)) is not None
        ]
        whole = min(goes, default=None)
        forward = {f"Shift+{key}": step for key, step in steps.items()}
        forward["Shift+Ctrl+Down"] = forward.pop("Shift+Ctrl+Down") and (
            lambda at: words.next_clause_end(text, at)
        )
        there, along = way(here, goal.start, steps), way(goal.start, goal.end, forward)
        if whole is not None and whole[0] <= len(there) + len(along):
            self.hand.press(*whole[1])
        else:
            self.hand.press(*there, *along)
        self.hand.press("M" if goal.type == "metric" else "C")
        self._fill(goal, self._changes(self.session.current, goal))
        self.hand.cause = f"add {goal.type}"
        self.hand.press("Return")


def passed(text: str, at: int, by: int, edge: str) -> int:
    """Return where an edge stops that has come to white space: behind it."""
    while 0 < at < len(text) and text[at if edge == "start" else at - 1].isspace():
        at += by
    return at


def way(here: int, there: int, steps: dict[str, Callable[[int], int]]) -> list[str]:
    """Return the fewest keys that lead from one place to another."""
    known: dict[int, list[str]] = {here: []}
    waiting = deque([here])
    while waiting and there not in known:
        at = waiting.popleft()
        for key, step in steps.items():
            reached = step(at)
            if reached not in known and len(known[at]) < FAR:
                known[reached] = [*known[at], key]
                waiting.append(reached)
    if there not in known:
        raise SystemExit(f"no way by keys from {here} to {there}")
    return known[there]


def edits(before: str, after: str) -> list[str]:
    """Return the keys that change a text, all of it selected, at one of its ends."""
    start = len(os.path.commonprefix([before, after]))
    end = len(os.path.commonprefix([before[::-1], after[::-1]]))
    front = ["Home", *["Del"] * (len(before) - end), *after[: len(after) - end]]
    back = ["End", *["Backspace"] * (len(before) - start), *after[start:]]
    return min(front, back, key=len)


def shortest(name: str, value: str, years: set[str]) -> str:
    """Return the shortest text that a period or a day can be typed as; a year that is offered is left out."""
    said = readable.period(value) if name == "period" else readable.day(value)
    year, month = value.split("/")[-1].split("-")[:2]
    parts = [f"{year}{part}" for part in ("", *PARTS)]
    ways = [value, said, said.replace("年", "", 1), *parts, f"{year}年{int(month)}月", f"{value[:4]}-{year}"]
    read = readable.typed_period if name == "period" else readable.deadline_of
    right = {way for way in ways if readable.typed_day(read(way)) == value}
    if year in years:
        bare = (way.removeprefix(year).removeprefix("年") for way in right if way.startswith(year))
        right |= {way.removesuffix("月") if way[:-1].isdecimal() else way for way in bare if way}
    return min(right, key=len)


#: Parts of a year as they are typed.
PARTS = ("上半年", "下半年", "前三季度", *(f"{quarter}季度" for quarter in "一二三四"))


def same(name: str, one: str | None, other: str | None) -> bool:
    """Return whether two values of a field are equal; numbers by what they say."""
    if name in ("value", "value_high") and one is not None and other is not None:
        return Decimal(one) == Decimal(other)
    return (one or None) == (other or None)


def differences(source: str, goals: list[Goal], exported: dict) -> Iterator[str]:
    """Yield a line for each thing that the gold has and the export has not, or otherwise."""
    found = {
        (type_, item["start"], item["end"]): item
        for type_, kind in (("metric", "metrics"), ("commitment", "commitments"), ("speech", "speeches"))
        for item in exported[kind]
    }
    text = exported["document"]["text"]
    gold = {(goal.type, goal.start, goal.end): goal.fields for goal in goals}
    for type_, start, end in sorted(gold.keys() | found.keys()):
        wanted, got = gold.get((type_, start, end)), found.get((type_, start, end))
        said = f"{source}: {type_} “{text[start:end][:40]}”"
        if wanted is None or got is None:
            yield f"{said} is {'missing' if got is None else 'not in the gold'}"
            continue
        for name in SCORED[type_]:
            if not same(name, got.get(name), wanted.get(name)):
                yield f"{said}: {name} is {got.get(name)}, not {wanted.get(name)}"


def main() -> int:
    """Measure; return 1 if the export is not the gold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--text-dir", type=Path, help="where the texts are; else beside the gold")
    arguments = parser.parse_args()
    with TemporaryDirectory() as place:
        os.environ["JIAOZHU_HOME"] = place
        os.environ.setdefault("JIAOZHU_LANG", "zh")
        return run(arguments.gold, arguments.text_dir, Path(place))


def run(files: list[Path], texts: Path | None, place: Path) -> int:
    records = []
    path = place / "gold.jiaozhu"
    with Store(path, create=True) as store:
        for file in files:
            for line in file.read_text("utf-8").splitlines():
                record = json.loads(line)
                source = (texts or file.parent) / record["document"]["source"]
                taken = intake.take_file(source)
                store.add(taken.document, taken.extraction)
                records.append((record, taken.document))
    application = app.make_application()
    window = MainWindow()
    window.resize(1440, 900)
    window.open_project(path)
    window.show()
    window.activateWindow()
    application.processEvents()
    hand = Hand(window)
    goals = {document.id: goals_of(record, document) for record, document in records}
    reviewer = Reviewer(hand, goals)
    reviewer.work()
    target = place / "out.jsonl"
    window.export_to(target, next(exporter for exporter in EXPORTERS if exporter.name == "jsonl"))
    while window.task is not None:
        application.processEvents()
    window.close()
    exported = {}
    for line in target.read_text("utf-8").splitlines():
        one = json.loads(line)
        exported[one["document"]["id"]] = one
    wrong = []
    facts = 0
    for record, document in records:
        count = len(record["metrics"]) + len(record["commitments"])
        facts += count
        report(document.source, reviewer.by_document.get(document.id, Counter()), count)
        empty = {"document": {"text": document.text}, "metrics": [], "commitments": [], "speeches": []}
        wrong += differences(document.source, goals[document.id], exported.get(document.id, empty))
    decided = hand.tally.decided
    times = {f"p{percent}_ms": shorten(percentile(decided, percent)) for percent in (50, 99)}
    report("all", hand.tally.keys, facts, equal=not wrong, **times)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def report(name: str, keys: Counter[str], facts: int, **more: object) -> None:
    """Print what a document, or all, took."""
    found = {
        "name": name,
        "keys": keys.total(),
        "facts": facts,
        "keys_per_fact": round(keys.total() / facts, 3),
    }
    print(json.dumps({**found, "by": dict(keys.most_common()), **more}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
