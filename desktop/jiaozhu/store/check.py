"""Whether a project keeps its promises: each part of it is looked at, and what is wrong is told.

Nothing is written, and nothing of the file is trusted: no view or trigger of it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import cast

import msgspec
from sqlite_utils import Database

from jiaozhu.i18n import gettext as _
from jiaozhu.model import BESIDE, Action, AnyAnnotation, Metadata, SourceMap, Speech, State
from jiaozhu.store import documents, outline
from jiaozhu.store.annotations import suggestion
from jiaozhu.store.database import BAD_CONTENT
from jiaozhu.store.faults import Fault, Rule
from jiaozhu.store.gathering import Kept, Place, Recorded, gather, is_branched, keys
from jiaozhu.store.recount import TABLES, Stored, recount, replacements
from jiaozhu.store.rejoin import is_joined
from jiaozhu.store.shape import differences
from jiaozhu.store.snapshots import from_snapshot, to_snapshot

#: How many documents were looked at, and of how many.
Progress = Callable[[int, int], object]
#: SQLite stops looking after so many faults of a file.
_MOST = 100


def check(db: Database, progress: Progress = lambda done, total: None) -> Iterator[Fault]:
    """Yield what is wrong with a project of the newest layout; the caller sees to one moment of it."""
    yield from _survived(_file(db))
    shape = list(_survived(_layout(db)))
    yield from shape
    if any(not fault.is_curable for fault in shape):
        return  # there is no telling what the tables mean
    yield from _survived(_orphans(db))
    yield from _survived(_contents(db, progress))


def _survived(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults; one that the file itself causes on the way is one of them."""
    try:
        yield from faults
    except BAD_CONTENT as error:
        yield Fault(Rule.FILE, _("文件有一部分读不出来（{reason}）；请从备份恢复。").format(reason=error))


def _file(db: Database) -> Iterator[Fault]:
    """Let SQLite look whether the file is whole."""
    for (line,) in db.conn.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            in_index = "index" in line and "NULL" not in line
            yield Fault(
                Rule.FILE,
                _("索引与表不符（{reason}）。").format(reason=line)
                if in_index
                else _("文件已损坏（{reason}）；请从备份恢复。").format(reason=line),
                is_curable=in_index,
            )


def _layout(db: Database) -> Iterator[Fault]:
    for name, is_curable in differences(db):
        if is_curable:
            problem = _("触发器、视图或索引 {name} 不是校注建立的那样。")
        else:
            problem = _("表 {name} 的结构被别的程序改动过；请从备份恢复。")
        yield Fault(Rule.LAYOUT, problem.format(name=name), is_curable=is_curable)


def _orphans(db: Database) -> Iterator[Fault]:
    for table, row, parent, _number in db.conn.execute("PRAGMA foreign_key_check").fetchall():
        problem = _("表 {table} 的一行（{row}）所属的{parent}不存在。")
        yield Fault(
            Rule.ORPHAN,
            problem.format(
                table=table, row=row or "–", parent={"documents": _("文档"), "speeches": _("讲话")}[parent]
            ),
        )
    for table in TABLES:
        (count,) = db.conn.execute(
            f"SELECT count(*) FROM {table} WHERE document NOT IN (SELECT key FROM documents)"
        ).fetchone()
        if count:
            problem = _("表 {table} 有 {count} 行所属的文档不存在。")
            yield Fault(Rule.ORPHAN, problem.format(table=table, count=count), is_curable=True)


def _contents(db: Database, progress: Progress) -> Iterator[Fault]:
    newer, there = replacements(db), Stored(db)
    ids = {id_ for (id_,) in db.conn.execute("SELECT id FROM documents").fetchall()}
    all_ = keys(db)
    for done, key in enumerate(all_):
        progress(done, len(all_))
        try:
            kept = gather(db, key)
        except BAD_CONTENT as error:
            yield Fault(Rule.FILE, _("第 {key} 个文档读不出来（{reason}）。").format(key=key, reason=error))
            continue
        for found in (
            _document(db, kept, ids),
            _quotes(db, kept),
            _decisions(db, kept),
            _derived(db, kept, there, newer.get(kept.id)),
        ):
            try:
                for rule, subject, problem in found:
                    yield Fault(rule, problem, kept.id, kept.name, subject, is_curable=rule is Rule.DERIVED)
            except BAD_CONTENT as error:
                problem = _("内容读不出来（{reason}）。").format(reason=error)
                yield Fault(Rule.FILE, problem, kept.id, kept.name)
    progress(len(all_), len(all_))


#: Rule, the id of an annotation or speech if it is about one, and what is wrong.
Found = Iterator[tuple[Rule, str | None, str]]


def _document(db: Database, kept: Kept, ids: set[str]) -> Found:
    """Look whether the bytes are those that came in, and whether what is known of the source can be read."""
    if kept.id != kept.sha256[:16]:
        yield Rule.DOCUMENT, None, _("编号不是原件校验和的开头。")
    raw = documents.raw(db, kept.id)
    if raw and sha256(raw).hexdigest() != kept.sha256:
        yield Rule.DOCUMENT, None, _("原件与入库时的校验和不符。")
    if kept.replaces is not None and kept.replaces not in ids:
        yield Rule.ORPHAN, None, _("它所替代的旧版本 {id} 不在项目中。").format(id=kept.replaces)
    documents.read_maps(db, kept.key)


def _quotes(db: Database, kept: Kept) -> Found:
    """Look whether suggestions and speeches say what stands at their places, here and in the source."""
    back = _Source.of(db, kept)
    for places in kept.suggestions.values():
        for place in places:
            if kept.text[place.start : place.end] != place.text:
                yield Rule.QUOTE, place.id, _("文字与原文不符：{text}").format(text=_short(place.text))
            elif back is not None and not back.is_right(place):
                yield Rule.SOURCE, place.id, _("在原件中的位置给出的不是同样的文字。")
    for row in kept.speeches.values():
        id_, start, end = cast("tuple[str, int, int]", row[:3])
        if not 0 <= start <= end <= len(kept.text):
            yield Rule.QUOTE, id_, _("讲话的范围超出原文。")


class _Source:
    """The decoded source of a document, and the way there."""

    def __init__(self, text: str, source_map: SourceMap) -> None:
        self._text, self._map = text, source_map

    @classmethod
    def of(cls, db: Database, kept: Kept) -> _Source | None:
        """Return the source of a document, None if it is no plain text or was never here."""
        raw = documents.raw(db, kept.id) if kept.encoding and kept.source_map else b""
        if not raw or kept.encoding is None or kept.source_map is None:
            return None
        return cls(raw.decode(kept.encoding), msgspec.json.decode(kept.source_map, type=SourceMap))

    def is_right(self, place: Place | AnyAnnotation) -> bool:
        """Return whether the source has the characters of an annotation where it says."""
        if place.source_start is None or place.source_end is None:
            return True
        if self._map.span(place.start, place.end) != (place.source_start, place.source_end):
            return False
        there = self._text[place.source_start : place.source_end]
        return there == place.text or _is_within("".join(place.text.split()), there)


def _is_within(wanted: str, there: str) -> bool:
    """Return whether the characters come in this order: notes and page numbers may stand between them."""
    rest = iter(there)
    return all(char in rest for char in wanted)


def _decisions(db: Database, kept: Kept) -> Found:
    """Look whether each decision follows on what stood before it, and says what its subject says."""
    back = _Source.of(db, kept) if kept.decisions else None
    standing: dict[tuple[str, str], str | None] = {}
    histories = {of: _History(history) for of, history in kept.histories().items()}
    for decision in kept.decisions:
        subject = decision.type, decision.subject
        if subject not in standing:
            standing[subject] = _suggested(db, kept, decision)
        if not histories[subject].fits(decision, standing[subject]):
            yield (
                Rule.DECISION,
                decision.subject,
                _("第 {seq} 个决定之前的情况不是当时的情况。").format(seq=decision.seq),
            )
        standing[subject] = decision.after
        if not decision.reviewer or not _is_time(decision.at):
            yield (
                Rule.STATE,
                decision.subject,
                _("第 {seq} 个决定没有审校人或时间。").format(seq=decision.seq),
            )
        if decision.type in kept.suggestions:
            yield from _annotation(kept, decision, back)
    for (type_, subject_), after in standing.items():
        if type_ == Speech.type and after is not None:
            speech = cast("Speech", from_snapshot(type_, after))
            if not 0 <= speech.start <= speech.end <= len(kept.text):
                yield Rule.QUOTE, subject_, _("讲话的范围超出原文。")


class _History:
    """The decisions on a subject, in the order in which they came into the file."""

    def __init__(self, history: Sequence[Recorded]) -> None:
        self._is_branched = is_branched(history)
        self._known = {one.uid for one in history}

    def fits(self, decision: Recorded, standing: str | None) -> bool:
        """Return whether a decision follows on what it says it does; `standing` is what the last one left."""
        if not self._is_branched:
            return decision.before == standing or _in_a_speech(decision.before) == _in_a_speech(standing)
        return set((decision.parents or "").split()) <= self._known


def _in_a_speech(snapshot: str | None) -> object:
    """Return what a snapshot says but for the speech: who came back did not see how they were divided."""
    found = msgspec.json.decode(snapshot) if snapshot is not None else None
    return {**found, "speech": None} if isinstance(found, dict) else found


def _annotation(kept: Kept, decision: Recorded, back: _Source | None) -> Found:
    """Look at a decision on an annotation."""
    before = cast("AnyAnnotation | None", from_snapshot(decision.type, decision.before))
    after = cast("AnyAnnotation | None", from_snapshot(decision.type, decision.after))
    beside = decision.state, decision.speech, decision.start, decision.end, decision.text
    if after is None:
        if any(value is not None for value in beside):
            yield (
                Rule.DECISION,
                decision.subject,
                _("第 {seq} 个决定的各栏与条目不符。").format(seq=decision.seq),
            )
        return
    if (after.id, after.type) != (decision.subject, decision.type) or beside != (
        after.state,
        after.speech,
        after.start,
        after.end,
        after.text,
    ):
        yield Rule.DECISION, decision.subject, _("第 {seq} 个决定的各栏与条目不符。").format(seq=decision.seq)
    if kept.text[after.start : after.end] != after.text:
        yield Rule.QUOTE, decision.subject, _("文字与原文不符：{text}").format(text=_short(after.text))
    elif back is not None and not back.is_right(after):
        yield Rule.SOURCE, decision.subject, _("在原件中的位置给出的不是同样的文字。")
    if not _follows(Action(decision.action), before, after):
        problem = _("第 {seq} 个决定“{action}”不能使状态成为 {state}。")
        yield (
            Rule.STATE,
            decision.subject,
            problem.format(seq=decision.seq, action=decision.action, state=after.state),
        )


def _follows(action: Action, before: AnyAnnotation | None, after: AnyAnnotation) -> bool:
    """Return whether an action can lead to a state."""
    if action in (Action.SKIP, *BESIDE):
        return before is not None and before.state is after.state
    if action is Action.REJECT:
        return after.state is State.REJECTED
    if action in (Action.ACCEPT, Action.CORRECT, Action.ADD):
        return after.state not in (State.SUGGESTED, State.REJECTED)
    return True  # taken back, done again, carried over: to any state that it once had


def _suggested(db: Database, kept: Kept, decision: Recorded) -> str | None:
    """Return the snapshot of a decision's subject as it was found."""
    if decision.type == Speech.type:
        return to_snapshot(outline.suggested_speech(db, kept.key, decision.subject))
    if decision.type == Metadata.type:
        return to_snapshot(outline.suggested_metadata(db, kept.key, kept.id))
    return to_snapshot(suggestion(db, kept.key, decision.type, decision.subject))


def _is_time(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).utcoffset() is not None
    except ValueError:
        return False


def _derived(db: Database, kept: Kept, stored: Stored, replaced_by: str | None) -> Found:
    """Compare lists and counts with what follows from suggestions and decisions."""
    should, is_ = recount(kept, replaced_by), stored.of(kept.key)
    speeches = {row[0] for row in should.outline}
    for type_, places in kept.suggestions.items():
        decided = {id_ for of, id_ in kept.latest() if of == type_}
        for place in places:
            if place.speech not in speeches and place.id not in decided:
                yield Rule.ORPHAN, place.id, _("所属的讲话 {id} 不存在。").format(id=place.speech)
    for (type_, subject), decision in kept.latest().items():
        if type_ in kept.suggestions and decision.after is not None and decision.speech not in speeches:
            yield Rule.ORPHAN, subject, _("所属的讲话 {id} 不存在。").format(id=decision.speech)
    problems = {
        "overview": _("文档的标题、日期或各状态的条数与决定不符。"),
        "outline": _("讲话的列表与决定不符。"),
        "progress": _("各篇讲话的条数与决定不符。"),
        "fingerprints": _("用来找相近文档的指纹与文字不符。"),
    }
    if not is_joined(db, kept):
        yield Rule.DERIVED, None, _("几个人的决定合起来的结果与决定不符。")
    for table, wanted, there in zip(TABLES, should, is_, strict=True):
        if wanted != there:
            yield Rule.DERIVED, None, problems[table]


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"


_SHORT = 30
