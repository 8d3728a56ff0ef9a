"""Things that are counted, and what is said of them behind: 12项许可事项实行告知承诺.

What is said tells which things are meant, so the indicator is 实行告知承诺的许可事项 as much as
实行告知承诺的许可事项占比 where a percentage of them is given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaozhu.extraction.metrics.indicators import tidy, without_times
from jiaozhu.extraction.metrics.place import Place, word_set

_LONGEST = 24  # characters that may be said of the things; more is a sentence of its own
_SHORTEST = 3
#: Adverbs between the things and what is said of them.
_ADVERBS = re.compile(
    r"^(?:全部|均|都|已经|已|正式|顺利|陆续|相继|先后|成功|全面|提前|如期|按期|再次|首次|圆满|加速|则|也|将|集中(?!开工|投产|签约))+"
)
#: What begins with one of these has no noun of its own: 其中1项获技术发明奖.
_WON = re.compile(r"(?:荣获|获评|获批|获(?=[国省中技全])|入选|跻身|被评|被列|被授|列入)")
#: Words before the number for whom something is done: 帮助近千家企业开拓市场, 为5万名职工追回欠薪.
_FOR_WHOM = (
    *("帮助", "支持", "引导", "助力", "带动", "组织"),
    *("让", "使", "为", "对", "给", "向", "与"),
)
#: 40个吸引力强、带动面广的消费场景: the noun stands behind its qualities.
_DESCRIBED = re.compile(r"、[^,。;、的]{1,10}的(?P<noun>[^,。;、的]{2,12})")
_QUALITIES = tuple("强高大广优好新多快美佳足齐")
_OWN_PLACE = re.compile(r"[我本][省市县区州旗]")
_SHORT_NOUNS = ("县", "村", "镇", "乡", "省", "户")
_PEOPLE = (
    "人口",
    "人员",
    "职工",
    "群众",
    "农民",
    "学生",
    "儿童",
    "老人",
    "居民",
    "人才",
    "家庭",
    "工人",
    "岗位",
)
_MARK_OR_LIST = re.compile(r"[、,;:。和及与]")
_MARK = re.compile(r"[,;:。]|(?<=.)[(]")


class Thing(NamedTuple):
    """What is counted, its span, and what is said of it."""

    noun: str
    start: int
    end: int
    said: str  # "" if nothing is said that tells which things are meant

    @property
    def name(self) -> str:
        """The thing with what is said of it in front, as a name needs it."""
        if not self.said:
            return self.noun
        joined = len(self.said) < _SHORTEST or self.said in word_set("status", "finished")  # 投产项目
        return self.said + ("" if joined or not self.noun else "的") + self.noun


def read_thing(place: Place) -> Thing:
    """Return what the quantity counts and what is said of it; an empty noun if nothing is counted."""
    noun, start, end = place.noun_after()
    if _WON.match(place.text, start, place.clause.end):
        return Thing("", start, start, noun)  # 其中1项获技术发明奖
    if word_set("indicators", "predicates").beginning(noun, 0) and _done_by_itself(place, noun):
        return Thing("", start, start, tidy(noun))  # 26户完成改制, 8000人脱贫
    described = _DESCRIBED.match(place.text, end, place.clause.end)
    if described and noun.endswith(_QUALITIES):
        return Thing(described["noun"], described.start("noun"), described.end(), "")
    for time_start, _ in place.times:
        if start < time_start < end:
            noun, end = place.text[start:time_start], time_start  # 重点园区2025年营业收入
            break
    if place.following is not None and place.following.type not in ("count", "big"):
        head = word_set("indicators", "heads", "level").ending(noun, len(noun))
        things = word_set("claims", "nouns", "concrete").ending(noun, len(noun) - len(head))
        between = place.text[end : place.following.start]
        if head and (things or noun.endswith("产业" + head)) and not _MARK_OR_LIST.search(between):
            noun, end = noun[: -len(head)], end - len(head)  # 三大产业产值突破2万亿元
    if noun.startswith("人口的"):
        noun, end = "人口", start + 2  # 14亿人口的大国
    predicates = word_set("indicators", "predicates")
    first = start + (1 if place.text[start : start + 1] in _SHORT_NOUNS else 2)
    for at in range(first, end):
        if predicates.beginning(place.text, at, end):
            noun, end = place.text[start:at], at
            break
    noun = _ending_in_noun(noun)
    return Thing(noun, start, start + len(noun), _said(place, end) if noun else "")


def _done_by_itself(place: Place, words: str) -> bool:
    """Tell whether the words are what was done and not a noun that begins with a verb: 上市公司."""
    if place.quantity.unit == "人":
        return not words.endswith(_PEOPLE)
    return place.previous is not None and words.startswith(("完成", "实现", "达到", "通过"))


def _ending_in_noun(noun: str) -> str:
    """Return the noun without an adverb at its end."""
    for adverb in ("全部", "均", "都", "已", "将", "等", "初步", "圆满", "加速", "加快", "免费"):
        if noun.endswith(adverb) and len(noun) > len(adverb) + 1:
            return noun[: -len(adverb)]
    if noun.endswith("有") and len(noun) > 2 and noun[-2] not in "国所私公共":
        return noun[:-1]  # 31户县属企业有26户完成改制
    return noun


def _said(place: Place, at: int) -> str:
    following = place.following
    if following is not None and not follows_for_whom(place):
        return ""
    stop = following.start if following is not None else place.clause.end
    tail = without_times(place.text, at, stop, place.times)
    mark = _MARK.search(tail)
    tail = tail[: mark.start()] if mark else tail
    bare = _ADVERBS.sub("", tail)
    predicates = word_set("indicators", "predicates")
    for joint in (n for n, char in enumerate(bare) if char == "、"):
        if predicates.beginning(bare, joint + 1):
            bare = bare[:joint]  # 远离了危险、搬进了新居
            break
    if len(bare) > _LONGEST or bare.endswith(("的", "和", "与", "超")):
        return ""
    whole = bare in predicates or bare in word_set("status", "finished")
    if len(bare) < _SHORTEST and not whole:
        return ""
    # behind an adverb there is a verb, whichever it is
    bare = _OWN_PLACE.sub("", bare)
    return tidy(bare) if bare != tail or predicates.beginning(bare, 0) else ""


def bare_noun(name: str) -> str:
    """Return the thing alone of a name that says more of it: 许可事项 of 实行告知承诺的许可事项."""
    noun = name.rpartition("的")[2] or name
    done = word_set("status", "finished").beginning(noun, 0)
    return noun[len(done) :] if len(noun) > len(done) + 1 and noun[len(done)] != "区" else noun


def follows_for_whom(place: Place) -> bool:
    """Tell whether the things counted are those for whom something is done: 为5万名职工追回欠薪."""
    return place.text.endswith(_FOR_WHOM, place.begin, place.quantity.start)


def without_receiver(place: Place, name: str) -> str:
    """Return the name without those for whom it was done: 为5万名职工追回欠薪6亿元 is about 追回欠薪."""
    previous = place.previous
    if previous is None or previous.type != "count":
        return name
    if not place.text.endswith(_FOR_WHOM, place.clause.start, previous.start):
        return name
    predicates = word_set("indicators", "predicates")
    at = next((n for n in range(2, len(name) - 1) if predicates.beginning(name, n)), 0)
    return name[at:]
