"""What each picture of the progress page shows: its sentence, its table, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from jiaozhu.i18n import gettext as _
from jiaozhu.model import State
from jiaozhu.qt import labels
from jiaozhu.qt.chart import Chart, Point, grouped
from jiaozhu.qt.picture import Content, Key
from jiaozhu.review import statistics
from jiaozhu.review.statistics import Precision, Speed
from jiaozhu.store import Counts

#: States in the order in which they are stacked: the colour, and whether only the outline is drawn.
STACK = {
    State.ACCEPTED: ("done", False),
    State.CORRECTED: ("metric", False),
    State.ADDED: ("commitment", False),
    State.REJECTED: ("faint", True),
    State.SUGGESTED: ("line", False),
}
_STATE_NAMES = [labels.STATES[state] for state in STACK]
#: From so many days on, weeks are shown.
_MANY_DAYS = 62
#: So many rules at most.
_RULES = 12
#: How high a row of a picture is, in pixels.
ROW = 30


def percent(share: float) -> str:
    """Return a share as a percentage: 86%."""
    return f"{100 * share:.0f}%"


def _keys(of: Iterable[Counts], states: Sequence[State]) -> list[Key]:
    """Return the key to the states that there are."""
    there = Counts(*map(sum, zip(*of, strict=True)))
    return [
        Key(labels.STATES[state], colour, hollow=hollow)
        for state, (colour, hollow) in STACK.items()
        if state in states and getattr(there, state)
    ]


def no_decisions() -> Content:
    """Return what stands where nothing has been decided yet."""
    return Content(_("还没有决定。按 Alt+1 回到审校，采纳、更正或驳回几条，这里就有图。"))


def summary(of: Mapping[str, Counts]) -> str:
    """Return how far the review is, in a sentence."""
    counts = total(of)
    if not counts.total:
        return _("项目中还没有条目。按 Ctrl+I 导入讲话，找到的指标和承诺会列在这里。")
    if not counts.decided:
        return _("共 {total} 条，都还没有决定。").format(total=grouped(counts.total))
    text = _("已决定 {decided} / {total}").format(
        decided=grouped(counts.decided), total=grouped(counts.total)
    )
    suggested = counts.decided - counts.added
    if suggested:
        text += _("，其中原样采纳 {share}").format(share=percent(counts.accepted / suggested))
    rest = counts.suggested
    return text + (_("，还剩 {rest} 条。").format(rest=grouped(rest)) if rest else _("，全部决定完毕。"))


def total(of: Mapping[str, Counts]) -> Counts:
    """Return the counts of all types together."""
    return Counts(*map(sum, zip(*of.values(), strict=True))) if of else Counts()


def by_state(of: Mapping[str, Counts]) -> Content:
    """Return the picture of facts by state."""
    rows = {labels.TYPES[type_]: of[type_] for type_ in ("metric", "commitment") if type_ in of}
    if not total(of).total:
        return Content(_("还没有条目。按 Ctrl+I 导入讲话。"))
    said = _("；").join(
        _("{name}已决定 {share}（{decided} / {total}）").format(
            name=name,
            share=percent(counts.decided / counts.total),
            decided=grouped(counts.decided),
            total=grouped(counts.total),
        )
        for name, counts in rows.items()
        if counts.total
    )
    return _stacked_rows(said + _("。"), rows, _("条目"), with_suggested=True)


def by_reviewer(of: Mapping[str, Counts]) -> Content:
    """Return the picture of what each reviewer has decided."""
    if not of:
        return no_decisions()
    name, counts = next(iter(of.items()))
    if len(of) == 1:
        said = _("都由{name}决定，共 {count} 条。").format(name=name, count=grouped(counts.decided))
    else:
        said = _("{people} 人参与；{name}决定最多，{count} 条。").format(
            people=len(of), name=name, count=grouped(counts.decided)
        )
    return _stacked_rows(said, of, _("审校人"))


def _stacked_rows(
    sentence: str, of: Mapping[str, Counts], column: str, *, with_suggested: bool = False
) -> Content:
    states = [state for state in STACK if with_suggested or state is not State.SUGGESTED]
    shown = {name: [getattr(counts, state) for state in states] for name, counts in of.items()}

    def draw(chart: Chart) -> None:
        longest = max(map(sum, shown.values()), default=1) or 1
        ends = {name: [0, *accumulate(values)] for name, values in shown.items()}
        for number, state in enumerate(states):
            boxes = [
                (ends[name][number], row - 0.32, ends[name][number + 1], row + 0.32)
                for row, name in enumerate(shown)
                if ends[name][number + 1] > ends[name][number]
            ]
            colour, hollow = STACK[state]
            chart.bars(boxes, colour, hollow=hollow)
        points = []
        for row, name in enumerate(shown):
            end = ends[name][-1]
            chart.word(end, row, " " + grouped(end), "ink", anchor=(0, 0.5))
            for number, state in enumerate(states):
                if value := shown[name][number]:
                    says = _("{name}：{state} {count} 条，占 {share}。").format(
                        name=name,
                        state=labels.STATES[state],
                        count=grouped(value),
                        share=percent(value / end),
                    )
                    points.append(Point(ends[name][number] + value / 2, row, says))
        chart.name_left(dict(enumerate(shown)))
        chart.name_bottom({})
        chart.frame((0, longest * 1.1), (-0.6, len(shown) - 0.4), downwards=True)
        chart.set_points(points)

    names = [labels.STATES[state] for state in states]
    rows = [(name, *map(str, values), str(sum(values))) for name, values in shown.items()]
    return Content(
        sentence,
        draw,
        height=ROW * len(shown) + 22,
        keys=_keys(of.values(), states),
        columns=(column, *names, _("合计")),
        rows=rows,
    )


def by_day(of: Mapping[date, Counts]) -> Content:
    """Return the picture of what each day brought, or each week where there are many days."""
    if not of:
        return no_decisions()
    weekly = len(of) > _MANY_DAYS
    spans = statistics.by_week(dict(of)) if weekly else of
    busy = [day for day, counts in of.items() if counts.decided]
    best = max(busy, key=lambda day: of[day].decided)
    said = _("{days} 天有决定，平均每天 {mean} 条；最多的是{best}，{count} 条。").format(
        days=grouped(len(busy)),
        mean=grouped(round(sum(of[day].decided for day in busy) / len(busy))),
        best=day_name(best),
        count=grouped(of[best].decided),
    )
    states = [state for state in STACK if state is not State.SUGGESTED]
    days = list(spans)

    def draw(chart: Chart) -> None:
        ends = [[0, *accumulate(getattr(counts, state) for state in states)] for counts in spans.values()]
        for number, state in enumerate(states):
            boxes = [
                (x - 0.38, stack[number], x + 0.38, stack[number + 1])
                for x, stack in enumerate(ends)
                if stack[number + 1] > stack[number]
            ]
            colour, hollow = STACK[state]
            chart.bars(boxes, colour, hollow=hollow)
        chart.free_left()
        chart.rules(across=True)
        chart.name_bottom(_some(days))
        highest = max(stack[-1] for stack in ends)
        chart.frame((-0.8, max(len(days) - 0.2, 6.0)), (0, highest * 1.08))
        chart.set_points(
            [
                Point(x, stack[-1], _day_says(day, spans[day], weekly=weekly))
                for x, (day, stack) in enumerate(zip(days, ends, strict=True))
                if stack[-1]
            ]
        )

    return Content(
        said,
        draw,
        height=220,
        keys=_keys(spans.values(), states),
        columns=(_("周起") if weekly else _("日期"), *_STATE_NAMES[:-1], _("合计")),
        rows=[
            (day.isoformat(), *(str(getattr(counts, state)) for state in states), str(counts.decided))
            for day, counts in spans.items()
        ],
    )


def _day_says(day: date, counts: Counts, *, weekly: bool) -> str:
    parts = _("，").join(
        f"{labels.STATES[state]} {grouped(getattr(counts, state))}"
        for state in STACK
        if state is not State.SUGGESTED and getattr(counts, state)
    )
    when = _("{day}起的一周").format(day=day_name(day)) if weekly else day_name(day)
    return _("{when}：{count} 条，{parts}。").format(when=when, count=grouped(counts.decided), parts=parts)


def day_name(day: date) -> str:
    """Return a day as one says it: 11月3日; with the year if it is not this one."""
    name = _("{month}月{day}日").format(month=day.month, day=day.day)
    return name if day.year == date.today().year else _("{year}年{day}").format(year=day.year, day=name)


def _some(days: Sequence[date], most: int = 7) -> dict[float, str]:
    """Return names for some of the days, evenly apart, by their places."""
    step = max(1, -(-len(days) // most))
    return {float(x): f"{days[x].month}/{days[x].day}" for x in range(0, len(days), step)}


def by_rule(of: Mapping[tuple[str, str], Precision], overall: Precision) -> Content:
    """Return the picture of how often the suggestions of each rule were right."""
    if not overall.total:
        return no_decisions()
    rules = list(of.items())[:_RULES]
    low, high = overall.interval
    said = _(
        "{count} 条建议中 {share} 一字未改（95% 区间 {low}–{high}）；更正 {partly}，驳回 {wrong}。"
    ).format(
        count=grouped(overall.total),
        share=percent(overall.share),
        low=percent(low),
        high=percent(high),
        partly=percent(overall.partly / overall.total),
        wrong=percent(overall.wrong / overall.total),
    )
    if len(of) > len(rules):
        said += _("图中是决定最多的 {some} 条规则，共 {all} 条。").format(some=len(rules), all=len(of))
    names = [rule_name(type_, rule) for type_, rule in of]

    def draw(chart: Chart) -> None:
        points = []
        chart.rules(along=True, whole=False)
        chart.line([overall.share] * 2, [-0.6, len(rules) - 0.4], "quiet", dashed=True)
        for row, (name, (_key, found)) in enumerate(zip(names, rules, strict=False)):
            low, high = found.interval
            chart.line([low, high], [row, row], "metric", width=2)
            chart.dots(
                [found.share],
                [row],
                "metric",
                size=8 if found.total < _FEW else 10,
                hollow=found.total < _FEW,
            )
            chart.word(1.03, row, grouped(found.total), anchor=(0, 0.5))
            points.append(Point(found.share, row, f"{name}：{_precision_says(found)}"))
        chart.name_left(dict(enumerate(names[: len(rules)])))
        chart.name_bottom({share / 100: f"{share}%" for share in (0, 25, 50, 75, 100)})
        chart.frame((0, 1.16), (-0.6, len(rules) - 0.4), downwards=True)
        chart.set_points(points)

    return Content(
        said,
        draw,
        height=max(5, len(rules)) * 25 + 40,
        keys=[
            Key(_("原样采纳"), "metric", "●"),
            Key(_("少于 {few} 条").format(few=_FEW), "metric", "●", hollow=True),
            Key(_("95% 区间"), "metric", "—"),
            Key(_("全部规则"), "quiet", "┄"),
        ],
        columns=(_("规则"), *_PRECISION_COLUMNS),
        rows=[(name, *_precision_row(found)) for name, found in zip(names, of.values(), strict=True)],
    )


def rule_name(type_: str, rule: str) -> str:
    """Return what a rule is called among those of both types: 金额·总量; 承诺·推进."""
    called = labels.rule(rule) or _("未注明")
    return called if "." in rule else f"{labels.TYPES[type_]}·{called}"


#: Fewer decisions than this say little; their sign is hollow.
_FEW = 30
_PRECISION_COLUMNS = (_("决定"), _("原样采纳"), _("更正"), _("驳回"), _("采纳率"), _("95% 区间"), _("置信度"))


def _precision_row(found: Precision) -> tuple[str, ...]:
    low, high = found.interval
    return (
        *map(str, (found.total, found.right, found.partly, found.wrong)),
        percent(found.share),
        f"{percent(low)}–{percent(high)}",
        "" if found.told is None else percent(found.told),
    )


def _precision_says(found: Precision) -> str:
    low, high = found.interval
    return _(
        "{share} 原样采纳（{low}–{high}）；采纳 {right}，更正 {partly}，驳回 {wrong}，共 {total} 条。"
    ).format(
        share=percent(found.share),
        low=percent(low),
        high=percent(high),
        right=grouped(found.right),
        partly=grouped(found.partly),
        wrong=grouped(found.wrong),
        total=grouped(found.total),
    )


def by_confidence(of: Mapping[int, Precision]) -> Content:
    """Return the picture of what confidence was told, and how often it was right."""
    if not of:
        return no_decisions()
    count = sum(found.total for found in of.values())
    told = sum((found.told or 0) * found.total for found in of.values()) / count
    right = sum(found.right for found in of.values()) / count
    off = 100 * (right - told)
    verdict = _("两者相符") if abs(off) < 3 else _("程序低估了自己") if off > 0 else _("程序高估了自己")
    said = _("程序平均自报 {told}，实际原样采纳 {right}：{verdict}。点在虚线上，就是说多少中多少。").format(
        told=percent(told), right=percent(right), verdict=verdict
    )
    names = {start: f"{start}–{statistics.bin_end(start)}%" for start in of}

    def draw(chart: Chart) -> None:
        chart.free_left()
        chart.rules(across=True, whole=False)
        chart.line([0, 1], [0, 1], "quiet", dashed=True)
        x = [found.told or 0.0 for found in of.values()]
        chart.line(x, [found.share for found in of.values()], "metric", width=1.5)
        points = []
        for at, (start, found) in zip(x, of.items(), strict=True):
            low, high = found.interval
            chart.line([at, at], [low, high], "metric", width=2)
            chart.dots(
                [at], [found.share], "metric", size=8 if found.total < _FEW else 10, hollow=found.total < _FEW
            )
            says = _("自报 {bin}：{precision}").format(bin=names[start], precision=_precision_says(found))
            points.append(Point(at, found.share, says))
        marks = {share / 100: f"{share}%" for share in (0, 25, 50, 75, 100)}
        chart.name_left(marks)
        chart.name_bottom({at: name for at, name in marks.items() if at >= _least(x)})
        chart.frame((_least(x), 1.03), (0, 1.04))
        chart.set_points(points)

    return Content(
        said,
        draw,
        height=270,
        keys=[
            Key(_("原样采纳（纵）与自报（横）"), "metric", "●"),
            Key(_("少于 {few} 条").format(few=_FEW), "metric", "●", hollow=True),
            Key(_("说多少中多少"), "quiet", "┄"),
        ],
        columns=(_("自报"), *_PRECISION_COLUMNS),
        rows=[(names[start], *_precision_row(found)) for start, found in of.items()],
    )


def _least(x: Sequence[float]) -> float:
    """Return where the axis of confidences begins: at 0, 25 or 50 %."""
    return max(0.0, int((min(x) - 0.02) * 4) / 4)


def by_speed(of: Mapping[date, Speed], overall: Speed) -> Content:
    """Return the picture of how long a decision takes."""
    if not of:
        return no_decisions()
    if overall.median is None:
        said = _("逐条的决定还不够，看不出一条要几秒。")
    else:
        said = _("一条的中位数是 {median} 秒；一半在 {quick} 到 {slow} 秒之间（{count} 条）。").format(
            median=seconds(overall.median),
            quick=seconds(overall.quick),
            slow=seconds(overall.slow),
            count=grouped(overall.count),
        )
    if overall.bulk_acts:
        said += _("另有 {acts} 次成批，共 {count} 条，不计在内。").format(
            acts=grouped(overall.bulk_acts), count=grouped(overall.bulk_decisions)
        )
    said += _("停顿超过两分钟的不算。")
    first, last = min(of), max(of)
    places = {day: float((day - first).days) for day in of}
    timed = {day: speed for day, speed in of.items() if speed.median is not None}

    def draw(chart: Chart) -> None:
        chart.free_left()
        chart.rules(across=True, whole=False)
        points = []
        highest = max((speed.slow or 0.0 for speed in timed.values()), default=1.0) * 1.15
        bulk = [places[day] for day, speed in of.items() if speed.bulk_acts]
        for day, speed in timed.items():
            chart.line([places[day]] * 2, [speed.quick or 0.0, speed.slow or 0.0], "commitment", width=2)
        chart.dots(
            [places[day] for day in timed],
            [speed.median or 0.0 for speed in timed.values()],
            "commitment",
            size=10,
        )
        chart.dots(bulk, [highest * 0.02] * len(bulk), "metric", sign="d", size=9)
        for day, speed in of.items():
            points.append(Point(places[day], speed.median or highest * 0.02, _speed_says(day, speed)))
        length = (last - first).days + 1
        chart.name_bottom(_some([first + timedelta(days=number) for number in range(length)], 12))
        chart.frame((-0.8, max(length - 0.2, 6.0)), (0, highest))
        chart.set_points(points)

    return Content(
        said,
        draw if timed or overall.bulk_acts else None,
        height=200,
        keys=[
            Key(_("中位数，秒"), "commitment", "●"),
            Key(_("一半在此之间"), "commitment", "—"),
            *([Key(_("有成批的决定"), "metric", "◆")] if overall.bulk_acts else []),
        ],
        columns=(
            _("日期"),
            _("中位数（秒）"),
            _("快的四分之一"),
            _("慢的四分之一"),
            _("条数"),
            _("成批次数"),
            _("成批条数"),
        ),
        rows=[
            (
                day.isoformat(),
                *(seconds(value) for value in (speed.median, speed.quick, speed.slow)),
                *map(str, (speed.count, speed.bulk_acts, speed.bulk_decisions)),
            )
            for day, speed in of.items()
        ],
    )


def seconds(value: float | None) -> str:
    """Return seconds with one digit behind the point; none from ten on."""
    return "" if value is None else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _speed_says(day: date, speed: Speed) -> str:
    said = _("{day}：").format(day=day_name(day))
    if speed.median is not None:
        said += _("中位数 {median} 秒，{count} 条；").format(
            median=seconds(speed.median), count=grouped(speed.count)
        )
    if speed.bulk_acts:
        said += _("成批 {acts} 次，{count} 条；").format(
            acts=grouped(speed.bulk_acts), count=grouped(speed.bulk_decisions)
        )
    return said.rstrip("；：") + _("。")
