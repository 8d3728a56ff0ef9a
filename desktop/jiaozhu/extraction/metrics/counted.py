"""The names of what is counted, and of the sizes of projects: the noun stands behind the number."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import Name, read_after, trim_left, without_times
from jiaozhu.extraction.metrics.nominal import lists_members
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.metrics.relative import bare_noun, follows_for_whom, read_thing

_NOTHING = Name("")
_EACH = re.compile(r"每(?:年|月|季度|周|天|个?[一-鿿]{1,4})$")
_SHORTEST_SAID = 2
_POOR = re.compile(r"贫|温饱|饮水|住房")
#: What is done with things that are under way: they are planned, and named without it.
_UNDER_WAY = ("推动", "促进", "推进", "加快", "确保", "力争", "抓好")
_SHORT_LIST = 14  # how long “企呼我应”等 before a count may be to belong to the name
_JOINTS = "、和及与"
_BETWEEN = ("", *_JOINTS)
_MEMBER = re.compile(r"(?:[、]|和|与|及|以及)(?=[^、和与及]*$)")


def name_counted(place: Place, shared_verb: str, last: str) -> Name:
    """Return the noun behind the number, with the verb or the example that belongs to it.

    `shared_verb` got the things counted before in the same list (新增幼儿园6所、床位420张); `last` is
    what they are called.
    """
    thing = read_thing(place)
    noun, start, end = thing.noun, thing.start, thing.end
    if not noun:
        return Name(_name_done(place, thing.said, last))
    if noun.endswith("级") and place.following is not None:
        whole = place.noun_after(place.following.end)[0]
        noun += whole.partition("级")[2]  # 20个国家级、19个省级重点县
    listed = lists_members(place.text[place.begin : place.quantity.start], int(place.quantity.value))
    verb = _verb_of_members(place) if listed else _verb_before(place)
    if verb:
        return Name(verb + noun)
    if word_set("indicators", "parts").beginning(noun, 0) and (whole := _whole(place, last)):
        return Name(whole + noun)
    lead = "" if _follows_things(place) else place.phrase.name
    if not thing.said and (said := _said_of_all(place, end)):
        return Name(thing._replace(said=said).name)
    under_way = place.text.endswith(_UNDER_WAY, place.begin, place.quantity.start)
    if thing.said and not under_way and (not lead or lead.endswith("等") or follows_for_whom(place)):
        return Name(thing.name)  # 9项经验在全国推广
    tail = without_times(place.text, place.noun_after()[2], place.clause.end, place.times)
    if tail in ("集中开工", "集中投产"):
        return Name(tail + noun)
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
    if lead.endswith("试点") and place.phrase.movement == "to":
        return Name(lead + noun)  # 合作医疗试点扩大到671个县
    after_count = place.previous is None or place.previous.type in ("count", "big")
    if lead.endswith("等") and len(lead) <= _SHORT_LIST and after_count:
        return Name(lead + noun)
    if shared_verb and not lead:
        return Name(shared_verb + noun)
    return Name(noun, start, end)


def _said_of_all(place: Place, end: int) -> str:
    """Return what is said of all things that are counted in a row: 8个省、213个县建立了低保制度."""
    if place.following is None or place.text[end : place.following.start] not in tuple(_JOINTS):
        return ""
    following = place.next_one()
    return read_thing(following).said if following.quantity.type == "count" else ""


def _follows_things(place: Place) -> bool:
    """Tell whether nothing but the things counted by the figure before stands before this one."""
    previous = place.previous
    if previous is None or previous.type != "count":
        return False
    noun_end = read_after(place.text, previous.end, place.quantity.start, joined=True)[2]
    return place.text[noun_end : place.quantity.start] in _BETWEEN


def _name_done(place: Place, said: str, last: str) -> str:
    """Return whom or what something is said of that has no noun of its own: 其中1项获奖, 8000人脱贫."""
    if not said:
        return ""
    if place.quantity.unit == "人":
        if not _POOR.search(said):
            return said + "人数"
        return said + ("人口" if len(said) <= _SHORTEST_SAID else "的人口")
    among = place.previous is not None or place.text.startswith("其中", place.begin)
    return f"{said}的{bare_noun(last)}" if among and last else said


def _verb_of_members(place: Place) -> str:
    """Return the verb that gets the members listed before their number: 创建南雁、南麂两大景区."""
    at = place.begin + (place.text[place.begin] in ",、 ")
    if chosen := word_set("claims", "verbs_of_choice").beginning(place.text, at):
        return chosen  # 聚焦新材料、生命健康两大产业
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
    end -= text.endswith(("了", "的"), place.begin, end)  # 改造了86个老旧小区, 签约的47个项目
    if standing := word_set("claims", "standing").ending(text, end, place.begin):
        return standing  # 在建的4条生产线
    achieving, paired = word_set("claims", "verbs", "achieving"), word_set("claims", "verbs_in_pairs")
    verb = achieving.ending(text, end, place.begin)
    if not verb:
        return ""
    start = end - len(verb)
    while verb in paired and (other := paired.ending(text, start, place.begin)):
        start -= len(other)  # 新建改建210公里农村公路
    if verb[0] != "新" and start > place.begin and text[start - 1] == "新":
        start -= 1
    each = _EACH.search(text, place.begin, start)
    if each and each.group() in ("每年", "每月", "每季度", "每周"):
        start = each.start()
    return text[start:end]
