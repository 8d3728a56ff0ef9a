"""The names of what is counted, and of the sizes of projects: the noun stands behind the number."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import Name, trim_left, without_times
from jiaozhu.extraction.metrics.nominal import lists_members
from jiaozhu.extraction.metrics.place import Place, word_set

_NOTHING = Name("")
_EACH = re.compile(r"每(?:年|月|季度|周|天|个?[一-鿿]{1,4})$")
_SHORT_LIST = 14  # how long “企呼我应”等 before a count may be to belong to the name
#: What the things counted did, said behind them: 9项经验在省报刊发.
_TOLD = re.compile(
    r"(?P<noun>[^的在]{2,10}?)(?P<what>在[^的]{1,16}(?:刊发|发表|推广|推介|展出|播出|交流|上市|落户|挂牌))"
)
_ADVERBS = re.compile(r"^(?:全部|均|都|已经|已|正式|顺利|陆续|相继|先后|成功)+")
#: What things counted have become, said behind them.
_WON = re.compile(
    r"(?P<what>(?:入选|获评|获批|荣获|列入|列为|跻身|进入|被评为|被列为|被授予|被认定为|被确定为)[^,;。:]{2,24})"
)
_JOINTS = "、和及与"
_MEMBER = re.compile(r"(?:[、]|和|与|及|以及)(?=[^、和与及]*$)")


def name_counted(place: Place, shared_verb: str, last: str) -> Name:
    """Return the noun behind the number, with the verb or the example that belongs to it.

    `shared_verb` got the things counted before in the same list (新增幼儿园6所、床位420张); `last` is
    what they are called.
    """
    noun, start, end = place.noun_after()
    if not noun:
        return _NOTHING
    verb = _verb_before(place) or _verb_of_members(place)
    if verb:
        return Name(verb + noun)
    if word_set("indicators", "parts").beginning(noun, 0) and (whole := _whole(place, last)):
        return Name(whole + noun)
    if told := _TOLD.fullmatch(noun):
        return Name(f"{told['what']}的{told['noun']}")  # 9项经验在全国推广
    tail = _ADVERBS.sub("", without_times(place.text, end, place.clause.end, place.times))
    finished = word_set("status", "finished").beginning(tail, 0)
    if tail and (finished == tail or tail in ("集中开工", "集中投产")):
        return Name(tail + noun)  # 11个重点项目竣工投产
    if won := _WON.fullmatch(tail):
        return Name(f"{won['what']}的{noun}")  # 4所高职院校入选国家计划
    lead = place.phrase.name
    first = place.text[place.clause.start : place.quantities[0].start]
    if shared_verb and shared_verb in first and place.text[place.quantity.start - 1] in _JOINTS:
        return Name(shared_verb + noun)  # 建成74个村级服务中心、93个农家书屋
    if place.previous is None and place.text[place.quantity.start - 1] in _JOINTS:
        # 建成市流浪未成年人救助中心、儿童福利院和29个五保村
        words = trim_left(place.text[place.begin : place.quantity.start])
        if begun := word_set("claims", "verbs", "achieving").beginning(words, 0):
            return Name(begun + noun)
    if place.previous is not None and (joint := _MEMBER.search(lead)):
        lead = lead[joint.end() :]  # 11项改革和“企呼我应”等178项任务
    if lead.endswith("等") and len(lead) <= _SHORT_LIST:
        return Name(lead + noun)
    if shared_verb and not lead:
        return Name(shared_verb + noun)
    return Name(noun, start, end)


def _verb_of_members(place: Place) -> str:
    """Return the verb that gets the members listed before their number: 创建南雁、南麂两大景区."""
    if not lists_members(place.text[place.begin : place.quantity.start], int(place.quantity.value)):
        return ""
    words = trim_left(place.text[place.begin : place.quantity.start])
    return word_set("claims", "verbs", "achieving").beginning(words, 0)


def _whole(place: Place, last: str) -> str:
    """Return what has the parts that are counted: 国贸改革5大领域18个方面 are parts of 国贸改革."""
    if place.begin == place.clause.start:
        return place.phrase.name
    ending = word_set("indicators", "parts").ending(last, len(last))
    return last[: len(last) - len(ending)] if ending else ""


def name_of_size(place: Place) -> Name:
    """Return whose size it is: 总投资46亿元的新材料产业园 speaks of 新材料产业园总投资."""
    if not place.text.startswith("的", place.quantity.end, place.clause.end):
        return _NOTHING
    phrase = place.phrase.name
    sizes = word_set("status", "sizes", "always"), word_set("status", "sizes", "before_de")
    size = max((words.ending(phrase, len(phrase)) for words in sizes), key=len)
    if not size:
        return _NOTHING
    following = place.following
    at = place.quantity.end + 1
    if following is not None and following.start == at:
        at = following.end  # 总投资550亿元的29个项目
    noun, _, _ = place.noun_after(at)
    lead = phrase[: len(phrase) - len(size)]
    if lead and not lead.endswith(("等", "批")):
        lead = ""
    return Name(lead + noun + size) if noun else _NOTHING


def _verb_before(place: Place) -> str:
    """Return the verb that gets the things counted, right before the number: 新引进, 每年打造."""
    text, end = place.text, place.quantity.start
    verb = word_set("claims", "verbs", "achieving").ending(text, end, place.begin)
    if not verb:
        return ""
    start = end - len(verb)
    if verb[0] != "新" and start > place.begin and text[start - 1] == "新":
        start -= 1
    each = _EACH.search(text, place.begin, start)
    if each and each.group() in ("每年", "每月", "每季度", "每周"):
        start = each.start()
    return text[start:end]
