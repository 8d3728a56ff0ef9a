"""The names of ranks and streaks: what holds the place, and among whom."""

from __future__ import annotations

import re

from jiaozhu.extraction.metrics.indicators import trim_left, without_times
from jiaozhu.extraction.metrics.place import Place

#: What leads from the thing measured to its rank: 增幅均排全区, 进入全国.
_RANKED = re.compile(
    r"(?:均|都|分别|持续|继续|连续|稳|双双|再次|首次)*"
    r"(?:保持|位居|位列|名列|居(?![民住家])|列(?!车|入)|排名(?:在)?|排在?(?![放水污])|进入|跻身|跃居|跃升至|跃升到|攀升至|攀升到|提升至|提升到|上升至|升至|升到|上升到|上升为|前移至|前移到|夺得?)"
    r"(?:[^,。;、]|[(][^)]*[)]){0,14}$"
)
#: What a rank without a number says before one with a number: 居全省前列、温州第一.
_IN_FRONT = re.compile(
    r"(?:均|都|分别|稳)*(?:位居|居|列|处于|走在)[^,。;、]{0,6}(?:前列|首位|前茅|榜首)[、,和].{0,8}$"
)
_WHOLE = re.compile(
    r"(?:全国|全省|全市|全区|全县|全州|全球|世界|国内|省内|市内|区内|西部|中部|东部|内地)(?:各?县?[(][^)]*[)]|各[省市县区]+|县级市|同类[^,。;、]{1,6}|沿海[^,。;、]{1,4})?$"
)
_SCOPE = re.compile(
    r"(?:[^,。;、居列排名在等“(]{0,8}?[省市县区州国界]|"
    r"[^,。;、居列排名在等“(]{0,8}(?:赛道|领域|行业|榜|城市|园区))(?:各?县?[(][^)]*[)]|各[省市县区]+|同类[^,。;、]{1,6}|[^,。;、居列排名]{0,4})?$"
)
_AMONG_COUNTED = re.compile(
    r"在(?P<scope>[^,。;、\d]{0,6})[\d一二三四五六七八九十百]+个[^,。;]{1,14}[中里](?:排名?|列|居|位居)?$"
)
_OF_THE_LAST = re.compile(r"(?:总量|增速|增幅|规模|总规模|人均|数量|总数|位次|占比)")
#: What a streak without a subject says of the figure before: 连续6个季度增速全省第一.
_OF_THE_SAME = re.compile(
    r"增速|增幅|总量|正增长|增长|下降|上升|位居|位列|居|列|高于|低于|快于|保持|稳|全[国省市县区]|只减|实现[正双]"
)
_GROWTH = re.compile(r"增速|增幅|涨幅")
_PLACED = re.compile(r"高于|低于|快于|全[国省市县区]")
#: 连续四个季度保持正增长, 连续六年位列全省第一: that it holds is said by the streak.
_HOLDS = re.compile(r"^(?:均|都)?(?:保持|位列|位居|居于?|列|实现)(?=正|全|[^,。;、]{2,8}(?:第|首|前))")
_LONGEST_REST = 2  # 增速均, 总量继续
#: 经济总量在全省仅列第三十八位
_AMONG_ALL = re.compile(r"(?:在|从|由)?(?:全国|全省|全市|全区|全县|世界|全球)?(?:仅|只|仍)*$")


def scope_of(place: Place) -> str:
    """Return among whom a rank is held, as written: 全省, 国内细分赛道; "" if it is not said."""
    among = _AMONG_COUNTED.search(place.before) if place.previous is not None else None
    if among:
        return among["scope"]
    words = place.text[place.begin : place.quantity.start].rstrip("夺得排名列居第在的仅只 ")
    match = _WHOLE.search(words) or _SCOPE.search(words)
    if not match:
        return ""
    scope = match.group()
    return re.sub(r"^.*(?:位居|居|列|排名|进入|跻身|保持|为)", "", scope)


def name_ranked(place: Place, last: str, last_is_growth: bool) -> str:
    """Return what is ranked and among whom: GDP增速全省排名; `last` names the figure before."""
    among = _AMONG_COUNTED.search(place.before) if place.previous is not None else None
    if among:  # 增速在全省90个县里排第三
        own = trim_left(place.before[: among.start()]).strip(",、;。 ")
        core = last + own if _of_the_last(own) else own or last
        return core + among["scope"] + "排名"
    words = trim_left(without_times(place.text, place.begin, place.quantity.start, place.times))
    words = words.strip(",、;。 ")
    scope = scope_of(place)
    core = _RANKED.sub("", _IN_FRONT.sub("", words)).rstrip("“,、和 ")
    if core == words.rstrip("“,、和 ") and scope and core.endswith(scope):
        core = core[: len(core) - len(scope)]
    core = _AMONG_ALL.sub("", core)
    if _of_the_last(core) and last:
        core = last + core
    elif not core or core in ("均", "都", "持续", "并", "总体"):
        core = last + ("增速" if last and last_is_growth and not _GROWTH.search(last) else "")
    if place.text[place.quantity.start] == "前" and not place.ends_phrase:
        noun, _, _ = place.noun_after()
        core += noun  # …等国内细分赛道前三企业
    return core + scope + "排名"


def name_streak(place: Place, last: str, *, grown: bool) -> str:
    """Return what goes on without a break: 增速全省第一, 夺得流动红旗; `last` grew by the figure before."""
    rest = _HOLDS.sub("", place.after.strip(",、 ").removeprefix("”"))
    words = trim_left(without_times(place.text, place.begin, place.quantity.start, place.times))
    own = words.strip("“”,、;。 ")
    if _of_the_last(own) and last:
        own = last + own
    if rest and not own and _OF_THE_SAME.match(rest):
        own = last + ("增速" if grown and _PLACED.match(rest) and not _GROWTH.search(last) else "")
    return own + rest


def _of_the_last(own: str) -> bool:
    """Tell whether the words only say what of the figure before is meant: 增速, 总量."""
    part = _OF_THE_LAST.match(own)
    return part is not None and len(own) <= part.end() + _LONGEST_REST
