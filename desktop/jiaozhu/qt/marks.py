"""How annotations are drawn over and beside the text.

Metrics have a tint and an underline, commitments a rule in the margin and a corner at either end.
The pattern tells the state: dotted is suggested, solid is decided, struck out is rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from jiaozhu.model import AnyAnnotation, Commitment, Metric, State
from jiaozhu.qt.page import LaidBlock
from jiaozhu.qt.spans import lanes
from jiaozhu.qt.theme import Theme

#: From the text to the first margin rule, and from rule to rule, in pixels.
RULE_GAP = 16
RULE_STEP = 8
#: Where the sign that points to the focus stands, left of the text.
_POINTER = 44
#: From the column to the sign of a flag at its right, in pixels.
_FLAG_GAP = 9
#: Between the underlines of nested metrics.
_UNDERLINE_STEP = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """A commitment's rule beside one block: its lane, 0 next to the text, its top and bottom."""

    commitment: Commitment
    lane: int
    top: float
    bottom: float


def rules(block: LaidBlock, annotations: Sequence[AnyAnnotation]) -> list[Rule]:
    """Return the rules of the commitments beside a block, y counted from its top.

    Commitments that overlap have lanes of their own; those that follow each other in one line
    share its height in their order.
    """
    found = [one for one in annotations if isinstance(one, Commitment) and one.end > block.start]
    reach = [
        (block.line_at(max(one.start, block.start)), block.line_at(min(one.end, block.end) - 1))
        for one in found
    ]
    chosen = lanes((one.start, one.end) for one in found)
    on_line: dict[tuple[int, int], list[int]] = {}  # lane and line -> which commitments, in order
    for number, (first, last) in enumerate(reach):
        for line in {first, last}:
            on_line.setdefault((chosen[number], line), []).append(number)
    placed = []
    for number, (one, (first, last), lane) in enumerate(zip(found, reach, chosen, strict=True)):
        above, below = on_line[lane, first], on_line[lane, last]
        top = block.line_top(first) + block.pitch * above.index(number) / len(above)
        bottom = block.line_top(last) + block.pitch * (below.index(number) + 1) / len(below)
        placed.append(Rule(one, lane, top + 2.5, bottom - 2.5))
    return placed


def _lines(block: LaidBlock, one: AnyAnnotation) -> tuple[int, int]:
    """Return the first and last line of a block that an annotation touches."""
    return block.line_at(max(one.start, block.start)), block.line_at(min(one.end, block.end) - 1)


def flagged_at(block: LaidBlock, annotations: Iterable[AnyAnnotation], line: int) -> list[AnyAnnotation]:
    """Return the flagged annotations that begin in a line of a block: its sign is theirs."""
    return [
        one
        for one in annotations
        if one.flagged and block.start <= one.start and block.line_at(one.start) == line
    ]


class Marks:
    """Draws the annotations of one block at a time, with the pens of a theme."""

    def __init__(self, theme: Theme, em: float) -> None:
        self._theme = theme
        self._em = em
        self._underline = {
            True: QPen(theme.metric, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap),
            False: _dotted(theme.metric, 2.2),
        }
        self._rule = {
            True: QPen(theme.commitment, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap),
            False: _dotted(theme.commitment, 2.4),
        }
        self._strike = QPen(theme.faint, 1.4)
        self._corner = QPen(theme.commitment, 1.1)
        self._corner_focus = QPen(theme.focus, 2.0)
        self._frame = QPen(theme.focus, 1.8)

    def draw_under(
        self,
        painter: QPainter,
        block: LaidBlock,
        annotations: Iterable[AnyAnnotation],
        focus: AnyAnnotation | None,
    ) -> None:
        """Draw the tints, which lie below the characters; the painter's origin is the block's corner."""
        theme = self._theme
        if isinstance(focus, Commitment):
            self._fill(painter, block, focus, theme.commitment_tint, 4.0)
        for one in annotations:
            if isinstance(one, Metric) and one.state is not State.REJECTED:
                strong = focus is not None and one.id == focus.id
                self._fill(painter, block, one, theme.metric_strong if strong else theme.metric_tint, 2.0)

    def draw_over(
        self,
        painter: QPainter,
        block: LaidBlock,
        annotations: Sequence[AnyAnnotation],
        focus: AnyAnnotation | None,
    ) -> None:
        """Draw lines, corners and the frame of the focus, which lie over the characters."""
        # Nested metrics: the outermost has the lowest line.
        metrics = [one for one in annotations if isinstance(one, Metric)]
        levels = lanes((one.start, one.end) for one in metrics)
        for metric, level in zip(metrics, levels, strict=True):
            self._draw_metric(painter, block, metric, (max(levels) - level) * _UNDERLINE_STEP)
        for one in annotations:
            if isinstance(one, Commitment):
                self._draw_corners(painter, block, one, focused=focus is not None and one.id == focus.id)
        if isinstance(focus, Metric):
            self._draw_frame(painter, block, focus)

    def draw_rules(
        self,
        painter: QPainter,
        block: LaidBlock,
        annotations: Sequence[AnyAnnotation],
        focus: AnyAnnotation | None,
    ) -> None:
        """Draw the rules in the margin; `annotations` are all those of the block."""
        for rule in rules(block, annotations):
            self._draw_rule(painter, rule, focused=focus is not None and rule.commitment.id == focus.id)

    def draw_flags(
        self, painter: QPainter, block: LaidBlock, annotations: Iterable[AnyAnnotation], width: float
    ) -> None:
        """Draw a flag right of the column, `width` wide, beside each line where something flagged begins."""
        lines = {block.line_at(one.start) for one in annotations if one.flagged and one.start >= block.start}
        painter.setPen(QPen(self._theme.warning, 1.6))
        painter.setBrush(self._theme.warning)
        for line in lines:
            foot = QPointF(width + _FLAG_GAP, block.baseline(line) + 1)
            top = foot - QPointF(0, 0.8 * self._em)
            painter.drawLine(foot, top)
            painter.drawPolygon(QPolygonF([top, top + QPointF(9, 3.5), top + QPointF(0, 7)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def draw_pointer(
        self, painter: QPainter, block: LaidBlock, focus: AnyAnnotation, *, filled: bool
    ) -> None:
        """Point at the focus from the margin; hollow while the keys go elsewhere."""
        y = block.baseline(block.line_at(focus.start)) - 0.36 * self._em
        tip = QPointF(-_POINTER + 9, y)
        painter.setPen(QPen(self._theme.focus, 1.2))
        painter.setBrush(self._theme.focus if filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-8, -5), tip + QPointF(-8, 5)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _fill(
        self, painter: QPainter, block: LaidBlock, one: AnyAnnotation, colour: QColor, grow: float
    ) -> None:
        for line, left, right in block.pieces(one.start, one.end):
            painter.fillRect(self._box(block, line, left, right, grow), colour)

    def _box(self, block: LaidBlock, line: int, left: float, right: float, grow: float) -> QRectF:
        """Return the rectangle of the characters between two x, grown above and below."""
        baseline = block.baseline(line)
        return QRectF(left, baseline - 0.88 * self._em - grow, right - left, self._em + 2 * grow)

    def _draw_metric(self, painter: QPainter, block: LaidBlock, one: Metric, lower: float) -> None:
        rejected = one.state is State.REJECTED
        painter.setPen(self._strike if rejected else self._underline[one.state is not State.SUGGESTED])
        for line, left, right in block.pieces(one.start, one.end):
            y = block.baseline(line) + (-0.36 * self._em if rejected else 0.12 * self._em + 4 + lower)
            painter.drawLine(QLineF(left, y, right, y))

    def _draw_corners(self, painter: QPainter, block: LaidBlock, one: Commitment, *, focused: bool) -> None:
        pieces = block.pieces(one.start, one.end)
        if not pieces:
            return
        if one.state is State.REJECTED:
            painter.setPen(self._strike)
            for line, left, right in pieces:
                y = block.baseline(line) - 0.36 * self._em
                painter.drawLine(QLineF(left, y, right, y))
        painter.setPen(self._corner_focus if focused else self._corner)
        arm = 6.0 if focused else 5.0
        if one.start >= block.start:
            line, left, right = pieces[0]
            corner = self._box(block, line, left, right, 4.0).topLeft()
            painter.drawPolyline([corner + QPointF(0, arm + 2), corner, corner + QPointF(arm, 0)])
        if one.end <= block.end:
            line, left, right = pieces[-1]
            corner = self._box(block, line, left, right, 4.0).bottomRight()
            painter.drawPolyline([corner - QPointF(0, arm + 2), corner, corner - QPointF(arm, 0)])

    def _draw_rule(self, painter: QPainter, rule: Rule, *, focused: bool) -> None:
        x = -RULE_GAP - rule.lane * RULE_STEP
        state = rule.commitment.state
        if focused:
            painter.fillRect(
                QRectF(x - 4, rule.top - 1, 8, rule.bottom - rule.top + 2), self._theme.commitment_tint
            )
        pen = QPen(self._rule[state not in (State.SUGGESTED, State.REJECTED)])
        if state is State.REJECTED:
            pen = QPen(self._strike)
        if focused:
            pen.setWidthF(pen.widthF() + 1.2)
            pen.setColor(self._theme.focus)
        painter.setPen(pen)
        painter.drawLine(QLineF(x, rule.top, x, rule.bottom))
        if state is State.REJECTED:  # struck through, as a word would be
            y = (rule.top + rule.bottom) / 2
            painter.drawLine(QLineF(x - 4, y + 2.5, x + 4, y - 2.5))

    def _draw_frame(self, painter: QPainter, block: LaidBlock, focus: Metric) -> None:
        """Frame the metric; where it goes on in another line, the frame is open."""
        painter.setPen(self._frame)
        for line, left, right in block.pieces(focus.start, focus.end):
            box = self._box(block, line, left, right, 4.0).adjusted(-1, 0, 1, 0)
            opens = block.line_at(focus.start) == line and focus.start >= block.start
            closes = block.line_at(focus.end - 1) == line and focus.end <= block.end
            painter.drawPath(_frame(box, opens=opens, closes=closes))


def _frame(box: QRectF, *, opens: bool, closes: bool) -> QPainterPath:
    path = QPainterPath()
    if opens and closes:
        path.addRoundedRect(box, 3, 3)
        return path
    path.moveTo(box.topRight())
    path.lineTo(box.topLeft())
    if opens:
        path.lineTo(box.bottomLeft())
    else:
        path.moveTo(box.bottomLeft())
    path.lineTo(box.bottomRight())
    if closes:
        path.lineTo(box.topRight())
    return path


def _dotted(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.0, 1.2])
    return pen
