"""The reading view: a document of any length, of which only what is in sight is set and drawn.

The place is kept as a block and a distance into it, not as a height of the whole page: heights
that turn out different from their estimate never move what is being read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from jiaozhu.i18n import gettext as _
from jiaozhu.model import AnyAnnotation, Document
from jiaozhu.qt import theme
from jiaozhu.qt.caret import Caret
from jiaozhu.qt.marks import RULE_GAP, RULE_STEP, Marks, rules
from jiaozhu.qt.page import STRIP, LaidBlock, Page
from jiaozhu.qt.spans import Spans
from jiaozhu.qt.words import word_at
from jiaozhu.store import SpeechRow

#: White left of the text, where the margin rules stand, and right of it, in pixels.
_GUTTER = 68
_RIGHT = 28
#: Where a place is put when it must be brought into sight, as a part of the height of the view.
_EYE = 0.42
#: How far the text moves at least when the focus comes near an edge, as a part of the same.
_STEP = 0.3
#: How much of the view may be white below the end of the text.
_TAIL = 0.4


class ReadingView(QAbstractScrollArea):
    """Shows a document with its annotations, one of them in focus."""

    #: The id of an annotation that was clicked.
    annotation_clicked = Signal(str)
    #: The selected span, start and end; both the same if nothing is selected.
    selection_changed = Signal(int, int)
    #: Whether the caret is on.
    caret_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("正文"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setAccessibleName(_("正文滚动条"))
        for widget in (self, self.viewport()):  # letters are keys here: no input method may take them
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme.dress(self.verticalScrollBar())
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.size_of_text: int = theme.reading()["size"]
        self.caret: Caret | None = None
        self._theme = theme.current()
        self._document: Document | None = None
        self._speeches: tuple[SpeechRow, ...] = ()
        self._spans = Spans()
        self._focus: AnyAnnotation | None = None
        self._selection = (0, 0)
        self._drag_from: int | None = None
        self._is_pointed = False  # the focus is being put where the mouse is
        self._clicks: tuple[int, int] = (-1, 0)  # where, how often: repeated clicks go outwards
        self._page: Page | None = None
        self._marks: Marks | None = None
        self._anchor = 0  # the block at the top edge
        self._into = 0  # pixels of it that are above the edge
        self._shown_value = 0  # of the scroll bar, as last told
        self._sight: list[tuple[int, int]] = []  # blocks in sight and their y

    # What is shown

    def show_document(
        self,
        document: Document | None,
        speeches: Sequence[SpeechRow] = (),
        annotations: Iterable[AnyAnnotation] = (),
    ) -> None:
        """Show a document from its beginning, or nothing."""
        self._document = document
        self._speeches = tuple(speeches)
        self._spans = Spans(annotations)
        self._focus = None
        self._selection = (0, 0)
        self.caret = None
        self._drag_from = None
        self._anchor = self._into = 0
        self._set_page()

    def put(self, annotation: AnyAnnotation) -> None:
        """Show an annotation that is new or has changed; only its lines are drawn again."""
        before = self._spans.get(annotation.id)
        self._spans.put(annotation)
        if before is not None:
            self._redraw(before.start, before.end)
        self._redraw(annotation.start, annotation.end)
        if self._focus is not None and self._focus.id == annotation.id:
            self.focus_on(annotation.id)

    def remove(self, annotation_id: str) -> None:
        """Show an annotation no longer."""
        before = self._spans.get(annotation_id)
        self._spans.remove(annotation_id)
        if before is not None:
            self._redraw(before.start, before.end)
        if self._focus is not None and self._focus.id == annotation_id:
            self._focus = None

    def focus_on(self, annotation_id: str | None) -> None:
        """Put the focus on an annotation and bring it into sight; None: on nothing."""
        before, self._focus = self._focus, self._spans.get(annotation_id) if annotation_id else None
        for one in (before, self._focus):
            if one is not None:
                self._redraw(one.start, one.end)
        if self._focus is not None:
            if self._is_pointed:  # what is under the mouse stays there
                self.bring_into_sight(self._focus.start, self._focus.end, above=0, below=0)
            else:
                self.bring_into_sight(self._focus.start, self._focus.end)
            if self._focus != before:
                self._announce(self._focus)

    def select(self, start: int, end: int) -> None:
        """Select a span of the text; both the same: nothing."""
        if (start, end) == self._selection:
            return
        for edge in (self._selection, (start, end)):
            self._redraw(*edge)
        self._selection = (start, end)
        self.selection_changed.emit(start, end)

    def clear_selection(self) -> None:
        """Select nothing; a caret stays where it is."""
        if self.caret is not None:
            self.caret.anchor = self.caret.position
        self.select(0, 0)

    @property
    def selection(self) -> tuple[int, int] | None:
        """Return the selected span, None if nothing is selected."""
        return self._selection if self._selection[0] < self._selection[1] else None

    @property
    def focused(self) -> AnyAnnotation | None:
        """Return the annotation in focus."""
        return self._focus

    def set_size_of_text(self, size: int | None) -> None:
        """Set the size of the characters, in pixels before scaling; None: the usual one.

        The place stays in sight.
        """
        limits = theme.reading()
        size = max(limits["smallest"], min(size or limits["size"], limits["largest"]))
        if size != self.size_of_text:
            offset = self.top_offset()
            self.size_of_text = size
            self._set_page()
            self._place(offset, 0)

    def apply_theme(self) -> None:
        """Take the colours of the current theme."""
        self._theme = theme.current()
        if self._page is not None:
            self._marks = Marks(self._theme, self._page.em)
        self.viewport().update()

    # Where things stand

    @property
    def text(self) -> str:
        """Return the text that is shown."""
        return self._page.text if self._page is not None else ""

    def top_offset(self) -> int:
        """Return the offset of the first character in sight."""
        if self._page is None:
            return 0
        block = self._page.block(self._anchor)
        line = max(0, -(-(self._into - block.above) // block.pitch))
        return block.line_starts[min(line, len(block.lines) - 1)]

    def bring_into_sight(self, start: int, end: int, *, above: float = 0.12, below: float = 0.3) -> None:
        """Scroll if a span has not some text above and below it in sight: a third of the view, not a page.

        `above` and `below` are parts of the height of the view. What is in sight already is only
        moved, not drawn, and the eye finds it again.
        """
        if self._page is None:
            return
        height = self.viewport().height()
        first, last = self.rect_of(start), self.rect_of(max(start, end - 1))
        if first is None or first.top() > height or first.bottom() < 0:
            self._place(start, round(height * _EYE))
            return
        end_of_span = last.bottom() if last is not None else height + 1
        step = round(height * _STEP)
        if first.top() < height * above:
            self._scroll_by(min(first.top() - round(height * above), -step))
        elif end_of_span > height * (1 - below):
            wished = max(end_of_span - round(height * (1 - below)), step)
            self._scroll_by(min(wished, first.top() - round(height * above)))

    def rect_of(self, offset: int) -> QRect | None:
        """Return where a character is on the viewport; None if its block is out of sight."""
        if self._page is None:
            return None
        index = self._page.blocks.index(offset)
        for seen, y in self._sight:
            if seen == index:
                block = self._page.block(index)
                line = block.line_at(offset)
                x = self._left() + block.x(min(offset, block.end), line)
                return QRect(round(x), y + block.line_top(line), round(self._page.em), block.pitch)
        return None

    def offset_at(self, point: QPoint, *, on_character: bool = False) -> int:
        """Return the offset of the gap nearest to a point of the viewport, or of the character there."""
        assert self._page is not None
        x = point.x() - self._left()
        index, y = next((seen for seen in reversed(self._sight) if seen[1] <= point.y()), self._sight[0])
        block = self._page.block(index)
        line = (point.y() - y - block.above) // block.pitch
        return block.offset_at(x, max(0, min(line, len(block.lines) - 1)), on_character=on_character)

    def spans_in(self, start: int, end: int) -> list[AnyAnnotation]:
        """Return the annotations that share a character with a span, in the order of the text."""
        return self._spans.overlapping(start, end)

    def annotations_at(self, point: QPoint) -> list[AnyAnnotation]:
        """Return the annotations under a point of the viewport, the innermost first."""
        if self._page is None or not self._sight:
            return []
        x = point.x() - self._left()
        for index, y in self._sight:
            block = self._page.block(index)
            if not y + block.above <= point.y() < y + block.height:
                continue
            if x < -RULE_GAP / 2:
                near = [
                    rule.commitment
                    for rule in rules(block, self._spans.overlapping(block.start, block.end))
                    if rule.top <= point.y() - y < rule.bottom
                    and abs(x + RULE_GAP + rule.lane * RULE_STEP) < 5
                ]
                return list(near)
            line = (point.y() - y - block.above) // block.pitch
            if x > block.x(block.line_end(line), line) or block.start == block.end:
                return []
            return self._spans.at(block.offset_at(x, line, on_character=True))
        return []

    # Scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bar."""
        self._scroll_by(self.verticalScrollBar().value() - self._shown_value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or change the size of the text with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_size_of_text(self.size_of_text + (1 if event.angleDelta().y() > 0 else -1))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines to the new width; the first character in sight stays there."""
        if self._page is None:
            return
        columns = self._columns()
        if columns != self._page.columns:
            offset = self.top_offset()
            kept = self.rect_of(self._focus.start) if self._focus is not None else None
            self._page.set_columns(columns)
            if kept is not None and self._focus is not None and 0 <= kept.top() < event.oldSize().height():
                self._place(
                    self._focus.start, max(0, min(kept.top(), self.viewport().height() - 2 * kept.height()))
                )
            else:
                self._place(offset, 0)
        else:
            self._settle()
            if self._focus is not None:
                self.bring_into_sight(self._focus.start, self._focus.end)
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top if the focus can be seen from there: sizes before this were provisional."""
        super().showEvent(event)
        if self._focus is not None:
            self._place(0, 0)
            self.bring_into_sight(self._focus.start, self._focus.end)

    def _scroll_by(self, pixels: int) -> None:
        """Move the text up by some pixels, as far as it goes."""
        if self._page is None or not pixels:
            return
        height = self.viewport().height()
        far = abs(pixels) > 4 * height
        if far:  # heights on the way are believed, not measured
            heights = self._page.heights
            y = max(0, heights.top(self._anchor) + self._into + pixels)
            self._anchor = heights.at(y)
            self._into = max(0, y - heights.top(self._anchor))
            self._settle()
            self.viewport().update()
            return
        old = dict(self._sight)
        self._into += pixels
        self._settle()
        moved = next((y - old[index] for index, y in self._sight if index in old), None)
        if moved is None or abs(moved) >= height:
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved)

    def _place(self, offset: int, y: int) -> None:
        """Scroll so that the line of a character has its top at `y`, or as near to it as possible."""
        if self._page is None:
            return
        old = dict(self._sight)
        self._anchor = self._page.blocks.index(offset)
        block = self._page.block(self._anchor)
        self._into = block.line_top(block.line_at(offset)) - y
        self._settle()
        moved = next((y - old[index] for index, y in self._sight if index in old), None)
        if moved is None or abs(moved) >= self.viewport().height():
            self.viewport().update()
        elif moved:
            self.viewport().scroll(0, moved)

    def _settle(self) -> None:
        """Lay out what is in sight from the anchor on, and tell the scroll bar."""
        page = self._page
        if page is None:
            self._sight = []
            self._tell_scroll_bar()
            return
        height = self.viewport().height()
        self._normalise()
        self._look(height)
        last, y = self._sight[-1]
        end = y + page.heights[last]
        if last == len(page.blocks) - 1 and end < height * (1 - _TAIL):  # too much white at the end
            self._into -= round(height * (1 - _TAIL)) - end
            self._normalise()
            self._look(height)
        self._tell_scroll_bar()

    def _normalise(self) -> None:
        """Choose the anchor anew so that the top edge lies in it."""
        page = self._page
        assert page is not None
        while self._into < 0 and self._anchor > 0:
            self._anchor -= 1
            self._into += page.block(self._anchor).height
        self._into = max(0, self._into)
        while self._into >= page.block(self._anchor).height and self._anchor < len(page.blocks) - 1:
            self._into -= page.block(self._anchor).height
            self._anchor += 1

    def _look(self, height: int) -> None:
        """Note which blocks are in sight, and where."""
        assert self._page is not None
        self._sight = []
        index, y = self._anchor, -self._into
        while index < len(self._page.blocks) and (y < height or not self._sight):
            self._sight.append((index, y))
            y += self._page.block(index).height
            index += 1

    def _tell_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        bar.blockSignals(True)
        if self._page is None:
            bar.setRange(0, 0)
            self._shown_value = 0
        else:
            height = self.viewport().height()
            total = self._page.heights.total
            self._shown_value = self._page.heights.top(self._anchor) + self._into
            bar.setRange(0, max(self._shown_value, total - round(height * (1 - _TAIL)), 0))
            bar.setPageStep(max(1, height - 2 * self._page.pitch))
            bar.setSingleStep(self._page.pitch)
            bar.setValue(self._shown_value)
        bar.blockSignals(False)
        bar.update()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that need it."""
        painter = QPainter(self.viewport())
        area = event.region().boundingRect()
        painter.fillRect(area, self._theme.paper)
        if self._page is None or self._marks is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left()
        region = event.region()
        for index, y in self._sight:
            block = self._page.block(index)
            if y + block.height < area.top() or y > area.bottom():
                continue
            painter.save()
            painter.translate(left, y)
            self._draw_block(painter, index, block, region.translated(-left, -y))
            painter.restore()

    def _draw_block(self, painter: QPainter, index: int, block: LaidBlock, region: QRegion) -> None:
        assert self._page is not None
        assert self._marks is not None
        if index in self._page.openings:
            self._draw_strip(painter, self._page.openings[index], index)
        area = region.boundingRect()
        first = max(0, (area.top() - block.above) // block.pitch)
        last = min(len(block.lines) - 1, (area.bottom() - block.above) // block.pitch)
        focus = self._focus
        annotations = self._spans.overlapping(block.start, block.end)
        touched = annotations
        if first <= last:
            start, end = block.line_starts[first], block.line_end(last)
            touched = [one for one in annotations if one.start < end and one.end > start]
        self._marks.draw_under(painter, block, touched, focus)
        if self.selection is not None:
            for number, x1, x2 in block.pieces(*self._selection):
                selected = QRectF(x1, block.line_top(number) + 2, x2 - x1, block.pitch - 4)
                painter.fillRect(selected, self._theme.select)
        in_speech = not self._page.speeches or self._page.in_speech(max(block.start, block.end - 1))
        painter.setPen(self._theme.ink if in_speech else self._theme.quiet)
        width = round(self._page.width) + _RIGHT
        for row in range(first, last + 1):
            if region.intersects(QRect(0, block.line_top(row), width, block.pitch)):
                block.lines[row].draw(painter, QPointF(0, 0))
        self._marks.draw_over(painter, block, touched, focus)
        self._marks.draw_rules(painter, block, annotations, focus)
        if self.caret is not None and self._page.blocks.index(self.caret.position) == index:
            row = block.line_at(self.caret.position)
            x = block.x(min(self.caret.position, block.end), row)
            painter.fillRect(QRectF(x - 1, block.line_top(row) + 3, 2, block.pitch - 6), self._theme.focus)

    def _draw_strip(self, painter: QPainter, speech: SpeechRow, index: int) -> None:
        """Draw the strip over a speech: a line, whose speech it is and for which place."""
        assert self._page is not None
        top = (0 if index else self._page.block(0).above - STRIP) + 10
        width = self._page.width
        painter.setPen(QPen(self._theme.line, 1))
        painter.drawLine(QPointF(0, top + 0.5), QPointF(width, top + 0.5))
        number = next(at for at, one in enumerate(self._page.speeches, 1) if one is speech)
        label = _("讲话 {number}").format(number=number)
        painter.setFont(theme.interface_font("small"))
        painter.setPen(self._theme.quiet)
        box = QRectF(0, top + 6, width, 22)
        align = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        painter.drawText(box, align | Qt.AlignmentFlag.AlignRight, label)
        bold = theme.interface_font("small")
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(self._theme.ink)
        name = speech.region or speech.speaker or ""
        painter.drawText(box, align | Qt.AlignmentFlag.AlignLeft, name)
        indent = painter.fontMetrics().horizontalAdvance(name) + (12 if name else 0)
        rest = "  ".join(
            part for part in (speech.office, speech.speaker, speech.date) if part and part != name
        )
        painter.setFont(theme.interface_font("small"))
        painter.setPen(self._theme.quiet)
        room = round(width - indent - metrics.horizontalAdvance(label) - 24)
        rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.adjusted(indent, 0, 0, 0), align | Qt.AlignmentFlag.AlignLeft, rest)

    def _redraw(self, start: int, end: int) -> None:
        """Ask for the lines of a span to be drawn again."""
        if self._page is None:
            return
        width = self.viewport().width()
        for index, y in self._sight:
            block = self._page.block(index)
            if block.start <= end and start <= block.end:
                first = block.line_at(max(start, block.start))
                last = block.line_at(min(max(end, start), block.end))
                top = y + block.line_top(first)
                self.viewport().update(0, top - 3, width, (last - first + 1) * block.pitch + 6)

    def _left(self) -> int:
        """Return the x of the column on the viewport."""
        assert self._page is not None
        free = self.viewport().width() - _GUTTER - _RIGHT - self._page.width
        return _GUTTER + max(0, round(free / 2))

    def _columns(self) -> int:
        """Return how many characters a line has room for."""
        type_ = theme.reading()
        room = (self.viewport().width() - _GUTTER - _RIGHT) // self.size_of_text
        return int(max(10, min(type_["longest_line"], room)))

    def _set_page(self) -> None:
        if self._document is None:
            self._page = self._marks = None
        else:
            self._page = Page(self._document, self._speeches, size=self.size_of_text, columns=self._columns())
            self._marks = Marks(self._theme, self._page.em)
        self._sight = []
        self._settle()
        self.viewport().update()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection; a click without a drag puts the focus on an annotation."""
        if event.button() != Qt.MouseButton.LeftButton or self._page is None or not self._sight:
            return
        point = event.position().toPoint()
        offset = self.offset_at(point)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            start, end = self.selection or (offset, offset)
            anchor = end if offset < start else start
            self.select(min(anchor, offset), max(anchor, offset))
            return
        self._drag_from = offset
        self.select(0, 0)
        if self.caret is not None:
            self._move_caret(offset, keep=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select by character while the button is held; scroll at the edges."""
        if self._drag_from is None or self._page is None:
            return
        point = event.position().toPoint()
        over = min(0, point.y()) + max(0, point.y() - self.viewport().height())
        if over:
            self._scroll_by(max(-self._page.pitch, min(over, self._page.pitch)))
        offset = self.offset_at(point)
        self.select(min(self._drag_from, offset), max(self._drag_from, offset))
        if self.caret is not None:
            self.caret.anchor, self.caret.position = self._drag_from, offset

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, or put the focus on the annotation that was clicked."""
        if self._drag_from is None:
            return
        self._drag_from = None
        if self.selection is not None:
            return
        point = event.position().toPoint()
        found = self.annotations_at(point)
        if not found:
            self._clicks = (-1, 0)
            return
        offset = self.offset_at(point)
        often = self._clicks[1] + 1 if self._clicks[0] == offset else 0
        self._clicks = (offset, often)
        self._is_pointed = True
        self.annotation_clicked.emit(found[often % len(found)].id)
        self._is_pointed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the number with its unit, the quoted name or the word under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton and self._page is not None and self._sight:
            offset = self.offset_at(event.position().toPoint(), on_character=True)
            self.select(*word_at(self._page.text, offset))

    # Caret

    def set_caret(self, on: bool) -> None:
        """Turn on a caret that the arrow keys move, or turn it off."""
        if on == (self.caret is not None) or self._page is None:
            return
        if on:
            seen = self._focus is not None and self.rect_of(self._focus.start) is not None
            self.caret = Caret(
                self, self._focus.start if seen and self._focus is not None else self.top_offset()
            )
            self._move_caret(self.caret.position, keep=False)
        else:
            assert self.caret is not None
            self._redraw(self.caret.position, self.caret.position)
            self.caret = None
            self.select(0, 0)
        self.caret_changed.emit(on)

    def event(self, event: QEvent) -> bool:
        """Keep the caret's keys from being taken as shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = (
                self.caret.wants(event) if self.caret else event.key() == Qt.Key.Key_Escape and self.selection
            )
            if wanted:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, or scroll."""
        if self._page is None:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            if self.caret is not None:
                self.set_caret(False)
            self.select(0, 0)
        elif self.caret is not None and self.caret.wants(event):
            self._move_caret(
                self.caret.target(event), keep=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
        elif event.key() == Qt.Key.Key_Home:
            self._place(0, 0)
        elif event.key() == Qt.Key.Key_End:
            self._place(len(self._page.text), 0)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = self.verticalScrollBar().pageStep()
            self._scroll_by(step if event.key() == Qt.Key.Key_PageDown else -step)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        self.viewport().update()

    def place_above_or_below(self, offset: int, x: float, lines: int) -> int:
        """Return the offset some lines below the one of `offset` (above: negative), nearest to `x`."""
        page = self._page
        assert page is not None
        index = page.blocks.index(offset)
        block = page.block(index)
        line = block.line_at(min(offset, block.end))
        step = 1 if lines > 0 else -1
        for _line in range(abs(lines)):
            line += step
            if not 0 <= line < len(block.lines):
                if not 0 <= index + step < len(page.blocks):
                    return block.start if step < 0 else block.end
                index += step
                block = page.block(index)
                line = 0 if step > 0 else len(block.lines) - 1
        return self._within_line(block, block.offset_at(x, line), line)

    def line_edges(self, offset: int) -> tuple[int, int, float]:
        """Return the first and last gap of the line that an offset stands in, and the offset's x."""
        assert self._page is not None
        block = self._page.block(self._page.blocks.index(offset))
        offset = min(offset, block.end)
        line = block.line_at(offset)
        end = self._within_line(block, block.line_end(line), line)
        return block.line_starts[line], end, block.x(offset, line)

    def lines_in_sight(self) -> int:
        """Return how many lines the view shows."""
        return max(1, self.viewport().height() // self._page.pitch) if self._page is not None else 1

    @staticmethod
    def _within_line(block: LaidBlock, offset: int, line: int) -> int:
        """Return the offset, or the one before where it would be drawn at the start of the next line."""
        last = line == len(block.lines) - 1
        return offset if last or offset < block.line_end(line) else max(block.line_starts[line], offset - 1)

    def _move_caret(self, offset: int, *, keep: bool) -> None:
        """Put the caret somewhere; `keep`: select up to there."""
        assert self.caret is not None
        self._redraw(self.caret.position, self.caret.position)
        self.caret.position = offset
        if not keep:
            self.caret.anchor = offset
        self.select(min(self.caret.anchor, offset), max(self.caret.anchor, offset))
        self._redraw(offset, offset)
        self.bring_into_sight(offset, offset, above=0.06, below=0.1)

    def _announce(self, annotation: AnyAnnotation) -> None:
        """Tell a screen reader what has come into focus."""
        self.setAccessibleDescription(annotation.text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, annotation.text))
