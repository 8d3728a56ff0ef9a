"""The name of a metric's indicator: from its own words, or from what the figures before were about."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.amounts import as_new, leads_new, name_at_rate, name_money, name_of_output
from jiaozhu.extraction.metrics.compared import name_gap, name_ratio
from jiaozhu.extraction.metrics.counted import name_counted, name_of_size
from jiaozhu.extraction.metrics.indicators import (
    Name,
    add_owner,
    expand,
    kind_of_name,
    members,
    needs_owner,
    trim_left,
    without_inner_verb,
)
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.metrics.ranked import name_ranked, name_streak, scope_of
from jiaozhu.extraction.metrics.relative import bare_noun, read_thing, without_receiver
from jiaozhu.extraction.metrics.subjects import subject_before, thing_before
from jiaozhu.extraction.text import Clause

_NOTHING = Name("")
_WORK = 4  # characters in a name that says what is done on an area
_AREAS = ("亩", "公顷", "平方公里", "平方千米")
_GROWTH_FIRST = re.compile(r"增速|增幅|涨幅")
_GROWTH_BEHIND = re.compile(r"(?:增速|增幅|涨幅|总量)$")
#: What an effect is said to do to an indicator: 带动GDP增速保持在7%以上.
_EFFECTS = ("带动", "推动", "促进")
#: What a list of grades leaves out after the first: 3A评级国企1家、AA+级3家.
_GRADED = re.compile(r"[级类型档]$")
_GRADE = re.compile(r"^.*[级类型档](?=[^级类型档]{2,})")
_LEANS = re.compile(r"占|高于|低于|快于|慢于|领先")
#: What stands behind an amount without being what is measured: 八百斤的指标.
_REACHED = ("水平", "基础", "指标", "目标", "要求", "幅度", "速度", "标准", "情况", "大关", "台阶", "纪录")
#: 惠及461万人次: who was reached is said by the unit alone.
_REACHED_ONES = {"人": "人数", "人次": "人次", "户": "户数", "户次": "户次", "家": "家数", "名": "人数"}
_PART = re.compile(r"[,、]?其中")
_JOINS = re.compile(r"[、]|和|以及|及|,?其中")
_WON = "得批评奖取益准"  # 获得, 获批, …: words of their own
_CROWNS = "冠增升丰涨降跌旺胜"
_LONGEST_LABEL = 20  # a heading before the colon says more
_LONGEST_MANNER = 4  # 市区联动招引
_LONGEST_PARENT = 3
_OTHER_THING = "港站路人籍"  # 义乌港, 义乌人: not 义乌


class Naming:
    """Names one figure after another and remembers what the last one was about."""

    def __init__(self, region: str | None = None) -> None:
        self._last = _NOTHING
        self._last_kind = ""
        self._paragraph = self._sentence = self._new_list = -1
        self._said: list[str] = []  # the names of amounts in this sentence, each once
        self._own = _own_names(region)

    def enter(self, clause: Clause) -> None:
        """Forget what earlier paragraphs, and for lists what earlier sentences, were about."""
        if clause.paragraph != self._paragraph:
            self._last, self._last_kind = _NOTHING, ""
            self._paragraph = clause.paragraph
        if clause.sentence != self._sentence:
            self._said.clear()

    def said_before(self, name: str, number: int, clause: Clause) -> list[str] | None:
        """Return what a 分别 without a list of its own refers to: 产值8亿元、税收2亿元,分别增长5%、6%."""
        if (name and not _GROWTH_FIRST.fullmatch(name)) or clause.sentence != self._sentence:
            return None
        listed = members(self._last.text, number)
        if listed is None and len(self._said) >= number:
            listed = self._said[-number:]
        return [one + name for one in listed] if listed else None

    def of(self, place: Place, listed: str | None) -> Name:
        """Return the name of the figure's indicator; `listed` is its member of a 分别 list."""
        if listed:
            return Name(self._without_place(listed))
        name = self._unlisted(place)
        return Name(as_new(name.text)) if self._lists_new(place) and name.text else name

    def _lists_new(self, place: Place) -> bool:
        """Tell whether the figure stands in a list of new capacity: 新增加的生产能力有:公路3002公里、…."""
        if place.clause.sentence != self._new_list and leads_new(place):
            self._new_list = place.clause.sentence
        return place.clause.sentence == self._new_list and place.quantity.type == "measure"

    def _unlisted(self, place: Place) -> Name:
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
            counted = name_counted(place, self._shared_verb() if self._joined(place) else "", self._last.text)
            if counted.text and not counted.text.startswith(_REACHED):
                return counted  # 建设47.8万亩高标准农田
        return self._measured(place)

    @staticmethod
    def _is_bare(place: Place) -> bool:
        """Tell whether the words before a size name nothing: the thing stands behind it."""
        verbs = word_set("claims", "verbs", "achieving"), word_set("claims", "verbs", "continuing")
        name = place.phrase.name
        if name.endswith(("和", "及", "与")) and place.previous is not None:
            return True  # 210公里农村公路和120万平方米村内道路
        paired = word_set("claims", "verbs_in_pairs")
        while len(name) > len(last := paired.ending(name, len(name))) > 0:
            name = name[: -len(last)]  # 新建改建210公里农村公路
        return not name or any(name in words for words in verbs)

    def _streak(self, place: Place) -> str:
        name = self._without_place(name_streak(place, self._last.text, grown=self._last_kind == "growth"))
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
        if kind == "rank" and place.phrase.name:
            held = name.text.removesuffix("排名").removesuffix(scope_of(place))
            if held and not _GROWTH_BEHIND.search(held):
                self._last, self._last_kind = Name(held), "rank"  # 通车里程居全国第四、突破1万公里
        if name.text and kind not in ("streak", "rank") and not name.text.endswith(("之差", "之比")):
            self._last, self._last_kind = name, kind
            if kind in ("level", "count") and name.text not in self._said:
                self._said.append(name.text)

    def _shared_verb(self) -> str:
        """Return the last name as far as its verbs: 市区联动招引 of 市区联动招引亿元以上项目."""
        name, verbs = self._last.text, word_set("claims", "verbs", "achieving")
        paired = word_set("claims", "verbs_in_pairs")
        for at in range(min(_LONGEST_MANNER, len(name)) + 1):
            end = at
            while verb := verbs.beginning(name, end):
                end += len(verb)
                if verb not in paired:
                    break
            if at < end < len(name):
                return "" if name[:at] in word_set("indicators", "whose") else name[:end]
        return ""

    def _measured(self, place: Place) -> Name:
        phrase = place.phrase
        sized = name_of_size(place)
        if sized.text:
            return sized
        if done := name_at_rate(place):
            return Name(done)
        if ratio := name_ratio(place, self._last.text):
            return Name(self._without_place(trim_left(ratio)))
        if place.quantity.type == "money" and (money := name_money(place)).text:
            return money
        if not phrase.name:
            if not phrase.verbs and (label := _label(place)).text:
                return label
            if place.quantity.type == "percent" and not place.ends_phrase and not phrase.verbs:
                thing = read_thing(place)
                if thing.noun:
                    return Name(thing.name + "占比")  # 30%的乡镇
            return self._without_words(place)
        lead = phrase.name.lstrip("和及与") if place.begin > place.clause.start else phrase.name
        if not lead:
            return self._last
        if lead != phrase.name:
            return self._own_words(
                place, lead, phrase.end - len(lead) if phrase.start >= 0 else -1, phrase.end
            )
        if gap := name_gap(place, self._last.text, grown=self._last_kind == "growth"):
            return Name(gap)
        part = _PART.match(place.text, place.begin) and phrase.name.endswith("占比")
        if part and self._last_kind == "level":
            return Name(f"{phrase.name[:-2]}占{self._last.text}比重")  # 其中税收占比90%
        if self._last.text and _LEANS.match(phrase.name):
            share = phrase.name if kind_of_name(phrase.name) == "share" else phrase.name + "比重"
            return Name(self._last.text + (share if phrase.name[0] == "占" else phrase.name))
        if (
            "占" in phrase.name[1:]
            and place.quantity.type == "percent"
            and kind_of_name(phrase.name) != "share"
        ):
            return Name(phrase.name.removesuffix("总量") + "比重")
        return self._own_words(place, phrase.name, phrase.start, phrase.end)

    def _without_words(self, place: Place) -> Name:
        """Return what a figure without words of its own is about: the clause before, or the figure before."""
        if place.clause.sentence != self._sentence and (subject := subject_before(place)):
            return Name(expand(self._without_place(subject)))
        return self._last

    def _own_words(self, place: Place, name: str, start: int, end: int) -> Name:
        """Return the words as the name, cut and completed where the genre does."""
        full = self._without_place(without_receiver(place, name))
        if place.quantity.type == "percent" and len(full) > 3 and full.startswith(_EFFECTS):
            full = full[2:]
        full = without_inner_verb(full)
        if full in word_set("claims", "verbs", "achieving") and self._last.text.startswith(full):
            return self._last  # 关停5000万千瓦小火电机组,今年要关停1000万千瓦
        if _GRADED.search(full) and place.clause.sentence == self._sentence:
            full += _GRADE.sub("", self._last.text) if _GRADE.match(self._last.text) else ""
        if len(full) > 2 and full[0] == "获" and full[1] not in _WON:
            full = full[1:]  # 获国家级改革试点6个
        if full.startswith("惠及") and place.clause.sentence == self._sentence:
            full = self._work() + full
        if full == name:
            full = self._with_verb(place, full)
            if place.clause.sentence == self._sentence and self._last_kind != "rank":
                full = add_owner(full, self._owner())
            elif needs_owner(full):
                full = thing_before(place) + full
        if place.quantity.type == "percent" and place.phrase.verbs.endswith("占") and not kind_of_name(full):
            full += "占比"  # 实行管制的占三成
        if full in word_set("indicators", "reaching"):
            full += _REACHED_ONES.get(place.quantity.unit or "", "")
        full = name_of_output(expand(full), self._last.text if self._said else "", place.quantity)
        if place.quantity.unit in _AREAS and len(full) >= _WORK and not kind_of_name(full):
            full += "" if "面积" in full or _is_land(full) else "面积"
        if full == name and start >= 0:
            return Name(full, start, end)
        return Name(full)

    def _owner(self) -> str:
        """Return what the figure before was about; of things counted only what they are."""
        return bare_noun(self._last.text) if self._last_kind == "count" else self._last.text

    def _work(self) -> str:
        """Return the work that the figure before counted: 改造老旧小区 is 老旧小区改造."""
        last = self._last.text
        verb = word_set("claims", "verbs_in_pairs").beginning(last, 0)
        return last[len(verb) :] + verb if verb and self._last_kind == "count" else ""

    def _with_verb(self, place: Place, name: str) -> str:
        """Return the name with the verb that it shares: 新增航运企业6家、船舶48艘 is about 新增船舶."""
        verbs = word_set("claims", "verbs", "achieving")
        own = verbs.beginning(name, 0) or word_set("indicators", "effects").beginning(name, 0)
        of_count = place.quantity.type == "money" and self._last_kind == "count"  # 接待游客8万人次、花费3亿元
        if self._joined(place) and not place.phrase.verbs and not own and not of_count:
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
            if at == 0 or (2 <= at <= _LONGEST_PARENT and name[:at] not in word_set("indicators", "effects")):
                rest = trim_left(name[at + len(own) :])
                # before a place there can only be what it lies in (舟山定海区); 义乌港 is another thing
                another = n > 0 and rest[:1] in _OTHER_THING
                return rest if len(rest) > 1 and (at == 0 or kind_of_name(rest)) and not another else name
        return name


def _label(place: Place) -> Name:
    """Return the indicator that stands before a colon: 城镇化率:62%以上."""
    clause = place.clauses[place.index - 1] if place.index else place.clause
    if clause.mark != ":" or place.begin != place.clause.start or clause.end - clause.start > _LONGEST_LABEL:
        return _NOTHING
    name = trim_left(place.text[clause.start : clause.end])
    start = place.text.find(name, clause.start, clause.end)
    return Name(name, start, start + len(name)) if kind_of_name(name) and start >= 0 else _NOTHING


def _is_land(name: str) -> bool:
    """Tell whether what has an area is land or a building itself, and no work or crop on it: 新增耕地."""
    return bool(word_set("indicators", "land").ending(name, len(name))) and not name.endswith(
        ("基地", "造林")
    )


def _own_names(region: str | None) -> tuple[str, ...]:
    """Return the forms in which a speech names its own place, the longest first."""
    if not region:
        return ()
    short = region[:-1] if len(region) > 2 and region[-1] in "省市县区州旗" else region
    return (region, short) if short != region else (region,)
