"""The name of a metric's indicator: from its own words, or from what the figures before were about."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaozhu.extraction.indicators import (
    add_owner,
    expand,
    kind_of_name,
    read_after,
    trim_left,
    without_inner_verb,
)
from jiaozhu.extraction.place import Place, word_set


class Name(NamedTuple):
    """The name of an indicator and where it stands in the text, if it stands there in one piece."""

    text: str
    start: int | None = None
    end: int | None = None


_NOTHING = Name("")
_LEANS = re.compile(r"占|高于|低于|快于|慢于|领先")
#: What leads from the thing measured to its rank: 增幅均排全区, 进入全国.
_RANKED = re.compile(
    r"(?:均|都|分别|持续|继续|连续|稳|双双|再次|首次)*(?:保持|位居|位列|名列|居|列|排名?|进入|跻身|跃居|升至|上升到|前移至|夺得?|在)"
    r"(?:[^,。;、]|[(][^)]*[)]){0,12}$"
)
_PLACE_END = re.compile(
    r"(?:全国|全省|全市|全区|全县|全州|全球|世界|国内|省内|市内|西部|中部|东部|[省市县区州])$"
)
#: What a streak without a subject says of the figure before: 连续6个季度增速全省第一.
_OF_THE_SAME = re.compile(
    r"增速|增幅|总量|正增长|增长|下降|上升|位居|居|列|保持|稳|全[国省市县区]|只减|实现[正双]"
)
_GROWTH_RANK = re.compile(r"(?:增速|增幅)")
_JOINS = re.compile(r"[、]|和|以及|及|,?其中")
_LONGEST_PARENT = 3
_OTHER_THING = "港站路人籍"  # 义乌港, 义乌人: not 义乌
_SHORT_LIST = 14  # how long “企呼我应”等 before a count may be to belong to the name


class Naming:
    """Names one figure after another and remembers what the last one was about."""

    def __init__(self, region: str | None = None) -> None:
        self._last = _NOTHING
        self._last_kind = ""
        self._last_verb = ""
        self._paragraph = self._sentence = -1
        self._own = _own_names(region)

    def of(self, place: Place, listed: str | None) -> Name:
        """Return the name of the figure's indicator; `listed` is its member of a 分别 list."""
        if place.clause.paragraph != self._paragraph:
            self._last, self._last_kind, self._last_verb = _NOTHING, "", ""
            self._paragraph = place.clause.paragraph
        if listed:
            return Name(listed)
        quantity = place.quantity
        if quantity.type == "rank":
            return self._ranked(place)
        if quantity.type == "streak":
            rest = place.after.strip("“”,、 ")
            own = self._without_place(place.phrase.name).rstrip("“")
            goes_on = bool(rest) and not own and _OF_THE_SAME.match(rest)
            return Name((self._last.text if goes_on else own) + rest)
        if quantity.type in ("count", "big") and not place.ends_phrase:
            counted = self._counted(place)
            if counted.text:
                return counted
        return self._measured(place)

    def remember(self, place: Place, name: Name, kind: str) -> None:
        """Keep what this figure was about for the figures behind it."""
        if kind == "streak" and place.phrase.name:
            # 优良率连续四年保持100%: the streak's subject goes on
            self._last, self._last_kind = Name(self._without_place(place.phrase.name)), ""
        self._sentence = place.clause.sentence
        if name.text and kind not in ("streak", "rank"):
            self._last, self._last_kind = name, kind
            self._last_verb = word_set("claims", "verbs", "achieving").beginning(name.text, 0)

    def _measured(self, place: Place) -> Name:
        phrase = place.phrase
        if not phrase.name:
            if place.quantity.type == "percent" and not place.ends_phrase and not phrase.verbs:
                noun, _, _ = read_after(place.text, place.quantity.end, place.clause.end)
                if noun:
                    return Name(noun + "占比")  # 30%的乡镇
            return self._last
        lead = phrase.name.lstrip("和及与") if place.begin > place.clause.start else phrase.name
        if lead != phrase.name:
            return self._own_words(place, lead, phrase.start, phrase.end)
        if self._last.text and _LEANS.match(phrase.name):
            part = phrase.name if kind_of_name(phrase.name) == "share" else phrase.name + "比重"
            return Name(self._last.text + (part if phrase.name[0] == "占" else phrase.name))
        if (
            "占" in phrase.name[1:]
            and place.quantity.type == "percent"
            and kind_of_name(phrase.name) != "share"
        ):
            return Name(phrase.name.removesuffix("总量") + "比重")
        return self._own_words(place, phrase.name, phrase.start, phrase.end)

    def _own_words(self, place: Place, name: str, start: int, end: int) -> Name:
        """Return the words as the name, cut and completed where the genre does."""
        full = self._without_place(name)
        full = without_inner_verb(full)
        if full == name:
            full = self._with_verb(place, full)
            if place.clause.sentence == self._sentence:
                full = add_owner(full, self._last.text)
        full = expand(full)
        if full == name and start >= 0:
            return Name(full, start, end)
        return Name(full)

    def _with_verb(self, place: Place, name: str) -> str:
        """Return the name with the verb that it shares: 新增航运企业6家、船舶48艘 is about 新增船舶."""
        verbs = word_set("claims", "verbs", "achieving")
        if not self._last_verb or verbs.beginning(name, 0) or place.phrase.verbs:
            return name
        between = place.text[max(0, place.quantity.start - len(name) - 4) : place.quantity.start]
        lead = between[: between.find(name)] if name in between else ""
        if place.begin > place.clause.start and _JOINS.match(place.text, place.begin):
            return self._last_verb + name
        if lead.endswith("其中") and place.quantity.type == "count":
            return self._last_verb + name
        return name

    def _counted(self, place: Place) -> Name:
        """Return the noun behind the number, with the verb or the example that belongs to it."""
        noun, start, end = read_after(place.text, place.quantity.end, place.clause.end)
        if not noun:
            return _NOTHING
        phrase = place.phrase
        verb = self._verb_before(place)
        if verb:
            return Name(verb + noun)
        if phrase.name.endswith("等") and len(phrase.name) <= _SHORT_LIST:
            return Name(phrase.name + noun)
        shared = self._with_verb(place, noun) if not phrase.name else noun
        return Name(noun, start, end) if shared == noun else Name(shared)

    @staticmethod
    def _verb_before(place: Place) -> str:
        """Return the verb that gets the things counted, right before the number: 新引进5个."""
        text, end = place.text, place.quantity.start
        verb = word_set("claims", "verbs", "achieving").ending(text, end, place.begin)
        new = end - len(verb) - 1
        return "新" + verb if verb and verb[0] != "新" and new >= place.begin and text[new] == "新" else verb

    def _ranked(self, place: Place) -> Name:
        """Return what is ranked: the words before the verb, else the figure before."""
        words = place.text[place.begin : place.quantity.start].strip(",、;。 ")
        own = _PLACE_END.sub("", _RANKED.sub("", words))
        if own.startswith(("总量", "增速", "增幅", "规模", "人均", "数量", "总数")) and self._last.text:
            return Name(self._last.text + own)
        if own and own != words and place.phrase.name:
            name = place.phrase.name
            cut = _PLACE_END.sub("", _RANKED.sub("", name)) or name
            return Name(self._without_place(cut))
        if self._last.text:
            growth = self._last_kind == "growth" and not _GROWTH_RANK.search(self._last.text)
            return Name(self._last.text + "增速") if growth else self._last
        return Name(_PLACE_END.sub("", place.phrase.name))

    def _without_place(self, name: str) -> str:
        """Return the name without the speech's own place before it: 义乌预计GDP is GDP."""
        for n, own in enumerate(self._own):
            at = name.find(own)
            if at == 0 or 2 <= at <= _LONGEST_PARENT:
                rest = trim_left(name[at + len(own) :])
                # before a place there can only be what it lies in (舟山定海区); 义乌港 is another thing
                another = n > 0 and rest[:1] in _OTHER_THING
                return rest if len(rest) > 1 and (at == 0 or kind_of_name(rest)) and not another else name
        return name


def _own_names(region: str | None) -> tuple[str, ...]:
    """Return the forms in which a speech names its own place, the longest first."""
    if not region:
        return ()
    short = region[:-1] if len(region) > 2 and region[-1] in "省市县区州旗" else region
    return (region, short) if short != region else (region,)
