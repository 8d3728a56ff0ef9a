"""What a metric is the measure of: its kind, the basis of a change, and its sign (guideline, section 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from jiaozhu.extraction.metrics.indicators import kind_of_name
from jiaozhu.extraction.metrics.place import Place
from jiaozhu.extraction.times.periods import TimeExpression


class Kind(NamedTuple):
    """Kind, basis (growth and change only) and the sign of the value."""

    kind: str
    basis: str | None
    sign: int


_PART_OF = re.compile(r"占(?:[^,。]{0,16}(?:的|比重|比例|比))?[^,。]{0,4}$")
_GROWTH_AFTER = re.compile(r"(?:左右|以上)?的?(?:年均|平均)?[一-鿿]{0,4}?(?:增[速长幅]|涨幅|速度)")
_YEAR = r"(?:(?:19|20)?\d{2}|[一二][〇零一二三四五六七八九]{3}|[〇零一二三四五六七八九]{2})年"
_SINCE = re.compile(
    rf"(?:较|比|与|同)(?P<year>{_YEAR})(?!代)|累计(?:增长|下降)|(?:较|比)(?:年初|解放前|战前|前五年|“?[一二三四五六七八九十]{{1,2}}五)"
    r"|(?<!连续)(?<![\d第])(?:[两三四五]|\d)年(?:间|来)?(?:累计|共|总)?(?:增长|下降)"
)
_EACH_YEAR = re.compile(
    r"(?<![今去上前当])年均(?!浓度|值|气温|降水|降雨|水平|价格|气压)|(?<![今去上前当\d〇零○一二三四五六七八九])年平均(?!浓度|气温|降水|值)"
    r"|平均每年|每年平均|每年递增|年递增|每年(?:都)?(?:以|增长|提高|增加|下降|减少)"
)
#: Said of one year, whatever stretch of years governs: 连续三年保持8%以上的增速.
_YEARLY = re.compile(r"同比|比(?:上|去)一?年|较(?:上|去)一?年|增速|增幅|增长(?:速度|率)|涨幅|连续")
_COMPARED_LEAD = re.compile(r"相比|比较")
#: 是过去五年总和的60%, 相当于1978年的60%.
_OF_YEARS = re.compile(r"(?:[是为达到]|等于|相当于)[^,;由从]{0,14}(?:总和|水平|年)的$")
_FROM = re.compile(r"[由从][^,;]{0,16}$")
_TO = re.compile(r"(?:增|提|升|上|扩|减|降|下|回|跃|缩|收)[一-鿿]{0,2}[到至为]")
_PARTS = re.compile(r"半|(?<!百)分之")
_QUARTER = 2  # months from the first of a quarter to its last
_AROUND = 32  # how far before a number its basis is looked for
_OTHER_PLACE = re.compile(r"高于|低于|快于|慢于|领先|高出|比(?:全国|全省|全市|全区|承诺|计划|预期|目标)")
_BELOW = re.compile(r"(?<![不未得能应可])(?:低于|慢于|少于|落后于?)[^,。高快]{1,12}$")
_CUTS = re.compile(r"减少|压减|压缩|削减|降低|缩减|精简")  # 减少办事材料三成
_VITAL_RATES = ("出生率", "死亡率")  # per mille of the people: neither a share nor growth


def kind_of(
    place: Place, name: str, movement: str, over: TimeExpression | None = None, compared: str = ""
) -> Kind:
    """Return kind, basis and sign of the metric; `movement` is up, down, to or "".

    `over` is what governs the metric, `compared` the period that its sentence compares it with.
    """
    kind, basis, sign = _kind_of(place, name, movement)
    if basis == "mom" and over and over.period:
        months = int(over.period[16:18]) - int(over.period[5:7])
        basis = "qoq" if months == _QUARTER else "mom"  # 四季度环比上升
    if basis in ("yoy", "cumulative") and over and over.period:
        basis = _basis_over(place, basis, over, compared)
    return Kind(kind, basis, sign)


def _basis_over(place: Place, basis: str, over: TimeExpression, compared: str) -> str:
    """Return the basis of a change over a period: of one against the year before it is year on year."""
    first, _, last = (over.period or "").partition("/")
    words = place.text[max(place.clause.start, place.quantity.start - _AROUND) : place.quantity.start]
    since = _SINCE.search(_lead(place) + words)
    written = since["year"] if since else None
    if written or (compared and not _YEARLY.search(words)):
        year = _year(written) if written else int(compared[:4])
        if year and first[:4] == last[:4]:
            return "yoy" if year == int(last[:4]) - 1 else "cumulative"
        return "cumulative"
    if basis == "yoy" and first[:4] != last[:4] and not _YEARLY.search(words + place.after[:4]):
        return "cumulative"
    return basis


def _year(written: str) -> int:
    """Return the year that 2019年 or 一九五四年 means, 0 if it leaves out the century."""
    digits = written.removesuffix("年").translate(_DIGITS)
    return int(digits) if len(digits) == 4 and digits.isascii() else 0


_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def _kind_of(place: Place, name: str, movement: str) -> Kind:
    """Return kind, basis and sign as the words about the figure tell them."""
    quantity = place.quantity
    around = _lead(place) + place.text[max(place.clause.start, quantity.start - _AROUND) : quantity.start]
    if not movement and (_BELOW.search(around) or _CUTS.match(place.phrase.name)):
        movement = "down"
    sign = -1 if movement == "down" else 1
    match quantity.type:
        case "point":
            return Kind("change", _basis(around, change=True), sign)
        case "digits" if (
            movement == "to"
            and (kind_of_name(name) not in ("growth", "level") or name.endswith("数"))
            and not (_GROWTH_AFTER.match(place.after))
        ):
            quantity.unit = None  # 院士突破两位数 counts
            return Kind("count", None, 1)
        case "percent" | "digits":
            kind = _kind_of_percent(place, name, movement, around)
            return Kind("growth", _basis(around), sign) if kind == "growth" else Kind(kind, None, 1)
        case "multiple":
            if movement in ("up", "down") or place.text[quantity.start] == "翻":
                return Kind("growth", _basis(around), sign)
            return Kind("ratio", None, 1)
        case "rank" | "streak":
            return Kind(quantity.type, None, 1)
    if quantity.type == "count" and not place.ends_phrase and around.endswith("新增"):
        return Kind("count", None, 1)  # 新增1个百强县
    if quantity.type == "measure" and not place.ends_phrase and around.endswith(("提升", "改造提升")):
        return Kind("level", None, 1)  # 新建提升310公里农村公路
    if (
        movement in ("up", "down")
        and place.phrase.verbs
        and not place.phrase.name.startswith(("新增", "净增"))
    ):
        return Kind("change", _basis(around, change=True), sign)
    if quantity.type in ("count", "big"):
        return Kind("ratio" if quantity.unit and "/" in quantity.unit else "count", None, 1)
    return Kind("level", None, 1)


def _lead(place: Place) -> str:
    """Return the clause before if it only says what is compared: 与一九五二年相比,工业产值增长…"""
    if not place.index:
        return ""
    before = place.clauses[place.index - 1]
    words = place.text[before.start : before.end]
    compares = before.sentence == place.clause.sentence and len(words) <= _AROUND
    return words if compares and _COMPARED_LEAD.search(words) else ""


def _kind_of_percent(place: Place, name: str, movement: str, around: str) -> str:
    head, verbs = kind_of_name(name), place.phrase.verbs
    if name.endswith(_VITAL_RATES) and movement in ("to", ""):
        return "ratio"  # 人口出生率14.33‰
    if head == "index" and movement in ("to", ""):
        return "level"
    if head == "share" and movement in ("to", ""):
        return "share"
    if _OF_YEARS.search(around):
        return "ratio"
    moves_from = _FROM.search(around) is not None
    if moves_from and head != "growth" and movement not in ("up", "down") and _TO.match(place.after):
        return "share"  # 从一九五○年的百分之三十增加到…
    if around.endswith("的") and head != "growth" and not moves_from:
        return "share"  # 完成年度任务的91.3%
    if movement in ("up", "down") or head == "growth" or place.quantity.type == "digits":
        return "growth"
    if _GROWTH_AFTER.match(place.after):
        return "growth"
    if _PART_OF.search(around) or head == "share":
        return "share"
    if place.after[:1] == "的" or place.after.startswith("以上的") or not place.ends_phrase:
        return "share"  # 完成80%以上的治理任务
    if head in ("level", "people"):
        if name.endswith(("强度", "水平")):
            return "share"
        return "share" if movement == "to" and verbs.endswith(("达", "达到", "为", "占")) else "growth"
    if _PARTS.search(place.text, place.quantity.start, place.quantity.end):
        return "share"  # 其中半数已投产
    if around.endswith("了") and not movement:
        return "share"  # 治疗了百分之七十
    if place.quantity.start == place.clause.start and place.after:
        return "share"  # 87%用于民生
    return "share" if movement == "to" and name else "growth"


def _basis(around: str, *, change: bool = False) -> str:
    """Return what a growth or change is reckoned from; year on year is the default of the genre."""
    if _EACH_YEAR.search(around):
        return "cagr"
    if "环比" in around or "比上季" in around or "比上月" in around:
        return "qoq" if "季" in around else "mom"
    if _SINCE.search(around):
        return "cumulative"
    if change and _OTHER_PLACE.search(around):
        return "other"
    return "yoy"
