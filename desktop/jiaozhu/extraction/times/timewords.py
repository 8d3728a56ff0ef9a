"""The patterns of time expressions, made of the words in resources/lexicon/periods.toml.

Every repetition is bounded, so that no text can make a pattern run long. Blanks inside are borne
(``2 0 2 4 年``). The named groups carry what `periods.py` gives a meaning to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jiaozhu import lexicon

_FILE = "periods"

_BLANK = r"[ \t]{0,2}"
_DASH = r"[-‐-―−─~〜]{1,2}"
#: Between numbers that share a unit: 一、二季度, 1—11月.
_AND = rf"{_BLANK}(?:[、和与及至到]|{_DASH}){_BLANK}"
_DIGIT = "〇零一二三四五六七八九"
_CHINESE = _DIGIT + "十"
_WHOLE = _CHINESE + "百千万两"
_NOT_IN_NUMBER = rf"(?<![0-9{_WHOLE}第.A-Za-z])"

#: Some character of every expression: running text between them is skipped at the speed of one class.
_TRIGGER = "年月季旬纪五岁天周日时钟秒号届截止"
#: How far an expression may begin before its first trigger, and go on behind one until it is recognised.
BEFORE_TRIGGER = 20
BEHIND_TRIGGER = 8


def _any(words: Iterable[str]) -> str:
    """Return an alternation of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _words(group: str, key: str) -> str:
    return _any(lexicon.words(_FILE, group, key))


def _guarded(group: str) -> str:
    """Return an alternation of a group's words, none where a character beside it makes another word of it."""
    entries = lexicon.entries(_FILE, group)
    parts = []
    for word in sorted(entries, key=len, reverse=True):
        after, before = entries[word].get("not_after"), entries[word].get("not_before")
        parts.append(
            (f"(?<![{re.escape(after)}])" if after else "")
            + re.escape(word)
            + (f"(?![{re.escape(before)}])" if before else "")
        )
    return "|".join(parts)


def _unnamed(pattern: str) -> str:
    """Return the pattern without the names of its groups."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# Numbers of months, quarters and days.
_M = rf"(?:1{_BLANK}[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_Q = r"[1-4一二三四]"
_D = rf"(?:3{_BLANK}[01]|[12]{_BLANK}[0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_N = rf"(?:[0-9]{{1,9}}(?:[.,](?![0-9]{{4}}年)[0-9]{{1,6}}){{0,3}}|[几数]?[{_WHOLE}]{{1,7}}|半)"
_FOUR = rf"(?:[12]{_BLANK}[0-9]{_BLANK}[0-9]{_BLANK}[0-9]|[一二][{_DIGIT}]{{3}})"
_OF_YEAR = r"(?:度(?![假过汛]))?"
_FRONT = rf"(?<![目以之当此提空])[前头]{_BLANK}"

_DAY = rf"(?P<days>{_NOT_IN_NUMBER}{_D}){_BLANK}[日号](?![均产本])"
_CENTURY = rf"""
    (?P<century>(?<![{_WHOLE}0-9.个第])(?:[本上下]个?|[0-9]{{2}}|[{_CHINESE}]{{1,3}})){_BLANK}世纪
        (?:{_BLANK}(?:(?P<decade>[0-9]0|[{_CHINESE}]{{1,3}}){_BLANK}年代|[头前](?P<head>[0-9]{{2}}|[{_CHINESE}]{{1,3}})年))?
    | (?P<alone>{_NOT_IN_NUMBER}(?:[0-9]0|[一二三四五六七八九]{{1,2}}十)){_BLANK}年代
"""
_DOCUMENT = r"[〔\[(][12][0-9]{3}[〕\])][0-9]{1,4}号"
_SESSION = rf"""
    第?(?:[0-9]{{1,2}}|[{_CHINESE}]{{1,3}})届[一-鿿]{{0,6}}?第?(?:[0-9]{{1,2}}|[{_CHINESE}]{{1,3}})
    (?:[次中][一-鿿]{{0,2}}?)(?:全会|会议)
"""
_NOW = r"(?:(?:截至|截止)到?(?:目前|现在|当前|今日|今天)|到(?:目前|现在))(?:为止)?"
_TEN_DAYS = r"(?:上中|中下|[上中下])旬"


def _not_before(char: str) -> str:
    """Return the characters that make another word of a tail character."""
    return re.escape(str(lexicon.entries(_FILE, "tail_char")[char]["not_before"]))


def _year() -> str:
    """Return the pattern of a year: 2024年, 2021—2023年, 去年, 九八年."""
    said = "|".join(_guarded(group) for group in ("year", "years", "year_again"))
    return rf"""
        (?P<years>(?<![0-9])(?<![{_WHOLE}])
            {_FOUR}(?:(?:{_AND}|/)(?:{_FOUR}|[0-9]{{2}}(?![0-9]))){{0,5}})\s{{0,3}}年{_OF_YEAR}
        | (?P<said>{said}){_OF_YEAR}
        | (?P<short>{_NOT_IN_NUMBER}(?:[0-9]{_BLANK}[0-9]|[{_DIGIT}]{{2}})){_BLANK}年(?!代){_OF_YEAR}
    """


def _part() -> str:
    """Return the pattern of a part of a year: 上半年, 前三季度, 1—11月, 年底."""
    this_month = "|".join(_guarded(group) for group in ("month", "month_again"))
    return rf"""
        (?P<whole>(?<![安健完齐])全年){_OF_YEAR}(?![龄级])
        | (?<!以)(?P<half>[上下前后])半年{_OF_YEAR}
        | {_FRONT}(?P<front_quarters>{_Q}){_BLANK}个?季(?!节)度?
        | {_FRONT}(?P<front_months>{_M}|两){_BLANK}(?:个月|月份?(?!{_BLANK}[0-9{_CHINESE}]))
        | (?P<quarters>{_NOT_IN_NUMBER}(?<![前头个])
            (?:第{_BLANK})?{_Q}(?:{_AND}第?{_Q}){{0,3}}){_BLANK}季度
        | (?P<first_quarter>首季度?)
        | (?P<months>{_NOT_IN_NUMBER}(?<![前头个几每])
            {_M}(?:{_AND}{_M}){{0,11}}){_BLANK}月(?:份(?!额)|(?![龄饼嫂薪子亮球老光]|革命|花号|一[^日号至到]))
        | (?P<this_month>{this_month})份?
        | (?P<this_quarter>{_guarded("quarter")})
        | (?P<year_end>(?<![每历常近])年(?:[底末](?![端位])|终(?![奖绩考]))|岁末)
        | (?P<month_end>(?<![每个{_WHOLE}0-9])月[底末])
        | (?P<one_year>(?<=年)一年)(?![来内间前后多级度一比])
        | (?P<within_year>(?<![每历常近当几数多余半{_WHOLE}0-9])
            年(?=(?:[之以]内|内)(?![{_not_before("内")}])))
        | (?P<year_start>(?<![每历])年初|开年)
        | (?P<ten_days>{_TEN_DAYS})
    """


def _plan() -> str:
    """Return the pattern of a five-year plan: “十四五”, 第十四个五年规划, 十四五时期."""
    counted = "".join(lexicon.words(_FILE, "plan", "counted"))
    return rf"""
        [“"‘'](?P<quoted>[{_CHINESE}]{{1,3}})五[”"’']
        | 第(?P<ordinal>[{_CHINESE}]{{1,3}})个五年(?P<kind>规划|计划)
        | (?<![第{_WHOLE}0-9])(?:(?P<long>十[一二三四五六七八九])五(?![{re.escape(counted)}{_WHOLE}])
            | (?P<bare>[{_CHINESE}])五(?={_words("plan", "tails")}))
    """


def _length() -> str:
    """Return the pattern of a length of time: 近三年, 三个月, 连续6个季度, 60岁."""
    written_out = rf"{_FOUR}{_BLANK}年"  # 过去的2025年, 二、2025年
    return rf"""
        (?:(?P<past>{_words("length", "past")})|(?P<future>{_words("length", "future")})
            |(?P<streak>{_words("length", "streak")})|(?P<rate>{_words("length", "rate")})
            |(?P<order>{_words("length", "order")})|{_NOT_IN_NUMBER}(?<![几数]))
        {_BLANK}(?!{written_out}|万岁)(?P<n>{_N})(?:{_AND}(?!{written_out})(?P<to>{_N}))?
        (?P<more>[多余几来])?{_BLANK}
        (?P<unit>(?P<age>{_words("length", "ages")})|{_words("length", "units")}|月)(?![代薪])
        (?P<over>半)?(?P<long>多)?
    """


def _beginnings() -> str:
    """Return a pattern that holds wherever an expression begins, and hardly anywhere else."""
    groups = ("year", "years", "year_again", "month", "month_again", "quarter")
    words = {word[:2] for group in groups for word in lexicon.entries(_FILE, group)}
    leads = [
        word
        for key in ("past", "future", "streak", "rate", "order")
        for word in lexicon.words(_FILE, "length", key)
    ]
    words.update(word[:2] for word in leads if len(word) > 1)
    words.update(
        (
            "全年",
            "首季",
            "年底",
            "年末",
            "年终",
            "岁末",
            "月底",
            "月末",
            "年初",
            "开年",
            "年内",
            "年之",
            "年以",
        )
    )
    words.update(("截至", "截止", "到目", "到现", "到今", "到当", "上旬", "中旬", "下旬", "上中", "中下"))
    words.update(start + "半" for start in "上下前后")
    before_number = "".join(sorted({word for word in leads if len(word) == 1} | set("前头半几数本上下")))
    # The first characters alone leave out most of a text, twice as fast as what follows.
    firsts = "".join(sorted({word[0] for word in words} | set(before_number + _WHOLE + "本上下元半")))
    return rf"""
        (?=[0-9“"‘'〔\[({firsts}])
        (?:[{_WHOLE}0-9]|[“"‘'][{_CHINESE}]|[〔\[(][12]|{_any(words)}
        |[{before_number}]{_BLANK}[{_WHOLE}0-9]|[本上下]个?世纪|元月|半[年个天小])
    """


def _start() -> str:
    """Return the pattern that finds where an expression begins and of which kind it is."""
    return rf"""(?={_beginnings()})(?:
        (?P<moment>{_unnamed(_year())}|{_unnamed(_part())})
        | (?P<plan>{_unnamed(_plan())})
        | (?P<century>{_unnamed(_CENTURY)})
        | (?P<session>{_SESSION})
        | (?P<length>{_unnamed(_length())})
        | (?P<now>{_NOW})
        | (?P<document>{_DOCUMENT})
    )"""


def _tail() -> str:
    """Return the pattern of what follows an expression and belongs to it."""
    chars: dict[str, list[str]] = {}
    for word, entry in lexicon.entries(_FILE, "tail_char").items():
        chars.setdefault(entry["class"], []).append(f"{word}(?![{_not_before(word)}])")
    return "(?!至今年(?!均))" + "|(?!至今年(?!均))".join(
        f"(?P<{kind}>{'|'.join([_words('tail', kind), *chars.get(kind, ())])})"
        for kind in ("around", "since", "during", "within", "before", "after")
    )


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns."""

    region: re.Pattern[str]  # where expressions may be
    start: re.Pattern[str]  # where one begins
    year: re.Pattern[str]
    part: re.Pattern[str]
    in_month: re.Pattern[str]
    day: re.Pattern[str]
    plan: re.Pattern[str]
    plan_tail: re.Pattern[str]
    plan_name: re.Pattern[str]
    century: re.Pattern[str]
    length: re.Pattern[str]
    numbers: re.Pattern[str]  # those of a list that shares a unit
    joint: re.Pattern[str]  # between the ends of a range
    end: re.Pattern[str]  # 底, 末
    vague: re.Pattern[str]  # 初, 中期
    tail: re.Pattern[str]
    event: re.Pattern[str]
    festival: re.Pattern[str]
    record: re.Pattern[str]
    every: re.Pattern[str]
    length_name: re.Pattern[str]
    pair: re.Pattern[str]  # 两三年, 三五年
    nearly: re.Pattern[str]
    compared_before: re.Pattern[str]
    compared_behind: re.Pattern[str]
    together: re.Pattern[str]
    together_behind: re.Pattern[str]
    beginning: re.Pattern[str]  # 自, before an expression
    recurring: re.Pattern[str]  # 每年, before an expression
    reaching: re.Pattern[str]  # a verb that takes 到 or 至
    future: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the patterns; raises LexiconError if a word list is spoilt."""

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.X)

    not_compared = "".join(
        f"(?<!{re.escape(word)})" for word in lexicon.words(_FILE, "comparison", "other_words")
    )
    return Patterns(
        region=re.compile(rf"[{_TRIGGER}](?:[^{_TRIGGER}]{{0,{BEFORE_TRIGGER}}}[{_TRIGGER}])*"),
        start=compiled(_start()),
        year=compiled(_year()),
        part=compiled(_part()),
        in_month=compiled(
            rf"{_BLANK}(?:(?P<days>{_D}(?:{_AND}{_D}){{0,5}}){_BLANK}[日号](?![均产])|(?P<ten_days>{_TEN_DAYS}))"
        ),
        day=compiled(_DAY),
        plan=compiled(_plan()),
        plan_tail=compiled(
            r"""(?P<kind>规划|计划)?(?P<during>期间|时期|期内|期(?!末))?
            (?:的?(?:(?P<which>前|头|后|第|最后)(?P<n>[1-5一二两三四五])个?年|(?P<last_year>末年)|(?P<first_year>首年)))?"""
        ),
        plan_name=compiled(
            rf"(?:{_words('plan', 'names')})(?!期)"
            r"|[^,;:。!?、\n“”《》()0-9的将要我全期时以末前头后第年\s]{1,14}?(?:规划|纲要)(?!期)"
        ),
        century=compiled(_CENTURY),
        length=compiled(_length()),
        numbers=compiled(rf"[0-9](?:{_BLANK}[0-9])*|[{_CHINESE}两]+|元"),
        joint=compiled(rf"{_BLANK}(?:至|到|{_DASH}){_BLANK}(?!今(?!年))"),
        end=compiled(_guarded("end")),
        vague=compiled(_guarded("vague")),
        tail=compiled(_tail()),
        event=compiled(_words("event", "names")),
        festival=compiled(_words("event", "festivals")),
        record=compiled(rf"(?:以来|来)?(?:同期)?的?(?:{_words('length', 'record')})"),
        every=compiled(_words("length", "every")),
        length_name=compiled(rf"[一-鿿]{{0,4}}?(?:{_words('length', 'names')})"),
        pair=compiled(r"[一二两三四五六七八][二两三四五六七八九]"),
        nearly=compiled(rf"(?:{_words('length', 'nearly')})\Z"),
        compared_before=compiled(rf"(?:{_words('comparison', 'before')}){not_compared}{_BLANK}\Z"),
        compared_behind=compiled(
            rf"(?:{_words('compared_with', 'directly')})"
            rf"|的?(?:[0-9.]{{1,12}}|[{_WHOLE}]{{1,8}}(?:点[{_DIGIT}]{{1,8}})?)[多余]?倍"
        ),
        together=compiled(rf"(?:{_words('compared_with', 'together')})[一-鿿]{{0,4}}\Z"),
        together_behind=compiled(
            rf"(?:{_words('compared_with', 'next')})"
            rf"|[^,;:。!?\n]{{0,8}}?(?:{_words('compared_with', 'behind')})"
        ),
        beginning=compiled(r"(?<![来各亲独出源始])自\Z"),
        recurring=compiled(r"[每历][年月]\Z"),
        reaching=compiled(rf"(?:{_words('verbs', 'reaching')})(?:了)?\Z"),
        future=compiled(_guarded("future")),
    )
