"""Which quantities state something that could be checked, by their type (guideline, section 2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.metrics.indicators import kind_of_name
from jiaozhu.extraction.metrics.nominal import (
    MARKS_REACHED,
    SORTING,
    is_capacity,
    is_class,
    is_rhetorical,
    is_threshold,
    lists_members,
    names_programme,
)
from jiaozhu.extraction.metrics.place import Place, word_set
from jiaozhu.extraction.numbers import comparing
from jiaozhu.extraction.numbers.numerals import NUMERAL_CHARS
from jiaozhu.extraction.numbers.quantities import Quantity
from jiaozhu.extraction.places.gazetteer import full_names
from jiaozhu.extraction.stances.stance import Stance

_NEXT_COUNT = re.compile(r"\d+[项个]")
_CLAIM_IN_QUOTES = re.compile(r"[夺居列争]$")
#: 把质量放在首位 ranks nothing.
_PUT_FIRST = re.compile(r"(?:(?:放|摆|置)(?:在|到|于)|把[^,;]{1,20}排在)[^,;]{0,12}$")
_MOVES_FROM = re.compile(r"[由从][^,]{0,4}$")
_ORDINALS = re.compile(r"(?:[、和]第[一二三四五六七八九十\d]{1,2})+")
#: 中断1个多月: the counting word belongs to a length of time.
_LENGTH = re.compile(r"(?:多|半)(?:月|小时|星期|季度|工作日|学期|世纪)")
_HAN = re.compile(r"[一-鿿]")
#: How many quantities behind a size may be what it sorts; in gibberish there are thousands.
_REACH = 20
#: Counting words that mean something only as names of parts and steps when a bare numeral precedes.
_SERIES_GAP = 8
_STEPS = frozenset("点字号级层届线路期")
_ORDERED = frozenset("轮批场段片组区")
_AREAS = frozenset("乡村县镇省市区")


def states_something(place: Place) -> bool:
    """Tell whether the quantity states something; may complete its unit (人口达55万 counts 人)."""
    if _is_fixed(place) or _is_condition(place):
        return False
    name = place.names.around(place.quantity.number_start)
    if name and not _claims_in_name(place, name):
        return False
    return _CLAIMS[place.quantity.type](place)


@cache
def _numbered_places() -> Affixes:
    return Affixes(name for name in full_names() if name[0] in NUMERAL_CHARS)


def _is_fixed(place: Place) -> bool:
    """Tell whether the number begins a fixed word or the name of a place: 四套班子, 三门县, 三五成群."""
    text, at, stop = place.text, place.quantity.number_start, place.clause.end + 1
    words = word_set("claims", "fixed")
    return bool(
        words.beginning(text, at, stop)
        or len(words.beginning(text, at - 1, stop)) > 1
        or _numbered_places().beginning(text, at, stop)
    )


def _is_condition(place: Place) -> bool:
    """Tell whether the figure is what a rule depends on: 完成率低于进度5个百分点以上的,由分管副县长约谈."""
    return (
        place.after == "的" and place.clause.mark == "," and place.quantity.comparator not in ("=", "range")
    )


def _claims_in_name(place: Place, name: tuple[int, int]) -> bool:
    """Tell whether a number in quotation marks is a claim: “二十一连冠”, “市内夺第一”."""
    if place.text[name[0]] == "《":
        return False
    if place.quantity.type == "streak":
        return True
    words = place.text[name[0] : place.quantity.start]
    return place.quantity.type == "rank" and bool(_CLAIM_IN_QUOTES.search(words))


def _always(place: Place) -> bool:
    return True


def _percent(place: Place) -> bool:
    if place.before.endswith("前"):
        return False  # 全球前1%学科: a class
    # 百分之百的努力 is a figure of speech
    return place.quantity.value != 100 or not place.after.startswith(("的努力", "的力气", "的信心"))


def _multiple(place: Place) -> bool:
    return place.quantity.unit == "倍" or place.text[place.quantity.start] == "翻"


def _rank(place: Place) -> bool:
    text, quantity = place.text, place.quantity
    at, stop = quantity.end, place.clause.end
    lead = text[quantity.start]
    if lead not in "第前":
        return _PUT_FIRST.search(place.before) is None  # 首位, 之首
    if lead == "第" and text.startswith("次", at):
        if not word_set("claims", "rank_won").beginning(text, at + 1, stop):
            return False
        quantity.type, quantity.unit, quantity.end = "count", "次", at + 1  # 第五次荣获
        return True
    if text[quantity.end - 1] in "位名强":
        # 摆在第一位, 第一位的任务 rank nothing
        first = quantity.value == 1 and text[quantity.end - 1] == "位"
        return not (first and (_PUT_FIRST.search(place.before) or place.after.startswith("的")))
    start = max(place.clause.start, quantity.start - 6)
    if lead == "前":
        if word_set("claims", "rank_not_among").beginning(text, at, stop):
            return False
        return bool(word_set("claims", "rank_among").found_in(text[start : quantity.start]))
    among = _ORDINALS.match(text, at, stop)
    named = among.end() if among else at
    if named < stop and word_set("claims", "rank_after").beginning(text, named, stop):
        return False  # 第三产业; 第一、第二、第三产业
    if at < stop and _HAN.match(text[at]) and text[at] not in "的和并与及":
        return False
    if quantity.start == place.clause.start:
        return at < stop and text[at] != "、"  # 第一,… counts the points of a speech
    if not _HAN.match(text[quantity.start - 1]) and text[quantity.start - 1] not in "()":
        return True
    return bool(word_set("claims", "rank_before").ending(text, quantity.start, start))


def _big(place: Place) -> bool:
    """N大X counts beside the list of its members or inside a series of counts."""
    quantity, following = place.quantity, place.following
    if place.before.endswith("党的") or quantity.value == 1:
        return False  # 党的二十大, 统一大业
    if lists_members(place.before, int(quantity.value)):
        return True
    if place.stance is not Stance.PAST and following and following.type == "count":
        return following.start - quantity.end <= _SERIES_GAP  # 5大领域18个方面97项改革
    if len(place.after) > 12 or place.clause.mark != "," or place.index + 1 >= len(place.clauses):
        return False
    return bool(_NEXT_COUNT.match(place.text, place.clauses[place.index + 1].start))  # 十五大改革,56项…


def _sized(place: Place) -> bool:
    """Tell whether an amount is neither a class (百亿级) nor a threshold (10亿元以上项目)."""
    quantity = place.quantity
    if is_class(place.text, quantity):
        return False
    if quantity.type not in SORTING:
        return True
    following = place.quantities[place.n + 1 : place.n + 1 + _REACH]
    later = any(other.type in ("count", "percent") for other in following)
    previous = place.previous
    counted = previous is not None and previous.type == "count" and previous.end == quantity.start
    return not is_threshold(place.text, quantity, place.clause.end, later, counted)


def _money(place: Place) -> bool:
    quantity = place.quantity
    return _sized(place) and not (quantity.scale_only and quantity.comparator == "=" and not place.before)


def _measure(place: Place) -> bool:
    quantity = place.quantity
    if quantity.weak and quantity.chinese and quantity.scale == 1:
        return False  # 四千亿度 is a measure, 十度 is not always
    if word_set("claims", "located").ending(place.text, quantity.start, place.clause.start):
        return False
    return _sized(place) and not is_capacity(place.text, quantity, place.clause.start, place.clause.end)


def _duration(place: Place) -> bool:
    # a length of time states something only where times are what is measured
    text, quantity, words = place.text, place.quantity, word_set("claims", "durations")
    # 压缩到3个工作日; 从15个工作日压缩到…
    said = words.found_in(text[place.begin : quantity.start]) or (
        _MOVES_FROM.search(place.before) and words.beginning(text, quantity.end, place.clause.end)
    )
    return quantity.unit != "年" and bool(said) and _sized(place)


def _are_people(place: Place) -> bool:
    """Tell whether people are counted without a counting word, and give them one: 450万困难群众."""
    quantity, after = place.quantity, place.after[:10]
    if (quantity.scale_only and quantity.comparator == "=") or "以上" in after:
        return False  # 百万职工; 500万人口以上城市
    if not word_set("claims", "people").found_in(after):
        return False
    households = word_set("claims", "people_in_households").found_in(after)
    quantity.unit, quantity.type = "户" if households else "人", "count"
    return True


def _end_of_list(place: Place) -> Quantity | None:
    """Return the sum or size that ends a list whose members leave out its unit."""
    at = place.quantity.end
    for other in place.quantities[place.n + 1 : place.n + 1 + _REACH]:
        if other.start != at + 1 or place.text[at] not in "、和":
            return None
        if other.type in ("money", "measure"):
            return other
        at = other.end
    return None


def _bare(place: Place) -> bool:
    """A number without a unit: a ratio, an index, or people, told by what it is the number of."""
    text, quantity = place.text, place.quantity
    if quantity.scale > 1 and not place.ends_phrase and _are_people(place):
        return True
    if not _sized(place):
        return False
    if quantity.scale > 1 and (last := _end_of_list(place)):
        quantity.unit, quantity.type = last.unit, last.type
        return True  # 1.28万亿、1.18万亿、8200亿元
    if quantity.scale > 1 and place.after.startswith(MARKS_REACHED):
        people = kind_of_name(place.phrase.name) == "people"
        quantity.unit, quantity.type = ("人", "count") if people else ("元", "money")
        return True  # 突破5000亿大关
    if quantity.scale > 1 and not place.ends_phrase:
        return False
    if quantity.end < place.clause.end and text[quantity.end] not in "、,;:)(和与":
        goes_on = word_set("indicators", "goes_on").beginning(text, quantity.end, place.clause.end)
        if not (goes_on and kind_of_name(place.phrase.name) == "ratio"):
            return False
    name = place.phrase.name
    head = kind_of_name(name)
    if not name and place.previous is not None and place.previous.type == "multiple":
        head = "ratio"  # 收入比由1.71缩小为1.65
    elif quantity.scale > 1 and (person := word_set("claims", "people").ending(name, len(name))):
        households = person in word_set("claims", "people_in_households")
        quantity.unit, quantity.type = "户" if households else "人", "count"  # 惠及农户3.2万
        return True
    if head == "ratio":
        quantity.unit, quantity.type = "倍", "multiple"
    elif head == "people" and quantity.value >= 1000:
        quantity.unit, quantity.type = "人", "count"
    elif head != "index":
        return False
    return True


def _count(place: Place) -> bool:
    text, quantity = place.text, place.quantity
    if not _sized(place):
        return False
    following = text[quantity.end : quantity.end + 1]
    if quantity.scale_only and quantity.comparator == "=":
        # 千名干部 counts; 百家争鸣, 万家灯火, 万户千家 do not
        return (
            quantity.unit in ("名", "亩", "户", "人", "人次", "家")
            and text[quantity.number_start] in "千万"
            and following not in "心"
            and (quantity.end < place.clause.end or quantity.unit == "人次")
        )
    if quantity.unit == "强" or (quantity.weak and quantity.unit in _STEPS):
        # 世界500强, 二期; 举办2届博览会 counts
        held = quantity.unit in "届期" and not quantity.chinese
        return held and bool(
            word_set("claims", "verbs", "achieving").ending(text, quantity.start, place.begin)
        )
    if quantity.unit == "次" and quantity.value == 1 and quantity.chinese:
        return False
    if quantity.unit == "人" and quantity.chinese and quantity.value < 10:
        return False
    if (
        quantity.unit in word_set("claims", "sized_by_count", "units")
        and comparing.behind(text, quantity.end - 2, quantity.end)
        and word_set("claims", "sized_by_count").beginning(text, quantity.end, place.clause.end)
    ):
        return False  # 100人以下企业
    if quantity.unit in _ORDERED and text[quantity.start : quantity.number_end] == "二":
        return False  # 二轮延包: the second, not two
    if quantity.unit == "方面" and quantity.chinese:
        return False  # 政府和企业两方面的积极性
    if quantity.unit == "个" and _LENGTH.match(text, quantity.end):
        return False
    if quantity.unit in _AREAS and quantity.weak and (quantity.chinese or quantity.value < 3):
        return False
    if place.after.startswith("方面") and not _in_series(place):
        return False  # 重点抓好10个方面工作: an announcement, not a count
    if quantity.chinese and quantity.weak and lists_members(place.before, int(quantity.value)):
        # 张三、李四两位副县长 are not counted but named
        return quantity.unit != "位" and not names_programme(text, quantity, place.clause.end)
    return not is_rhetorical(text, quantity, place.clause.start, place.clause.end)


def _in_series(place: Place) -> bool:
    """Tell whether another count stands right beside: 5大领域18个方面97项改革."""
    previous, following = place.previous, place.following
    near = previous is not None and place.quantity.start - previous.end <= _SERIES_GAP
    return near or (following is not None and following.start - place.quantity.end <= _SERIES_GAP)


_CLAIMS: dict[str, Callable[[Place], bool]] = {
    "percent": _percent,
    "point": _always,
    "digits": _always,
    "streak": _always,
    "multiple": _multiple,
    "rank": _rank,
    "big": _big,
    "money": _money,
    "measure": _measure,
    "duration": _duration,
    "bare": _bare,
    "count": _count,
}
