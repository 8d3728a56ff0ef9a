"""The names of what is counted, and of the sizes of projects: the noun stands behind the number."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import Name
from jiaozhu.extraction.metrics.place import Place, word_set

_NOTHING = Name("")
_EACH = re.compile(r"每(?:年|月|季度|周|天|个?[一-鿿]{1,4})$")
_SHORT_LIST = 14  # how long “企呼我应”等 before a count may be to belong to the name
_MEMBER = re.compile(r"(?:[、]|和|与|及|以及)(?=[^、和与及]*$)")


def name_counted(place: Place, shared_verb: str) -> Name:
    """Return the noun behind the number, with the verb or the example that belongs to it.

    `shared_verb` got the things counted before in the same list (新增幼儿园6所、床位420张).
    """
    noun, start, end = place.noun_after()
    if not noun:
        return _NOTHING
    verb = _verb_before(place)
    if verb:
        return Name(verb + noun)
    finished = word_set("status", "finished").beginning(place.text, end, place.clause.end)
    tail = place.text[end : place.clause.end]
    if tail and (finished == tail or tail in ("集中开工", "集中投产")):
        return Name(tail + noun)  # 11个重点项目竣工投产
    lead = place.phrase.name
    if place.previous is not None and (joint := _MEMBER.search(lead)):
        lead = lead[joint.end() :]  # 11项改革和“企呼我应”等178项任务
    if lead.endswith("等") and len(lead) <= _SHORT_LIST:
        return Name(lead + noun)
    if shared_verb and not lead:
        return Name(shared_verb + noun)
    return Name(noun, start, end)


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
