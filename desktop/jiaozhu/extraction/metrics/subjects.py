"""What a figure is about when the words for it stand in the clause before: 推进环城公路建设,完成投资3亿元."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import kind_of_name, members, tidy, trim_left, without_times
from jiaozhu.extraction.metrics.place import Place, word_set

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿]+[个项家座条名人户万亿元%]")
#: What a thing that is being built ends in.
_BUILT = re.compile(
    r"(?:项目|工程|建设|[一二三四]期|大桥|隧道|公路|铁路|高速|高铁|机场|航道|电站|园区?|中心|基地|医院|学校|校区|院区|水库|码头|泊位|港区?|线|厂|改造|治理)$"
)
#: What is said of it behind: 风电项目一期全面开工.
_GOES_ON = re.compile(
    r"(?:(?:正在|已经?|全面|加快|顺利|有序|稳步|扎实|全力|陆续|相继|正式|提前|如期|抓紧)+(?:建设|推进|实施|开工|启动|开展|施工|投产|竣工|完工)?"
    r"|(?:开工建设|建成投产|竣工投产|进展顺利|快速推进|开工|投产|竣工|完工|启动))$"
)
_SHORTEST, _LONGEST = 3, 20


def subject_before(place: Place) -> str:
    """Return the name of an indicator that the clause before is: …占投资的比重,由40%提高到45%; or ""."""
    words = _words_before(place)
    name = tidy(trim_left(words)).replace("的比重", "比重")
    return name if _SHORTEST <= len(name) <= 2 * _LONGEST and kind_of_name(name) else ""


def members_before(place: Place, number: int) -> list[str] | None:
    """Return the names that the clause before lists: 城镇和农村居民收入,2000年分别达到6280元和2253元."""
    name = tidy(trim_left(_words_before(place)))
    return members(name, number) if name and kind_of_name(name) else None


def thing_before(place: Place) -> str:
    """Return the thing built that the clause before speaks of, so that its investment has an owner; or ""."""
    words = _GOES_ON.sub("", _words_before(place))
    name = tidy(trim_left(words))
    verbs = word_set("claims", "verbs", "continuing"), word_set("claims", "verbs", "achieving")
    while verb := max((one.beginning(name, 0) for one in verbs), key=len):
        name = name[len(verb) :]
    name = name.removeprefix("了").removeprefix("的")
    return name if _SHORTEST <= len(name) <= _LONGEST and _BUILT.search(name) else ""


def _words_before(place: Place) -> str:
    """Return the words of the clause before, if it belongs to the sentence and states no figure."""
    if not place.index or place.begin > place.clause.start:
        return ""
    before = place.clauses[place.index - 1]
    if before.sentence != place.clause.sentence or before.mark != "," or before.heading:
        return ""
    if before.end - before.start > 3 * _LONGEST:
        return ""
    words = without_times(place.text, before.start, before.end, place.times_before)
    return "" if _NUMBER.search(words) else words
