"""What became of each file of an import, in sentences; without Qt, and small: imports have many files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from pathlib import Path

from jiaozhu.i18n import gettext as _
from jiaozhu.i18n import ngettext
from jiaozhu.intake import Refused
from jiaozhu.model import AnyAnnotation, Document, Speech, State
from jiaozhu.qt.labels import STATES
from jiaozhu.reading.content import DATE, ENCODING
from jiaozhu.reading.files import shown_name
from jiaozhu.review.carrying import Carried, quote
from jiaozhu.review.doubts import sentence
from jiaozhu.review.storing import Held, Likeness, Stored, Treatment


class Became(StrEnum):
    """What can become of a file."""

    NEW = "new"
    VERSION = "version"
    HELD = "held"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be imported: a file or folder by its path, or bytes under a name; and how."""

    name: str
    data: bytes | None = None  # None: they are in the file
    encoding: str | None = None  # None: what the bytes look like
    treatment: Treatment = Treatment.ASK

    @property
    def shown(self) -> str:
        """The name without folders, fit for the screen."""
        return shown_name(Path(self.name))


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision on an earlier version that could not be carried over: its words, and what it was."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    became: Became
    source: Source
    sentence: str
    document: str | None = None  # Document.id, if it is in the project
    like: Likeness | None = None
    lost: tuple[Lost, ...] = ()
    doubts: tuple[str, ...] = ()  # sentences
    is_encoding: bool = False  # another encoding may help

    @property
    def can_be_tried_again(self) -> bool:
        """Whether importing the file by itself, or once more, may lead to something else."""
        return self.document is None and self.like is None and self.source.data is None

    @property
    def is_remarkable(self) -> bool:
        """Whether a person should hear of it."""
        return self.became is not Became.NEW or bool(self.doubts)


def outcome(item: Stored | Held | Refused, source: Source) -> Outcome:
    """Return what became of a document in a sentence."""
    if isinstance(item, Refused):
        return refusal(item, source)
    document, like = item.taken.document, item.like
    if isinstance(item, Held):
        sentence = _("与“{name}”相似 {percent}，还没有导入；请选择怎样处理。")
        return Outcome(Became.HELD, source, _like(sentence, item.like), like=item.like)
    if not item.is_new:
        return Outcome(Became.SKIPPED, source, _("内容完全相同的文件已在项目中。"), document.id)
    if item.carried is not None and like is not None:
        lost = tuple(map(_lost, item.carried.lost))
        sentence = _version(like, item.carried)
        return Outcome(Became.VERSION, source, sentence, document.id, like, lost, _doubts(document))
    sentence = _("讲话 {speeches} 篇，指标 {metrics} 条，承诺 {commitments} 条。").format(
        speeches=len(item.taken.extraction.speeches),
        metrics=len(item.taken.extraction.metrics),
        commitments=len(item.taken.extraction.commitments),
    )
    if like is not None:
        sentence += _like(_("与“{name}”相似 {percent}，两份都留着。"), like)
    return Outcome(Became.NEW, source, sentence, document.id, like, (), _doubts(document))


def refusal(refused: Refused, source: Source, became: Became = Became.FAILED) -> Outcome:
    """Return why something was not imported, as a sentence."""
    sentence = refused.reason
    if refused.is_encoding and "--encoding" in sentence:  # the way out that the command line has
        sentence = _("无法确定文字编码；请点“选择编码…”，看哪一种读得通。")
    if not sentence.endswith(("。", "！", ".")):
        sentence += _("。")
    return Outcome(became, source, sentence, is_encoding=refused.is_encoding)


def left_out(held: Outcome) -> Outcome:
    """Return what becomes of a document that was held back and that nobody wants."""
    assert held.like is not None
    sentence = _like(_("与“{name}”相似 {percent}，按您的选择没有导入。"), held.like)
    return Outcome(Became.SKIPPED, held.source, sentence, like=held.like)


def percent(like: Likeness) -> str:
    """Return a similarity in percent, rounded down: what differs in words is never said to be the same."""
    return f"{floor(100 * like.similarity)}%"


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return how many documents became what, in one sentence."""
    counts = Counter(one.became for one in outcomes)
    count = counts[Became.NEW] + counts[Became.VERSION]
    sentence = ngettext("导入了 {count} 个文档", "导入了 {count} 个文档", count).format(count=count)
    parts = [sentence]
    if count := counts[Became.VERSION]:
        said = ngettext("其中 {count} 个是新版本", "其中 {count} 个是新版本", count)
        parts.append(said.format(count=count))
    if count := counts[Became.HELD]:
        parts.append(ngettext("{count} 个相近待选择", "{count} 个相近待选择", count).format(count=count))
    if count := counts[Became.SKIPPED]:
        parts.append(ngettext("跳过 {count} 个", "跳过 {count} 个", count).format(count=count))
    if count := counts[Became.FAILED]:
        parts.append(ngettext("失败 {count} 个", "失败 {count} 个", count).format(count=count))
    return _("，").join(parts) + _("。")


def as_text(outcomes: Sequence[Outcome], problems: Sequence[str] = ()) -> str:
    """Return a report as plain text, a line a document."""
    lines = [summary(outcomes), *problems]
    for one in outcomes:
        lines.append("\t".join((NAMES[one.became], one.source.shown, one.sentence, *one.doubts)))
        lines += [f"\t{lost.state}\t{lost.text}" for lost in one.lost]
    return "\n".join(lines) + "\n"


#: What becomes of files is called so on the screen, in this order.
NAMES = {
    Became.NEW: _("导入"),
    Became.VERSION: _("新版本"),
    Became.HELD: _("相近"),
    Became.SKIPPED: _("跳过"),
    Became.FAILED: _("失败"),
}


#: What can be done about a doubt, by its kind.
_WAYS_OUT = {
    DATE: _("打开文档，在“文档信息”（Ctrl+D）中更正。"),
    ENCODING: _("如果是乱码，请用原来的程序把文件另存为 UTF-8 再导入（同样的字节不会再导入一次）。"),
}


def _like(sentence: str, like: Likeness) -> str:
    return sentence.format(name=like.name, percent=percent(like))


def _version(like: Likeness, carried: Carried) -> str:
    sentence = _like(_("“{name}”的新版本，相似 {percent}"), like)
    if not carried.count and not carried.lost:
        return sentence + _("；旧版上还没有决定。")
    sentence += ngettext("；沿用 {count} 个决定", "；沿用 {count} 个决定", carried.count).format(
        count=carried.count
    )
    if count := len(carried.lost):
        sentence += ngettext("，{count} 个未能沿用", "，{count} 个未能沿用", count).format(count=count)
    return sentence + _("。")


def _doubts(document: Document) -> tuple[str, ...]:
    return tuple(sentence(doubt) + _WAYS_OUT.get(doubt.kind, "") for doubt in document.doubts)


def _lost(lost: AnyAnnotation | Speech) -> Lost:
    state = STATES[State.CORRECTED if isinstance(lost, Speech) else lost.state]
    return Lost(" ".join(quote(lost).split()), state)
