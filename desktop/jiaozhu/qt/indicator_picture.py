"""The picture of one indicator: targets and results by year or by region, each point opening its sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, cast

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QCompleter, QLineEdit, QToolButton, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import State
from jiaozhu.qt import labels
from jiaozhu.qt.chart import Chart, Point, grouped
from jiaozhu.qt.picture import Content, Key, Picture
from jiaozhu.qt.progress_pictures import ROW
from jiaozhu.qt.reading_aside import ReadingAside
from jiaozhu.review.series import Reading, Scale, readings, told_in
from jiaozhu.store import Store
from jiaozhu.store.statistics import IndicatorRow

#: The sign and colour of each status: results are filled, what is to come is open.
_STATUSES = {
    "actual": ("o", "●", "done", False),
    "estimate": ("o", "●", "done", True),
    "target": ("d", "◆", "focus", True),
    "planned": ("t1", "▲", "commitment", True),
}
#: So many facts at most: more can't be told apart, and take long to draw.
_MOST = 1_000
#: So many regions at most: those with most facts.
_REGIONS = 30


class Indicator(NamedTuple):
    """An indicator of the project: its key, what it is called, and how it is written."""

    key: str
    name: str
    verified: int
    written: tuple[str, ...]


def named(rows: Iterable[IndicatorRow]) -> list[Indicator]:
    """Return the indicators with their names in the lexicon, those with most verified facts first."""
    from jiaozhu.extraction.metrics.canon import measures  # half a second, here in the thread

    known = measures()
    by_key: defaultdict[str, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    found = [
        Indicator(
            key,
            known[key].name if key in known else several[0].name,
            sum(row.verified for row in several),
            tuple(row.name for row in several),
        )
        for key, several in by_key.items()
    ]
    waiting = {key: sum(row.suggested for row in several) for key, several in by_key.items()}
    return sorted(found, key=lambda one: (-one.verified, -waiting[one.key]))


class IndicatorPicture(Picture):
    """A picture with a field to choose the indicator, and what to compare."""

    #: An indicator was chosen: its id, else its name.
    chosen = Signal(str)

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, parent)
        self._project: Path | None = None
        self._keys: dict[str, str] = {}  # of indicators, by each name in which they are written
        self._names: dict[str, str] = {}  # of indicators, by key
        self._key: str | None = None
        self._found: dict[Scale, list[Reading]] = {}
        self._scales: dict[Scale, list[Reading]] = {}
        self._aside = ReadingAside(self)
        self._aside.found.connect(self._on_found)
        self._aside.failed.connect(self.remarked)

        self.field = QLineEdit()
        self.field.setPlaceholderText(_("输入指标名，如 GDP"))
        self.field.setAccessibleName(_("指标"))
        self.field.setMinimumWidth(230)
        self._completions = QStringListModel(self)
        completer = QCompleter(self._completions, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(_("项目中的指标"))
        completer.activated.connect(self.choose_name)
        self.field.setCompleter(completer)
        self.field.returnPressed.connect(lambda: self.choose_name(self.field.text()))
        self.by_year = self._button(_("按年份"))
        self.by_region = self._button(_("按地区"))
        group = QButtonGroup(self)
        for button in self.by_year, self.by_region:
            group.addButton(button)
            button.toggled.connect(self._on_axis)
        self.scale = self._box(_("单位和类别"))
        self.scale.currentIndexChanged.connect(self._on_scale)
        self.only = self._box(_("范围"))
        self.only.currentIndexChanged.connect(lambda _index: self._show())
        self.with_suggested = QCheckBox(_("含未决的建议"))
        self.with_suggested.setAccessibleName(self.with_suggested.text())
        self.with_suggested.toggled.connect(lambda _on: self._sort_out())
        tools = [self.field, self.by_year, self.by_region, self.scale, self.only, self.with_suggested]
        for widget in tools:
            self.tools.addWidget(widget)
        self.tools.addStretch()
        order: list[QWidget] = [*tools, self.chart, self.table]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self.by_year.setChecked(True)

    def set_project(self, project: Path | None) -> None:
        """Show the indicators of another project, or of none."""
        if project == self._project:
            return
        self._aside.forget()
        self._project, self._key, self._found = project, None, {}
        self._keys, self._names = {}, {}
        self.field.clear()
        self.with_suggested.setChecked(False)
        self._sort_out()

    def take(self, value: object) -> None:
        """Offer other indicators, and show the one that was chosen anew, else the one with most facts."""
        indicators = cast("list[Indicator]", value)
        self._names = {indicator.key: indicator.name for indicator in indicators}
        self._keys = {name: one.key for one in indicators for name in one.written}
        self._keys |= {name: key for key, name in self._names.items()}
        self._completions.setStringList(list(dict.fromkeys([*self._names.values(), *self._keys])))
        if self._key not in self._names:
            self._key = next(iter(self._names), None)
            self.field.setText(self._names.get(self._key or "", ""))
            if indicators and not indicators[0].verified:  # what was suggested is all there is
                self.with_suggested.setChecked(True)
        self._read()

    @property
    def is_reading(self) -> bool:
        """Whether the facts of the indicator are still being read."""
        return self._aside.is_reading

    def choose_name(self, name: str) -> None:
        """Show the indicator of this name; what is no indicator of the project is said."""
        typed = name.strip()
        part = typed.casefold()
        key = self._keys.get(typed) or next(
            (self._keys[one] for one in self._completions.stringList() if part and part in one.casefold()),
            None,
        )
        if key is None:
            self.remarked.emit(_("项目中没有指标“{name}”。").format(name=typed))
            return
        self._key = key
        self.field.setText(self._names[key])
        self._read()
        self.chosen.emit(key)

    def _read(self) -> None:
        key = self._key
        if key is None or self._project is None:
            self._found = {}
            self._sort_out()
            return

        def wish(store: Store) -> Iterator[object]:
            yield readings(store.facts(key))

        self._aside.wish(self._project, wish)

    def _on_found(self, found: dict[Scale, list[Reading]]) -> None:
        self._found = found
        self._sort_out()

    def _sort_out(self) -> None:
        """Offer the scales of the facts that are wanted."""
        with_suggested = self.with_suggested.isChecked()
        wanted = {
            scale: [one for one in found if with_suggested or one.metric.state is not State.SUGGESTED]
            for scale, found in self._found.items()
        }
        order = sorted(filter(wanted.get, wanted), key=lambda scale: -len(wanted[scale]))
        self._scales = {scale: wanted[scale] for scale in order}
        before = self.scale.currentData()
        self._fill(
            self.scale,
            [
                (f"{_scale_name(scale, found)}（{len(found)}）", scale)
                for scale, found in self._scales.items()
            ],
            before,
        )
        self._on_scale()

    def _on_scale(self) -> None:
        self._offer_only()
        self._show()

    def _on_axis(self, on: bool) -> None:
        if on:
            self._offer_only()
            self._show()

    def _offer_only(self) -> None:
        """Offer the regions by year, the years by region; the one with most facts, else all, is taken."""
        found = self._scales.get(self.scale.currentData(), [])
        before = self.only.currentData()
        entries: list[tuple[str, object]]
        if self.by_year.isChecked():
            regions = Counter(reading.metric.region or "" for reading in found)
            entries = [
                (_("所有地区"), None),
                *((name or _("未注明"), name) for name, _n in regions.most_common()),
            ]
        else:
            years = sorted({reading.year for reading in found if reading.year is not None}, reverse=True)
            entries = [(_("所有年份"), None), *((_("{year}年").format(year=year), year) for year in years)]
        self._fill(self.only, entries, before)

    @staticmethod
    def _fill(box: QComboBox, entries: Sequence[tuple[str, object]], chosen: object) -> None:
        box.blockSignals(True)
        box.clear()
        for name, value in entries:
            box.addItem(name, value)
        box.setCurrentIndex(next((at for at, (_name, value) in enumerate(entries) if value == chosen), 0))
        box.setEnabled(len(entries) > 1)
        box.blockSignals(False)

    def _show(self) -> None:
        scale = self.scale.currentData()
        found = self._scales.get(scale, [])
        only = self.only.currentData()
        is_by_year = self.by_year.isChecked()
        if only is not None:
            found = [
                reading
                for reading in found
                if (reading.metric.region or "" if is_by_year else reading.year) == only
            ]
        if scale is None or not found:
            self.show_content(Content(self._nothing()))
            return
        name, count = self._names.get(self._key or "", ""), len(found)
        if count > _MOST:
            found = sorted(found, key=lambda one: one.metric.state is State.SUGGESTED)[:_MOST]
        content = (_by_year if is_by_year else _by_region)(name, scale, found)
        if count > _MOST:
            part = _("共 {count} 条，图和表中是前 {most} 条；请选一个{choice}看全。")
            choice = _("地区") if is_by_year else _("年份")
            part = part.format(count=grouped(count), most=grouped(_MOST), choice=choice)
            content = replace(content, sentence=content.sentence + part)
        self.show_content(content)

    def _nothing(self) -> str:
        """Return what to do where there is nothing to draw."""
        if not self._names:
            return _("还没有写明指标名的条目。导入讲话并审校几条，这里就能看目标和实绩。")
        if self._found and not self.with_suggested.isChecked():
            return _("这个指标还没有核对过的数值。可以勾选“含未决的建议”，或先回到审校。")
        return _("这个指标没有能画出来的数值；请另选一个。")

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        for widget in box, box.view():
            widget.setAccessibleName(name)
        box.setMinimumWidth(130)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box


def _scale_name(scale: Scale, found: Sequence[Reading]) -> str:
    """Return what a scale is called: 总量，亿元; 增速，同比，%."""
    _factor, unit = told_in(scale, [reading.value for reading in found])
    values = labels.VALUES["metric"]
    parts = [values["kind"].get(scale.kind, scale.kind), values["basis"].get(scale.basis, scale.basis), unit]
    return _("，").join(part for part in parts if part)


def _by_year(name: str, scale: Scale, found: Sequence[Reading]) -> Content:
    timed = sorted((one for one in found if one.moment is not None), key=lambda one: (one.moment, one.value))
    if not timed:
        return Content(_("这些数值都没有写明期间，不能按年份排列；请改按地区看。"))
    factor, unit = told_in(scale, [one.value for one in found])
    moments = [one.moment or 0.0 for one in timed]
    sentence = _sentence(name, timed, factor, unit)
    if len(timed) < len(found):
        sentence += _("另有 {count} 条没有期间，不在图中。").format(count=len(found) - len(timed))

    def draw(chart: Chart) -> None:
        chart.free_left()
        chart.rules(across=True, whole=False)
        regions: defaultdict[tuple[str, bool], list[Reading]] = defaultdict(list)
        for one in timed:
            regions[one.metric.region or "", one.metric.status in ("actual", "estimate")].append(one)
        for (_region, is_result), several in regions.items():
            by_moment = {one.moment or 0.0: one.value / factor for one in several}
            if len(by_moment) > 1 and len(regions) <= 8:
                chart.line(
                    list(by_moment),
                    list(by_moment.values()),
                    "done" if is_result else "focus",
                    width=1,
                    dashed=not is_result,
                )
        _draw_dots(
            chart, [(moment, one.value / factor) for moment, one in zip(moments, timed, strict=True)], timed
        )
        years = range(int(min(moments)), int(max(moments) + 0.999) + 1)
        step = max(1, len(years) // 12)
        chart.name_bottom(
            {float(year): _("{year}年").format(year=year) for year in years if year % step == 0}
        )
        values = [one.value / factor for one in timed]
        chart.frame((min(moments) - 0.4, max(moments) + 0.4), _room(values))
        chart.set_points(
            [
                Point(
                    moment, one.value / factor, _says(one, factor, unit), (one.fact.document, one.metric.id)
                )
                for moment, one in zip(moments, timed, strict=True)
            ]
        )

    return _content(sentence, draw, 300, timed, factor, unit)


def _by_region(name: str, scale: Scale, found: Sequence[Reading]) -> Content:
    factor, unit = told_in(scale, [one.value for one in found])
    regions: defaultdict[str, list[Reading]] = defaultdict(list)
    for one in found:
        regions[one.metric.region or _("未注明")].append(one)
    most = sorted(regions, key=lambda region: -len(regions[region]))[:_REGIONS]
    order = sorted(most, key=lambda region: (-max(one.value for one in regions[region]), region))
    shown = [one for region in order for one in sorted(regions[region], key=lambda one: one.value)]
    places = [
        (one.value / factor, float(row))
        for row, region in enumerate(order)
        for one in sorted(regions[region], key=lambda one: one.value)
    ]
    sentence = _sentence(name, shown, factor, unit)
    if len(regions) > len(order):
        sentence += _("图中是条目最多的 {some} 个地区，共 {all} 个。").format(
            some=len(order), all=len(regions)
        )

    def draw(chart: Chart) -> None:
        chart.rules(along=True, whole=False)
        for row, region in enumerate(order):
            values = [one.value / factor for one in regions[region]]
            chart.line([min(values), max(values)], [row, row], "line", width=3)
        _draw_dots(chart, places, shown)
        chart.name_left(dict(enumerate(order)))
        chart.frame(_room([x for x, _y in places]), (-0.7, len(order) - 0.3), downwards=True)
        chart.set_points(
            [
                Point(x, y, _says(one, factor, unit), (one.fact.document, one.metric.id))
                for (x, y), one in zip(places, shown, strict=True)
            ]
        )

    return _content(sentence, draw, max(3, len(order)) * ROW + 44, shown, factor, unit)


def _draw_dots(chart: Chart, places: Sequence[tuple[float, float]], found: Sequence[Reading]) -> None:
    """Draw each fact with the sign of its status; what nobody has verified is small."""
    for status, (sign, _key, colour, hollow) in _STATUSES.items():
        for is_suggested in True, False:
            several = [
                place
                for place, one in zip(places, found, strict=True)
                if (one.metric.status or "actual") == status
                and (one.metric.state is State.SUGGESTED) is is_suggested
            ]
            if several:
                x, y = zip(*several, strict=True)
                chart.dots(x, y, colour, sign=sign, hollow=hollow, size=6 if is_suggested else 11)


def _room(values: Sequence[float]) -> tuple[float, float]:
    """Return the part of an axis that holds the values, and 0 unless they are far from it."""
    low, high = min(values), max(values)
    if low > 0 and low < 0.7 * high:
        low = 0.0
    if high < 0:
        high = 0.0
    margin = (high - low or abs(high) or 1.0) * 0.08
    return (low - (margin if low else margin / 3), high + margin)


def _sentence(name: str, found: Sequence[Reading], factor: float, unit: str) -> str:
    counts = Counter(one.metric.status or "actual" for one in found)
    parts = _("，").join(
        f"{labels.VALUES['metric']['status'][status]} {counts[status]}"
        for status in _STATUSES
        if counts[status]
    )
    values = sorted(one.value / factor for one in found)
    span = (
        number(values[0])
        if values[0] == values[-1]
        else _("{low} 到 {high}").format(low=number(values[0]), high=number(values[-1]))
    )
    return _("{name}：{count} 条（{parts}），{span}{unit}。").format(
        name=name, count=len(found), parts=parts, span=span, unit=f" {unit}" if unit else ""
    )


def number(value: float) -> str:
    """Return a number with as many digits as one reads: four of them, more only before the point."""
    return grouped(round(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2))


def _told(one: Reading, factor: float, unit: str) -> str:
    sign = labels.COMPARATORS.get(one.metric.comparator or "", "")
    high = f"–{number(one.high / factor)}" if one.high is not None else ""
    return f"{sign}{number(one.value / factor)}{high} {unit}".strip()


def _says(one: Reading, factor: float, unit: str) -> str:
    metric = one.metric
    status = labels.VALUES["metric"]["status"].get(metric.status or "", "")
    where = " ".join(part for part in (metric.region, _period(metric.period), status) if part)
    state = f"{labels.SIGNS[metric.state]} {labels.STATES[metric.state]}"
    return _("{where}：{value}，原文“{text}”，{state}。").format(
        where=where or _("未注明"), value=_told(one, factor, unit), text=metric.text, state=state
    )


def _period(period: str | None) -> str:
    """Return a period as one says it: 2024年, else its ends."""
    start, _stroke, end = (period or "").partition("/")
    if start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return _("{year}年").format(year=start[:4])
    return _("{start} 至 {end}").format(start=start, end=end) if end else start


def _content(
    sentence: str,
    draw: Callable[[Chart], None],
    height: int,
    found: Sequence[Reading],
    factor: float,
    unit: str,
) -> Content:
    there = {one.metric.status or "actual" for one in found}
    keys = [
        Key(labels.VALUES["metric"]["status"][status], colour, sign, hollow)
        for status, (_sign, sign, colour, hollow) in _STATUSES.items()
        if status in there
    ]
    return Content(
        sentence,
        draw,
        height=height,
        keys=[
            *keys,
            *(
                [Key(_("小的未决"), "quiet", "·")]
                if any(one.metric.state is State.SUGGESTED for one in found)
                else []
            ),
        ],
        columns=(
            _("地区"),
            _("期间"),
            _("性质"),
            _("数值（{unit}）").format(unit=unit or _("无单位")),
            _("上限"),
            _("原文"),
            _("状态"),
        ),
        rows=[
            (
                one.metric.region or "",
                one.metric.period or "",
                labels.VALUES["metric"]["status"].get(one.metric.status or "", ""),
                f"{one.value / factor:.10g}",
                "" if one.high is None else f"{one.high / factor:.10g}",
                one.metric.text,
                labels.STATES[one.metric.state],
            )
            for one in found
        ],
        places=[(one.fact.document, one.metric.id) for one in found],
    )
