"""The name of a metric's indicator: from its own words, or from what the figures before were about."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.counted import name_counted, name_of_size
from jiaozhu.extraction.metrics.indicators import (
    Name,
    add_owner,
    expand,
    kind_of_name,
    trim_left,
    without_inner_verb,
)
from jiaozhu.extraction.metrics.nominal import MARKS_REACHED
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.metrics.ranked import name_ranked, name_streak

_NOTHING = Name("")
#: 高于全省3个百分点: the difference between the figure before and another place's or a plan's.
_GAP = re.compile(
    r"(?:均|分别|也|又|继续)*(?:高于|低于|高出|低|快于|慢于|领先)(?P<place>[^,。;、]{1,10}?)(?:平均水平|平均|水平)?(?:约|近)?"
    r"|比(?P<other>[^,。;、]{1,10}?)(?:平均水平|平均|水平)?(?:高|低|快|慢)(?:出|约|近)?"
)
_WORK = 4  # characters in a name that says what is done on an area
_AREAS = ("亩", "公顷", "平方公里", "平方千米")
_GROWTH_FIRST = re.compile(r"增速|增幅|涨幅")
#: What an effect is said to do to an indicator: 带动GDP增速保持在7%以上.
_EFFECTS = ("带动", "推动", "促进")
#: What a list of grades leaves out after the first: 3A评级国企1家、AA+级3家.
_GRADED = re.compile(r"[级类型档]$")
_GRADE = re.compile(r"^.*[级类型档](?=[^级类型档]{2,})")
_RATES = ("率", "比重", "占比", "增速", "增幅")
_LEANS = re.compile(r"占|高于|低于|快于|慢于|领先")
_JOINS = re.compile(r"[、]|和|以及|及|,?其中")
_WON = "得批评奖取益准"  # 获得, 获批, …: words of their own
_CROWNS = "冠增升丰涨降跌旺胜"
_LONGEST_MANNER = 4  # 市区联动招引
_LONGEST_PARENT = 3
_OTHER_THING = "港站路人籍"  # 义乌港, 义乌人: not 义乌


class Naming:
    """Names one figure after another and remembers what the last one was about."""

    def __init__(self, region: str | None = None) -> None:
        self._last = _NOTHING
        self._last_kind = ""
        self._paragraph = self._sentence = -1
        self._own = _own_names(region)

    def of(self, place: Place, listed: str | None) -> Name:
        """Return the name of the figure's indicator; `listed` is its member of a 分别 list."""
        if place.clause.paragraph != self._paragraph:
            self._last, self._last_kind = _NOTHING, ""
            self._paragraph = place.clause.paragraph
        if listed:
            return Name(listed)
        quantity = place.quantity
        if quantity.type == "rank":
            return Name(self._without_place(name_ranked(place, self._last.text, self._last_kind == "growth")))
        if quantity.type == "streak":
            return Name(self._streak(place))
        if quantity.type in ("count", "big") and not place.ends_phrase:
            shared = self._shared_verb() if self._joined(place) else ""
            counted = name_counted(place, shared, self._last.text)
            if counted.text:
                return counted
        if quantity.type == "measure" and not place.ends_phrase and self._is_bare(place):
            counted = name_counted(place, "", self._last.text)
            if counted.text:
                return counted  # 建设47.8万亩高标准农田
        return self._measured(place)

    @staticmethod
    def _is_bare(place: Place) -> bool:
        """Tell whether the words before a size name nothing: the thing stands behind it."""
        verbs = word_set("claims", "verbs", "achieving"), word_set("claims", "verbs", "continuing")
        return not place.phrase.name or any(place.phrase.name in words for words in verbs)

    def _streak(self, place: Place) -> str:
        name = self._without_place(name_streak(place, self._last.text))
        if place.text[place.quantity.end - 1] in _CROWNS:  # 夺取平安区创建“二十一连冠”
            verb = word_set("claims", "verbs", "achieving").beginning(name, 0)
            name = name[len(verb) :] or name
        return expand(name)

    def remember(self, place: Place, name: Name, kind: str) -> None:
        """Keep what this figure was about for the figures behind it."""
        if kind == "streak" and place.phrase.name:
            # 优良率连续四年保持100%: the streak's subject goes on
            of_growth = _GROWTH_FIRST.match(place.phrase.verbs) is not None
            self._last = Name(expand(self._without_place(place.phrase.name)))
            self._last_kind = "growth" if of_growth else ""
        self._sentence = place.clause.sentence
        if name.text and kind not in ("streak", "rank") and not name.text.endswith("之差"):
            self._last, self._last_kind = name, kind

    def _shared_verb(self) -> str:
        """Return the last name as far as its verb: 市区联动招引 of 市区联动招引亿元以上项目."""
        name, verbs = self._last.text, word_set("claims", "verbs", "achieving")
        for at in range(min(_LONGEST_MANNER, len(name)) + 1):
            verb = verbs.beginning(name, at)
            if verb and at + len(verb) < len(name):
                return name[: at + len(verb)]
        return ""

    def _measured(self, place: Place) -> Name:
        phrase = place.phrase
        sized = name_of_size(place)
        if sized.text:
            return sized
        if (not phrase.name or phrase.name in word_set("claims", "verbs", "continuing")) and (
            place.quantity.type == "money" and not place.ends_phrase
        ):
            noun, start, end = place.noun_after()
            if noun and noun[0] not in "的以" and not noun.startswith(MARKS_REACHED):
                return Name(noun, start, end)  # 用好1800亿元引导基金
        if not phrase.name:
            if place.quantity.type == "percent" and not place.ends_phrase and not phrase.verbs:
                noun, _, _ = place.noun_after()
                if noun:
                    return Name(noun + "占比")  # 30%的乡镇
            return self._last
        lead = phrase.name.lstrip("和及与") if place.begin > place.clause.start else phrase.name
        if not lead:
            return self._last
        if lead != phrase.name:
            return self._own_words(place, lead, phrase.start, phrase.end)
        gap = _GAP.fullmatch(place.text[place.begin : place.quantity.start].lstrip(",、;并且 "))
        if gap and self._last.text and place.quantity.type == "point":
            growth = "增速" if self._last_kind == "growth" and not self._last.text.endswith(_RATES) else ""
            return Name(f"{self._last.text}{growth}与{gap['place'] or gap['other']}之差")
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
        if place.quantity.type == "percent" and len(full) > 3 and full.startswith(_EFFECTS):
            full = full[2:]
        full = without_inner_verb(full)
        if _GRADED.search(full) and place.clause.sentence == self._sentence:
            full += _GRADE.sub("", self._last.text) if _GRADE.match(self._last.text) else ""
        if len(full) > 2 and full[0] == "获" and full[1] not in _WON:
            full = full[1:]  # 获国家级改革试点6个
        if full == name:
            full = self._with_verb(place, full)
            if place.clause.sentence == self._sentence:
                full = add_owner(full, self._last.text)
        full = expand(full)
        if place.quantity.unit in _AREAS and len(full) >= _WORK and not kind_of_name(full):
            full += "" if "面积" in full or _is_land(full) else "面积"
        if full == name and start >= 0:
            return Name(full, start, end)
        return Name(full)

    def _with_verb(self, place: Place, name: str) -> str:
        """Return the name with the verb that it shares: 新增航运企业6家、船舶48艘 is about 新增船舶."""
        verbs = word_set("claims", "verbs", "achieving")
        if self._joined(place) and not place.phrase.verbs and not verbs.beginning(name, 0):
            shared = self._shared_verb()
            if shared:
                return shared + name
        return self._striven(place, name)

    @staticmethod
    def _striven(place: Place, name: str) -> str:
        """Return the name with 争取 where that is what is done: 争取省重大产业项目7个."""
        amount = place.quantity.type in ("count", "money") and not place.phrase.movement
        at = place.phrase.start
        return "争取" + name if amount and at > 1 and place.text[at - 2 : at] == "争取" else name

    @staticmethod
    def _joined(place: Place) -> bool:
        """Tell whether the figure goes on in the list of the one before: …6所、床位420张; 其中…12个."""
        if place.begin > place.clause.start:
            joint = place.text[place.quantity.start - 1] in "、和及与"  # 8个方案和197个规划
            return joint or bool(_JOINS.match(place.text, place.begin))
        return place.quantity.type == "count" and place.text.startswith("其中", place.begin)

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


def _is_land(name: str) -> bool:
    """Tell whether what has an area is land or a building itself, and no work or crop on it: 新增耕地."""
    return bool(word_set("indicators", "land").ending(name, len(name)))


def _own_names(region: str | None) -> tuple[str, ...]:
    """Return the forms in which a speech names its own place, the longest first."""
    if not region:
        return ()
    short = region[:-1] if len(region) > 2 and region[-1] in "省市县区州旗" else region
    return (region, short) if short != region else (region,)
