"""Quantities become metrics: which of them state something, and what (guideline, section 2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from jiaozhu import lexicon
from jiaozhu.extraction.affixes import Affixes
from jiaozhu.extraction.indicators import Phrase, expand, kind_of_name, members, read_after, read_before
from jiaozhu.extraction.names import (
    Names,
    is_capacity,
    is_class,
    is_rhetorical,
    is_threshold,
    lists_members,
    names_programme,
)
from jiaozhu.extraction.numerals import parse_number, plain
from jiaozhu.extraction.outline import find_headings
from jiaozhu.extraction.quantities import Quantity, find_quantities
from jiaozhu.extraction.stance import Stance
from jiaozhu.extraction.text import Clause
from jiaozhu.model import Metric


class Governs(Protocol):
    """What this module needs of a timeline."""

    def governing(self, clause: int, position: int | None = None) -> Span | None:
        """Return the time expression that governs a place."""
        ...


class Span(Protocol):
    """A time expression: where it stands and the ISO period it names."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def period(self) -> str | None: ...  # noqa: D102


@dataclass(slots=True)
class _Carry:
    """What the clause before hands on."""

    name: str = ""
    start: int = -1
    end: int = -1
    paragraph: int = -1
    estimate: bool = False


_ESTIMATE = re.compile(r"预计|预估|初步核算|初步统计|初步测算|有望|料将")
_ESTIMATE_ALONE = re.compile(r"^(?:据|经)?(?:初步)?(?:预计|测算|核算|统计|估算)")
_COMMIT = re.compile(r"力争|争取|确保|目标|努力|奋力|要|必须|将")
_CUMULATIVE = re.compile(
    r"(?:较|比|与)(?:19|20)?\d{2,4}年(?!同期)|五年(?:累计)?增长|累计增长|(?:[两三四五]|\d)年(?:间|来)?(?:累计|共|总)?增长"
)
_BIG = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九十百]+)大(?=[一-鿿\dA-Z])(?![学型会家量力于小街道桥棚赛师使胆])"
)
_BARE_AFTER = re.compile(r"(?:达到?|至|到|为|是|约|超过?|突破|在|有)$")
_RATIO = re.compile(
    r"(?:倍差|比值|之比|系数|比(?:例)?)(?:收窄|缩小|下降|降|控制|扩大|调整|达|为|是)?[至到为在达]?$"
)
_INDEX = re.compile(
    r"(?:指数|得分|评分|分值|满意度|均分|绩效分|点位)(?:达到?|为|提高到|上升到|提升至|提升到|保持在|稳定在|是)?$"
)
_PEOPLE = re.compile(
    r"(?:人口|人数|就业|用户|职工|学生|从业人员|党员|移民|规模)(?:达到?|为|是|突破|超过?|增至|新增|稳定在|约)?$"
)
_DURATION_VERB = re.compile(
    r"(?:压缩|缩短|缩减|提速|提前|延长|减少|压减|控制|降|平均|寿命|天数|时间|时长|用时|时限|不超过|办结|学时|年限|龄)(?:了|至|到|在|为|达到?|提高到|达|是|增加到)*$"
)
_RANK_NAMED = re.compile(
    r"(?:批|季度|产业|届|次(?!第)|条|款|章|届|时间|书记|代|座|期|步|线|轮|要务|责任|资源|生产力|方阵|梯队|课|关|道|手|动力|现场|人称|例|部|卷|号|页|个|阶段|战场|议题|动能|标准|医院|中学|小学|人民|中级|大(?![市县区省城]))"
)
_RANK_SCOPE_END = re.compile(
    r"(?:^|[,、;。:“”\s]|[居列排名第夺获进入升至到为省市区县国界球内州中部业赛道类次均续增速幅量持(前并]|位次|[)）])$"
)
_WON = re.compile(r"(?:荣获|获|夺|入选|蝉联|被评|被授|捧|登上|跻身|荣膺)")
_PEOPLE_AFTER = re.compile(
    r"(?:[一-鿿]{0,6}?)(?:群众|人口|残疾人|职工|农民|居民|老人|老年人|学生|儿童|妇女|人才|劳动力|农民工|大学生|党员|干部|人民|户籍|移民|市民|用户|患者|消费者|游客|贫困人口|毕业生|青年|市场主体)"
)


def find_metrics(
    text: str,
    clauses: list[Clause],
    stances: list[Stance],
    timeline: Governs | None,
    times: Sequence[Span],
    *,
    region: str | None = None,
) -> list[Metric]:
    """Return the metrics of one speech in the normalised `text`, in order.

    Spans are offsets into `text`; ids run m1, m2, …; speech and source offsets are for the caller to fill in.
    """
    if not clauses:
        return []
    start, end = clauses[0].start, clauses[-1].end
    names = Names(text, start, end)
    skip = [(time.start, time.end) for time in times]
    quantities = find_quantities(text, start, end, skip=skip)
    quantities = _with_big(text, quantities, start, end)
    reader = _Reader(text, clauses, stances, timeline, skip, names, region)
    by_clause: dict[int, list[Quantity]] = {}
    clause_starts = [clause.start for clause in clauses]
    headings = find_headings(clauses)
    for quantity in quantities:
        i = bisect_right(clause_starts, quantity.number_start) - 1
        if i < 0 or quantity.number_start >= clauses[i].end:
            continue
        if not (headings[i] and quantity.chinese):  # 做强三个驱动: headings speak in slogans
            by_clause.setdefault(i, []).append(quantity)
    found: list[Metric] = []
    for i in sorted(by_clause):
        found.extend(reader.clause(i, by_clause[i]))
    return [replace(metric, id=f"m{n}") for n, metric in enumerate(found, 1)]


def _with_big(text: str, quantities: list[Quantity], start: int, end: int) -> list[Quantity]:
    """Add N大X (两大景区), which has no counting word, to the quantities."""
    taken = {quantity.number_start for quantity in quantities}
    for match in _BIG.finditer(text, start, end):
        value = parse_number(match["n"])
        if value is None or match.start() in taken:
            continue
        a, b = match.span()
        quantities.append(
            Quantity(a, b, a, b, "big", value, None, "个", "=", chinese=not match["n"].isdigit(), weak=True)
        )
    quantities.sort(key=lambda quantity: quantity.start)
    return quantities


@cache
def _words(group: str, key: str) -> Affixes:
    return Affixes(lexicon.words("indicators", group, key))


class _Reader:
    """Reads the clauses of one speech in order and remembers what the last one spoke of."""

    def __init__(
        self,
        text: str,
        clauses: list[Clause],
        stances: list[Stance],
        timeline: Governs | None,
        times: Sequence[tuple[int, int]],
        names: Names,
        region: str | None,
    ) -> None:
        self.text, self.clauses, self.stances = text, clauses, stances
        self.timeline, self.times, self.names, self.region = timeline, times, names, region
        self._time_starts = [time[0] for time in times]
        self.carry = _Carry()
        self._estimate_sentence = -1

    def clause(self, i: int, quantities: list[Quantity]) -> list[Metric]:
        """Return the metrics of clause `i`."""
        clause = self.clauses[i]
        if clause.paragraph != self.carry.paragraph:
            self.carry = _Carry(paragraph=clause.paragraph)
        kept = [
            quantity
            for n, quantity in enumerate(quantities)
            if self._states_something(clause, quantity, quantities, n, i)
        ]
        if not kept:
            return []
        self._look_for_estimate(i)
        lists = self._distributed(clause, kept)
        found: list[Metric] = []
        begin = clause.start
        for n, quantity in enumerate(kept):
            found.append(self._metric(i, clause, quantity, begin, lists.get(n), kept, n))
            begin = quantity.end
        return found

    # --- what states something -------------------------------------------------------

    def _states_something(
        self, clause: Clause, quantity: Quantity, quantities: list[Quantity], n: int, i: int
    ) -> bool:
        text = self.text
        before = text[clause.start : quantity.start]
        name = self.names.around(quantity.number_start)
        if name and not self._claims_in_name(quantity, name):
            return False
        type_ = quantity.type
        if type_ == "percent":
            return not text.startswith(("的努力", "的力气", "满意"), quantity.end) or quantity.value != 100
        if type_ in ("point", "digits"):
            return True
        if type_ == "streak":
            return True
        if type_ == "rank":
            return self._ranks(clause, quantity)
        if type_ == "multiple":
            return quantity.unit == "倍" or before.endswith(("翻", "翻了", "再翻", "翻上"))
        if type_ == "big":
            number = int(quantity.value)
            following = quantities[n + 1] if n + 1 < len(quantities) else None
            series = (
                following is not None and following.type == "count" and following.start - quantity.end <= 8
            )
            if series and self.stances[i] is Stance.PAST and not lists_members(before, number):
                series = False
            return lists_members(before, number) or series or self._begins_series(i, quantity)
        if is_class(text, quantity):
            return False
        later = any(other.type == "count" for other in quantities[n + 1 :])
        earlier = n > 0 and quantities[n - 1].type == "count" and quantities[n - 1].end == quantity.start
        if is_threshold(text, quantity, clause.end, later, earlier):
            return False
        if type_ == "money":
            return not (quantity.scale_only and quantity.comparator == "=" and not before)
        if type_ == "measure":
            return not is_capacity(text, quantity, clause.start, clause.end) and not (
                quantity.weak and quantity.chinese
            )
        if type_ == "duration":
            return bool(_DURATION_VERB.search(before)) and quantity.unit != "年"
        if type_ == "bare":
            return self._bare(quantity, before, clause)
        return self._counts(clause, quantity, before)

    def _claims_in_name(self, quantity: Quantity, name: tuple[int, int]) -> bool:
        """Tell whether a number in quotation marks is a claim: “二十一连冠”, “市内夺第一”."""
        if self.text[name[0]] == "《":
            return False
        if quantity.type == "streak":
            return True
        return quantity.type == "rank" and bool(
            re.search(r"[夺居列争]$", self.text[name[0] : quantity.start])
        )

    def _ranks(self, clause: Clause, quantity: Quantity) -> bool:
        text, at = self.text, quantity.end
        word = text[quantity.start : quantity.end]
        if not word.startswith(("第", "前")):
            return True
        if word.startswith("第") and text.startswith("次", at):
            if not _WON.match(text, at + 1):
                return False
            quantity.type, quantity.unit, quantity.end = "count", "次", at + 1  # 第五次荣获
            return True
        before = text[max(clause.start, quantity.start - 6) : quantity.start]
        if word.startswith("前"):
            if quantity.end - quantity.number_start == 2 and quantity.chinese and at < clause.end:
                following = text[at]
                if following in "个项天年月期者后面所述沿端" or text.startswith(("季度", "阶段", "半"), at):
                    return False
            return (
                bool(re.search(r"全|国|省|市|区|县|界|球|居|列|排|入|赛道|领域|行业|位|榜", before))
                or word[-1] in "强位名"
            )
        if word[-1] in "位名":
            return True
        if at < clause.end and _RANK_NAMED.match(text, at):
            return False
        if at < clause.end and re.match(r"[一-鿿]", text[at]) and text[at] not in "的,、和位名,并与及":
            return False
        return bool(_RANK_SCOPE_END.search(before)) or not before

    def _begins_series(self, i: int, quantity: Quantity) -> bool:
        """Tell whether a count goes on right behind the thing counted: 十五大标志性改革,56项…改革项目."""
        clause = self.clauses[i]
        tail = self.text[quantity.end : clause.end]
        if len(tail) > 12 or clause.mark != "," or i + 1 >= len(self.clauses):
            return False
        following = self.clauses[i + 1]
        return bool(re.match(r"\d+[项个]", self.text[following.start : following.end]))

    def _bare(self, quantity: Quantity, before: str, clause: Clause) -> bool:
        text = self.text
        if (
            quantity.scale > 1
            and not quantity.chinese
            and _PEOPLE_AFTER.match(text, quantity.end, clause.end)
        ):
            # 450万困难群众: a headcount without a counting word
            quantity.unit, quantity.type = "人", "count"
            return True
        if quantity.end < clause.end and text[quantity.end] not in "、,;:)(和与":
            return False
        if _RATIO.search(before) and quantity.value < 100:
            quantity.unit, quantity.type = "倍", "multiple"
            return True
        if _INDEX.search(before):
            return True
        if _PEOPLE.search(before) and quantity.value >= 1000:
            quantity.unit, quantity.type = "人", "count"
            return True
        return False

    def _counts(self, clause: Clause, quantity: Quantity, before: str) -> bool:
        text = self.text
        if quantity.unit == "年" or text.startswith(("以来", "前", "后", "内"), quantity.end):
            return False
        if quantity.scale_only and quantity.comparator == "=":
            # 千名干部 counts; 百家争鸣, 万家灯火, 千条万条 do not
            return (
                quantity.unit in ("名", "亩", "户", "人", "家")
                and text[quantity.end : quantity.end + 1] not in "万千争灯生心姓"
                and quantity.end < clause.end
                and self.names.around(quantity.number_start) is None
                and text[quantity.number_start] in "千万"
            )
        if quantity.unit == "人" and quantity.chinese and quantity.value < 10:
            return False
        if quantity.unit in ("点", "字", "号", "级", "层", "届", "线", "路") and quantity.weak:
            return False
        if quantity.unit == "次" and quantity.chinese and quantity.value == 1:
            return False
        if quantity.unit in ("乡", "村", "县", "镇", "省", "市", "区", "强") and not (
            quantity.value >= 3
            and (not quantity.chinese or before.endswith(("涉及", "覆盖", "惠及", "全部")))
        ):
            return False
        if quantity.chinese and quantity.weak and lists_members(before, int(quantity.value)):
            return not names_programme(text, quantity, clause.end)
        return not is_rhetorical(text, quantity, clause.start, clause.end)

    # --- what it says ----------------------------------------------------------------

    def _look_for_estimate(self, i: int) -> None:
        """A clause of its own such as 初步预计, governs the figures of its whole sentence."""
        clause = self.clauses[i]
        j = i - 1
        while j >= 0 and self.clauses[j].sentence == clause.sentence:
            words = self.text[self.clauses[j].start : self.clauses[j].end]
            if len(words) <= 8 and _ESTIMATE_ALONE.match(words) and "预" in words:
                self._estimate_sentence = clause.sentence
            j -= 1

    def _distributed(self, clause: Clause, kept: list[Quantity]) -> dict[int, tuple[str, bool]]:
        """Return the list member that each number of a 分别 list belongs to."""
        if len(kept) < 2:
            return {}
        text = self.text
        head = text[clause.start : kept[0].start]
        if "分别" not in head and not (
            text[kept[0].end : kept[0].end + 1] == "、"
            and "、" in head
            and len(kept) == head.count("、") + 1
            and all(text[a.end : b.start] == "、" for a, b in zip(kept, kept[1:], strict=False))
        ):
            return {}
        run = [kept[0]]
        for quantity in kept[1:]:
            if text[run[-1].end : quantity.start].strip("、和,及与 ") == "":
                run.append(quantity)
        if len(run) < 2:
            return {}
        phrase = read_before(text, clause.start, kept[0].start, self._times_in(clause.start, kept[0].start))
        names = members(phrase.name, len(run))
        if names is None:
            return {}
        # 分别达50%、60%以上: the word behind the last one holds for all
        last = run[-1]
        if (
            last.cue
            and last.cue in "以上以下以内左右"
            and text[last.end - len(last.cue) : last.end] == last.cue
        ):
            for quantity in run[:-1]:
                if quantity.comparator == "=":
                    quantity.comparator, quantity.cue = last.comparator, last.cue
        return {
            kept.index(quantity): (name, phrase.movement == "down")
            for quantity, name in zip(run, names, strict=True)
        }

    def _times_in(self, start: int, end: int) -> list[tuple[int, int]]:
        i = max(0, bisect_right(self._time_starts, start) - 1)
        found = []
        while i < len(self.times) and self.times[i][0] < end:
            found.append(self.times[i])
            i += 1
        return found

    def _metric(
        self,
        i: int,
        clause: Clause,
        quantity: Quantity,
        begin: int,
        member: tuple[str, bool] | None,
        kept: list[Quantity],
        n: int,
    ) -> Metric:
        text = self.text
        phrase = read_before(text, begin, quantity.start, self._times_in(begin, quantity.start))
        name, start, end = self._name(clause, quantity, phrase, begin)
        if member:
            name, start, end = member[0], -1, -1
            if member[1]:
                phrase = Phrase(phrase.name, phrase.start, phrase.end, "down", phrase.verbs)
        movement = phrase.movement
        if n and not phrase.name and not phrase.verbs and kept[n - 1].type == quantity.type:
            movement = self._last_movement
        self._last_movement = movement
        kind, basis, sign = self._kind(clause, quantity, name, phrase, movement)
        unit = quantity.unit
        value, high = quantity.value * sign, quantity.value_high
        if high is not None and sign < 0:
            value, high = -high, -quantity.value
        outside = lexicon.classes("units", "outside")["~"]
        comparator = quantity.comparator
        if comparator == "=" and any(
            word in phrase.verbs or text[begin : quantity.start].endswith(word) for word in outside
        ):
            comparator = "~"
        if kind == "share" and "分别" in phrase.verbs and comparator == "=":
            comparator = "="
        status, cue = self._status(i, clause, quantity, kind, phrase, begin)
        time = self.timeline.governing(i, quantity.start) if self.timeline else None
        if name and kind not in ("streak",):
            self.carry.name, self.carry.start, self.carry.end = name, start, end
        return Metric(
            id="",
            speech="",
            start=quantity.start,
            end=quantity.end,
            text=text[quantity.start : quantity.end],
            indicator=name or None,
            indicator_start=start if start >= 0 and text[start:end] == name else None,
            indicator_end=end if start >= 0 and text[start:end] == name else None,
            value=plain(value),
            value_high=plain(high) if high is not None else None,
            unit=unit,
            comparator=comparator,
            kind=kind,
            basis=basis,
            period=time.period if time else None,
            scope=self._scope(clause, quantity) if kind == "rank" else None,
            region=self.region,
            status=status,
            confidence=_CONFIDENCE.get(quantity.type, 0.8)
            - (0.15 if quantity.chinese and quantity.weak else 0),
            rule=f"{quantity.type}.{kind}",
            cue=cue or quantity.cue,
        )

    _last_movement = ""

    def _name(self, clause: Clause, quantity: Quantity, phrase: Phrase, begin: int) -> tuple[str, int, int]:
        text = self.text
        carried = (self.carry.name, self.carry.start, self.carry.end)
        if (
            quantity.type in ("count", "big")
            and quantity.end < clause.end
            and not _ENDS_PHRASE.match(text, quantity.end)
        ):
            noun, a, b = read_after(text, quantity.end, clause.end)
            if noun:
                verb = _words("verbs", "achieving").ending(phrase.name, len(phrase.name))
                if verb:
                    return verb + noun, -1, -1
                if phrase.name and len(phrase.name) <= 8 and phrase.name.endswith("等"):
                    return phrase.name + noun, -1, -1
                return noun, a, b
        if quantity.type == "streak":
            rest = text[quantity.end : clause.end].strip()
            own = phrase.name or carried[0] if rest and not phrase.name else phrase.name
            return (own or "") + rest if rest else own, -1, -1
        if phrase.name:
            if carried[0] and _LEANS.match(phrase.name) and quantity.type != "rank":
                return carried[0] + phrase.name, -1, -1  # 占全国比重, after the amount it is a part of
            if carried[0] and quantity.type == "rank" and _RANK_ONLY.fullmatch(phrase.name):
                return carried
            full = expand(phrase.name)
            return (full, phrase.start, phrase.end) if full == phrase.name else (full, -1, -1)
        return carried

    def _kind(
        self, clause: Clause, quantity: Quantity, name: str, phrase: Phrase, movement: str
    ) -> tuple[str, str | None, int]:
        """Return kind, basis and the sign of the value."""
        text = self.text
        around = text[max(clause.start, quantity.start - 24) : quantity.start]
        type_ = quantity.type
        sign = 1
        if type_ == "point":
            return "change", self._basis(around, change=True), -1 if movement == "down" else 1
        if type_ in ("percent", "digits"):
            head = kind_of_name(name)
            after = text[quantity.end : min(clause.end, quantity.end + 8)]
            if head == "share" and movement in ("to", ""):
                kind = "growth" if name.endswith(("增长率",)) else "share"
            elif (
                movement in ("up", "down")
                or head == "growth"
                or (
                    after.startswith(
                        ("增长", "的增长", "增速", "的增速", "左右的增速", "的年均增长", "的速度")
                    )
                    or type_ == "digits"
                    or re.match(r"[一-鿿]{0,4}增[速长幅]", after)
                )
            ):
                kind = "growth"
            elif (
                re.search(r"占(?:[^,。]{0,16}(?:的|比重|比例|比))?[^,。]{0,4}$", around)
                or head == "share"
                or after.startswith(("的", "以上的"))
                or re.match(r"[一-鿿]", after)
            ):
                kind = "share"
            elif movement == "to" and head == "level" and not name.endswith("指数"):
                kind = "growth" if not phrase.verbs.endswith(("达", "达到", "为", "占")) else "share"
            elif head == "level" or not name:
                kind = "growth"
            else:
                kind = "share" if movement == "to" else "growth"
            if name.endswith("指数") and movement in ("to", ""):
                kind = "level"
            if kind == "growth":
                if movement == "down":
                    sign = -1
                return "growth", self._basis(around), sign
            return kind, None, 1
        if type_ == "multiple":
            if movement in ("up", "down") or quantity.unit == "番":
                return "growth", self._basis(around), -1 if movement == "down" else 1
            return "ratio", None, 1
        if type_ == "rank":
            return "rank", None, 1
        if type_ == "streak":
            return "streak", None, 1
        if (
            movement in ("up", "down")
            and phrase.verbs
            and (_COMPARES.search(around) or movement == "down")
            and not phrase.name.startswith(("新增", "净增"))
        ):
            if type_ in ("money", "measure", "count") and _COMPARES.search(around):
                return "change", self._basis(around, change=True), -1 if movement == "down" else 1
        if type_ in ("count", "big"):
            return "count", None, 1
        return "level", None, 1

    @staticmethod
    def _basis(around: str, *, change: bool = False) -> str:
        if "年均" in around or "年平均" in around:
            return "cagr"
        if "环比" in around or "比上季" in around:
            return "qoq" if "季" in around else "mom"
        if "比上月" in around:
            return "mom"
        if _CUMULATIVE.search(around):
            return "cumulative"
        if change and re.search(
            r"高于|低于|快于|慢于|领先|高出|比(?:全国|全省|全市|全区|承诺|计划|预期)", around
        ):
            return "other"
        return "yoy"

    def _status(
        self, i: int, clause: Clause, quantity: Quantity, kind: str, phrase: Phrase, begin: int
    ) -> tuple[str, str | None]:
        text = self.text
        before = text[clause.start : quantity.start]
        estimate = _ESTIMATE.search(before)
        carried = not phrase.name and self.carry.estimate
        stance = self.stances[i]
        if estimate and "预期目标" not in before:
            self.carry.estimate = True
            return "estimate", estimate.group()
        if (carried and stance is not Stance.FUTURE) or clause.sentence == self._estimate_sentence:
            return "estimate", "预计"
        self.carry.estimate = False
        after = text[quantity.end : min(clause.end, quantity.end + 20)]
        sized = _words("sizes", "project").ending(text, quantity.start, clause.start) or phrase.name.endswith(
            ("总投资", "计划投资")
        )
        if sized and (after.startswith("的") or "总投资" in before[-8:]):
            return "planned", None
        if quantity.type in ("count", "big") and re.search(r"总投资[^,。]{0,12}的$", before):
            return "planned", None
        if stance is not Stance.FUTURE:
            return "actual", None
        tone = _COMMIT.search(before)
        cue = tone.group() if tone else None
        if quantity.type == "big":
            return "planned", cue
        if (
            quantity.type == "count"
            and quantity.end < clause.end
            and not _ENDS_PHRASE.match(text, quantity.end)
        ):
            lead = text[clause.start : quantity.start]
            if (
                re.search(
                    r"(?:建成|投产|竣工|开工建设|完工|通车|投用|投运|达产)(?:投产|投用)?$",
                    text[quantity.end : clause.end],
                )
                and "力争尽快" not in text[clause.end : clause.end + 8]
            ):
                return "target", cue
            verb = _words("verbs", "achieving").ending(phrase.name, len(phrase.name)) or _words(
                "verbs", "achieving"
            ).ending(lead, len(lead))
            return ("target" if verb and verb not in ("办好", "谋划") else "planned"), cue
        if (
            quantity.type == "count"
            and re.search(r"安排|实施|储备|谋划", before)
            and not re.search(r"新增|力争|确保", before)
        ):
            return "planned", cue
        return "target", cue

    def _scope(self, clause: Clause, quantity: Quantity) -> str | None:
        before = self.text[max(clause.start, quantity.start - 14) : quantity.start]
        match = re.search(
            r"(全国|全省|全市|全区|全县|全州|全球|世界|[^,。、居列排名在]{0,8}(?:省|市|县|区|国|州))[^省市县区国州]{0,6}$",
            before,
        )
        return match.group(1) if match else None


_LEANS = re.compile(r"占|高于|低于|快于|领先")
_RANK_ONLY = re.compile(
    r"(?:总量|规模|总规模|数量|总数|增速|增幅|位次)?(?:和增速|和增幅)?均?(?:持续|继续|稳|保持|位)?(?:居|列|排名?)?[^,。]{0,5}(?:全国|全省|全市|全区|全县|全球|世界|西部|中部|东部|内地|国内|省内|同类|[省市县区州])?(?:各[省市区县]+)?(?:[(][^)]*[)])?"
)
_COMPARES = re.compile(r"比|较|同比|净增|增加|减少|高于|低于")
_ENDS_PHRASE = re.compile(
    r"[\s,;。:!?、)(”\d]|和|及|与|增至|增加|增长|提高|扩大|减少|发展到|上升|下降|占|居|均|全部|左右|$"
)
_CONFIDENCE = {
    "money": 0.97,
    "percent": 0.98,
    "point": 0.97,
    "digits": 0.93,
    "measure": 0.9,
    "count": 0.88,
    "rank": 0.9,
    "streak": 0.92,
    "multiple": 0.9,
    "big": 0.75,
    "bare": 0.8,
    "duration": 0.75,
}
