"""What may be a quantity, before it is read: the pattern of the one scan over a text."""

from __future__ import annotations

import re
from functools import cache

from jiaozhu.extraction.numbers.numerals import ARABIC, DIGIT_CHARS, NUMERAL_CHARS, SCALE_CHARS
from jiaozhu.extraction.numbers.units import units

_COUNT = rf"(?>{ARABIC}|[{NUMERAL_CHARS}]+)"
_PARTS = rf"(?:{ARABIC}|[{NUMERAL_CHARS}]+(?:点[{DIGIT_CHARS}]+)?)[多余几]?"
#: Behind the first digit of the second part of 三千6百, or behind the 把 of 千把.
_REST_OF_MIXED = rf"(?:(?<=把)[{SCALE_CHARS}]*+|\d*+[{SCALE_CHARS}]++(?:\d++[{SCALE_CHARS}]++)*+)"
#: What a half of is a measure: 半小时, 半亩; 半条街 is none.
_HALF_OF = "个(?:小时|月|工作日|百分点)|小时|天|工作日|年|月|公里|亩"

#: What behind 成 makes it a word of its own: 三成立, 八成功.
NOT_TENTHS = "[立果功员长本效熟品型都绩分批就片交活]"
#: Words for the first rank.
FIRST = "首位(?!度|数)|之首|榜首"

#: The characters that a candidate begins with: looked at first, they make the search eight times as fast.
_FIRSTS = rf"(?=[\d{NUMERAL_CHARS}连持近第前首之榜过半翻个双数几NT])"

#: What stands between the ends of a range.
RANGE_MARKS = "-—–－~～至到"
#: Words that 前 ends and that rank nothing: 提前15天, 目前35家.
_NO_TOP = "提目当此以之底日节事会空超生午"


@cache
def candidate() -> re.Pattern[str]:
    """Return the pattern of all that may be a quantity, in one scan.

    A Chinese numeral needs a unit, a range or a myriad behind it: 一体 and 三是 are left out here already.
    """
    behind = re.escape("".join(units().firsts)) + re.escape(RANGE_MARKS) + "和与"
    return re.compile(
        rf"""{_FIRSTS}(?:
      (?P<streak>连续第?|持续|近)(?P<streak_n>{_COUNT})(?P<streak_more>多)?
        (?P<streak_unit>个?季度|个?月|个?年度|年|届|个?交易日|次|周|天)
    | (?P<crown_n>{_COUNT})连(?P<crown>[冠增升丰涨降跌旺胜])
    | (?P<rank>第|N[oO]\.?\ ?(?=[1-9]\d?(?![\d.,/-])))(?P<rank_n>{_COUNT})(?![.]\d)(?P<rank_unit>[位名])?
    | (?P<top>(?<![{_NO_TOP}])前|T(?:OP|op)\ ?(?=\d))(?P<top_n>{_COUNT})(?![%‰.])(?P<top_unit>[位名强列])?
    | (?P<first>{FIRST})
    | (?P<part>一半|过半数|过半(?!个)|近半(?=[^一-鿿]|$|[的在是以为用来通完])|半数|百分百|百分之百)
    | (?P<doubling>(?<!双)翻番(?![计行工目]))
    | (?P<parts>[百千万])分之(?P<parts_n>{_PARTS})
        (?:[{RANGE_MARKS}](?P<parts_high>{_PARTS})(?!分之)(?=[^一-鿿]|[左以的之]|$))?
    | (?P<under>[{DIGIT_CHARS}十]{{1,3}})分之(?P<over>[{DIGIT_CHARS}十]{{1,3}})
    | (?P<stroke>(?<![\d/.])[1-9])/(?P<under_stroke>(?:[2-9]|10|100)(?![\d/.决]))
    | (?P<doubled>翻了?)(?P<doubled_less>近)?(?P<doubled_n>[{NUMERAL_CHARS}]|\d(?:\.\d)?)
        (?P<doubled_unit>番|倍)(?P<doubled_more>[半多])?
    | (?P<digits>一位数|个位数|两位数|双位数|三位数)
    | (?P<tenths>[{DIGIT_CHARS}]{{1,2}}|十|\d(?:\.\d)?)成(?P<half>[半{DIGIT_CHARS}])?(?P<tenths_more>多)?
        (?!{NOT_TENTHS})
    | (?P<big_n>\d++|[一二两三四五六七八九十百]++)大(?=[一-鿿\dA-Z])(?![学型会家量力于小街道桥棚赛师使胆卡气])
    | (?P<number>
          {ARABIC}\ ?(?:[多余几来]?[{SCALE_CHARS}]+)*[多余几]?
        | (?<=[一-鿿])(?<!第)[一二两三四五六七八]、[二三四五六七八九][十百千万亿]*(?=[{behind}])
        | [数几]?[{NUMERAL_CHARS}]+点[{DIGIT_CHARS}]+[{SCALE_CHARS}]*(?:[多余几来][{SCALE_CHARS}]*)?
        | [数几]?[{NUMERAL_CHARS}]++
          (?:[多余几来][{SCALE_CHARS}]*+|[把\d](?<=[{SCALE_CHARS}].){_REST_OF_MIXED})?(?=[{behind}]|(?<=[万亿]))
        | (?<![上下前后大小多一过])半(?={_HALF_OF})
      ))
        """,
        re.X,
    )
