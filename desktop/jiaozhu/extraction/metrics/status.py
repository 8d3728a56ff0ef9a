"""Whether a figure is achieved, expected, aimed at or the size of a plan (guideline, section 2)."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.stances.stance import Stance

_OF_IT = ("其中", "占")
_SET_DOWN = re.compile(r"(?:部署|设置|安排|提出|确定|明确|谋划|规划|列出)了?\Z")
_SIGNED = re.compile(r"(?:去年|上年|前年|前期|往年)[^,;]{1,8}的\Z")  # 去年签约的47个项目
_STILL = re.compile(r"(?=[还仍尚])(?:还|仍|仍然|尚)有\Z")
_NOT_YET = re.compile(r"[^,;。]{0,8}(?:没有|尚未|还未|未能|存在)")
_FOUNDATION = ("的基础上", "基础上")
_FROM = re.compile(
    r"(?:由|从)(?:原来的?|目前的?|现在的?|现行的?|上年的?|去年的?|\d{4}年的?|年初的?)?(?:人均|户均|每[人月年天户亩])*\Z"
)
_STANDING = re.compile(r"(?:目前|现在|现已|眼下|当前)(?:[^,;要将应力争确保]{0,16}(?:有|达|为|已|约|近))")


class Statuses:
    """Tells the status of one figure after another; 预计 reaches on to the figures it governs."""

    def __init__(self) -> None:
        self._goes_on = False
        self._sentence = -1
        self._standing = -2  # the clause that last said what stands

    def of(self, place: Place, due: str = "") -> tuple[str, str | None]:
        """Return the status and the words that decided it, as written.

        `due` tells what the period does that governs the figure: "ahead" where it is not over yet, "deadline"
        where it is one up to which something is to be reached, else "".
        """
        word = self._estimate(place)
        if word:
            return "estimate", word
        if _is_size(place):
            return "planned", None
        if self._is_there(place):
            return "actual", None
        if place.stance is not Stance.FUTURE:
            if due and place.quantity.type == "count" and _SET_DOWN.search(place.before):
                return "planned", None
            return ("target" if due == "deadline" and place.stance is Stance.PAST else "actual"), None
        tone = word_set("status", "tone").found_in(place.before) or None
        return ("planned" if _is_given(place, tone) else "target"), tone

    def _is_there(self, place: Place) -> bool:
        """Tell whether the words about the figure say that it stands already, also in a plan.

        由30万元提高到50万元: the first one; 目前还有200万人,其中…; 在建成30个的基础上.
        """
        text, clause, at = place.text, place.clause, place.quantity.start
        if place.after.startswith(_FOUNDATION) or _FROM.search(text, place.begin, at):
            return True
        if (
            _STILL.search(text, place.begin, at)
            or _NOT_YET.match(place.after)
            or _STANDING.match(text, clause.start, at)
        ):
            self._standing = place.index
            return True
        if place.index == self._standing + 1 and place.stance is Stance.FUTURE:
            before = place.clauses[self._standing]
            if before.sentence == clause.sentence and text.startswith(_OF_IT, clause.start):
                self._standing = place.index
                return True
        return False

    def _estimate(self, place: Place) -> str:
        """Return the word that makes the figure an estimate, or ""."""
        own = word_set("status", "estimate").found_in(place.before)
        if own and not word_set("status", "estimate", "not").found_in(place.before):
            self._goes_on = True
            return own
        if self._alone(place):
            return "预计"
        # 预计197亿元,增长9.8%: the figure without a name of its own belongs to the one before
        self._goes_on = self._goes_on and not place.phrase.name and place.stance is not Stance.FUTURE
        return "预计" if self._goes_on else ""

    def _alone(self, place: Place) -> bool:
        """Tell whether a clause such as 初步预计, governs the sentence."""
        clause = place.clause
        if self._sentence == clause.sentence:
            return True
        at = place.index - 1
        while at >= 0 and (other := place.clauses[at]).sentence == clause.sentence:
            if place.text[other.start : other.end] in word_set("status", "estimate_alone"):
                self._sentence = clause.sentence
                return True
            at -= 1
        return False


def _is_size(place: Place) -> bool:
    """Tell whether the figure is the size of a project: 总投资550亿元的29个项目."""
    quantity, name = place.quantity, place.phrase.name
    always = word_set("status", "sizes", "always")
    if always.ending(place.text, quantity.start, place.clause.start) or always.ending(name, len(name)):
        return quantity.type in ("money", "measure")
    before_de = word_set("status", "sizes", "before_de")
    if place.after.startswith("的") and before_de.ending(place.text, quantity.start, place.clause.start):
        return True
    previous = place.previous
    return (
        quantity.type in ("count", "big")
        and previous is not None
        and previous.type == "money"
        and place.text[previous.end : quantity.start] == "的"
        and bool(always.ending(place.text, previous.start, place.clause.start))
    )


def _is_given(place: Place, tone: str | None) -> bool:
    """Tell whether a plan only counts what is there already: 加快21个城市赋能项目建设, 抓好178项改革任务."""
    quantity = place.quantity
    if quantity.type == "big":
        return True
    if quantity.comparator != "=" or (tone and tone in word_set("status", "firm")):
        return False  # a number that is only bounded, or striven for, is not there yet
    if quantity.type == "money" and not place.ends_phrase:
        return place.after[0] != "的"  # 设立5亿元产业母基金
    if quantity.type != "count":
        return False
    if _SIGNED.search(place.before):
        return True
    achieving = word_set("claims", "verbs", "achieving")
    if place.ends_phrase:
        return bool(word_set("status", "finished", "arranged").found_in(place.before)) and not word_set(
            "status", "firm"
        ).found_in(place.before)
    after = place.after
    if word_set("status", "finished").ending(after, len(after)):
        return not tone  # 力争34个项目建成投产 is aimed at, 8个项目本月开工 is set down
    verb = achieving.ending(place.phrase.name, len(place.phrase.name))
    verb = verb or achieving.ending(place.text, quantity.start, place.begin)
    if not verb and place.previous is not None and place.text[quantity.start - 1] in "、和及与":
        # 培育5个特色县、3个工业强县: the verb is that of the first
        verb = achieving.ending(place.text, place.quantities[0].start, place.clause.start)
    return not verb or verb in word_set("status", "finished", "arranged") or verb == "办好"
