"""The names of money and of output whose noun stands behind the number, or is short of a word."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import Name, kind_of_name
from jiaozhu.extraction.metrics.nominal import MARKS_REACHED
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.metrics.relative import read_thing
from jiaozhu.extraction.numbers.quantities import Quantity

_NOTHING = Name("")
#: 设立5亿元产业基金: how large it is.
_FOUNDED = ("设立", "组建", "成立", "建立")
#: 中央财政安排109亿元: who spends names the sum; alone, what is done names it: 筹措资金.
_SPENT = re.compile(r"(?:安排|投入|下达|拨付)$")
_GATHERED = ("筹措", "筹集", "投入", "拨付", "下达", "统筹")
_PURSE = re.compile(r"(?:财政|预算|中央|国务院|地方|省级|市级|县级)$")
#: 生产原煤65亿吨 is the output of 原煤.
_MADE = re.compile(
    r"(?P<owner>.*?)(?P<yearly>年)?(?<![增减投停限量])(?:生产|产)(?P<what>[^、和的量值能出业品]{1,8})"
)
_LISTED = re.compile(
    r"(?P<lead>.*?)的?主要[^、,有]{0,4}?(?P<head>(?:生产|加工|开采)能力|产量)(?:有|是|为)(?P<what>.+)"
)
_AT = re.compile(r"[按以](?:照|不低于|不超过|不少于)?$")
_RATE = re.compile(r"的(?:幅度|比例|速度|增幅|降幅)(?P<done>[^,。;、的]{3,16})")
_LEADS_NEW = re.compile(r"新增加?的?[^,。;、:]{0,8}能力(?:有|是|为|包括)?:?$")
_LONGEST_LEAD = 24
_LENGTHS = ("公里", "千米", "米", "亩", "公顷", "平方公里", "平方米")
_LONGEST_PRODUCT = 6


def leads_new(place: Place) -> bool:
    """Tell whether the clause before leads a list of new capacity: 新增加的主要生产能力有:."""
    before = place.clauses[place.index - 1] if place.index else None
    if before is None or before.mark != ":" or before.sentence != place.clause.sentence:
        return False
    return (
        _LEADS_NEW.search(place.text, max(before.start, before.end - _LONGEST_LEAD), before.end) is not None
    )


def as_new(name: str) -> str:
    """Return the name of new capacity: 原煤开采 is 新增原煤开采能力, 公路 is 新增公路."""
    full = name + "能力" if name.endswith(("开采", "洗煤", "加工", "吞吐")) else name
    return full if full.startswith("新") else "新增" + full


def name_money(place: Place) -> Name:
    """Return the name of a sum by the noun behind it or by who spends it; empty if its words name it."""
    name, verbs = place.phrase.name, place.phrase.verbs
    achieving, continuing = (word_set("claims", "verbs", key) for key in ("achieving", "continuing"))
    alone = not name or name in continuing or name in achieving
    verb = name if name in achieving else achieving.ending(name, len(name)) if name else ""
    if not place.ends_phrase and (alone or verb or _SPENT.search(verbs)):
        thing = read_thing(place)
        noun = thing.noun
        if noun and noun[0] not in "的以" and not noun.startswith(MARKS_REACHED):
            if name in _FOUNDED and noun.endswith("基金"):
                return Name(noun + "规模")
            effect = word_set("indicators", "effects").ending(place.text, place.quantity.start, place.begin)
            if effect and effect not in continuing:
                return Name(effect + noun)  # 带动4200亿元银行贷款
            if not name or name in continuing:
                return Name(noun, thing.start, thing.end)  # 用好1800亿元引导基金
            if word_set("indicators", "sums").ending(noun, len(noun)):
                who = "" if _SPENT.fullmatch(verb) else name
                return Name((name if _SPENT.search(verbs) else who) + noun)
    if _SPENT.search(verbs) and _PURSE.search(name):
        return Name(name + "资金")
    if name in _GATHERED:
        return Name(name + "资金")
    return _NOTHING


def name_at_rate(place: Place) -> str:
    """Return what is done at a rate: 按不低于5%的幅度压减一般性支出; or ""."""
    if place.quantity.type != "percent" or not _AT.search(place.text, place.begin, place.quantity.start):
        return ""
    done = _RATE.match(place.text, place.quantity.end, place.clause.end)
    return done["done"] if done else ""


def name_of_output(name: str, last: str, quantity: Quantity) -> str:
    """Return the name of an output in full: 生产原煤 is 原煤产量, and so is 棉花 after 粮食产量."""
    if quantity.type != "measure" or quantity.unit in _LENGTHS:
        return name
    if listed := _LISTED.fullmatch(name):
        return (
            listed["lead"].replace("新增加", "新增") + listed["what"] + listed["head"]
        )  # 新增的主要生产能力有煤炭2714万吨
    short = len(name) <= _LONGEST_PRODUCT and not kind_of_name(name) and not name.endswith(("量", "力", "度"))
    if short and last.endswith("生产能力"):
        return (last[:2] if last.startswith("新增") else "") + name + "生产能力"
    if (made := _MADE.fullmatch(name)) and len(made["owner"]) != 1:
        return f"{made['owner']}{made['what']}{made['yearly'] or ''}产量"
    if name in word_set("indicators", "products"):
        return name + "产量"  # 钢达到6124万吨
    if short and last.endswith("产量"):
        return name if word_set("claims", "verbs", "achieving").beginning(name, 0) else name + "产量"
    return name
