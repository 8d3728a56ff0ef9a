"""Figures that compare the one before with something else: a gap, a ratio, the part of a plan done."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.place import Place

_ADVERB = r"(?:均|分别|也|又|继续|仍|还|只|仅)*"
#: 高于全省3个百分点: the difference between the figure before and another place's or a plan's.
_GAP = re.compile(
    _ADVERB + r"(?:高于|低于|高出|低|快于|慢于|领先)(?P<place>[^,。;、]{1,10}?)(?:水平)?(?:约|近)?"
    r"|比(?P<other>[^,。;、]{1,10}?)(?:水平)?(?:高|低|快|慢)(?:出|约|近)?"
)
#: 是上年的1.5倍, 仅为全省平均水平的九成, 相当于1952年的三倍.
_RATIO = re.compile(
    r"(?:是|为|相当于|达到?|等于)(?:了)?(?P<base>(?:上年|去年|前年|全国|全省|全市|全县|全球|世界|同期|过去|历年|\d{4}年|[一二][〇零一二三四五六七八九]{3}年"
    r"|解放前|战前|改革|[^,。;、的]{0,8}(?:平均|水平|总和|时期|同期|年|末|初))[^,。;、的]{0,8})的$"
)
#: 完成年度任务的91.3%, 不低于年度计划的55%, 占年度计划的60%.
_PLAN = re.compile(
    r"(?P<how>完成|占|达到|达|为|是|超过|超额完成|不低于|不少于)?(?:了)?(?P<plan>(?:全年|年度|年初|年|预算|原|国家|年)?(?:目标)?(?:任务|计划|目标|预算|指标)(?:数|任务)?)的?$"
)
_RATES = ("率", "比重", "占比", "增速", "增幅")


def name_gap(place: Place, last: str, *, grown: bool) -> str:
    """Return the name of a gap to the figure before, which was the growth of `last` if `grown`; or ""."""
    words = place.text[place.begin : place.quantity.start].lstrip(",、;并且 ")
    gap = _GAP.fullmatch(words)
    if not gap or not last or place.quantity.type != "point":
        return ""
    growth = "增速" if grown and not last.endswith(_RATES) else ""
    return f"{last}{growth}与{gap['place'] or gap['other']}之差"


def part_of_plan(place: Place) -> tuple[str, str]:
    """Return the words before 分别完成年计划的 and the part of the plan; else the name and ""."""
    name = place.phrase.name
    if not name or place.quantity.type != "percent" or place.text[place.quantity.start - 1] != "的":
        return name, ""
    plan = _PLAN.search(name)
    if not plan or not plan["how"]:
        return name, ""
    return name[: plan.start()].removesuffix("分别"), _done(plan)


def _done(plan: re.Match[str]) -> str:
    done = "完成" if "完成" in plan["how"] else "占"
    return f"{done}{plan['plan']}比例"


def name_ratio(place: Place, last: str) -> str:
    """Return the name of a ratio to another time or place, or of the part of a plan that is done; or ""."""
    if place.quantity.type not in ("percent", "multiple") or place.text[place.quantity.start - 1] != "的":
        return ""
    words = place.text[place.begin : place.quantity.start].lstrip(",、;并且 ")
    if ratio := _RATIO.search(words):
        own = words[: ratio.start()].rstrip("均分别也又继续仍还只仅就已经")
        base = ratio["base"].removeprefix("了")
        return f"{own or last}与{base}之比" if own or last else ""
    if (plan := _PLAN.search(words)) and plan["how"]:
        own = words[: plan.start()].rstrip("均分别也又继续仍还只仅就已经")
        return (own or last) + _done(plan) if own or last else ""
    return ""
